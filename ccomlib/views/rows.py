"""看哪些行：平常的日子、一段日子、几个星期、几个时段。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from ccomlib.cells import parse_slot
from ccomlib.validation import require_columns
from ccomlib.wording import WEEKDAYS

__all__ = [
    "between",
    "long_roster",
    "pick_slots",
    "plain_days",
    "weekday_names",
    "weekdays_of",
]

GROUPS = {"工作日": WEEKDAYS[:5], "周末": WEEKDAYS[5:]}
DAY = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}")


def plain_days(table: pd.DataFrame) -> pd.DataFrame:
    """平常的日子：有节假日或事件的日子整天去掉；没有这两列的表原样交回。

    Parameters
    ----------
    table : 有 节假日、事件 两列（可缺）；没有日期的表，去掉有标记的行。

    Notes
    -----
    事件只标在几个时段，那一天剩下的时段凑不成一天，故障以后补打的电话也不标：所以整天去掉。

    Examples
    --------
    >>> table = pd.DataFrame({"呼入量": [9, 5], "节假日": ["", "春节"]})
    >>> plain_days(table)["呼入量"].tolist()
    [9]
    """
    keep = pd.Series(True, index=table.index)
    for column in ("节假日", "事件"):
        if column in table:
            keep &= table[column].fillna("").astype(str).str.strip() == ""
    if "日期" in table:
        keep = ~table["日期"].isin(table.loc[~keep, "日期"])
    return table[keep]


def between(table: pd.DataFrame, first: Any, last: Any, column: str | None = None) -> pd.DataFrame:
    """某一段日子的行，首尾两天都算。

    Parameters
    ----------
    table : 有一列日期。
    first, last : "2025-03-11" 这样的日期；None 是这一头不限。
    column : 看哪一列日期；不写就是第一列日期。

    Raises
    ------
    ValueError
        表里没有日期列，或首日晚于末日。

    Examples
    --------
    >>> table = pd.DataFrame({"受理时间": pd.to_datetime(["2025-03-11 23:50", "2025-03-12 00:10"])})
    >>> len(between(table, "2025-03-10", "2025-03-11"))
    1
    """
    if column is None:
        dated = [c for c in table if pd.api.types.is_datetime64_any_dtype(table[c])]
        if not dated:
            raise ValueError("表里没有日期列：请用 column= 说明看哪一列，或先用 read_table 读。")
        column = dated[0]
    require_columns(table, [column], "表")
    keep = pd.Series(True, index=table.index)
    if first is not None:
        keep &= table[column] >= pd.Timestamp(first)
    if last is not None:
        end = pd.Timestamp(last) + pd.Timedelta(days=1)
        if first is not None and pd.Timestamp(first) >= end:
            raise ValueError(f"从 {first} 到 {last}：首日晚于末日，请对调。")
        keep &= table[column] < end
    return table[keep]


def pick_slots(
    table: pd.DataFrame,
    *,
    since: Any = None,
    until: Any = None,
    first: str = "00:00",
    last: str = "23:30",
    weekdays: str | Iterable[str] | None = None,
    skip: Iterable[Any] = (),
) -> pd.DataFrame:
    """某几天、某几个时段的行。

    Parameters
    ----------
    table : 一行一个时段，列 日期、时段。
    since, until : 从哪天到哪天，首尾都算；不写就不限。
    first, last : 从哪个时段到哪个时段，两头都算；8:30 与 08:30 一样。
    weekdays : 看哪几个星期，如 "周一"、"工作日"；不写就是每一天。
    skip : 不算的日子，如节假日。

    Returns
    -------
    DataFrame
        ``日期`` 已经是日期，``时段`` 写成 08:30 这样。

    Raises
    ------
    ValueError
        缺列，时段、星期不认得，或首日晚于末日。

    Examples
    --------
    >>> table = pd.DataFrame({"日期": ["2026-03-02"] * 3, "时段": ["8:30", "9:30", "10:00"]})
    >>> pick_slots(table, first="8:30", last="9:30", weekdays="周一")["时段"].tolist()
    ['08:30', '09:30']
    """
    require_columns(table, ["日期", "时段"], "时段表")
    names = {one: _slot(one, "时段") for one in table["时段"].unique()}
    rows = table.assign(日期=pd.to_datetime(table["日期"]), 时段=table["时段"].map(names))
    rows = between(rows, since, until, "日期")
    rows = rows[rows["时段"].between(_slot(first, "first"), _slot(last, "last"))]
    rows = rows[~rows["日期"].isin(pd.to_datetime(list(skip)))]
    if weekdays is not None:
        rows = rows[weekdays_of(rows).isin(weekday_names(weekdays))]
    return rows


def long_roster(wide: pd.DataFrame, *, off: str = "休") -> pd.DataFrame:
    """横排的班表（一人一行、一天一列）变成一人一天一行。

    Parameters
    ----------
    wide : 有 工号 与若干列，列名是日期，如 2025-06-30。
    off : 休息写成什么。

    Returns
    -------
    DataFrame
        原来不是日期的各列，加上 日期、班次、休息。

    Raises
    ------
    ValueError
        没有一列的名字是日期。

    Examples
    --------
    >>> wide = pd.DataFrame({"工号": ["A001"], "2025-06-30": ["早A"], "2025-07-01": ["休"]})
    >>> long_roster(wide)[["班次", "休息"]].to_numpy().tolist()
    [['早A', False], ['休', True]]
    """
    days = [name for name in wide if isinstance(name, str) and DAY.fullmatch(name.strip())]
    if not days:
        raise ValueError("没有一列的名字是日期：请把列名写成 2025-06-30 这样，再读一次。")
    keys = [name for name in wide if name not in days]
    long = wide.melt(keys, days, var_name="日期", value_name="班次")
    long["日期"] = pd.to_datetime([name.strip().replace("/", "-") for name in long["日期"]])
    long["休息"] = long["班次"] == off
    return long.sort_values([*keys[:1], "日期"], kind="stable", ignore_index=True)


def weekday_names(weekday: str | Iterable[str]) -> tuple[str, ...]:
    """星期的名字，工作日、周末拆开；不认得的说怎样写。

    >>> weekday_names("周末")
    ('周六', '周日')
    """
    names = [weekday] if isinstance(weekday, str) else list(weekday)
    found = tuple(one for name in names for one in GROUPS.get(name, (name,)))
    wrong = [name for name in found if name not in WEEKDAYS]
    if wrong:
        raise ValueError(f"星期「{wrong[0]}」不认得：请写 周一 到 周日、工作日 或 周末。")
    return found


def weekdays_of(table: pd.DataFrame) -> pd.Series:
    """每一行是周几。

    >>> weekdays_of(pd.DataFrame({"日期": pd.to_datetime(["2026-03-02"])})).tolist()
    ['周一']
    """
    return pd.to_datetime(table["日期"]).dt.day_of_week.map(dict(enumerate(WEEKDAYS)))


def _slot(value: Any, where: str) -> str:
    try:
        return parse_slot(value)
    except ValueError as error:
        raise ValueError(f"{where}是 {value!r}：{error}。") from None
