"""现场：哪些问题、要哪些列？"""

from __future__ import annotations

from ccomlib.workbench.tool import Field, Tool

__all__ = ["TOOLS"]

GROUP = "现场"
DEMAND = (
    "need = erlang.required_agents("
    'table["预测量"].clip(lower=0.1), table["平均处理时长"], service_level=0.8)\n'
)

TOOLS = (
    Tool(
        "intraday.rolling_service_level",
        "最近一小时服务水平怎样？（滚动服务水平）",
        GROUP,
        (
            Field("offered", "呼入量", "numbers", "呼入量"),
            Field("answered_in_target", "目标秒数内接起量", "numbers", "20秒接起量"),
            Field("window", "滚动几个时段", "integer", 2, optional=True),
            Field("target", "目标（小数）", "number", 0.8, optional=True),
        ),
        positional=2,
        labelled=True,
        example="live_day",
        only=("队列", "报修"),
        label="时段",
    ),
    Tool(
        "intraday.state_log",
        "坐席的时间花在哪里？（占用率与损耗率）",
        GROUP,
        (),
        takes_table=True,
        example="state_log",
    ),
    Tool(
        "evaluation.evaluate_day",
        "排好的班当天执行得怎样？（当日评估）",
        GROUP,
        (),
        takes_table=True,
        example="live_day",
        only=("队列", "报修"),
        prepare=(DEMAND + 'table = table.assign(需求人数=need.agents, 排班人数=table["计划人数"])'),
    ),
    Tool(
        "evaluation.heatmap",
        "哪天、哪个时段总是缺人？（余缺热力图）",
        GROUP,
        (),
        takes_table=True,
        example="calls_interval",
        only=("队列", "咨询"),
        prepare=(
            'table = table[table["日期"].between("2025-05-05", "2025-05-18")]\n'
            'need = erlang.required_agents(table["呼入量"], table["平均处理时长"])\n'
            "table = table.assign(需求人数=need.agents)"
        ),
    ),
    Tool(
        "evaluation.loss_chain",
        "班上的人走到在线，每一步少了几个？（人数的链）",
        GROUP,
        (
            Field("weekday", "哪个星期（周一、周二……）", "value", optional=True, sample="周一"),
            Field("first", "从哪个时段", "value", "08:30", optional=True),
            Field("last", "到哪个时段", "value", "11:00", optional=True),
        ),
        positional=0,
        takes_table=True,
        example="staff_interval",
    ),
    Tool(
        "evaluation.service_level",
        "各种口径的服务水平是多少？（服务水平口径）",
        GROUP,
        (
            Field("offered", "呼入量", "numbers", "呼入量"),
            Field("answered", "接起量", "numbers", "接起量"),
            Field("answered_in_target", "目标秒数内接起量", "numbers", "20秒接起量"),
            Field("abandoned", "放弃量", "numbers", "放弃量", optional=True),
        ),
        positional=4,
        example="calls_interval",
        only=("日期", "2025-03-20"),
        grouped=("时段", "sum"),
    ),
    Tool(
        "evaluation.adherence",
        "照班表上班了吗？（遵守率、占用率、利用率）",
        GROUP,
        (
            Field(
                "by",
                "按什么看",
                "choice",
                "工号",
                tuple((name, name) for name in ("工号", "班组", "日期", "班次")),
                optional=True,
                sample="班组",
            ),
        ),
        positional=0,
        takes_table=True,
        example="agent_day",
    ),
)
