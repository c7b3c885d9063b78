"""投诉处理六步骤：次序对不对，每句话属于哪一步，漏了哪一步？"""

from __future__ import annotations

import re
from collections.abc import Sequence
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

__all__ = ["MEANING", "SIX_STEPS", "UNKNOWN", "StepCheck", "assign_steps", "check_steps"]

SIX_STEPS = ("理解确认", "说明解释", "转移解决", "解决执行", "替代弥补", "提醒建议")
UNKNOWN = "未能判断"

# 六步的名字来自大纲；每步做什么是教学约定
MEANING = {
    "理解确认": "倾听、复述、同理心句式，确认客户要什么",
    "说明解释": "说清原因、规则与时限",
    "转移解决": "从要说法转到怎么办，或转给责任部门",
    "解决执行": "给方案、时限与责任人，并且去做",
    "替代弥补": "做不到时在授权内给替代或补偿",
    "提醒建议": "预防再发、告知渠道、约定回访",
}

# 一句话里出现的说法与它的分量；3 是这一步才有的，1 是别的步骤也常用的
CUES: dict[str, tuple[tuple[str, int], ...]] = {
    "理解确认": (
        (r"(理解|体会)(您|你|到)", 3),
        (r"(您|你)的(心情|感受|着急)", 3),
        (r"(抱歉|对不起|不好意思)", 2),
        (r"(您|你)(是说|的意思是|反映的|说的是|刚才(说|提|讲|反映))", 3),
        (r"(跟|和|与|向)(您|你)?(确认|核对)|我确认一下", 3),
        (r"(复述|重复一(下|遍))", 3),
        (r"(是这样吗|对吗|对不对|没错吧|是吗)", 2),
        (r"(慢慢说|我在听|听明白|听得出来|记下了?|先别着急)", 3),
        (r"换(做|作|成)(是)?我", 3),
        (r"(添|带来)了?.{0,4}(麻烦|不便)", 2),
        (r"虽然我?(们)?(现在|暂时)?(不能|没法|无法)", 3),
    ),
    "说明解释": (
        (r"(因为|由于|之所以|导致)", 2),
        (r"(原因|情况)(是|在于)|这种情况", 3),
        (r"(按照?|根据|依照|依据).{0,12}(规定|政策|条款|流程|标准|三包)", 3),
        (r"(政策|规则|条款|流程)(是|规定|要求)", 3),
        (r"(解释|说明)(一下|给您)", 3),
        (r"(是这样的|一般要|正常要|通常要|一般需要|正常需要|通常需要)", 2),
        (r"(时限|期限|费用|三包)是(从|按)", 3),
    ),
    "转移解决": (
        (r"(一起|先|来).{0,3}(看看|想想|商量).{0,6}(怎么|怎样|如何|办法|解决|哪)", 3),
        (r"(您|你)(更)?(希望|倾向|想要?)(我们)?(怎么|怎样|如何|哪|换|退|修)", 3),
        (r"(两|几|三|哪几)(个|种|条)(办法|方案|选择|路)", 3),
        (r"(转给|转到|转交|转派|移交|升级(给|到)|转接)", 3),
        (r"(责任部门|专门的(同事|部门)|对口|专席)", 2),
        (r"(眼下|现在|当前)?最?(要紧|重要|关键)的是", 3),
        (r"(与其|说到底|追究).{0,20}", 2),
        (r"(怎么|怎样)(处理|解决|办).{0,6}(定下来|商量)", 3),
        (r"(您|你)看.{0,6}(行吗|可以吗|好吗|还是)", 1),
    ),
    "解决执行": (
        (r"(已经|已|刚刚|现在就|这就|马上|立即)(为|帮|给|替)(您|你)", 3),
        (r"(我|我们)?(已|已经)(提交|登记|下单|派单|安排|联系)", 3),
        (r"(现在就|这就|马上|立即)(安排|派|查|办|下单|派单)", 3),
        (r"(安排|派).{0,8}(师傅|工程师|技术员|专人)", 3),
        (r"(工单|单号|加急单)", 3),
        (r"(核实|查|确认)过了", 2),
        (r"方案定了", 3),
        (
            r"(今天|明天|后天|今晚|周[一二三四五六日]|[\d一二三四五六七八九十两]+(点|小时)(内|前)?|之前)"
            r".{0,14}(上门|送到|到账|办好|修好|完成|回电|退款|到站|答复)",
            3,
        ),
        (r"(由我|我来|我)(本人|全程)?(负责|跟进|跟踪|跟到底)", 3),
        (r"(退款|换货|维修)(已|申请).{0,6}(提交|办好|受理|通过)", 3),
    ),
    "替代弥补": (
        (r"(补偿|赔偿|赔付|弥补)", 3),
        (r"(优惠券|代金券|积分|红包|减免|抵扣|退还)", 3),
        (r"(备用|替代|代用|先借|先用着)", 4),
        (r"(延长|延保|多送).{0,8}(保修|质保|保养|年|个月)?", 3),
        (r"(免费|不收).{0,6}(清洗|保养|上门费|检测)", 2),
        (r"(表示|表达|聊表).{0,4}歉意", 3),
        (r"(如果|要是|万一).{0,14}([办修到赶送]不[了好到上]|做不到|来不及|不行)", 3),
        (r"(来不及|走不通|做不到|没有现货|缺货).{0,14}(可以|改为|改成|换)", 3),
        (r"(运费|费用).{0,4}(我们出|我们承担|全免)", 3),
    ),
    "提醒建议": (
        (r"(提醒|建议)(您|你)|(给您|一个)(一个)?(建议|提醒)", 3),
        (r"(温馨提示|小提示|发短信提醒)", 3),
        (r"(以后|今后|下次|平时|日后|到期)", 2),
        (r"(记得|留意|注意|避免|保管好|保留|定期|每个?(月|季度|年))", 2),
        (r"(回访|再打给您|跟您回个电话)", 3),
        (r"(公众号|小程序|官网|热线|分机|可以(随时)?(拨打|查))", 2),
        (r"(如|若|要是)(有|再有)?.{0,4}(问题|疑问|需要|变化).{0,8}(联系|拨|找我)", 3),
    ),
}


