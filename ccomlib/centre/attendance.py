"""在线的各段：计划的一天变成实际的一天，谁晚到、小休晚回、被叫去开周会？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .demand import Forecast, forecast
from .dispatch import assign, targets
from .people import INDUCTION, PRIMARY, Staff
from .queueing import Windows
from .registry import part
from .rota import BREAK, MEAL_AT, MEET, ONLINE, OUT, TRAIN, Rota, grid
from .truth import Planted

__all__ = ["Arrangement", "Shifted", "attend", "shifted"]

DAY, QUARTER = 86_400, 900
LATEST, FURTHEST = 840, 840
# 平均迟到、小休晚去、小休多歇的秒数
LATE, LAG, EXTRA = 200, 70, 60
MEETING_FROM = 34
# 计划在线不到要排的多少算紧；上岗不满多少天算新人
TIGHT, NEW = 0.75, 42


@dataclass(frozen=True, eq=False)
class Arrangement:
    """从第几天起改哪几样安排；什么都不写就是数据里的做法。重演用，见 ``replay``。"""

    since: int = 0
    meeting: tuple[int, int] | None = None
    """周会改在星期几、第几个时段起；排进计划，派人时就知道，不再临时叫走。"""
    meal_at: np.ndarray | None = None
    """各班次第几个一刻钟用餐。"""
    recall: tuple[int, int, int] | None = None
    """从第几个时段到第几个时段（不含），在线多排几个人，少做线下的活。"""

    def late(self, day: np.ndarray) -> np.ndarray:
        """这几天改了没有。"""
        return day >= self.since

    def goal(self, goal: np.ndarray) -> np.ndarray:
        """要排到几人：多排的照各队列的大小分，合起来正好那么多。"""
        if self.recall is None:
            return goal
        first, last, heads = self.recall
        here = goal[self.since :, first:last]
        edge = np.cumsum(here, axis=2) / here.sum(axis=2, keepdims=True) * heads
        raised = goal.copy()
        raised[self.since :, first:last] += np.diff(
            np.rint(np.round(edge, 6)), axis=2, prepend=0
        ).astype(goal.dtype)
        return raised

    def meals(self, rota: Rota) -> np.ndarray:
        """各人天第几个一刻钟用餐。"""
        usual = MEAL_AT[rota.shift]
        if self.meal_at is None:
            return usual
        return np.where(self.late(rota.day), self.meal_at[rota.shift], usual)

    def plan_meeting(self, rota: Rota, staff: Staff, planned: np.ndarray) -> None:
        """周会排进计划，每半小时两个组。"""
        if self.meeting is not None:
            weekday, slot = self.meeting
            rows = (rota.days.weekday == weekday) & ~rota.days.free
            rows &= self.late(np.arange(len(rota.days)))
            _call_away(rota, staff, planned, rows, 2 * slot)


@dataclass(frozen=True, eq=False)
class Shifted:
    """若干天里每人每天的计划与实际。"""

    rota: Rota
    forecast: Forecast
    goal: np.ndarray
    """排班师要排到几人，形状 (天, 48, 4)。"""
    planned: np.ndarray
    """计划（不知道谁请假、不知道周会），形状 (人天, 96)。"""
    row: np.ndarray
    """以下一段一个值：属于 ``rota`` 的第几行。"""
    mark: np.ndarray
    """这一段在做什么，见 ``rota``。"""
    own: np.ndarray
    """本人当天的安排里这一段从第几秒起（从头一天零点数）；含批准的周会与取消的课。"""
    start: np.ndarray
    """实际从第几秒起；没有算上一通电话拖后的秒数。"""
    end: np.ndarray
    window: np.ndarray
    """在线的段在 ``windows`` 里的序号；不在线的是 -1。"""
    windows: Windows
    share: np.ndarray
    """各格各技能派到各处几人（计划），形状 (天, 48, 8, 5)。"""


def attend(
    rota: Rota,
    staff: Staff,
    planted: Planted,
    rng: np.random.Generator,
    *,
    flexible: bool = True,
    arrangement: Arrangement | None = None,
) -> Shifted:
    """由排班得到计划与实际。

    Notes
    -----
    迟到平均 200 秒；小休平均晚去 70 秒、多歇 60 秒，手上的一通讲完才走；周一各组轮流开周会；
    计划里的课，那半小时人手不到要排的七成五时可能取消。
    """
    arrangement = arrangement or Arrangement()
    prediction = forecast(rota.days, planted)
    goal = arrangement.goal(targets(prediction.need))
    planned = grid(rota, staff, arrangement.meals(rota))
    arrangement.plan_meeting(rota, staff, planned)
    share = assign(rota, staff, planned, goal, flexible=flexible)
    actual = planned.copy()
    _cancel_lessons(rota, staff, planted, planned, actual, goal, rng)
    _hold_meetings(rota, staff, actual, arrangement)
    segments = _segments(rota, actual, planted, rng)
    windows, place = _windows(rota, staff, planted, *segments[:2], *segments[3:])
    return Shifted(rota, prediction, goal, planned, *segments, place, windows, share)


@part("180 天每人每天的计划与实际", stream="attendance")
def shifted(planted: Planted, staff: Staff, rota: Rota, rng: np.random.Generator) -> Shifted:
    """2025-01-01 至 06-29。"""
    return attend(rota, staff, planted, rng)


def _cancel_lessons(
    rota: Rota,
    staff: Staff,
    planted: Planted,
    planned: np.ndarray,
    actual: np.ndarray,
    goal: np.ndarray,
    rng: np.random.Generator,
) -> None:
    """人手紧的半小时，课让路，人回到主技能的队列；一天的课一起取消。"""
    first = np.searchsorted(rota.day, np.arange(len(rota.days)))
    online = np.add.reduceat(planned < ONLINE, first, axis=0, dtype=np.int64)
    tight = online.reshape(-1, 48, 2).mean(axis=2) < TIGHT * goal.sum(axis=2)
    lesson = planned == TRAIN
    busy = (lesson & np.repeat(tight, 2, axis=1)[rota.day]).any(axis=1)
    tenure = (rota.days.date[rota.day] - staff.hired[rota.agent]).astype(int) - INDUCTION
    chance = np.where(tenure < NEW, planted.lesson_cancelled_new, planted.lesson_cancelled)
    off = busy & (rng.random(len(rota)) < chance)
    queue = PRIMARY[staff.skill[rota.agent]].astype(actual.dtype)
    actual[:] = np.where(lesson & off[:, None], queue[:, None], actual)


def _hold_meetings(rota: Rota, staff: Staff, actual: np.ndarray, arrangement: Arrangement) -> None:
    """周一（放假除外）08:30 起，每半小时两个组开周会；改了时间的日子不再开。"""
    days = rota.days
    held = (days.weekday == 0) & ~days.free
    if arrangement.meeting is not None:
        held &= ~arrangement.late(np.arange(len(days)))
    _call_away(rota, staff, actual, held, MEETING_FROM)


def _call_away(rota: Rota, staff: Staff, cells: np.ndarray, held: np.ndarray, first: int) -> None:
    """``held`` 的那些天，从第 ``first`` 个一刻钟起，各组轮流去开会；在线的才去。"""
    rows = np.flatnonzero(held[rota.day])
    begin = first + 2 * (staff.team[rota.agent[rows]] // 2)
    for step in range(2):
        cell = rows, begin + step
        cells[cell] = np.where(cells[cell] <= ONLINE, MEET, cells[cell])


def _segments(
    rota: Rota, actual: np.ndarray, planted: Planted, rng: np.random.Generator
) -> tuple[np.ndarray, ...]:
    """来上班的人的一天切成段，再挪动边界；返回 行、做什么、本人安排的起点、实际的起点、终点。"""
    came = np.flatnonzero(rota.came)
    seen = actual[came]
    fresh = np.ones(seen.shape, dtype=bool)
    fresh[:, 1:] = seen[:, 1:] != seen[:, :-1]
    line, quarter = np.nonzero(fresh & (seen != OUT))
    row, mark = came[line], seen[line, quarter].astype(np.int64)
    own = rota.day[row] * DAY + quarter * QUARTER
    count = (seen != OUT).sum(axis=1)
    last = np.append(np.diff(line) > 0, True)
    finish = rota.day[row] * DAY + ((seen != OUT).argmax(axis=1) + count)[line] * QUARTER
    opening = np.append(True, np.diff(line) > 0)

    late = np.minimum(np.rint(np.round(rng.exponential(LATE, len(came)), 6)), LATEST)
    lag = np.rint(np.round(rng.exponential(LAG, len(row)), 6))
    extra = np.rint(np.round(EXTRA + 2 * EXTRA * rng.standard_normal(len(row)), 6))
    move = np.where(opening, late[line], 0.0)
    pause = mark == BREAK
    lag = np.minimum(lag, 600)
    back = np.clip(lag + extra, -300, FURTHEST)
    move = np.where(pause, lag, move)
    after = np.append(False, pause[:-1]) & ~opening
    move = np.where(after, np.append(0.0, back[:-1]), move)
    # 周会不足半小时的，散会就回线上
    early = (30 - planted.meeting_minutes) * 60
    full = np.append(own[1:] - own[:-1], 0) == 2 * QUARTER
    met = np.append(False, ((mark == MEET) & full)[:-1]) & ~opening & (mark < ONLINE)
    own = np.where(met, own - early, own)
    start = (own + move.astype(np.int64)).astype(np.int64)
    end = np.where(last, finish, np.append(start[1:], 0))
    return row, mark, own, start, end


def _windows(
    rota: Rota,
    staff: Staff,
    planted: Planted,
    row: np.ndarray,
    mark: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
) -> tuple[Windows, np.ndarray]:
    """在线的段，按开始排。"""
    on = np.flatnonzero(mark < ONLINE)
    on = on[np.lexsort((row[on], start[on]))]
    place = np.full(len(row), -1)
    place[on] = np.arange(len(on))
    lines = np.flatnonzero(mark < ONLINE)
    same = np.append(False, np.diff(row[lines]) == 0)
    before = np.full(len(on), -1)
    before[place[lines[same]]] = place[lines[np.flatnonzero(same) - 1]]
    queue = mark[on]
    factor = _pace(rota, staff, planted, row[on], queue, end[on] - start[on])
    return Windows(start[on], end[on], queue, factor, before), place


def _pace(
    rota: Rota,
    staff: Staff,
    planted: Planted,
    row: np.ndarray,
    queue: np.ndarray,
    length: np.ndarray,
) -> np.ndarray:
    """各段的人处理时长的倍数；同一天同一队列在线的人合起来平均是 1。"""
    tenure = (rota.days.date[rota.day] - staff.hired[rota.agent]).astype(int) - INDUCTION
    gap = planted.learning * np.exp(-np.maximum(tenure, 0) / planted.learning_days)
    own = (staff.speed[rota.agent] * (1 + gap))[row]
    cell = rota.day[row] * 4 + queue
    # 闲得最久的人接下一通，快的人接得多：按能接几通来加权
    size = 4 * len(rota.days)
    weight = np.bincount(cell, length, size)
    served = np.bincount(cell, length / own, size)
    level = np.divide(weight, served, out=np.ones(size), where=served > 0)
    return np.round(own / level[cell], 6)
