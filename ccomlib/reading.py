"""读列：一列文字、时间、是否、分数，怎样变成统一的样子，哪一行读不懂？"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ccomlib.cells import is_blank, parse_flag, parse_moment
from ccomlib.validation import as_numbers, require_columns, varies

__all__ = [
    "one_moment",
    "read_counts",
    "read_flags",
    "read_labels",
    "read_moments",
    "read_rows",
    "read_varied_numbers",
]


def read_rows(table: Any, columns: Iterable[str], name: str = "数据表") -> pd.DataFrame:
    """表里要有这些列，并且至少有一行。

    Raises
    ------
    ValueError
        不是表、缺列、没有行。

    Examples
    --------
    >>> read_rows(pd.DataFrame({"原因": []}), ["原因"])
    Traceback (most recent call last):
    ValueError: 数据表没有行：请检查筛选条件。
    """
    require_columns(table, columns, name)
    if table.empty:
        raise ValueError(f"{name}没有行：请检查筛选条件。")
    return table


def read_labels(values: Any, name: str) -> pd.Series:
    """一列文字（原因、工号、渠道）；被 Excel 存成 1001.0 的变回 "1001"，空的报错。

    Examples
    --------
    >>> read_labels(["收费", " 收费 ", 1001.0], "原因").tolist()
    ['收费', '收费', '1001']
    >>> read_labels(["收费", None], "原因")
    Traceback (most recent call last):
    ValueError: 原因第 2 个是空值：请补上，或先删去这一行。
    """

    def text(value: Any) -> str:
        if is_blank(value):
            raise ValueError("空值：请补上，或先删去这一行。")
        whole = isinstance(value, float) and value.is_integer()
        return str(int(value)) if whole else str(value).strip()

    return _each(values, name, text).astype(object)


def read_moments(values: Any, name: str, *, blank: bool = False) -> pd.Series:
    """一列日期时间；``blank`` 为真时空的留作 NaT（例如还没有办结、还没有离职）。

    Examples
    --------
    >>> read_moments(["2026-03-02 10:00", "2026年3月3日"], "受理时间").dt.day.tolist()
    [2, 3]
    """

    def moment(value: Any) -> Any:
        if is_blank(value):
            if blank:
                return pd.NaT
            raise ValueError("空值：请补上时间，或先删去这一行。")
        try:
            return parse_moment(value)
        except ValueError as error:
            raise ValueError(f"{value!r}：{error}。") from None

    series = _series(values, name)
    if pd.api.types.is_datetime64_any_dtype(series) and (blank or series.notna().all()):
        return series.dt.tz_localize(None).astype("datetime64[us]")
    return pd.to_datetime(_each(series, name, moment)).astype("datetime64[us]")


def one_moment(value: Any, name: str) -> pd.Timestamp:
    """一个日期，例如统计到哪一天。

    Examples
    --------
    >>> one_moment("2026-03-02", "as_of")
    Timestamp('2026-03-02 00:00:00')
    """
    if is_blank(value):
        raise ValueError(f"{name}是空值：请补上日期，或先删去这一行。")
    try:
        return pd.Timestamp(parse_moment(value))
    except ValueError as error:
        raise ValueError(f"{name}是 {value!r}：{error}。") from None


def read_flags(values: Any, name: str) -> pd.Series:
    """一列是与否；是/否、真/假、1/0、√/× 都认得。

    Examples
    --------
    >>> read_flags(["是", 0, True], "越级").tolist()
    [True, False, True]
    """

    def flag(value: Any) -> bool:
        if is_blank(value):
            raise ValueError('空值：请补上 "是" 或 "否"，或先删去这一行。')
        try:
            return parse_flag(value)
        except ValueError as error:
            raise ValueError(f"{value!r}：{error}。") from None

    series = _series(values, name)
    return series if series.dtype == bool else _each(series, name, flag).astype(bool)


def read_counts(values: Any, name: str) -> pd.Series:
    """一列件数或人数：不为负的整数，标签不重复。

    Examples
    --------
    >>> read_counts({"收费": 3, "态度": 1.5}, "件数")
    Traceback (most recent call last):
    ValueError: 件数的 态度 是 1.5，不是不为负的整数：请改成件数。
    """
    series = values if isinstance(values, pd.Series) else pd.Series(values)
    series = pd.Series(as_numbers(series, name), [str(label) for label in series.index])
    if series.empty:
        raise ValueError(f"{name}是空的：请检查筛选条件。")
    if series.index.has_duplicates:
        label = series.index[series.index.duplicated()][0]
        raise ValueError(f"{name}里 {label} 出现不止一次：请先合并成一行。")
    bad = (series < 0) | (series != np.floor(series))
    if bad.any():
        label = series.index[bad][0]
        raise ValueError(f"{name}的 {label} 是 {series[label]:g}，不是不为负的整数：请改成件数。")
    return series.astype(int)


def read_varied_numbers(
    table: pd.DataFrame, columns: Sequence[str] | None, extra: str | None = None
) -> pd.DataFrame:
    """取出几列数字，逐列查空值与有没有变化；行标签留着。

    Parameters
    ----------
    table : 一行一个对象的表。
    columns : 要哪几列；None 是全部数字列。
    extra : 另外还要的一列。

    Returns
    -------
    DataFrame
        各列都是浮点数。

    Raises
    ------
    ValueError
        缺列、不到 4 行、有空值，或有一列全是同一个数。

    Examples
    --------
    >>> read_varied_numbers(pd.DataFrame({"质检分": [80] * 4, "满意度": [4, 5, 3, 4]}), None)
    Traceback (most recent call last):
    ValueError: 质检分全是 80，没有变化就谈不上相关：请去掉这一列。
    """
    if isinstance(columns, str):
        raise ValueError(
            f"columns 应是一列列名，但得到一个字符串 {columns!r}：请写成 [{columns!r}]。"
        )
    require_columns(table, [*(columns or []), *([extra] if extra is not None else [])])
    if columns is None:
        columns = list(table.select_dtypes("number").columns)
    wanted = list(dict.fromkeys([*columns, *([extra] if extra is not None else [])]))
    if len(table) < 4:
        raise ValueError(f"只有 {len(table)} 行，少于 4 行算不出区间：请增加数据。")
    data = pd.DataFrame(
        {name: as_numbers(table[name], str(name)) for name in wanted}, index=table.index
    )
    for name in wanted:
        if not varies(data[name]):
            raise ValueError(
                f"{name}全是 {data[name].iloc[0]:g}，没有变化就谈不上相关：请去掉这一列。"
            )
    return data


def _series(values: Any, name: str) -> pd.Series:
    if isinstance(values, str) or np.ndim(values) != 1:
        raise ValueError(f"{name}应是一列值，但得到 {type(values).__name__}：请只给一列。")
    return values if isinstance(values, pd.Series) else pd.Series(list(values))


def _each(values: Any, name: str, read: Callable[[Any], Any]) -> pd.Series:
    """不同的值只读一次；读不懂的报出是第几个、行标签是什么。"""
    series = _series(values, name)
    known: dict[Any, Any] = {}
    found = []
    for position, value in enumerate(series.tolist()):
        key = (type(value), value)
        if key not in known:
            try:
                known[key] = read(value)
            except ValueError as error:
                index = series.index
                label = "" if isinstance(index, pd.RangeIndex) else f"（{index[position]}）"
                gap = "" if str(error).startswith("空值") else " "
                raise ValueError(f"{name}第 {position + 1} 个{label}是{gap}{error}") from None
        found.append(known[key])
    return pd.Series(found, index=series.index, dtype=object)
