"""对比与校准：哪些问题、要哪些列？"""

from __future__ import annotations

from ccomlib.workbench.tool import Field, Tool

__all__ = ["TOOLS"]

GROUP = "对比与校准"
VALUE = Field("value", "比哪个指标", "column", "质检分")
TEAM = Field("group", "按什么分组", "column", "班组")
UNIT = Field("unit", "同一个人有许多行时，人的列", "column", "工号", optional=True)
GOOD = Field(
    "good",
    "指标的方向",
    "choice",
    "high",
    (("越大越好", "high"), ("越小越好", "low")),
    optional=True,
)
LOW_GOOD = Field(GOOD.name, GOOD.label, "choice", "high", GOOD.choices, optional=True, sample="low")
KIND = Field(
    "kind",
    "哪种比较",
    "choice",
    1,
    (
        ("配对：同一批录音、同一批人", 1),
        ("两批不同对象，方差相等", 2),
        ("两批不同对象，方差不等", 3),
    ),
)
RATERS = ("Q01", "Q02", "Q03", "Q04", "Q05", "Q06")
SCORES = Field("scores", "几位质检员的分（一列一位）", "several", RATERS)
WIDE = ("录音", "质检员", "得分")

TOOLS = (
    Tool(
        "comparison.sd_quadrants",
        "哪些组又好又稳？（均值 × 标准差四象限）",
        GROUP,
        (VALUE, TEAM, GOOD, UNIT),
        positional=2,
        takes_table=True,
        example="agent_day",
    ),
    Tool(
        "comparison.sd_analysis",
        "差异从哪里来？（标准差过程分析法）",
        GROUP,
        (
            Field("value", "比哪个指标", "column", "处理时长"),
            Field("group", "按什么分组", "column", "队列"),
            Field(
                "steps",
                "过程的步骤（相加等于指标）",
                "names",
                ("通话秒", "保持秒", "话后秒"),
                optional=True,
            ),
            LOW_GOOD,
        ),
        positional=2,
        takes_table=True,
        example="calls_sample",
        only=("结果", "接起"),
        prepare='table["处理时长"] = table["通话秒"] + table["保持秒"] + table["话后秒"]',
    ),
    Tool(
        "comparison.variance_split",
        "差异在组与组之间，还是在组里面？（组间组内方差）",
        GROUP,
        (VALUE, TEAM, UNIT),
        positional=2,
        takes_table=True,
        example="agent_day",
    ),
    Tool(
        "comparison.equal_variance",
        "各组一样稳吗？（Brown-Forsythe 检验）",
        GROUP,
        (Field("value", "比哪个指标", "column", "平均处理时长"), TEAM, UNIT),
        positional=2,
        takes_table=True,
        example="agent_day",
    ),
    Tool(
        "comparison.step_shares",
        "哪个步骤拉开了总时长？（方差份额）",
        GROUP,
        (
            Field("steps", "过程的步骤", "names", ("通话秒", "保持秒", "话后秒")),
            Field("total", "合计列", "column", optional=True),
        ),
        takes_table=True,
        example="calls_sample",
        only=("结果", "接起"),
    ),
    Tool(
        "comparison.anova",
        "几组的平均真的不同吗？（方差分析与两两比较）",
        GROUP,
        (Field("value", "比哪个指标", "column", "满意度"), TEAM, UNIT),
        positional=2,
        takes_table=True,
        example="agent_day",
    ),
    Tool(
        "comparison.benchmark_gap",
        "各组离标杆差多少？（标杆差距）",
        GROUP,
        (Field("value", "比哪个指标", "column", "平均处理时长"), TEAM, LOW_GOOD, UNIT),
        positional=2,
        takes_table=True,
        example="agent_day",
    ),
    Tool(
        "comparison.minimum_variance",
        "哪一组各项指标最稳？（最小方差）",
        GROUP,
        (TEAM, Field("indicators", "看哪些指标", "names", ("平均处理时长", "质检分", "满意度"))),
        takes_table=True,
        example="agent_day",
    ),
    Tool(
        "calibration.ttest",
        "两组平均有差异吗？（t 检验，同 Excel 的 T.TEST）",
        GROUP,
        (
            Field("a", "第一组的数", "numbers", "Q01"),
            Field("b", "第二组的数", "numbers", "Q02"),
            Field("tails", "单侧还是双侧", "choice", 2, (("双侧", 2), ("单侧", 1))),
            KIND,
        ),
        positional=4,
        labelled=True,
        example="qa_calibration",
        spread=WIDE,
        label="录音",
    ),
    Tool(
        "calibration.signed_rank",
        "差里有离群的分，两组还差吗？（Wilcoxon 符号秩检验）",
        GROUP,
        (
            Field("a", "第一组的数", "numbers", "Q01"),
            Field("b", "第二组的数", "numbers", "Q02"),
            Field("tails", "单侧还是双侧", "choice", 2, (("双侧", 2), ("单侧", 1))),
        ),
        positional=3,
        labelled=True,
        example="qa_calibration",
        spread=WIDE,
        label="录音",
    ),
    Tool(
        "calibration.tost",
        "两组平均的差够小吗？（等效检验 TOST）",
        GROUP,
        (
            Field("a", "第一组的数", "numbers", "Q01"),
            Field("b", "第二组的数", "numbers", "Q03"),
            Field("delta", "差多少以内算够小（同单位）", "number", 3.0),
            KIND,
        ),
        positional=4,
        labelled=True,
        example="qa_calibration",
        spread=WIDE,
        label="录音",
    ),
    Tool(
        "calibration.calibrate",
        "谁打分偏高、偏低？（校准打分）",
        GROUP,
        (SCORES, Field("tolerance", "容差（分）", "number", 3, optional=True)),
        labelled=True,
        example="qa_calibration",
        spread=WIDE,
        label="录音",
    ),
    Tool(
        "calibration.compare_raters",
        "几个人打分松紧一样吗？（重复测量方差分析）",
        GROUP,
        (SCORES,),
        labelled=True,
        example="qa_calibration",
        spread=WIDE,
        label="录音",
    ),
    Tool(
        "calibration.icc",
        "几个人打分一致到什么程度？（ICC）",
        GROUP,
        (
            SCORES,
            Field(
                "form",
                "哪一种 ICC",
                "choice",
                "ICC(2,1)",
                tuple((f"ICC({a},{b})",) * 2 for a in (1, 2, 3) for b in (1, "k")),
                optional=True,
            ),
        ),
        labelled=True,
        example="qa_calibration",
        spread=WIDE,
        label="录音",
    ),
    Tool(
        "calibration.cohen_kappa",
        "两位质检员判得一致吗？（Cohen κ）",
        GROUP,
        (
            Field("a", "第一位的判定", "labels", "Q01"),
            Field("b", "第二位的判定", "labels", "Q05"),
            Field(
                "weights",
                "差几级怎样算",
                "choice",
                "",
                (
                    ("差一级与差三级同样算错", ""),
                    ("差得近的少算（线性）", "linear"),
                    ("差得近的少算（平方）", "quadratic"),
                ),
                optional=True,
                sample="quadratic",
            ),
        ),
        positional=2,
        labelled=True,
        example="qa_calibration",
        spread=("录音", "质检员", "表达清楚"),
        label="录音",
    ),
    Tool(
        "calibration.fleiss_kappa",
        "三个以上的人判得一致吗？（Fleiss κ）",
        GROUP,
        (Field("ratings", "各人的判定（一列一位）", "ratings", RATERS),),
        labelled=True,
        example="qa_calibration",
        spread=("录音", "质检员", "表达清楚"),
        label="录音",
    ),
    Tool(
        "calibration.attribute_agreement",
        "判定类的校准合格吗？（属性一致性分析）",
        GROUP,
        (
            Field("item", "录音在哪一列", "column", "录音"),
            Field("rater", "质检员在哪一列", "column", "质检员"),
            Field("rating", "判定在哪一列", "column", "判定"),
            Field("trial", "第几次判", "column", optional=True),
            Field("standard", "标准答案", "column", "标准", optional=True),
            Field("bad", "哪一种是不合格", "value", optional=True, sample="致命"),
        ),
        positional=0,
        takes_table=True,
        example="qa_calibration",
        prepare=(
            'table["判定"] = table["致命项"].ne("").map({True: "致命", False: "正常"})\n'
            'table["标准"] = table["标杆致命项"].ne("").map({True: "致命", False: "正常"})'
        ),
    ),
)
