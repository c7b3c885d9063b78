"""质检：哪通电话被谁评了，每个条目得几分？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .arrivals import Intervals
from .calls import Calls
from .columns import Column, moment, number, whole, words
from .people import Staff
from .registry import table, truth
from .replies import Replies, long_run_level
from .text import labels, numbered_labels
from .truth import Planted

__all__ = [
    "RATERS",
    "QualityTruth",
    "qa_calibration",
    "qa_form",
    "qa_scores",
    "quality_truth",
]

EVALUATIONS = 3_000
RECORDINGS = 20
LAST_DAY = 176
CALIBRATION_DAY = np.datetime64("2025-06-26")
RATERS = tuple(f"Q{i:02d}" for i in range(1, 7))
# 条目、部分、满分、权重；权重合计 100
FORM = (
    ("开头语", "开场", 1, 3),
    ("核实身份", "开场", 1, 5),
    ("语气亲和", "沟通", 5, 8),
    ("耐心倾听", "沟通", 5, 8),
    ("表达清楚", "沟通", 5, 8),
    ("需求确认", "诊断", 5, 10),
    ("提问到位", "诊断", 5, 8),
    ("答案准确", "解决", 5, 12),
    ("方案完整", "解决", 5, 10),
    ("主动告知", "解决", 5, 6),
    ("操作规范", "流程", 1, 5),
    ("记录完整", "流程", 1, 5),
    ("工单准确", "流程", 1, 5),
    ("总结确认", "结束", 1, 4),
    ("结束语", "结束", 1, 3),
)
ITEMS = tuple(row[0] for row in FORM)
TOP = np.array([row[2] for row in FORM])
WEIGHT = np.array([row[3] for row in FORM])
# 每个五分制条目都少打 1 分，总共少多少分
STEP = float((WEIGHT / TOP)[TOP == 5].sum())
FATAL = ("", "泄露客户信息", "虚假承诺", "辱骂客户")
MARK_COLUMNS: tuple[Column, ...] = (
    *(whole(name, f"条目分，{section}部分，满分 {top}", "分") for name, section, top, _ in FORM),
    number("得分", "各条目按权重合起来，满分 100", "分"),
    words("致命项", "犯了哪一项；没有的是空字"),
    number("总分", "= 得分；有致命项的为 0", "分"),
)
TWINS = (("语气亲和", "耐心倾听"), ("需求确认", "提问到位"), ("答案准确", "方案完整"))


@dataclass(frozen=True, eq=False)
class QualityTruth:
    """质检里埋下的真相。"""

    biased_rater: str
    """打分系统性偏严的质检员。"""
    bias: float
    """他比别人平均低多少分（负数）：每个五分制条目按固定概率少打 1 分。"""
    noisy_rater: str
    """平均不偏、但同一录音忽高忽低的质检员。"""
    absent_rater: str
    """休假的质检员。"""
    leave: tuple[pd.Timestamp, pd.Timestamp]
    """休假的头一天与最后一天：这几天没有他的评分。"""
    idle_item: str
    """与其余条目无关、分不出好坏的条目（真实鉴别力为 0）。"""
    twin_items: tuple[str, str]
    """几乎同分、可以合并的两个条目。"""
    key_item: str
    """与客户满意度最相关的条目。"""
    disputed_item: str
    """质检员之间最不一致的条目（得分也偏低）。"""
    uncovered_team: str
    """抽检量远少于别组的班组。"""


def qa_form() -> pd.DataFrame:
    """质检评分表：15 个条目的部分、满分与权重；有致命项的总分记 0。

    Returns
    -------
    DataFrame
        列：条目、部分、满分、权重（合计 100）。得分 = Σ 权重 × 条目分 ÷ 满分。

    Examples
    --------
    >>> int(qa_form()["权重"].sum())
    100
    """
    return pd.DataFrame(FORM, columns=["条目", "部分", "满分", "权重"])


@truth(
    "质检：偏严的质检员、休假的质检员、没有用的与重复的条目等（qa_scores、qa_calibration）",
    stream="quality.truth",
)
def quality_truth(planted: Planted, rng: np.random.Generator) -> QualityTruth:
    """由种子定下哪个质检员、哪个条目有问题。"""
    biased, noisy, absent = rng.choice(len(RATERS), 3, replace=False)
    twins = TWINS[int(rng.integers(len(TWINS)))]
    key = rng.choice(
        [n for n in ("需求确认", "答案准确", "方案完整", "主动告知") if n not in twins]
    )
    rest = [n for n in ("表达清楚", "主动告知", "需求确认") if n not in twins and n != key]
    first = np.datetime64("2025-03-03") + 7 * int(rng.integers(0, 10))
    chance = np.round(rng.uniform(0.30, 0.38), 3)
    return QualityTruth(
        biased_rater=RATERS[biased],
        bias=float(np.round(-chance * STEP, 3)),
        noisy_rater=RATERS[noisy],
        absent_rater=RATERS[absent],
        leave=(pd.Timestamp(first), pd.Timestamp(first + 20)),
        idle_item=str(rng.choice(["操作规范", "记录完整", "工单准确", "总结确认", "结束语"])),
        twin_items=twins,
        key_item=str(key),
        disputed_item=str(rng.choice(rest)),
        uncovered_team=planted.teams[5],
    )


def true_items(
    truth: QualityTruth,
    level: np.ndarray,
    deviation: np.ndarray,
    solution: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """没有评分误差时各条目的分，形状 (通话, 15)。

    ``level`` 是接听人的质检水平（分），``deviation`` 与 ``solution`` 是这通电话的表现。
    """
    count = len(level)
    level = (level - 86) / 7 + deviation
    noise = rng.standard_normal((count, len(ITEMS)))
    five = 4.30 + 0.55 * level[:, None] + 0.55 * noise
    five[:, ITEMS.index(truth.disputed_item)] -= 0.8
    key = ITEMS.index(truth.key_item)
    five[:, key] = 4.30 + 0.30 * level + 0.75 * solution + 0.20 * noise[:, key]
    items = np.where(TOP == 5, np.clip(np.rint(np.round(five, 6)), 0, 5), 0)
    passed = np.round(1.85 + 0.8 * level[:, None] + noise, 6) > 0
    items = np.where(TOP == 1, passed, items).astype(np.int64)
    one, other = (ITEMS.index(name) for name in truth.twin_items)
    apart = rng.random(count) < 0.04
    items[:, other] = np.where(apart, np.clip(items[:, one] - 1, 0, 5), items[:, one])
    items[:, ITEMS.index(truth.idle_item)] = rng.random(count) < 0.88
    return items


def rate(
    truth: QualityTruth, items: np.ndarray, rater: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """质检员眼里的各条目：各有各的误差。"""
    noisy = rater == RATERS.index(truth.noisy_rater)
    chance = np.where(noisy, 0.6, 0.05)[:, None] + np.zeros(items.shape)
    chance[:, ITEMS.index(truth.disputed_item)] = 0.9
    step = np.where(rng.random(items.shape) < 0.5, 1, -1)
    # 忽高忽低：这一通从宽、下一通从严，合起来不偏
    step[noisy] = np.where(np.arange(noisy.sum()) % 2, 1, -1)[:, None]
    # 只动中间的分：封顶、封底会让误差有了方向
    moved = (rng.random(items.shape) < chance) & (items > 0) & (items < TOP)
    seen = np.where(moved, items + step, items)
    seen = np.where((rng.random(items.shape) < 0.01) & (TOP == 1), 1 - items, seen)
    severe = (rng.random(items.shape) < -truth.bias / STEP) & (TOP == 5)
    severe &= (rater == RATERS.index(truth.biased_rater))[:, None]
    seen = seen - severe
    # 两个条目其实在看同一件事：一个怎么打，另一个也怎么打
    one, other = (ITEMS.index(name) for name in truth.twin_items)
    seen[:, other] = seen[:, one] + items[:, other] - items[:, one]
    return np.clip(seen, 0, TOP)


def _marks(seen: np.ndarray, fatal: np.ndarray) -> dict[str, object]:
    mark = np.round((seen * WEIGHT / TOP).sum(axis=1), 1)
    columns = {name: seen[:, i] for i, name in enumerate(ITEMS)}
    return {
        **columns,
        "得分": mark,
        "致命项": labels(FATAL, fatal),
        "总分": np.where(fatal > 0, 0.0, mark),
    }


@table(
    "质检评分",
    "一次评分，3,000 次；15 个条目",
    key=("评分编号",),
    columns=(
        words("评分编号", "这一次评分的编号"),
        words("通话编号", "听的哪一通，见 calls_sample"),
        words("质检员", "谁评的，Q01 至 Q06"),
        moment("评分日期", "哪一天评的，在通话后 1–3 天"),
        words("工号", "谁接的电话，见 agents"),
        words("抽样方式", "随机，或从有满意度回复的通话里抽（回访关联）"),
        *MARK_COLUMNS,
    ),
)
def qa_scores(
    quality_truth: QualityTruth,
    staff: Staff,
    intervals: Intervals,
    calls: Calls,
    call_mood: np.ndarray,
    replies: Replies,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """一半随机抽、一半从有满意度回复的通话抽；有致命项的总分为 0，权重见 ``qa_form()``。"""
    truth = quality_truth
    answered = replies.call[replies.responded]
    poor = int(truth.uncovered_team[:-1]) - 1
    kept = (staff.team[calls.agent] != poor) | (rng.random(len(calls.day)) < 0.12)
    able = kept & calls.answered & (calls.day < LAST_DAY)
    linked = np.zeros(len(able), dtype=bool)
    linked[answered] = True
    half = EVALUATIONS // 2
    picks = [
        rng.choice(np.flatnonzero(able & side), half, replace=False) for side in (linked, ~linked)
    ]
    call = np.concatenate(picks)
    way = np.repeat([1, 0], half)
    rated = intervals.days.date[calls.day[call]] + rng.integers(1, 4, EVALUATIONS)
    order = np.lexsort((call, rated))
    call, way, rated = call[order], way[order], rated[order]

    rater = rng.integers(0, len(RATERS), EVALUATIONS)
    absent = RATERS.index(truth.absent_rater)
    first, last = (day.to_datetime64() for day in truth.leave)
    away = (rated >= first) & (rated <= last) & (rater == absent)
    rater[away] = (absent + rng.integers(1, len(RATERS), away.sum())) % len(RATERS)
    level = long_run_level(staff, intervals, calls, call)
    items = true_items(truth, level, *call_mood[:, call], rng)
    seen = rate(truth, items, rater, rng)
    fatal = np.where(rng.random(EVALUATIONS) < 0.016, rng.integers(1, 4, EVALUATIONS), 0)
    return pd.DataFrame(
        {
            "评分编号": numbered_labels("P", EVALUATIONS, 4).copy(),
            "通话编号": labels(numbered_labels("C", len(calls.day), 6), call),
            "质检员": labels(RATERS, rater),
            "评分日期": rated.astype("datetime64[us]"),
            "工号": labels(staff.number, calls.agent[call]),
            "抽样方式": labels(("随机", "回访关联"), way),
            **_marks(seen, fatal),
        }
    )


@table(
    "质检校准",
    "录音 × 质检员，20 通 × 6 人",
    key=("录音", "质检员"),
    columns=(
        words("录音", "录音01 至 录音20"),
        words("通话编号", "哪一通，见 calls_sample"),
        words("质检员", "谁评的，Q01 至 Q06"),
        moment("评分日期", "校准会那天"),
        *MARK_COLUMNS,
        number("标杆分", "专家组给的得分，满分 100", "分"),
        words("标杆致命项", "专家组认定的致命项；没有的是空字"),
    ),
)
def qa_calibration(
    quality_truth: QualityTruth,
    staff: Staff,
    intervals: Intervals,
    calls: Calls,
    call_mood: np.ndarray,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """20 通录音（好中差都有），6 位质检员背靠背各评一遍；标杆分是专家组的分。"""
    pool = np.flatnonzero(calls.answered & (calls.day < LAST_DAY))
    pool = rng.choice(pool, 10 * RECORDINGS, replace=False)
    level = long_run_level(staff, intervals, calls, pool)
    items = true_items(quality_truth, level, *call_mood[:, pool], rng)
    standing = np.argsort((items * WEIGHT / TOP).sum(axis=1), kind="stable")
    picked = np.sort(standing[5::10])
    call, items = pool[picked], items[picked]
    order = np.argsort(call)
    call, items = call[order], items[order]

    row = np.repeat(np.arange(RECORDINGS), len(RATERS))
    rater = np.tile(np.arange(len(RATERS)), RECORDINGS)
    seen = rate(quality_truth, items[row], rater, rng)
    fatal = np.zeros(RECORDINGS, dtype=np.int64)
    fatal[rng.choice(RECORDINGS, 5, replace=False)] = rng.integers(1, 4, 5)
    found = fatal[row]
    miss = rng.random(len(row)) < 0.07
    found = np.where(miss, np.where(found > 0, 0, rng.integers(1, 4, len(row))), found)
    marks = (items * WEIGHT / TOP).sum(axis=1)
    return pd.DataFrame(
        {
            "录音": labels([f"录音{i:02d}" for i in range(1, RECORDINGS + 1)], row),
            "通话编号": labels(numbered_labels("C", len(calls.day), 6), call[row]),
            "质检员": labels(RATERS, rater),
            "评分日期": np.full(len(row), CALIBRATION_DAY.astype("datetime64[us]")),
            **_marks(seen, found),
            "标杆分": np.round(marks, 1)[row],
            "标杆致命项": labels(FATAL, fatal[row]),
        }
    )
