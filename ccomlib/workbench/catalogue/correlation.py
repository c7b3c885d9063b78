"""相关与回归：哪些问题、要哪些列？"""

from __future__ import annotations

from ccomlib.workbench.tool import Field, Tool

__all__ = ["TOOLS"]

GROUP = "相关与回归"
METHOD = Field(
    "method",
    "看什么关系",
    "choice",
    "pearson",
    (("直线关系（皮尔逊）", "pearson"), ("只看名次（斯皮尔曼）", "spearman")),
    optional=True,
)

TOOLS = (
    Tool(
        "correlation.correlate",
        "两个指标相关吗？（相关系数与散点图）",
        GROUP,
        (
            Field("x", "横轴的指标", "numbers", "质检分"),
            Field("y", "纵轴的指标", "numbers", "满意度"),
            Field("group", "分组（如班组），核对相关会不会反过来", "labels", "", optional=True),
            METHOD,
        ),
        positional=2,
        labelled=True,
        example="perf_month",
        only=("月份", "2025-06-01"),
        label="工号",
    ),
    Tool(
        "correlation.correlation_matrix",
        "一张表里哪些指标相关？（相关矩阵，Holm 校正）",
        GROUP,
        (
            Field(
                "columns",
                "看哪几列",
                "names",
                ("质检分", "满意度", "一次解决率", "时长比", "遵守率", "延保推荐量", "客户留存率"),
            ),
            Field("against", "只看与这一列的相关", "column", optional=True),
            METHOD,
        ),
        takes_table=True,
        example="perf_month",
        only=("月份", "2025-06-01"),
    ),
    Tool(
        "correlation.item_total",
        "哪一项与总分脱节？（校正的题总相关）",
        GROUP,
        (
            Field(
                "weights",
                "总分由哪几项相加",
                "names",
                (
                    "语气亲和",
                    "耐心倾听",
                    "表达清楚",
                    "需求确认",
                    "提问到位",
                    "答案准确",
                    "方案完整",
                    "主动告知",
                    "操作规范",
                ),
            ),
        ),
        takes_table=True,
        example="qa_scores",
    ),
    Tool(
        "regression.fit",
        "哪些因素解释得了这个结果？（多元回归）",
        GROUP,
        (
            Field("target", "结果", "column", "客户留存率"),
            Field(
                "predictors",
                "因素（可选几列）",
                "names",
                ("质检分", "满意度", "一次解决率", "时长比", "遵守率", "延保推荐量"),
            ),
            Field(
                "ordered",
                "各行按时间先后排列",
                "choice",
                False,
                (("否", False), ("是", True)),
                optional=True,
            ),
        ),
        positional=2,
        takes_table=True,
        labelled=True,
        example="perf_month",
        only=("月份", "2025-06-01"),
        label="工号",
    ),
)
