"""来电：每天、每个时段、每个队列来多少，接得怎么样？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .calendar import WEEKDAYS, Days, days
from .columns import moment, number, whole, words
from .registry import part, table
from .service import HALF_HOUR, planned_agents, queue_performance
from .text import SLOTS, labels
from .truth import PROMO_SLOTS, QUEUES, Planted

__all__ = [
    "NEXT_END",
    "NEXT_START",
    "START",
    "Intervals",
    "calls_daily",
    "calls_interval",
    "calls_interval_next",
    "day_factors",
    "day_plan",
    "intervals",
    "intervals_next",
    "slot_events",
    "standard_aht",
]

SALE = "618大促"
OUTAGE = "系统故障"
PROMO = "促销短信"
ELEVEN = "双11大促"
HISTORY_START = "2023-07-01"
START = "2025-01-01"
END = "2025-06-29"
NEXT_START = "2025-06-30"
NEXT_END = "2025-07-27"
CALL_CV = 0.6
PLAN_SHOWS_UP = 0.97
MONDAY_SLOTS = slice(17, 23)

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
    number("平均处理时长", "接起的电话平均处理多久（通话加话后）；没有接起时填计划值", "秒/通"),
    whole("在岗人数", "这个时段接这个队列的人", "人"),
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


def day_factors(days: Days, planted: Planted, *, known: bool = False) -> np.ndarray:
    """每天每队列的期望呼入量，形状 (天, 4)；``known`` 为真时只含排班师知道的规律。"""
    elapsed = (days.date - np.datetime64(START)).astype(int)
    level = planted.base * (1 + planted.growth) ** (elapsed / 365)[:, None]
    level = level * planted.month.T[days.month - 1]
    weekday = planted.weekday.T[days.weekday]
    weekday = np.where(days.makeup[:, None], planted.makeup, weekday)
    for name, factor in planted.holiday.items():
        rows = days.holiday == name
        weekday[rows] = planted.weekday[:, 6] * factor
    level = level * weekday * (1 + _sale(days)[:, None] * planted.sale_lift)
    if not known:
        level[days.day_of_month <= 3, 0] *= planted.reminder
    return level


def _sale(days: Days) -> np.ndarray:
    """618 与双11 的强度：当日为 1，前后三天递减。"""
    strength = np.zeros(len(days))
    for month, day in ((6, 18), (11, 11)):
        distance = np.abs(days.day_of_month - day)
        inside = (days.month == month) & (distance <= 4) & (days.day_of_month <= day + 2)
        strength[inside] = np.maximum(strength, np.exp(-distance / 2.5))[inside]
    return strength


def day_events(days: Days, planted: Planted) -> np.ndarray:
    """每天的事件名称；没有就是空字。"""
    event = np.full(len(days), "", dtype=object)
    event[(_sale(days) > 0) & (days.month == 6)] = SALE
    event[(_sale(days) > 0) & (days.month == 11)] = ELEVEN
    event[days.date == planted.promo_date.to_datetime64()] = PROMO
    event[days.date == planted.outage_date.to_datetime64()] = OUTAGE
    return event


def slot_events(days: Days, planted: Planted) -> tuple[np.ndarray, np.ndarray]:
    """时段上的事件名称 (天, 48) 与倍数 (天, 48, 4)。"""
    daily = day_events(days, planted)
    event = np.repeat(np.where(np.isin(daily, (OUTAGE, PROMO)), "", daily)[:, None], 48, axis=1)
    factor = np.ones((len(days), 48, 4))
    outage = np.flatnonzero(daily == OUTAGE)
    if len(outage):
        slots = np.array(planted.outage_slots)
        event[outage[0], slots] = OUTAGE
        factor[outage[0], slots] = planted.outage_factor
        after = slots[-1] + 1 + np.arange(len(planted.rebound))
        factor[outage[0], after] = 1 + np.array(planted.rebound)[:, None]
    promo = np.flatnonzero(daily == PROMO)
    if len(promo):
        step = np.arange(PROMO_SLOTS)
        slots = planted.promo_slot + step
        event[promo[0], slots] = PROMO
        factor[promo[0], slots] = 1 + np.exp(-step / 4)[:, None] * planted.promo_lift
    return event, factor


def standard_aht(days: Days, planted: Planted, lag: int = 0) -> np.ndarray:
    """各天、各时段、各队列的平均处理时长（秒），形状 (天, 48, 4)；改版晚 ``lag`` 天才算进来。"""
    slot = np.arange(48)
    evening = 1 + 0.03 * (slot >= 36) + 0.03 * ((slot >= 44) | (slot < 14))
    aht = np.broadcast_to(planted.aht * evening[:, None], (len(days), 48, 4)).copy()
    shift = planted.aht_shift_date.to_datetime64()
    aht[days.date >= shift + lag, :, 1] *= planted.aht_shift
    return aht


def day_plan(days: Days, planted: Planted) -> tuple[np.ndarray, np.ndarray]:
    """排班师事先的预测量与计划人数，形状都是 (天, 48, 4)；人数每小时定一次。"""
    share = planted.share[days.off.astype(int)].transpose(0, 2, 1)
    forecast = day_factors(days, planted, known=True)[:, None, :] * share
    load = forecast * standard_aht(days, planted, planted.plan_lag) / HALF_HOUR
    plan = planned_agents(load.reshape(-1, 24, 2, 4).mean(axis=2))
    return forecast, np.repeat(plan, 2, axis=1)


def simulate(days: Days, planted: Planted, rng: np.random.Generator) -> Intervals:
    """按埋下的规律生成若干天的时段数据。

    Notes
    -----
    呼入量 ~ 泊松（期望 × 当日效应），当日效应 ~ 伽马（均值 1，离散系数 day_cv）；
    放弃与 20 秒接起由 Erlang A 给出概率，再按二项分布抽整数。
    """
    share = planted.share[days.off.astype(int)].transpose(0, 2, 1)
    event, factor = slot_events(days, planted)
    shape = planted.day_cv**-2.0
    effect = rng.gamma(shape, 1 / shape, (len(days), 4))
    mean = day_factors(days, planted)[:, None, :] * share * factor
    # 各平台的 exp、pow 末位不同；抽整数前先舍入，同一种子才处处得到同样的字节
    calls = rng.poisson(np.round(mean * effect[:, None, :], 6))

    aht = standard_aht(days, planted)
    _, plan = day_plan(days, planted)
    present = np.full(plan.shape, PLAN_SHOWS_UP)
    short = (days.weekday == 0) & ~days.free
    present[short, MONDAY_SLOTS] = planted.monday_shortage
    agents = np.maximum(rng.binomial(plan, present), 1)

    level, lost = queue_performance(calls.ravel(), aht.ravel(), agents.ravel(), planted.patience)
    lost = np.round(lost.reshape(calls.shape), 6)
    answered = calls - rng.binomial(calls, lost)
    in_time = level.reshape(calls.shape) / np.maximum(1 - lost, 1e-9)
    in_time = np.round(np.clip(in_time, 0, 1), 6)
    quick = rng.binomial(answered, in_time)
    spread = np.maximum(answered, 1) / CALL_CV**2
    measured = np.where(answered > 0, aht * rng.gamma(spread) / spread, aht)
    return Intervals(days, calls, answered, quick, np.round(measured, 1), agents, event)


@part("180 天的时段数组", stream="calls_interval")
def intervals(planted: Planted, rng: np.random.Generator) -> Intervals:
    """2025-01-01 至 06-29 每半小时每队列的数。"""
    return simulate(days(START, END), planted, rng)


@part("之后 28 天的时段数组", stream="calls_interval_next")
def intervals_next(planted: Planted, rng: np.random.Generator) -> Intervals:
    """2025-06-30 至 07-27 每半小时每队列的数。"""
    return simulate(days(NEXT_START, NEXT_END), planted, rng)


@table(
    "时段话务",
    "队列 × 半小时，180 天（2025-01-01 至 06-29）",
    key=("日期", "时段", "队列"),
    columns=INTERVAL_COLUMNS,
)
def calls_interval(intervals: Intervals) -> pd.DataFrame:
    """2025-01-01 至 06-29，每半小时每队列一行；没有接起时平均处理时长填计划值。"""
    return interval_table(intervals)


@table(
    "之后四周的时段话务",
    "队列 × 半小时，28 天（2025-06-30 至 07-27）",
    key=("日期", "时段", "队列"),
    columns=INTERVAL_COLUMNS,
)
def calls_interval_next(intervals_next: Intervals) -> pd.DataFrame:
    """2025-06-30 至 07-27，用来检验预测。"""
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
    noise = np.exp(0.012 * rng.standard_normal(mean.shape))
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
