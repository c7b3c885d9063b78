"""控制图与过程能力：哪些问题、要哪些列？"""

from __future__ import annotations

from dataclasses import replace

from ccomlib.workbench.tool import Field, Tool

__all__ = ["TOOLS"]

GROUP = "控制图"
CAPABILITY = "过程能力"
RULES = Field(
    "rules",
    "用哪套规则",
    "choice",
    "68135",
    (
        ("6、8、1、3、5（课程默认）", "68135"),
        ("只看超出 ±3σ", "1"),
        ("Western Electric", "western_electric"),
        ("Nelson", "nelson"),
        ("Minitab 全部八条", "minitab"),
        ("Minitab 计数图四条", "minitab_attribute"),
    ),
    optional=True,
)
BASELINE = Field("baseline", "前几点算界限（空着是全部）", "integer", optional=True)
COUNT = Field("count", "出现次数", "numbers")
TOTAL = Field("n", "总数", "numbers")
PER = Field("per", "按多少个为一份（每万通写 10000）", "integer", 10000)
VALUE = Field("value", "看哪一列数", "column")
SUBGROUP = Field("subgroup", "按哪一列分组", "column")


def _at(field: Field, default: object) -> Field:
    return replace(field, default=default)


TOOLS = (
    Tool(
        "control_chart.choose_chart",
        "该用哪种控制图？（控制图选择）",
        GROUP,
        (
            Field(
                "kind",
                "数是怎样来的",
                "choice",
                "attribute",
                (("数出来的（件数）", "attribute"), ("量出来的（时长、分数）", "variable")),
            ),
            Field(
                "counting",
                "数出来的：一个对象算几次",
                "choice",
                "",
                (("（不选）", ""), ("只算是或不是", "items"), ("可以有几件", "events")),
                optional=True,
                sample="events",
            ),
            Field("count", "数出来的：出现次数", "numbers", "投诉件数", optional=True),
            Field("n", "数出来的：总数", "numbers", "呼入量", optional=True),
            Field("subgroup_size", "量出来的：每期几个", "integer", optional=True),
        ),
        example="complaints_daily",
    ),
    Tool(
        "control_chart.xmr",
        "每期一个数，失控了吗？（XmR 图）",
        GROUP,
        (
            Field("values", "每期的数", "numbers", "平均处理时长"),
            replace(BASELINE, sample=58),
            RULES,
        ),
        labelled=True,
        example="calls_daily",
        only=("队列", "报修"),
        prepare='table = table[table["日期"].between("2025-03-01", "2025-05-31")]',
        label="日期",
    ),
    Tool(
        "control_chart.xbar_r",
        "每期抽几个，均值与极差失控了吗？（均值极差图）",
        GROUP,
        (_at(VALUE, "得分"), _at(SUBGROUP, "日期"), BASELINE, RULES),
        positional=0,
        takes_table=True,
        example="qa_scores",
        prepare=(
            'table = table.groupby("评分日期").head(5).rename(columns={"评分日期": "日期"})\n'
            'table = table[table.groupby("日期")["得分"].transform("size") == 5].tail(200)'
        ),
    ),
    Tool(
        "control_chart.xbar_s",
        "每期抽得多，均值与标准差失控了吗？（均值标准差图）",
        GROUP,
        (_at(VALUE, "平均处理时长"), _at(SUBGROUP, "日期"), BASELINE, RULES),
        positional=0,
        takes_table=True,
        example="agent_day",
        only=("班组", "1组"),
        prepare='table = table[table["日期"] >= "2025-04-01"]',
    ),
    Tool(
        "control_chart.p_chart",
        "比例失控了吗？（p 图）",
        GROUP,
        (_at(COUNT, "收费不符"), _at(TOTAL, "行数"), replace(BASELINE, sample=14), RULES),
        positional=2,
        labelled=True,
        example="complaints",
        prepare=(
            'table["周"] = table["受理时间"].dt.to_period("W").dt.start_time\n'
            'table = table.assign(收费不符=table["二级原因"] == "收费不符", 行数=1)\n'
            'table = table.groupby("周", as_index=False)[["收费不符", "行数"]].sum()'
        ),
        label="周",
    ),
    Tool(
        "control_chart.np_chart",
        "每期抽一样多，不合格个数失控了吗？（np 图）",
        GROUP,
        (_at(COUNT, "低于75分"), _at(TOTAL, "行数"), BASELINE, RULES),
        positional=2,
        labelled=True,
        example="qa_scores",
        prepare=(
            'table["周"] = table["评分日期"].dt.to_period("W").dt.start_time\n'
            'table = table.groupby("周").head(100).assign(低于75分=table["总分"] < 75, 行数=1)\n'
            'table = table.groupby("周", as_index=False)[["低于75分", "行数"]].sum()\n'
            'table = table[table["行数"] == 100]'
        ),
        label="周",
    ),
    Tool(
        "control_chart.c_chart",
        "件数失控了吗？（c 图）",
        GROUP,
        (_at(COUNT, "投诉件数"), replace(BASELINE, sample=46), RULES),
        labelled=True,
        example="complaints_daily",
        prepare='table = table[table["日期"].between("2025-03-01", "2025-06-15")]',
        label="日期",
    ),
    Tool(
        "control_chart.u_chart",
        "每单位的件数失控了吗？（u 图）",
        GROUP,
        (_at(COUNT, "投诉件数"), _at(TOTAL, "呼入量"), PER, BASELINE, RULES),
        positional=2,
        labelled=True,
        example="complaints_daily",
        grouped=("日期", "sum", "W"),
        label="日期",
    ),
    Tool(
        "control_chart.laney_p",
        "总数很大时比例失控了吗？（Laney p′ 图）",
        GROUP,
        (_at(COUNT, "放弃量"), _at(TOTAL, "呼入量"), BASELINE, RULES),
        positional=2,
        labelled=True,
        example="calls_interval",
        only=("队列", "咨询"),
        grouped=("日期", "sum"),
        label="日期",
    ),
    Tool(
        "control_chart.laney_u",
        "总数很大时每单位的件数失控了吗？（Laney u′ 图）",
        GROUP,
        (_at(COUNT, "投诉件数"), _at(TOTAL, "呼入量"), PER, BASELINE, RULES),
        positional=2,
        labelled=True,
        example="complaints_daily",
        prepare='table = table[table["日期"] < "2025-04-16"]',
        label="日期",
    ),
    Tool(
        "control_chart.special_causes",
        "中心线与 σ 已经定了，哪些点异常？（只判规则）",
        GROUP,
        (
            Field("values", "每期的数", "numbers", "万通投诉"),
            Field("center", "中心线", "number", 11.0),
            Field("sigma", "一个 σ", "number", 3.5),
            RULES,
        ),
        positional=3,
        labelled=True,
        example="complaints_daily",
        prepare='table = table[table["日期"].between("2025-03-01", "2025-04-22")]',
        label="日期",
    ),
    Tool(
        "capability.capability",
        "过程够不够好？（过程能力 Cp、Cpk）",
        CAPABILITY,
        (
            Field("values", "每期的数", "numbers", "得分"),
            Field("lower", "要求的下限", "number", optional=True, sample=80),
            Field("upper", "要求的上限", "number", optional=True),
            RULES,
        ),
        labelled=True,
        example="qa_scores",
        grouped=("评分日期", "mean"),
        label="评分日期",
    ),
    Tool(
        "capability.proportion_capability",
        "比例指标够不够好？（DPMO 与西格玛水平）",
        CAPABILITY,
        (_at(COUNT, "缺陷"), _at(TOTAL, "行数"), RULES),
        positional=2,
        labelled=True,
        example="process_nodes",
        only=("节点", "备件"),
        grouped=("进入时间", "sum", "W"),
        label="进入时间",
    ),
)
