"""培训：哪些问题、要哪些列？"""

from __future__ import annotations

from ccomlib.workbench.tool import Field, Tool

__all__ = ["TOOLS"]

GROUP = "培训"
ITEMS = tuple(f"题{number:02d}" for number in range(1, 21))
PAPER = ("课程", "空调故障诊断")
PREREQUISITES = Field("prerequisites", "先修", "column", "先修")

TOOLS = (
    Tool(
        "training.paired_effect",
        "训前训后提高显著吗？（配对检验与增益）",
        GROUP,
        (
            Field("pre", "训前的分", "numbers", "前测"),
            Field("post", "训后的分", "numbers", "后测"),
            Field("full", "满分", "number", 100, optional=True),
        ),
        positional=2,
        labelled=True,
        example="training",
        only=PAPER,
    ),
    Tool(
        "training.trainer_courseware",
        "成绩差异归讲师还是归课件？（双因素分析）",
        GROUP,
        (
            Field("score", "训后的成绩", "column", "后测"),
            Field("before", "训前的成绩", "column", "前测"),
            Field("trainer", "讲师", "column", "讲师"),
            Field("courseware", "课件", "column", "课件"),
        ),
        positional=0,
        takes_table=True,
        example="training",
    ),
    Tool(
        "training.difference_in_differences",
        "培训真的起作用了吗？（双重差分）",
        GROUP,
        (
            Field("value", "看哪个指标", "column", "抽查得分"),
            Field("start", "训后第一期", "value", 5),
            Field("group", "组别在哪一列", "column", "组别"),
            Field("treated", "受训组叫什么", "value", "试点"),
            Field("control", "对照组叫什么", "value", "对照"),
            Field("time", "时间", "column", "周"),
            Field("person", "工号", "column", "工号"),
        ),
        positional=0,
        takes_table=True,
        example="training_pilot",
    ),
    Tool(
        "training.fit_learning_curve",
        "新人几周达到标准？（学习曲线）",
        GROUP,
        (
            Field("weeks", "上岗后第几周", "numbers", "周次"),
            Field("values", "各周的值（处理时长、质检分）", "numbers", "平均处理时长"),
            Field("standard", "达标的标准", "number", optional=True, sample=290),
        ),
        positional=2,
        example="agent_day",
        prepare=(
            'staff = centre.open_centre(2025).agents.set_index("工号")\n'
            'days = table["日期"] - table["工号"].map(staff["入职日期"])\n'
            'table["周次"] = days.dt.days // 7 + 1\n'
            'table = table[table["周次"] <= 26].groupby("周次", as_index=False).mean(numeric_only=True)'
        ),
    ),
    Tool(
        "training.training_plan",
        "课时有限，开哪几门课？（培训计划）",
        GROUP,
        (
            Field("hours", "课时预算", "number", 120),
            Field("course", "课程", "column", "课程编号"),
            Field("cost", "课时", "column", "学时"),
            Field("benefit", "收益", "column", "预计提升"),
            PREREQUISITES,
        ),
        takes_table=True,
        example="courses",
    ),
    Tool(
        "competency.learning_map",
        "课程谁先谁后，最短几天学完？（学习地图）",
        GROUP,
        (
            Field("course", "课程", "column", "课程编号"),
            Field("days", "天数", "column", "天数"),
            PREREQUISITES,
        ),
        positional=0,
        takes_table=True,
        example="courses",
    ),
    Tool(
        "training.training_slots",
        "一天里哪几段抽得出人培训？（培训时段）",
        GROUP,
        (
            Field("calls", "预测来电量", "column", "呼入量"),
            Field("aht", "平均处理时长（秒）", "column", "平均处理时长"),
            Field("staffed", "已排的在岗人数", "column", "在岗人数"),
            Field("slots", "一次占几个时段", "integer", 2, optional=True),
        ),
        positional=0,
        takes_table=True,
        example="calls_interval",
        only=("日期", "2025-03-12"),
        prepare='table = table[(table["队列"] == "报修") & table["时段"].between("08:00", "19:30")]',
    ),
    Tool(
        "item_analysis.item_analysis",
        "哪些题太难、太易、分不出好坏？（题目分析）",
        GROUP,
        (Field("scores", "各题的得分（一列一题）", "several", ITEMS),),
        labelled=True,
        example="training_items",
        only=PAPER,
        label="学员工号",
    ),
    Tool(
        "item_analysis.cronbach_alpha",
        "总分靠得住吗？（Cronbach α）",
        GROUP,
        (
            Field(
                "scores",
                "各题的得分（一列一题）",
                "several",
                (
                    "语气亲和",
                    "耐心倾听",
                    "表达清楚",
                    "需求确认",
                    "提问到位",
                    "答案准确",
                    "方案完整",
                ),
            ),
        ),
        example="qa_scores",
    ),
    Tool(
        "item_analysis.kr20",
        "对错题的卷子靠得住吗？（KR-20）",
        GROUP,
        (Field("scores", "各题的对错（1 与 0）", "several", ITEMS),),
        labelled=True,
        example="training_items",
        only=PAPER,
        label="学员工号",
    ),
)
