"""同理心句：「虽然我不能马上…，但是我会立即…」说全了吗，缺了什么？"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.reading import read_labels
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.wording import wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["EmpathyCheck", "EmpathyReview", "check_empathy", "review_empathy"]

PARTS = ("局限", "立即的行动", "行动具体", "时间", "负责人")

CLAUSE = r"[，,。；;！!？?、…\n]+|(?=但是|但我|但会|不过|可是|然而)"
CANNOT = r"(不能|不可以|没法|没办法|无法|做不到|来不及|不可能|(?<=[办给退换修到派做查])不了|(?<=解决)不了|没有权限|还不行)"
# 「您不能……」是说客户，不是说自己的局限
BLAMES_CUSTOMER = r"(您|你|客户)(们)?(也|是)?(不能|不可以|没法|无法)"
COLD = r"(公司规定|这是规定|规定就是|不归我|不关我|不是我们的(问题|责任)|您自己|你自己|您应该|你应该|爱莫能助)"
NOW = r"(立即|立刻|马上|现在就|现在|这就|即刻|当场|当即|此刻|第一时间|\d+\s*分钟内|[一二三五十]分钟内)"
WILL = r"(我(们)?(一定)?(会|将|来|可以|能|先|帮|给|替|为|去|跟)|由我|我现在|我这就|我马上|我立即|我立刻)"
NEGATED = r"(不会|不能|不可以|没法|无法|没办法|不去)"
FILLER = (
    r"(虽然|尽管|即使|但是|但|不过|可是|然而|非常|很|真的|实在|抱歉|对不起|不好意思|我们|我|这边|目前|现在|暂时|今天"
    r"|一下|一定|会|将|来|先|就|也|还|都|给您|为您|帮您|替您|跟您|您的|您|你|的|了|去|吧|呢|哦|把|问题|事情|情况|这件事|这个)"
)
VAGUE = (
    r"(尽快|尽量|尽力|努力|想办法|处理|解决|反馈|反映|关注|跟进|催促|催|看看|看一下|协调|沟通|重视|记录|安排|落实|汇报|帮忙"
    r"|办理|操作|相关部门|有关部门|上级|上面|后台|公司|领导|一下|好|到|给|向|请|让|和|与|对|从)"
)
DOING = r"(联系|打电话|致电|提交|申请|登记|安排|派|调|查|核实|转|寄|发|锁定|通知|报给|上门|下单|开单|送)"
TIME = (
    r"(今天|今晚|今日|明天|明早|明日|后天|当天|当日|上午|下午|中午|晚上|周[一二三四五六日天]|星期[一二三四五六日天]"
    r"|\d+\s*(个)?(分钟|小时|点|天|工作日|日|号|:\d\d|：\d\d)|[一二三四五六七八九十两半]+(个)?(多)?(分钟|小时|点|天|工作日)"
    r"|半(个)?(小时|天))"
)
PERSON = r"(我(?!们)|专员|专人|师傅|主管|班长|组长|经理|工程师|技术员|店长|仓管|财务同事|值班|[张王李赵刘陈杨黄周吴](工|姐|哥|经理|主管|师傅))"


@dataclass(frozen=True, eq=False)
class EmpathyCheck(Result):
    """一句同理心句的检查。由 ``check_empathy`` 得到。"""

    sentence: str
    limitation: str
    """说了什么做不到；没有说为空。"""
    action: str
    """说了什么行动；没有说为空。"""
    immediate: bool
    """行动是立即的。"""
    concrete: bool
    """行动具体，不是「尽快处理」。"""
    has_time: bool
    has_person: bool
    problems: tuple[str, ...]
    """缺了什么、怎样补，一条一句；前几条是必须的，时间与负责人排在最后。"""

    @property
    def passed(self) -> bool:
        """有局限，有立即而具体的行动，没有冷话。"""
        return not any(text.startswith("必须") for text in self.problems)

    @property
    def complete(self) -> bool:
        """通过，并且有时间、有负责人。"""
        return not self.problems

    def summary(self) -> pd.DataFrame:
        """五个部分各有没有。"""
        found = (
            self.limitation or "—",
            self.action if self.action and self.immediate else "—",
            "是" if self.concrete else "—",
            "有" if self.has_time else "—",
            "有" if self.has_person else "—",
        )
        return pd.DataFrame({"部分": PARTS, "找到": found, "通过": self._flags()})

    def plot(self, ax: Axes | None = None) -> Axes:
        """五个部分，有的绿、缺的红。"""
        ax = new_axes(ax, figsize=(9, 2.4))
        _tiles(ax, [self._flags()], [""])
        ax.set_title(wrap(self.sentence, 80))
        return ax

    def __str__(self) -> str:
        if self.complete:
            return "通过：有局限，有立即而具体的行动，有时间与负责人；说到就要做到，做不到比不说更伤人。"
        verdict = "通过" if self.passed else "没有通过"
        return f"{verdict}：{'；'.join(self.problems)}。"

    def _flags(self) -> tuple[bool, ...]:
        return (
            bool(self.limitation),
            bool(self.action) and self.immediate,
            self.concrete,
            self.has_time,
            self.has_person,
        )


@dataclass(frozen=True, eq=False)
class EmpathyReview(Result):
    """许多句同理心句的检查。由 ``review_empathy`` 得到。"""

    checks: tuple[EmpathyCheck, ...]

    @property
    def passed(self) -> int:
        """通过的句数。"""
        return sum(check.passed for check in self.checks)

    def summary(self) -> pd.DataFrame:
        """一句一行。"""
        rows = [
            (check.sentence, check.passed, check.complete, "；".join(check.problems))
            for check in self.checks
        ]
        return pd.DataFrame(rows, columns=["话术", "通过", "完整", "缺什么"])

    def plot(self, ax: Axes | None = None) -> Axes:
        """一句一行，五个部分有的绿、缺的红。最多画 20 句。"""
        checks = self.checks[:20]
        ax = new_axes(ax, figsize=(9.5, 1.4 + 0.55 * len(checks)))
        _tiles(ax, [check._flags() for check in checks], [check.sentence for check in checks])
        ax.set_title(f"{len(self.checks)} 句里通过 {self.passed} 句")
        return ax

    def __str__(self) -> str:
        flags = np.array([check._flags() for check in self.checks])
        short = (~flags).sum(axis=0)
        worst = int(np.argmax(short))
        text = f"{len(self.checks)} 句里通过 {self.passed} 句"
        if short[worst]:
            text += f"；缺得最多的是{PARTS[worst]}（{short[worst]} 句）"
        return text + "；只查字面，语气要听录音。"


def check_empathy(sentence: str) -> EmpathyCheck:
    """这句话是合格的同理心句吗？缺了局限、立即的行动，还是行动太空、没有时间与负责人？

    Parameters
    ----------
    sentence : 客服说的一句话（可以有几个分句）。

    Returns
    -------
    EmpathyCheck

    Raises
    ------
    ValueError
        不是文字，或是空的。

    Notes
    -----
    通过 = 真诚的局限（我不能马上 X）在前，立即而具体的行动（我会立即 Y）在后，Y 不是「尽快处理」；
    时间与负责人是加分项（教学约定）。按说法查字面，不懂言外之意。

    Examples
    --------
    >>> print(check_empathy("虽然我不能马上给您退款，但是我会立即尽快处理。"))
    没有通过：必须把行动说具体：「尽快处理」不是行动，要说做什么（打给谁、提交什么、安排谁）；再补上时间：几点前、几小时内。
    >>> check_empathy("虽然我不能马上给您换新机，但是我会立即联系城东站王师傅，今天下午 3 点前回电给您。").complete
    True
    """
    if not isinstance(sentence, str) or not sentence.strip():
        raise ValueError(f"sentence 是 {sentence!r}：请给一句话。")
    text = re.sub(r"\s+", " ", sentence.strip())
    clauses = [part.strip() for part in re.split(CLAUSE, text) if part and part.strip()]
    limits = [place for place, part in enumerate(clauses) if _limits(part)]
    acts = [place for place, part in enumerate(clauses) if place not in limits and _acts(part)]
    later = [place for place in acts if limits and place > limits[0]]
    start = (later or acts or [None])[0]
    limitation = clauses[limits[0]] if limits else ""
    tail = (
        []
        if start is None
        else [c for p, c in enumerate(clauses[start:], start) if p not in limits]
    )
    action = "，".join(tail)
    immediate = bool(re.search(NOW, action))
    concrete = _concrete(tail)
    has_time = bool(re.search(TIME, action))
    has_person = bool(re.search(PERSON, action))
    problems = []
    if not limits:
        problems.append("必须先说局限：「虽然我不能马上…」，承认眼下做不到什么")
    elif not _bare(limitation, CANNOT, NOW):
        problems.append("必须说清不能马上做什么：「虽然我不能马上」后面是空的")
    if re.search(COLD, text):
        problems.append(f"必须去掉「{re.search(COLD, text).group()}」：推给规定或客户，听不出诚意")
    if not action:
        problems.append("必须说立即的行动：「但是我会立即…」，没有行动就只是拒绝")
    else:
        if limits and not later:
            problems.append("必须先说局限、后说行动：现在的次序反了，最后留下的是拒绝")
        if not immediate:
            problems.append("必须说立即：「我会立即…」，「会」与「尽快」都听不出现在就做")
        if not concrete:
            vague = re.search(
                r"尽快\w{0,2}|第一时间\w{0,2}|想办法|看看|处理|解决|办理|反馈|反映|跟进|关注",
                action,
            )
            word = vague.group() if vague else action
            problems.append(
                f"必须把行动说具体：「{word}」不是行动，要说做什么（打给谁、提交什么、安排谁）"
            )
        if not has_time:
            problems.append("再补上时间：几点前、几小时内")
        if not has_person:
            problems.append("再补上负责人：由我，还是哪一位专员、师傅")
    return EmpathyCheck(
        sentence=text,
        limitation=limitation,
        action=action,
        immediate=immediate,
        concrete=concrete,
        has_time=has_time,
        has_person=has_person,
        problems=tuple(problems),
    )


def review_empathy(sentences: Iterable[str]) -> EmpathyReview:
    """一批话术里，哪些同理心句合格，最常缺什么？

    Parameters
    ----------
    sentences : 一列话术，可以是 Excel 的一列。

    Returns
    -------
    EmpathyReview

    Raises
    ------
    ValueError
        没有一句、有空句。

    Examples
    --------
    >>> review_empathy(["请您耐心等待。", "虽然我不能马上退款，但是我会立即提交退款申请。"]).passed
    1
    """
    texts = read_labels(sentences if isinstance(sentences, pd.Series) else list(sentences), "话术")
    if texts.empty:
        raise ValueError("话术是空的：请至少给一句。")
    return EmpathyReview(tuple(check_empathy(text) for text in texts))


def _limits(clause: str) -> bool:
    """这个分句在说自己的局限。"""
    return bool(re.search(CANNOT, clause)) and not re.search(BLAMES_CUSTOMER, clause)


def _acts(clause: str) -> bool:
    """这个分句在说要做的事，而且不是否定。"""
    if re.search(NEGATED, clause):
        return False
    return bool(re.search(WILL, clause) or re.search(NOW, clause))


def _bare(text: str, *patterns: str) -> str:
    """去掉句式用语之后剩下的字。"""
    for pattern in (*patterns, FILLER):
        text = re.sub(pattern, "", text)
    return re.sub(r"[^\w]", "", text)


def _concrete(clauses: list[str]) -> bool:
    """立即做的那个分句说得具体；或者接下来的分句里有具体的做法，「请放心」「答复您」不算。"""
    if not clauses:
        return False
    first = next((part for part in clauses if re.search(NOW, part)), clauses[0])
    return _substance(first) >= 2 or any(
        re.search(DOING, part) and _substance(part) >= 2 for part in clauses
    )


def _substance(action: str) -> int:
    """行动里除了句式、时间与空话，还剩几个字。"""
    return len(_bare(action, NOW, TIME, r"(之)?(前|内|以内|左右)", VAGUE))


def _tiles(ax: Axes, flags: list[tuple[bool, ...]], labels: list[str]) -> None:
    """部分 × 句子的格子。"""
    from matplotlib.colors import ListedColormap

    ax.pcolormesh(
        np.array(flags, dtype=float),
        cmap=ListedColormap([COLOURS["bad"], COLOURS["good"]]),
        vmin=0,
        vmax=1,
        edgecolors="white",
        linewidth=2,
        alpha=0.85,
    )
    for row, line in enumerate(flags):
        for column, flag in enumerate(line):
            ax.text(
                column + 0.5,
                row + 0.5,
                "有" if flag else "缺",
                ha="center",
                va="center",
                color="white",
            )
    ax.set_xticks(np.arange(len(PARTS)) + 0.5, PARTS)
    ax.set_yticks(np.arange(len(labels)) + 0.5, [wrap(text, 44) for text in labels])
    ax.set_ylim(len(labels), 0)
    ax.tick_params(length=0, labelsize=9)
    ax.grid(visible=False)
