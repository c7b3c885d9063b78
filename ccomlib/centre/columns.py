"""列：表里的每一列是什么意思、什么类型、什么单位？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

__all__ = [
    "KINDS",
    "Column",
    "check_columns",
    "describe_columns",
    "flag",
    "moment",
    "number",
    "whole",
    "words",
]

# 类型 → 存成什么
KINDS = {
    "文字": "str",
    "日期": "datetime64[us]",
    "整数": "int64",
    "小数": "float64",
    "是否": "bool",
}
# 文字缺了写空字；六万行文字逐个看空值要近十毫秒，造表时不看，留给测试
MAY_BE_MISSING = {"日期", "小数"}


@dataclass(frozen=True)
class Column:
    """一列。由 ``words``、``moment``、``whole``、``number``、``flag`` 写成，少写几个字。"""

    name: str
    kind: str
    """``KINDS`` 的键。"""
    meaning: str
    unit: str = ""
    blank: bool = False
    """可以有空值（还没有离职、还没有办结）。"""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"列「{self.name}」的类型是 {self.kind!r}：应是 {'、'.join(KINDS)}。")
        if not self.meaning:
            raise ValueError(f"列「{self.name}」没有写意思：请写一句，学员在手册里看到它。")


def words(name: str, meaning: str) -> Column:
    """一列文字；没有的写空字，不写空值。"""
    return Column(name, "文字", meaning)


def moment(name: str, meaning: str, *, blank: bool = False) -> Column:
    """一列日期，或日期与时刻。"""
    return Column(name, "日期", meaning, "", blank)


def whole(name: str, meaning: str, unit: str) -> Column:
    """一列整数。"""
    return Column(name, "整数", meaning, unit)


def number(name: str, meaning: str, unit: str, *, blank: bool = False) -> Column:
    """一列小数。"""
    return Column(name, "小数", meaning, unit, blank)


def flag(name: str, meaning: str) -> Column:
    """一列是与否。"""
    return Column(name, "是否", meaning)


def check_columns(name: str, table: pd.DataFrame, columns: Sequence[Column]) -> None:
    """造出来的表要与登记的列一样：名字、次序、类型，空值只在说好的列。

    Raises
    ------
    ValueError
        说出哪张表、哪一列、登记的是什么、造出来的是什么。

    Examples
    --------
    >>> check_columns("x", pd.DataFrame({"人数": [1.5]}), [whole("人数", "几个人", "人")])
    Traceback (most recent call last):
    ValueError: 表 x 的「人数」登记的是整数，造出来的是 float64：请改登记，或改造表的函数。
    """
    made, listed = list(table.columns), [column.name for column in columns]
    if made != listed:
        missing = "、".join(column for column in listed if column not in made)
        extra = "、".join(map(str, (column for column in made if column not in listed)))
        found = [f"少了 {missing}" if missing else "", f"多了 {extra}" if extra else ""]
        said = "，".join(filter(None, found)) or "次序不同"
        raise ValueError(f"表 {name} 的列与登记的不一样（{said}）：请改登记，或改造表的函数。")
    for column in columns:
        made = str(table[column.name].dtype)
        if made != KINDS[column.kind]:
            raise ValueError(
                f"表 {name} 的「{column.name}」登记的是{column.kind}，造出来的是 {made}："
                "请改登记，或改造表的函数。"
            )
        if column.kind in MAY_BE_MISSING and not column.blank and table[column.name].hasnans:
            raise ValueError(
                f"表 {name} 的「{column.name}」有空值，登记的是没有：请写 blank=True，或补上值。"
            )


def describe_columns(columns: Sequence[Column]) -> pd.DataFrame:
    """各列一行。

    Returns
    -------
    DataFrame
        列：列名、意思、单位、类型、可空。

    Examples
    --------
    >>> describe_columns([whole("人数", "几个人", "人")]).loc[0, "单位"]
    '人'
    """
    rows = [
        (one.name, one.meaning, one.unit, one.kind, "可空" if one.blank else "") for one in columns
    ]
    return pd.DataFrame(rows, columns=["列名", "意思", "单位", "类型", "可空"])
