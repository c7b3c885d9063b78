"""绩效：每人每月各项指标多少、总分多少、奖金多少，与战略对得上吗？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .arrivals import Intervals
from .calendar import days
from .calls import FIRST_TIME
from .columns import flag, moment, number, whole, words
from .days import Duty
from .demand import day_factors
from .people import INDUCTION, SKILLS, TEAMS, Staff
from .registry import part, table, truth
from .text import labels
from .traffic import CALL_CV
from .truth import Planted

__all__ = [
    "PerformanceTruth",
    "half_year",
    "perf_month",
    "performance_truth",
    "score_rules",
    "strategy_month",
]

MONTHS = np.arange("2024-07", "2025-07", dtype="datetime64[M]")
MEASURED_FROM = 6
FEWEST_DAYS = 10
# 一个人一天的遵守率上下多少个百分点
KEPT_DAY_SD = 4.5
# 指标、方向、0 分的值、满分的值、V1 权重、V2 权重
RULES = (
    ("质检分", "越高越好", 72.0, 90.0, 30, 20),
    ("满意度", "越高越好", 4.1, 4.5, 25, 20),
    ("一次解决率", "越高越好", 55.0, 80.0, 20, 10),
    ("时长比", "越低越好", 1.3, 0.9, 15, 10),
    ("遵守率", "越高越好", 86.0, 96.0, 10, 10),
    ("延保推荐量", "越高越好", 0.0, 45.0, 0, 30),
)
VERSIONS = ("V1", "V2")
# 1 至 12 月有多热：下午茶花得多，报修也多
HEAT = np.array([0.0, 0.02, 0.10, 0.28, 0.58, 0.85, 1.0, 0.95, 0.62, 0.28, 0.08, 0.0])


@dataclass(frozen=True, eq=False)
class PerformanceTruth:
    """绩效里埋下的真相。"""

    misaligned: str
    """与战略相反的指标：推荐得越多，客户留存率越低；公式 V2 给了它 30 的权重。"""
    outcome: str
    """战略结果指标（员工 × 月）。"""
    aligned: tuple[str, ...]
    """与战略同向的指标。"""
    real_pair: tuple[str, str]
    """真相关：质检分高的员工满意度高，斜率是 truth.quality_csat。"""
    spurious_pair: tuple[str, str]
    """假相关：逐月看一起涨落，都是天热带来的；同一个月里班组之间没有关系。"""
    changed_version: pd.Timestamp
    """公式从 V1 换成 V2 的月份。"""


@truth("绩效：与战略相反的指标、真假相关（perf_month、strategy_month）")
def performance_truth() -> PerformanceTruth:
    """绩效的真相；各种子相同，强弱随数据。"""
    return PerformanceTruth(
        misaligned="延保推荐量",
        outcome="客户留存率",
        aligned=("质检分", "满意度", "一次解决率"),
        real_pair=("质检分", "满意度"),
        spurious_pair=("下午茶费用", "报修接起量"),
        changed_version=pd.Timestamp(MONTHS[MEASURED_FROM]),
    )


def score_rules() -> pd.DataFrame:
    """绩效公式：各指标从 0 分到满分的区间与两个版本的权重。

    Returns
    -------
    DataFrame
        列：版本、指标、方向、零分值、满分值、权重（各版本合计 100）。
        绩效总分 = Σ 权重 × clip((值 − 零分值) ÷ (满分值 − 零分值), 0, 1)。

    Examples
    --------
    >>> score_rules().groupby("版本")["权重"].sum().tolist()
    [100, 100]
    """
    rows = [
        (version, *row[:4], row[4 + i])
        for i, version in enumerate(VERSIONS)
        for row in RULES
        if row[4 + i]
    ]
    return pd.DataFrame(rows, columns=["版本", "指标", "方向", "零分值", "满分值", "权重"])


@part("2025 年上半年由员工日报汇总的各项")
def half_year(
    staff: Staff, intervals: Intervals, duty: Duty, agent_day: pd.DataFrame
) -> dict[str, np.ndarray]:
    """2025 年一至六月：由员工日报汇总，形状 (6, 人)；没有上班的是 0。"""
    day, data = agent_day, intervals
    people, size = len(staff), 6 * len(staff)
    month = data.days.month - 1
    cell = month[duty.day] * people + duty.agent

    def total(weight: np.ndarray) -> np.ndarray:
        return np.bincount(cell, weight, size).reshape(6, people)

    handled = np.maximum(data.answered.sum(axis=1), 1)
    aht = (data.aht * data.answered).sum(axis=1) / handled
    pair_day = duty.day[duty.pair_row]
    pair_cell = cell[duty.pair_row]
    queue_cell = pair_cell * 4 + duty.pair_queue
    return {
        "days": np.bincount(cell, minlength=size).reshape(6, people),
        "calls": total(day["接起量"].to_numpy()),
        "work": total((day["通话秒"] + day["话后秒"]).to_numpy()),
        "standard": np.bincount(
            pair_cell, duty.pair_calls * aht[pair_day, duty.pair_queue], size
        ).reshape(6, people),
        "by_queue": np.bincount(queue_cell, duty.pair_calls, size * 4).reshape(6, people, 4),
        "quality": total(day["质检分"].to_numpy()),
        "csat": total(day["满意度"].to_numpy()),
        "adherent": total(day["遵守秒"].to_numpy()),
        "planned": total(day["排班秒"].to_numpy()),
    }


def _mix(staff: Staff, by_queue: np.ndarray) -> np.ndarray:
    """各技能的人接的电话里四个队列各占多少，形状 (技能, 4)。"""
    skill = staff.skill
    mix = np.array([by_queue[:, skill == k].sum(axis=(0, 1)) for k in range(len(SKILLS))])
    return mix / mix.sum(axis=1, keepdims=True)


def _days_worked(staff: Staff, rng: np.random.Generator) -> np.ndarray:
    """2024 年七至十二月各人上班的天数，形状 (6, 人)。"""
    first = MONTHS[:MEASURED_FROM, None].astype("datetime64[D]")
    last = (MONTHS[:MEASURED_FROM, None] + 1).astype("datetime64[D]")
    gone = np.where(np.isnat(staff.left), last, staff.left)
    span = (np.minimum(last, gone) - np.maximum(first, staff.hired + INDUCTION)).astype(int)
    return rng.binomial(np.rint(np.maximum(span, 0) * 5 / 7).astype(np.int64), 0.93)


@table(
    "月度绩效",
    "员工 × 月，2024-07 至 2025-06",
    key=("月份", "工号"),
    columns=(
        moment("月份", "哪个月（当月 1 日）"),
        words("工号", "谁，见 agents"),
        words("班组", "1组 至 12组"),
        whole("出勤天数", "当月上班几天，满 10 天才考核", "天"),
        whole("接起量", "当月接了几通", "通"),
        number("平均处理时长", "当月平均处理多久", "秒/通"),
        number("标准时长", "按他接的队列，一般人平均处理多久", "秒/通"),
        number("质检分", "智能质检全量的月平均，满分 100；人工质检见 qa_scores", "分"),
        number("满意度", "话后按键的月平均，已按队列校正，1 到 5；调查见 survey", "分"),
        number("一次解决率", "一次就解决的电话占多少", "%"),
        number("时长比", "= 平均处理时长 ÷ 标准时长", "倍"),
        number("遵守率", "状态与计划一致的时间占多少", "%"),
        whole("延保推荐量", "推荐了几次延长保修", "次"),
        words("权重版本", "绩效公式的版本，见 centre.score_rules()"),
        number("绩效总分", "按 centre.score_rules() 由各项指标算出，满分 100", "分"),
        whole("奖金", "当月绩效奖金", "元"),
        whole("自评达成", "自己给自己打的分，满分 100", "分"),
        flag("晋升", "这个季度末晋升"),
        number("客户留存率", "近 90 天由他最后接待的会员，月末还是会员的占多少", "%"),
        number("团队满意度", "本组当月按接起量加权", "分"),
        number("团队一次解决率", "本组当月按接起量加权", "%"),
    ),
)
def perf_month(
    planted: Planted, staff: Staff, half_year: dict[str, np.ndarray], rng: np.random.Generator
) -> pd.DataFrame:
    """员工 × 月：2024-07 至 2025-06，当月上班满 10 天的人才考核。

    Notes
    -----
    2025 年的接起量、时长、质检分、满意度、遵守率由员工日报汇总；2024 年按同样的规律生成。
    """
    past, months = half_year, len(MONTHS)
    mix = _mix(staff, past["by_queue"])[staff.skill]
    worked = np.concatenate([_days_worked(staff, rng), past["days"]])
    month, agent = np.nonzero(worked >= FEWEST_DAYS)
    n, old = worked[month, agent], month < MEASURED_FROM
    spot = np.maximum(month - MEASURED_FROM, 0), agent
    middle = (MONTHS.astype("datetime64[D]") + 15)[month]
    tenure = np.maximum((middle - staff.hired[agent]).astype(int) - INDUCTION, 0)
    gap = np.exp(-tenure / planted.learning_days)
    level = staff.quality[agent] - 6 * np.exp(-tenure / 60)
    count = len(month)

    a_day = past["calls"].sum() / past["days"].sum()
    calls = rng.poisson(np.round(n * a_day / staff.speed[agent], 6))
    calls = np.maximum(np.where(old, calls, past["calls"][spot]), 1).astype(np.int64)
    usual = past["standard"].sum(axis=0) / np.maximum(past["calls"].sum(axis=0), 1)
    by_skill = mix @ planted.aht
    standard = np.where(old, np.where(usual > 0, usual, by_skill)[agent], 0.0)
    standard = np.where(old, standard, past["standard"][spot] / calls)
    noise = 1 + CALL_CV / np.sqrt(calls) * rng.standard_normal(count)
    aht = standard * staff.speed[agent] * (1 + planted.learning * gap) * noise
    aht = np.where(old, aht, past["work"][spot] / calls)
    quality = np.where(
        old, level + 2.5 / np.sqrt(n) * rng.standard_normal(count), past["quality"][spot] / n
    )
    csat = 4.4 + planted.quality_csat * (level - 86) + 0.2 / np.sqrt(n) * rng.standard_normal(count)
    csat = np.where(old, csat, past["csat"][spot] / n)
    usual_kept = 100 * past["adherent"].sum() / past["planned"].sum()
    kept = usual_kept + KEPT_DAY_SD / np.sqrt(n) * rng.standard_normal(count)
    planned = np.maximum(past["planned"][spot], 1)
    kept = np.where(old, kept, 100 * past["adherent"][spot] / planned)
    solved = (mix @ FIRST_TIME)[agent] + 0.012 * (staff.quality[agent] - 86) - 0.10 * gap
    solved = rng.binomial(calls, np.round(np.clip(solved, 0.05, 0.98), 6)) / calls
    push = rng.standard_normal(len(staff))[agent]
    offers = rng.poisson(np.round(n / 20 * 28 * np.exp(0.45 * push), 6))
    stay = 82 + 1.5 * (level - 85) / 3.5 - 2.2 * push + 1.2 * rng.standard_normal(count)

    values = {
        "质检分": np.round(quality, 1),
        "满意度": np.round(csat, 3),
        "一次解决率": np.round(100 * solved, 1),
        "时长比": np.round(aht / standard, 3),
        "遵守率": np.round(kept, 1),
        "延保推荐量": offers,
    }
    total = np.zeros(count)
    for name, _, low, high, *weights in RULES:
        share = np.clip((values[name] - low) / (high - low), 0, 1)
        total += np.where(old, *weights) * share
    total = np.round(total, 2)
    cell = month * TEAMS + staff.team[agent]
    volume = np.bincount(cell, calls, months * TEAMS)
    team = {
        name: np.bincount(cell, calls * values[name], months * TEAMS) / volume
        for name in ("满意度", "一次解决率")
    }
    bonus = 10 * np.rint(np.round((total - 55).clip(0) * 4.0 + 18 * rng.standard_normal(count), 6))
    rank = pd.Series(total).groupby(month).rank(pct=True).to_numpy()
    quarter_end = MONTHS[month].astype(int) % 3 == 2
    promoted = quarter_end & (rank > 0.9) & (tenure > 180) & (rng.random(count) < 0.35)
    own = np.round(np.clip(70 + 0.3 * (total - 70) + 9 * rng.standard_normal(count), 0, 100))
    order = np.lexsort((agent, month))
    table = pd.DataFrame(
        {
            "月份": MONTHS.astype("datetime64[us]")[month],
            "工号": labels(staff.number, agent),
            "班组": labels([f"{i}组" for i in range(1, TEAMS + 1)], staff.team[agent]),
            "出勤天数": n,
            "接起量": calls,
            "平均处理时长": np.round(aht, 1),
            "标准时长": np.round(standard, 1),
            **values,
            "权重版本": labels(VERSIONS, (~old).astype(int)),
            "绩效总分": total,
            "奖金": np.maximum(bonus, 0).astype(np.int64),
            "自评达成": own.astype(np.int64),
            "晋升": promoted,
            "客户留存率": np.round(np.clip(stay, 0, 100), 1),
            "团队满意度": np.round(team["满意度"][cell], 3),
            "团队一次解决率": np.round(team["一次解决率"][cell], 1),
        }
    )
    return table.take(order).reset_index(drop=True)


@table(
    "战略指标",
    "班组 × 月，2024-07 至 2025-06",
    key=("月份", "班组"),
    columns=(
        moment("月份", "哪个月（当月 1 日）"),
        words("班组", "1组 至 12组"),
        number("团队满意度", "本组当月按接起量加权，1 到 5", "分"),
        number("团队一次解决率", "本组当月按接起量加权", "%"),
        number("客户留存率", "本组员工的平均", "%"),
        number("人均绩效总分", "本组员工的平均，满分 100", "分"),
        whole("报修接起量", "本组当月接起的报修电话", "通"),
        whole("下午茶费用", "本组当月的下午茶", "元"),
        number("员工敬业度", "本组当月问卷，满分 100", "分"),
    ),
)
def strategy_month(
    planted: Planted,
    staff: Staff,
    half_year: dict[str, np.ndarray],
    perf_month: pd.DataFrame,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """班组 × 月的战略结果：由员工月度汇总，加上报修接起量、下午茶费用与员工敬业度。"""
    group = perf_month.groupby(["月份", "班组"], sort=False)
    names = [f"{i}组" for i in range(1, TEAMS + 1)]
    index = pd.MultiIndex.from_product(
        [MONTHS.astype("datetime64[us]"), names], names=["月份", "班组"]
    )
    means = group[["绩效总分", "客户留存率"]].mean().reindex(index)
    firsts = group[["团队满意度", "团队一次解决率"]].first().reindex(index)

    past = half_year["by_queue"][:, :, 1]
    recent = np.array([past[:, staff.team == t].sum(axis=1) for t in range(TEAMS)]).T
    period = days("2024-07-01", "2024-12-31")
    position = (period.date.astype("datetime64[M]") - MONTHS[0]).astype(int)
    monthly = np.bincount(position, day_factors(period, planted)[:, 1])[:, None]
    earlier = monthly * 0.93 * recent.sum(axis=0) / recent.sum()
    earlier = earlier * (1 + 0.05 * rng.standard_normal(earlier.shape))
    repair = np.concatenate([np.rint(np.round(earlier, 6)), recent]).astype(np.int64)
    heat = HEAT[MONTHS.astype(int) % 12]
    tea = 600 + 1500 * heat[:, None] + 90 * rng.standard_normal(repair.shape)
    engaged = 72 + 3 * rng.standard_normal(TEAMS) + 1.5 * rng.standard_normal(repair.shape)
    return pd.DataFrame(
        {
            "月份": index.get_level_values(0),
            "班组": pd.array(index.get_level_values(1), dtype="str"),
            "团队满意度": firsts["团队满意度"].to_numpy(),
            "团队一次解决率": firsts["团队一次解决率"].to_numpy(),
            "客户留存率": np.round(means["客户留存率"].to_numpy(), 2),
            "人均绩效总分": np.round(means["绩效总分"].to_numpy(), 2),
            "报修接起量": repair.ravel(),
            "下午茶费用": (10 * np.rint(np.round(tea / 10, 6))).astype(np.int64).ravel(),
            "员工敬业度": np.round(engaged, 1).ravel(),
        }
    )
