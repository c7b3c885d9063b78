"""该用哪一个检验：先问清设计，再给出函数与理由。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Advice", "advise"]

DATA = ("分数", "等级", "类别")
GOALS = ("差异", "等效", "一致")


@dataclass(frozen=True, eq=False)
class Advice(Result):
    """该用的函数与理由。由 ``advise`` 得到。"""

    function: str
    """函数名；不在 calibration 里的写出模块。"""
    code: str
    """一行代码。"""
    why: str
    not_these: tuple[tuple[str, str], ...]
    """不该用的与为什么。"""
    facts: pd.DataFrame
    """问了什么、答了什么。"""

    def summary(self) -> pd.DataFrame:
        """用哪个、怎样写、为什么、别用哪个。"""
        rows = [("用", self.function, self.why), ("写", self.code, "照着改列名")]
        rows += [("别用", name, reason) for name, reason in self.not_these]
        return pd.DataFrame(rows, columns=["建议", "内容", "理由"])

    def plot(self, ax: Axes | None = None) -> Axes:
        """一步一问，走到该用的函数。"""
        steps = [f"{q}\n{a}" for q, a in self.facts.itertuples(index=False)]
        ax = new_axes(ax, figsize=(2.1 * len(steps) + 3, 1.9))
        last = len(steps) + 0.1
        for number, text in enumerate(steps):
            _box(ax, number, text, "white", "black", COLOURS["grey"])
            end = number + 0.6 if number < len(steps) - 1 else number + 0.65
            arrow = {"arrowstyle": "->", "color": COLOURS["grey"]}
            ax.annotate("", (end, 0), xytext=(number + 0.42, 0), arrowprops=arrow)
        _box(ax, last, self.function, COLOURS["main"], "white", COLOURS["main"])
        ax.set(xlim=(-0.5, last + 0.75), ylim=(-1, 1), title="该用哪一个检验")
        ax.axis("off")
        return ax

    def __str__(self) -> str:
        text = f"用 {self.function}：{self.why}。写法：{self.code}"
        if self.not_these:
            text += "。别用 " + "；".join(f"{name}（{reason}）" for name, reason in self.not_these)
        return text + "。"


def advise(
    data: str = "分数",
    goal: str = "差异",
    *,
    raters: int = 2,
    same_items: bool = True,
    standard: bool = False,
    repeated: bool = False,
    equal_sd: bool = False,
    outliers: bool = False,
) -> Advice:
    """校准该用哪个检验？回答几个关于设计的问题。

    Parameters
    ----------
    data : 得到的是什么：``"分数"``（0 到 100 之类）、``"等级"``（有次序，如优良中差）、``"类别"``（合格不合格之类）。
    goal : 想说什么：``"差异"``（平均有没有差）、``"等效"``（差得够小）、``"一致"``（逐通一致到几成）。
    raters : 几位质检员（或几个组），不算标准答案。
    same_items : 评的是不是同一批录音（或同一批人的前后）。
    standard : 有没有标准答案（专家或共识）。
    repeated : 同一人对同一通是不是判了不止一次。
    equal_sd : 两批不同对象时，是否有理由相信散开的程度一样。
    outliers : 分数比差异时，差里是否有离群的、明显不正态而对数又少：有就只用名次。

    Returns
    -------
    Advice
        函数、写法、理由与不该用的。

    Raises
    ------
    ValueError
        data、goal 写错；不足一位；只有一位而没有标准；要说一致却不是同一批录音。

    Examples
    --------
    >>> advise("分数", "差异", raters=2, same_items=True).code
    'ttest(甲的分, 乙的分, 2, 1)'
    >>> advise("分数", "差异", outliers=True).code
    'signed_rank(甲的分, 乙的分)'
    >>> advise("类别", "一致", raters=3, repeated=True, standard=True).function
    'attribute_agreement'
    """
    if data not in DATA:
        raise ValueError(f"data 是 {data!r}，只能是 {'、'.join(DATA)}。")
    if goal not in GOALS:
        raise ValueError(f"goal 是 {goal!r}，只能是 {'、'.join(GOALS)}。")
    if isinstance(raters, bool) or int(raters) != raters or raters < 1:
        raise ValueError(f"raters 是 {raters!r}，应是不小于 1 的整数。")
    if raters == 1 and not standard:
        raise ValueError("只有一位质检员又没有标准答案，没有谁可比：请再加一位，或请专家给标准。")
    if goal == "一致" and not same_items:
        raise ValueError(
            "不是同一批录音，谈不上逐通一致：请先取 10 到 30 通同样的录音各自独立打分。"
        )
    if goal == "等效" and data != "分数":
        raise ValueError("等效检验比的是平均分：等级与类别请把 goal 改成“一致”。")
    if repeated and not same_items:
        raise ValueError("同一通判了不止一次，那就是同一批录音：请把 same_items 改成 True。")
    sides = raters + (1 if raters == 1 else 0)
    choose = {"分数": _scores, "等级": _grades, "类别": _classes}[data]
    if outliers and data == "分数" and goal == "差异":
        function, code, why, not_these = _by_rank(sides, raters, same_items)
    else:
        function, code, why, not_these = choose(
            goal, sides, raters, same_items, standard, repeated, equal_sd
        )
    facts = [
        ("得到的是", data),
        ("想说的是", goal),
        ("几位质检员", f"{raters} 位" + ("，有标准" if standard else "")),
        ("同一批录音", "是" + ("，各判几次" if repeated else "") if same_items else "不是"),
    ]
    return Advice(function, code, why, tuple(not_these), pd.DataFrame(facts, columns=["问", "答"]))


def _box(ax: Axes, x: float, text: str, face: str, color: str, edge: str) -> None:
    """一个圆角框。"""
    style = {"boxstyle": "round,pad=0.5", "facecolor": face, "edgecolor": edge}
    ax.text(x, 0, text, ha="center", va="center", color=color, bbox=style)


def _scores(goal, sides, raters, same_items, standard, repeated, equal_sd):
    other = "标准分" if raters == 1 else "乙的分"
    if goal == "一致":
        return (
            "icc",
            "icc(录音×质检员的表)",
            "看单独一位打的分有几成反映录音本身，ICC(2,1) 把松紧不同也算作不一致",
            [
                ("相关系数", "一人总高 5 分，相关照样是 1"),
                ("ttest", "平均相同而逐通乱打，也会不显著"),
            ],
        )
    if sides > 2:
        if not same_items:
            return (
                "comparison.anova",
                "comparison.anova(长表, '得分', '质检员')",
                "几组不同的对象，一次比完再做 Tukey 两两比较",
                [("反复用 ttest", "做得越多，碰巧显著的越多")],
            )
        if goal == "等效" or standard:
            code = "calibrate(录音×质检员的表, tolerance=3" + (
                ", standard='标准分')" if standard else ")"
            )
            return (
                "calibrate",
                code,
                "逐人看与参照的平均差连同区间，整段在容差以内才算在容差内",
                [("compare_raters", "不显著不等于已校准")],
            )
        return (
            "compare_raters",
            "compare_raters(录音×质检员的表)",
            "同样几个人评同样的录音，重复测量方差分析扣掉录音的难易，再两两比较",
            [
                ("反复用 ttest", "做得越多，碰巧显著的越多"),
                ("单因素方差分析", "把录音的难易当成误差，真差异看不见"),
            ],
        )
    kind = 1 if same_items else 2 if equal_sd else 3
    call = "tost" if goal == "等效" else "ttest"
    first, second = ("甲的分", other) if same_items else ("甲组的分", "乙组的分")
    tail = f"delta=3, kind={kind}" if goal == "等效" else f"2, {kind}"
    reasons = {
        1: "同一批录音逐通相减，录音的难易抵消，只剩两人的差",
        2: "两批不同的对象，且散开的程度一样",
        3: "两批不同的对象，不必假定散开的程度一样",
    }
    why = reasons[kind]
    wrong = []
    if goal == "等效":
        why += "；差的区间整段在容差以内才能说等效"
        wrong.append(("ttest", "不显著只是证据不够，不等于已校准"))
    if kind == 1:
        wrong.append(("kind=2 或 3", "录音的难易混进误差，真差异看不见"))
    else:
        wrong.append(("kind=1", "不是同一批，没有一一对应"))
    return call, f"{call}({first}, {second}, {tail})", why, wrong


def _by_rank(sides, raters, same_items):
    """分数里有离群：只用名次的检验。"""
    other = "标准分" if raters == 1 else "乙的分"
    mean = ("比平均的检验", "一两通离群的分就能左右平均，也把误差撑大")
    if sides > 2 and same_items:
        why = "同样几个人评同样的录音，看结果里的 Friedman 检验，它只用名次"
        return "compare_raters", "compare_raters(录音×质检员的表)", why, [mean]
    if sides > 2:
        why = "几组不同的对象，各组合起来排名次再比"
        return "scipy.stats.kruskal", "kruskal(甲组的分, 乙组的分, 丙组的分)", why, [mean]
    if same_items:
        why = "同一批录音逐通相减，差按大小排名次，离群的差不管多大只占一个名次"
        return "signed_rank", f"signed_rank(甲的分, {other})", why, [mean]
    why = "两批不同的对象，合起来排名次再比"
    return "scipy.stats.mannwhitneyu", "mannwhitneyu(甲组的分, 乙组的分)", why, [mean]


def _grades(goal, sides, raters, same_items, standard, repeated, equal_sd):
    if repeated:
        return _attribute(standard)
    if not same_items:
        return _chi_square()
    if sides > 2:
        if goal == "差异":
            return (
                "compare_raters",
                "compare_raters(把等级换成 1、2、3 … 的表)",
                "等级换成数字后看其中的 Friedman 秩检验，它只用名次",
                [("重复测量方差分析的 F", "等级之间不一定等距")],
            )
        return (
            "icc",
            "icc(把等级换成 1、2、3 … 的表)",
            "等级有次序，差一级与差三级不同；ICC 与平方加权的 kappa 几乎是一回事，而且容得下几个人",
            [("fleiss_kappa", "不管次序，差一级也算全错")],
        )
    other = "标准答案" if raters == 1 else "乙的等级"
    why = "等级有次序，差得近的少算"
    if goal == "差异":
        why = "看两人各等级的比例是否一边倒（结果里的 McNemar 提醒），并连同一致性一起读"
    return (
        "cohen_kappa",
        f'cohen_kappa(甲的等级, {other}, weights="quadratic", order=[从低到高])',
        why,
        [("不加权的 kappa", "差一级与差三级同样算错"), ("ttest", "等级之间不一定等距")],
    )


def _classes(goal, sides, raters, same_items, standard, repeated, equal_sd):
    if repeated or (standard and raters >= 2):
        return _attribute(standard)
    if not same_items:
        return _chi_square()
    if sides > 2:
        return (
            "fleiss_kappa",
            "fleiss_kappa(录音×质检员的判定表)",
            "几个人判同样的录音，扣掉碰巧一致的部分，还说得出哪一类、哪几通有争议",
            [("一致率", "多数录音都合格时，闭着眼判也很高")],
        )
    other = "标准答案" if raters == 1 else "乙的判定"
    why = "两列判定，扣掉碰巧一致的部分"
    if goal == "差异":
        why = "看谁更常判不合格（结果里的 McNemar 提醒），并连同一致性一起读"
    return (
        "cohen_kappa",
        f"cohen_kappa(甲的判定, {other})",
        why,
        [("一致率", "多数录音都合格时，闭着眼判也很高"), ("ttest", "判定不是分数")],
    )


def _attribute(standard: bool):
    code = 'attribute_agreement(长表, trial="第几次"' + (', standard="标准")' if standard else ")")
    return (
        "attribute_agreement",
        code,
        "一次看清自己前后、与标准、彼此、全体与标准四种一致",
        [("一个 kappa", "分不清是自己前后不一，还是与别人不一")],
    )


def _chi_square():
    return (
        "scipy.stats.chi2_contingency",
        "chi2_contingency(组×判定的次数表)",
        "两批不同的对象，比的是各类的比例",
        [("kappa", "不是同一批录音，没有逐通可比")],
    )
