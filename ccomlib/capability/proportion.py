"""数出来的比例：过程够不够好，相当于几个 σ？"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ccomlib.control_chart import ControlChart, Rule, p_chart
from ccomlib.control_chart.stability import Stability, judge_stability
from ccomlib.results import Result
from ccomlib.validation import require_range

from .normal import bench_z

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ProportionCapability", "proportion_capability"]

MILLION = 1_000_000


@dataclass(frozen=True, eq=False)
class ProportionCapability(Result):
    """比例指标的过程能力。由 ``proportion_capability`` 得到。"""

    rate: float
    """不合格的比例。"""
    low: float
    high: float
    confidence: float
    dpmo: float
    z_bench: float
    """没有 1.5σ 的偏移。"""
    count: int
    n: int
    chart: ControlChart
    stability: Stability

    @property
    def in_control(self) -> bool:
        """p 图的信号没有多到误报解释不了。"""
        return self.stability.stable

    def summary(self) -> pd.DataFrame:
        """比例、DPMO 与综合 Z。"""
        rows = [
            ("不合格比例", self.rate, f"{self.count:,} ÷ {self.n:,}"),
            ("区间下限", self.low, f"{self.confidence:.0%} 精确区间"),
            ("区间上限", self.high, f"{self.confidence:.0%} 精确区间"),
            ("DPMO", self.dpmo, "每百万有几个不合格"),
            ("综合 Z", self.z_bench, "相当于正态的单侧几个 σ，没有 1.5σ 偏移"),
        ]
        return pd.DataFrame(rows, columns=["指标", "数值", "读法"])

    def plot(self, ax: Axes | None = None) -> Axes:
        """判受控用的 p 图。"""
        return self.chart.plot(ax)

    def __str__(self) -> str:
        text = (
            f"不合格 {self.rate:.2%}（{self.confidence:.0%} 区间 {self.low:.2%} 到 {self.high:.2%}），"
            f"DPMO {self.dpmo:,.0f}，综合 Z {self.z_bench:.2f}（没有 1.5σ 偏移）"
        )
        if self.in_control:
            return f"{text}；p 图受控，这些数可以代表今后。"
        notes = "".join(f"；{note}" for note in self.chart.warnings)
        return (
            f"先别报能力：过程不受控（p 图：{self.stability}），先逐点查原因{notes}。"
            f"算出来的数仅供参考：{text}。"
        )


def proportion_capability(
    count: Any,
    n: Any,
    *,
    rules: str | Rule | Iterable[Rule] = "68135",
    confidence: float = 0.95,
) -> ProportionCapability:
    """比例指标（不合格率、超时率）够不够好：DPMO 与综合 Z，并先核对受控。

    Parameters
    ----------
    count, n : 每期的不合格数与总数，同 ``p_chart``。
    rules : 判受控用的规则。
    confidence : 置信水平。

    Returns
    -------
    ProportionCapability
        比例、精确（Clopper-Pearson）区间、DPMO、综合 Z、p 图。

    Raises
    ------
    ValueError
        同 ``p_chart``。

    Notes
    -----
    DPMO = 10⁶·p̄；综合 Z = Φ⁻¹(1−p̄)。

    References
    ----------
    Montgomery, Introduction to Statistical Quality Control, 第 8 章；Clopper & Pearson (1934)。

    Examples
    --------
    >>> result = proportion_capability([5, 4, 6, 5], [200, 200, 200, 200])
    >>> round(result.dpmo), round(result.z_bench, 2)
    (25000, 1.96)
    """
    from scipy.special import betaincinv

    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    chart = p_chart(count, n, rules=rules)
    bad, whole = chart.source["件"].sum(), chart.source["n"].sum()
    tail = (1 - confidence) / 2
    rate = float(bad / whole)
    return ProportionCapability(
        rate=rate,
        low=float(betaincinv(bad, whole - bad + 1, tail)),
        high=float(betaincinv(bad + 1, whole - bad, 1 - tail)),
        confidence=confidence,
        dpmo=MILLION * rate,
        z_bench=bench_z(rate),
        count=int(bad),
        n=int(whole),
        chart=chart,
        stability=judge_stability(chart),
    )
