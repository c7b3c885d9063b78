"""How many people are needed, planned and hired?  Tables in which every usual slip shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from academy.seatkit.drawing import apart, draw
from academy.seatkit.sheets import between, sheet
from ccomlib import erlang

__all__ = ["headcount", "hiring", "interval_plan", "need", "reserve", "staffed", "unforeseen"]

INTERVAL = 1800
PLAN = "时段 计划来电量 平均处理时长"
HIRING = "队列 在册人数 月离职率 启动到上岗月数 届时需要人数"


def interval_plan(
    rng: np.random.Generator,
    slots: Sequence[str],
    expected: np.ndarray,
    *,
    aht: tuple[int, int],
    spare: tuple[int, int],
) -> pd.DataFrame:
    """A row an interval: 时段 预测量 平均处理时长 在岗人数; one interval alone is the busiest.

    Parameters
    ----------
    expected : calls of each interval.
    aht : least and greatest mean handling time of the day, seconds.
    spare : least and greatest number of people on duty beyond the offered load.
    """

    def make() -> pd.DataFrame:
        calls = np.round(expected * rng.normal(1, 0.03, len(slots))).astype(int)
        handling = np.round(rng.uniform(*aht) * rng.normal(1, 0.02, len(slots))).astype(int)
        staff = calls * handling // INTERVAL + rng.integers(spare[0], spare[1] + 1, len(slots))
        columns = {"预测量": calls, "平均处理时长": handling, "在岗人数": staff}
        return pd.DataFrame({"时段": list(slots), **columns})

    def good(table: pd.DataFrame) -> dict[str, bool]:
        first, second = table["预测量"].nlargest(2)
        return {"最忙的时段只有一个": bool(first > second + 1)}

    return draw(make, good, what="逐时段计划")


def need(plan: pd.DataFrame, margin: float = 1.12, more: int = 2) -> np.ndarray:
    """People needed by interval for a plan: offered load with a margin."""
    return (plan["预测量"] * plan["平均处理时长"] / INTERVAL * margin).round().astype(int) + more


def staffed(
    rng: np.random.Generator,
    needed: Sequence[int] | np.ndarray,
    short: np.ndarray,
    *,
    less: tuple[float, float] = (0.08, 0.14),
    more: tuple[float, float] = (0.12, 0.20),
) -> np.ndarray:
    """People planned: too few where `short` is true, too many elsewhere.

    Parameters
    ----------
    less, more : least and greatest share that is missing or too much.
    """
    needed = np.asarray(needed)
    size = len(needed)
    lean = np.where(short, -rng.uniform(*less, size), rng.uniform(*more, size))
    return np.round(needed * (1 + lean)).astype(int) + rng.integers(-1, 2, size)


def hiring(
    rng: np.random.Generator,
    queues: Mapping[str, tuple[int, int]],
    *,
    rate: tuple[float, float] = (0.025, 0.045),
    lead: tuple[int, int] = (2, 3),
    gaps: Mapping[str, tuple[int, int]] | Sequence[tuple[int, int]],
    columns: str = HIRING,
) -> pd.DataFrame:
    """A row a queue: heads, monthly attrition, months until hired people work, heads needed then.

    Leaving is compounded; in every queue that must hire, taking no month, one month or one month more
    of it gives another number of people, as does rounding to the nearest; taking the same number each
    month gives the same.

    Parameters
    ----------
    queues : by name, least and greatest number of heads.
    gaps : people to hire by queue, least and greatest; a list is given to the queues at random.
        Negative: enough.
    columns : names of the five columns.
    """
    names = columns.split()

    def make() -> pd.DataFrame:
        rows = [
            (queue, between(*heads), between(*rate, 0.001), between(*lead))
            for queue, heads in queues.items()
        ]
        table = sheet(rng, " ".join(names[:4]), rows)
        given = list(gaps.values()) if isinstance(gaps, Mapping) else gaps
        order = range(len(given)) if isinstance(gaps, Mapping) else rng.permutation(len(given))
        short = [between(*given[place]).take(rng) for place in order]
        table[names[4]] = np.floor(_stay(table, names) + short).astype(int)
        return table

    def good(table: pd.DataFrame) -> dict[str, bool]:
        staff, rate, lead, wanted = (table[name].to_numpy() for name in names[1:])
        short = wanted - staff * (1 - rate) ** lead
        right, one, no, straight, late = (
            np.ceil(gap.clip(min=0))
            for gap in (
                short,
                wanted - staff * (1 - rate),
                wanted - staff,
                wanted - staff * (1 - rate * lead),
                wanted - staff * (1 - rate) ** (lead + 1),
            )
        )
        hires = right > 0
        return {
            "不算离职就少招": bool((no < right)[hires].all()),
            "只算一个月的离职就少招": bool((one < right)[hires].all()),
            "多算一个月的离职就多招": bool((late > right)[hires].all()),
            "每月走一样多的人也是这个数": bool((straight == right)[hires].all()),
            "四舍五入就少招": bool((np.abs(short[hires] % 1 - 0.275) < 0.175).all()),
        }

    return draw(make, good, what="招聘")


def headcount(
    rng: np.random.Generator,
    months: Sequence[Sequence[Any]],
    heads: tuple[int, int],
    hires: tuple[int, int],
) -> tuple[pd.DataFrame, int, int]:
    """The coming months (月份 月初到岗 月离职率), heads now, and heads needed after them.

    Rounding up is never a matter of the last digit.

    Parameters
    ----------
    months : rows of a sheet.
    heads, hires : least and greatest number of heads now, and of people to hire.
    """

    def make() -> tuple[pd.DataFrame, int, float]:
        table = sheet(rng, "月份 月初到岗 月离职率", months)
        now = between(*heads).take(rng)
        left = float(now)
        for row in table.itertuples():
            left = (left + row.月初到岗) * (1 - row.月离职率)
        return table, now, left

    def good(made: tuple[pd.DataFrame, int, float]) -> dict[str, bool]:
        return {"进位不靠最后一位小数": 0.1 < made[2] % 1 < 0.9}

    table, now, left = draw(make, good, what="逐月人数")
    return table, now, int(left) + between(*hires).take(rng)


def reserve(
    rng: np.random.Generator,
    days: pd.DatetimeIndex,
    slots: Mapping[str, tuple[int, int, float]],
    *,
    lift: float = 1.0,
    aht: tuple[int, int],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Past errors of some intervals (日期 时段 预测量 实际量) and the plan that a reserve is sized for.

    On every seat and in every interval the mean error, the median, the worst day and the calls
    beyond the plan give other reserves than the 95% quantile.

    Parameters
    ----------
    slots : by interval, least and greatest forecast, and standard deviation of actual ÷ forecast.
    lift : planned calls ÷ usual calls.
    aht : least and greatest mean handling time, seconds.

    Returns
    -------
    history, plan : DataFrame
        The plan has 时段 计划来电量 平均处理时长.
    """
    parts, plan = [], []
    for slot, (low, high, spread) in slots.items():
        planned, handling = round(lift * rng.uniform(low, high)), between(*aht).take(rng)
        plan.append((slot, planned, handling))
        parts.append(_errors(rng, days, (low, high), spread, planned, handling).assign(时段=slot))
    history = pd.concat(parts).sort_values(["日期", "时段"], ignore_index=True)
    return history[["日期", "时段", "预测量", "实际量"]], sheet(rng, PLAN, plan)


