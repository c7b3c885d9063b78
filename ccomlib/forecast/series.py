"""历史：一列数能不能拿来预测，以后各期叫什么？"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ccomlib.validation import as_series, require_range

__all__ = ["index_ahead", "read_inputs", "read_series", "step_of", "whole_number"]

QUARTERS = ("QS-JAN", "QS-FEB", "QS-MAR", "QE-JAN", "QE-FEB", "QE-MAR")
CALENDAR_STEPS = ("MS", "ME", *QUARTERS, "YS", "YE", "B")


def read_inputs(
    series: Any, horizon: Any, season: Any, *, cycles: int
) -> tuple[pd.Series, int, int]:
    history = read_series(series)
    horizon = whole_number(horizon, "horizon")
    season = whole_number(season, "season")
    if len(history) < cycles * season:
        raise ValueError(
            f"历史只有 {len(history)} 期，至少要 {cycles} 个周期（{cycles * season} 期）："
            "请用更长的历史，或改小 season。"
        )
    return history, horizon, season


def whole_number(value: Any, name: str) -> int:
    """正整数。"""
    number = float(require_range(value, name, 1))
    if number % 1:
        raise ValueError(f"{name}是 {number:g}，应是整数。")
    return int(number)


def read_series(series: Any, name: str = "历史") -> pd.Series:
    """一列等间隔的数；日期索引要排好序、没有缺口。"""
    history = as_series(series, name)
    if history.empty:
        raise ValueError(f"{name}是空的：请检查筛选条件。")
    history.name = series.name if isinstance(series, pd.Series) else None
    index = history.index
    if isinstance(index, pd.DatetimeIndex):
        if index.has_duplicates:
            day = index[index.duplicated()][0]
            raise ValueError(f"{name}里 {day} 有不止一行：请先筛选一个队列或合计。")
        if not index.is_monotonic_increasing:
            raise ValueError(f"{name}没有按日期排好：请先 sort_index()。")
        if len(index) > 2 and step_of(index) is None:
            gaps = np.diff(index.to_numpy())
            wide = int(np.argmax(gaps > np.median(gaps))) if (gaps > np.median(gaps)).any() else 0
            raise ValueError(
                f"{name}的日期间隔不等：{index[wide]} 之后是 {index[wide + 1]}。"
                "请补上缺的那几期，或用 traffic.clean(..., fill=“median”)。"
            )
    return history


def step_of(index: pd.DatetimeIndex) -> pd.Timedelta | str | None:
    """两期之间的间隔：等长的时间，或按月、按工作日；都不是就是 None。"""
    gaps = np.diff(index.to_numpy())
    if (gaps == gaps[0]).all():
        return pd.Timedelta(gaps[0])
    for freq in CALENDAR_STEPS:
        if pd.date_range(index[0], periods=len(index), freq=freq).equals(index):
            return freq
    return None


def index_ahead(index: pd.Index, horizon: int) -> pd.Index:
    """接着历史往后 ``horizon`` 期的索引；历史没有日期就是期号。"""
    if isinstance(index, pd.DatetimeIndex) and len(index) > 1:
        return pd.date_range(index[-1], periods=horizon + 1, freq=step_of(index), name=index.name)[
            1:
        ]
    return pd.RangeIndex(len(index), len(index) + horizon)
