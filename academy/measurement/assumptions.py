"""What does the simulation take for granted about items and learners?  One table, a reason a line.

Set before the items are written and never tuned to a paper: only the cohort's ability is moved,
to the mean and SD that the targets speak of.  「未核原文」 says that a source is quoted from memory or
at second hand; 「自定」 that the number is our own judgement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["ASSUMED", "TABLE", "Assumption", "assuming"]


@dataclass(frozen=True)
class Assumption:
    """One number, what it means, and why it is that."""

    key: str
    label: str
    value: float
    reason: str


TABLE = (
    Assumption(
        "role.remember", "岗位判断的难度：识记", -1.2,
        "各层次相差 0.4 个逻辑单位，识记到分析共 1.2：一份博士入学卷（1000 人）按布鲁姆层次的掌握率 "
        "记忆 56%、理解 39%、分析 28%，化成逻辑单位相差 1.2（Frontiers in Education 2025, 1644811）；"
        "905 道题里识记、理解比应用容易（TOJET 2016, 15(4)）。绝对的高低没有意义，由这一期的水平抵消",
    ),
    Assumption("role.understand", "岗位判断的难度：理解", -0.8, "同上"),
    Assumption("role.apply", "岗位判断的难度：应用", -0.4, "同上；应用介于理解与分析之间，自定"),
    Assumption("role.analyse", "岗位判断的难度：分析", 0.0, "同上"),
    Assumption(
        "data.first", "数据处理的难度：第一步", -1.4,
        "自定：会用 Excel 的主管做一步（读一张表、求一个和）比识记一个概念略容易",
    ),
    Assumption(
        "data.step", "数据处理的难度：每多一步", 0.25,
        "步数线性加难是线性逻辑测验模型（Fischer 1973；GRE 应用题：Embretson & Daniel 2008，未核原文）；"
        "每步多少自定：五步比一步难一个逻辑单位",
    ),
    Assumption(
        "slope.choice", "区分度 a：选择", 0.9,
        "Baker（2001，The Basics of IRT，未核原文）：0.65–1.34 中等，1.35–1.69 高；教师自编的单选取中等偏下",
    ),
    Assumption("slope.judge", "区分度 a：看数据选择", 1.0, "同上，中等"),
    Assumption("slope.order", "区分度 a：排序", 1.0, "同上，中等"),
    Assumption("slope.match", "区分度 a：配对", 1.0, "同上，中等"),
    Assumption("slope.data", "区分度 a：数据", 1.2, "自己算出来的答案猜不着，比选项题分得开：中等偏上，自定"),
    Assumption(
        "slope.spread", "区分度的对数在题之间的标准差", 0.3,
        "BILOG-MG 的先验是 0.5（未核原文），那是没有筛过的题库；同一人照细目表写的题整齐些，自定 0.3",
    ),
    Assumption(
        "options", "卷还没有写时，选项几个", 4,
        "卷的写法：选择题四个选项。不会的人随便选一个，猜中 1/选项数；排序、配对里不会的各件随便放",
    ),
    Assumption(
        "skills.correlation", "数据处理与岗位判断的相关", 0.6,
        "一般能力与岗位知识的校正后相关：军队 0.63、民用 0.80（Hunter 1986，未核原文）；"
        "这里是两样学得来的本领，又都是一线主管、全距较窄，取低端",
    ),
    Assumption(
        "testlet.variance", "同一张表（同一大题）的共同效应的方差", 0.5,
        "模拟研究常取 0、0.5、1.0、1.5（Frey, Seitz & Brandt 2016, Front. Psychol. 7:1758）；真卷有大有小："
        "北卡计算机操作考试明显，英语口语考试近于 0（Wang, Bradlow & Wainer 2002）。取不为零的最小一级",
    ),
    Assumption(
        "values.variance", "一小题里几个值的共同效应的方差", 1.0,
        "自定：同一种方法算出来的几个值多半一起对、一起错，比同一张表的两小题更甚",
    ),
    Assumption(
        "family.spread", "难度里层次与步数没有说到的部分的标准差", 0.5,
        "特征通常解释难度的一半到八成（自动出题的研究，如 Enright, Morley & Sheehan 2002，未核原文），余下约 0.5",
    ),
    Assumption(
        "clone.spread", "同一格细目、三份卷之间难度的标准差", 0.3,
        "同一模板的题难度还是不同（题族模型：Glas & van der Linden 2003；Johnson & Sinharay 2003, RR-03-23）；"
        "步数与判断种类相同的平行题取 0.3，自定",
    ),
    Assumption(
        "speed.spread", "各人快慢（用时的对数）的标准差", 0.2,
        "对数正态答题时间（van der Linden 2006, JEBS 31:181–204）；大小自定：三分之二的人用时在计划的 0.82 到 1.22 倍之间",
    ),
    Assumption(
        "speed.correlation", "快慢与数据处理的相关", 0.3,
        "各考试里能力与速度的相关有正有负；表格熟的人做数据题快，自定弱的正相关",
    ),
    Assumption(
        "time.spread", "同一人各小题用时（对数）的标准差", 0.3,
        "eatATA 手册里 van der Linden 模型的例子用 0.3；计划的分钟是中等快慢的人的平均用时",
    ),
    Assumption(
        "layman.role", "完全不懂岗位的人，凭常识判断对的比例", 0.2,
        "不看短文答 SAT 阅读的五选一题，答对 36%，碰巧是 20%（Katz 等的后续研究，FairTest 转述）："
        "(0.36 − 0.20) ÷ 0.80 = 0.20",
    ),
    Assumption(
        "layman.step", "完全不会处理数据的人，每一步做对的比例", 0.6,
        "自定：一步 0.6、两步 0.36、三步 0.22",
    ),
    Assumption("cohort.mean", "一期学员的平均分", 74, "目标里写明的一期（平行卷的目标按它说）"),
    Assumption("cohort.sd", "一期学员的标准差", 19, "同上"),
)  # fmt: skip

ASSUMED: Mapping[str, float] = {one.key: one.value for one in TABLE}


def assuming(**changes: float) -> dict[str, float]:
    """The assumptions with some changed; a point in a key is written as two underscores.

    >>> assuming(testlet__variance=0)["testlet.variance"]
    0
    """
    changed = {key.replace("__", "."): value for key, value in changes.items()}
    unknown = set(changed) - set(ASSUMED)
    if unknown:
        raise KeyError(sorted(unknown))
    return {**ASSUMED, **changed}
