"""业务量：每天每个时段期望来多少，排班师事先知道多少、要多少人？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .calendar import Days
from .truth import PROMO_SLOTS, Planted

__all__ = [
    "HALF_HOUR",
    "START",
    "Forecast",
    "day_events",
    "day_factors",
    "forecast",
    "slot_events",
    "standard_aht",
]

HALF_HOUR = 1800.0
START = "2025-01-01"
SALE = "618大促"
OUTAGE = "系统故障"
PROMO = "促销短信"
ELEVEN = "双11大促"
FEWEST = 2


@dataclass(frozen=True, eq=False)
class Forecast:
    """排班师事先的数，各数组形状 (天, 48, 4)。"""

    calls: np.ndarray
    aht: np.ndarray
    need: np.ndarray
    """同时在线要多少人。"""


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
    shift = planted.aht_shift_date.to_datetime64().astype("datetime64[D]")
    aht[days.date >= shift + np.timedelta64(lag, "D"), :, 1] *= planted.aht_shift
    return aht


def forecast(days: Days, planted: Planted) -> Forecast:
    """排班师事先的预测量、预测处理时长与需求人数；人数每小时定一次。

    Notes
    -----
    N = ⌈a + √a⌉，a 是一小时里两个时段的平均话务量（爱尔兰），至少 2 人；
    余量系数 1.0 大致对应 20 秒 85% 的服务水平（Halfin 与 Whitt 1981 的平方根规则）。
    知识库改版以后 plan_lag 天，预测处理时长才跟上。
    """
    share = planted.share[days.off.astype(int)].transpose(0, 2, 1)
    calls = day_factors(days, planted, known=True)[:, None, :] * share
    aht = standard_aht(days, planted, planted.plan_lag)
    load = (calls * aht / HALF_HOUR).reshape(-1, 24, 2, 4).mean(axis=2)
    # 各平台的 exp 末位不同：进一之前先舍入
    need = np.ceil(np.round(load + np.sqrt(load), 6))
    need = np.maximum(need, FEWEST).astype(np.int64)
    return Forecast(calls, aht, np.repeat(need, 2, axis=1))
