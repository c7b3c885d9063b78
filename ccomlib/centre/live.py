"""故障那一天：计划是什么，每半小时来了多少、接了多少？"""

from __future__ import annotations

import numpy as np
import pandas as pd

from .arrivals import Intervals
from .attendance import Shifted
from .columns import moment, number, whole, words
from .registry import table
from .staffing import planned_heads
from .text import SLOTS, labels
from .truth import QUEUES, Planted

__all__ = ["live_day", "outage_day"]


def outage_day(planted: Planted, intervals: Intervals) -> int:
    """系统故障那天是 180 天里的第几天。"""
    return intervals.days.position(planted.outage_date.to_datetime64().astype("M8[D]"))


@table(
    "故障当天",
    "队列 × 半小时，一天，含事先的预测与计划",
    key=("时段", "队列"),
    columns=(
        moment("日期", "系统故障那一天"),
        words("时段", "半小时的开始时刻"),
        words("队列", "咨询、报修、订单、投诉"),
        number("预测量", "前一天预测的来电", "通"),
        number("计划人数", "班表排几人在线接这个队列，见 plan_interval", "人"),
        whole("呼入量", "打进来的电话", "通"),
        whole("接起量", "有人接听的电话", "通"),
        whole("20秒接起量", "等待不过 20 秒就接起的电话", "通"),
        number("平均处理时长", "接起的电话平均处理多久", "秒/通"),
        whole("在岗人数", "实际在岗", "人"),
        words("事件", "系统故障；没有就是空字"),
    ),
)
def live_day(planted: Planted, intervals: Intervals, shifted: Shifted) -> pd.DataFrame:
    """预测量与计划人数是前一天就排好的，其余与时段话务那一天相同。"""
    data, day = intervals, outage_day(planted, intervals)
    forecast, planned = shifted.forecast.calls, planned_heads(shifted)
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
