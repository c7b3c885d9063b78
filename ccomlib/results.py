"""结果对象：每个工具交回什么，怎样读？"""

from __future__ import annotations

import html
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Result"]

MAX_ROWS = 12


class Result(ABC):
    """所有结果对象的共同样子：一句话、一张表、一幅图。

    子类是冻结的数据类，写好 ``__str__``（一句中文结论，带上成立的前提）、
    ``summary()``（列名为中文的 DataFrame）与 ``plot(ax=None)``（返回 Axes）。
    在笔记本里直接显示结果对象，就是这句话加这张表。
    """

    @abstractmethod
    def summary(self) -> pd.DataFrame:
        """以中文列名列出结果。"""

    @abstractmethod
    def plot(self, ax: Axes | None = None) -> Axes:
        """画出结果；返回 Axes 供继续修饰。"""

    def _repr_html_(self) -> str:
        table = self.summary()
        numbered = table.index.equals(pd.RangeIndex(len(table)))
        body = table.to_html(
            max_rows=MAX_ROWS, na_rep="—", border=0, index=not numbered, float_format=_number
        )
        return f"<p><b>{html.escape(str(self))}</b></p>{body}"


def _number(value: float) -> str:
    """三位小数，去掉末尾的零。"""
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
