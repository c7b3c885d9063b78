"""首次投诉：每天来多少件、从哪个渠道、为了什么、责任在哪一环？"""

from __future__ import annotations

from dataclasses import dataclass, fields
from types import MappingProxyType

import numpy as np

from .arrivals import Intervals
from .calls import CUSTOMERS, Calls
from .days import Duty
from .field import NODES, PER_NODE, STATIONS, RootCause, worker
from .people import SKILL_QUEUES, Staff
from .shifts import NIGHT
from .truth import QUEUES

__all__ = ["CASES", "CHANNELS", "Cases", "first_cases", "on_duty_agent"]

COMPLAINT = QUEUES.index("投诉")
CHANNELS = ("电话", "在线客服", "微信", "门店")
CASES = MappingProxyType({"电话": 1_150, "其他渠道": 500, "多出": 350, "重复": 400})
ALONG = 0.88
# 二级原因（次序同 REASONS["投诉"]）× 责任节点的可能；行合计为 1
BLAME = np.array(
    [
        [0.00, 0.00, 0.20, 0.00, 0.10, 0.70, 0.00, 0.00],
        [0.00, 0.00, 0.10, 0.00, 0.15, 0.75, 0.00, 0.00],
        [0.05, 0.30, 0.10, 0.30, 0.25, 0.00, 0.00, 0.00],
        [0.35, 0.05, 0.00, 0.10, 0.40, 0.00, 0.00, 0.10],
        [0.10, 0.00, 0.00, 0.00, 0.10, 0.20, 0.60, 0.00],
        [0.30, 0.00, 0.15, 0.00, 0.00, 0.35, 0.00, 0.20],
    ]
)


@dataclass(frozen=True, eq=False)
class Cases:
    """一批投诉，一件一个值；文字都是编号，``call`` 为 -1 的不是电话来的。"""

    opened: np.ndarray
    customer: np.ndarray
    agent: np.ndarray
    call: np.ndarray
    channel: np.ndarray
    reason: np.ndarray
    node: np.ndarray
    station: np.ndarray
    person: np.ndarray
    first_day: np.datetime64

    def join(self, other: Cases) -> Cases:
        """两批接起来。"""
        names = [field.name for field in fields(self) if field.name != "first_day"]
        parts = {n: np.concatenate([getattr(self, n), getattr(other, n)]) for n in names}
        return Cases(**parts, first_day=self.first_day)


def on_duty_agent(
    duty: Duty, staff: Staff, day: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """为每件投诉抽一个当天上白班、有投诉技能的人。"""
    able = SKILL_QUEUES[staff.skill[duty.agent], COMPLAINT] & ~NIGHT[duty.shift]
    there, agent = duty.day[able], duty.agent[able]
    low = np.searchsorted(there, day, side="left")
    return agent[rng.integers(low, np.searchsorted(there, day, side="right"))]


def first_cases(
    intervals: Intervals,
    duty: Duty,
    staff: Staff,
    calls: Calls,
    root: RootCause,
    rng: np.random.Generator,
) -> Cases:
    """2,000 件首次投诉，客户各不相同：电话的来自抽样，其余按投诉队列的日来电量分布。"""
    days = intervals.days
    able = rng.permutation(np.flatnonzero(calls.answered & (calls.queue == COMPLAINT)))
    _, first = np.unique(calls.customer[able], return_index=True)
    call = able[np.sort(first)[: CASES["电话"]]]

    offset = len(calls.reasons[0]) - 1 - len(BLAME)
    volume = intervals.calls[:, :, COMPLAINT].sum(axis=1)
    other, extra = CASES["其他渠道"], CASES["多出"]
    ends = np.cumsum(volume)
    usual = np.searchsorted(ends, rng.integers(0, ends[-1], other), side="right")
    start = days.position(root.start.to_datetime64().astype("datetime64[D]"))
    stop = days.position(root.end.to_datetime64().astype("datetime64[D]"))
    # 多出来的逐日均摊，只是当天的时刻随机：第一天就看得出来
    spread = start + np.arange(extra) * (stop - start) // extra
    day = np.concatenate([usual, spread])
    present = np.flatnonzero(np.bincount(calls.customer, minlength=CUSTOMERS))
    free = np.setdiff1d(present, calls.customer[call], assume_unique=True)
    people = rng.choice(free, other + extra, replace=False)
    second = rng.integers(8 * 3600, 22 * 3600, other + extra)

    reason = calls.reason[call] - offset
    reason = np.concatenate([reason, rng.choice(reason, other), np.zeros(extra, dtype=np.int64)])
    channel = np.concatenate([np.zeros(len(call), np.int64), rng.integers(1, 4, other + extra)])
    count = len(reason)
    blame = np.cumsum(BLAME, axis=1)[reason]
    node = np.minimum((blame <= rng.random(count)[:, None]).sum(axis=1), len(NODES) - 1)
    station = rng.integers(0, len(STATIONS), count)
    which = rng.integers(0, PER_NODE, count)
    added = np.arange(count) >= count - extra
    reason[added] = calls.reasons[1].index(root.reason, offset) - offset
    node[added] = NODES.index(root.node)
    along = added & (rng.random(count) < ALONG)
    channel[along] = CHANNELS.index(root.channel)
    person = worker(station, np.maximum(node, 1), which)
    person[along] = int(root.person[1:]) - 1
    station[along] = STATIONS.index(root.station)

    begin = days.date[day].astype("datetime64[us]") + (second * 1_000_000).astype("timedelta64[us]")
    return Cases(
        opened=np.concatenate([calls.time(call, days.date), begin]),
        customer=np.concatenate([calls.customer[call], people]),
        agent=np.concatenate([calls.agent[call], on_duty_agent(duty, staff, day, rng)]),
        call=np.concatenate([call, np.full(other + extra, -1)]),
        channel=channel,
        reason=reason,
        node=node,
        station=station,
        person=person,
        first_day=days.date[0],
    )
