"""预测、容量与排班：哪些问题、要哪些列？"""

from __future__ import annotations

from ccomlib.workbench.tool import Field, Tool

__all__ = ["TOOLS"]

GROUP = "预测排班"
QUEUE = ("队列", "咨询")
HISTORY = Field("series", "历史的一列数", "numbers", "呼入量")
HORIZON = Field("horizon", "往后几期", "integer", 28)
SEASON = Field("season", "几期一个周期", "integer", 7)
VALUE = Field("value", "看哪一列", "column", "呼入量", optional=True)
AHT = Field("aht", "平均处理时长（秒）", "numbers", "平均处理时长")


def _forecast(function: str, method: str) -> Tool:
    return Tool(
        function,
        f"以后几期会有多少？（{method}）",
        GROUP,
        (HISTORY, HORIZON, SEASON),
        positional=3,
        labelled=True,
        example="calls_daily",
        only=QUEUE,
        label="日期",
    )


TOOLS = (
    _forecast("forecast.holt_winters", "霍尔特-温特斯"),
    _forecast("forecast.same_weekday_mean", "同期平均"),
    _forecast("forecast.moving_average", "移动平均"),
    _forecast("forecast.seasonal_naive", "季节朴素"),
    Tool(
        "forecast.backtest",
        "哪种预测方法最准？（滚动回测）",
        GROUP,
        (
            HISTORY,
            Field("horizon", "每次往后几期", "integer", 28),
            SEASON,
            Field("folds", "测几次", "integer", 4),
        ),
        positional=1,
        labelled=True,
        example="calls_daily",
        only=QUEUE,
        label="日期",
    ),
    Tool(
        "forecast.accuracy",
        "预测准不准？（WAPE 与偏差）",
        GROUP,
        (
            Field("actual", "实际", "numbers", "呼入量"),
            Field("forecast", "预测", "numbers", "预测量"),
        ),
        positional=2,
        labelled=True,
        example="live_day",
        only=("队列", "报修"),
        label="时段",
    ),
    Tool(
        "forecast.residual_validity",
        "预测的误差里还有规律吗？（残差检验）",
        GROUP,
        (
            Field("residuals", "残差（实际 − 预测）", "numbers", "残差"),
            Field("lags", "看几期以内的自相关", "integer", optional=True, sample=14),
        ),
        labelled=True,
        example="calls_daily",
        only=QUEUE,
        prepare=(
            'table["残差"] = table["呼入量"] - table["呼入量"].shift(7)\ntable = table.tail(180)'
        ),
        label="日期",
    ),
    Tool(
        "traffic.clean",
        "平台导出的话务表有什么毛病？（清洗）",
        GROUP,
        (
            VALUE,
            Field(
                "fill",
                "缺的时段",
                "choice",
                "",
                (("只列出来", ""), ("用同星期同时段的中位数补", "median")),
                optional=True,
            ),
        ),
        positional=0,
        takes_table=True,
        example="calls_export",
    ),
    Tool(
        "traffic.reliability",
        "话务模型信得过吗？（离散系数）",
        GROUP,
        (VALUE,),
        positional=0,
        takes_table=True,
        example="calls_interval",
        only=QUEUE,
    ),
    Tool(
        "traffic.build_model",
        "下一个时段会来多少电话？（话务模型）",
        GROUP,
        (
            VALUE,
            Field(
                "shape_by",
                "时段曲线怎样分",
                "choice",
                "日型",
                (("工作日与周末", "日型"), ("每个星期几一条", "星期"), ("不分", "不分")),
                optional=True,
            ),
        ),
        positional=0,
        takes_table=True,
        example="calls_interval",
        only=QUEUE,
    ),
    Tool(
        "erlang.required_agents",
        "要几个人才达标？（Erlang C 与 A）",
        GROUP,
        (
            Field("calls", "每个时段的来电量", "numbers", "呼入量"),
            AHT,
            Field("service_level", "服务水平目标（小数）", "number", 0.8, optional=True),
            Field("target", "目标秒数", "number", 20, optional=True),
            Field("patience", "平均耐心（秒，空着用 Erlang C）", "number", optional=True),
            Field("shrinkage", "损耗率（小数）", "number", 0.0, optional=True, sample=0.3),
        ),
        positional=2,
        labelled=True,
        example="calls_interval",
        only=("日期", "2025-03-10"),
        prepare='table = table[table["队列"] == "咨询"]',
        label="时段",
    ),
    Tool(
        "erlang.performance",
        "有这么多人，服务得怎样？（Erlang C 与 A）",
        GROUP,
        (
            Field("calls", "每个时段的来电量", "numbers", "呼入量"),
            AHT,
            Field("agents", "在岗人数", "numbers", "在岗人数"),
            Field("target", "目标秒数", "number", 20, optional=True),
            Field(
                "patience", "平均耐心（秒，空着用 Erlang C）", "number", optional=True, sample=140
            ),
        ),
        positional=3,
        labelled=True,
        example="calls_interval",
        only=("日期", "2025-03-10"),
        prepare='table = table[table["队列"] == "咨询"]',
        label="时段",
    ),
    Tool(
        "erlang.estimate_patience",
        "来电者平均肯等多久？（平均耐心）",
        GROUP,
        (
            Field("waits", "每通的等待（秒）", "numbers", "等待秒"),
            Field("abandoned", "是否放弃（1 与 0）", "numbers", "放弃"),
        ),
        positional=2,
        example="calls_sample",
        prepare='table["放弃"] = table["结果"].eq("放弃").astype(int)',
    ),
    Tool(
        "capacity.volume_forecast",
        "未来每个月来多少电话？（逐月预测）",
        GROUP,
        (Field("months", "往后几个月", "integer", 18, optional=True),),
        takes_table=True,
        example="calls_daily",
    ),
    Tool(
        "capacity.monthly_need",
        "每个月要养多少人？（月度人力）",
        GROUP,
        (
            Field("calls", "每月呼入量", "numbers", "呼入量"),
            Field("aht", "平均处理时长（秒）", "number", 270.0),
            Field("days", "每人每月付薪的工作日", "number", 22),
            Field("occupancy", "在线时间里忙的比例", "number", 0.8, optional=True),
            Field("shrinkage", "损耗率（小数）", "number", 0.3, optional=True),
            Field("efficiency", "排班有效率（小数）", "number", 1.0, optional=True),
        ),
        positional=3,
        labelled=True,
        example="calls_daily",
        grouped=("日期", "sum", "M"),
        prepare='table = table.assign(月份=table["日期"].dt.strftime("%Y-%m")).tail(12)',
        label="月份",
    ),
    Tool(
        "capacity.hiring_plan",
        "每个月该启动招几个人？（招聘计划）",
        GROUP,
        (
            Field("need", "每月需要的人数（含损耗）", "numbers", "需要人数"),
            Field("start_headcount", "第一个月月初的人数", "number", 240),
            Field("attrition", "月离职率（小数）", "number", 0.03),
            Field("lead_months", "从决定招到上岗几个月", "integer", 2),
        ),
        positional=4,
        labelled=True,
        example="calls_daily",
        grouped=("日期", "sum", "M"),
        prepare=(
            'table = table.assign(月份=table["日期"].dt.strftime("%Y-%m")).tail(12)\n'
            'table["需要人数"] = (table["呼入量"] / table["呼入量"].iloc[0] * 240).round()'
        ),
        label="月份",
    ),
    Tool(
        "scheduling.fit",
        "排的人数贴着需求吗？（贴合度）",
        GROUP,
        (
            Field("required", "需求人数", "numbers", "计划人数"),
            Field("staffed", "排班（在岗）人数", "numbers", "在岗人数"),
        ),
        positional=2,
        labelled=True,
        example="live_day",
        only=QUEUE,
        label="时段",
    ),
    Tool(
        "criteria.evaluate",
        "班务好不好？（利用率、人性化、公平性）",
        GROUP,
        (),
        takes_table=True,
        example="roster",
    ),
)
