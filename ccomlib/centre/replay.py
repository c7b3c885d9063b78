"""重演：之后四周同样的人、同样的电话，只改几样安排，会接得怎样？"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from ccomlib.clock import clock_minutes, clock_text

from .arrivals import count_up, interval_table
from .attendance import Arrangement, attend
from .calendar import WEEKDAYS, days
from .demand import HALF_HOUR
from .registry import Made
from .roster import END_HOUR, NEXT_END, NEXT_START, SHORT_REST, START_HOUR, Plan, roster
from .rota import MEAL_AT, scheduled
from .shifts import SHIFT_NAMES, rest_days
from .staffing import staff_chain
from .text import SLOTS
from .traffic import take_calls

__all__ = ["Replay", "replay"]

WHEN = re.compile(r"(周[一二三四五六日]) ?(\d{1,2}:\d{2})")
HOURS_A_SLOT = HALF_HOUR / 3600


@dataclass(frozen=True, eq=False)
class Replay:
    """重演一遍的四周。由 ``hub.replay`` 生成，不直接构造。"""

    calls: pd.DataFrame
    """与 ``hub.calls_interval_next`` 一样的表。"""
    staff: pd.DataFrame
    """与 ``hub.staff_interval`` 一样的表，只有这四周。"""
    roster: pd.DataFrame
    """与 ``hub.roster`` 一样的表，加班的人已经写进去。"""
    overtime: int
    """一共加了几个班。"""
    changed: tuple[str, ...]
    """改了哪几样，一样一句。"""

    def offline_hours(self, first: Any, last: Any) -> float:
        """这几天平均每天多少人时在做线下的活（计划）。"""
        rows = self.staff[self.staff["日期"].between(first, last)]
        return float(rows["其他"].sum() * HOURS_A_SLOT / rows["日期"].nunique())

    def __str__(self) -> str:
        rate = self.calls["20秒接起量"].sum() / self.calls["呼入量"].sum()
        return f"重演（{'；'.join(self.changed) or '什么都不改'}）：四周服务水平 {rate:.1%}。"

    __repr__ = __str__


def replay(
    made: Made,
    *,
    meeting: str | None = None,
    meals: Mapping[str, str] | None = None,
    recall: tuple[str, str, int] | None = None,
    move: tuple[str, str, int] | None = None,
    overtime: tuple[str, int] | None = None,
    since: Any = NEXT_START,
    draw: int = 0,
) -> Replay:
    """见 ``Centre.replay``。"""
    planted, staff, plan = made["planted"], made["staff"], made["plan"]
    span = days(NEXT_START, NEXT_END)
    day = _day(since, span.date)
    said, shift = [], plan.shift
    if move is not None:
        plan = replace(plan, shift=_moved(plan, move, day, said))
        shift = plan.shift
    if overtime is not None:
        name, heads = overtime
        shift = _with_overtime(plan, _shift(name), _whole(heads, "overtime"), day)
        said.append(f"每天 {heads} 人加班，上{name}")
    arrangement = Arrangement(since=day, **_meeting(meeting, said), **_meals(meals, said))
    if recall is not None:
        arrangement = replace(arrangement, recall=_recall(recall, said))
    # 第 0 次就是数据里的那一次；别的次数，谁请假、谁晚到重新抽
    streams = ["rota_next", "attendance_next"]
    absent, late = (made.rng(name if draw == 0 else f"{name} {draw}") for name in streams)
    rota = scheduled(span, staff, shift, shift < 0, staff.current, absent)
    shifted = attend(rota, staff, planted, late, arrangement=arrangement)
    traffic = take_calls(shifted, planted, made.rng("calls_interval_next"))
    return Replay(
        calls=interval_table(count_up(shifted, traffic)),
        staff=staff_chain(shifted),
        roster=roster(replace(plan, shift=shift), staff),
        overtime=int((shift >= 0).sum() - (plan.shift >= 0).sum()),
        changed=tuple(said),
    )


def _moved(plan: Plan, move: tuple[str, str, int], first: int, said: list[str]) -> np.ndarray:
    """每天几个人从一种班改上另一种班；前后两个班之间不到 11 小时的不改。"""
    source, target, heads = _shift(move[0]), _shift(move[1]), _whole(move[2], "move")
    shift = plan.shift.copy()
    for day in range(first, len(shift)):
        after = shift[min(day + 1, len(shift) - 1)]
        before = shift[day - 1] if day else np.full(shift.shape[1], -1)
        rest_after = 24 + START_HOUR[after] - END_HOUR[target]
        rest_before = 24 + START_HOUR[target] - END_HOUR[before]
        able = (shift[day] == source) & ((after < 0) | (rest_after >= SHORT_REST))
        able &= (before < 0) | (rest_before >= SHORT_REST)
        shift[day, np.flatnonzero(able)[:heads]] = target
    said.append(f"每天 {heads} 人从{move[0]}改上{move[1]}")
    return shift


def _with_overtime(plan: Plan, code: int, heads: int, first: int) -> np.ndarray:
    """每天请几个人在连休的头一天加一班；加过几次的排后面，申请了休息的不请。

    Notes
    -----
    只动连休的头一天：后一天照样休息，连上不过 6 天；与前一个班至少隔 11 小时。
    """
    shift = plan.shift.copy()
    edge = rest_days(np.array([plan.date[0] - 1, plan.date[-1] + 1]))
    # 四周以外的班不知道是哪一种：前一天算到最晚，后一天只看休不休
    worked = np.vstack([~edge[:1], plan.shift[:-1] >= 0])
    end = np.vstack([np.full((1, shift.shape[1]), END_HOUR.max()), END_HOUR[plan.shift[:-1]]])
    free = (plan.shift < 0) & worked & np.vstack([plan.shift[1:] < 0, edge[1:]])
    free &= (24 + START_HOUR[code] - end >= SHORT_REST) & ~plan.asked
    times = np.zeros(shift.shape[1], dtype=np.int64)
    seat = np.arange(shift.shape[1])
    for day in range(first, len(shift)):
        order = np.lexsort(((seat * 37 + day) % 241, times))
        chosen = order[free[day, order]][:heads]
        shift[day, chosen] = code
        times[chosen] += 1
    return shift


def _meeting(when: str | None, said: list[str]) -> dict[str, Any]:
    if when is None:
        return {}
    found = WHEN.fullmatch(str(when).strip())
    if not found:
        raise ValueError(f"周会（meeting）写的是 {when!r}：请写成「周三 14:30」这样。")
    said.append(f"周会改在{found[1]} {found[2]} 起，排进计划")
    return {"meeting": (WEEKDAYS.index(found[1]), _slot(found[2], "周会（meeting）"))}


def _meals(meals: Mapping[str, str] | None, said: list[str]) -> dict[str, Any]:
    if not meals:
        return {}
    at = MEAL_AT.copy()
    for name, time in meals.items():
        at[_shift(name)] = 2 * _slot(time, f"用餐（meals）的 {name}")
    said.append("用餐改成" + "、".join(f"{name} {time}" for name, time in meals.items()))
    return {"meal_at": at}


def _recall(recall: tuple[str, str, int], said: list[str]) -> tuple[int, int, int]:
    first, last, heads = recall
    start, end = (_slot(time, "叫回（recall）") for time in (first, last))
    if start >= end:
        raise ValueError(f"叫回（recall）从 {first} 到 {last}：起点要早于终点，请对调。")
    said.append(f"{first} 到 {last} 线下的活少排 {heads} 人")
    return start, end, _whole(heads, "recall")


def _shift(name: str) -> int:
    if name not in SHIFT_NAMES:
        raise ValueError(f"没有班次「{name}」，有：{'、'.join(SHIFT_NAMES)}。请改成其中一个。")
    return SHIFT_NAMES.index(name)


def _slot(time: str, what: str) -> int:
    text = clock_text(clock_minutes(time, what))
    if text not in SLOTS:
        raise ValueError(f"{what}写的是 {time}：请写整点或半点，如 14:30。")
    return SLOTS.index(text)


def _whole(heads: Any, what: str) -> int:
    if isinstance(heads, bool) or not float(heads).is_integer() or heads < 0:
        raise ValueError(f"{what} 的人数是 {heads!r}：请写不小于 0 的整数。")
    return int(heads)


def _day(since: Any, date: np.ndarray) -> int:
    day = int((np.datetime64(pd.Timestamp(since), "D") - date[0]).astype(int))
    if not 0 <= day < len(date):
        raise ValueError(f"从 {since} 起（since）：要在 {NEXT_START} 到 {NEXT_END} 之间，请改。")
    return day
