"""评班：一张班表，三个标准，怎么打分？"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ccomlib.clock import DAY_MINUTES
from ccomlib.criteria.fairness import loads, spread
from ccomlib.criteria.humanity import find_violations
from ccomlib.criteria.result import RosterEvaluation
from ccomlib.criteria.table import Grid, read_roster
from ccomlib.rostering.result import Roster
from ccomlib.rostering.rules import Rules
from ccomlib.scheduling.fitting import Fit, fit
from ccomlib.scheduling.required import read_required
from ccomlib.scheduling.shifts import coverage_by_day, read_shifts
from ccomlib.validation import require_range

__all__ = ["POINTS", "evaluate"]

POINTS = {
    "每日工时": 10,
    "周均工时": 10,
    "周内无休息日": 10,
    "连续工作": 5,
    "班间休息": 3,
    "连续夜班": 3,
    "连续工作偏长": 1,
    "晚接早": 1,
    "单休": 1,
    "开班跳动": 1,
    "申请未满足": 1,
}


def evaluate(
    roster: pd.DataFrame | Roster,
    *,
    required: Any = None,
    shifts: pd.DataFrame | None = None,
    rules: Rules | None = None,
    weights: Mapping[str, float] | None = None,
    unpopular: Sequence[str] | None = None,
    availability: pd.Series | dict | None = None,
) -> RosterEvaluation:
    """这张班表好不好：利用率、人性化、公平性。

    利用率 = 100 × 排班拟合（不小于 0）；人性化 = 100 − Σ 每处扣分 ÷ 上班人天 × 100（不小于 0）；
    公平性 = 100 × (1 − 各项基尼系数的平均)，没有人上过的项不算。

    Parameters
    ----------
    roster : 班表，列 工号、日期、班次、上班、下班（休息时留空），可有 休息、夜班、周末、申请；
        没有这些列就推得：上班为空是休息，0 点到 5 点之间至少 2 小时是夜班（教学约定），
        周六周日是周末。表里没有的人、天按休息算。也可以直接给 ``build_roster`` 的结果。
    required : 日期 × 时段 的需求人数（或长表 日期、时段、需求人数）；不给就不评利用率。
    shifts : 班次表，用来扣用餐；班表没有 上班、下班 列时也从这里取。
    rules : 界限，缺省 ``Rules()``。
    weights : 改每处扣分，如 ``{"单休": 0}``；缺省值都是教学约定。
    unpopular : 哪些班次算冷门班；缺省是 7 点前上班或 22 点后下班的白班（教学约定）。
    availability : 每个工号的当量（0 到 1），公平性按当量折算。

    Returns
    -------
    RosterEvaluation

    Raises
    ------
    ValueError
        缺列、时刻读不懂、一人一天两行、休息与上班矛盾、需求的日期不在班表里。

    Notes
    -----
    连着两天的班只记最重的一处：班间休息 > 晚接早 > 开班跳动。“连续工作”由劳动法第三十八条推出
    （任意 7 天里至少休息一天），“周内无休息日”按周一到周日判，所以整周不休会各记一处。
    期初之前、期末之后的班不在表里，连续天数从表内算起。
    没有班次表时，超过 6 小时的班扣 ``rules.meal_minutes`` 分钟用餐，覆盖人数则不扣用餐。
    利用率里，期末夜班过零点的部分折到期初的凌晨（循环期）。

    Examples
    --------
    >>> week = pd.DataFrame({"工号": ["A"] * 7, "日期": pd.date_range("2026-03-02", periods=7),
    ...                      "班次": ["早"] * 7, "上班": ["08:00"] * 7, "下班": ["14:00"] * 7})
    >>> evaluate(week).violations["规则"].tolist()
    ['周均工时', '周内无休息日', '连续工作']
    """
    rules = rules or Rules()
    if not isinstance(rules, Rules):
        raise ValueError("规则（rules）应是 Rules(...)，如 Rules(min_rest_hours=12)。")
    points = _points(weights)
    grid = read_roster(roster, shifts, rules)
    if not grid.work.any():
        raise ValueError("班表（roster）里没有人上班：请核对上班、下班两列。")
    violations = find_violations(grid, rules)
    used, staffed = (None, None) if required is None else _use(grid, required, shifts)
    table = loads(grid, unpopular, availability)
    fairness = spread(table)
    asked = int(grid.asked.sum())
    refused = asked - int(grid.granted.sum())
    lost = violations["规则"].map(points).sum() + refused * points["申请未满足"]
    days = int(grid.work.sum())
    counted = fairness.loc[fairness["最多"] > 0, "基尼系数"]
    scores = pd.Series(
        {
            "利用率": float("nan") if used is None else max(0.0, 100 * used.fit),
            "人性化": max(0.0, 100 - 100 * float(lost) / days),
            "公平性": 100 * (1 - float(counted.mean())),
        }
    )
    return RosterEvaluation(
        fit=used,
        staffed=staffed,
        violations=violations,
        request_rate=1 - refused / asked if asked else None,
        loads=table,
        fairness=fairness,
        scores=scores,
        points=points,
        agent_days=days,
    )


def _points(weights: Mapping[str, float] | None) -> pd.Series:
    points = pd.Series(POINTS, dtype=float)
    for rule, value in (weights or {}).items():
        if rule not in points:
            raise ValueError(f"扣分（weights）里没有规则 {rule!r}：可用的有 {'、'.join(POINTS)}。")
        points[rule] = float(require_range(value, f"扣分（weights）的 {rule}", 0))
    return points


def _use(grid: Grid, required: Any, shifts: pd.DataFrame | None) -> tuple[Fit, pd.DataFrame]:
    """按班表逐天逐时段数人，与需求比。"""
    need = read_required(required)
    if not isinstance(need.index, pd.DatetimeIndex):
        raise ValueError("需求（required）的日期读不懂：请给 日期 × 时段 的表，日期如 2026-03-02。")
    outside = need.index.difference(grid.dates)
    if len(outside):
        raise ValueError(
            f"需求（required）的 {outside[0]:%Y-%m-%d} 不在班表里：请只给班表里的日期。"
        )
    kinds = grid.kinds.assign(meal_start=0.0)
    if shifts is None:
        kinds["meal"] = 0.0
    else:
        known = read_shifts(shifts)
        kinds["meal_start"] = kinds["班次"].map(known["meal_start"]).fillna(0.0)
        kinds.loc[~kinds["班次"].isin(known.index), "meal"] = 0.0
    today, tomorrow = coverage_by_day(kinds, DAY_MINUTES // need.shape[1])
    counts = np.stack(
        [(grid.kind == kind).sum(axis=0) for kind in range(len(kinds))], axis=1
    ).astype(float)
    heads = counts @ today.to_numpy() + np.roll(counts, 1, axis=0) @ tomorrow.to_numpy()
    staffed = pd.DataFrame(heads, grid.dates, need.columns).loc[need.index]
    return fit(need, staffed.set_axis(need.index)), staffed
