"""样本量：要把误差控制在几个百分点，得收多少份问卷、发多少份邀请？"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import legend_outside, percent_axis
from ccomlib.proportions import z_value
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_range, require_share

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["SampleSize", "sample_size"]

# 36.000000000001 与 36 是同一个数：浮点误差不该多收一份
TOLERANCE = 1e-9


@dataclass(frozen=True, eq=False)
class SampleSize(Result):
    """一次调查要收多少份。由 ``sample_size`` 得到。"""

    infinite: float
    """n₀：总体无限大时的样本数，未取整。"""
    needed: int
    """要收回的份数，已按总体大小修正、向上取整。"""
    invitations: int | None
    """要发出的邀请数；没有给回复率时为 None。"""
    population: int | None
    margin: float
    confidence: float
    p: float
    response_rate: float | None
    enough: bool
    """总体够发这么多邀请。"""

    def summary(self) -> pd.DataFrame:
        """从 n₀ 到邀请数。"""
        rows = [("n₀（总体无限大）", self.infinite, "z²·p(1−p) ÷ e²")]
        if self.population is not None:
            rows.append(("总体", self.population, "能问到的客户数"))
        rows.append(("要收回的份数", self.needed, "有限总体修正后向上取整"))
        if self.invitations is not None:
            rows.append(("要发出的邀请", self.invitations, f"÷ 回复率 {self.response_rate:.0%}"))
        return pd.DataFrame(rows, columns=["项目", "数值", "说明"]).astype({"数值": float})

    def plot(self, ax: Axes | None = None) -> Axes:
        """份数与误差：再想小一点，要多收多少。"""
        ax = new_axes(ax)
        margins = np.linspace(max(self.margin / 3, 0.005), min(self.margin * 2, 0.5), 120)
        z = z_value(self.confidence)
        sizes = [_finite(z * z * self.p * (1 - self.p) / m**2, self.population) for m in margins]
        ax.plot(margins, sizes, color=COLOURS["main"])
        ax.plot(self.margin, self.needed, "o", color=COLOURS["bad"], markersize=8)
        ax.annotate(
            f"±{100 * self.margin:g} 个百分点：{self.needed:,} 份",
            (self.margin, self.needed),
            xytext=(10, 10),
            textcoords="offset points",
        )
        ax.set(
            title=f"允许误差与要收回的份数（{self.confidence:.0%} 置信）",
            xlabel="允许误差（±）",
            ylabel="要收回的份数",
        )
        # 总体远多于份数时，画出来会把曲线压扁
        if self.population is not None and self.population < 2 * max(sizes):
            ax.axhline(
                self.population,
                color=COLOURS["grey"],
                linestyle="--",
                label=f"总体 {self.population:,}",
            )
            legend_outside(ax)
        ax.set_ylim(bottom=0)
        percent_axis(ax.xaxis)
        return ax

    def __str__(self) -> str:
        whole = "总体很大" if self.population is None else f"总体 {self.population:,}"
        text = (
            f"{whole}，{self.confidence:.0%} 置信、误差 ±{100 * self.margin:g} 个百分点，"
            f"要收回 {self.needed:,} 份"
        )
        if self.invitations is not None:
            text += f"，按回复率 {self.response_rate:.0%} 发出 {self.invitations:,} 份邀请"
            if not self.enough:
                text += f"，超过总体 {self.population:,}：要提高回复率或放宽误差"
        return (
            text + f"；按 p = {self.p:g} 算，前提是随机抽取，"
            "多发邀请补得了份数，补不了没回复的人与回复的人不一样。"
        )


def sample_size(
    population: int | None = None,
    *,
    margin: float = 0.05,
    confidence: float = 0.95,
    p: float = 0.5,
    response_rate: float | None = None,
) -> SampleSize:
    """满意度调查要收回多少份、发出多少份邀请？

    Parameters
    ----------
    population : 总体有多少客户；不给就当作无限大。
    margin : 允许误差，比例（0.05 即 ±5 个百分点）。
    confidence : 置信水平。
    p : 预计的满意率；不知道就用 0.5，份数最保守。
    response_rate : 回复率，给了就算要发多少邀请。

    Returns
    -------
    SampleSize

    Raises
    ------
    ValueError
        总体不是正整数，误差、置信水平、p 或回复率不在 0 与 1 之间。

    Notes
    -----
    n₀ = z²p(1−p)/e²；n = n₀ ÷ (1 + (n₀−1)/N)，向上取整；邀请 = n ÷ 回复率，向上取整。

    References
    ----------
    Cochran (1977), Sampling Techniques，第 4 章。Krejcie–Morgan 表是四舍五入，会少一份。

    Examples
    --------
    >>> [sample_size(N).needed for N in (500, 2_000, 10_000, 100_000)]
    [218, 323, 370, 383]
    >>> sample_size(2_000, response_rate=0.25).invitations
    1292
    """
    margin, p = require_share(margin, "margin"), require_share(p, "p")
    z = z_value(confidence)
    infinite = z * z * p * (1 - p) / margin**2
    if population is not None:
        number = float(require_range(population, "population", 1))
        if number != math.floor(number):
            raise ValueError(f"population 是 {number:g}，不是整数：请给客户数。")
        population = int(number)
    needed = _finite(infinite, population)
    invitations = None
    if response_rate is not None:
        rate = float(as_numbers(response_rate, "response_rate"))
        if not 0 < rate <= 1:
            raise ValueError(f"response_rate 是 {rate:g}，应大于 0 且不大于 1，例如 0.2。")
        invitations = math.ceil(needed / rate - TOLERANCE)
    return SampleSize(
        infinite=infinite,
        needed=needed,
        invitations=invitations,
        population=population,
        margin=margin,
        confidence=float(confidence),
        p=p,
        response_rate=response_rate,
        enough=population is None or invitations is None or invitations <= population,
    )


def _finite(infinite: float, population: int | None) -> int:
    """有限总体修正，向上取整；不少于 1，不多于总体。"""
    if population is None:
        return max(1, math.ceil(infinite - TOLERANCE))
    corrected = infinite / (1 + (infinite - 1) / population)
    return min(max(1, math.ceil(corrected - TOLERANCE)), population)
