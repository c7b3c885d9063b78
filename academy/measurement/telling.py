"""How is a simulation told?  Rows of tables and sentences in Chinese, for the terminal and the page."""

from __future__ import annotations

import numpy as np

from academy.measurement.figures import Study

__all__ = ["form_rows", "pair_rows", "part_rows", "sentences", "target_rows"]


def target_rows(study: Study) -> list[dict[str, str]]:
    """A row a target: what was found, what is wanted, whether it is met."""
    return [
        {
            "目标": one.label,
            "模拟": _plain(one.found),
            "要求": one.wanted,
            "达到": "达到" if one.met else "没有达到",
        }
        for one in study.targets()
    ]


def form_rows(study: Study) -> list[dict[str, str]]:
    """A row a form."""
    return [
        {
            "试卷": one.name,
            "平均": f"{one.mean:.1f}",
            "标准差": f"{one.sd:.1f}",
            "合格率": f"{one.passed:.0%}",
            "α": f"{one.alpha:.3f}",
            "α（大题合并）": f"{one.testlets:.3f}",
            "α（分章）": f"{one.strata:.3f}",
            "真信度": f"{one.squared_correlation:.3f}",
            "测量标准误": f"{one.sem:.1f}",
            f"{study.cut:g} 分处的标准误": f"{one.sem_at_cut:.1f}",
            "再考一次判定一致": f"{one.consistency.share:.1%}",
            "κ": f"{one.consistency.kappa:.2f}",
            "一次考卷估计（Livingston–Lewis）": f"{one.estimated.consistency.share:.1%}",
            "判得对": f"{one.accuracy:.1%}",
            "误合格": f"{one.false_pass:.1%}",
            "误不合格": f"{one.false_fail:.1%}",
        }
        for one in study.forms
    ]


def pair_rows(study: Study) -> list[dict[str, str]]:
    """A row a pair of forms."""
    return [
        {
            "两份卷": f"{one.first} 与 {one.second}",
            "判定一致": f"{one.agreement.share:.1%}",
            "κ": f"{one.agreement.kappa:.2f}",
            "相关": f"{one.correlation:.3f}",
            "平均分相差": f"{one.difference:.1f} 分",
            "十次里九次不超过": f"{one.likely:.1f} 分",
        }
        for one in study.pairs
    ]


def part_rows(study: Study) -> list[dict[str, str]]:
    """A row a part of the form shown."""
    return [
        {
            "题": row["题"],
            "分值": f"{row['分值']:g}",
            "得分率": f"{row['得分率']:.0%}",
            "区分度": f"{row['区分度']:.2f}",
            "占总误差": f"{row['误差占比']:.1%}",
        }
        for row in study.parts.to_dict("records")
    ]


def sentences(study: Study, shown: str) -> list[str]:
    """What the tables do not hold."""
    tries, first, cut = study.tries, study.forms[0], f"{study.cut:g}"
    quick, slow = np.quantile(study.minutes, [0.5, 0.9])
    return [
        f"{study.size} 名模拟学员，种子 {study.seed}：{first.name} 平均 {first.mean:.0f}、标准差 {first.sd:.0f} 的一期，"
        f"只移动水平（平均 {study.ability[0]:.2f}、标准差 {study.ability[1]:.2f} 个逻辑单位），题的假定不动。",
        f"真分数在 {cut} 分以下的占 {tries.below:.0%}，其中第一次就合格的 {tries.first:.0%}，"
        f"考满 {len(study.forms)} 次（其间没有再学）总有一次合格的 {tries.lucky:.0%}；"
        f"发出的合格里 {tries.undeserved:.0%} 是这样来的。真分数够的人，"
        f"{len(study.forms)} 次都不合格的 {tries.unlucky:.1%}。",
        f"数据处理样样会、岗位一点不懂的人，{shown} 平均得 {study.data_only:.0f} 分；"
        f"岗位样样懂、不会处理数据的人得 {study.role_only:.0f} 分。",
        "两份卷之间的差别里，只有同一格细目写成两道题免不了的那些；步数、误差、选项数真的不同的，"
        "列在「各卷不一样的地方」，改齐以前，真实的差别比模拟的大。",
        f"做完 {shown} 要的时间，中间的人 {quick:.0f} 分钟，十人里九人不超过 {slow:.0f} 分钟；"
        f"{study.limit:g} 分钟内做不完的占 {study.late:.0%}，做不完的题没有分。",
    ]


def _plain(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:.1f}"
