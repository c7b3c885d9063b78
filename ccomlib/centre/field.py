"""外场服务：一张维修单经过哪些节点、哪些网点，出事的是哪一个？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .demand import START
from .registry import part
from .text import numbered

__all__ = [
    "NODES",
    "PER_NODE",
    "STATIONS",
    "RootCause",
    "root_cause",
    "worker",
    "worker_names",
]

NODES = ("受理", "派单", "备件", "预约", "上门", "维修", "收费", "回访")
STATIONS = ("城东站", "城西站", "城南站", "城北站", "江北站", "高新站", "开发区站", "大学城站")
PER_NODE = 2
WORKERS = len(STATIONS) * (len(NODES) - 1) * PER_NODE
# 投诉原因（二级）与闯祸的节点，四种搭配里由种子挑一种
STORIES = (
    ("未按约上门", "派单"),
    ("未按约上门", "预约"),
    ("反复维修", "备件"),
    ("收费不符", "收费"),
)
ONLINE = ("在线客服", "微信", "门店")
LASTS = 35


@dataclass(frozen=True, eq=False)
class RootCause:
    """投诉为什么突然变多：原因 → 渠道 → 节点 → 网点 → 人。"""

    start: pd.Timestamp
    """投诉变多的第一天。"""
    end: pd.Timestamp
    """整改见效的第一天：从这天起恢复原来的水平。"""
    reason: str
    """多出来的投诉的二级原因。"""
    channel: str
    """多数从哪个进线渠道来。"""
    node: str
    """根源所在的服务节点。"""
    station: str
    """根源所在的网点。"""
    person: str
    """根源所在的人（处理人、责任人）。"""


def worker(station: np.ndarray, node: np.ndarray, which: np.ndarray) -> np.ndarray:
    """网点 × 节点（受理除外）× 第几个人 → 人的序号。"""
    return (station * (len(NODES) - 1) + node - 1) * PER_NODE + which


def worker_names() -> np.ndarray:
    """112 位外场人员的编号，W001 起。"""
    return numbered("W", WORKERS, 3)


@part("投诉变多的根源")
def root_cause(rng: np.random.Generator) -> RootCause:
    """由种子定下投诉变多的那一天与根源。

    Examples
    --------
    >>> root_cause(np.random.default_rng(1)).node in NODES
    True
    """
    start = pd.Timestamp(START) + pd.Timedelta(days=int(rng.integers(90, 106)))
    reason, node = STORIES[int(rng.integers(len(STORIES)))]
    station, which = int(rng.integers(len(STATIONS))), int(rng.integers(PER_NODE))
    person = worker(np.array(station), np.array(NODES.index(node)), np.array(which))
    return RootCause(
        start=start,
        end=start + pd.Timedelta(days=LASTS),
        reason=reason,
        channel=ONLINE[int(rng.integers(len(ONLINE)))],
        node=node,
        station=STATIONS[station],
        person=worker_names()[int(person)],
    )
