"""投诉：哪些问题、要哪些列？"""

from __future__ import annotations

from ccomlib.workbench.tool import Field, Tool

__all__ = ["TOOLS"]

GROUP = "质检与投诉"
TICKET = Field("ticket", "工单号", "column", "工单号")
CUSTOMER = Field("customer", "客户号", "column", "客户号")
REASON = Field("reason", "原因", "column", "二级原因")
OPENED = Field("opened", "受理时间", "column", "受理时间")
CLOSED = Field("closed", "办结时间", "column", "办结时间")
KEYS = (TICKET, CUSTOMER, REASON, OPENED, CLOSED)
DAYS = Field("days", "办结后几天内再来算重复", "integer", 30, optional=True)

TOOLS = (
    Tool(
        "complaints.intake_completeness",
        "投诉登记填全了吗，谁漏得多？（登记完整率）",
        GROUP,
        (
            Field(
                "fields",
                "必填的栏",
                "names",
                ("客户号", "二级原因", "联系电话", "产品型号", "客户诉求", "期望时限"),
            ),
            Field("by", "按什么比较", "column", "责任单位", optional=True),
            TICKET,
        ),
        takes_table=True,
        example="complaints",
    ),
    Tool(
        "complaints.merge_duplicates",
        "同一件事登记了几次？（合并重复登记）",
        GROUP,
        (Field("hours", "相隔几小时以内算同一件", "number", 72, optional=True), *KEYS),
        positional=0,
        takes_table=True,
        example="complaints",
        prepare=(
            'again = table.iloc[::40].assign(工单号=lambda t: t["工单号"] + "补")\n'
            'again["受理时间"] += pd.to_timedelta(again.index * 7 % 290 + 5, "min")\n'
            "table = pd.concat([table, again], ignore_index=True)"
        ),
    ),
    Tool(
        "complaints.repeats",
        "重复投诉有多少？（重复率）",
        GROUP,
        (DAYS, Field("by", "按什么汇总", "column", "二级原因"), *KEYS),
        positional=0,
        takes_table=True,
        example="complaints",
    ),
    Tool(
        "complaints.escalations",
        "越级投诉归谁，事先有什么征兆？（越级分析）",
        GROUP,
        (
            Field("owner", "首接的人或组", "column", "首接班组"),
            Field("escalated", "是否越级", "column", "越级", optional=True),
            DAYS,
            *KEYS,
        ),
        positional=0,
        takes_table=True,
        example="complaints",
        prepare=(
            'team = centre.open_centre(2025).agents.set_index("工号")["班组"]\n'
            'table["首接班组"] = table["首接工号"].map(team)'
        ),
    ),
    Tool(
        "complaints.handling_indicators",
        "投诉办得快不快、兑现没有？（处理指标）",
        GROUP,
        (Field("by", "按什么分组", "column", "责任单位", optional=True), DAYS, *KEYS),
        positional=0,
        takes_table=True,
        example="complaints",
    ),
    Tool(
        "complaints.improvement_ranking",
        "先改哪个原因？（改进次序）",
        GROUP,
        (
            Field("by", "按什么排", "column", "二级原因"),
            Field("target", "重复率目标（小数，空着用下四分位）", "number", optional=True),
            DAYS,
            *KEYS,
        ),
        positional=0,
        takes_table=True,
        example="complaints",
    ),
    Tool(
        "complaints.review_empathy",
        "哪些同理心句合格？（同理心句检查）",
        GROUP,
        (Field("sentences", "话术", "labels", "句子"),),
        example="complaint_lines",
        only=("类别", "同理心"),
    ),
    Tool(
        "complaints.assign_steps",
        "每句话属于六步里的哪一步？（六步骤）",
        GROUP,
        (Field("utterances", "客服的话（按先后）", "labels", "句子"),),
        example="complaint_lines",
        only=("类别", "步骤"),
        prepare="table = table.head(12)",
    ),
)
