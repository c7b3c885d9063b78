"""绩效模板：前台、后台的岗位常考核什么，权重怎么配？"""

from __future__ import annotations

import pandas as pd

from .direction import HIGH, LOW

__all__ = ["OFFICES", "templates"]

OFFICES = ("前台", "后台")
NOTE = "示例，非标准"

# 岗位类别、岗位：指标、权重、方向、常用口径
TEMPLATES = (
    ("前台", "一线座席", "质量", 35, HIGH, "质检平均分，每月样本不少于约定通数"),
    ("前台", "一线座席", "效率", 25, LOW, "平均处理时长，与同队列、同技能的人比"),
    ("前台", "一线座席", "满意", 25, HIGH, "客户满意率，样本不足 30 不单独计"),
    ("前台", "一线座席", "遵时", 15, HIGH, "遵守秒 ÷ 排班秒"),
    ("前台", "班组长", "班组质量", 30, HIGH, "班组质检平均分"),
    ("前台", "班组长", "班组满意", 25, HIGH, "班组客户满意率"),
    ("前台", "班组长", "辅导", 25, HIGH, "辅导按期完成率与被辅导人的改善"),
    ("前台", "班组长", "稳定", 20, LOW, "班组主动离职率"),
    ("后台", "质检、培训、排班等支撑", "时效", 30, HIGH, "按期交付件数 ÷ 应交付件数"),
    ("后台", "质检、培训、排班等支撑", "准确", 30, HIGH, "抽检无差错件数 ÷ 抽检件数"),
    ("后台", "质检、培训、排班等支撑", "支撑满意", 25, HIGH, "前台对支撑的评分"),
    ("后台", "质检、培训、排班等支撑", "项目", 15, HIGH, "改善项目的节点达成率"),
    ("后台", "工单处理", "时效", 35, HIGH, "时限内办结件数 ÷ 应办结件数"),
    ("后台", "工单处理", "准确", 30, HIGH, "无返工件数 ÷ 办结件数"),
    ("后台", "工单处理", "一次解决", 20, HIGH, "不再次来电的工单 ÷ 办结工单"),
    ("后台", "工单处理", "遵时", 15, HIGH, "遵守秒 ÷ 排班秒"),
)


def templates(office: str | None = None) -> pd.DataFrame:
    """前台、后台关键岗位常见的绩效设计；都是示例，不是标准。

    Parameters
    ----------
    office : "前台" 或 "后台"；不给则全部列出。

    Returns
    -------
    pandas.DataFrame
        列：岗位类别、岗位、指标、权重、方向、口径、说明；每个岗位的权重合计 100。

    Raises
    ------
    ValueError
        office 不是 前台 或 后台。

    Examples
    --------
    >>> front = templates("前台")
    >>> front.loc[front["岗位"] == "一线座席", ["指标", "权重"]].to_numpy().tolist()
    [['质量', 35], ['效率', 25], ['满意', 25], ['遵时', 15]]
    """
    if office is not None and office not in OFFICES:
        raise ValueError(f"office 是 {office!r}，应是 {'、'.join(OFFICES)} 之一，或不写。")
    table = pd.DataFrame(
        TEMPLATES, columns=["岗位类别", "岗位", "指标", "权重", "方向", "口径"]
    ).assign(说明=NOTE)
    if office is None:
        return table
    return table[table["岗位类别"] == office].reset_index(drop=True)
