"""人性化：谁哪天被排得不合法、不合情理？"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ccomlib import labour_law
from ccomlib.clock import DAY_MINUTES, clock_minutes
from ccomlib.criteria.table import Grid
from ccomlib.labour_law import hours_allowed
from ccomlib.rostering.rules import Rules

__all__ = ["STANDARDS", "find_violations"]

LAW, DERIVED, ABROAD, COURSE = "法律", "法律推论", "国际参考", "教学约定"
STANDARDS = {
    "每日工时": LAW,
    "周均工时": LAW,
    "周内无休息日": LAW,
    "连续工作": DERIVED,
    "班间休息": ABROAD,
    "连续夜班": COURSE,
    "连续工作偏长": COURSE,
    "晚接早": COURSE,
    "单休": COURSE,
    "开班跳动": COURSE,
}
COLUMNS = ["工号", "日期", "标准", "规则", "实际", "上限", "说明"]


def find_violations(grid: Grid, rules: Rules) -> pd.DataFrame:
    """一行一处；“班间休息”的上限列是至少要休息的小时。"""
    found = [
        _daily(grid, rules),
        _average(grid, rules),
        _weeks(grid, rules),
        *_streaks(grid, rules),
        *_changes(grid, rules),
        _alone(grid),
    ]
    table = pd.DataFrame([row for rows in found for row in rows], columns=COLUMNS)
    order = {rule: place for place, rule in enumerate(STANDARDS)}
    table = table.astype({"实际": float, "上限": float})
    table["日期"] = pd.to_datetime(table["日期"])
    return table.sort_values(
        ["规则", "工号", "日期"], key=lambda c: c.map(order) if c.name == "规则" else c,
        ignore_index=True,
    )  # fmt: skip


def _row(
    grid: Grid, agent: int, day: int, rule: str, actual: float, limit: float, text: str
) -> list[Any]:
    where = [grid.agents[agent], grid.dates[day], STANDARDS[rule], rule]
    return [*where, round(float(actual), 2), float(limit), text]


def _daily(grid: Grid, rules: Rules) -> list[list[Any]]:
    hours, limit = grid.minutes / 60, rules.max_daily_hours
    return [
        _row(
            grid,
            agent,
            day,
            "每日工时",
            hours[agent, day],
            limit,
            f"{grid.shift_name(agent, day)}，净工时 {hours[agent, day]:g} 小时"
            f"（{labour_law.DAILY_HOURS.source}）",
        )
        for agent, day in np.argwhere(hours > limit + 1e-9)
    ]


def _average(grid: Grid, rules: Rules) -> list[list[Any]]:
    """整段的周均：零头的天按每日工时折算（见 ``labour_law.hours_allowed``）。"""
    days, limit = len(grid.dates), rules.max_weekly_hours
    allowed = hours_allowed(days, limit, rules.max_daily_hours)
    total = grid.minutes.sum(axis=1) / 60
    return [
        _row(
            grid,
            agent,
            days - 1,
            "周均工时",
            total[agent] / allowed * limit,
            limit,
            f"{days} 天共 {total[agent]:g} 小时，许可 {allowed:g} 小时"
            f"（{labour_law.WEEKLY_HOURS.source}）",
        )
        for agent in np.flatnonzero(total > allowed + 1e-9)
    ]


def _weeks(grid: Grid, rules: Rules) -> list[list[Any]]:
    """完整的周一到周日；期初、期末不满一周的不判。"""
    monday = np.flatnonzero(grid.dates.day_of_week == 0)
    monday = monday[monday + 7 <= len(grid.dates)]
    sums = np.zeros((len(grid.agents), len(grid.dates) + 1))
    sums[:, 1:] = np.cumsum(~grid.work, axis=1)
    rest = sums[:, monday + 7] - sums[:, monday]
    return [
        _row(
            grid,
            agent,
            monday[week],
            "周内无休息日",
            rest[agent, week],
            rules.weekly_rest_days,
            f"{grid.dates[monday[week]]:%m-%d} 起的一周休息 {rest[agent, week]:g} 日，"
            f"少于 {rules.weekly_rest_days} 日（{labour_law.WEEKLY_REST_DAYS.source}）",
        )
        for agent, week in np.argwhere(rest < rules.weekly_rest_days)
    ]


def _runs(mark: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """每段连续为真的：行、开始列、长度。"""
    padded = np.pad(mark.astype(np.int8), ((0, 0), (1, 1)))
    edge = np.diff(padded, axis=1)
    agent, first = np.nonzero(edge == 1)
    _, after = np.nonzero(edge == -1)
    return agent, first, after - first


def _streaks(grid: Grid, rules: Rules) -> list[list[list[Any]]]:
    """连续工作与连续夜班；日期是超出的第一天，一段只记一次。"""
    most, better = rules.max_consecutive_days, rules.preferred_consecutive_days
    worked = list(zip(*_runs(grid.work), strict=True))
    nights = list(zip(*_runs(grid.night), strict=True))
    limit = rules.max_consecutive_nights

    def row(agent: int, first: int, length: int, rule: str, top: int, text: str) -> list[Any]:
        return _row(grid, agent, first + top, rule, length, top, text)

    return [
        [
            row(
                a,
                f,
                n,
                "连续工作",
                most,
                f"连续工作 {n} 天（由劳动法第三十八条推出，一周按任意 7 天算）",
            )
            for a, f, n in worked
            if n > most
        ],
        [
            row(a, f, n, "连续工作偏长", better, f"连续工作 {n} 天，宜不超过 {better} 天")
            for a, f, n in worked
            if better < n <= most
        ],
        [row(a, f, n, "连续夜班", limit, f"连续夜班 {n} 天") for a, f, n in nights if n > limit],
    ]


def _changes(grid: Grid, rules: Rules) -> list[list[list[Any]]]:
    """连着两天的两个班：休息不足、晚接早、开班跳动三种里只记最重的一种，日期是后一天。"""
    both = grid.work[:, :-1] & grid.work[:, 1:]
    end, start = grid.end[:, :-1], grid.start[:, 1:]
    rest = (DAY_MINUTES + start - end) / 60
    jump = np.abs(start - grid.start[:, :-1])
    jump = np.minimum(jump, DAY_MINUTES - jump) / 60
    late, early = (
        clock_minutes(getattr(rules, name), f"规则（Rules）的 {name}")
        for name in ("late_end", "early_start")
    )
    short = both & (rest < rules.min_rest_hours - 1e-9)
    close = both & ~short & (end > late) & (start < early)
    jumps = both & ~short & ~close & (jump > rules.max_start_shift_hours + 1e-9)

    def pair(agent: int, day: int) -> str:
        return f"{grid.shift_name(agent, day)} 接 {grid.shift_name(agent, day + 1)}"

    found = []
    for rule, where, actual, limit, text in (
        (
            "班间休息",
            short,
            rest,
            rules.min_rest_hours,
            "班间休息 {:g} 小时（欧盟参考，不是中国法律）",
        ),
        ("晚接早", close, rest, rules.min_rest_hours, "前一天下班晚、后一天上班早，中间 {:g} 小时"),
        ("开班跳动", jumps, jump, rules.max_start_shift_hours, "开班时间差 {:g} 小时"),
    ):
        found.append(
            [
                _row(
                    grid,
                    agent,
                    day + 1,
                    rule,
                    actual[agent, day],
                    limit,
                    f"{pair(agent, day)}，{text.format(round(actual[agent, day], 2))}",
                )
                for agent, day in np.argwhere(where)
            ]
        )
    return found


def _alone(grid: Grid) -> list[list[Any]]:
    alone = ~grid.work[:, 1:-1] & grid.work[:, :-2] & grid.work[:, 2:]
    return [
        _row(grid, agent, day + 1, "单休", 1, 2, "前后都上班，只休一天")
        for agent, day in np.argwhere(alone)
    ]
