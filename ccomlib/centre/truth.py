"""埋下的真相：这家中心的每个规律有多大，发生在哪一天？"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from .calendar import Days, days
from .registry import part

__all__ = ["PROMO_SLOTS", "QUEUES", "REBOUND", "TEAMS", "Planted", "planted"]

QUEUES = ("咨询", "报修", "订单", "投诉")
PROMO_SLOTS = 12
REBOUND = (0.45, 0.30, 0.18, 0.08)

BASE = (3600, 2700, 2000, 700)
AHT = (214, 286, 190, 420)
WEEKDAY = (
    (1.16, 1.04, 0.97, 0.95, 0.96, 0.80, 0.71),
    (1.13, 1.02, 0.97, 0.95, 0.98, 1.04, 0.97),
    (1.08, 1.02, 0.99, 0.98, 1.00, 0.96, 0.91),
    (1.25, 1.06, 0.96, 0.93, 0.88, 0.58, 0.50),
)
MONTH = (
    (0.99, 0.95, 1.01, 1.00, 1.01, 1.04, 1.06, 1.04, 0.99, 0.97, 0.98, 0.98),
    (0.93, 0.86, 0.90, 0.94, 1.07, 1.26, 1.48, 1.42, 1.08, 0.90, 0.90, 0.96),
    (1.02, 0.90, 0.98, 0.97, 1.04, 1.10, 1.02, 0.98, 1.00, 1.03, 1.12, 1.01),
    (0.97, 0.93, 0.98, 0.97, 1.01, 1.07, 1.16, 1.13, 1.03, 0.98, 0.97, 0.98),
)
# 各队列在放假日相对普通周日的倍数
HOLIDAY = {
    "元旦": (0.88, 0.92, 0.95, 0.85),
    "春节": (0.50, 0.52, 0.42, 0.45),
    "清明": (0.86, 0.90, 0.88, 0.82),
    "劳动节": (0.84, 0.92, 0.98, 0.80),
    "端午": (0.88, 0.95, 0.94, 0.85),
    "中秋": (0.87, 0.90, 0.92, 0.84),
    "国庆": (0.78, 0.84, 0.90, 0.74),
    "中秋国庆": (0.78, 0.84, 0.90, 0.74),
}
DAY_CV = (0.055, 0.070, 0.080, 0.090)
# 240 席位接得住的量：普通工作日各队列来电 × 处理时长合计多少小时
LOAD_HOURS = 616.0
TEAMS = 12


@dataclass(frozen=True, eq=False)
class Planted:
    """由种子定下、生成数据时用到的全部规律。

    数组的第一维是队列（咨询、报修、订单、投诉），时段从 00:00 起每半小时一个。
    倍数都相对“没有这件事”的水平；一天的期望呼入量是各倍数的乘积。
    """

    seed: int
    base: np.ndarray
    """普通工作日的日呼入量（2025-01-01 的水平，周一至周五平均）；形状 (4,)。"""
    growth: float
    """年增长率：每过 365 天，呼入量乘以 1 + growth。"""
    weekday: np.ndarray
    """星期系数，周一至周五平均为 1；形状 (4, 7)。"""
    month: np.ndarray
    """月系数，12 个月平均为 1；形状 (4, 12)。"""
    share: np.ndarray
    """时段占全天的比例；形状 (2, 4, 48)，第一维 0 为工作日、1 为休息日。"""
    day_cv: np.ndarray
    """扣除泊松波动后，日呼入量的离散系数（伽马分布、逐日独立）；形状 (4,)。"""
    holiday: Mapping[str, np.ndarray]
    """放假日倍数（乘在周日系数上）；名称 → 形状 (4,)。"""
    makeup: float
    """调休上班日相对普通工作日（系数 1）的倍数。"""
    reminder: float
    """每月 1–3 日保养提醒短信对咨询的倍数；事件列不标，等学员自己发现。"""
    outage_date: pd.Timestamp
    outage_slots: tuple[int, ...]
    """系统故障的时段序号（0 = 00:00）；其后 2 小时是未标注的反弹。"""
    outage_factor: float
    """故障时段呼入量剩下的比例。"""
    rebound: tuple[float, ...]
    """故障后四个时段多出的比例。"""
    promo_date: pd.Timestamp
    promo_slot: int
    promo_lift: np.ndarray
    """促销短信发出后第一个半小时多出的比例，此后按每 4 个时段衰减到 1/e；形状 (4,)。"""
    sale_lift: np.ndarray
    """618大促当日（6 月 18 日）多出的比例，6 月 14–20 日按距离递减；形状 (4,)。"""
    aht: np.ndarray
    """平均处理时长（秒），白天、当班的人合起来的平均；形状 (4,)。"""
    aht_shift_date: pd.Timestamp
    """知识库改版日：从这天起报修的处理时长变长。"""
    aht_shift: float
    """知识库改版后报修处理时长的倍数。"""
    aht_shift_step: str
    """多出来的时间花在哪一段：客服让客户等着，去新检索页里找（保持）。"""
    patience: float
    """平均耐心（秒），指数分布。"""
    meeting_minutes: int
    """每周一 08:30–11:30 各组轮流开周会（两组同时），一组开多少分钟；排班师不知道。"""
    monday_shortage: float
    """周一 08:30–11:30 扣掉周会还剩的比例，= 1 − 周会分钟 ÷ 180；缺勤与迟到另算。"""
    lesson_cancelled: float
    """课排在人手紧的半小时里，取消的可能。"""
    lesson_cancelled_new: float
    """同上，上岗不满 42 天的人：慢、手里积着单子，更常被取消。"""
    plan_lag: int
    """知识库改版后多少天，排班计划才用上新的处理时长。"""
    hazard_early: float
    """入职头 90 天每 30 天的离职风险。"""
    hazard_late: float
    """入职 90 天后每 30 天的离职风险。"""
    commute_hazard: float
    """通勤 60 分钟及以上者离职风险的倍数。"""
    learning: float
    """新员工刚上岗时处理时长多出的比例，按 learning_days 天衰减到 1/e。"""
    learning_days: float
    agent_aht_sd: float
    """员工之间处理时长的对数标准差（uneven_team 是它的 uneven 倍）。"""
    slow_team: str
    """处理时长整组偏长的班组。"""
    slow_team_log: float
    """slow_team 的人处理时长的对数多出多少。"""
    uneven_team: str
    """快慢差得最大的班组：平均不慢，组里差别大。"""
    uneven: float
    quality_csat: float
    """质检分（员工长期水平）每高 1 分，满意度高多少分。"""
    night_team: str
    """未来 28 天班表里夜班最多的班组。"""
    teams: tuple[str, ...]
    """十二个班组的一个随机次序，各处的真相从中各取各的组，一个组不会有两样毛病：
    夜班、快慢不齐、处理偏长、首次响应慢、登记不全、抽检少、试点（两组）、对照（两组），余下两组。"""

    @property
    def outage_times(self) -> tuple[str, ...]:
        """系统故障的时段，形如 "10:00"。"""
        return tuple(f"{slot // 2:02d}:{slot % 2 * 30:02d}" for slot in self.outage_slots)


@part("由种子定下的各项规律")
def planted(seed: int) -> Planted:
    """由种子定下各项规律；同一种子永远得到同一组。

    Examples
    --------
    >>> planted(2025).growth == planted(2025).growth
    True
    """
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(0,)))

    def jitter(value: object, spread: float) -> np.ndarray:
        value = np.asarray(value, dtype=float)
        return np.round(value * rng.uniform(1 - spread, 1 + spread, value.shape), 3)

    weekday = jitter(WEEKDAY, 0.02)
    month = jitter(MONTH, 0.02)
    holiday = {name: jitter(value, 0.04) for name, value in HOLIDAY.items()}
    scale = rng.uniform(0.92, 1.08)
    window = days("2025-02-17", "2025-05-23")
    plain = _plain(window)
    outage = rng.choice(window.date[plain & (window.weekday < 5)])
    far = np.abs((window.date - outage).astype(int)) > 9
    promo = rng.choice(window.date[plain & far & np.isin(window.weekday, (1, 2, 3))])
    first = int(rng.integers(19, 29))
    mondays = np.datetime64("2025-03-10") + 7 * np.arange(8)
    clear = (np.abs((mondays - outage).astype(int)) > 6) & (
        np.abs((mondays - promo).astype(int)) > 6
    )
    shift = rng.choice(mondays[clear])
    base = np.round(np.array(BASE) * scale * rng.uniform(0.98, 1.02, 4))
    aht = jitter(AHT, 0.08)
    aht = np.round(aht * LOAD_HOURS * 3600 / (base @ aht) * rng.uniform(0.985, 1.015), 1)
    meeting = int(rng.integers(24, 31))
    teams = tuple(f"{team + 1}组" for team in rng.permutation(TEAMS))
    return Planted(
        seed=seed,
        base=_frozen(base),
        growth=_draw(rng, 0.04, 0.09),
        weekday=_frozen(weekday / weekday[:, :5].mean(axis=1, keepdims=True)),
        month=_frozen(month / month.mean(axis=1, keepdims=True)),
        share=_frozen(_shares(rng)),
        day_cv=_frozen(jitter(DAY_CV, 0.2)),
        holiday=MappingProxyType({name: _frozen(value) for name, value in holiday.items()}),
        makeup=_draw(rng, 0.93, 1.0),
        reminder=_draw(rng, 1.14, 1.26),
        outage_date=pd.Timestamp(outage),
        outage_slots=tuple(range(first, first + int(rng.integers(3, 6)))),
        outage_factor=_draw(rng, 0.04, 0.10),
        rebound=REBOUND,
        promo_date=pd.Timestamp(promo),
        promo_slot=int(rng.integers(19, 23)),
        promo_lift=_frozen(jitter((1.3, 0.0, 2.0, 0.25), 0.2)),
        sale_lift=_frozen(jitter((0.42, 0.06, 0.95, 0.20), 0.2)),
        aht=_frozen(aht),
        aht_shift_date=pd.Timestamp(shift),
        aht_shift=_draw(rng, 1.10, 1.15),
        aht_shift_step="保持",
        patience=float(np.round(rng.uniform(100, 150))),
        meeting_minutes=meeting,
        monday_shortage=round(1 - meeting / 180, 3),
        lesson_cancelled=0.35,
        lesson_cancelled_new=0.95,
        plan_lag=21,
        hazard_early=_draw(rng, 0.065, 0.095),
        hazard_late=_draw(rng, 0.012, 0.018),
        commute_hazard=_draw(rng, 1.6, 2.2),
        learning=_draw(rng, 0.28, 0.40),
        learning_days=float(np.round(rng.uniform(35, 55))),
        agent_aht_sd=_draw(rng, 0.07, 0.10),
        slow_team=teams[2],
        slow_team_log=0.12,
        uneven_team=teams[1],
        uneven=2.6,
        quality_csat=_draw(rng, 0.018, 0.026),
        night_team=teams[0],
        teams=teams,
    )


def _draw(rng: np.random.Generator, low: float, high: float) -> float:
    return float(np.round(rng.uniform(low, high), 3))


def _frozen(value: np.ndarray) -> np.ndarray:
    value.setflags(write=False)
    return value


def _plain(window: Days) -> np.ndarray:
    """离节假日、调休与月初都有距离的日子。"""
    special = (window.holiday != "").astype(float)
    near = np.convolve(special, np.ones(9), mode="same") > 0
    return ~near & (window.day_of_month > 4)


def _shares(rng: np.random.Generator) -> np.ndarray:
    """时段曲线：早、午后、晚三个高峰叠在很薄的夜间底上。"""
    hour = np.arange(48) / 2 + 0.25
    # 行：咨询、报修、订单、投诉；列：三个高峰的高度
    height = np.array(
        [
            [[0.92, 0.82, 0.48], [0.88, 0.74, 0.60], [0.80, 0.84, 0.66], [0.92, 0.90, 0.40]],
            [[0.78, 0.76, 0.52], [0.86, 0.80, 0.66], [0.72, 0.82, 0.78], [0.82, 0.88, 0.46]],
        ]
    )
    centre = np.array([[10.0, 15.2, 19.7], [10.6, 15.5, 19.8]])
    width = np.array([[1.55, 1.95, 1.60], [1.75, 2.10, 1.70]])
    height = height * rng.uniform(0.93, 1.07, height.shape)
    centre = centre[:, None, :] + rng.uniform(-0.15, 0.15, height.shape)
    bump = (hour - centre[..., None]) / width[:, None, :, None]
    floor = 0.035 + 0.10 / (1 + np.exp(-(hour - 7.0) * 2)) - 0.10 / (1 + np.exp(-(hour - 22.5) * 2))
    curve = floor + (height[..., None] * np.exp(-0.5 * bump**2)).sum(axis=2)
    return np.round(curve / curve.sum(axis=-1, keepdims=True), 6)
