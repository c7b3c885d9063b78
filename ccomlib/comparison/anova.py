"""方差分析：几组的平均真的不同吗，是哪两组不同？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range, varies
from ccomlib.wording import p_text

from .groups import read_groups, samples
from .studentized import studentized_p, studentized_quantile
from .variation import VarianceSplit, equal_variance, variance_split

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Anova", "anova"]

MOST_PAIRS = 30


@dataclass(frozen=True, eq=False)
class Anova(Result):
    """单因素方差分析与两两比较。由 ``anova`` 得到。"""

    f: float
    df_between: int
    df_within: float
    p: float
    """equal_var 为假时是 Welch 方差分析的 F、自由度与 p。"""
    eta_squared: float
    """组间平方和 ÷ 总平方和。"""
    omega_squared: float
    """扣除抽样波动后的 η²，不小于 0。"""
    equal_var: bool
    """按标准差相同（Tukey HSD）还是不同（Welch 与 Games-Howell）做。"""
    spread_p: float
    """Brown-Forsythe 检验的 p。"""
    alpha: float
    split: VarianceSplit
    means: pd.DataFrame
    """一行一组，列：n、均值、标准差。"""
    pairs: pd.DataFrame
    """一行一对，列：甲、乙、均值差（甲 − 乙）、下限、上限、p、不同。"""
    value: str
    group: str

    @property
    def significant(self) -> bool:
        """至少有两组不同。"""
        return self.p < self.alpha

    def summary(self) -> pd.DataFrame:
        """两两比较的表。"""
        return self.pairs

    def plot(self, ax: Axes | None = None) -> Axes:
        """两两均值差与区间；不含 0 的标红。"""
        pairs = self.pairs.iloc[self.pairs["p"].argsort(kind="stable")][:MOST_PAIRS]
        ax = new_axes(ax, figsize=(8, max(3, 0.28 * len(pairs) + 1.4)))
        y = np.arange(len(pairs))
        for number, row in zip(y, pairs.itertuples(index=False), strict=True):
            color = COLOURS["bad"] if row.不同 else COLOURS["main"]
            ax.plot([row.下限, row.上限], [number, number], color=color, linewidth=2)
            ax.plot(row.均值差, number, "o", color=color)
        ax.axvline(0, color="black", linewidth=1, linestyle="--")
        ax.set_yticks(
            y, [f"{one} − {other}" for one, other in zip(pairs["甲"], pairs["乙"], strict=True)]
        )
        ax.set_ylim(len(pairs) - 0.4, -0.6)
        ax.grid(False, axis="y")
        short = f"（p 最小的 {MOST_PAIRS} 对）" if len(self.pairs) > MOST_PAIRS else ""
        name = "Tukey HSD" if self.equal_var else "Games-Howell"
        ax.set(
            title=f"{self.value}：{int(self.pairs['不同'].sum())} 对不同{short}",
            xlabel=f"均值差（{name} {1 - self.alpha:.0%} 同时区间，红色不含 0）",
            ylabel=self.group,
        )
        return ax

    def __str__(self) -> str:
        how = "方差分析" if self.equal_var else "Welch 方差分析（各组标准差不同）"
        head = (
            f"{self.value}按{self.group}：{how} F({self.df_between}, {self.df_within:.4g}) = "
            f"{self.f:.3f}，{p_text(self.p)}，η² = {self.eta_squared:.3f}"
        )
        if not self.significant:
            return f"{head}；看不出各组的平均不同，不要按名次奖罚。各行应相互独立。"
        different = self.pairs[self.pairs["不同"]].sort_values("p", kind="stable")
        if different.empty:
            return (
                f"{head}；至少有两组不同，但两两比较还指不出是哪两组：请加大样本。各行应相互独立。"
            )
        shown = "、".join(
            f"{row.甲}{'高于' if row.均值差 > 0 else '低于'}{row.乙} {abs(row.均值差):.4g}"
            for row in different.head(4).itertuples(index=False)
        )
        more = "……" if len(different) > 4 else ""
        return (
            f"{head}；{len(self.pairs)} 对里有 {len(different)} 对不同：{shown}{more}"
            f"（已按 {len(self.pairs)} 对一起比作了校正）。各行应相互独立；差得显著不等于差得要紧。"
        )


def anova(
    table: pd.DataFrame,
    value: str,
    group: str = "班组",
    *,
    unit: str | None = None,
    equal_var: bool | None = None,
    alpha: float = 0.05,
) -> Anova:
    """几组的平均真的不同吗；不同的话，是哪两组（方差分析与 Tukey HSD）。

    Parameters
    ----------
    table, value, group, unit : 同 ``sd_quadrants``；同一人有许多行时给 ``unit="工号"``。
    equal_var : 真用 F 与 Tukey HSD；假用 Welch 与 Games-Howell；
        None 由 Brown-Forsythe 检验决定（p < alpha 就当标准差不同）。
    alpha : 显著性水平。

    Returns
    -------
    Anova
        F、p、效应量与两两比较。

    Raises
    ------
    ValueError
        缺列、空值、少于两组、某组不足 3 个数、组内没有差异。

    Notes
    -----
    F = MSB/MSW；η² = SS组间/SST；ω² = (SS组间−(k−1)MSW)/(SST+MSW)；
    各组个数不同时两两比较用 Tukey-Kramer。

    References
    ----------
    Montgomery, Design and Analysis of Experiments, 第 3 章；NIST StRD 方差分析数据集；
    Games & Howell (1976)；Welch (1951)。

    Examples
    --------
    >>> aht = pd.DataFrame({"班组": list("甲甲甲甲乙乙乙乙丙丙丙丙"),
    ...                     "时长": [200, 205, 198, 201, 203, 199, 204, 202, 230, 228, 235, 231]})
    >>> result = anova(aht, "时长")
    >>> round(result.f, 1), result.pairs["不同"].tolist()
    (158.4, [False, True, True])
    """
    require_range(alpha, "alpha", 0, 1, above=True, below=True)
    split = variance_split(table, value, group, unit=unit)
    spread = equal_variance(table, value, group, unit=unit, alpha=alpha)
    parts = samples(read_groups(table, value, group, unit=unit, least=3))
    same = spread.p >= alpha if equal_var is None else bool(equal_var)
    if same:
        f, freedom, p = split.f, float(split.df_within), split.p
    else:
        still = [name for name, part in parts.items() if not varies(part)]
        if still:
            raise ValueError(
                f"{group} {still[0]} 的{value}都一样，Welch 方差分析算不了："
                "请去掉这一组，或 equal_var=True。"
            )
        f, freedom, p = _welch(list(parts.values()))
    pairs = _compare(parts, split.within / split.df_within if same else None, alpha)
    ms_within = split.within / split.df_within
    omega = (split.between - split.df_between * ms_within) / (split.total + ms_within)
    return Anova(
        f=float(f),
        df_between=split.df_between,
        df_within=float(freedom),
        p=float(p),
        eta_squared=split.share_between,
        omega_squared=max(0.0, float(omega)),
        equal_var=same,
        spread_p=spread.p,
        alpha=alpha,
        split=split,
        means=spread.table.loc[list(parts), ["n", "均值", "标准差"]],
        pairs=pairs,
        value=value,
        group=group,
    )


def _compare(parts: dict[Any, np.ndarray], pooled: float | None, alpha: float) -> pd.DataFrame:
    """两两比较：给了合并方差用 Tukey-Kramer，没有用 Games-Howell。"""
    names, k = list(parts), len(parts)
    first, second = np.triu_indices(k, 1)
    size = np.array([len(part) for part in parts.values()])
    mean = np.array([part.mean() for part in parts.values()])
    freedom = np.full(len(first), float(size.sum() - k))
    if pooled is None:
        own = np.array([part.var(ddof=1) for part in parts.values()]) / size
        both = own[first] + own[second]
        parts_df = own**2 / (size - 1)
        freedom = both**2 / (parts_df[first] + parts_df[second])
    else:
        both = pooled * (1 / size[first] + 1 / size[second])
    error = np.sqrt(both / 2)
    difference = mean[first] - mean[second]
    distinct, where = np.unique(freedom, return_inverse=True)
    margin = studentized_quantile(1 - alpha, k, distinct)[where] * error
    p = studentized_p(np.abs(difference) / error, k, freedom)
    return pd.DataFrame(
        {
            "甲": [names[i] for i in first],
            "乙": [names[j] for j in second],
            "均值差": difference,
            "下限": difference - margin,
            "上限": difference + margin,
            "p": p,
            "不同": p < alpha,
        }
    )


def _welch(parts: list[np.ndarray]) -> tuple[float, float, float]:
    """Welch (1951)：F、分母自由度、p。"""
    from scipy.special import fdtrc

    k = len(parts)
    size = np.array([len(part) for part in parts])
    mean = np.array([part.mean() for part in parts])
    weight = size / np.array([part.var(ddof=1) for part in parts])
    share = weight / weight.sum()
    centre = (share * mean).sum()
    slack = (np.square(1 - share) / (size - 1)).sum()
    f = (weight * np.square(mean - centre)).sum() / (k - 1)
    f /= 1 + 2 * (k - 2) / (k**2 - 1) * slack
    freedom = (k**2 - 1) / (3 * slack)
    return float(f), float(freedom), float(fdtrc(k - 1, freedom, f))
