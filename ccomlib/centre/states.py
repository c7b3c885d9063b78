"""坐席状态：故障那一天，谁在什么时候通话、空闲、小休，和安排对得上吗？"""

from __future__ import annotations

import numpy as np
import pandas as pd

from .arrivals import Intervals
from .columns import Column, moment, words
from .days import Duty
from .live import outage_day
from .people import Staff
from .registry import part, table
from .rota import BREAK, MEAL, MEET, ONLINE, OTHER, TRAIN
from .shifts import NIGHT
from .text import labels
from .timeline import Timeline
from .traffic import Traffic
from .truth import Planted

__all__ = ["LOGGED", "followed", "state_log", "state_plan"]

LOGGED = 60
DAY = 86_400
STATES = ("空闲", "通话", "话后", "小休", "用餐", "培训", "会议", "其他")
IDLE, TALK, AFTER = 0, 1, 2
CODES = {BREAK: 3, MEAL: 4, TRAIN: 5, MEET: 6, OTHER: 7}
PLANS = ("在线", "小休", "用餐", "培训", "会议", "其他")
PLAN_CODES = {ONLINE: 0, BREAK: 1, MEAL: 2, TRAIN: 3, MEET: 4, OTHER: 5}


@part("故障那天记录状态的 60 人", stream="state_log")
def followed(
    planted: Planted, intervals: Intervals, duty: Duty, rng: np.random.Generator
) -> np.ndarray:
    """当天白班的人里抽 60 人：``duty`` 的第几行，由小到大。"""
    outage = outage_day(planted, intervals)
    on = np.flatnonzero((duty.day == outage) & ~NIGHT[duty.shift])
    return np.sort(rng.choice(on, LOGGED, replace=False))


def _columns(state: str, meaning: str) -> tuple[Column, ...]:
    return (
        words("工号", "谁，见 agents"),
        words(state, meaning),
        moment("开始", "从什么时候"),
        moment("结束", "到什么时候"),
    )


def _written(
    staff: Staff,
    duty: Duty,
    traffic: Traffic,
    pieces: np.ndarray,
    name: str,
    pool: tuple[str, ...],
) -> pd.DataFrame:
    """各段（第几行、状态、从、到）写成一张表。"""
    row, state, start, end = pieces
    first = traffic.days.date[0].astype("datetime64[us]")
    return pd.DataFrame(
        {
            "工号": labels(staff.number, duty.agent[row]),
            name: labels(pool, state),
            "开始": first + (start * 1_000_000).astype("timedelta64[us]"),
            "结束": first + (end * 1_000_000).astype("timedelta64[us]"),
        }
    )


def _merged(pieces: np.ndarray) -> np.ndarray:
    """同一个人首尾相接的同一状态并成一段（线下的活中间本该上线，没有上成）。"""
    row, state, start, end = pieces
    same = (row[1:] == row[:-1]) & (state[1:] == state[:-1]) & (start[1:] == end[:-1])
    first, last = np.append(True, ~same), np.append(~same, True)
    return np.array([row[first], state[first], start[first], end[last]])


@table(
    "坐席状态日志",
    "一段状态，故障当天 60 人",
    key=("工号", "开始"),
    columns=_columns("状态", "空闲、通话、话后、小休、用餐、培训、会议、其他"),
)
def state_log(
    staff: Staff, duty: Duty, traffic: Traffic, timeline: Timeline, followed: np.ndarray
) -> pd.DataFrame:
    """每一通电话两段（通话、话后），等电话是空闲；各状态的合计就是员工日报里的秒数。"""
    line, rows = timeline, duty.row[followed]
    here = np.flatnonzero(np.isin(line.row, rows) & (line.end > line.start))
    away = here[line.mark[here] != ONLINE]
    mine = np.flatnonzero(np.isin(traffic.row, rows))
    begin = traffic.time[mine] + traffic.wait[mine]
    finish = begin + traffic.handle[mine]
    hang_up = finish - traffic.after[mine]
    marks = np.array([CODES[m] for m in line.mark[away]], dtype=np.int64)
    taken = np.concatenate(
        [
            [line.row[away], marks, line.start[away], line.end[away]],
            [traffic.row[mine], np.full(len(mine), TALK), begin, hang_up],
            [traffic.row[mine], np.full(len(mine), AFTER), hang_up, finish],
        ],
        axis=1,
    )
    taken = taken[:, taken[3] > taken[2]]
    taken = taken[:, np.lexsort((taken[2], taken[0]))]
    # 两件事之间、一天头尾空出来的都是等电话
    bounds = {
        row: (
            line.start[here][line.row[here] == row].min(),
            line.end[here][line.row[here] == row].max(),
        )
        for row in rows
    }
    pieces = []
    for row in rows:
        own = taken[:, taken[0] == row]
        start, stop = bounds[row]
        low = np.append(start, own[3])
        high = np.append(own[2], stop)
        gap = high > low
        idle = np.array([np.full(gap.sum(), row), np.full(gap.sum(), IDLE), low[gap], high[gap]])
        pieces.append(np.concatenate([own, idle], axis=1))
    found = np.concatenate(pieces, axis=1)
    found = found[:, np.lexsort((found[2], found[0]))]
    found = _merged(found)
    found[0] = np.searchsorted(duty.row, found[0])
    return _written(staff, duty, traffic, found, "状态", STATES)


@table(
    "坐席当天安排",
    "一段安排，故障当天 60 人",
    key=("工号", "开始"),
    columns=_columns("计划状态", "在线、小休、用餐、培训、会议、其他"),
)
def state_plan(
    staff: Staff, duty: Duty, traffic: Traffic, timeline: Timeline, followed: np.ndarray
) -> pd.DataFrame:
    """与 ``state_log`` 同一天、同样的 60 人；对照可算遵守率，与员工日报的遵守秒相同。"""
    line = timeline
    here = np.flatnonzero(np.isin(line.row, duty.row[followed]) & (line.planned_end > line.planned))
    codes = np.array([PLAN_CODES[m] for m in line.mark[here]], dtype=np.int64)
    row = np.searchsorted(duty.row, line.row[here])
    pieces = np.array([row, codes, line.planned[here], line.planned_end[here]])
    return _written(staff, duty, traffic, pieces, "计划状态", PLANS)
