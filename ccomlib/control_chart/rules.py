"""判异规则：什么样的点不像日常波动？"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["RULE_SETS", "Rule", "read_rules", "rule_set"]

# 种类 -> 默认的（几点，共几点，几倍 σ）
KINDS = MappingProxyType(
    {
        "beyond": (1, 1, 3.0),
        "zone": (2, 3, 2.0),
        "run": (8, 8, 0.0),
        "trend": (6, 6, 0.0),
        "alternating": (14, 14, 0.0),
        "hugging": (15, 15, 1.0),
        "mixture": (8, 8, 1.0),
    }
)
LONGEST = 200


@dataclass(frozen=True)
class Rule:
    """一条判异规则：种类、几点、共几点、几倍 σ、代号，都可以改。

    Parameters
    ----------
    kind : 种类。
        ``"beyond"``：1 点超出 ±sigma；``"zone"``：连续 of 点中 points 点在同侧 sigma 之外；
        ``"run"``：连续 points 点在中心线同一侧；``"trend"``：连续 points 点一直升或一直降；
        ``"alternating"``：连续 points 点上下交替；``"hugging"``：连续 points 点都在 ±sigma 以内；
        ``"mixture"``：连续 points 点都在 ±sigma 以外，不论哪一侧。
    points, of, sigma : 不给就用这一种的默认值。
    label : 图上的代号；不给就用窗口的点数（6、8、1、3、5……）。

    Raises
    ------
    ValueError
        没有这一种；点数不对；sigma 不大于 0。

    Notes
    -----
    标记落在凑满规则的那一点；点正好在界限上不算超出，正好在中心线上断开同侧的连续，
    相等断开趋势；“zone”的最后一点自己也要在 sigma 之外。
    Western Electric 与 Nelson 说的都是连续 of 点中的 points 点：头 of − 1 点还凑不成窗口，不判
    （[2.5, 2.5] 还不是 3 点），R 的 qcc 3.0 也是这样。

    References
    ----------
    Western Electric (1956), Statistical Quality Control Handbook；
    Nelson (1984), The Shewhart Control Chart—Tests for Special Causes, JQT 16: 237–239；
    Scrucca, qcc 3.0, qccRules（逐个完整的窗口判，标在窗口最后一点）。

    Examples
    --------
    >>> print(Rule("run", 9))
    连续 9 点在中心线同一侧
    >>> print(Rule("zone", 4, 5, 1))
    连续 5 点中有 4 点在同侧 1σ 之外
    """

    kind: str
    points: int | None = None
    of: int | None = None
    sigma: float | None = None
    label: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"没有规则 {self.kind!r}；有：{'、'.join(KINDS)}。")
        points, of, sigma = KINDS[self.kind]
        points = points if self.points is None else self.points
        of = (of if self.kind == "zone" else points) if self.of is None else self.of
        sigma = sigma if self.sigma is None else self.sigma
        smallest = {"beyond": 1, "zone": 1, "trend": 2, "alternating": 3}.get(self.kind, 2)
        if points != int(points) or of != int(of) or not smallest <= points <= of <= LONGEST:
            raise ValueError(
                f"规则 {self.kind} 是 {of} 点中的 {points} 点，"
                f"应是整数，{smallest} ≤ points ≤ of ≤ {LONGEST}。"
            )
        if self.kind != "zone" and of != points:
            raise ValueError(f'规则 {self.kind} 不用 of：只有 kind="zone" 才是 of 点中的几点。')
        if self.kind == "beyond" and points != 1:
            raise ValueError('规则 beyond 只看 1 点：要看几点，请用 kind="zone"。')
        if KINDS[self.kind][2] and not sigma > 0:
            raise ValueError(f"规则 {self.kind} 的 sigma 是 {sigma}，应大于 0。")
        object.__setattr__(self, "points", int(points))
        object.__setattr__(self, "of", int(of))
        object.__setattr__(self, "sigma", float(sigma))
        object.__setattr__(self, "label", str(self.label or self.of))

    def __str__(self) -> str:
        return {
            "beyond": f"1 点超出 ±{self.sigma:g}σ",
            "zone": f"连续 {self.of} 点中有 {self.points} 点在同侧 {self.sigma:g}σ 之外",
            "run": f"连续 {self.points} 点在中心线同一侧",
            "trend": f"连续 {self.points} 点持续上升或持续下降",
            "alternating": f"连续 {self.points} 点上下交替",
            "hugging": f"连续 {self.points} 点都在 ±{self.sigma:g}σ 以内",
            "mixture": f"连续 {self.points} 点都在 ±{self.sigma:g}σ 以外",
        }[self.kind]


_NELSON = (
    Rule("beyond"),
    Rule("run", 9),
    Rule("trend", 6),
    Rule("alternating", 14),
    Rule("zone", 2, 3, 2),
    Rule("zone", 4, 5, 1),
    Rule("hugging", 15),
    Rule("mixture", 8),
)

RULE_SETS = MappingProxyType(
    {
        "68135": (
            Rule("trend", 6),
            Rule("run", 8),
            Rule("beyond"),
            Rule("zone", 2, 3, 2),
            Rule("zone", 4, 5, 1),
        ),
        "western_electric": (
            Rule("beyond"),
            Rule("zone", 2, 3, 2),
            Rule("zone", 4, 5, 1),
            Rule("run", 8),
        ),
        "nelson": _NELSON,
        "minitab": _NELSON,
        "minitab_attribute": _NELSON[:4],
        "minitab_default": _NELSON[:1],
    }
)


def rule_set(name: str, **points: int) -> tuple[Rule, ...]:
    """按名字取一套规则；要改点数就写 ``种类=点数``。

    Parameters
    ----------
    name : ``"68135"``（6、8、1、3、5，课程的默认）、``"western_electric"``（没有趋势一条）、
        ``"nelson"``（八条，同侧是 9 点）、``"minitab"``（同 Nelson）、
        ``"minitab_attribute"``（Minitab 给计数图的前四条）、``"minitab_default"``（只有 ±3σ，
        Minitab 打开时的样子）；或 6、8、1、3、5 里的几个数字，如 ``"18"``。
    points : 如 ``run=9``、``trend=7``。

    Raises
    ------
    ValueError
        没有这套规则；要改的那一种不在里面，或有两条。

    Examples
    --------
    >>> [rule.label for rule in rule_set("68135")]
    ['6', '8', '1', '3', '5']
    >>> [rule.label for rule in rule_set("68135", run=9)]
    ['6', '9', '1', '3', '5']
    >>> print(*rule_set("18"), sep="；")
    连续 8 点在中心线同一侧；1 点超出 ±3σ
    """
    chosen = _named(name)
    for kind, count in points.items():
        places = [number for number, rule in enumerate(chosen) if rule.kind == kind]
        if len(places) != 1 or kind in {"zone", "beyond"}:
            raise ValueError(f"规则集 {name} 里不能这样改 {kind}：请自己列出各条 Rule(...)。")
        place = places[0]
        changed = Rule(kind, count, sigma=chosen[place].sigma)
        chosen = (*chosen[:place], changed, *chosen[place + 1 :])
    return read_rules(chosen)


def _named(name: str) -> tuple[Rule, ...]:
    if name in RULE_SETS:
        return RULE_SETS[name]
    digits = set(str(name))
    if digits and digits <= set("68135"):
        return tuple(rule for rule in RULE_SETS["68135"] if rule.label in digits)
    raise ValueError(
        f"没有规则集 {name!r}；有：{'、'.join(RULE_SETS)}，或 6、8、1、3、5 里的几个数字。"
    )


def read_rules(rules: str | Rule | Iterable[Rule]) -> tuple[Rule, ...]:
    """名字、一条或几条规则，都变成一组规则；代号重复就报错。"""
    if isinstance(rules, str):
        return _named(rules)
    found = (rules,) if isinstance(rules, Rule) else tuple(rules)
    if not found or not all(isinstance(rule, Rule) for rule in found):
        raise ValueError('rules 应是规则集的名字（如 "68135"）或几条 Rule(...)。')
    labels = [rule.label for rule in found]
    twice = sorted({label for label in labels if labels.count(label) > 1})
    if twice:
        raise ValueError(f"两条规则的代号都是 {twice[0]}：请用 label= 给其中一条另取一个。")
    return found
