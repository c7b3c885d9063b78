"""投诉对话：客户怎么说，客服哪一句属于六步骤的哪一步，哪一句同理心说得对？"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from .columns import words
from .registry import part, table, truth
from .text import labels, numbered

__all__ = [
    "SAFETY_VOICES",
    "STEPS",
    "VOICES",
    "DialogueTruth",
    "complaint_lines",
    "dialogue_truth",
    "lines",
]

# 客户的原话，次序同 REASONS["投诉"]
VOICES = (
    (
        "修了三次还是老样子，每次都说好了。",
        "同一个毛病，一个月修了两回又坏。",
        "师傅走了不到两天就不能用了，又得等。",
        "来来回回修了四趟，到底会不会修？",
        "上次说换了零件，今天又是同样的故障。",
    ),
    (
        "修完原来的毛病好了，现在又开始漏水。",
        "修之前没有异响，修完响得睡不着。",
        "师傅拆过以后面板就合不上了。",
        "换完零件，别的功能反而不能用了。",
        "修好了一处，又坏了另一处，这怎么算？",
    ),
    (
        "约的上午九点，等到下午也没有人来。",
        "请了半天假在家等，师傅没来也没有电话。",
        "改了三次时间，一次都没有按时到。",
        "说好昨天上门，今天打电话说没有派到单。",
        "两小时的时间段，过了五个小时才联系我。",
    ),
    (
        "师傅进门就抱怨，还说是我不会用。",
        "问了一句收费，对方就不耐烦地挂了电话。",
        "客服打断我好几次，根本不听我说完。",
        "师傅鞋套也不穿，说他两句还顶嘴。",
        "一直说这不归他管，叫我自己想办法。",
    ),
    (
        "电话里说免费，上门却收了上门费。",
        "还在保修期，凭什么收我材料费？",
        "报价八十，最后收了两百六，也没有单子。",
        "同样的零件，网上只要一半的钱。",
        "没有修好也收了检测费，事先没有说过。",
    ),
    (
        "买了一个星期就坏，我要求退货。",
        "新机器有划痕，包装也是拆开过的。",
        "三包期内修了两次，按规定应该换。",
        "噪声比说明书上写的大得多，我要退。",
        "收到的型号和下单的不一样，请退款。",
    ),
)
# 要先停用、先断电的，不论什么原因
SAFETY_VOICES = (
    "修完一插电外壳就麻手，家里有小孩。",
    "热水器旁边闻到燃气味，窗都开着，不敢再点火。",
    "空调插头烧黑了，还冒过一阵烟。",
    "洗衣机漏电，漏保一合就跳。",
    "换过的管子接口漏气，报警器响了两回。",
)
STEPS = ("理解确认", "说明解释", "转移解决", "解决执行", "替代弥补", "提醒建议")
WHEN = ("今天十八点前", "明天上午十点前", "两小时内", "周五中午前", "四十八小时内", "今晚八点前")
WHAT = ("空调", "冰箱", "洗衣机", "热水器", "油烟机", "洗碗机")
LINES = (
    (
        "您是说{物}报修以后等了很久还没有结果，我理解得对吗？",
        "我先复述一遍：{物}的问题前后反映过两次，都没有解决，是这样吗？",
        "换作是我，{物}用不了也会着急，请您慢慢说。",
        "我确认一下，您最在意的是{物}什么时候能恢复正常，对吗？",
        "您刚才提到{物}和费用两件事，我都记下了，还有没有漏的？",
        "听得出来{物}这件事给您添了很大麻烦，请问是从哪天开始的？",
    ),
    (
        "这是因为{物}的配件要从总仓调，正常要三天，这次超了时。",
        "按保修条款，{物}在保修期内免材料费，上门费另有规定。",
        "出现这种情况，是系统把{物}的单子派到了邻近的网点。",
        "{物}属于大件，政策规定要先检测再决定换不换，我给您念一下。",
        "之所以要您提供照片，是为了判断{物}的责任在哪一环。",
        "这个时限是从{物}受理那一刻算起，不是从上门算起。",
    ),
    (
        "我们先把{物}怎么处理定下来，您看是修还是换？",
        "责任我们会查，眼下要紧的是{物}，我把它转给专席跟进。",
        "追究是谁的错需要时间，{物}的问题我现在就请网点主管一起来办。",
        "说到底您要的是{物}能用，我们来看看有哪几条路。",
        "这件事超出我的权限，我把{物}的情况带着记录转给投诉专席，不用您再说一遍。",
        "与其等调查结果，不如先把{物}的上门时间重新约好，您看可以吗？",
    ),
    (
        "方案定了：{时}由李师傅带配件上门处理{物}，我全程跟踪。",
        "我已经为{物}建了加急单，{时}给您答复，由我本人负责。",
        "{物}的申请我已提交，{时}您会收到短信确认。",
        "现在就安排：{时}网点主管与您联系，{物}当场检测。",
        "{物}按换机处理，{时}之前完成登记，单号我念给您。",
        "我和仓库核实过了，{物}的配件{时}到站，到了马上派单。",
    ),
    (
        "如果{时}还办不了，我们先送一台备用{物}给您用。",
        "这次做不到全额减免，我可以为{物}申请延长半年保修。",
        "{物}暂时没有现货，可以换同价位的另一款，您看行吗？",
        "耽误了您的时间，在我的权限内可以为{物}补偿一次免费清洗。",
        "上门来不及的话，我们可以派车把{物}取走修好再送回，运费我们出。",
        "{物}的原方案走不通，我们改为减免检测费，可以吗？",
    ),
    (
        "建议您每个季度给{物}做一次清洁，可以少出这类毛病。",
        "办好以后我会在{时}回访，{物}有变化请直接拨我的分机。",
        "提醒您保留{物}的维修单，三十天内同样的毛病可以免费再修。",
        "下次约{物}上门，在公众号上可以看到师傅到哪里了。",
        "给您一个建议，{物}使用前先看一下电压，能避免再跳闸。",
        "{物}的保修到年底，到期前我们会发短信提醒您。",
    ),
)
RIGHT, NO_LIMIT, NO_ACTION, EMPTY = range(4)
VERDICTS = ("合格", "缺少限制", "缺少行动", "行动空泛")
LIMITS = (
    "虽然我不能马上给您换机，",
    "虽然我不能马上让师傅到您家，",
    "虽然我不能马上退还全部费用，",
    "虽然我不能马上答复责任在谁，",
    "虽然我不能马上调到配件，",
    "虽然我不能马上免去上门费，",
)
ACTIONS = (
    "但是我会立即为您建加急单，{时}给您回电。",
    "但是我会立即联系网点主管，{时}确定上门的人和时间。",
    "但是我会立即提交退款申请，{时}短信告诉您结果。",
    "但是我会立即查通话录音，{时}把查到的情况告诉您。",
    "但是我会立即向总仓催件，{时}给您到货日期。",
    "但是我会立即为您登记补偿，{时}发到您的账户。",
)
VAGUE = (
    "但是我会立即尽快处理。",
    "但是我会立即帮您反映一下。",
    "但是我会立即跟进的，请您放心。",
    "但是我会立即催促相关部门。",
)
POLITE = (
    "给您带来不便非常抱歉。",
    "请您耐心等待。",
    "这是公司的规定，请您理解。",
    "您的心情我们很理解。",
)
SIZES = MappingProxyType({RIGHT: 24, NO_LIMIT: 8, NO_ACTION: 8, EMPTY: 8})


@dataclass(frozen=True, eq=False)
class DialogueTruth:
    """对话句子的标准答案；步骤的划分与同理心的三种毛病都是教学约定。"""

    steps: Mapping[str, str]
    """类别为“步骤”的句子：编号 → 六步骤里的哪一步。"""
    empathy: Mapping[str, str]
    """类别为“同理心”的句子：编号 → 合格、缺少限制、缺少行动、行动空泛。"""


def _fill(template: str, what: int, when: int) -> str:
    return template.replace("{物}", WHAT[what]).replace("{时}", WHEN[when])


def _step_lines(rng: np.random.Generator) -> list[tuple[str, str]]:
    """每步 12 句：六个句式各说两样东西。"""
    return [
        (_fill(template, int(what), int(rng.integers(len(WHEN)))), step)
        for step, templates in zip(STEPS, LINES, strict=True)
        for template in templates
        for what in rng.choice(len(WHAT), 2, replace=False)
    ]


def _empathy_lines(rng: np.random.Generator) -> list[tuple[str, str]]:
    """48 句：一半合格，其余缺限制、缺行动、行动空泛各 8 句；句句不同。"""
    pools = {
        RIGHT: [(a, b) for a in LIMITS for b in ACTIONS],
        NO_LIMIT: [("", b.removeprefix("但是")) for b in ACTIONS for _ in WHEN],
        NO_ACTION: [(a, b) for a in LIMITS for b in POLITE],
        EMPTY: [(a, b) for a in LIMITS for b in VAGUE],
    }
    found = []
    for kind, pool in pools.items():
        for i in rng.choice(len(pool), SIZES[kind], replace=False):
            when = int(i) % len(WHEN) if kind == NO_LIMIT else int(rng.integers(len(WHEN)))
            found.append((_fill("".join(pool[i]), 0, when), VERDICTS[kind]))
    return found


@part("投诉对话的句子与答案", stream="complaint_lines")
def lines(rng: np.random.Generator) -> tuple[pd.DataFrame, DialogueTruth]:
    """120 句客服的话，次序打乱：72 句属于六步骤，48 句是同理心句子。"""
    steps, empathy = _step_lines(rng), _empathy_lines(rng)
    order = rng.permutation(len(steps) + len(empathy))
    said = [(*line, "步骤") for line in steps] + [(*line, "同理心") for line in empathy]
    said = [said[i] for i in order]
    number = numbered("句", len(said), 3)
    table = pd.DataFrame(
        {
            "编号": pd.array(number, dtype="str"),
            "类别": labels([line[2] for line in said], np.arange(len(said))),
            "句子": labels([line[0] for line in said], np.arange(len(said))),
        }
    )

    def answers(kind: str) -> Mapping[str, str]:
        pairs = zip(number.tolist(), said, strict=True)
        return MappingProxyType({code: line[1] for code, line in pairs if line[2] == kind})

    return table, DialogueTruth(answers("步骤"), answers("同理心"))


@table(
    "投诉对话",
    "客服的一句话，120 句",
    key=("编号",),
    columns=(
        words("编号", "哪一句"),
        words("类别", "步骤（六步骤里的一步）或同理心"),
        words("句子", "客服的原话"),
    ),
)
def complaint_lines(lines: tuple[pd.DataFrame, DialogueTruth]) -> pd.DataFrame:
    """客服的 120 句话，72 句属于六步骤，48 句是同理心句子。"""
    return lines[0]


@truth("投诉对话各句的答案（complaint_lines）")
def dialogue_truth(lines: tuple[pd.DataFrame, DialogueTruth]) -> DialogueTruth:
    """各句属于哪一步、同理心说得对不对。"""
    return lines[1]
