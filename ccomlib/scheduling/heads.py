"""班表变人数：这一天每个时段有几个人在岗？"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ccomlib.scheduling.shifts import shift_coverage
from ccomlib.validation import require_columns

__all__ = ["heads"]


def heads(
    roster: pd.DataFrame,
    date: Any,
    shifts: pd.DataFrame,
    *,
    change: Mapping[str, float] | None = None,
) -> pd.Series:
    """班表上这一天每个时段有几个人在岗：上班的算，用餐的不算。

    Parameters
    ----------
    roster : 一人一天一行，列 日期、班次；横排的先用 ``views.long_roster``。不在班次表里的（如“休”）不算。
    date : "2025-06-30" 这样的日期。
    shifts : 班次表，见 ``shift_coverage``。
    change : 先改一改再数，如 ``{"中D": -10, "中F": 10}``。

    Returns
    -------
    Series
        以时段为索引的人数；``attrs["people"]`` 是这一天上班的人数。

    Raises
    ------
    ValueError
        缺列、没有这一天、改的班次不在班次表里、减得比有的还多。

    Notes
    -----
    过零点的班折回当天凌晨，等于假定前一天的夜班与当天一样多。请假、小休、上课还没有扣。

    Examples
    --------
    >>> roster = pd.DataFrame({"日期": pd.to_datetime(["2026-03-02"] * 3), "班次": ["早", "早", "休"]})
    >>> shifts = pd.DataFrame({"班次": ["早"], "上班": ["08:00"], "下班": ["16:30"],
    ...                        "用餐开始": ["12:00"], "用餐分钟": [30]})
    >>> heads(roster, "2026-03-02", shifts)[["11:30", "12:00"]].tolist()
    [2.0, 0.0]
    """
    require_columns(roster, ["日期", "班次"], "班表（roster）")
    cover = shift_coverage(shifts)
    rows = roster[pd.to_datetime(roster["日期"]) == pd.Timestamp(date)]
    if rows.empty:
        raise ValueError(f"班表（roster）里没有 {date} 这一天：请改日期。")
    counts = rows["班次"].value_counts().reindex(cover.index, fill_value=0)
    for name, more in (change or {}).items():
        if name not in counts:
            raise ValueError(f"要改的班次 {name} 不在班次表（shifts）里：请核对班次名。")
        if counts[name] + more < 0:
            raise ValueError(f"{name} 这一天只有 {counts[name]} 人，减不了 {-more:g} 人。")
        counts[name] += more
    result = (counts @ cover).rename("在岗人数")
    result.attrs["people"] = int(counts.sum())
    return result
