"""表从哪里来：虚拟中心的一张表，还是我自己的文件？"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from ccomlib.centre import open_centre
from ccomlib.io import read_table
from ccomlib.workbench.tool import literal

__all__ = ["AGGREGATES", "PERIODS", "Source", "centre_source", "file_source", "uploaded_source"]

AGGREGATES = {"sum": "合计（并数行数）", "mean": "平均", "size": "只数行数"}
PERIODS = {"": "不归", "D": "天", "W": "周", "M": "月"}
COUNT = "行数"


@dataclass(frozen=True, eq=False)
class Source:
    """一张读好的表，和读出它的那一行代码。"""

    title: str
    code: str
    table: pd.DataFrame

    def only(self, column: str, value: str) -> Source:
        """只看 ``column`` 等于 ``value`` 的行。

        Raises
        ------
        ValueError
            没有这样的行。
        """
        kept = self.table[self.table[column].astype(str) == value]
        if kept.empty:
            raise ValueError(f"「{column}」里没有「{value}」：请换一个值。")
        same = f"table[{literal(column)}].astype(str) == {literal(value)}"
        code = f"{self.code}\ntable = table[{same}].reset_index(drop=True)"
        return replace(self, code=code, table=kept.reset_index(drop=True))

    def grouped(self, column: str, how: str, period: str = "") -> Source:
        """按 ``column`` 汇总：各列数合计（sum，并数行数）、平均（mean），或只数行数（size）。

        Parameters
        ----------
        column : 分组的列。
        how : "sum"、"mean" 或 "size"。
        period : ``column`` 是日期时先归到哪一期："D" 天、"W" 周、"M" 月；空字是不归。

        Raises
        ------
        ValueError
            给了 ``period`` 而 ``column`` 不是日期。
        """
        name, table, code = literal(column), self.table, self.code
        if period:
            if not pd.api.types.is_datetime64_any_dtype(table[column]):
                raise ValueError(
                    f"「{column}」不是日期，不能按天、周、月汇总：请把「归到」改回不归。"
                )
            start = table[column].dt.to_period(period).dt.start_time
            table = table.assign(**{column: start})
            start = f'table[{name}].dt.to_period("{period}").dt.start_time'
            code += f"\ntable = table.assign(**{{{name}: {start}}})"
        if how == "size":
            table = table.groupby(column, as_index=False).size().rename(columns={"size": COUNT})
            done = f'size().rename(columns={{"size": "{COUNT}"}})'
        elif how == "sum" and COUNT not in table.columns:
            groups = table.assign(**{COUNT: 1}).groupby(column, as_index=False)
            table, done = groups.sum(numeric_only=True), "sum(numeric_only=True)"
            code += f"\ntable = table.assign({COUNT}=1)"
        else:
            groups = table.groupby(column, as_index=False)
            table, done = getattr(groups, how)(numeric_only=True), f"{how}(numeric_only=True)"
        code += f"\ntable = table.groupby({name}, as_index=False).{done}"
        return replace(self, code=code, table=table)

    def spread(self, row: str, column: str, value: str) -> Source:
        """长表摊成宽表：``row`` 一样的归成一行，``column`` 的每一种各成一列，格里是 ``value``。

        Raises
        ------
        ValueError
            同一格有两个值，或三列没有都不同。
        """
        if len({row, column, value}) < 3:
            raise ValueError("摊开要三列各不相同：每行是什么、每列是什么、格里填什么。")
        double = self.table.duplicated([row, column])
        if double.any():
            first = self.table[double].iloc[0]
            raise ValueError(
                f"「{row}」是 {first[row]}、「{column}」是 {first[column]} 的不止一行，"
                "摊不开：请先筛选，或换一列。"
            )
        table = self.table.pivot(index=row, columns=column, values=value)
        names = f"index={literal(row)}, columns={literal(column)}, values={literal(value)}"
        code = f"table = table.pivot({names}).rename_axis(columns=None).reset_index()"
        table = table.rename_axis(columns=None).reset_index()
        return replace(self, code=f"{self.code}\n{code}", table=table)


def centre_source(name: str, seed: int = 2025) -> Source:
    """虚拟中心的一张表。

    Examples
    --------
    >>> print(centre_source("roster").code)
    table = centre.open_centre(2025).roster
    """
    return Source(name, f"table = centre.open_centre({seed}).{name}", open_centre(seed).table(name))


def file_source(path: str | Path) -> Source:
    """笔记本旁边的一个 Excel 或 CSV。"""
    return Source(Path(path).name, f"table = read_table({literal(str(path))})", read_table(path))


def uploaded_source(name: str, content: bytes) -> Source:
    """从网页上传的文件；代码里写文件名，把文件放到笔记本旁边就能照着跑。"""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(content)
        return Source(path.name, f"table = read_table({literal(path.name)})", read_table(path))
