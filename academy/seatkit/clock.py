"""Which intervals, weekdays and days does a table have?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

__all__ = ["WEEKDAYS", "scattered", "slots", "weekdays"]

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def slots(start: str, end: str, minutes: int = 30) -> list[str]:
    """Names of the intervals from `start` up to, without, `end`.

    >>> slots("08:00", "09:30")
    ['08:00', '08:30', '09:00']
    """
    first, last = (int(h) * 60 + int(m) for h, m in (one.split(":") for one in (start, end)))
    return [f"{at // 60:02d}:{at % 60:02d}" for at in range(first, last, minutes)]


def weekdays(dates: Iterable[pd.Timestamp]) -> list[str]:
    """Chinese weekday of each date.

    >>> weekdays(pd.date_range("2025-08-03", periods=2))
    ['周日', '周一']
    """
    return [WEEKDAYS[date.weekday()] for date in dates]


def scattered(
    rng: np.random.Generator,
    dates: pd.DatetimeIndex,
    count: int,
    *,
    on: Sequence[int] = range(7),
    avoid: Iterable[pd.Timestamp] = (),
) -> pd.DatetimeIndex:
    """Days of different weeks and, as far as there are enough, of different weekdays.

    Parameters
    ----------
    dates : whole weeks from a Monday on.
    on : weekdays to choose from, 0 for Monday.
    avoid : days that are taken.
    """
    taken = set(avoid)
    free = {
        week: [day for day in on if dates[7 * week + day] not in taken]
        for week in range(len(dates) // 7)
    }
    weeks = rng.choice([week for week in free if free[week]], count, replace=False)
    chosen: list[pd.Timestamp] = []
    used: set[int] = set()
    for week in weeks:
        fresh = [day for day in free[week] if day not in used] or free[week]
        day = int(rng.choice(fresh))
        used.add(day)
        chosen.append(dates[7 * week + day])
    return pd.DatetimeIndex(chosen)
