"""课程自己定的常数：DCDIER 每一步叫什么、做什么？

DCDIER 的官方展开未见公开资料；这里是本课程的教学展开（非原典）。
手上有原版讲义的人，只改 ``DCDIER`` 这一张表，全课程随之改变。

>>> "".join(step.letter for step in DCDIER)
'DCDIER'
>>> DCDIER_NOTE
'DCDIER 的官方展开未见公开资料；本课程采用教学展开（非原典）。'
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

__all__ = ["DCDIER", "DCDIER_NOTE", "DcdierStep", "dcdier_table"]

DCDIER_NOTE = "DCDIER 的官方展开未见公开资料；本课程采用教学展开（非原典）。"


class DcdierStep(NamedTuple):
    """教学展开的一步。

    >>> DCDIER[0].name
    '定义'
    """

    letter: str
    english: str
    name: str
    planning: str
    """制订绩效计划时做什么。"""
    improving: str
    """改善绩效时做什么。"""
    output: str
    """这一步交出什么。"""


DCDIER = (
    DcdierStep(
        *("D", "Define", "定义"),
        "由战略目标定出指标、公式、方向与权重",
        "写明谁、哪个指标、差多少、何时要达到",
        "指标字典、目标值",
    ),
    DcdierStep(
        *("C", "Collect", "采集"),
        "确认数据源、口径与频率，校准评分",
        "取齐近几个月的数据与样本量，先查数据再查人",
        "核对过的数据",
    ),
    DcdierStep(
        *("D", "Diagnose", "诊断"),
        "检验绩效公式与战略、员工目标、技能是否一致",
        "把差距拆到过程指标与技能，找出主因",
        "主因与证据",
    ),
    DcdierStep(
        *("I", "Improve", "改进"),
        "改权重、改目标、改不可控的指标",
        "针对主因定措施、责任人与期限",
        "改进方案",
    ),
    DcdierStep(
        *("E", "Execute", "执行"),
        "公布计划，按周期算分并反馈",
        "按方案辅导，监控过程指标",
        "执行记录",
    ),
    DcdierStep(
        *("R", "Review", "评估"),
        "按季度复核相关性与目标，决定是否修订",
        "到期对照目标：结案、延长或换措施",
        "复盘结论",
    ),
)


def dcdier_table() -> pd.DataFrame:
    """DCDIER 六步（教学展开，非原典）列成一张表。

    Returns
    -------
    pandas.DataFrame
        列：次序、字母、英文、步骤、制订计划时、改善绩效时、产出。

    Examples
    --------
    >>> dcdier_table()["步骤"].tolist()
    ['定义', '采集', '诊断', '改进', '执行', '评估']
    """
    table = pd.DataFrame(
        DCDIER, columns=["字母", "英文", "步骤", "制订计划时", "改善绩效时", "产出"]
    )
    table.insert(0, "次序", range(1, len(DCDIER) + 1))
    return table
