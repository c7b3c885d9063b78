"""服务流程：一张维修单在每个节点停了多久，在哪里出了缺陷？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .arrivals import Intervals
from .calls import Calls
from .columns import flag, moment, words
from .field import NODES, PER_NODE, STATIONS, RootCause, worker, worker_names
from .office import into_day
from .people import Staff
from .registry import table, truth
from .text import labels, numbered_labels

__all__ = ["ProcessTruth", "process_nodes", "process_truth"]

TICKETS = 2_500
LAST_DAY = 165
REPAIR = 1
# 各节点停留小时的中位数与平时的缺陷率
MEDIAN = np.array([0.1, 2.0, 8.0, 3.0, 20.0, 1.5, 0.2, 24.0])
DEFECT = np.array([0.02, 0.03, 0.04, 0.035, 0.045, 0.05, 0.02, 0.025])
SPREAD = 0.5
# 差错漏到后面才发现的概率：平常的节点，与最差的节点
ESCAPE, ESCAPE_WORST = 0.15, 0.70
REWORK = 1.7


@dataclass(frozen=True, eq=False)
class ProcessTruth:
    """流程里埋下的真相。"""

    worst_node: str
    """缺陷率最高的节点。"""
    defect_rate: np.ndarray
    """各节点平时的缺陷率，次序同 ``NODES``；不含根源引起的部分。"""
    root_defect_rate: float
    """投诉变多那段时间里，根源那个人手上的缺陷率（见 ``truth.complaints.root``）。"""
    escape: np.ndarray
    """各节点的差错漏到后面才发现的概率，次序同 ``NODES``；最后一个节点无处可漏。"""
    rework: float
    """有缺陷的节点停留时间是没有缺陷的多少倍（中位数）。"""


@truth("服务流程：最差的节点（process_nodes）", stream="process.truth")
def process_truth(root_cause: RootCause, rng: np.random.Generator) -> ProcessTruth:
    """由种子定下最差的节点；它不是受理，也不是投诉根源所在的节点。"""
    others = [i for i, name in enumerate(NODES) if name not in ("受理", root_cause.node)]
    worst = int(rng.choice(others))
    rate = np.round(DEFECT * rng.uniform(0.9, 1.1, len(NODES)), 4)
    rate[worst] = np.round(rng.uniform(0.13, 0.16), 4)
    escape = np.full(len(NODES), ESCAPE)
    escape[worst], escape[-1] = ESCAPE_WORST, 0.0
    for value in (rate, escape):
        value.setflags(write=False)
    return ProcessTruth(NODES[worst], rate, 0.85, escape, REWORK)


def _walk(
    begin: np.ndarray, seconds: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """一个节点接一个节点：什么时候进入、离开；受理以外，夜里不办事，推到早上。"""
    enter = np.empty(seconds.shape, dtype="datetime64[us]")
    leave = enter.copy()
    for node in range(len(NODES)):
        enter[:, node] = begin
        begin = begin + (seconds[:, node] * 1_000_000).astype("timedelta64[us]")
        if node:
            begin = into_day(begin, rng, opens=8, closes=21, spread=1)
        leave[:, node] = begin
    return enter, leave


def _found_at(truth: ProcessTruth, escaped: np.ndarray, where: np.ndarray) -> np.ndarray:
    """差错在第几个节点才发现：备件的到上门才知道，别的漏到后面任一个。"""
    node = np.arange(len(NODES))
    later = node + 1 + np.floor(where * (len(NODES) - 1 - node)).astype(np.int64)
    later[:, NODES.index("备件")] = NODES.index("上门")
    return np.where(escaped < truth.escape, np.minimum(later, len(NODES) - 1), node)


@table(
    "服务流程",
    "维修单 × 节点，2,500 单 × 8 个节点",
    key=("服务单号", "节点"),
    columns=(
        words("服务单号", "哪一张维修单"),
        words("通话编号", "由哪一通报修电话生成，见 calls_sample"),
        words("产品", "修什么"),
        words("网点", "哪个网点负责"),
        words("节点", "受理、派单、备件、预约、上门、维修、收费、回访"),
        moment("进入时间", "什么时候进入这个节点"),
        moment("离开时间", "什么时候离开这个节点"),
        words("单位", "受理是班组，其余是网点"),
        words("处理人", "受理是工号，其余是外场人员，W001 起"),
        flag("缺陷", "在这个节点出了差错"),
        words("发现节点", "差错到哪个节点才发现；没有差错的是空字"),
    ),
)
def process_nodes(
    process_truth: ProcessTruth,
    root_cause: RootCause,
    staff: Staff,
    intervals: Intervals,
    calls: Calls,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """2,500 张维修单 × 8 个节点；单子来自抽样里接起的报修电话，受理人就是接电话的人。"""
    truth, root = process_truth, root_cause
    date = intervals.days.date
    able = np.flatnonzero(calls.answered & (calls.queue == REPAIR) & (calls.day < LAST_DAY))
    call = np.sort(rng.choice(able, TICKETS, replace=False, shuffle=False))
    station = rng.integers(0, len(STATIONS), TICKETS)
    which = rng.integers(0, PER_NODE, (TICKETS, len(NODES)))
    person = worker(station[:, None], np.arange(len(NODES)), which)

    opened = calls.time(call, date)
    guilty = person == int(root.person[1:]) - 1
    guilty[:, 0] = False
    inside = (opened >= root.start.to_datetime64()) & (opened < root.end.to_datetime64())
    chance = np.where(guilty & inside[:, None], truth.root_defect_rate, truth.defect_rate)
    defect = rng.random(chance.shape) < chance
    hours = MEDIAN * np.exp(SPREAD * rng.standard_normal(chance.shape))
    hours = np.minimum(hours * np.where(defect, REWORK, 1.0), MEDIAN * 4)
    seconds = np.maximum(np.rint(np.round(hours * 3600, 3)), 30).astype(np.int64)
    seconds[:, 0] = calls.handle[call].astype(np.int64)
    begin = opened + (calls.wait[call] * 1_000_000).astype("timedelta64[us]")
    enter, leave = _walk(begin, seconds, rng)

    found = _found_at(truth, rng.random(defect.shape), rng.random(defect.shape))

    first = np.zeros((TICKETS, len(NODES)), dtype=bool)
    first[:, 0] = True
    names = np.append(staff.number, worker_names())
    owner = np.where(first, calls.agent[call][:, None], len(staff) + person)
    units = [*STATIONS, *(f"{i}组" for i in range(1, 13))]
    unit = np.where(first, len(STATIONS) + staff.team[calls.agent[call]][:, None], station[:, None])
    ticket = np.repeat(np.arange(TICKETS), len(NODES))
    return pd.DataFrame(
        {
            "服务单号": labels(numbered_labels("F", TICKETS, 5), ticket),
            "通话编号": labels(numbered_labels("C", len(calls.day), 6), call[ticket]),
            "产品": labels(calls.reasons[0], calls.reason[call][ticket]),
            "网点": labels(STATIONS, station[ticket]),
            "节点": labels(NODES, np.tile(np.arange(len(NODES)), TICKETS)),
            "进入时间": enter.ravel(),
            "离开时间": leave.ravel(),
            "单位": labels(units, unit.ravel()),
            "处理人": labels(names, owner.ravel()),
            "缺陷": defect.ravel(),
            "发现节点": labels(("", *NODES), np.where(defect, 1 + found, 0).ravel()),
        }
    )
