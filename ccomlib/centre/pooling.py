"""合不合队列：同样的人、同样的电话，各接各的、半小时一调、合成一条，服务水平差多少？"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .arrivals import QUICK
from .attendance import attend
from .people import Staff
from .registry import truth
from .rota import Rota
from .traffic import take_calls
from .truth import QUEUES, Planted

__all__ = ["PoolingTruth", "pooling_truth"]

# 做法 → 会两样的人接不接副技能、四个队列合不合成一条
WAYS = {"各接主技能": (False, False), "半小时一调": (True, False), "合成一条": (True, True)}


@dataclass(frozen=True, eq=False)
class PoolingTruth:
    """七月那四周（2025-06-30 至 07-27）再走三遍，只有派人的做法不同。"""

    levels: pd.DataFrame
    """一行一种做法，列：四个队列与合计的 20 秒服务水平（分母是呼入量）。"""
    abandonment: pd.DataFrame
    """同上，放弃率。"""


@truth("合不合队列：同样的人与电话，三种派法的服务水平（calls_interval_next）", stream="pooling")
def pooling_truth(
    planted: Planted, staff: Staff, rota_next: Rota, rng: np.random.Generator
) -> PoolingTruth:
    """三种做法用同样的班表、缺勤与来电。

    “半小时一调”就是数据里的做法：会两样的人每半小时签进缺人的那个队列；“合成一条”时
    在线的人与它相同，只是谁都接得了四个队列，是会一样、会两样之外的上限。
    """
    people, phone = rng.spawn(2)
    found = {}
    for way, (flexible, pooled) in WAYS.items():
        shifted = attend(rota_next, staff, planted, deepcopy(people), flexible=flexible)
        calls = take_calls(shifted, planted, deepcopy(phone), pooled=pooled)
        quick = calls.answered & (calls.wait <= QUICK)
        count = np.bincount(calls.queue)
        found[way] = [
            np.append(np.bincount(calls.queue, part) / count, part.mean())
            for part in (quick, ~calls.answered)
        ]
    columns = [*QUEUES, "合计"]
    levels, lost = (
        pd.DataFrame([row[i] for row in found.values()], index=list(found), columns=columns)
        for i in range(2)
    )
    return PoolingTruth(levels, lost)
