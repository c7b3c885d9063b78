"""故障那一天：计划是什么，每半小时来了多少、接了多少？"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .arrivals import day_plan
from .text import SLOTS, labels
from .truth import QUEUES

if TYPE_CHECKING:
    from .world import World

__all__ = ["live_day", "outage_day"]


def outage_day(world: World) -> int:
    """系统故障那天是 180 天里的第几天。"""
    return world.intervals.days.position(world.planted.outage_date.to_datetime64().astype("M8[D]"))


def live_day(world: World) -> pd.DataFrame:
    """系统故障那一天，时段 × 队列：预测量与计划人数是前一天就排好的，其余与时段话务相同。"""
    data, day = world.intervals, outage_day(world)
    forecast, planned = day_plan(data.days, world.planted)
    events = ("", "系统故障")
    event = (data.event[day] == events[1]).astype(int)
    slot, queue = np.divmod(np.arange(len(SLOTS) * len(QUEUES)), len(QUEUES))
    return pd.DataFrame(
        {
            "日期": np.full(len(slot), data.days.date[day].astype("datetime64[us]")),
            "时段": labels(SLOTS, slot),
            "队列": labels(QUEUES, queue),
            "预测量": np.round(forecast[day], 1).ravel(),
            "计划人数": planned[day].ravel(),
            "呼入量": data.calls[day].ravel(),
            "接起量": data.answered[day].ravel(),
            "20秒接起量": data.quick[day].ravel(),
            "平均处理时长": data.aht[day].ravel(),
            "在岗人数": data.agents[day].ravel(),
            "事件": labels(events, event[slot]),
        }
    )
