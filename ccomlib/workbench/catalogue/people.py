"""人员流失：哪些问题、要哪些列？"""

from __future__ import annotations

from ccomlib.workbench.tool import Field, Tool

__all__ = ["TOOLS"]

GROUP = "调查与流失"
PERSON = Field("person", "工号", "column", "工号")
HIRED = Field("hired", "入职日期", "column", "入职日期")
LEFT = Field("left", "离职日期", "column", "离职日期")
SINCE = Field(
    "hired_from", "只看这天以后入职的（如 2025-01-01）", "value", optional=True, sample="2024-07-01"
)
DENOMINATOR = Field(
    "denominator",
    "分母",
    "choice",
    "average",
    (("月初与月末的平均", "average"), ("月初人数", "opening")),
    optional=True,
)

TOOLS = (
    Tool(
        "attrition.monthly",
        "每个月走了多少人？（由花名册算流失率）",
        GROUP,
        (
            PERSON,
            HIRED,
            LEFT,
            Field("start", "从哪个月（如 2025-01）", "value", optional=True),
            Field("end", "到哪个月", "value", optional=True),
            DENOMINATOR,
        ),
        positional=0,
        takes_table=True,
        example="agents",
    ),
    Tool(
        "attrition.monthly_counts",
        "每个月流失率多高？（由每月人数算）",
        GROUP,
        (
            Field("month", "月份", "column", "月份"),
            Field("opening", "月初人数", "column", "月初人数"),
            Field("closing", "月末人数", "column", "月末人数"),
            Field("leavers", "离职人数（不含调出）", "column", "离职人数"),
            Field("transfers_in", "调入人数", "column", optional=True),
            Field("transfers_out", "调出人数", "column", optional=True),
            DENOMINATOR,
        ),
        positional=0,
        takes_table=True,
        example="headcount",
        grouped=("月份", "sum"),
    ),
    Tool(
        "attrition.tenure_survival",
        "新人能留多久？（留任曲线）",
        GROUP,
        (
            PERSON,
            HIRED,
            LEFT,
            Field("by", "按哪一列分组比较", "column", "通勤", optional=True),
            SINCE,
        ),
        positional=0,
        takes_table=True,
        example="agents",
        prepare=(
            'table["通勤"] = table["通勤分钟"].gt(60)'
            '.map({True: "60 分钟以上", False: "60 分钟以内"})'
        ),
    ),
    Tool(
        "attrition.early_leavers",
        "新人头 90 天走了几成？（早离率）",
        GROUP,
        (
            PERSON,
            HIRED,
            LEFT,
            Field("days", "头几天算早走", "integer", 90, optional=True),
            Field("by", "按哪一列分批（空着是入职月份）", "column", optional=True),
            SINCE,
        ),
        positional=0,
        takes_table=True,
        example="agents",
    ),
)
