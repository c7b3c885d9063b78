"""谁上班：每天排了谁、上哪个班，几点小休、用餐、培训，谁没有来？

把一天分成 96 个一刻钟；一个人一天是一行，每一刻钟是一种安排。
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .calendar import Days, days
from .demand import START
from .people import INDUCTION, TEAMS, Staff
from .registry import part
from .shifts import NIGHT, SHIFTS, rest_days, rest_start, rotation, shift_codes
from .text import SLOTS

__all__ = [
    "BREAK",
    "END",
    "MEAL",
    "MEAL_AT",
    "MEET",
    "ONLINE",
    "OTHER",
    "OUT",
    "QUARTERS",
    "TRAIN",
    "Rota",
    "grid",
    "rota",
    "scheduled",
]

END = "2025-06-29"
QUARTERS = 96
# 一刻钟的安排；0 至 3 是接哪个队列，ONLINE 是在线、还没有定接哪个
ONLINE, BREAK, MEAL, TRAIN, MEET, OTHER, OUT = 4, 5, 6, 7, 8, 9, 10
FULL_SHIFT = 34
ABSENT = 0.07
LEAVE_HOLIDAY = 0.16
BEGIN = np.array([SLOTS.index(row[1]) for row in SHIFTS]) * 2
MEAL_AT = np.array([SLOTS.index(row[3]) for row in SHIFTS]) * 2


@dataclass(frozen=True, eq=False)
class Rota:
    """若干天里排了班的人，一人一天一个值，按天、按席位排。"""

    days: Days
    day: np.ndarray
    agent: np.ndarray
    shift: np.ndarray
    came: np.ndarray
    """来上班了。"""
    briefed: np.ndarray
    """这天有一次 45 分钟的课。"""

    def __len__(self) -> int:
        return len(self.day)


def scheduled(
    days: Days,
    staff: Staff,
    shift: np.ndarray,
    rest: np.ndarray,
    who: np.ndarray,
    rng: np.random.Generator,
) -> Rota:
    """排了班的人与来了的人；``shift``、``rest`` 形状 (天, 列)，``who`` 是各列是谁。

    Notes
    -----
    在职、过了两周岗前培训的人才接电话。放假那几天先批 16% 的假，不排班；
    其余的人当天有 7% 请假，排班师事先不知道。夜班人少，请假的都换班补上。
    """
    active = (days.date[:, None] >= staff.hired[who] + INDUCTION) & (
        np.isnat(staff.left[who]) | (days.date[:, None] < staff.left[who])
    )
    night = NIGHT[np.maximum(shift, 0)]
    away = days.free[:, None] & (rng.random(shift.shape) < LEAVE_HOLIDAY) & ~night
    day, column = np.nonzero(active & ~rest & ~away)
    agent = who[column]
    code = shift[day, column]
    came = (rng.random(len(day)) >= ABSENT) | NIGHT[code]
    return Rota(days, day, agent, code, came, _long_lesson(days, staff, day, agent, code))


def _long_lesson(
    days: Days, staff: Staff, day: np.ndarray, agent: np.ndarray, code: np.ndarray
) -> np.ndarray:
    """一周一次 45 分钟的课：各组分在连休以后的第几个班，避开周一与夜班。"""
    seat = staff.seat[agent]
    first = rest_start()[seat] + 2
    offset = staff.team[agent] % 5
    offset = np.where((first + offset) % 7 == 0, (offset + 2) % 5, offset)
    return (days.weekday[day] == (first + offset) % 7) & ~NIGHT[code]


@part("180 天排了谁的班、谁来了")
def rota(staff: Staff, rng: np.random.Generator) -> Rota:
    """2025-01-01 至 06-29；席位的班次按 12 周轮换，谁坐在席位上就是谁上。"""
    span = days(START, END)
    who = occupants(staff, span.date)
    rest, shift = rest_days(span.date), shift_codes(rotation(span.date))
    seat = staff.seat[who]
    return scheduled(span, staff, shift[:, seat], rest[:, seat], who, rng)


def occupants(staff: Staff, date: np.ndarray) -> np.ndarray:
    """这段日子里坐过席位的人，按席位、入职排。"""
    there = np.isnat(staff.left) | (staff.left > date[0])
    there &= staff.hired <= date[-1]
    who = np.flatnonzero(there)
    return who[np.lexsort((staff.hired[who], staff.seat[who]))]


def grid(rota: Rota, staff: Staff, meal: np.ndarray) -> np.ndarray:
    """计划：每人每天 96 个一刻钟，形状 (人天, 96)；在线的还没有定接哪个队列。

    ``meal`` 是各人天第几个一刻钟用餐。

    Notes
    -----
    两次小休各 15 分钟，用餐 30 分钟（各班有定时）；每天一次 15 分钟的小课：早班、中班在饭后，
    晚班一上班就上；每周一次 45 分钟的课在下班前一两个小时。各人按席位错开。
    """
    seat, start = staff.seat[rota.agent], BEGIN[rota.shift]
    late = start >= 2 * SLOTS.index("13:30")
    night = NIGHT[rota.shift]
    turn = seat * 7 + rota.day * 5 + seat // TEAMS
    quarter = np.arange(QUARTERS)
    plan = np.full((len(rota), QUARTERS), OUT, dtype=np.int8)
    after = quarter - start[:, None]
    plan[(after >= 0) & (after < FULL_SHIFT)] = ONLINE

    def put(begin: np.ndarray, length: int, mark: int, rows: np.ndarray) -> None:
        rows = np.flatnonzero(rows)
        for step in range(length):
            plan[rows, begin[rows] + step] = mark

    everyone = np.ones(len(rota), dtype=bool)
    put(meal, 2, MEAL, everyone)
    put(start + 4 + turn % np.maximum(meal - start - 5, 1), 1, BREAK, everyone)
    put(meal + 5 + turn // 3 % 4, 1, BREAK, everyone)
    put(np.where(late, start, meal + 2) + turn % 3, 1, TRAIN, ~night)
    put(start + FULL_SHIFT - 7 + turn % 3, 3, TRAIN, rota.briefed)
    return plan
