"""比例：样本里的这个比例，在总体里大约在什么范围，两组真的不一样吗？"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import pandas as pd

from ccomlib.charts import interval_chart
from ccomlib.proportions import wilson_limits
from ccomlib.results import Result
from ccomlib.style import COLOURS
from ccomlib.validation import as_numbers
from ccomlib.wording import p_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "Proportion",
    "TwoProportions",
    "compare_proportions",
    "read_population",
    "wilson",
]

SMALL_EXPECTED = 5


@dataclass(frozen=True, eq=False)
class Proportion(Result):
    """一个比例与它的 Wilson 区间。由 ``wilson`` 得到。"""

    successes: int
    n: int
    rate: float
    low: float
    high: float
    confidence: float
    population: int | None = None
    """总体一共多少个；给了就作有限总体修正，不给当作很大。"""

    @property
    def half_width(self) -> float:
        """区间宽度的一半。"""
        return (self.high - self.low) / 2

    def summary(self) -> pd.DataFrame:
        """比例与区间。"""
        rows = [(self.successes, self.n, self.rate, self.low, self.high, self.half_width)]
        table = pd.DataFrame(rows, columns=["件数", "样本数", "比例", "下限", "上限", "半宽"])
        if self.population is not None:
            table.insert(2, "总体", self.population)
            table["抽样率"] = self.n / self.population
        return table

    def plot(self, ax: Axes | None = None) -> Axes:
        """比例与区间。"""
        return interval_chart(
            ax,
            [f"n = {self.n}" + ("" if self.population is None else f"（总体 {self.population}）")],
            [self.rate],
            [self.low],
            [self.high],
            title=f"比例 {self.rate:.1%} 与 {self.confidence:.0%} 区间",
            xlabel="比例",
            percent=True,
        )

    def __str__(self) -> str:
        text = (
            f"{self.n} 个里有 {self.successes} 个，比例 {self.rate:.1%}，{self.confidence:.0%} 区间 "
            f"{self.low:.1%} 到 {self.high:.1%}（半宽约 {100 * self.half_width:.1f} 个百分点）"
        )
        if self.population is not None:
            text += (
                f"；总体 {self.population:,} 个已问到 {self.n / self.population:.1%}，"
                "区间按有限总体缩窄，只说这批客户，不推到以后的客户"
            )
        return f"{text}；前提是样本随机抽取，没有回复的人与回复的人没有两样。"


@dataclass(frozen=True, eq=False)
class TwoProportions(Result):
    """两个独立样本的比例之差。由 ``compare_proportions`` 得到。"""

    first: Proportion
    second: Proportion
    difference: float
    """后一个 − 前一个。"""
    low: float
    high: float
    z: float
    p: float
    """双侧。"""
    method: str
    """p 值怎样来的：z 检验，或 Fisher 精确检验。"""
    names: tuple[str, str]
    confidence: float

    @property
    def significant(self) -> bool:
        """p 小于 1 − confidence。"""
        return self.p < 1 - self.confidence

    def summary(self) -> pd.DataFrame:
        """两组各自的比例与区间，以及差。"""
        rows = [
            (name, one.successes, one.n, one.rate, one.low, one.high)
            for name, one in zip(self.names, (self.first, self.second), strict=True)
        ]
        rows.append(("差（后 − 前）", None, None, self.difference, self.low, self.high))
        table = pd.DataFrame(rows, columns=["组", "件数", "样本数", "比例", "下限", "上限"])
        return table.astype({"件数": "Int64", "样本数": "Int64"})

    def plot(self, ax: Axes | None = None) -> Axes:
        """两组的比例与区间上下并列。"""
        pair = (self.first, self.second)
        return interval_chart(
            ax,
            [f"{name}（n = {one.n}）" for name, one in zip(self.names, pair, strict=True)],
            [one.rate for one in pair],
            [one.low for one in pair],
            [one.high for one in pair],
            title=f"相差 {100 * self.difference:+.1f} 个百分点，{p_text(self.p)}",
            xlabel="比例",
            colours=[COLOURS["grey"], COLOURS["main"]],
            percent=True,
        )

    def __str__(self) -> str:
        verdict = "差异显著" if self.significant else "差异不显著，还不能说两组不一样"
        return (
            f"{self.names[1]} {self.second.rate:.1%} 与{self.names[0]} {self.first.rate:.1%} 相差 "
            f"{100 * self.difference:+.1f} 个百分点（{self.confidence:.0%} 区间 "
            f"{100 * self.low:+.1f} 到 {100 * self.high:+.1f}），{p_text(self.p)}（{self.method}）："
            f"{verdict}；两组须是不同的人，同一批人前后两次要用配对的检验。"
        )


def wilson(
    successes: int, n: int, *, population: int | None = None, confidence: float = 0.95
) -> Proportion:
    """样本比例的 Wilson 区间：样本小、比例靠近 0 或 1 时也可靠。

    Parameters
    ----------
    successes : 有多少个（满意、不合格、放弃）。
    n : 样本数。
    population : 总体一共多少个（可以问到的客户数）；样本占了总体不小的一部分时给，区间会窄些。
    confidence : 置信水平。

    Returns
    -------
    Proportion

    Raises
    ------
    ValueError
        n 不是正整数，successes 不是 0 到 n 的整数，总体少于 n，confidence 不在 0 与 1 之间。

    Notes
    -----
    (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n)。
    有限总体：不放回抽样时方差是 P(1−P)/n·(N−n)/(N−1)，代进去反解，就是把 n 换成
    n(N−1)/(N−n)；问到的各 k、n−k 个已经确知，区间不越出 k/N 与 1−(n−k)/N。

    References
    ----------
    Wilson (1927), JASA 22: 209–212；Brown, Cai & DasGupta (2001), Statistical Science 16: 101–133；
    有限总体的方差见 Cochran (1977), Sampling Techniques，定理 3.2，用于 Wilson 区间见
    O'Neill (2021), arXiv:2109.12464。

    Examples
    --------
    >>> print(wilson(21, 30))
    30 个里有 21 个，比例 70.0%，95% 区间 52.1% 到 83.3%（半宽约 15.6 个百分点）；前提是样本随机抽取，没有回复的人与回复的人没有两样。
    >>> round(wilson(210, 300, population=500).half_width, 4)
    0.0328
    """
    k, n = _count(successes, "successes"), _count(n, "n")
    if n == 0:
        raise ValueError("n 是 0，没有样本就没有比例：请先收集数据。")
    if k > n:
        raise ValueError(f"successes 是 {k}，多于 n = {n}：请核对两个数。")
    whole = read_population(population, n)
    low, high = wilson_limits(k, n, confidence, math.inf if whole is None else whole)
    return Proportion(k, n, k / n, float(low), float(high), float(confidence), whole)


def compare_proportions(
    successes1: int,
    n1: int,
    successes2: int,
    n2: int,
    *,
    names: tuple[str, str] = ("前", "后"),
    confidence: float = 0.95,
) -> TwoProportions:
    """两组的比例（满意率、不合格率、投诉率）真的不一样吗？

    Parameters
    ----------
    successes1, n1, successes2, n2 : 两组的件数与样本数；两组是不同的人或不同的电话。
    names : 两组的名字。
    confidence : 置信水平。

    Returns
    -------
    TwoProportions
        差 = 后一组 − 前一组。

    Raises
    ------
    ValueError
        样本数为 0、件数多于样本数；两组的比例都是 0 或都是 1。

    Notes
    -----
    z = (p₂−p₁)/√(p̄(1−p̄)(1/n₁+1/n₂))，p̄ 是合并的比例；任一格的期望数少于 5 时改用 Fisher 精确检验。
    差的区间用 Newcombe 的混合计分法（由两组各自的 Wilson 区间得到）。

    References
    ----------
    Newcombe (1998), Statistics in Medicine 17: 873–890，方法 10。

    Examples
    --------
    >>> result = compare_proportions(48, 80, 56, 70, names=("甲组", "乙组"))
    >>> round(result.difference, 2), round(result.low, 4), round(result.high, 4)
    (0.2, 0.0524, 0.3339)
    """
    first = wilson(successes1, n1, confidence=confidence)
    second = wilson(successes2, n2, confidence=confidence)
    pooled = (first.successes + second.successes) / (first.n + second.n)
    if pooled in (0, 1):
        raise ValueError(
            f"两组的比例都是 {pooled:.0%}，没有差异可检验：请核对数据，或增加样本再比。"
        )
    z = (second.rate - first.rate) / math.sqrt(pooled * (1 - pooled) * (1 / first.n + 1 / second.n))
    if min(pooled, 1 - pooled) * min(first.n, second.n) < SMALL_EXPECTED:
        from scipy.stats import fisher_exact

        cells = [[one.successes, one.n - one.successes] for one in (first, second)]
        p, method = float(fisher_exact(cells).pvalue), "样本小，Fisher 精确检验"
    else:
        p, method = 2 * NormalDist().cdf(-abs(z)), "两个比例的 z 检验"
    difference = second.rate - first.rate
    below = math.hypot(second.rate - second.low, first.high - first.rate)
    above = math.hypot(second.high - second.rate, first.rate - first.low)
    return TwoProportions(
        first=first,
        second=second,
        difference=difference,
        low=difference - below,
        high=difference + above,
        z=z,
        p=p,
        method=method,
        names=(str(names[0]), str(names[1])),
        confidence=float(confidence),
    )


def read_population(population: Any, n: int) -> int | None:
    """总体的大小，不少于样本数；没有给为 None。"""
    if population is None:
        return None
    whole = _count(population, "population")
    if whole < n:
        raise ValueError(f"population 是 {whole}，少于样本数 {n}：请给一共有多少客户，再核对口径。")
    return whole


def _count(value: Any, name: str) -> int:
    number = float(as_numbers(value, name))
    if number < 0 or number != math.floor(number):
        raise ValueError(f"{name} 是 {number:g}，不是不为负的整数：请给件数。")
    return int(number)
