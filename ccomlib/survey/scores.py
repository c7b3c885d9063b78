"""满意度与净推荐值：分数是多少，误差有多大？"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import percent_axis
from ccomlib.proportions import wilson_limits, z_value
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_series

from .proportion import read_population

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Csat", "Nps", "csat", "nps", "read_scores"]

SMALL = 30
PROMOTER, DETRACTOR = 9, 6


@dataclass(frozen=True, eq=False)
class Csat(Result):
    """满意度的均值与满意率。由 ``csat`` 得到。"""

    n: int
    mean: float
    mean_low: float
    mean_high: float
    top: float
    """满意率：打最高几档的占比。"""
    top_low: float
    top_high: float
    counts: pd.Series
    """各分数的份数。"""
    boxes: int
    """最高几档算满意。"""
    confidence: float
    population: int | None = None
    """总体的客户数；给了，两个区间都作有限总体修正。"""

    def summary(self) -> pd.DataFrame:
        """均值与满意率，各带区间。"""
        rows = [
            ("均值", self.mean, self.mean_low, self.mean_high, "t 区间"),
            (
                f"满意率（最高 {self.boxes} 档）",
                self.top,
                self.top_low,
                self.top_high,
                "Wilson 区间",
            ),
        ]
        return pd.DataFrame(rows, columns=["指标", "数值", "下限", "上限", "区间算法"])

    def plot(self, ax: Axes | None = None) -> Axes:
        """各分数的份数占比，满意的几档着色。"""
        ax = new_axes(ax)
        part = self.counts / self.n
        happy = np.arange(len(part)) >= len(part) - self.boxes
        ax.bar(
            [str(score) for score in part.index],
            part,
            color=np.where(happy, COLOURS["good"], COLOURS["grey"]),
            width=0.7,
        )
        for place, (value, count) in enumerate(zip(part, self.counts, strict=True)):
            ax.text(place, value, f"{count} 份", ha="center", va="bottom", fontsize=10)
        ax.set(
            title=(
                f"满意率 {self.top:.1%}（{self.top_low:.1%}–{self.top_high:.1%}），"
                f"均值 {self.mean:.2f}，n = {self.n}"
            ),
            xlabel=f"分数（绿色的最高 {self.boxes} 档算满意）",
            ylabel="占比",
            ylim=(0, 1.15 * float(part.max())),
        )
        percent_axis(ax.yaxis)
        ax.grid(visible=False, axis="x")
        return ax

    def __str__(self) -> str:
        whole = ""
        if self.population is not None:
            whole = (
                f"；总体 {self.population:,} 位客户已问到 {self.n / self.population:.1%}，"
                "区间按有限总体缩窄，只说这批客户"
            )
        small = f"；样本少于 {SMALL} 份，不拿来排名（教学约定）" if self.n < SMALL else ""
        return (
            f"{self.n} 份回复：满意率 {self.top:.1%}（{self.confidence:.0%} 区间 {self.top_low:.1%} 到 "
            f"{self.top_high:.1%}），均值 {self.mean:.2f}（{self.mean_low:.2f} 到 {self.mean_high:.2f}）"
            f"{whole}{small}；区间只含抽样误差，不含没有回复的人带来的偏差。"
        )


@dataclass(frozen=True, eq=False)
class Nps(Result):
    """净推荐值。由 ``nps`` 得到；单位是分，−100 到 100。"""

    n: int
    score: float
    standard_error: float
    low: float
    high: float
    promoters: int
    passives: int
    detractors: int
    confidence: float

    def summary(self) -> pd.DataFrame:
        """三类人的份数与占比。"""
        rows = [
            ("推荐者（9–10 分）", self.promoters),
            ("中立者（7–8 分）", self.passives),
            ("贬损者（0–6 分）", self.detractors),
        ]
        table = pd.DataFrame(rows, columns=["类别", "份数"])
        return table.assign(占比=table["份数"] / self.n)

    def plot(self, ax: Axes | None = None) -> Axes:
        """三类人的占比。"""
        ax = new_axes(ax, figsize=(8, 2.6))
        left = 0.0
        colours = (COLOURS["bad"], "#BDBDBD", COLOURS["good"])
        counts = (self.detractors, self.passives, self.promoters)
        names = ("贬损者 0–6 分", "中立者 7–8 分", "推荐者 9–10 分")
        for name, count, colour in zip(names, counts, colours, strict=True):
            part = count / self.n
            ax.barh(0, part, left=left, color=colour, height=0.6, label=f"{name}：{part:.0%}")
            left += part
        ax.set(
            title=f"NPS {self.score:+.1f}（{self.low:+.1f} 到 {self.high:+.1f}），n = {self.n}",
            xlabel="占回复的比例",
            xlim=(0, 1),
            yticks=[],
        )
        percent_axis(ax.xaxis)
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        return (
            f"NPS {self.score:+.1f} 分（标准误 {self.standard_error:.1f}，{self.confidence:.0%} 区间 "
            f"{self.low:+.1f} 到 {self.high:+.1f}），{self.n} 份里推荐者 {self.promoters}、贬损者 "
            f"{self.detractors}；同样的份数，NPS 的误差比满意率大得多，几分的涨跌多半是抽样误差。"
        )


def csat(
    scores: Any,
    *,
    scale: tuple[int, int] = (1, 5),
    top: int = 2,
    population: int | None = None,
    confidence: float = 0.95,
) -> Csat:
    """满意度：均值与满意率（打最高几档的占比），各带置信区间。

    Parameters
    ----------
    scores : 一份回复一个分数，整数；没有回复的先去掉（``dropna``）。
    scale : 最低分与最高分。
    top : 最高几档算满意。
    population : 总体有多少位客户（如这个月投诉过的全部客户）；问到的占了不小的一部分时给。
    confidence : 置信水平。

    Returns
    -------
    Csat

    Raises
    ------
    ValueError
        有空值、不是整数、超出分制、不足 2 份、总体少于份数，或所有分数相同（均值的区间没有意义）。

    Notes
    -----
    均值 ± t·s/√n；满意率用 Wilson 区间。给了总体 N 时，均值的误差乘 √(1 − n/N)，
    满意率同 ``wilson(..., population=N)``；全问到时没有抽样误差。

    References
    ----------
    Brown, Cai & DasGupta (2001), Statistical Science 16: 101–133；
    Cochran (1977), Sampling Techniques，第 2、3 章（有限总体）。

    Examples
    --------
    >>> result = csat([5, 4, 4, 3, 5, 2, 5, 4, 5, 1])
    >>> result.mean, result.top, round(result.top_low, 3), round(result.top_high, 3)
    (3.8, 0.7, 0.397, 0.892)
    """
    low, high = scale
    if not 1 <= top <= high - low:
        raise ValueError(f"top 是 {top}，{low} 到 {high} 分制里应在 1 与 {high - low} 之间。")
    series = read_scores(scores, "scores", low, high)
    n = len(series)
    if n < 2:
        raise ValueError(f"只有 {n} 份回复，算不出区间：请增加样本。")
    if series.nunique() == 1:
        raise ValueError(
            f"所有分数都是 {series.iloc[0]}，均值的区间没有意义：请核对数据，或用 wilson 只看满意率。"
        )
    from scipy.stats import t

    z_value(confidence)
    mean = float(series.mean())
    whole = read_population(population, n)
    left = 1.0 if whole is None else 1 - n / whole
    half = float(t.ppf((1 + confidence) / 2, n - 1) * series.std() * math.sqrt(left / n))
    happy = int((series > high - top).sum())
    top_low, top_high = wilson_limits(happy, n, confidence, math.inf if whole is None else whole)
    counts = series.value_counts().reindex(range(low, high + 1), fill_value=0)
    return Csat(
        n=n,
        mean=mean,
        mean_low=max(mean - half, low),
        mean_high=min(mean + half, high),
        top=happy / n,
        top_low=float(top_low),
        top_high=float(top_high),
        counts=counts.rename("份数"),
        boxes=top,
        confidence=float(confidence),
        population=whole,
    )


def nps(scores: Any, *, confidence: float = 0.95) -> Nps:
    """净推荐值与它的标准误、区间。

    Parameters
    ----------
    scores : 一份回复一个推荐分，0 到 10 的整数；没有回复的先去掉。
    confidence : 置信水平。

    Returns
    -------
    Nps
        NPS = 100 ×（推荐者占比 − 贬损者占比）。

    Raises
    ------
    ValueError
        有空值、不是 0 到 10 的整数、不足 2 份，或所有人同属一类（标准误为 0，区间没有意义）。

    Notes
    -----
    SE = √((p + d − (p−d)²)/n)，p、d 是推荐者与贬损者的占比；区间用正态近似。

    References
    ----------
    Rocks (2016), Interval estimation for the Net Promoter Score, The American Statistician 70: 365–372。

    Examples
    --------
    >>> result = nps([10] * 50 + [8] * 30 + [3] * 20)
    >>> round(result.score, 1), round(result.standard_error, 2), round(result.low, 1)
    (30.0, 7.81, 14.7)
    """
    series = read_scores(scores, "scores", 0, 10)
    n = len(series)
    if n < 2:
        raise ValueError(f"只有 {n} 份回复，算不出区间：请增加样本。")
    promoters, detractors = int((series >= PROMOTER).sum()), int((series <= DETRACTOR).sum())
    if n in (promoters, detractors, n - promoters - detractors):
        raise ValueError(
            f"{n} 份回复同属一类，标准误为 0，区间没有意义：请增加样本，或用 wilson 看推荐者的比例。"
        )
    p, d = promoters / n, detractors / n
    error = 100 * math.sqrt((p + d - (p - d) ** 2) / n)
    score, half = 100 * (p - d), z_value(confidence) * error
    return Nps(
        n=n,
        score=score,
        standard_error=error,
        low=max(score - half, -100.0),
        high=min(score + half, 100.0),
        promoters=promoters,
        passives=n - promoters - detractors,
        detractors=detractors,
        confidence=float(confidence),
    )


def read_scores(values: Any, name: str, low: float, high: float) -> pd.Series:
    """一列整数分数，都在分制之内。

    >>> read_scores([5, 4, 3.0], "满意度", 1, 5).tolist()
    [5, 4, 3]
    """
    series = as_series(values, name)
    if series.empty:
        raise ValueError(f"{name}是空的：请检查筛选条件。")
    bad = (series < low) | (series > high) | (series != np.floor(series))
    if bad.any():
        place = int(np.flatnonzero(bad)[0])
        raise ValueError(
            f"{name}第 {place + 1} 个是 {series.iloc[place]:g}，不是 {low:g} 到 {high:g} 的整数："
            "请核对，或改 scale。"
        )
    return series.astype(int)
