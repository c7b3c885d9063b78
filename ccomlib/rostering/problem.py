"""把需求、人员、班次与规则变成数组：要排的究竟是什么？

班次代码 0 是休息，1 起是班次；每行左边垫 ``HISTORY`` 天（上一期的班，没有就当休息），右边垫一天休息。
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ccomlib.clock import DAY_MINUTES
from ccomlib.labour_law import hours_allowed
from ccomlib.rostering.inputs import Staff, read_agents, read_demand, read_previous, read_requests
from ccomlib.rostering.rules import Rules, Weights
from ccomlib.scheduling.shifts import read_shifts

__all__ = [
    "HARD",
    "HISTORY",
    "WEIGHT_OF",
    "Problem",
    "make_problem",
    "night_minutes",
    "row_penalties",
    "row_score",
]

HARD = 10_000
HISTORY = 6
NIGHT_END = 5 * 60
WEIGHT_OF = {
    "申请未满足": "request",
    "班间休息不足": "short_rest",
    "连续夜班过多": "consecutive_nights",
    "连续工作偏多": "consecutive_days",
    "单休": "isolated_rest",
    "开班跳动": "start_jump",
    "夜班不均": "fairness",
    "周末不均": "fairness",
    "工时不均": "fairness",
}


@dataclass(frozen=True, eq=False)
class Problem:
    """一次排班的全部数组：A 人、D 天、S 个班次，L = HISTORY + D + 1 列。

    ``target`` 行是 夜班（次）、周末（次）、工时（分钟），形状 (3, A, 2)，是公平的下界与上界。
    ``place_cost`` (A, L, S+1) 是某人某天上某班的扣分；``step_cost`` (S+1, S+1) 是相邻两天的。
    """

    dates: pd.DatetimeIndex
    staff: Staff
    shifts: pd.DataFrame
    demand: np.ndarray
    rules: Rules
    weights: Weights
    requests: pd.DataFrame
    history: np.ndarray
    night: np.ndarray
    weekend: np.ndarray
    minutes: np.ndarray
    unit: int
    max_minutes: np.ndarray
    target: np.ndarray
    place_cost: np.ndarray
    step_cost: np.ndarray
    step_kind: np.ndarray
    weeks: list[np.ndarray]

    @property
    def agents(self) -> int:
        """人数。"""
        return len(self.staff.names)

    @property
    def days(self) -> int:
        """天数。"""
        return len(self.dates)


def make_problem(
    demand: pd.DataFrame,
    agents: object,
    shifts: pd.DataFrame,
    rules: Rules,
    weights: Weights,
    requests: pd.DataFrame | None,
    previous: pd.DataFrame | None,
) -> Problem:
    """检查输入，算好各张代价表。"""
    table = read_shifts(shifts)
    dates, names, counts = read_demand(demand, table)
    table = table.loc[names]
    staff = read_agents(agents)
    asked = read_requests(requests, staff, dates, list(shifts["班次"].astype(str)))
    days, size = len(dates), HISTORY + len(dates) + 1
    night = np.append(False, night_minutes(table) >= rules.night_hours * 60)
    minutes = np.append(0, np.rint(table["span"] - table["meal"])).astype(np.int64)
    weekend = np.zeros(size, bool)
    weekend[HISTORY : HISTORY + days] = dates.day_of_week >= 5
    allowed = [hours_allowed(days, rules.max_weekly_hours * f, rules.max_daily_hours) * 60
               for f in staff.share]  # fmt: skip
    unit = max(1, round(float(minutes[1:].mean())))
    ends = np.append(0, table["start"] + table["span"])
    kind, cost = _steps(table, rules, weights)
    return Problem(
        dates=dates,
        staff=staff,
        shifts=table,
        demand=counts,
        rules=rules,
        weights=weights,
        requests=asked,
        history=read_previous(previous, staff, dates, names, HISTORY),
        night=night,
        weekend=weekend,
        minutes=minutes,
        unit=unit,
        max_minutes=np.floor(np.array(allowed)).astype(np.int64),
        target=_targets(counts, staff, night, weekend[HISTORY:-1], minutes, unit),
        place_cost=_place_cost(staff, asked, names, night, ends, size, weights),
        step_cost=cost,
        step_kind=kind,
        weeks=_full_weeks(dates, rules),
    )


def night_minutes(table: pd.DataFrame) -> np.ndarray:
    """各班次落在 0 点到 5 点之间的分钟数（当天与次日两个凌晨）。"""
    start = table["start"].to_numpy(float)
    end = start + table["span"].to_numpy(float)
    total = np.zeros(len(table))
    for midnight in (0, DAY_MINUTES):
        total += np.maximum(np.minimum(end, midnight + NIGHT_END) - np.maximum(start, midnight), 0)
    return total


def _steps(table: pd.DataFrame, rules: Rules, weights: Weights) -> tuple[np.ndarray, np.ndarray]:
    """相邻两天的关系：3 重叠（硬）、2 休息不足、1 开班跳动、0 无事；以及各自的扣分。"""
    start, span = table["start"].to_numpy(float), table["span"].to_numpy(float)
    rest = (DAY_MINUTES + start[None, :] - (start + span)[:, None]) / 60
    jump = np.abs(start[None, :] - start[:, None])
    jump = np.minimum(jump, DAY_MINUTES - jump) / 60
    kind = np.zeros((len(table) + 1,) * 2, dtype=np.int64)
    kind[1:, 1:] = np.select(
        [rest < 0, rest < rules.min_rest_hours, jump > rules.max_start_shift_hours], [3, 2, 1], 0
    )
    return kind, np.array([0, weights.start_jump, weights.short_rest, HARD])[kind]


def _targets(
    demand: np.ndarray,
    staff: Staff,
    night: np.ndarray,
    weekend: np.ndarray,
    minutes: np.ndarray,
    unit: int,
) -> np.ndarray:
    """夜班、周末、工时按当量分摊到每人，取整后的下界与上界。"""
    at_night = staff.share * staff.nights
    total = (demand[:, night[1:]].sum(), demand[weekend].sum(), (demand @ minutes[1:]).sum() / unit)
    target = np.empty((3, len(staff.names), 2), dtype=np.int64)
    for row, (amount, share) in enumerate(
        zip(total, (at_night, staff.share, staff.share), strict=True)
    ):
        each = amount * share / max(share.sum(), 1e-9)
        target[row, :, 0] = np.floor(each + 1e-9)
        target[row, :, 1] = np.ceil(each - 1e-9)
    target[2] *= unit
    return target


def _place_cost(
    staff: Staff,
    requests: pd.DataFrame,
    names: list[str],
    night: np.ndarray,
    ends: np.ndarray,
    size: int,
    weights: Weights,
) -> np.ndarray:
    cost = np.zeros((len(staff.names), size, len(names) + 1), dtype=np.int64)
    for agent, day, wish in requests[["行", "天", "申请"]].itertuples(index=False):
        cost[agent, HISTORY + day] = weights.request
        if wish == "休":
            cost[agent, HISTORY + day, 0] = 0
        elif wish in names:
            cost[agent, HISTORY + day, 1 + names.index(wish)] = 0
    cost[np.ix_(~staff.nights, range(HISTORY, size - 1), np.flatnonzero(night))] = HARD
    for agent, latest in enumerate(staff.latest):
        cost[agent, HISTORY : size - 1, ends > latest] = HARD
    return cost


def _full_weeks(dates: pd.DatetimeIndex, rules: Rules) -> list[np.ndarray]:
    """需要单独约束的整周（周一到周日）所在的列；连续工作的上限已经保证的不重复。"""
    if rules.weekly_rest_days <= 1 and rules.max_consecutive_days <= 6:
        return []
    monday = np.flatnonzero(dates.day_of_week == 0)
    return [HISTORY + first + np.arange(7) for first in monday if first + 7 <= len(dates)]


def row_penalties(problem: Problem, agent: int, row: np.ndarray) -> dict[str, int]:
    """一个人一整行（含左右垫的列）各类违反的次数；“硬约束”应当是 0。"""
    rules, work = problem.rules, row > 0
    night = problem.night[row]
    new = slice(HISTORY, -1)
    kinds = problem.step_kind[row[HISTORY - 1 : -2], row[HISTORY:-1]]
    placed = problem.place_cost[agent, np.arange(len(row)), row][new]
    minutes = int(problem.minutes[row][new].sum())
    over = max(0, minutes - int(problem.max_minutes[agent]))
    weeks = sum(
        max(0, int(work[week].sum()) - 7 + rules.weekly_rest_days) for week in problem.weeks
    )
    load = [night[new].sum(), (work & problem.weekend)[new].sum(), minutes]
    low, high = problem.target[:, agent].T
    off_by = np.maximum(np.maximum(load - high, low - load), 0)
    off_by[2] = -(-off_by[2] // problem.unit)
    return {
        "硬约束": int((kinds == 3).sum())
        + int((placed >= HARD).sum())
        + _runs(work, rules.max_consecutive_days + 1)
        + -(-over // problem.unit)
        + weeks,
        "申请未满足": int(((placed > 0) & (placed < HARD)).sum()),
        "班间休息不足": int((kinds == 2).sum()),
        "连续夜班过多": _runs(night, rules.max_consecutive_nights + 1),
        "连续工作偏多": _runs(work, rules.preferred_consecutive_days + 1),
        "单休": int((~work[HISTORY - 1 : -2] & work[HISTORY - 2 : -3] & work[HISTORY:-1]).sum()),
        "开班跳动": int((kinds == 1).sum()),
        "夜班不均": int(off_by[0]),
        "周末不均": int(off_by[1]),
        "工时不均": int(off_by[2]),
    }


def row_score(problem: Problem, agent: int, row: np.ndarray) -> int:
    """一个人一整行的扣分。"""
    found = row_penalties(problem, agent, row)
    soft = sum(getattr(problem.weights, name) * found[kind] for kind, name in WEIGHT_OF.items())
    return HARD * found["硬约束"] + soft


def _runs(mark: np.ndarray, length: int) -> int:
    """有几段长为 ``length`` 的连续为真，且末一天在本期内。"""
    if len(mark) < length:
        return 0
    windows = np.lib.stride_tricks.sliding_window_view(mark, length).all(axis=1)
    ends = np.arange(length - 1, len(mark))
    return int(windows[(ends >= HISTORY) & (ends < len(mark) - 1)].sum())
