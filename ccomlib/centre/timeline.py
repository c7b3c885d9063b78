"""一个人的一天实际怎么过：几点在线、几点小休，讲到几点才走开，与安排差多少？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .attendance import Shifted
from .registry import part
from .rota import MEAL, ONLINE
from .traffic import Traffic

__all__ = ["Timeline", "adherent", "timeline"]

FAR = 4


@dataclass(frozen=True, eq=False)
class Timeline:
    """一段一个值，按人天、时间排，首尾相接；时间是从头一天零点起的第几秒。"""

    row: np.ndarray
    """``Rota`` 的第几行（人天）。"""
    mark: np.ndarray
    """在做什么，见 ``rota``；接哪个队列都写 ``ONLINE``。"""
    planned: np.ndarray
    planned_end: np.ndarray
    start: np.ndarray
    end: np.ndarray


@part("180 天每人每天实际的各段")
def timeline(shifted: Shifted, traffic: Traffic) -> Timeline:
    """由在线的各段与每一通电话得到：最后一通没有讲完，后面的都顺延。"""
    row, window = shifted.row, shifted.window
    position = np.arange(len(row))
    online = window >= 0
    # 这一段之前（含）最近的在线段；顺延的秒数跟着它
    latest = np.maximum.accumulate(np.where(online, position, -1))
    first = np.append(True, row[1:] != row[:-1])
    opening = np.maximum.accumulate(np.where(first, position, 0))
    behind = np.where(online, traffic.until[window] - shifted.windows.end[window], 0)
    carried = np.where(latest >= opening, behind[np.maximum(latest, 0)], 0)
    start = shifted.start + np.where(online, traffic.delay[window], carried)
    end = shifted.end + carried
    last = np.append(row[1:] != row[:-1], True)
    planned_end = np.where(last, shifted.end, np.append(shifted.own[1:], 0))

    mark = np.where(online, ONLINE, shifted.mark)
    fresh = first | np.append(True, mark[1:] != mark[:-1])
    begin = np.flatnonzero(fresh)
    stop = np.append(begin[1:], len(row)) - 1
    return Timeline(
        row=row[begin],
        mark=mark[begin],
        planned=shifted.own[begin],
        planned_end=planned_end[stop],
        start=start[begin],
        end=end[stop],
    )


def adherent(line: Timeline, rows: int) -> np.ndarray:
    """各人天有多少秒与安排一致（不含用餐）。

    同一类的段互相对：第几段对第几段；讲得久的会顺延到后面几段，前后各看四段。
    """
    kept = np.zeros(rows)
    counted = line.mark != MEAL
    count = len(line.row)
    for step in range(-FAR, FAR + 1):
        here = np.arange(max(0, -step), min(count, count - step))
        there = here + step
        same = (line.row[here] == line.row[there]) & (line.mark[here] == line.mark[there])
        overlap = np.minimum(line.end[here], line.planned_end[there])
        overlap = overlap - np.maximum(line.start[here], line.planned[there])
        seconds = np.where(same & counted[here], np.maximum(overlap, 0), 0)
        kept += np.bincount(line.row[here], seconds, rows)
    return kept.astype(np.int64)
