"""差异在哪里：组与组之间还是组里面，各组一样稳吗？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range, varies
from ccomlib.wording import p_text

from .groups import read_groups, samples

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "EqualVariance",
    "VarianceSplit",
    "equal_variance",
    "variance_split",
]

TALL = 0.32


@dataclass(frozen=True, eq=False)
class VarianceSplit(Result):
    """组间与组内的差异。由 ``variance_split`` 得到。"""

    between: float
    """组间平方和。"""
    within: float
    """组内平方和。"""
    total: float
    f: float
    df_between: int
    df_within: int
    p: float
    icc1: float
    """ICC(1)：组的归属能解释多少；可以略小于 0，当 0 看。"""
    variance_between: float
    """组间方差分量，估计为负时记 0。"""
    variance_within: float
    value: str
    group: str

    @property
    def share_between(self) -> float:
        """组间平方和 ÷ 总平方和（η²）。"""
        return self.between / self.total

    def summary(self) -> pd.DataFrame:
        """方差分析表加 ICC1。"""
        rows = [
            (
                "组间",
                self.between,
                self.df_between,
                self.between / self.df_between,
                self.share_between,
            ),
            (
                "组内",
                self.within,
                self.df_within,
                self.within / self.df_within,
                1 - self.share_between,
            ),
            ("合计", self.total, self.df_between + self.df_within, np.nan, 1.0),
        ]
        return pd.DataFrame(rows, columns=["来源", "平方和", "自由度", "均方", "占比"])

    def plot(self, ax: Axes | None = None) -> Axes:
        """组间与组内各占多少。"""
        ax = new_axes(ax, figsize=(8, 2.6))
        left = 0.0
        for name, share, color in (
            ("组间", self.share_between, "second"),
            ("组内", 1 - self.share_between, "light"),
        ):
            ax.barh([0], [share], left=left, color=COLOURS[color], label=f"{name} {share:.1%}")
            left += share
        from matplotlib.ticker import PercentFormatter

        ax.xaxis.set_major_formatter(PercentFormatter(1))
        ax.set(
            title=f"{self.value}的差异：{self.group}之间占 {self.share_between:.1%}，ICC1 {max(self.icc1, 0):.3f}",
            xlabel="占总平方和的比例", xlim=(0, 1), yticks=[],
        )  # fmt: skip
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        icc = max(self.icc1, 0.0)
        where = (
            f"组里面的差异是大头，先管{self.group}里面人与人、次与次的差别"
            if icc < 0.5
            else f"{self.group}之间的差异是大头，先找组与组做法上的不同"
        )
        real = "组间差异显著" if self.p < 0.05 else "组间差异不显著，可能只是抽样波动"
        return (
            f"{self.value}的总差异里，{self.group}之间占 {self.share_between:.1%}，"
            f"组内占 {1 - self.share_between:.1%}；ICC1 = {icc:.3f}，{p_text(self.p)}，{real}。"
            f"{where}。"
        )


def variance_split(
    table: pd.DataFrame, value: str, group: str = "班组", *, unit: str | None = None
) -> VarianceSplit:
    """总差异有多少在组与组之间，有多少在组里面（ICC1）。

    Parameters
    ----------
    table, value, group, unit : 同 ``sd_quadrants``。

    Returns
    -------
    VarianceSplit
        平方和、F、p、ICC1 与方差分量。

    Raises
    ------
    ValueError
        缺列、空值、少于两组、某组不足 2 个数、组内没有差异。

    Notes
    -----
    SST = SS组间 + SS组内；ICC1 = (MSB−MSW) ÷ (MSB+(n₀−1)MSW)，n₀ = (N−Σnᵢ²/N)/(k−1)。

    References
    ----------
    Shrout & Fleiss (1979)；NIST StRD 方差分析数据集。

    Examples
    --------
    >>> scores = pd.DataFrame({"班组": list("甲甲甲乙乙乙"), "质检分": [80, 82, 84, 88, 90, 92]})
    >>> split = variance_split(scores, "质检分")
    >>> split.between, split.within, round(split.icc1, 3)
    (96.0, 16.0, 0.885)
    """
    from scipy.special import fdtrc

    found = read_groups(table, value, group, unit=unit)
    if not any(varies(part) for part in samples(found).values()):
        raise ValueError(f"每个{group}里的{value}都一样，组内没有差异，分不开：请用每一次的数据。")
    # 先减去总平均：数很大而差别很小时（如 10¹² 上下差 1），平方和不丢位数
    found["数值"] -= found["数值"].mean()
    grouped = found.groupby("组", sort=False)["数值"]
    sizes, means = grouped.size().to_numpy(), grouped.mean().to_numpy()
    grand = found["数值"].mean()
    inside = np.square(found["数值"] - grouped.transform("mean")).sum()
    outside = float((sizes * np.square(means - grand)).sum())
    k, n = len(sizes), int(sizes.sum())
    ms_between, ms_within = outside / (k - 1), float(inside) / (n - k)
    size = (n - np.square(sizes).sum() / n) / (k - 1)
    component = (ms_between - ms_within) / size
    f = ms_between / ms_within
    return VarianceSplit(
        between=outside,
        within=float(inside),
        total=outside + float(inside),
        f=f,
        df_between=k - 1,
        df_within=n - k,
        p=float(fdtrc(k - 1, n - k, f)),
        icc1=float((ms_between - ms_within) / (ms_between + (size - 1) * ms_within)),
        variance_between=max(0.0, float(component)),
        variance_within=ms_within,
        value=value,
        group=group,
    )


@dataclass(frozen=True, eq=False)
class EqualVariance(Result):
    """各组的标准差一样吗。由 ``equal_variance`` 得到。"""

    statistic: float
    df_between: int
    df_within: int
    p: float
    alpha: float
    table: pd.DataFrame
    """一行一组，按标准差从大到小，列：n、均值、标准差、平均偏离（离中位数）。"""
    value: str
    group: str

    @property
    def different(self) -> bool:
        """标准差显著不同。"""
        return self.p < self.alpha

    def summary(self) -> pd.DataFrame:
        """每组的标准差。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """各组的标准差，从大到小。"""
        ax = new_axes(ax, figsize=(8, max(3, TALL * len(self.table) + 1.2)))
        names = [str(name) for name in self.table.index]
        ax.barh(names, self.table["标准差"], color=COLOURS["main"])
        ax.invert_yaxis()
        verdict = "标准差不一样" if self.different else "看不出标准差不同"
        ax.set(
            title=f"{self.value}：{verdict}（Brown-Forsythe {p_text(self.p)}）",
            xlabel=f"{self.value}的标准差", ylabel=self.group,
        )  # fmt: skip
        ax.grid(False, axis="y")
        return ax

    def __str__(self) -> str:
        top, low = self.table.iloc[0], self.table.iloc[-1]
        verdict = "各组的稳定程度真的不同" if self.different else "还说不出谁更稳，可能只是抽样波动"
        return (
            f"{self.value}的标准差从 {low['标准差']:.4g}（{self.table.index[-1]}）到 "
            f"{top['标准差']:.4g}（{self.table.index[0]}）；Brown-Forsythe F = {self.statistic:.3f}，"
            f"{p_text(self.p)}，{verdict}。这个检验不要求正态，但要求各行相互独立。"
        )


