"""结果对象：每个工具交回什么，怎样读？"""

from __future__ import annotations

import html
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from ccomlib.display import table_html
from ccomlib.pictures import telling

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Result"]

MAX_ROWS = 12


class Result(ABC):
    """所有结果对象的共同样子：一句话、一张表、一幅图。

    子类是冻结的数据类，写好 ``__str__``（一句中文结论，带上成立的前提）、
    ``summary()``（列名为中文的 DataFrame）与 ``plot(ax=None)``（返回 Axes）。
    在笔记本里直接显示结果对象，就是这句话加这张表；它的图带着这句话作替代文字。

    ``units`` 写表里各列的单位，没有写的照 ``ccomlib.display`` 认得的写。
    """

    units: ClassVar[Mapping[str, str]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "plot" in cls.__dict__:
            cls.plot = telling(cls.plot)

    @abstractmethod
    def summary(self) -> pd.DataFrame:
        """以中文列名列出结果。"""

    @abstractmethod
    def plot(self, ax: Axes | None = None) -> Axes:
        """画出结果；返回 Axes 供继续修饰。"""

    def excel(self) -> dict[str, Any]:
        """存成 Excel 时哪些列写成活的公式、哪些合计、旁边写哪些输入；见 ``ccomlib.io.Sheet``。"""
        return {}

    def _repr_html_(self) -> str:
        body = table_html(self.summary(), units=self.units, rows=MAX_ROWS)
        return f"<p><b>{html.escape(str(self))}</b></p>{body}"
