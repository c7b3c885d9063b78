"""绩效、胜任力与知识：哪些问题、要哪些列？"""

from __future__ import annotations

from ccomlib.workbench.tool import Field, Tool

__all__ = ["TOOLS"]

GROUP = "绩效"
DIRECTION = Field(
    "direction",
    "指标的方向",
    "choice",
    "越高越好",
    (("越高越好", "越高越好"), ("越低越好", "越低越好")),
    optional=True,
)
SKILLS = ("系统操作", "知识检索", "打字记录", "产品知识", "沟通表达", "情绪管理")

TOOLS = (
    Tool(
        "performance.set_target",
        "目标值定多少，凭什么？（目标设定）",
        GROUP,
        (
            Field("history", "过去各期的值", "numbers", "质检分"),
            DIRECTION,
            Field("benchmark", "同行（或各组）的值", "numbers", optional=True),
        ),
        labelled=True,
        example="perf_month",
        grouped=("月份", "mean"),
        label="月份",
    ),
    Tool(
        "performance.skill_decomposition",
        "先训练哪一项技能？（绩效拆到技能）",
        GROUP,
        (
            Field("outcome", "绩效结果", "column", "平均处理时长"),
            Field("skills", "技能分（2 到 10 项）", "names", SKILLS),
            Field(
                "direction",
                "结果的方向",
                "choice",
                "越高越好",
                DIRECTION.choices,
                optional=True,
                sample="越低越好",
            ),
        ),
        positional=2,
        takes_table=True,
        example="skill_tests",
        prepare=(
            "month = centre.open_centre(2025).perf_month\n"
            'month = month[month["月份"] == "2025-06-01"]\n'
            'table = table.merge(month[["工号", "平均处理时长"]], on="工号")'
        ),
    ),
    Tool(
        "performance.improvement_list",
        "谁连续没达标，要列入改进？（改进名单）",
        GROUP,
        (
            Field("score", "得分", "column", "绩效总分"),
            Field("person", "工号", "column", "工号"),
            Field("month", "月份", "column", "月份"),
            Field("threshold", "达标的门槛（分）", "number", 80, optional=True, sample=60),
            Field("months", "连续几个月", "integer", 2, optional=True, sample=3),
        ),
        positional=0,
        takes_table=True,
        example="perf_month",
    ),
    Tool(
        "competency.competency_gaps",
        "能力差在哪里，先补哪一项？（能力差距）",
        GROUP,
        (
            Field("person", "工号", "column", "工号"),
            Field("competency", "能力", "column", "能力"),
            Field("required", "要求等级", "column", "要求等级"),
            Field("current", "现状等级", "column", "现状等级"),
            Field("criticality", "关键度", "column", "关键度"),
            Field("frequency", "使用频率", "column", "使用频率"),
        ),
        positional=0,
        takes_table=True,
        example="skill_matrix",
        only=("级别", "初级"),
    ),
    Tool(
        "competency.known_groups",
        "这些能力分得开绩优与一般吗？（已知组检验）",
        GROUP,
        (
            Field("competencies", "能力项", "names", SKILLS),
            Field("group", "绩效组在哪一列", "column", "绩效组"),
            Field("top", "绩优组叫什么", "value", "绩优"),
            Field("rest", "一般组叫什么", "value", "一般"),
        ),
        takes_table=True,
        example="skill_tests",
        prepare=(
            "month = centre.open_centre(2025).perf_month\n"
            'score = month.groupby("工号")["质检分"].mean().reindex(table["工号"]).to_numpy()\n'
            'table["绩效组"] = pd.cut(score, [0, 82, 86, 100], labels=["一般", "中间", "绩优"])\n'
            'table = table.dropna().astype({"绩效组": str})'
        ),
    ),
    Tool(
        "competency.check_cards",
        "知识卡片哪些矛盾、过期？（卡片检查）",
        GROUP,
        (
            Field("today", "今天是哪天（如 2025-06-30）", "value", "2025-06-30"),
            Field("card", "卡片编号", "column", "卡片编号"),
            Field(
                "keys",
                "这几列相同就是同一个问题",
                "names",
                ("队列", "一级分类", "二级分类", "条件"),
            ),
            Field("answer", "答案", "column", "答案"),
            Field("until", "有效期", "column", "失效日期"),
            Field(
                "fields", "必须填写的列", "names", ("队列", "一级分类", "条件", "答案", "失效日期")
            ),
        ),
        positional=0,
        takes_table=True,
        example="knowledge_cards",
    ),
    Tool(
        "competency.knowledge_tree",
        "知识分类哪里重叠、哪里遗漏？（知识树）",
        GROUP,
        (
            Field("card", "卡片编号", "column", "卡片编号"),
            Field("path", "分类路径（售后/退货）", "column", "分类"),
        ),
        positional=0,
        takes_table=True,
        example="knowledge_cards",
        prepare='table["分类"] = table["队列"] + "/" + table["一级分类"] + "/" + table["二级分类"]',
    ),
)
