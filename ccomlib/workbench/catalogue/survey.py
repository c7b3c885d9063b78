"""满意度调查：哪些问题、要哪些列？"""

from __future__ import annotations

from ccomlib.workbench.tool import Field, Tool

__all__ = ["TOOLS"]

GROUP = "调查与流失"

TOOLS = (
    Tool(
        "survey.csat",
        "满意度是多少，误差多大？（满意度与区间）",
        GROUP,
        (
            Field("scores", "满意度的分", "numbers", "满意度", drop_empty=True),
            Field("top", "最高几档算满意", "integer", 2, optional=True),
            Field("population", "总体有多少位客户（问到的占得多时填）", "integer", optional=True),
        ),
        example="survey",
    ),
    Tool(
        "survey.nps",
        "净推荐值是多少？（NPS 与区间）",
        GROUP,
        (Field("scores", "推荐分（0 到 10）", "numbers", "推荐分", drop_empty=True),),
        example="survey",
    ),
    Tool(
        "survey.rank_groups",
        "谁的满意率可以排名？（分组排名）",
        GROUP,
        (
            Field("by", "按什么分组", "column", "工号"),
            Field("score", "满意度的分", "column", "满意度"),
            Field("min_n", "至少几份回复才排名", "integer", 30, optional=True),
        ),
        positional=2,
        takes_table=True,
        example="survey",
        only=("队列", "投诉"),
    ),
    Tool(
        "survey.response_check",
        "不回复的人一样多吗？（回复率检查）",
        GROUP,
        (
            Field("by", "按哪几列比较", "names", ("队列", "邀请方式")),
            Field("responded", "是否回复", "column", "回复"),
            Field("score", "满意度的分", "column", "满意度", optional=True),
        ),
        takes_table=True,
        example="survey",
    ),
)
