"""How do calls arrive?  Level, weekday, share of the day, events; and cells with a planted spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from academy.seatkit.clock import weekdays
from academy.seatkit.drawing import draw
from academy.seatkit.samples import exact

__all__ = ["Traffic", "cells", "curve", "daily", "repeats", "usual_traffic"]

# a hotline of the usual kind: busiest on Monday, two humps by day, evenings at weekends
WEEK = np.array([1.18, 1.08, 1.02, 0.99, 1.03, 0.90, 0.80])
WORK = [("10:00", 1.6, 1.0), ("14:30", 2.1, 0.78), ("19:30", 1.4, 0.45)]
REST = [("11:15", 2.0, 0.6), ("15:00", 2.4, 0.6), ("19:30", 1.6, 1.08)]

# name of an event, and how many times the usual calls
Lift = tuple[str, float]


def curve(
    slots: Sequence[str], peaks: Sequence[tuple[str, float, float]], base: float = 0.15
) -> np.ndarray:
    """Share of the day's calls in each interval; adds up to 1.

    Parameters
    ----------
    peaks : time, hours of half its width, and height of each hump.
    base : height between the humps.
    """
    clock = np.array([_hours(one) for one in slots])
    shape = base + sum(
        height * np.exp(-(((clock - _hours(at)) / width) ** 2) / 2) for at, width, height in peaks
    )
    return shape / shape.sum()


@dataclass(frozen=True)
class Traffic:
    """One queue: expected calls = level x weekday factor x share of the interval.

    Attributes
    ----------
    slots : names of the intervals.
    level : calls of a usual day.
    week : seven weekday factors from Monday on.
    work, rest : shares on working days and at weekends.
    """

    slots: Sequence[str]
    level: float
    week: Sequence[float]
    work: np.ndarray
    rest: np.ndarray

    def expected(
        self,
        dates: pd.DatetimeIndex,
        lift: np.ndarray | float = 1.0,
    ) -> np.ndarray:
        """Expected calls, days x intervals.

        Parameters
        ----------
        lift : factor of each day.
        """
        off = np.asarray(dates.day_of_week >= 5)
        shape = np.where(off[:, None], self.rest, self.work)
        day = self.level * np.asarray(self.week)[dates.day_of_week] * lift
        return day[:, None] * shape

    def history(
        self,
        rng: np.random.Generator,
        dates: pd.DatetimeIndex,
        *,
        events: Mapping[pd.Timestamp, Lift] | None = None,
        noise: float = 0.02,
    ) -> pd.DataFrame:
        """A row an interval: 日期 星期 时段 呼入量 事件.

        Parameters
        ----------
        events : by day, name and factor.
        noise : standard deviation of a whole day's factor; calls are Poisson around it.
        """
        special = [(events or {}).get(date, ("", 1.0)) for date in dates]
        lift = np.array([factor for _, factor in special])
        mean = self.expected(dates, lift * rng.normal(1, noise, len(dates)))
        count = len(self.slots)
        return pd.DataFrame(
            {
                "日期": dates.repeat(count),
                "星期": np.repeat(weekdays(dates), count),
                "时段": list(self.slots) * len(dates),
                "呼入量": rng.poisson(mean).ravel(),
                "事件": np.repeat([name for name, _ in special], count),
            }
        )


def daily(history: pd.DataFrame, days: int) -> pd.DataFrame:
    """日期 星期 实际 of the last days of an interval history."""
    whole = history.groupby(["日期", "星期"], sort=False)["呼入量"].sum()
    return whole.rename("实际").reset_index().tail(days).reset_index(drop=True)


def usual_traffic(
    rng: np.random.Generator, slots: Sequence[str], level: tuple[float, float]
) -> Traffic:
    """Traffic of a hotline of the usual kind.

    Parameters
    ----------
    level : least and greatest number of calls of a usual day.
    """

    def make() -> np.ndarray:
        return WEEK * rng.uniform(0.92, 1.08, 7)

    def good(week: np.ndarray) -> dict[str, bool]:
        return {
            "周一最忙": bool(week[0] > 1.03 * week[1:].max()),
            "周末最闲": bool(week[5:].max() < 0.97 * week[:5].min()),
        }

    # wide enough that no weekday coefficient could be learnt by heart
    week = draw(make, good, what="一周各天的高低")
    shapes = curve(slots, WORK, 0.22), curve(slots, REST, 0.25)
    return Traffic(slots, rng.uniform(*level), week, *shapes)


def repeats(rng: np.random.Generator, mean: float, excess: float, count: int) -> np.ndarray:
    """Calls of one cell (same weekday, same interval) whose spread beyond Poisson is planted.

    Parameters
    ----------
    mean : calls.
    excess : √(coefficient of variation² − 1 ÷ mean), with n − 1, before rounding.
    """
    spread = mean * np.sqrt(excess**2 + 1 / mean)
    return np.round(exact(rng, count, mean, spread)).clip(1).astype(int)


def cells(
    rng: np.random.Generator,
    names: Mapping[str, Sequence[object]],
    designs: Sequence[tuple[float, float]],
    dates: Sequence[pd.DatetimeIndex],
    *,
    special: Mapping[pd.Timestamp, Lift] | None = None,
    column: str = "事件",
    jitter: float = 0.1,
) -> pd.DataFrame:
    """A row a repeat of each cell: the cell's names, 日期, 呼入量, and with `special` its `column`.

    Parameters
    ----------
    names : columns that name the cells, such as 队列 and 时段, a value a cell.
    designs : mean and excess of each cell, on the days that are not special.
    dates : the days of each cell.
    special : days with calls of their own: name, and how many times the mean.
    jitter : greatest share by which a mean is moved at random.
    """
    special = special or {}
    parts = []
    for place, (mean, excess) in enumerate(designs):
        usual = np.array([day not in special for day in dates[place]])
        level = mean * rng.uniform(1 - jitter, 1 + jitter)
        calls = np.array([level * special.get(day, ("", 1))[1] for day in dates[place]])
        calls[usual] = repeats(rng, level, excess, int(usual.sum()))
        label = {name: values[place] for name, values in names.items()}
        part = pd.DataFrame({**label, "日期": dates[place], "呼入量": calls.round().astype(int)})
        if special:
            part[column] = [special.get(day, ("",))[0] for day in dates[place]]
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def _hours(time: str) -> float:
    hours, minutes = time.split(":")
    return int(hours) + int(minutes) / 60
