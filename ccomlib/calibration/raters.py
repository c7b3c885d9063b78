"""三个以上的人：松紧有差别吗，差在哪两人之间？"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.multiplicity import holm
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range, varies
from ccomlib.wording import p_text

from .intraclass import mean_squares
from .scores import read_scores

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["RaterComparison", "compare_raters", "sphericity_epsilon"]


@dataclass(frozen=True, eq=False)
class RaterComparison(Result):
    """三个以上质检员的平均分比较。由 ``compare_raters`` 得到。"""

    f: float
    df: tuple[int, int]
    p_uncorrected: float
    """不校正的 p。"""
    epsilon: float
    """Greenhouse-Geisser 的 ε；1 为各对之差一样散，越小校正越多。"""
    p: float
    """自由度乘 ε 以后的 p。"""
    share: float
    """偏 η²：质检员松紧在“松紧加误差”里的份额。"""
    friedman: float
    """Friedman 秩检验的统计量。"""
    friedman_p: float
    means: pd.Series
    pairs: pd.DataFrame
    """两两配对，列：质检员一、质检员二、平均差、下限、上限、t、p、p（Holm）、显著。"""
    n: int
    confidence: float
    intervals: pd.DataFrame
    """各人平均的区间，扣掉了录音难易的差别（Loftus 与 Masson）；列：下限、上限。"""

    @property
    def significant(self) -> bool:
        """校正后的 p 小于 1 − confidence。"""
        return self.p < 1 - self.confidence

    def summary(self) -> pd.DataFrame:
        """两两比较，差得多的在前。"""
        order = self.pairs["平均差"].abs().sort_values(ascending=False, kind="stable").index
        return self.pairs.loc[order].reset_index(drop=True)

    def plot(self, ax: Axes | None = None) -> Axes:
        """各人平均与扣掉录音难易以后的区间。"""
        order = self.means.sort_values(kind="stable").index
        ax = new_axes(ax, figsize=(8, 1.8 + 0.42 * len(order)))
        ax.axvline(self.means.mean(), color=COLOURS["grey"], linestyle="--", label="全体平均")
        for row, name in enumerate(order):
            low, high = self.intervals.loc[name]
            ax.plot([low, high], [row, row], color=COLOURS["main"], linewidth=3)
            ax.plot(self.means[name], row, "o", color=COLOURS["main"])
        ax.set_yticks(range(len(order)), list(map(str, order)))
        ax.set(
            title=f"{len(order)} 位质检员评同样的 {self.n} 通：{p_text(self.p)}",
            xlabel=f"平均分与 {self.confidence:.0%} 区间（分）",
            ylim=(-0.6, len(order) - 0.4),
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        high, low = self.means.idxmax(), self.means.idxmin()
        text = (
            f"{len(self.means)} 位质检员评同样的 {self.n} 通，平均分从{low}的 {self.means[low]:.2f} "
            f"到{high}的 {self.means[high]:.2f}；重复测量方差分析 "
            f"F({self.df[0]}, {self.df[1]}) = {self.f:.2f}，ε 校正后 {p_text(self.p)}，"
            f"Friedman {p_text(self.friedman_p)}"
        )
        sure = self.summary()
        sure = sure[sure["显著"]]
        if self.significant:
            text += "：松紧有差别"
            if len(sure):
                names = [
                    f"{a}与{b} {d:+.1f}" for a, b, d in sure.iloc[:3, :3].itertuples(index=False)
                ]
                text += f"，Holm 校正后差得出来的有 {len(sure)} 对（{'、'.join(names)}）"
            else:
                text += "，但 Holm 校正后说不出是哪两人"
        else:
            text += "：看不出松紧有差别，但不等于已校准，请再看 icc 与 calibrate 的容差"
        if (self.friedman_p < 1 - self.confidence) != self.significant:
            text += "；两种检验说法不一，多半有离群的分数，请先看逐通的差"
        return text + "。"


def compare_raters(scores: Any, *, confidence: float = 0.95) -> RaterComparison:
    """三个以上的人评同样的录音，松紧有差别吗？

    Parameters
    ----------
    scores : 一行一通录音、一列一位质检员；长表先用 ``pivot_scores``。
    confidence : 区间的置信水平；p 小于 1 − confidence 算显著。

    Returns
    -------
    RaterComparison
        重复测量方差分析（Greenhouse-Geisser 校正）、Friedman 检验与两两比较。

    Raises
    ------
    ValueError
        不足三人或三通、有空值、每两人逐通的差处处相等。

    Notes
    -----
    F = 质检员均方 ÷ 残差均方；ε 由各列协方差求得，自由度都乘 ε。两两比较是配对 t，p 用 Holm 校正。

    References
    ----------
    Greenhouse & Geisser (1959), Psychometrika 24: 95–112；Friedman (1937), JASA 32: 675–701；
    Loftus & Masson (1994), Psychon. Bull. Rev. 1: 476–490。

    Examples
    --------
    >>> scores = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> result = compare_raters(scores)
    >>> round(result.f, 2), round(result.epsilon, 4), round(result.friedman, 2)
    (31.87, 0.6817, 15.61)
    """
    from scipy.stats import f as fisher
    from scipy.stats import friedmanchisquare
    from scipy.stats import t as student

    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    if np.ndim(scores) == 2 and np.shape(scores)[1] == 2:
        raise ValueError("只有两位质检员：请用 ttest（同一批录音 kind=1）。")
    table = read_scores(scores, raters=3, items=3)
    ms = mean_squares(table)
    n, k = ms.n, ms.k
    if ms.error <= ms.noise:
        raise ValueError(
            "每两人逐通的差处处相等（有人总是高出同样的分，或全部相同），方差分析用不上："
            "请直接看各人平均，或用 calibrate。"
        )
    f = ms.raters / ms.error
    df = (k - 1, (n - 1) * (k - 1))
    epsilon = sphericity_epsilon(table.to_numpy())
    ranked = friedmanchisquare(*table.to_numpy().T)
    means = table.mean()
    half = float(student.isf((1 - confidence) / 2, df[1])) * math.sqrt(ms.error / n)
    return RaterComparison(
        f=f,
        df=df,
        p_uncorrected=float(fisher.sf(f, *df)),
        epsilon=epsilon,
        p=float(fisher.sf(f, df[0] * epsilon, df[1] * epsilon)),
        share=ms.raters * df[0] / (ms.raters * df[0] + ms.error * df[1]),
        friedman=float(ranked.statistic),
        friedman_p=float(ranked.pvalue),
        means=means,
        pairs=_pairs(table, confidence),
        n=n,
        confidence=float(confidence),
        intervals=pd.DataFrame({"下限": means - half, "上限": means + half}),
    )


def sphericity_epsilon(x: np.ndarray) -> float:
    """Greenhouse-Geisser 的 ε，在 1/(k−1) 与 1 之间。"""
    k = x.shape[1]
    s = np.cov(x, rowvar=False)
    centred = s - s.mean(axis=0) - s.mean(axis=1)[:, None] + s.mean()
    return float(np.trace(centred) ** 2 / ((k - 1) * np.square(centred).sum()))


def _pairs(table: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """两两配对 t 检验；差处处相等的那一对没有误差，差不为 0 就记 p = 0。"""
    from scipy.stats import t as student

    n = len(table)
    quantile = float(student.isf((1 - confidence) / 2, n - 1))
    rows = []
    for one, two in combinations(table.columns, 2):
        gap = (table[one] - table[two]).to_numpy()
        mean, error = float(gap.mean()), float(gap.std(ddof=1)) / math.sqrt(n)
        if not varies(gap, table[one], table[two]):
            t, p = (math.copysign(math.inf, mean), 0.0) if mean else (0.0, 1.0)
        else:
            t = mean / error
            p = 2 * float(student.sf(abs(t), n - 1))
        rows.append((one, two, mean, mean - quantile * error, mean + quantile * error, t, p))
    names = ["质检员一", "质检员二", "平均差", "下限", "上限", "t", "p"]
    pairs = pd.DataFrame(rows, columns=names)
    pairs["p（Holm）"] = holm(pairs["p"])
    pairs["显著"] = pairs["p（Holm）"] < 1 - confidence
    return pairs
