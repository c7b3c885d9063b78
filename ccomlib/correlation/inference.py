"""相关系数的推断：r 有多大才算数，区间多宽，两个 r 差得出来吗？"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ccomlib.charts import correlation_axis
from ccomlib.coefficients import critical_r, fisher_interval, pair_count, t_of_r
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range
from ccomlib.wording import p_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "RDifference",
    "RTest",
    "compare_r",
    "r_test",
]


@dataclass(frozen=True, eq=False)
class RTest(Result):
    """一个相关系数的 t 检验。由 ``r_test`` 得到。"""

    r: float
    n: int
    t: float
    df: int
    p: float
    """双侧。"""
    low: float
    high: float
    """总体相关系数的置信区间，Fisher z。"""
    confidence: float
    critical: float
    """alpha = 1 − confidence 时的双侧临界 |r|。"""

    @property
    def significant(self) -> bool:
        """p 小于 1 − confidence。"""
        return self.p < 1 - self.confidence

    def summary(self) -> pd.DataFrame:
        """系数、检验与区间。"""
        rows = [
            ("相关系数 r", self.r, "−1 到 1，符号是方向，大小是紧密程度"),
            ("样本数 n", self.n, "成对的个数"),
            ("t", self.t, f"自由度 {self.df}"),
            ("p（双侧）", self.p, "其实不相关时，碰巧得到这么大 |r| 的机会"),
            ("区间下限", self.low, f"{self.confidence:.0%} 置信区间"),
            ("区间上限", self.high, f"{self.confidence:.0%} 置信区间"),
            ("临界 |r|", self.critical, "|r| 超过它才算显著"),
        ]
        return pd.DataFrame(rows, columns=["指标", "数值", "读法"]).astype({"数值": float})

    def plot(self, ax: Axes | None = None) -> Axes:
        """r 与它的区间，背景是不显著的范围。"""
        ax = new_axes(ax, figsize=(8, 2.2))
        correlation_axis(ax, "相关系数 r", self.critical)
        ax.plot([self.low, self.high], [0, 0], color=COLOURS["main"], linewidth=3)
        ax.plot(self.r, 0, "o", color=COLOURS["main"], markersize=9)
        ax.set(title=f"r = {self.r:.2f}，n = {self.n}，{p_text(self.p)}", ylim=(-1, 1), yticks=[])
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        verdict = "显著" if self.significant else "不显著，还说不出有没有关系"
        return (
            f"r = {self.r:.2f}（{self.confidence:.0%} 区间 {self.low:.2f} 到 {self.high:.2f}），"
            f"t = {self.t:.2f}，{p_text(self.p)}，n = {self.n}，临界 |r| = {self.critical:.3f}："
            f"{verdict}；相关不等于因果。"
        )


@dataclass(frozen=True, eq=False)
class RDifference(Result):
    """两个独立样本的相关系数之差。由 ``compare_r`` 得到。"""

    r1: float
    n1: int
    r2: float
    n2: int
    difference: float
    """r2 − r1。"""
    z: float
    p: float
    """双侧。"""
    confidence: float
    names: tuple[str, str]
    low: float
    high: float
    """r2 − r1 的置信区间（Zou 2007）。"""

    @property
    def drifted(self) -> bool:
        """p 小于 1 − confidence：相关变了。"""
        return self.p < 1 - self.confidence

    def summary(self) -> pd.DataFrame:
        """两个系数各自的区间。"""
        rows = []
        for name, r, n in zip(self.names, (self.r1, self.r2), (self.n1, self.n2), strict=True):
            low, high = fisher_interval(r, n, self.confidence)
            rows.append((name, r, n, low, high))
        return pd.DataFrame(rows, columns=["样本", "r", "n", "区间下限", "区间上限"])

    def plot(self, ax: Axes | None = None) -> Axes:
        """两个系数与区间上下并列。"""
        ax = new_axes(ax, figsize=(8, 2.6))
        table = self.summary()
        correlation_axis(ax, "相关系数 r")
        for row, color in enumerate((COLOURS["grey"], COLOURS["main"])):
            line = table.iloc[row]
            ax.plot([line["区间下限"], line["区间上限"]], [row, row], color=color, linewidth=3)
            ax.plot(line["r"], row, "o", color=color, markersize=9)
        ax.set_yticks([0, 1], [f"{row['样本']}\nn = {row['n']}" for _, row in table.iterrows()])
        ax.set(
            title=f"相关变了吗：z = {self.z:.2f}，{p_text(self.p)}",
            ylim=(1.6, -0.6),
        )
        return ax

    def __str__(self) -> str:
        head = (
            f"{self.names[0]} r = {self.r1:.2f}（n = {self.n1}），"
            f"{self.names[1]} r = {self.r2:.2f}（n = {self.n2}），"
            f"差 {self.difference:+.2f}（{self.confidence:.0%} 区间 "
            f"{self.low:+.2f} 到 {self.high:+.2f}），z = {self.z:.2f}，{p_text(self.p)}："
        )
        if self.drifted:
            return head + "相关变了，该查公式、口径或人群有没有变；前提是两批人互不重叠。"
        return head + "看不出变化，但这不等于没有变，样本越小越看不出；前提是两批人互不重叠。"


def r_test(r: float, n: int, *, confidence: float = 0.95) -> RTest:
    """只知道 r 与 n 时，这个相关系数显著吗？

    Parameters
    ----------
    r : 皮尔逊相关系数，−1 到 1，不含两端。
    n : 成对的个数，至少 4。
    confidence : 区间的置信水平，0 到 1。

    Returns
    -------
    RTest
        t、p、区间与临界值。

    Raises
    ------
    ValueError
        r 不在 −1 与 1 之间、n 少于 4 或不是整数。

    Notes
    -----
    t = r√(n−2)/√(1−r²)，自由度 n−2；区间 tanh(artanh r ± z/√(n−3))。

    References
    ----------
    Fisher (1921), On the probable error of a coefficient of correlation, Metron 1: 3–32。

    Examples
    --------
    >>> result = r_test(0.45, 30)
    >>> round(result.t, 4), round(result.p, 5), round(result.critical, 3)
    (2.6664, 0.01259, 0.361)
    """
    r = float(require_range(r, "r", -1, 1, above=True, below=True))
    n = pair_count(n, "n")
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    t, p = t_of_r(r, n)
    low, high = fisher_interval(r, n, confidence)
    critical = critical_r(n, 1 - confidence)
    return RTest(r, n, t, n - 2, p, low, high, float(confidence), critical)


def compare_r(
    r1: float,
    n1: int,
    r2: float,
    n2: int,
    *,
    confidence: float = 0.95,
    names: tuple[str, str] = ("之前", "之后"),
) -> RDifference:
    """两批互不重叠的人，相关系数变了吗？用来看绩效公式的相关有没有漂移。

    Parameters
    ----------
    r1, r2 : 两个皮尔逊相关系数，−1 到 1，不含两端。
    n1, n2 : 各自成对的个数，至少 4。
    confidence : 置信水平。
    names : 两批数据的名字。

    Returns
    -------
    RDifference
        差、z、p 与差的区间。

    Raises
    ------
    ValueError
        r 或 n 不在范围内。

    Notes
    -----
    z = (artanh r2 − artanh r1)/√(1/(n1−3) + 1/(n2−3))。同一批人的前后两次不独立，不能用它。

    References
    ----------
    Fisher (1921)；差的区间见 Zou (2007), Psychological Methods 12: 399–413。

    Examples
    --------
    >>> print(compare_r(0.60, 120, 0.20, 110))
    之前 r = 0.60（n = 120），之后 r = 0.20（n = 110），差 -0.40（95% 区间 -0.61 到 -0.18），z = -3.67，p = 0.0002：相关变了，该查公式、口径或人群有没有变；前提是两批人互不重叠。
    """
    from scipy.stats import norm

    r1 = float(require_range(r1, "r1", -1, 1, above=True, below=True))
    r2 = float(require_range(r2, "r2", -1, 1, above=True, below=True))
    n1, n2 = pair_count(n1, "n1"), pair_count(n2, "n2")
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    z = (math.atanh(r2) - math.atanh(r1)) / math.sqrt(1 / (n1 - 3) + 1 / (n2 - 3))
    (low1, high1), (low2, high2) = (
        fisher_interval(r1, n1, confidence),
        fisher_interval(r2, n2, confidence),
    )
    gap = r2 - r1
    return RDifference(
        r1=r1,
        n1=n1,
        r2=r2,
        n2=n2,
        difference=gap,
        z=z,
        p=2 * float(norm.sf(abs(z))),
        confidence=float(confidence),
        names=names,
        low=gap - math.hypot(r2 - low2, high1 - r1),
        high=gap + math.hypot(high2 - r2, r1 - low1),
    )
