"""控制图的结果：哪些点受控，哪些点有特殊原因？"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.validation import varies

from .limits import (
    CHARTS,
    Limits,
    attribute_warnings,
    estimate,
    place,
    place_spread,
)
from .reading import read_baseline, read_source
from .rules import RULE_SETS, Rule, read_rules
from .signals import hits_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["FALSE_ALARM", "ControlChart", "build", "make_chart"]

# 受控时平均几点误报一次；测试里用模拟核对
FALSE_ALARM = {"68135": 78, "western_electric": 92, "nelson": 74, "minitab_default": 370}
FEW = 20
WEEK = 7
LONG = 10_000
LISTED = 6
MOST_DIGITS = 8
SPOKEN = {1: "一", 2: "两", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八"}


@dataclass(frozen=True, eq=False)
class ControlChart(Result):
    """一张算好界限、判好信号的控制图。由 ``xmr``、``p_chart`` 等函数得到，不直接构造。"""

    kind: str
    name: str
    """画的是什么。"""
    points: pd.Series
    center: pd.Series
    sigma: pd.Series
    """各点自己的 σ；区域按它划分，不受下限截在 0 的影响。"""
    lower: pd.Series
    upper: pd.Series
    limits: Limits
    baseline: pd.Series
    """各点是否用来算界限；全为假就是用别处来的界限。"""
    rules: tuple[Rule, ...]
    signals: pd.DataFrame
    """每个（点，规则，方向）一行：序号、点、数值、z、规则、方向、说明。"""
    companion: ControlChart | None
    """配图：移动极差、极差或标准差图，默认只判 ±3σ；没有配图为 None。"""
    warnings: tuple[str, ...]
    source: pd.DataFrame
    """整理过的原始数据，``extend`` 时接着用。"""

    @property
    def in_control(self) -> bool:
        """没有任何信号；有配图时配图也要没有。"""
        return self.signals.empty and (self.companion is None or self.companion.in_control)

    @property
    def z(self) -> pd.Series:
        """(数值 − 中心线) ÷ 该点的 σ。"""
        return (self.points - self.center) / self.sigma

    @property
    def title(self) -> str:
        """图名与指标名。"""
        title = CHARTS[self.kind].title
        return f"{title}（{self.name}）" if self.name else title

    @property
    def marks(self) -> pd.Series:
        """有信号的各点触发了哪些规则，如“1、3”；下标是从 0 数的位置。"""
        joined = self.signals.drop_duplicates(["序号", "规则"])
        return joined.groupby(joined["序号"] - 1)["规则"].agg("、".join)

    def summary(self) -> pd.DataFrame:
        """逐点：数值、中心线、界限、z、触发的规则、是否基期。"""
        marks = np.full(len(self.points), "", dtype=object)
        found = self.marks
        marks[found.index] = found.to_numpy()
        return pd.DataFrame(
            {
                "数值": self.points,
                "中心线": self.center,
                "下限": self.lower,
                "上限": self.upper,
                "z": self.z,
                "规则": marks,
                "基期": self.baseline.map({True: "是", False: "否"}),
            }
        )

    def extend(self, *data: Any, **columns: Any) -> ControlChart:
        """界限不变，接着画新的数据（第二阶段）。

        Parameters
        ----------
        data, columns : 与当初的函数一样给：xmr 给一列，p、u 给两列，Xbar 图给一张表。

        Raises
        ------
        ValueError
            新数据不合要求；配图与 ``special_causes`` 不能接。
        """
        if self.kind in {"mr", "r", "s", "given"}:
            raise ValueError("配图与给定界限的图不能接新数据：请在主图上用 extend。")
        new, _ = read_source(self.kind, *data, per=self.limits.per, **columns)
        both = isinstance(self.source.index, pd.RangeIndex) and isinstance(new.index, pd.RangeIndex)
        source = pd.concat([self.source, new], ignore_index=both)
        base = np.r_[self.baseline.to_numpy(), np.zeros(len(new), dtype=bool)]
        return build(self.limits, source, base, self.rules, self.name)

    def with_rules(self, rules: str | Rule | Iterable[Rule]) -> ControlChart:
        """界限不变，换一套规则再判。"""
        if self.kind in {"mr", "r", "s"}:
            return _judge(
                self.kind, self.limits, self.points, self.center.to_numpy(), self.sigma.to_numpy(),
                self.baseline.to_numpy(), read_rules(rules), self.name, self.source,
            )  # fmt: skip
        return build(
            self.limits, self.source, self.baseline.to_numpy(), read_rules(rules), self.name
        )

    def plot(self, ax: Axes | None = None) -> Axes:
        """折线、中心线、±1σ 与 ±2σ 的区域、界限；有信号的点标出规则的代号。"""
        from .drawing import draw

        return draw(self, ax)

    def plot_both(self) -> tuple[Axes, Axes]:
        """主图在上、配图在下；没有配图就报错。"""
        from .drawing import draw_both

        if self.companion is None:
            raise ValueError(f"{CHARTS[self.kind].title}没有配图：请用 plot()。")
        return draw_both(self)

    def __str__(self) -> str:
        count = self.signals["序号"].nunique()
        head = f"{self.title}：{len(self.points)} 点"
        if count:
            text = (
                f"{head}里有 {count} 点带特殊原因的信号（{self._where()}），"
                "先查这些点当时发生了什么"
            )
        else:
            text = f"{head}都没有特殊原因的信号，只有日常波动，不必逐点追问"
        text += f"；{self._limits_text()}。"
        if self.companion is not None and not self.companion.in_control:
            where = _listed(self.companion.signals["点"].drop_duplicates())
            text += f"{CHARTS[self.companion.kind].title}有信号（{where}），界限由它而来，先查它。"
        text += self._false_alarms()
        if self.warnings:
            text += "当心：" + "；".join(self.warnings) + "。"
        return text

    def text_of(self, value: float) -> str:
        """按这张图的单位与精度写一个数：比例写成百分数，别的取到 σ 的第二位。"""
        if self.kind in {"p", "laney_p"}:
            return f"{value:.2%}"
        digits = int(max(0, 1 - np.floor(np.log10(float(self.sigma.min())))))
        return f"{value:,.{digits}f}" if digits <= MOST_DIGITS else f"{value:.4g}"

    def _where(self) -> str:
        marks = self.marks.iloc[: LISTED + 1]
        places = self.points.index.take(marks.index)
        found = [
            f"{_label(place)}：规则 {rules}" for place, rules in zip(places, marks, strict=True)
        ]
        more = self.signals["序号"].nunique() > LISTED
        return "；".join(found[:LISTED]) + ("……" if more else "")

    def _limits_text(self) -> str:
        center, form = self.center.iloc[0], self.text_of
        fixed = not varies(self.center)
        if varies(self.upper) or not fixed:
            return (f"中心线 {form(center)}，" if fixed else "") + "界限随每期的个数变化"
        low, high = form(self.lower.iloc[0]), form(self.upper.iloc[0])
        return f"中心线 {form(center)}，界限 {low} 到 {high}"

    def _false_alarms(self) -> str:
        gap = next(
            (gap for name, gap in FALSE_ALARM.items() if RULE_SETS[name] == self.rules), None
        )
        count = SPOKEN.get(len(self.rules), str(len(self.rules)))
        if gap is None:
            return "规则越多误报越多，用 run_length(rules) 可以算出多少点误报一次。"
        together = f"{count}条规则一起用" if len(self.rules) > 1 else "只用这一条规则"
        return f"{together}，受控的过程平均每 {gap} 点也会误报约 1 次，别把每个信号都当成事故。"


def _label(label: Any) -> str:
    if isinstance(label, pd.Timestamp):
        return f"{label:%Y-%m-%d}" if label == label.normalize() else f"{label:%Y-%m-%d %H:%M}"
    return f"第 {label + 1} 点" if isinstance(label, int | np.integer) else str(label)


def _listed(labels: Iterable[Any]) -> str:
    found = [_label(label) for label in labels]
    return "、".join(found[:LISTED]) + ("……" if len(found) > LISTED else "")


def make_chart(
    kind: str,
    *data: Any,
    baseline: Any = None,
    limits: Limits | ControlChart | None = None,
    rules: str | Rule | Iterable[Rule] = "68135",
    name: str | None = None,
    per: float = 1,
    median: bool = False,
    **columns: Any,
) -> ControlChart:
    """各种图的共同做法：读数据、定基期、算界限或用给定的界限、判信号。"""
    if isinstance(limits, ControlChart):
        limits = limits.limits
    if limits is not None and (not isinstance(limits, Limits) or limits.kind != kind):
        got = CHARTS[limits.kind].title if isinstance(limits, Limits) else repr(limits)
        raise ValueError(
            f"limits 是 {got}，这里要 {CHARTS[kind].title} 的：请给同一种图，或 Limits({kind!r}, …)。"
        )
    if limits is not None and baseline is not None:
        raise ValueError("baseline 与 limits 只给一个：界限要么由这里的基期算，要么用现成的。")
    per = limits.per if limits is not None else per
    source, found = read_source(kind, *data, per=per, **columns)
    if limits is not None:
        base = np.zeros(len(source), dtype=bool)
    else:
        base = read_baseline(baseline, source.index)
        limits = estimate(kind, source, base, per=per, median=median)
    return build(limits, source, base, read_rules(rules), found if name is None else name)


def build(
    limits: Limits, source: pd.DataFrame, base: np.ndarray, rules: tuple[Rule, ...], name: str
) -> ControlChart:
    """界限用到数据上，连配图一起判好。"""
    values, center, sigma = place(limits, source)
    points = pd.Series(values, source.index, name=name or None)
    companion, warnings = None, []
    kind = CHARTS[limits.kind]
    if kind.companion:
        spread, middle, noise = place_spread(limits, source)
        companion = _judge(
            kind.companion, limits, spread, middle, noise, base[len(base) - len(spread) :],
            read_rules("1"), name, source,
        )  # fmt: skip
    elif limits.kind != "given":
        warnings += attribute_warnings(limits, source, base)
    repeats = _weekly((values - center) / sigma)
    if repeats:
        warnings.append(
            f"每 {WEEK} 点重复一次（相隔 {WEEK} 点的相关 {repeats:.2f}），多半是星期的规律："
            "先只看同一星期几，或改看实际 ÷ 预测"
        )
    if 0 < limits.size < FEW:
        warnings.append(f"基期只有 {limits.size} 点，界限还不稳，课本建议 20 到 25 点")
    return _judge(
        limits.kind, limits, points, center, sigma, base, rules, name, source, companion, warnings
    )


def _weekly(z: np.ndarray) -> float | None:
    """相隔 7 点的自相关；明显大于抽样误差、又大于相邻点的自相关时才给出。"""
    size = len(z)
    if not 4 * WEEK <= size <= LONG:
        return None
    if not varies(z):
        return None
    moved = z - z.mean()
    total = np.square(moved).sum()
    near, week = ((moved[lag:] * moved[:-lag]).sum() / total for lag in (1, WEEK))
    return float(week) if week > max(3 / np.sqrt(size), near) else None


def _judge(
    kind: str,
    limits: Limits,
    points: pd.Series,
    center: np.ndarray,
    sigma: np.ndarray,
    base: np.ndarray,
    rules: tuple[Rule, ...],
    name: str,
    source: pd.DataFrame,
    companion: ControlChart | None = None,
    warnings: Iterable[str] = (),
) -> ControlChart:
    values, index, box = points.to_numpy(), points.index, CHARTS[kind]
    signals = hits_table(values, (values - center) / sigma, sigma, rules, index)
    return ControlChart(
        kind=kind,
        name=name,
        points=points,
        center=pd.Series(center, index),
        sigma=pd.Series(sigma, index),
        lower=pd.Series(np.maximum(center - 3 * sigma, box.floor), index),
        upper=pd.Series(np.minimum(center + 3 * sigma, box.ceiling), index),
        limits=limits,
        baseline=pd.Series(base, index),
        rules=rules,
        signals=signals,
        companion=companion,
        warnings=tuple(warnings),
        source=source,
    )
