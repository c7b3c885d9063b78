"""工作台：不写代码，怎样用这些统计工具？"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccomlib.workbench.panel import Workbench

__all__ = ["open_workbench"]


def open_workbench() -> Workbench:
    """打开工作台：选一张表、选要回答的问题、选列，就看到图、表和一句结论。

    结果可以存成 Excel；面板下面显示做同一件事的代码，抄到笔记本里就能重复。

    Returns
    -------
    Workbench
        一个 ipywidgets 面板，写在格子的最后一行就显示出来。

    Examples
    --------
    >>> panel = open_workbench()
    >>> panel.centre_table.value = "roster"
    >>> panel.table.shape
    (6720, 9)
    """
    from ccomlib.workbench.panel import Workbench

    return Workbench()
