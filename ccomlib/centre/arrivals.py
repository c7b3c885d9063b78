"""来电：每天、每个时段、每个队列来多少，接得怎么样？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .attendance import Shifted
from .calendar import WEEKDAYS, Days, days
from .columns import moment, number, whole, words
from .demand import HALF_HOUR, START, day_events, day_factors
from .queueing import Windows
from .registry import part, table
from .rota import END
from .text import SLOTS, labels
from .traffic import Traffic
from .truth import QUEUES, Planted

__all__ = [
    "DAY_COLUMNS",
    "QUICK",
    "Intervals",
    "calls_daily",
    "calls_interval",
    "calls_interval_next",
    "count_up",
    "interval_table",
    "intervals",
    "online_seconds",
]

HISTORY_START = "2023-07-01"
QUICK = 20
SLOT = 1_800

DAY_COLUMNS = (
    moment("日期", "哪一天"),
    words("星期", "周一至周日"),
)
HOLIDAY_COLUMNS = (
    words("节假日", "节日名，或“调休上班”；平常日子是空字"),
    words("事件", "系统故障、促销短信、大促；没有就是空字"),
)
INTERVAL_COLUMNS = (
    *DAY_COLUMNS,
    words("时段", "半小时的开始时刻，如 08:30"),
    words("队列", "咨询、报修、订单、投诉"),
    whole("呼入量", "打进来的电话", "通"),
    whole("接起量", "有人接听的电话", "通"),
    whole("20秒接起量", "等待不过 20 秒就接起的电话", "通"),
    whole("放弃量", "没有等到接听就挂断的电话，= 呼入量 − 接起量", "通"),
    number("平均处理时长", "接起的电话平均处理多久（通话加话后）；没有接起时填预测值", "秒/通"),
    whole("在岗人数", "这个时段平均几个人在线接这个队列，四舍五入，至少 1", "人"),
    *HOLIDAY_COLUMNS,
)


@dataclass(frozen=True, eq=False)
class Intervals:
    """若干天 × 48 个时段 × 4 个队列的数，每个数组形状 (天, 48, 4)。"""

    days: Days
    calls: np.ndarray
    answered: np.ndarray
    quick: np.ndarray
    aht: np.ndarray
    agents: np.ndarray
    event: np.ndarray


def online_seconds(windows: Windows, days: int) -> np.ndarray:
    """各格有多少人秒在线（等电话或讲电话），形状 (天, 48, 4)。"""
    seconds = np.zeros(days * 48 * len(QUEUES))
    start, end = windows.start, windows.end
    first = start // SLOT
    for step in range(int((end // SLOT - first).max(initial=0)) + 1):
        slot = first + step
        inside = np.minimum(end, (slot + 1) * SLOT) - np.maximum(start, slot * SLOT)
        here = inside > 0
        cell = slot[here] * len(QUEUES) + windows.queue[here]
        seconds += np.bincount(cell, inside[here], len(seconds))
    return seconds.reshape(days, 48, len(QUEUES))


def count_up(shifted: Shifted, traffic: Traffic) -> Intervals:
    """由每一通来电与在线的各段数出时段数据；电话记在打进来的那个时段。"""
    days = traffic.days
    shape = len(days), 48, len(QUEUES)
    size = int(np.prod(shape))
    cell, answered = traffic.cell, traffic.answered
    quick = answered & (traffic.wait <= QUICK)
    taken = np.bincount(cell[answered], minlength=size).reshape(shape)
    handle = np.bincount(cell, traffic.handle, size).reshape(shape)
    aht = np.where(taken > 0, handle / np.maximum(taken, 1), shifted.forecast.aht)
    present = online_seconds(shifted.windows, len(days)) / HALF_HOUR
    return Intervals(
        days=days,
        calls=np.bincount(cell, minlength=size).reshape(shape),
        answered=taken,
        quick=np.bincount(cell[quick], minlength=size).reshape(shape),
        aht=np.round(aht, 1),
        agents=np.maximum(np.rint(present), 1).astype(np.int64),
        event=traffic.event,
    )


@part("180 天的时段数组")
def intervals(shifted: Shifted, traffic: Traffic) -> Intervals:
    """2025-01-01 至 06-29 每半小时每队列的数。"""
    return count_up(shifted, traffic)


@table(
    "时段话务",
    "队列 × 半小时，180 天（2025-01-01 至 06-29）",
    key=("日期", "时段", "队列"),
    columns=INTERVAL_COLUMNS,
)
def calls_interval(intervals: Intervals) -> pd.DataFrame:
    """2025-01-01 至 06-29，每半小时每队列一行；没有接起时平均处理时长填预测值。"""
    return interval_table(intervals)


@table(
    "之后四周的时段话务",
    "队列 × 半小时，28 天（2025-06-30 至 07-27）",
    key=("日期", "时段", "队列"),
    columns=INTERVAL_COLUMNS,
)
def calls_interval_next(intervals_next: Intervals) -> pd.DataFrame:
    """2025-06-30 至 07-27，用来检验预测；照 ``roster`` 的班表上班。"""
    return interval_table(intervals_next)


def interval_table(data: Intervals) -> pd.DataFrame:
    """时段数据排成一张表：日期、时段、队列依次变化，最里层是队列。"""
    count = len(data.days)
    day = np.repeat(np.arange(count), 48 * 4)
    slot = np.tile(np.repeat(np.arange(48), 4), count)
    queue = np.tile(np.arange(4), count * 48)
    names, code = _codes(data.days.holiday)
    events, event_code = _codes(data.event)
    return pd.DataFrame(
        {
            "日期": data.days.date.astype("datetime64[us]")[day],
            "星期": labels(WEEKDAYS, data.days.weekday[day]),
            "时段": labels(SLOTS, slot),
            "队列": labels(QUEUES, queue),
            "呼入量": data.calls.ravel(),
            "接起量": data.answered.ravel(),
            "20秒接起量": data.quick.ravel(),
            "放弃量": (data.calls - data.answered).ravel(),
            "平均处理时长": data.aht.ravel(),
            "在岗人数": data.agents.ravel(),
            "节假日": labels(names, code[day]),
            "事件": labels(events, np.repeat(event_code.ravel(), 4)),
        }
    )


@table(
    "日话务",
    "队列 × 天，24 个月（2023-07-01 至 2025-06-29）",
    key=("日期", "队列"),
    columns=(
        *DAY_COLUMNS,
        words("队列", "咨询、报修、订单、投诉"),
        whole("呼入量", "打进来的电话", "通"),
        number("平均处理时长", "接起的电话平均处理多久", "秒/通"),
        *HOLIDAY_COLUMNS,
    ),
)
def calls_daily(planted: Planted, intervals: Intervals, rng: np.random.Generator) -> pd.DataFrame:
    """24 个月的日数据；最后 180 天由时段数据汇总，之前按同样的规律生成。"""
    recent = intervals
    past = days(HISTORY_START, str(np.datetime64(START) - 1))
    shape = planted.day_cv**-2.0
    mean = day_factors(past, planted) * rng.gamma(shape, 1 / shape, (len(past), 4))
    calls = np.concatenate([rng.poisson(np.round(mean, 6)), recent.calls.sum(axis=1)])
    noise = np.exp(0.02 * rng.standard_normal(mean.shape))
    handled = recent.answered.sum(axis=1)
    recent_aht = (recent.aht * recent.answered).sum(axis=1) / np.maximum(handled, 1)
    aht = np.concatenate([planted.aht * 1.008 * noise, recent_aht])
    whole = days(HISTORY_START, END)
    names, code = _codes(whole.holiday)
    events, event_code = _codes(day_events(whole, planted))
    day = np.repeat(np.arange(len(whole)), 4)
    return pd.DataFrame(
        {
            "日期": whole.date.astype("datetime64[us]")[day],
            "星期": labels(WEEKDAYS, whole.weekday[day]),
            "队列": labels(QUEUES, np.tile(np.arange(4), len(whole))),
            "呼入量": calls.ravel(),
            "平均处理时长": np.round(aht, 1).ravel(),
            "节假日": labels(names, code[day]),
            "事件": labels(events, event_code[day]),
        }
    )


def _codes(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """文字数组拆成不重复的文字与编号。"""
    names = np.array(sorted(set(values.ravel())), dtype=object)
    lookup = {name: i for i, name in enumerate(names)}
    code = np.fromiter((lookup[v] for v in values.ravel()), dtype=np.int64, count=values.size)
    return names, code.reshape(values.shape)
