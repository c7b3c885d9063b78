"""未来四周的班表：谁哪天上什么班，哪里排得不合理？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .calendar import days
from .columns import flag, moment, words
from .people import SEATS, TEAMS, Staff
from .registry import part, table, truth
from .shifts import NIGHT, SHIFT_NAMES, SHIFTS, rest_days, rotation, shift_codes
from .text import labels
from .truth import Planted

__all__ = [
    "END_HOUR",
    "NEXT_END",
    "NEXT_START",
    "SHORT_REST",
    "START_HOUR",
    "Plan",
    "plan",
    "request_rate_truth",
    "roster",
    "seven_day_agents_truth",
    "short_rests_truth",
]

NEXT_START = "2025-06-30"
NEXT_END = "2025-07-27"
OFF = "休"
SEVEN_DAYS = 6
LATE_EARLY = 10
TAKEN_OVER = 14
SHORT_REST = 11.0
EARLY_SHIFT = SHIFT_NAMES.index("早B")
LATE_SHIFTS = [SHIFT_NAMES.index(name) for name in ("晚B", "晚C", "晚D", "晚E")]
START_HOUR = np.array([int(row[1][:2]) + int(row[1][3:]) / 60 for row in SHIFTS])
END_HOUR = START_HOUR + 8.5


@dataclass(frozen=True, eq=False)
class Plan:
    """28 天 × 240 席位：班次序号（休息为 -1）、是否申请休息、埋下瑕疵的席位。"""

    date: np.ndarray
    shift: np.ndarray
    asked: np.ndarray
    seven: np.ndarray


@part("未来 28 天的班表", stream="roster")
def plan(planted: Planted, rng: np.random.Generator) -> Plan:
    """排出未来 28 天，再埋下连上 7 天、晚接早、夜班集中在一组这三种瑕疵。"""
    date = days(NEXT_START, NEXT_END).date
    rest = rest_days(date)
    position = _concentrate_nights(rotation(date), int(planted.night_team[:-1]) - 1)
    shift = shift_codes(position)
    shift[rest] = -1
    free = rng.permutation(SEATS)
    seven = _work_seven_days(shift, free)
    _late_then_early(shift, free[~np.isin(free, seven)])
    off = shift < 0
    asked = rng.random(shift.shape) < np.where(off, 0.12, 0.016)
    return Plan(date, shift, asked, np.sort(seven))


def _concentrate_nights(position: np.ndarray, heavy: int) -> np.ndarray:
    """四周里大多数夜班都给 ``heavy`` 组：每组 20 席里有 14 席与原来该上夜班的组对调。"""
    team = np.arange(SEATS) // (SEATS // TEAMS)
    base = (position - team) % 12
    weeks = np.unique(base)
    new = position.copy()
    spared = weeks[np.argsort((weeks - base[0, 0]) % 12)][2]
    for week in weeks[weeks != spared]:
        usual, own = (-week) % 12, (week + heavy) % 12
        here = (base == week) & (np.arange(SEATS) % (SEATS // TEAMS) < TAKEN_OVER)
        new[here & (team == usual)] = own
        new[here & (team == heavy)] = 0
    return new


def _work_seven_days(shift: np.ndarray, candidates: np.ndarray) -> np.ndarray:
    """把一次两天连休推迟两天，前面就连上了 7 天。"""
    chosen = []
    for seat in candidates:
        off = np.flatnonzero(shift[:, seat] < 0)
        starts = [
            i
            for i in off
            if 6 <= i <= 20 and shift[i - 1, seat] >= 0 and (shift[i - 5 : i, seat] >= 0).all()
        ]
        usable = [i for i in starts if not NIGHT[shift[i - 1, seat]]]
        if usable and shift[usable[0] - 6, seat] < 0:
            first = usable[0]
            shift[first : first + 2, seat] = shift[first - 1, seat]
            shift[first + 2 : first + 4, seat] = -1
            chosen.append(seat)
        if len(chosen) == SEVEN_DAYS:
            break
    return np.array(chosen)


def _late_then_early(shift: np.ndarray, candidates: np.ndarray) -> None:
    late = np.isin(shift[:-2], LATE_SHIFTS) & (shift[1:-1] >= 0) & (shift[2:] >= 0)
    usable = candidates[late[:, candidates].any(axis=0)][:LATE_EARLY]
    first = late[:, usable].argmax(axis=0)
    shift[first + 1, usable] = EARLY_SHIFT


def short_rests(plan: Plan) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """相邻两天都上班、间隔不足 11 小时的：天（接班的那天）、席位、间隔小时。"""
    before, after = plan.shift[:-1], plan.shift[1:]
    gap = 24 + START_HOUR[after] - END_HOUR[before]
    day, seat = np.nonzero((before >= 0) & (after >= 0) & (gap < SHORT_REST))
    return day + 1, seat, gap[day, seat]


@table(
    "未来四周班表",
    "在册员工 × 天，28 天（2025-06-30 至 07-27）",
    key=("工号", "日期"),
    columns=(
        words("工号", "谁，见 agents"),
        moment("日期", "哪一天"),
        words("班次", "上哪个班，见 centre.shift_types()；休息日是“休”"),
        words("上班", "上班时刻；休息日是空字"),
        words("下班", "下班时刻，小于上班时刻的在次日；休息日是空字"),
        flag("休息", "这天不上班"),
        flag("夜班", "上的是夜班"),
        flag("周末", "在周末上班"),
        words("申请", "事先申请休息的写“休”，没有的是空字"),
    ),
)
def roster(plan: Plan, staff: Staff) -> pd.DataFrame:
    """在册 240 人 × 28 天；休息日的班次为“休”，上下班为空字。"""
    count = len(plan.date)
    shift = plan.shift.T.ravel()
    seat = np.repeat(np.arange(SEATS), count)
    order = np.argsort(staff.current, kind="stable")
    rank = np.argsort(order)[seat]
    rows = np.argsort(rank * count + np.tile(np.arange(count), SEATS))
    shift, seat = shift[rows], seat[rows]
    day = np.tile(np.arange(count), SEATS)
    weekend = ((plan.date.astype(int) + 3) % 7 >= 5)[day]
    names, start, end = (
        [*(row[i] for row in SHIFTS), blank] for i, blank in ((0, OFF), (1, ""), (2, ""))
    )
    code = np.where(shift < 0, len(SHIFTS), shift)
    off = shift < 0
    return pd.DataFrame(
        {
            "工号": labels(staff.number, staff.current[seat]),
            "日期": plan.date.astype("datetime64[us]")[day],
            "班次": labels(names, code),
            "上班": labels(start, code),
            "下班": labels(end, code),
            "休息": off,
            "夜班": ~off & np.append(NIGHT, False)[code],
            "周末": weekend & ~off,
            "申请": labels(("", "休"), plan.asked.T.ravel()[rows].astype(int)),
        }
    )


@truth("班表里连续上班 7 天的工号（roster）")
def seven_day_agents_truth(plan: Plan, staff: Staff) -> tuple[str, ...]:
    """班表里连续上班 7 天的工号，由小到大。"""
    return tuple(sorted(staff.number[staff.current][plan.seven].tolist()))


@truth("班表里晚接早的工号、日期（接早的那一天）、间隔小时（小于 11）（roster）")
def short_rests_truth(plan: Plan, staff: Staff) -> pd.DataFrame:
    """班间休息不足 11 小时的，一处一行。"""
    day, seat, gap = short_rests(plan)
    rests = pd.DataFrame(
        {
            "工号": pd.array(staff.number[staff.current][seat], dtype="str"),
            "日期": plan.date.astype("datetime64[us]")[day],
            "间隔小时": gap,
        }
    )
    return rests.sort_values(["工号", "日期"], ignore_index=True)


@truth("班表里申请休息得到满足的比例（roster）")
def request_rate_truth(plan: Plan) -> float:
    """申请休息的里面，有多少真的休了。"""
    return float((plan.shift < 0)[plan.asked].mean())