def unforeseen(
    rng: np.random.Generator, past: pd.DataFrame, expected: np.ndarray, planned: int, aht: int
) -> pd.DataFrame:
    """Past errors of one interval whose forecast knew nothing of the events: 日期 星期 预测量 实际量.

    As with `reserve`, every other way to size the reserve gives another number.

    Parameters
    ----------
    past : rows of one interval of a history.
    expected : its expected calls without events.
    planned, aht : the interval that a reserve is sized for.
    """
    days = past[["日期", "星期"]].reset_index(drop=True)
    actual = past["呼入量"].to_numpy()

    def make() -> pd.DataFrame:
        forecast = np.round(expected * rng.normal(0.99, 0.025, len(actual))).astype(int)
        return days.assign(预测量=forecast, 实际量=actual)

    return draw(make, _sized_by_quantile(planned, aht), what="预测误差")


def _errors(
    rng: np.random.Generator,
    days: pd.DatetimeIndex,
    calls: tuple[int, int],
    spread: float,
    planned: int,
    aht: int,
) -> pd.DataFrame:
    def make() -> pd.DataFrame:
        expected = rng.integers(calls[0], calls[1] + 1, len(days))
        ratio = rng.normal(1.01, spread, len(days)).clip(0.6, 1.5)
        actual = np.round(expected * ratio).astype(int)
        return pd.DataFrame({"日期": days, "预测量": expected, "实际量": actual})

    return draw(make, _sized_by_quantile(planned, aht), what="预测误差")


def _sized_by_quantile(planned: int, aht: int) -> Callable[[pd.DataFrame], dict[str, bool]]:
    """Conditions under which only the 95% quantile of the errors gives the right reserve."""

    def good(table: pd.DataFrame) -> dict[str, bool]:
        ratio = table["实际量"] / table["预测量"]
        cuts = [1, ratio.mean(), ratio.median(), ratio.max(), ratio.quantile(0.95)]
        base, mean, middle, worst, right = (
            int(erlang.required_agents(planned * cut, aht).agents) for cut in cuts
        )
        return {
            "按平均误差或中位数备就不对": apart(right, mean, middle, base),
            "按最坏的一天备就不对": apart(right, worst),
            "多出的通数不等于人数": apart(right - base, round(planned * (cuts[-1] - 1))),
        }

    return good


def _stay(table: pd.DataFrame, names: list[str]) -> pd.Series:
    return table[names[1]] * (1 - table[names[2]]) ** table[names[3]]
