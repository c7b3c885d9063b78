"""知识库：三百张知识卡片，哪些过期了，哪些互相打架？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .calls import REASONS
from .columns import moment, number, whole, words
from .registry import part, table, truth
from .text import labels, numbered
from .truth import QUEUES, Planted

__all__ = ["KnowledgeTruth", "cards", "knowledge_cards", "knowledge_truth"]

CARDS, EXPIRED, CONFLICTS, COPIES = 300, 36, 14, 10
AS_OF = np.datetime64("2025-06-30")
FOREVER = np.datetime64("2026-12-31")
CONDITIONS = (
    "保修期内",
    "保修期外",
    "门店购买",
    "线上购买",
    "城区",
    "乡镇",
    "会员",
    "非会员",
    "首次来电",
    "重复来电",
)
ANSWERS = (
    "{}小时内回复客户",
    "{}小时内安排上门",
    "免费处理，{}天内完成",
    "收取{}元上门费",
    "提供{}元补偿券",
    "转专席，{}分钟内回电",
)
AMOUNTS = (
    (2, 4, 8, 24),
    (24, 48, 72, 96),
    (3, 5, 7, 10),
    (30, 50, 80, 100),
    (20, 30, 50, 100),
    (10, 15, 30, 60),
)
# 各队列用得上的答案，次序同 QUEUES
SUITS = np.array([[0, 3, 5], [1, 2, 3], [0, 2, 4], [0, 4, 5]])
KEEPERS = ("知识组甲", "知识组乙", "知识组丙", "知识组丁")


@dataclass(frozen=True, eq=False)
class KnowledgeTruth:
    """知识卡片里埋下的真相；有效与否按 2025-06-30。"""

    expired: tuple[str, ...]
    """已经过期、还有人看的卡片编号。"""
    conflicts: tuple[tuple[str, str], ...]
    """同一场景、同一条件、都还有效、答案不同的两张卡片。"""
    copies: tuple[tuple[str, str], ...]
    """同一场景、同一条件、答案也相同的两张卡片（重复建卡）。"""


def _scenes() -> list[tuple[str, str, str]]:
    """队列、大类、小类，与来电原因一致。"""
    return [(queue, row[0], row[1]) for queue in QUEUES for row in REASONS[queue]]


@part("知识卡片与它的真相", stream="knowledge_cards")
def cards(planted: Planted, rng: np.random.Generator) -> tuple[pd.DataFrame, KnowledgeTruth]:
    """造 300 张卡片：276 个各不相同的（场景、条件），另有 14 张打架的、10 张重复的。"""
    scenes = _scenes()
    unique = CARDS - CONFLICTS - COPIES
    key = rng.choice(len(scenes) * len(CONDITIONS), unique, replace=False)
    queue = np.array([QUEUES.index(row[0]) for row in scenes])[key // len(CONDITIONS)]
    kind = SUITS[queue, rng.integers(0, SUITS.shape[1], unique)]
    pick = rng.integers(0, len(AMOUNTS[0]), unique)
    end = np.where(rng.random(unique) < 0.5, FOREVER, AS_OF + rng.integers(20, 500, unique))
    role = rng.permutation(unique)
    old, clash, copied = np.split(
        role[: EXPIRED + CONFLICTS + COPIES], [EXPIRED, EXPIRED + CONFLICTS]
    )
    end[old] = AS_OF - rng.integers(1, 240, EXPIRED)

    source = np.concatenate([np.arange(unique), clash, copied])
    kind, end = kind[source], end[source]
    shift = np.zeros(CARDS, dtype=np.int64)
    shift[unique : unique + CONFLICTS] = rng.integers(1, len(AMOUNTS[0]), CONFLICTS)
    pick = (pick[source] + shift) % len(AMOUNTS[0])
    start = np.minimum(end, AS_OF) - rng.integers(30, 700, CARDS)
    change = start + np.rint(
        np.round(rng.random(CARDS) * (np.minimum(end, AS_OF) - start).astype(int), 6)
    ).astype(int)
    views = np.maximum(np.rint(np.round(60 * np.exp(1.1 * rng.standard_normal(CARDS)), 6)), 1)
    hit = np.round(rng.beta(8, 3, CARDS), 2)
    before = np.round(18 + 14 * rng.gamma(2.0, 0.7, CARDS), 1)
    # 改版以后报修的卡片难找：按浏览量加权，多出来的正好是报修处理时长多出来的
    repair = queue[source] == QUEUES.index("报修")
    slower = np.where(repair, rng.uniform(0.5, 1.5, CARDS), 0.0)
    more = planted.aht[QUEUES.index("报修")] * (planted.aht_shift - 1)
    slower *= more * views[repair].sum() / (views * slower).sum()
    seconds = np.round(before + slower, 1)
    keeper = rng.integers(0, len(KEEPERS), CARDS)

    order = rng.permutation(CARDS)
    position = np.argsort(order)
    code = numbered("KB", CARDS, 3)
    scene, condition = np.divmod(key[source][order], len(CONDITIONS))
    wording = [
        ANSWERS[k].format(AMOUNTS[k][i]) for k, i in zip(kind[order], pick[order], strict=True)
    ]
    table = pd.DataFrame(
        {
            "卡片编号": pd.array(code, dtype="str"),
            "队列": labels([row[0] for row in scenes], scene),
            "一级分类": labels([row[1] for row in scenes], scene),
            "二级分类": labels([row[2] for row in scenes], scene),
            "条件": labels(CONDITIONS, condition),
            "答案": pd.array(wording, dtype="str"),
            "生效日期": start[order].astype("datetime64[us]"),
            "失效日期": end[order].astype("datetime64[us]"),
            "更新日期": change[order].astype("datetime64[us]"),
            "浏览量": views[order].astype(np.int64),
            "命中率": hit[order],
            "检索秒": seconds[order],
            "改版前检索秒": before[order],
            "负责人": labels(KEEPERS, keeper[order]),
        }
    )

    def pairs(first: int, size: int) -> tuple[tuple[str, str], ...]:
        rows = np.arange(first, first + size)
        both = np.sort(np.column_stack([position[source[rows]], position[rows]]), axis=1)
        return tuple(sorted((code[a], code[b]) for a, b in both))

    return table, KnowledgeTruth(
        expired=tuple(sorted(code[position[old]])),
        conflicts=pairs(unique, CONFLICTS),
        copies=pairs(unique + CONFLICTS, COPIES),
    )


@table(
    "知识卡片",
    "一张卡片，300 张",
    key=("卡片编号",),
    columns=(
        words("卡片编号", "KB001 至 KB300"),
        words("队列", "咨询、报修、订单、投诉"),
        words("一级分类", "与来电的原因大类相同"),
        words("二级分类", "与来电的原因小类相同"),
        words("条件", "什么情况用这张"),
        words("答案", "该怎样答"),
        moment("生效日期", "哪一天起能用"),
        moment("失效日期", "哪一天起不能用"),
        moment("更新日期", "最后改过的一天"),
        whole("浏览量", "被看了几次", "次"),
        number("命中率", "查到它的里面有多少用上了，0 到 1", "比例"),
        number("检索秒", "现在平均找多久", "秒"),
        number("改版前检索秒", "知识库改版以前平均找多久", "秒"),
        words("负责人", "哪个知识组"),
    ),
)
def knowledge_cards(cards: tuple[pd.DataFrame, KnowledgeTruth]) -> pd.DataFrame:
    """失效日期早于 2025-06-30 的已经过期。"""
    return cards[0]


@truth("知识卡片：过期的、打架的、重复的（knowledge_cards）")
def knowledge_truth(cards: tuple[pd.DataFrame, KnowledgeTruth]) -> KnowledgeTruth:
    """哪些卡片有问题。"""
    return cards[1]
