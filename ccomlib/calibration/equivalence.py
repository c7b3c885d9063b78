"""等效检验：两组的差，敢不敢说在容差以内？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range
from ccomlib.wording import p_text

from .scores import read_two
from .ttests import KINDS, mean_difference, require_kind

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Equivalence", "tost", "tost_from"]


@dataclass(frozen=True, eq=False)
class Equivalence(Result):
    """一次等效检验（两个单侧 t 检验）。由 ``tost`` 得到。"""

    difference: float
    """平均差：a − b。"""
    delta: float
    """容差：差在 ±delta 以内算等效。"""
    p: float
    """两个单侧 p 里大的那个。"""
    p_lower: float
    """差 ≤ −delta 的单侧检验。"""
    p_upper: float
    """差 ≥ +delta 的单侧检验。"""
    df: float
    low: float
    high: float
    """平均差的 1 − 2·alpha 置信区间（alpha = 0.05 时为 90%）。"""
    p_difference: float
    """通常的双侧 t 检验。"""
    alpha: float
    kind: int
    names: tuple[str, str]

    @property
    def equivalent(self) -> bool:
        """p 小于 alpha：差在容差以内。"""
        return self.p < self.alpha

    @property
    def different(self) -> bool:
        """通常的 t 检验显著：差不是 0。"""
        return self.p_difference < self.alpha

    def summary(self) -> pd.DataFrame:
        """两个单侧检验与区间。"""
        rows = [
            ("平均差", self.difference, f"{self.names[0]} − {self.names[1]}"),
            ("容差 ±", self.delta, "事先定好，不能看了数据再定"),
            ("p（下）", self.p_lower, f"差 ≤ −{self.delta:g} 的单侧检验"),
            ("p（上）", self.p_upper, f"差 ≥ {self.delta:g} 的单侧检验"),
            ("p（等效）", self.p, "等效" if self.equivalent else "不能说等效"),
            ("区间下限", self.low, f"{1 - 2 * self.alpha:.0%} 置信区间"),
            ("区间上限", self.high, "整段在 ±容差以内才等效"),
            ("p（差异）", self.p_difference, f"{KINDS[self.kind]}双侧 t 检验"),
        ]
        return pd.DataFrame(rows, columns=["指标", "数值", "读法"]).astype({"数值": float})

    def plot(self, ax: Axes | None = None) -> Axes:
        """平均差的区间与容差。"""
        ax = new_axes(ax, figsize=(8, 2.4))
        ax.axvspan(
            -self.delta,
            self.delta,
            color=COLOURS["good"],
            alpha=0.15,
            label=f"容差 ±{self.delta:g}",
        )
        ax.axvline(0, color=COLOURS["grey"])
        ax.plot([self.low, self.high], [0, 0], color=COLOURS["main"], linewidth=3)
        ax.plot(self.difference, 0, "o", color=COLOURS["main"], markersize=9)
        ends = max(abs(self.low), abs(self.high), self.delta) * 1.25
        verdict = "等效" if self.equivalent else "不能说等效"
        ax.set(
            title=f"{self.names[0]} − {self.names[1]}：{verdict}（{p_text(self.p)}）",
            xlabel=f"平均差与 {1 - 2 * self.alpha:.0%} 区间（与分数同单位）",
            xlim=(-ends, ends),
            ylim=(-1, 1),
            yticks=[],
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        first, second = self.names
        text = (
            f"{first}与{second}平均差 {self.difference:+.2f}"
            f"（{1 - 2 * self.alpha:.0%} 区间 {self.low:+.2f} 到 {self.high:+.2f}），"
            f"容差 ±{self.delta:g}，等效检验 {p_text(self.p)}："
        )
        if self.equivalent and self.different:
            text += "差在容差以内，等效；虽有系统性的偏差，但小到可以接受"
        elif self.equivalent:
            text += "差在容差以内，等效"
        elif self.different:
            text += "不能说等效，而且确有差异，需要校准"
        else:
            text += "差异不显著，但也不能说等效：证据不够，多评几通再测，不是“已校准”"
        return text + "；容差是事先的约定，这里只比平均，个别录音仍可能差得多。"


def tost(a: Any, b: Any, delta: float, kind: int = 1, *, alpha: float = 0.05) -> Equivalence:
    """两组平均的差，敢不敢说在 ±delta 以内？

    Parameters
    ----------
    a, b : 两组数；同一批录音用 kind=1。
    delta : 容差，与分数同单位，大于 0；如 3 分（教学约定），要在看数据之前定好。
    kind : 1 配对、2 等方差、3 不等方差，同 ``ttest``。
    alpha : 每个单侧检验的水平，0 到 0.5。

    Returns
    -------
    Equivalence
        是否等效、两个单侧 p 与区间。

    Raises
    ------
    ValueError
        delta 不大于 0；每组不到 2 个；配对而长短不一；没有变化。

    Notes
    -----
    t₁ = (d + δ)/SE、t₂ = (d − δ)/SE 两个单侧检验都显著才等效；
    等价于 1 − 2·alpha 的置信区间整段在 ±δ 以内。

    References
    ----------
    Schuirmann (1987), J. Pharmacokinet. Biopharm. 15: 657–680。

    Examples
    --------
    >>> a = [88, 92, 85, 90, 78, 95, 83, 87, 91, 80]
    >>> b = [85, 90, 84, 86, 77, 92, 80, 86, 88, 79]
    >>> result = tost(a, b, delta=3)
    >>> result.equivalent, round(result.p, 4), round(result.high, 2)
    (True, 0.0264, 2.86)
    """
    require_kind(kind)
    delta = float(require_range(delta, "delta", 0, above=True))
    require_range(alpha, "alpha", 0, 0.5, above=True, below=True)
    a, b = read_two(a, b, paired=kind == 1)
    difference, error, df = mean_difference(a, b, kind)
    names = (str(a.name), str(b.name))
    return tost_from(difference, error, df, delta, alpha=alpha, kind=kind, names=names)


def tost_from(
    difference: float,
    error: float,
    df: float,
    delta: float,
    *,
    alpha: float,
    kind: int,
    names: tuple[str, str],
) -> Equivalence:
    """由平均差、标准误与自由度做等效检验。"""
    from scipy.stats import t as student

    lower = float(student.sf((difference + delta) / error, df))
    upper = float(student.cdf((difference - delta) / error, df))
    half = float(student.isf(alpha, df)) * error
    return Equivalence(
        difference=difference,
        delta=delta,
        p=max(lower, upper),
        p_lower=lower,
        p_upper=upper,
        df=df,
        low=difference - half,
        high=difference + half,
        p_difference=2 * float(student.sf(abs(difference / error), df)),
        alpha=float(alpha),
        kind=kind,
        names=names,
    )
