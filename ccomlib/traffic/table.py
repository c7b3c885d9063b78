"""话务表：一张时段表怎样读成“一天一时段一行”的干净数字？"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from ccomlib.cells import parse_date, parse_slot
from ccomlib.validation import require_columns, require_range
from ccomlib.wording import WEEKDAYS

__all__ = [
    "parse_unique",
    "read_dates",
    "read_intervals",
    "read_slots",
    "texts",
    "weekday_names",
]


def parse_unique(column: pd.Series, parser: Callable[[Any], Any]) -> tuple[np.ndarray, np.ndarray]:
    """逐个不同的写法调用一次 ``parser``；读不懂的记为 None，并标出是哪几行。"""
    codes, uniques = pd.factorize(column.to_numpy(dtype=object), use_na_sentinel=False)
    parsed = np.empty(len(uniques), dtype=object)
    for i, item in enumerate(uniques):
        try:
            parsed[i] = None if item is None or item != item else parser(item)
        except (ValueError, TypeError):
            parsed[i] = None
    failed = np.array([item is None for item in parsed], dtype=bool)
    return parsed[codes], failed[codes]


def read_dates(values: Any, name: str) -> pd.DatetimeIndex:
    """一列日期（真日期、文字或 Excel 序列号）读成 DatetimeIndex；读不懂的报出第几行。"""
    column = pd.Series(values).reset_index(drop=True)
    if pd.api.types.is_datetime64_dtype(column) and not column.isna().any():
        return pd.DatetimeIndex(column).normalize()
    parsed, failed = parse_unique(column, parse_date)
    if failed.any():
        row = int(np.flatnonzero(failed)[0])
        raise ValueError(
            f"{name}第 {row + 1} 行是 {column[row]!r}，读不成日期："
            "请写成 “2026-03-02” 这样的年月日，或先用 traffic.clean 清洗。"
        )
    return pd.DatetimeIndex(pd.to_datetime(list(parsed)))


def read_slots(values: Any, name: str) -> np.ndarray:
    """一列时段读成 "08:30" 样的文字；读不懂的报出第几行。"""
    column = pd.Series(values).reset_index(drop=True)
    parsed, failed = parse_unique(column, parse_slot)
    if failed.any():
        row = int(np.flatnonzero(failed)[0])
        raise ValueError(
            f"{name}第 {row + 1} 行是 {column[row]!r}，读不成时段："
            "请写成 “08:30” 这样的开始时刻，或先用 traffic.clean 清洗。"
        )
    return parsed


def texts(table: pd.DataFrame, name: str) -> np.ndarray:
    """一列文字，空值与缺列都当作空字。"""
    if name not in table.columns:
        return np.full(len(table), "", dtype=object)
    return table[name].astype(object).fillna("").astype(str).str.strip().to_numpy(dtype=object)


def weekday_names(dates: pd.DatetimeIndex) -> np.ndarray:
    """每个日期是周几。"""
    return np.array(WEEKDAYS, dtype=object)[np.asarray(dates.day_of_week, dtype=int)]


def read_intervals(table: pd.DataFrame, value: str, name: str = "数据表") -> pd.DataFrame:
    """读成按日期、时段排好的表：日期、星期、时段、节假日、事件、数值（都没有空值）。

    Raises
    ------
    ValueError
        缺列、没有行、读不懂的日期或时段、空值、负数、同一日期时段有几行。
    """
    require_columns(table, ["日期", "时段", value], name)
    if table.empty:
        raise ValueError(f"{name}没有一行数据：请检查筛选条件。")
    dates = read_dates(table["日期"], f"{name}的日期")
    data = table.reset_index(drop=True).assign(
        日期=dates,
        星期=weekday_names(dates),
        时段=read_slots(table["时段"], f"{name}的时段"),
        节假日=texts(table, "节假日"),
        事件=texts(table, "事件"),
        数值=require_range(table[value], f"{name}的{value}", 0),
    )
    repeated = data.duplicated(["日期", "时段"])
    if repeated.any():
        row = data[repeated].iloc[0]
        raise ValueError(
            f"{name}里 {row['日期']:%Y-%m-%d} {row['时段']} 有不止一行："
            "请先筛选一个队列或合计；若是重复导出，请先用 traffic.clean 清洗。"
        )
    return data.sort_values(["日期", "时段"], ignore_index=True)
