"""先算账：这些人、这些班，法律允许的人天够不够？"""

from __future__ import annotations

import numpy as np

from ccomlib.rostering.problem import HISTORY, Problem

__all__ = ["check_daily_hours", "check_possible", "least_shortfall"]


def check_possible(problem: Problem) -> None:
    """不够就说清是哪条法律、差多少；够了不等于一定排得出来。"""
    found = _shortages(problem)
    if found:
        raise ValueError(
            f"排不出合法的班表：{found[0][1]} 请减少需求、加人，或用 allow_shortfall=True 列出缺口。"
        )


def least_shortfall(problem: Problem) -> int:
    """至少要缺几个班。"""
    return max((amount for amount, _ in _shortages(problem)), default=0)


def check_daily_hours(problem: Problem) -> None:
    """单个班次的净工时不许超过每日上限。"""
    limit = problem.rules.max_daily_hours
    hours = problem.minutes[1:] / 60
    if (hours > limit + 1e-9).any():
        worst = int(np.argmax(hours))
        raise ValueError(
            f"班次 {problem.shifts.index[worst]} 的净工时是 {hours[worst]:g} 小时，超过每日 "
            f"{limit:g} 小时（劳动法第三十六条）：请缩短班次，或加长用餐分钟。"
        )


def _shortages(problem: Problem) -> list[tuple[int, str]]:
    """（至少缺几个班，理由），从一天、一周到整段。"""
    rules, demand, agents = problem.rules, problem.demand, problem.agents
    daily = demand.sum(axis=1)
    names = [f"{date:%Y-%m-%d}" for date in problem.dates]
    found = []
    worst = int(np.argmax(daily))
    if daily[worst] > agents:
        missing = int(np.maximum(daily - agents, 0).sum())
        found.append(
            (missing, f"{names[worst]} 需要 {daily[worst]} 人，名单（agents）只有 {agents} 人。")
        )
    at_night = demand[:, problem.night[1:]].sum(axis=1)
    able = int(problem.staff.nights.sum())
    worst = int(np.argmax(at_night))
    if at_night[worst] > able:
        missing = int(np.maximum(at_night - able, 0).sum())
        found.append(
            (missing, f"{names[worst]} 需要 {at_night[worst]} 人上夜班，能上夜班的只有 {able} 人。")
        )
    found += _week(problem, daily, names)
    found += _run(problem, daily, names)
    by_hours = problem.max_minutes // problem.minutes[1:].min()
    most = int(np.minimum(by_hours, problem.days).sum())
    if daily.sum() > most:
        found.append(
            (
                int(daily.sum()) - most,
                f"{problem.days} 天共需 {daily.sum()} 人天，{agents} 人按每周平均 "
                f"{rules.max_weekly_hours:g} 小时（国务院关于职工工作时间的规定第三条）"
                f"最多 {most} 人天，缺 {daily.sum() - most} 人天。",
            )
        )
    return found


def _week(problem: Problem, daily: np.ndarray, names: list[str]) -> list[tuple[int, str]]:
    rules = problem.rules
    each = 7 - rules.weekly_rest_days
    monday = np.flatnonzero(problem.dates.day_of_week == 0)
    weeks = [first for first in monday if first + 7 <= problem.days]
    found = []
    for first in weeks:
        need, most = int(daily[first : first + 7].sum()), each * problem.agents
        if need > most:
            found.append(
                (
                    need - most,
                    f"{names[first]} 起的一周需 {need} 人天，{problem.agents} 人每周至少休息 "
                    f"{rules.weekly_rest_days} 日（劳动法第三十八条）最多 {most} 人天，"
                    f"缺 {need - most} 人天。",
                )
            )
    return found


def _run(problem: Problem, daily: np.ndarray, names: list[str]) -> list[tuple[int, str]]:
    """任意连着的几天：每人至少休息一天；上一期已连着上的也算在内。"""
    length = problem.rules.max_consecutive_days + 1
    found = []
    for first in range(problem.days - length + 1):
        need = int(daily[first : first + length].sum())
        most = (length - 1) * problem.agents
        if need > most:
            found.append(
                (
                    need - most,
                    f"{names[first]} 起的 {length} 天需 {need} 人天，{problem.agents} 人连续工作不超过 "
                    f"{length - 1} 天（由劳动法第三十八条推出）最多 {most} 人天，"
                    f"缺 {need - most} 人天。",
                )
            )
    for ahead in range(1, min(length, HISTORY + 1)):
        before = length - ahead
        if before > HISTORY or ahead > problem.days:
            continue
        tired = int((problem.history[:, HISTORY - before :] > 0).all(axis=1).sum())
        need, most = int(daily[:ahead].sum()), ahead * problem.agents - tired
        if tired and need > most:
            found.append(
                (
                    need - most,
                    f"头 {ahead} 天需 {need} 人天，有 {tired} 人上一期末已连上 {before} 天，"
                    f"最多 {most} 人天（由劳动法第三十八条推出）。",
                )
            )
    return found
