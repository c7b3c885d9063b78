"""t 检验：两组平均分差得出来吗，差多少？"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range, varies
from ccomlib.wording import p_text

from .designs import match_design, signs
from .scores import read_two

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["KINDS", "TTest", "mean_difference", "require_kind", "ttest"]

KINDS = {1: "配对", 2: "等方差", 3: "不等方差（Welch）"}


@dataclass(frozen=True, eq=False)
class TTest(Result):
    """一次 t 检验。由 ``ttest`` 得到。"""

    p: float
    """与 Excel 的 T.TEST 相同；tails=1 时是双侧的一半。"""
    t: float
    df: float
    difference: float
    """平均差：a − b。"""
    low: float
    high: float
    """平均差的置信区间，总是双侧的。"""
    confidence: float
    effect: float
    """效应量：配对是 dz = 差的平均 ÷ 差的标准差；其余是 d = 平均差 ÷ 合并标准差。"""
    hedges: float
    """按小样本校正的效应量（Hedges g）。"""
    kind: int
    tails: int
    names: tuple[str, str]
    means: tuple[float, float]
    sds: tuple[float, float]
    sizes: tuple[int, int]
    warnings: tuple[str, ...]
    table: pd.DataFrame
    """配对时逐通：a、b、差；否则逐个：组、数值。"""

    @property
    def significant(self) -> bool:
        """p 小于 1 − confidence。"""
        return self.p < 1 - self.confidence

    @property
    def effect_name(self) -> str:
        """效应量叫什么。"""
        return "dz" if self.kind == 1 else "d"

    def summary(self) -> pd.DataFrame:
        """两组与检验。"""
        rows = [
            (
                f"{self.names[0]}平均",
                self.means[0],
                f"标准差 {self.sds[0]:.3g}，n = {self.sizes[0]}",
            ),
            (
                f"{self.names[1]}平均",
                self.means[1],
                f"标准差 {self.sds[1]:.3g}，n = {self.sizes[1]}",
            ),
            ("平均差", self.difference, f"{self.names[0]} − {self.names[1]}"),
            ("差的下限", self.low, f"{self.confidence:.0%} 置信区间"),
            ("差的上限", self.high, f"{self.confidence:.0%} 置信区间"),
            ("t", self.t, f"{KINDS[self.kind]}，自由度 {self.df:.4g}"),
            (
                f"p（{'双' if self.tails == 2 else '单'}侧）",
                self.p,
                "显著" if self.significant else "不显著",
            ),
            (f"效应量 {self.effect_name}", self.effect, f"{size_word(self.effect)}（Cohen 1988）"),
            ("Hedges g", self.hedges, "小样本校正后的效应量"),
        ]
        return pd.DataFrame(rows, columns=["指标", "数值", "读法"]).astype({"数值": float})

    def plot(self, ax: Axes | None = None) -> Axes:
        """配对画逐通的差，其余画两组的散点；粗线是平均与区间。"""
        return self._pairs(ax) if self.kind == 1 else self._groups(ax)

    def _pairs(self, ax: Axes | None) -> Axes:
        ax = new_axes(ax)
        gap = self.table["差"]
        x = np.arange(len(gap))
        ax.axhline(0, color=COLOURS["grey"])
        ax.axhspan(
            self.low,
            self.high,
            color=COLOURS["light"],
            alpha=0.3,
            label=f"平均差的 {self.confidence:.0%} 区间",
        )
        ax.axhline(self.difference, color=COLOURS["main"], label=f"平均差 {self.difference:+.2f}")
        ax.vlines(x, 0, gap, color=COLOURS["grey"], linewidth=1)
        ax.plot(x, gap, "o", color=COLOURS["main"])
        if len(gap) <= 30:
            ax.set_xticks(x, [str(label) for label in gap.index], rotation=45, ha="right")
        ax.set(
            title=f"{self.names[0]} − {self.names[1]}：配对 t 检验 {p_text(self.p)}",
            xlabel="录音",
            ylabel="分差（分）",
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def _groups(self, ax: Axes | None) -> Axes:
        from scipy.stats import t as student

        ax = new_axes(ax, figsize=(8, 3))
        for row in (0, 1):
            values = self.table.loc[self.table["组"] == row, "数值"].to_numpy()
            # 同值的点上下错开，不随机，图每次一样
            shift = (np.arange(len(values)) % 5 - 2) * 0.05
            ax.plot(values, row + shift, "o", color=COLOURS["grey"], alpha=0.5, markersize=4)
            n = self.sizes[row]
            half = (
                self.sds[row] / math.sqrt(n) * float(student.isf((1 - self.confidence) / 2, n - 1))
            )
            mean = self.means[row]
            ax.plot([mean - half, mean + half], [row, row], color=COLOURS["main"], linewidth=3)
            ax.plot(mean, row, "D", color=COLOURS["main"], markersize=8)
            ax.annotate(f"{mean:.2f}", (mean, row - 0.22), ha="center", color=COLOURS["main"])
        ax.set_yticks([0, 1], self.names)
        ax.set(
            title=f"{KINDS[self.kind]} t 检验：平均差 {self.difference:+.2f}，{p_text(self.p)}",
            xlabel=f"数值（粗线为各组平均的 {self.confidence:.0%} 区间）",
            ylim=(1.6, -0.6),
        )
        return ax

    def __str__(self) -> str:
        first, second = self.names
        side = "高" if self.difference > 0 else "低"
        text = (
            f"{first}平均 {self.means[0]:.2f}，{second}平均 {self.means[1]:.2f}，"
            f"{first}{side} {abs(self.difference):.2f}"
            f"（{self.confidence:.0%} 区间 {self.low:+.2f} 到 {self.high:+.2f}）；"
            f"{KINDS[self.kind]} t({self.df:.4g}) = {self.t:.2f}，"
            f"{'双' if self.tails == 2 else '单'}侧 {p_text(self.p)}，"
            f"效应量 {self.effect_name} = {self.effect:.2f}（{size_word(self.effect)}）"
        )
        if self.significant:
            text += "：差异显著；显著不等于差得多，还要拿区间与容差比"
        else:
            text += (
                "：差异不显著，只说明证据不够，不等于已校准；要说“差得不多”，请用 tost 做等效检验"
            )
        if self.warnings:
            text += "。当心：" + "；".join(self.warnings)
        return text + "。"


def ttest(
    a: Any,
    b: Any,
    tails: int = 2,
    kind: int = 1,
    *,
    same_items: bool | None = None,
    confidence: float = 0.95,
) -> TTest:
    """两组平均有差异吗？与 Excel 的 ``T.TEST(a, b, tails, kind)`` 同一个 p。

    Parameters
    ----------
    a, b : 两组数；给 Series 时用它的名字与行标签。
    tails : 1 单侧，2 双侧。Excel 的单侧不问方向，就是双侧的一半。
    kind : 1 配对（同一批录音、同一批人前后）；2 两批不同对象、方差相等；3 两批不同对象、方差不等。
    same_items : 两组是不是同一批对象。写明了就按它把关：True 只许 kind=1，False 不许 kind=1。
    confidence : 平均差区间的置信水平；p 小于 1 − confidence 算显著。

    Returns
    -------
    TTest
        p、t、自由度、平均差与区间、效应量与提醒。

    Raises
    ------
    ValueError
        tails、kind 不对；每组不到 2 个；配对而长短不一；没有变化；kind 与 same_items 矛盾。

    Notes
    -----
    同一批录音要用配对：各通难易不同的差异在配对时相减抵消，当作两批时却混进误差，真差异就看不见。
    kind=2 的 d 除以合并标准差，kind=3 除以两组方差平均的平方根；g = d·J(自由度)，
    J = Γ(m/2) / (√(m/2)·Γ((m−1)/2))，m 为 n−1（配对）或 n₁+n₂−2。

    References
    ----------
    Student (1908)；Welch (1947)；Hedges (1981), J. Educ. Stat. 6: 107–128。

    Examples
    --------
    >>> a = [88, 92, 85, 90, 78, 95, 83, 87, 91, 80]
    >>> b = [85, 90, 84, 86, 77, 92, 80, 86, 88, 79]
    >>> round(ttest(a, b).p, 8), round(ttest(a, b, kind=2).p, 5)
    (0.00017328, 0.35094)
    """
    require_kind(kind)
    if tails not in (1, 2):
        raise ValueError(f"tails 是 {tails!r}，只能是 1（单侧）或 2（双侧）。")
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    match_design(kind, same_items)
    a, b = read_two(a, b, paired=kind == 1)
    if str(a.name) == str(b.name):
        a.name, b.name = f"{a.name}（a）", f"{b.name}（b）"
    x, y = a.to_numpy(), b.to_numpy()
    difference, error, df = mean_difference(a, b, kind)
    from scipy.stats import t as student

    t = difference / error
    p = tails * float(student.sf(abs(t), df))
    half = float(student.isf((1 - confidence) / 2, df)) * error
    if kind == 1:
        spread, weight = float(np.std(x - y, ddof=1)), len(x) - 1
        table = pd.DataFrame({"a": a, "b": b, "差": a - b})
    else:
        spread, weight = _spread(x, y, kind), len(x) + len(y) - 2
        table = pd.DataFrame({"组": np.repeat([0, 1], [len(x), len(y)]), "数值": np.r_[x, y]})
    effect = difference / spread
    return TTest(
        p=p,
        t=t,
        df=df,
        difference=difference,
        low=difference - half,
        high=difference + half,
        confidence=float(confidence),
        effect=effect,
        hedges=effect * _hedges(weight),
        kind=kind,
        tails=tails,
        names=(str(a.name), str(b.name)),
        means=(float(x.mean()), float(y.mean())),
        sds=(float(x.std(ddof=1)), float(y.std(ddof=1))),
        sizes=(len(x), len(y)),
        warnings=tuple(signs(a, b, kind, same_items, p, tails)),
        table=table,
    )


def mean_difference(a: pd.Series, b: pd.Series, kind: int) -> tuple[float, float, float]:
    """平均差、它的标准误与自由度。"""
    x, y = a.to_numpy(), b.to_numpy()
    difference = float(x.mean() - y.mean())
    if kind == 1:
        gap = x - y
        if not varies(gap, x, y):
            raise ValueError(
                f"逐通的差都是 {gap[0]:g}，没有变化，t 检验用不上：{a.name}就是比{b.name}多 {gap[0]:g}。"
            )
        return float(gap.mean()), float(gap.std(ddof=1)) / math.sqrt(len(gap)), len(gap) - 1
    v1, v2 = x.var(ddof=1), y.var(ddof=1)
    n1, n2 = len(x), len(y)
    if not varies(x) and not varies(y):
        raise ValueError(
            f"{a.name}全是 {x[0]:g}、{b.name}全是 {y[0]:g}，没有变化，t 检验用不上：请核对数据。"
        )
    if kind == 2:
        pooled = ((n1 - 1) * v1 + (n2 - 1) * v2) / (n1 + n2 - 2)
        return difference, float(math.sqrt(pooled * (1 / n1 + 1 / n2))), n1 + n2 - 2
    s1, s2 = v1 / n1, v2 / n2
    df = (s1 + s2) ** 2 / (s1**2 / (n1 - 1) + s2**2 / (n2 - 1))
    return difference, float(math.sqrt(s1 + s2)), float(df)


def require_kind(kind: Any) -> None:
    """Excel 的第四个参数。"""
    if kind not in KINDS or isinstance(kind, bool):
        raise ValueError(
            f"kind 是 {kind!r}，只能是 1（配对）、2（等方差）或 3（不等方差），与 Excel 的 T.TEST 相同。"
        )


def size_word(effect: float) -> str:
    """Cohen (1988) 的 0.2、0.5、0.8。"""
    size = abs(effect)
    return "微小" if size < 0.2 else "小" if size < 0.5 else "中" if size < 0.8 else "大"


def _spread(x: np.ndarray, y: np.ndarray, kind: int) -> float:
    v1, v2, n1, n2 = x.var(ddof=1), y.var(ddof=1), len(x), len(y)
    if kind == 2:
        return math.sqrt(((n1 - 1) * v1 + (n2 - 1) * v2) / (n1 + n2 - 2))
    return math.sqrt((v1 + v2) / 2)


def _hedges(m: int) -> float:
    """Hedges 的小样本校正 J(m)；m = 1 时没有定义，取 0。"""
    if m < 2:
        return 0.0
    return math.exp(math.lgamma(m / 2) - math.lgamma((m - 1) / 2)) / math.sqrt(m / 2)
