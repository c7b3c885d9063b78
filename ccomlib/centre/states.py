"""坐席状态：故障那一天，谁在什么时候通话、空闲、小休，和班表对得上吗？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .arrivals import Intervals
from .columns import Column, moment, words
from .days import Duty
from .live import outage_day
from .people import Staff
from .registry import part, table
from .shifts import MEAL_MINUTES, NIGHT, SHIFTS
from .text import SLOTS, labels
from .truth import Planted

__all__ = ["LOGGED", "Followed", "Timeline", "followed", "state_log", "state_plan"]

LOGGED, CYCLES = 60, 11
SHIFT, MEAL, BREAK = 28_800, MEAL_MINUTES * 60, 900
FIRST_BREAK, SECOND_BREAK, WIND_UP = 5_400, 3_600, 1_800
STATES = ("空闲", "通话", "话后", "小休", "用餐", "培训")
IDLE, TALK, AFTER, REST, EAT, TRAIN = range(len(STATES))
PLANS = ("在线", "小休", "用餐", "培训")
ONLINE = 0
START = np.array([SLOTS.index(row[1]) for row in SHIFTS]) * 1800
MEAL_AT = np.array([SLOTS.index(row[3]) for row in SHIFTS]) * 1800


@dataclass(frozen=True, eq=False)
class Timeline:
    """若干段时间：第几个人、什么状态、从第几秒到第几秒。"""

    person: np.ndarray
    state: np.ndarray
    start: np.ndarray
    end: np.ndarray


@dataclass(frozen=True, eq=False)
class Chosen:
    """记录状态的 60 人那天的数（秒）。"""

    row: np.ndarray
    shift: np.ndarray
    late: np.ndarray
    rest: np.ndarray
    overlap: np.ndarray
    """按计划小休的秒数。"""


@dataclass(frozen=True, eq=False)
class Followed:
    """抽中的 60 人与他们当天实际的状态。"""

    chosen: Chosen
    line: Timeline


def choose(outage: int, duty: Duty, day: pd.DataFrame, rng: np.random.Generator) -> Chosen:
    """从白班、没有加班、小休能排得与遵守秒一致的人里抽 60 人。

    Notes
    -----
    不遵守的秒数 = 迟到 + 小休与计划错开的两头；计划小休共 1,800 秒，
    错开 = 实际小休 + 1,800 − 2 × 重合，由此反推重合多少秒。
    """
    on = np.flatnonzero((duty.day == outage) & ~NIGHT[duty.shift])
    login, rest, kept = (day[name].to_numpy()[on] for name in ("登录秒", "小休秒", "遵守秒"))
    late = np.maximum(SHIFT - login, 0)
    overlap = (rest + 2 * BREAK - (SHIFT - kept - late)) // 2
    able = (login <= SHIFT) & (late < FIRST_BREAK) & (overlap >= 0)
    able &= overlap <= np.minimum(rest, 2 * BREAK)
    row = np.sort(rng.choice(np.flatnonzero(able), LOGGED, replace=False))
    return Chosen(on[row], duty.shift[on[row]], late[row], rest[row], overlap[row])


def _breaks(chosen: Chosen) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """两次小休的计划开始、实际开始、实际长度，形状 (60, 2)。"""
    start, meal = START[chosen.shift], MEAL_AT[chosen.shift]
    planned = np.column_stack([start + FIRST_BREAK, meal + MEAL + SECOND_BREAK])
    taken = np.column_stack([chosen.rest // 2, chosen.rest - chosen.rest // 2])
    shared = np.column_stack([chosen.overlap // 2, chosen.overlap - chosen.overlap // 2])
    return planned, planned + BREAK - shared, taken


def plan(day: pd.DataFrame, chosen: Chosen) -> Timeline:
    """这 60 人当天的计划：在线、两次小休、用餐、培训，首尾相接。"""
    start, meal = START[chosen.shift], MEAL_AT[chosen.shift]
    finish = start + SHIFT + MEAL
    train = day["培训秒"].to_numpy()[chosen.row]
    planned, _, _ = _breaks(chosen)
    lesson = finish - WIND_UP - train
    edges = np.column_stack(
        [
            *(start, planned[:, 0], planned[:, 0] + BREAK, meal, meal + MEAL),
            *(planned[:, 1], planned[:, 1] + BREAK, lesson, lesson + train, finish),
        ]
    )
    kind = np.tile([ONLINE, 1, ONLINE, 2, ONLINE, 1, ONLINE, 3, ONLINE], len(start))
    person = np.repeat(np.arange(len(start)), edges.shape[1] - 1)
    begin, end = edges[:, :-1].ravel(), edges[:, 1:].ravel()
    real = end > begin
    return Timeline(person[real], kind[real], begin[real], end[real])


def _split(total: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """每人的总秒数随机分成 11 份（整数，合计不变），形状 (60, 11)。"""
    share = rng.gamma(4.0, size=(len(total), CYCLES))
    edge = np.cumsum(share, axis=1) / share.sum(axis=1, keepdims=True)
    edge = np.rint(np.round(edge * total[:, None], 6)).astype(np.int64)
    return np.diff(edge, prepend=0, axis=1)


@part("故障那天 60 人的状态", stream="state_log")
def followed(
    planted: Planted,
    intervals: Intervals,
    duty: Duty,
    agent_day: pd.DataFrame,
    rng: np.random.Generator,
) -> Followed:
    """这 60 人当天实际的状态：各状态的合计等于员工日报，故障时多半空闲。"""
    day = agent_day
    chosen = choose(outage_day(planted, intervals), duty, day, rng)
    talk, after, idle, train = (
        day[name].to_numpy()[chosen.row] for name in ("通话秒", "话后秒", "空闲秒", "培训秒")
    )
    start = START[chosen.shift]
    finish = start + SHIFT + MEAL
    _, begin, taken = _breaks(chosen)
    slots = planted.outage_slots
    down = slots[0] * 1800, (slots[-1] + 1) * 1800
    quiet = np.zeros(LOGGED, dtype=np.int64)
    pieces: list[tuple[int, int, int, int]] = []
    windows = []
    for i in range(LOGGED):
        meal, lesson = int(MEAL_AT[chosen.shift[i]]), int(finish[i] - WIND_UP - train[i])
        fixed = [
            (int(begin[i, 0]), int(begin[i, 0] + taken[i, 0]), REST),
            (meal, meal + MEAL, EAT),
            (int(begin[i, 1]), int(begin[i, 1] + taken[i, 1]), REST),
            (lesson, lesson + int(train[i]), TRAIN),
        ]
        free = _gaps(int(start[i] + chosen.late[i]), int(finish[i]), [f[:2] for f in fixed])
        spare = int(idle[i]) * 4 // 5
        still = []
        for low, high in free:
            low, high = max(low, down[0]), min(high, down[1])
            length = min(high - low, spare)
            if length > 0:
                still.append((low, low + length))
                spare -= length
                quiet[i] += length
        pieces += [(i, kind, low, high) for low, high, kind in fixed]
        pieces += [(i, IDLE, low, high) for low, high in still]
        windows.append([gap for low, high in free for gap in _gaps(low, high, still)])
    parts = np.stack([_split(idle - quiet, rng), _split(talk, rng), _split(after, rng)], axis=2)
    for i in range(LOGGED):
        pieces += [(i, *piece) for piece in _pour(parts[i].ravel(), windows[i])]
    person, state, low, high = np.array([p for p in pieces if p[3] > p[2]]).T
    order = np.lexsort((low, person))
    line = Timeline(person[order], state[order], low[order], high[order])
    return Followed(chosen, _merge(line))


def _gaps(start: int, end: int, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """[start, end) 里没有被占的各段。"""
    found = []
    for low, high in sorted(taken):
        if high <= start or low >= end:
            continue
        if low > start:
            found.append((start, low))
        start = max(start, high)
    if start < end:
        found.append((start, end))
    return found


def _pour(lengths: np.ndarray, windows: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """空闲、通话、话后轮着来，依次填进空着的各段；填不下的截断，下一段接着。"""
    pieces = []
    clock = iter(windows)
    now, stop = next(clock)
    for k, length in enumerate(lengths.tolist()):
        while length:
            if now == stop:
                now, stop = next(clock)
            step = min(length, stop - now)
            pieces.append((k % 3, now, now + step))
            now, length = now + step, length - step
    return pieces


def _merge(line: Timeline) -> Timeline:
    """同一个人首尾相接的同一状态并成一段。"""
    same = (line.person[1:] == line.person[:-1]) & (line.state[1:] == line.state[:-1])
    same &= line.start[1:] == line.end[:-1]
    first = np.append(True, ~same)
    last = np.append(~same, True)
    return Timeline(line.person[first], line.state[first], line.start[first], line.end[last])


def _columns(state: str, meaning: str) -> tuple[Column, ...]:
    return (
        words("工号", "谁，见 agents"),
        words(state, meaning),
        moment("开始", "从什么时候"),
        moment("结束", "到什么时候"),
    )


def _table(
    planted: Planted, number: np.ndarray, line: Timeline, name: str, pool: tuple[str, ...]
) -> pd.DataFrame:
    midnight = planted.outage_date.to_datetime64().astype("datetime64[us]")
    return pd.DataFrame(
        {
            "工号": labels(number, line.person),
            name: labels(pool, line.state),
            "开始": midnight + (line.start * 1_000_000).astype("timedelta64[us]"),
            "结束": midnight + (line.end * 1_000_000).astype("timedelta64[us]"),
        }
    )


@table(
    "坐席状态日志",
    "一段状态，故障当天 60 人",
    key=("工号", "开始"),
    columns=_columns("状态", "空闲、通话、话后、小休、用餐、培训"),
)
def state_log(planted: Planted, staff: Staff, duty: Duty, followed: Followed) -> pd.DataFrame:
    """每人约 40 段，各状态合计与员工日报一致；接连接听的几通并作一段通话。"""
    number = staff.number[duty.agent[followed.chosen.row]]
    return _table(planted, number, followed.line, "状态", STATES)


@table(
    "坐席当天计划",
    "一段计划，故障当天 60 人",
    key=("工号", "开始"),
    columns=_columns("计划状态", "在线、小休、用餐、培训"),
)
def state_plan(
    planted: Planted, staff: Staff, duty: Duty, agent_day: pd.DataFrame, followed: Followed
) -> pd.DataFrame:
    """与 ``state_log`` 同一天、同样的 60 人；对照可算遵守率，与员工日报的遵守秒相差不过 1 秒。"""
    number = staff.number[duty.agent[followed.chosen.row]]
    return _table(planted, number, plan(agent_day, followed.chosen), "计划状态", PLANS)
