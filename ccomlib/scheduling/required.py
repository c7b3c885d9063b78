"""需求：一天或几天、各种写法的需求人数，怎样变成同一张 日期 × 时段 表？"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ccomlib.cells import parse_date, parse_slot
from ccomlib.clock import DAY_MINUTES, clock_minutes, slot_names
from ccomlib.validation import require_columns, require_range
from ccomlib.wording import date_text

__all__ = ["ONE_DAY", "read_required"]

ONE_DAY = "当天"
NAME = "需求（required）"


def read_required(required: Any) -> pd.DataFrame:
    """一列 48 个数、按时段的 Series、日期 × 时段表或长表，变成 日期 × 全天时段。

    表里没有的时段（如不营业的）需求是 0；时段长度是标签之间最小的间隔，过半的间隔要与它相同。
    """
    if isinstance(required, pd.DataFrame):
        return _several_days(required)
    if np.ndim(required) != 1:
        raise ValueError(f"{NAME}应是一列数或一张表，但得到 {np.ndim(required)} 维。")
    if isinstance(required, pd.Series) and not isinstance(required.index, pd.RangeIndex):
        return _fill_day(required.to_frame(ONE_DAY).T)
    size = len(required)
    if size == 0 or DAY_MINUTES % size or size < 24:
        raise ValueError(
            f"{NAME}有 {size} 个数，不是一整天：请给 48 个（半小时）或 96 个（一刻钟），"
            "或给以时段为索引的 Series。"
        )
    values = require_range(required, NAME, 0)
    index = pd.Index([ONE_DAY], name="日期")
    return pd.DataFrame([values], index, pd.Index(slot_names(DAY_MINUTES // size), name="时段"))


def _several_days(table: pd.DataFrame) -> pd.DataFrame:
    if table.empty:
        raise ValueError(f"{NAME}没有行：请至少给一天。")
    if "时段" in table.columns:
        require_columns(table, ["日期", "时段", "需求人数"], NAME)
        repeated = table.duplicated(["日期", "时段"]).to_numpy()
        if repeated.any():
            row = table.iloc[int(np.flatnonzero(repeated)[0])]
            raise ValueError(
                f"{NAME}里 {row['日期']} {row['时段']} 出现两次：请先按队列相加，或取出一个队列。"
            )
        table = table.pivot(index="日期", columns="时段", values="需求人数")
    elif "日期" in table.columns:
        table = table.set_index("日期")
    if not table.index.is_unique:
        raise ValueError(
            f"{NAME}里 {table.index[table.index.duplicated()][0]} 出现两次：请先合并。"
        )
    return _fill_day(table)


def _fill_day(table: pd.DataFrame) -> pd.DataFrame:
    names = [_slot(column) for column in table.columns]
    if len(set(names)) < len(names):
        raise ValueError(f"{NAME}里有重复的时段：请先合并。")
    starts = np.array([clock_minutes(name, NAME) for name in names])
    interval = _interval(starts)
    dates = pd.Index([_date(label) for label in table.index], name="日期")
    values = np.stack(
        [
            require_range(pd.Series(row, index=names), f"{NAME} {date_text(date)} 的时段", 0)
            for date, row in zip(dates, table.to_numpy(dtype=object), strict=True)
        ]
    )
    grid = np.zeros((len(table), DAY_MINUTES // interval))
    grid[:, starts // interval] = values
    return pd.DataFrame(grid, dates, pd.Index(slot_names(interval), name="时段"))


def _interval(starts: np.ndarray) -> int:
    if len(starts) < 2:
        raise ValueError(f"{NAME}只有一个时段：请给一整天的时段。")
    steps = np.diff(np.sort(starts))
    interval = int(steps.min())
    usual = 2 * (steps == interval).sum() > len(steps)
    if DAY_MINUTES % interval or (starts % interval).any() or not usual:
        raise ValueError(f"{NAME}的时段间隔不一致：请用同样长的时段，如都是半小时。")
    return interval


def _slot(label: Any) -> str:
    try:
        return parse_slot(label)
    except ValueError as error:
        raise ValueError(f"{NAME}的时段 {label!r} 读不懂：{error}。") from None


def _date(label: Any) -> Any:
    """日期文字变成日期；“周一”这类名字保留。"""
    try:
        return pd.Timestamp(parse_date(label))
    except ValueError:
        return label
