"""求解：各班次几个人，代价最小？"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from ccomlib.clock import DAY_MINUTES
from ccomlib.scheduling.fitting import measure
from ccomlib.scheduling.plan import ShiftPlan
from ccomlib.scheduling.required import read_required
from ccomlib.scheduling.shifts import coverage_by_day, read_shifts
from ccomlib.validation import require_range

__all__ = ["optimise_shifts"]

OBJECTIVES = ("cost", "absolute")
# 代价相差不到亿分之一算一样；缺人的分量压过班次的先后；取一个方案最多找这么多步
ROOM, SHORT, NODES = 1e-8, 1e3, 50


@dataclass(frozen=True, eq=False)
class _Task:
    """每天都一样的部分：覆盖矩阵 (时段, 班次) 与各项代价。"""

    cover: np.ndarray
    shift_cost: np.ndarray
    under_cost: float
    over_cost: float
    max_agents: float
    min_coverage: float
    time_limit: float


def optimise_shifts(
    required: Any,
    shifts: pd.DataFrame,
    *,
    under_cost: float = 5.0,
    over_cost: float = 1.0,
    shift_cost: Any = None,
    max_agents: int | None = None,
    min_coverage: float | None = None,
    objective: str = "cost",
    time_limit: float = 30,
    progress: bool = False,
) -> ShiftPlan:
    """每个班次各放几个人，代价最小？

    min Σ c·x + h·Σ(缺人代价·u + 余人代价·o)，使 A·x + u − o = R，x 为非负整数；
    x 是各班次人数，A 是覆盖矩阵，R 是需求，u、o 是缺的与多的人数，h 是时段的小时数。

    Parameters
    ----------
    required : 一天 48 个数、以时段为索引的 Series、日期 × 时段的表，
        或列为 日期、时段、需求人数 的长表（人）。
    shifts : 班次表，见 ``shift_coverage``。
    under_cost, over_cost : 缺一人一小时、多一人一小时的代价，与班次成本同一单位；5 与 1 是教学约定。
    shift_cost : 一个人上一次班的成本，一列数（与班次同序）或以班次为索引的 Series；
        缺省用 成本 列，没有这一列就用净工时（即付一小时算 1）。
    max_agents : 一天最多排几个人。
    min_coverage : 每个时段至少覆盖需求的几成（0 到 1），硬性。
    objective : "cost" 如上；"absolute" 只求 Σ|排班 − 需求|（人·时段）最小，不计班次成本。
    time_limit : 每天最多求解的秒数。
    progress : 几天时是否显示进度条。

    Returns
    -------
    ShiftPlan

    Raises
    ------
    ValueError
        输入不合法；人数上限与覆盖下限合起来办不到；限时内没有找到方案。

    Notes
    -----
    各天独立求解。循环日：过零点的部分折回当天开头，等于假定前一天的夜班与当天一样多。
    求解用 HiGHS（scipy.optimize.milp），单线程；证明最优的目标值在任何电脑上相同。
    代价一样的方案往往不止一个：取缺得最少的，再取排在班次表前面的。总代价、人数、缺与余说得出口；
    某个班次几个人、哪一格最差，价钱差一分钱就会换一个说法，不要当结论。

    References
    ----------
    Dantzig, G. B. (1954). A comment on Edie's "Traffic delays at toll booths". Operations
    Research 2(3)：班次覆盖模型。

    Examples
    --------
    >>> need = pd.Series([3] * 8 + [5] * 8, index=[f"{h:02d}:{m}" for h in range(9, 17)
    ...                                            for m in ("00", "30")])
    >>> shifts = pd.DataFrame({"班次": ["全", "下午"], "上班": ["09:00", "13:00"],
    ...                        "下班": ["17:00", "17:00"]})
    >>> plan = optimise_shifts(need, shifts)
    >>> plan.counts.iloc[0].tolist(), plan.optimal
    ([3, 2], True)
    """
    if objective not in OBJECTIVES:
        raise ValueError(f'目标（objective）是 {objective!r}，应是 "cost" 或 "absolute"。')
    need = read_required(required)
    table = read_shifts(shifts)
    interval = DAY_MINUTES // need.shape[1]
    today, tomorrow = coverage_by_day(table, interval)
    cover = (today + tomorrow).to_numpy().T
    hours = interval / 60
    cost = _shift_cost(shift_cost, table)
    under = _one(under_cost, "缺人代价（under_cost）", 0)
    over = _one(over_cost, "余人代价（over_cost）", 0)
    if objective == "absolute":
        cost, under, over, hours = np.zeros(len(table)), 1.0, 1.0, 1.0
    task = _Task(
        cover=cover,
        shift_cost=cost,
        under_cost=under * hours,
        over_cost=over * hours,
        max_agents=np.inf if max_agents is None else _one(max_agents, "人数上限（max_agents）", 0),
        min_coverage=0.0
        if min_coverage is None
        else _one(min_coverage, "覆盖下限（min_coverage）", 0, 1),
        time_limit=_one(time_limit, "限时（time_limit）", 0, above=True),
    )
    uncovered = need.columns[(need.max().to_numpy() > 0) & ~(cover > 0).any(axis=1)]
    if task.min_coverage and len(uncovered):
        raise ValueError(
            f"时段 {uncovered[0]} 有需求，但没有班次覆盖它，达不到覆盖下限（min_coverage）："
            "请在班次表里加一个班次。"
        )
    return _assemble(need, table, task, objective, tuple(uncovered), progress)


def _assemble(
    need: pd.DataFrame,
    table: pd.DataFrame,
    task: _Task,
    objective: str,
    uncovered: tuple[str, ...],
    progress: bool,
) -> ShiftPlan:
    solved = [
        _solve_day(row, task, f"{label:%Y-%m-%d}" if hasattr(label, "year") else str(label))
        for label, row in _bar(zip(need.index, need.to_numpy(), strict=True), len(need), progress)
    ]
    counts = np.stack([day[0] for day in solved])
    staffed = counts @ task.cover.T
    hours = (table["span"] - table["meal"]) / 60
    gaps = np.array([day[2] for day in solved])
    interval = 24 / need.shape[1]
    fits = [measure(want, have) for want, have in zip(need.to_numpy(), staffed, strict=True)]
    daily = pd.DataFrame(
        {
            "人数": counts.sum(axis=1),
            "净工时(小时)": counts @ hours.to_numpy(),
            "需求(人时)": need.to_numpy().sum(axis=1) * interval,
            "缺(人时)": [day.under * interval for day in fits],
            "余(人时)": [day.over * interval for day in fits],
            "排班拟合": [day.fit for day in fits],
            "覆盖率": [day.coverage for day in fits],
            "排班有效率": [day.efficiency for day in fits],
            "已证最优": [day[3] for day in solved],
        },
        index=need.index,
    )
    return ShiftPlan(
        counts=pd.DataFrame(counts, need.index, table.index),
        required=need,
        staffed=pd.DataFrame(staffed, need.index, need.columns),
        hours=hours.rename("净工时"),
        objective=float(sum(day[1] for day in solved)),
        objective_kind=objective,
        daily=daily,
        gap=float(gaps.max()),
        optimal=bool(daily["已证最优"].all()),
        uncovered=uncovered,
    )


def _solve_day(need: np.ndarray, task: _Task, label: str) -> tuple[np.ndarray, float, float, bool]:
    """一天的整数规划：各班次人数、目标值、离下界的比例、是否证明最优。"""
    from scipy.optimize import Bounds, LinearConstraint
    from scipy.sparse import csr_array, hstack

    count = task.cover.shape[1]
    blocks, part_of = np.unique(task.cover, axis=0, return_inverse=True)
    block, slope, width, least = _segments(need, part_of.ravel(), task)
    owner = csr_array(
        (np.full(len(block), -1.0), (block, np.arange(len(block)))), shape=(len(blocks), len(block))
    )
    constraints = [LinearConstraint(hstack([csr_array(blocks), owner]), 0, 0)]
    if np.isfinite(task.max_agents):
        heads = np.r_[np.ones(count), np.zeros(len(block))][None, :]
        constraints.append(LinearConstraint(heads, -np.inf, task.max_agents))
    whole = np.r_[np.ones(count), np.zeros(len(block))]
    bounds = Bounds(np.r_[np.zeros(count), least], np.r_[np.full(count, np.inf), width])
    price = np.r_[task.shift_cost, slope]
    found = _milp(price, constraints, whole, bounds, time_limit=task.time_limit)
    if found.x is None:
        raise ValueError(_no_plan(found.status, task, label))
    proven = found.status == 0
    if proven:
        found = _break_tie(found, need, part_of.ravel(), task, price, constraints, whole, bounds)
    counts = np.rint(found.x[:count]).astype(int)
    have = task.cover @ counts
    value = task.shift_cost @ counts
    value += task.under_cost * np.maximum(need - have, 0).sum()
    value += task.over_cost * np.maximum(have - need, 0).sum()
    return counts, float(value), 0.0 if proven else float(found.mip_gap), proven


def _milp(price: Any, rows: Any, whole: Any, bounds: Any, **limit: float) -> Any:
    from scipy.optimize import milp

    options = {"mip_rel_gap": 0.0, **limit}
    return milp(price, constraints=rows, integrality=whole, bounds=bounds, options=options)


def _break_tie(
    found: Any,
    need: np.ndarray,
    part_of: np.ndarray,
    task: _Task,
    price: np.ndarray,
    rows: list,
    whole: np.ndarray,
    bounds: Any,
) -> Any:
    """代价一样的方案往往不止一个：取缺得最少的，再取排在班次表前面的。

    限的是搜索的步数而不是秒数，所以快慢不同的电脑取到同一个。
    """
    from scipy.optimize import LinearConstraint

    short = replace(task, under_cost=1.0, over_cost=0.0, min_coverage=0.0)
    fewer = _segments(need, part_of, short)[1]
    count = task.cover.shape[1]
    order = np.arange(1, count + 1) ** 1.5 / count**1.5
    top = found.fun + ROOM * max(1.0, abs(found.fun))
    rows = [*rows, LinearConstraint(price[None, :], -np.inf, top)]
    tied = _milp(np.r_[order, SHORT * fewer], rows, whole, bounds, node_limit=NODES)
    return found if tied.x is None else tied


def _segments(
    need: np.ndarray, part_of: np.ndarray, task: _Task
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """由同样班次覆盖的时段人数相同，合成一段；缺余的代价是人数的凸折线，一截一个变量。

    Returns
    -------
    每一截属于哪一段、每多一人的代价、长度、覆盖下限要求的最少人数。
    """
    pieces = []
    for block in range(part_of.max() + 1):
        wanted = np.sort(need[part_of == block])
        starts = np.unique(np.r_[0.0, wanted])
        below = np.searchsorted(wanted, starts, side="right")
        slope = task.over_cost * below - task.under_cost * (len(wanted) - below)
        width = np.diff(np.r_[starts, np.inf])
        least = np.clip(task.min_coverage * wanted[-1] - starts, 0, width)
        pieces.append(np.stack([np.full(len(starts), block), slope, width, least]))
    block, slope, width, least = np.concatenate(pieces, axis=1)
    return block.astype(int), slope, width, least


def _no_plan(status: int, task: _Task, label: str) -> str:
    if status == 2:
        return (
            f"{label}：一天最多 {task.max_agents:g} 人（max_agents）做不到每个时段都覆盖需求的 "
            f"{task.min_coverage:.0%}（min_coverage）：请放宽其中一个。"
        )
    return f"{label}：{task.time_limit:g} 秒内没有找到方案：请加大 time_limit 或减少班次。"


def _shift_cost(given: Any, table: pd.DataFrame) -> np.ndarray:
    if given is None:
        return table["cost"].to_numpy(float)
    name = "班次成本（shift_cost）"
    if isinstance(given, pd.Series) and not isinstance(given.index, pd.RangeIndex):
        missing = table.index.difference(given.index)
        if len(missing):
            raise ValueError(f"{name}里没有班次 {missing[0]}：请补上。")
        given = given.reindex(table.index)
    cost = require_range(given, name, 0)
    if cost.ndim and cost.shape != (len(table),):
        raise ValueError(f"{name}有 {cost.size} 个数，班次有 {len(table)} 个：请一一对应。")
    return np.broadcast_to(cost, len(table)).astype(float)


def _one(value: Any, name: str, low: float, high: float = np.inf, *, above: bool = False) -> float:
    if np.ndim(value):
        raise ValueError(f"{name}应是一个数。")
    return float(require_range(value, name, low, high, above=above))


def _bar(days: Any, total: int, progress: bool) -> Any:
    if not progress or total == 1:
        return days
    from tqdm.auto import tqdm

    return tqdm(days, total=total, desc="逐天求解", unit="天", file=sys.stdout)
