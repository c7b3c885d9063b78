"""稳定：信号是不是多到误报解释不了？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .chart import ControlChart
from .constants import d2_d3
from .signals import scan

__all__ = ["Stability", "judge_stability"]

RUNS = 400
LARGEST = 5000
SPREAD_ALARM = 0.005


@dataclass(frozen=True)
class Stability:
    """一张控制图稳不稳。由 ``judge_stability`` 得到。"""

    points: int
    """有信号的点数。"""
    usual: int
    """受控的过程 95% 的时候不超过几点。"""
    farthest: float
    """离中心线最远的点是几个 σ。"""
    reach: float
    """受控的过程 99% 的时候最远不超过几个 σ。"""
    spread_points: int
    """极差或标准差图有信号的点数。"""
    spread_usual: int

    @property
    def stable(self) -> bool:
        """三样都没有超过受控时常见的程度。"""
        few = self.points <= self.usual and self.spread_points <= self.spread_usual
        return few and self.farthest <= self.reach

    def __str__(self) -> str:
        if self.farthest > self.reach:
            return f"最远的点在 {self.farthest:.1f}σ，受控时很少超过 {self.reach:.1f}σ"
        if self.points > self.usual:
            return f"{self.points} 点有信号，受控时很少超过 {self.usual} 点"
        if self.spread_points > self.spread_usual:
            return (
                f"离散的配图 {self.spread_points} 点有信号，受控时很少超过 {self.spread_usual} 点"
            )
        return f"{self.points} 点有信号，没有超过受控时常见的 {self.usual} 点"


def judge_stability(chart: ControlChart, *, seed: int = 2025) -> Stability:
    """信号的点数与最远的点，受控的过程会不会碰巧也这样。

    点越多误报越多，所以不要求一个信号也没有；移动极差图与单值图用的是同样的数，不另判。

    Parameters
    ----------
    chart : 任何一张控制图。
    seed : 模拟用的随机种子。

    Returns
    -------
    Stability
        ``stable`` 为真就是误报解释得了。

    Notes
    -----
    模拟 400 张同样长、同样规则、受控且正态的图（单值图的 σ 也由各自的移动极差估计），
    取信号点数的 95% 分位与最远点的 99% 分位；极差、标准差图按每点 0.5% 误报的二项分布。
    两个百分数是教学约定。

    Examples
    --------
    >>> from ccomlib.control_chart import xmr
    >>> judge_stability(xmr([52, 48, 55, 50, 47, 53, 49, 51, 58, 46])).stable
    True
    """
    from scipy.special import ndtri
    from scipy.stats import binom

    n = len(chart.points)
    size = min(n, LARGEST)
    z = np.random.default_rng(seed).standard_normal((RUNS, size))
    if chart.kind == "xmr" and chart.limits.size:
        z -= z.mean(axis=1, keepdims=True)
        z /= np.abs(np.diff(z)).mean(axis=1, keepdims=True) / d2_d3(2)[0]
    found = np.zeros(z.shape, dtype=bool)
    for _, _, hit in scan(z, z, np.ones(1), chart.rules):
        found |= hit
    counts = found.sum(axis=1)
    if n == size:
        usual, reach = np.quantile(counts, 0.95), np.quantile(np.abs(z).max(axis=1), 0.99)
    else:
        longer = n / size
        usual = counts.mean() * longer + ndtri(0.95) * counts.std(ddof=1) * np.sqrt(longer)
        reach = -ndtri(0.005 / n)
    spread = chart.companion if chart.companion and chart.companion.kind != "mr" else None
    return Stability(
        points=int(chart.signals["序号"].nunique()),
        usual=int(np.ceil(usual)),
        farthest=float(chart.z.abs().max()),
        reach=float(reach),
        spread_points=0 if spread is None else int(spread.signals["序号"].nunique()),
        spread_usual=0 if spread is None else int(binom.ppf(0.95, n, SPREAD_ALARM)),
    )