@dataclass(frozen=True, eq=False)
class StepCheck(Result):
    """一段对话与六步骤的对照。由 ``check_steps`` 或 ``assign_steps`` 得到。"""

    table: pd.DataFrame
    """一句一行，列：序号、话术、步骤、依据、问题。"""
    missing: tuple[str, ...]
    """没有出现的步骤。"""
    backward: tuple[int, ...]
    """退回到前面步骤的是第几句（从 1 数）。"""

    @property
    def steps(self) -> tuple[str, ...]:
        """每句的步骤。"""
        return tuple(self.table["步骤"])

    @property
    def unknown(self) -> int:
        """判断不了的句数。"""
        return int((self.table["步骤"] == UNKNOWN).sum())

    @property
    def ok(self) -> bool:
        """六步齐全、次序不乱、没有判断不了的句子。"""
        return not self.missing and not self.backward and not self.unknown

    def summary(self) -> pd.DataFrame:
        """逐句列出。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """每句走到第几步：顺的往右下走，退回去的是红色。最多画 24 句。"""
        table = self.table.head(24)
        ax = new_axes(ax, figsize=(9, 1.8 + 0.48 * len(table)))
        known = table["步骤"] != UNKNOWN
        rows = np.flatnonzero(known)
        place = [SIX_STEPS.index(step) for step in table["步骤"][known]]
        back = table["序号"][known].isin(self.backward).to_numpy()
        ax.plot(place, rows, color="#BDBDBD", zorder=1)
        ax.scatter(place, rows, s=90, color=np.where(back, COLOURS["bad"], COLOURS["main"]))
        ax.set_xticks(range(6), [f"{i}. {step}" for i, step in enumerate(SIX_STEPS, 1)])
        labels = [
            wrap(text if known.iloc[row] else f"{text}（未能判断）", 36)
            for row, text in enumerate(table["话术"])
        ]
        ax.set_yticks(range(len(table)), labels)
        ax.set(
            title="对话走到第几步" + ("（红色是退回去的）" if self.backward else ""),
            xlim=(-0.5, 5.5),
            ylim=(len(table) - 0.4, -0.6),
        )
        ax.xaxis.tick_top()
        ax.tick_params(axis="both", labelsize=9)
        return ax

    def __str__(self) -> str:
        if self.ok:
            return f"{len(self.table)} 句话六步齐全，次序正确；话说到了，还要看事办没办。"
        parts = []
        if self.missing:
            parts.append(f"缺{'、'.join(self.missing)}")
        if self.backward:
            where = "、".join(f"第 {place} 句" for place in self.backward)
            parts.append(f"{where}退回到前面的步骤")
        if self.unknown:
            parts.append(f"{self.unknown} 句判断不了，请人工归类")
        return f"{len(self.table)} 句话：{'；'.join(parts)}；替代弥补只在做不到时才用，次序为{'→'.join(SIX_STEPS)}。"


def check_steps(steps: Sequence[str], utterances: Sequence[str] | None = None) -> StepCheck:
    """六步骤的次序对不对，漏了哪一步？

    Parameters
    ----------
    steps : 每句话属于哪一步，按说的先后；同一步可以连着几句。
    utterances : 每句话，与 steps 一样长；不给就用步骤名。

    Returns
    -------
    StepCheck

    Raises
    ------
    ValueError
        没有一句、步骤名不在六步里、两列不一样长。

    Notes
    -----
    一句的步骤排在此前到过的最远一步之前，就是退回去。

    Examples
    --------
    >>> check_steps(SIX_STEPS).ok
    True
    >>> result = check_steps(["说明解释", "理解确认", "解决执行"])
    >>> result.missing, result.backward
    (('转移解决', '替代弥补', '提醒建议'), (2,))
    """
    names = read_labels(list(steps), "steps").tolist()
    texts = names if utterances is None else read_labels(list(utterances), "utterances").tolist()
    if not names:
        raise ValueError("steps 是空的：请给出每句话的步骤。")
    if len(names) != len(texts):
        raise ValueError(f"steps 有 {len(names)} 个，utterances 有 {len(texts)} 句：请一一对应。")
    for place, name in enumerate(names, start=1):
        if name not in (*SIX_STEPS, UNKNOWN):
            raise ValueError(f"第 {place} 句的步骤是 {name!r}，六步是：{'、'.join(SIX_STEPS)}。")
    return _check(texts, names, [""] * len(names))


def assign_steps(utterances: Sequence[str]) -> StepCheck:
    """每句话属于六步里的哪一步？按说法归类，再查次序与缺漏。

    Parameters
    ----------
    utterances : 客服说的话，按说的先后。

    Returns
    -------
    StepCheck
        ``依据`` 是命中的说法；没有命中或几步一样像的是「未能判断」。

    Raises
    ------
    ValueError
        没有一句、有空句。

    Notes
    -----
    每步有一组说法与分量（教学约定），分量之和最大的那一步就是；它只认字面，拿不准时人工归类。

    Examples
    --------
    >>> talk = ["我非常理解您的心情，跟您确认一下，是昨天没有上门对吗？",
    ...         "因为备件缺货，按照流程要等总仓调货。", "我们一起看看怎样解决，您更希望换货还是等备件？",
    ...         "我已经帮您提交加急工单，明天下午 3 点前师傅上门。",
    ...         "作为补偿给您一张 50 元代金券。", "建议您保留好单据，有问题随时联系我。"]
    >>> assign_steps(talk).ok
    True
    """
    texts = read_labels(list(utterances), "utterances").tolist()
    if not texts:
        raise ValueError("utterances 是空的：请给出客服说的话。")
    found = [_classify(text) for text in texts]
    return _check(texts, [step for step, _ in found], [why for _, why in found])


def _classify(text: str) -> tuple[str, str]:
    """最像的一步与命中的说法。"""
    scores, evidence = dict.fromkeys(SIX_STEPS, 0), {step: [] for step in SIX_STEPS}
    for step, cues in CUES.items():
        for pattern, weight in cues:
            match = re.search(pattern, text)
            if match:
                scores[step] += weight
                evidence[step].append(match.group())
    ranked = sorted(SIX_STEPS, key=lambda step: -scores[step])
    best, second = ranked[:2]
    if scores[best] == 0:
        return UNKNOWN, "没有这六步的说法"
    if scores[best] == scores[second]:
        return UNKNOWN, f"{best}与{second}一样像"
    return best, "、".join(evidence[best])


def _check(texts: list[str], names: list[str], why: list[str]) -> StepCheck:
    farthest, backward, problems = -1, [], []
    for place, name in enumerate(names, start=1):
        rank = SIX_STEPS.index(name) if name != UNKNOWN else farthest
        if rank < farthest:
            backward.append(place)
            problems.append(f"应在{SIX_STEPS[farthest]}之前")
        else:
            problems.append("" if name != UNKNOWN else "请人工归类")
        farthest = max(farthest, rank)
    table = pd.DataFrame(
        {
            "序号": range(1, len(names) + 1),
            "话术": texts,
            "步骤": names,
            "依据": why,
            "问题": problems,
        }
    )
    missing = tuple(step for step in SIX_STEPS if step not in names)
    return StepCheck(table, missing, tuple(backward))
