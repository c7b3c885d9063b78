"""控制图的常数：每组 n 个数时，极差、标准差与 σ 差几倍？"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.distributions import range_cdf
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["MEDIAN_RANGE", "Constants", "c4", "control_constants", "d2_d3"]

LARGEST = 1000
# 两个数之差的绝对值的中位数 ÷ σ，即 √2·Φ⁻¹(0.75)
MEDIAN_RANGE = 0.9538725524


@dataclass(frozen=True, eq=False)
class Constants(Result):
    """每组 n 个数的控制图常数。由 ``control_constants`` 得到。"""

    n: int
    d2: float
    """极差的平均 ÷ σ。"""
    d3: float
    """极差的标准差 ÷ σ。"""
    c4: float
    """样本标准差的平均 ÷ σ。"""
    A2: float
    A3: float
    D3: float
    D4: float
    B3: float
    B4: float
    E2: float
    """单值图用：3 ÷ d2。"""

    def summary(self) -> pd.DataFrame:
        """每个常数与它的用处。"""
        rows = [
            ("d2", self.d2, "σ = R̄ ÷ d2"),
            ("d3", self.d3, "极差的标准差 = d3·σ"),
            ("c4", self.c4, "σ = S̄ ÷ c4"),
            ("A2", self.A2, "均值图的界限 = 中心 ± A2·R̄"),
            ("A3", self.A3, "均值图的界限 = 中心 ± A3·S̄"),
            ("D3", self.D3, "极差图下限 = D3·R̄"),
            ("D4", self.D4, "极差图上限 = D4·R̄"),
            ("B3", self.B3, "标准差图下限 = B3·S̄"),
            ("B4", self.B4, "标准差图上限 = B4·S̄"),
            ("E2", self.E2, "单值图的界限 = 中心 ± E2·R̄"),
        ]
        return pd.DataFrame(rows, columns=["常数", "数值", "用处"])

    def plot(self, ax: Axes | None = None) -> Axes:
        """d2 与 c4 随每组个数怎样变，标出这一个。"""
        ax = new_axes(ax)
        sizes = np.unique([*range(2, 26), self.n])
        ax.plot(sizes, [d2_d3(int(k))[0] for k in sizes], color=COLOURS["main"], label="d2")
        ax.plot(sizes, [c4(int(k)) for k in sizes], color=COLOURS["second"], label="c4")
        ax.scatter([self.n, self.n], [self.d2, self.c4], color=COLOURS["bad"], zorder=3)
        ax.set(
            title=f"每组 {self.n} 个：d2 = {self.d2:.4f}，c4 = {self.c4:.4f}",
            xlabel="每组几个数（个）",
            ylabel="是 σ 的几倍",
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        return (
            f"每组 {self.n} 个数：d2 = {self.d2:.4f}，c4 = {self.c4:.4f}，A2 = {self.A2:.4f}，"
            f"D4 = {self.D4:.4f}；这些倍数在数据大致正态时成立。"
        )


def control_constants(n: int) -> Constants:
    """每组 n 个数时控制图用的常数，由正态分布精确算出，不查表。

    Parameters
    ----------
    n : 每组几个数，2 到 1000。

    Raises
    ------
    ValueError
        n 不是整数，或不在 2 到 1000 之间。

    Notes
    -----
    d2 = E(R)/σ，d3 = sd(R)/σ，c4 = √(2/(n−1))·Γ(n/2)/Γ((n−1)/2)；A2 = 3/(d2·√n)，
    D3、D4 = 1 ∓ 3·d3/d2（下限不小于 0），B3、B4 = 1 ∓ 3·√(1−c4²)/c4。

    References
    ----------
    Montgomery, Introduction to Statistical Quality Control, 附录 VI。

    Examples
    --------
    >>> constants = control_constants(5)
    >>> round(constants.d2, 3), round(constants.A2, 3), round(constants.D4, 3)
    (2.326, 0.577, 2.114)
    """
    size = float(as_numbers(n, "每组个数"))
    if size != int(size) or not 2 <= size <= LARGEST:
        raise ValueError(f"每组个数是 {n!r}，应是 2 到 {LARGEST} 的整数：每组只有 1 个请用 xmr。")
    size = int(size)
    d2, d3 = d2_d3(size)
    mean_s = c4(size)
    spread_r, spread_s = 3 * d3 / d2, 3 * np.sqrt(1 - mean_s**2) / mean_s
    return Constants(
        n=size,
        d2=d2,
        d3=d3,
        c4=mean_s,
        A2=float(3 / (d2 * np.sqrt(size))),
        A3=float(3 / (mean_s * np.sqrt(size))),
        D3=float(max(0.0, 1 - spread_r)),
        D4=float(1 + spread_r),
        B3=float(max(0.0, 1 - spread_s)),
        B4=float(1 + spread_s),
        E2=float(3 / d2),
    )


@functools.lru_cache(maxsize=LARGEST)
def d2_d3(n: int) -> tuple[float, float]:
    """n 个标准正态数的极差：平均与标准差。"""
    nodes, weights = np.polynomial.legendre.leggauss(120)
    width, weights = 8 * (nodes + 1), 8 * weights  # 极差在 [0, 16] 上求积
    above = 1 - range_cdf(width, n)
    mean = float((weights * above).sum())
    square = float((weights * 2 * width * above).sum())
    return mean, float(np.sqrt(square - mean**2))


@functools.lru_cache(maxsize=LARGEST)
def c4(n: int) -> float:
    """n 个正态数的样本标准差的平均 ÷ σ。"""
    from scipy.special import gammaln

    return float(np.sqrt(2 / (n - 1)) * np.exp(gammaln(n / 2) - gammaln((n - 1) / 2)))
