"""能力：谁会什么、岗位要求几级，哪样技能决定处理时长？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .columns import whole, words
from .people import GRADES, SEATS, TEAMS, Staff
from .registry import table, truth
from .text import labels

__all__ = [
    "COMPETENCES",
    "TESTS",
    "CompetenceTruth",
    "competence_truth",
    "skill_matrix",
    "skill_tests",
]

# 能力、类别
COMPETENCES = (
    ("空调知识", "知识"),
    ("冰箱洗衣机知识", "知识"),
    ("热水器知识", "知识"),
    ("收费与保修政策", "知识"),
    ("订单与物流规则", "知识"),
    ("投诉法规", "知识"),
    ("系统操作", "技能"),
    ("知识检索", "技能"),
    ("打字记录", "技能"),
    ("倾听提问", "技能"),
    ("同理心表达", "技能"),
    ("投诉化解", "技能"),
    ("故障判断", "技能"),
    ("时间管理", "技能"),
    ("情绪管理", "态度"),
    ("服务意识", "态度"),
    ("团队协作", "态度"),
    ("学习意愿", "态度"),
)
TESTS = ("系统操作", "知识检索", "打字记录", "产品知识", "沟通表达", "情绪管理")
HANDS = ("系统操作", "知识检索", "打字记录")
HEADS = ("产品知识", "沟通表达", "情绪管理")
WIDEST = 3


@dataclass(frozen=True, eq=False)
class CompetenceTruth:
    """能力数据里埋下的真相。"""

    skill_for_aht: str
    """skill_tests 里解释处理时长的那一项：得分高的人处理得快。"""
    skill_for_quality: str
    """skill_tests 里解释质检分的那一项。"""
    widest_gaps: tuple[str, ...]
    """skill_matrix 里加权差距（差距 × 关键度 × 使用频率）最大的三项，由大到小不分先后。"""
    telling: tuple[str, ...]
    """质检水平高的人明显更强的能力（已知组检验能通过）。"""


@truth(
    "能力：解释处理时长的技能、差距最大的能力（skill_tests、skill_matrix）",
    stream="competence.truth",
)
def competence_truth(rng: np.random.Generator) -> CompetenceTruth:
    """由种子定下哪样能力缺得最多、哪样说明问题。"""
    names = [name for name, _ in COMPETENCES]
    picked = rng.permutation(len(names))
    return CompetenceTruth(
        skill_for_aht=str(rng.choice(HANDS)),
        skill_for_quality=str(rng.choice(HEADS)),
        widest_gaps=tuple(names[i] for i in sorted(picked[:WIDEST])),
        telling=tuple(names[i] for i in sorted(picked[WIDEST : WIDEST + 5])),
    )


def _standard(values: np.ndarray) -> np.ndarray:
    return (values - values.mean()) / values.std()


@table(
    "技能测验",
    "在册员工，240 人 × 6 项",
    key=("工号",),
    columns=(
        words("工号", "谁，见 agents"),
        words("班组", "1组 至 12组"),
        *(whole(name, "测验得分，0 到 100", "分") for name in TESTS),
        whole("工作意愿", "问卷得分，0 到 100", "分"),
    ),
)
def skill_tests(
    competence_truth: CompetenceTruth, staff: Staff, rng: np.random.Generator
) -> pd.DataFrame:
    """在册 240 人的六项技能测验（0–100 分）与工作意愿（0–100 分）。"""
    truth = competence_truth
    current = np.sort(staff.current)
    score = 76 + 8 * rng.standard_normal((SEATS, len(TESTS)))
    slow = _standard(np.log(staff.speed[current]))
    good = _standard(staff.quality[current])
    score[:, TESTS.index(truth.skill_for_aht)] = 76 - 8 * slow + 4 * rng.standard_normal(SEATS)
    score[:, TESTS.index(truth.skill_for_quality)] = 76 + 7 * good + 5 * rng.standard_normal(SEATS)
    will = 70 + 12 * rng.standard_normal(SEATS)
    marks = np.clip(np.rint(np.round(score, 6)), 0, 100).astype(np.int64)
    return pd.DataFrame(
        {
            "工号": labels(staff.number, current),
            "班组": labels([f"{i}组" for i in range(1, TEAMS + 1)], staff.team[current]),
            **{name: marks[:, i] for i, name in enumerate(TESTS)},
            "工作意愿": np.clip(np.rint(np.round(will, 6)), 0, 100).astype(np.int64),
        }
    )


@table(
    "胜任力矩阵",
    "在册员工 × 能力，240 人 × 18 项",
    key=("工号", "能力"),
    columns=(
        words("工号", "谁，见 agents"),
        words("班组", "1组 至 12组"),
        words("级别", "技能级别：初级、中级、高级"),
        words("能力", "哪一项能力"),
        words("类别", "知识、技能、态度"),
        whole("要求等级", "岗位要求几级，1 到 5", "级"),
        whole("现状等级", "现在是几级，1 到 5", "级"),
        whole("关键度", "这项能力多要紧，1 到 5", "级"),
        whole("使用频率", "多常用到，1 到 5", "级"),
    ),
)
def skill_matrix(
    competence_truth: CompetenceTruth,
    staff: Staff,
    agents: pd.DataFrame,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """胜任力矩阵：在册 240 人 × 18 项能力的要求等级与现状等级（1–5 级）。"""
    truth, roll = competence_truth, agents
    here = np.flatnonzero(roll["离职日期"].isna())
    grade = roll["级别"].map(GRADES.index).to_numpy()[here]
    names = [name for name, _ in COMPETENCES]
    wide = np.isin(names, truth.widest_gaps)
    telling = np.isin(names, truth.telling)
    extra = rng.integers(0, 2, len(names))
    need = np.clip(2 + grade[:, None] + np.where(wide, 1, extra), 1, 5)
    gap = 0.25 + 0.75 * rng.standard_normal((len(here), len(names))) + 1.3 * wide
    gap = gap - 0.9 * telling * _standard(staff.quality[here])[:, None]
    now = np.clip(np.rint(np.round(need - gap, 6)), 1, 5).astype(np.int64)
    weight = np.where(wide, 5, rng.integers(2, 5, len(names)))
    often = np.where(wide, rng.integers(4, 6, len(names)), rng.integers(1, 5, len(names)))
    person, item = np.divmod(np.arange(now.size), len(names))
    kinds = tuple(dict.fromkeys(kind for _, kind in COMPETENCES))
    kind = np.array([kinds.index(kind) for _, kind in COMPETENCES])
    return pd.DataFrame(
        {
            "工号": labels(staff.number, here[person]),
            "班组": labels([f"{i}组" for i in range(1, TEAMS + 1)], staff.team[here][person]),
            "级别": labels(GRADES, grade[person]),
            "能力": labels(names, item),
            "类别": labels(kinds, kind[item]),
            "要求等级": need.ravel(),
            "现状等级": now.ravel(),
            "关键度": weight[item],
            "使用频率": often[item],
        }
    )