def equal_variance(
    table: pd.DataFrame,
    value: str,
    group: str = "班组",
    *,
    unit: str | None = None,
    alpha: float = 0.05,
) -> EqualVariance:
    """各组一样稳吗：标准差的差别是真的，还是抽样波动（Brown-Forsythe）。

    Parameters
    ----------
    table, value, group, unit : 同 ``sd_quadrants``。
    alpha : 显著性水平。

    Returns
    -------
    EqualVariance
        F、p 与各组的标准差。

    Raises
    ------
    ValueError
        缺列、空值、少于两组、某组不足 3 个数、各组都没有差异。

    Notes
    -----
    对 |x − 本组中位数| 做单因素方差分析；数据不正态也能用，Bartlett 检验只在正态时可用。

    References
    ----------
    Brown & Forsythe (1974), Robust Tests for the Equality of Variances, JASA 69: 364–367。

    Examples
    --------
    >>> aht = pd.DataFrame({"班组": ["甲"] * 5 + ["乙"] * 5,
    ...                     "时长": [198, 200, 202, 199, 201, 150, 250, 200, 120, 280]})
    >>> result = equal_variance(aht, "时长")
    >>> round(result.p, 3), result.table.index[0]
    (0.008, '乙')
    """
    from scipy.stats import levene

    require_range(alpha, "alpha", 0, 1, above=True, below=True)
    found = read_groups(table, value, group, unit=unit, least=3)
    parts = samples(found)
    away = {name: np.abs(part - np.median(part)) for name, part in parts.items()}
    if not any(varies(part, parts[name]) for name, part in away.items()):
        raise ValueError(f"每个{group}里的{value}离中位数都一样远，比不了：请用每一次的数据。")
    test = levene(*parts.values(), center="median")
    rows = pd.DataFrame(
        {
            "n": {name: len(part) for name, part in parts.items()},
            "均值": {name: part.mean() for name, part in parts.items()},
            "标准差": {name: part.std(ddof=1) for name, part in parts.items()},
            "平均偏离": {name: part.mean() for name, part in away.items()},
        }
    )
    rows.index.name = group
    return EqualVariance(
        statistic=float(test.statistic),
        df_between=len(parts) - 1,
        df_within=len(found) - len(parts),
        p=float(test.pvalue),
        alpha=alpha,
        table=rows.sort_values("标准差", ascending=False, kind="stable"),
        value=value,
        group=group,
    )
