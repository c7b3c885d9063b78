"""ICC：几个人打的分，有几成反映的是录音本身的好坏？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range, rounding

from .scores import read_scores

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["FORMS", "ICC", "MeanSquares", "icc", "mean_squares"]

# Shrout 与 Fleiss 的写法 → McGraw 与 Wong 的写法、读法
FORMS = {
    "ICC(1,1)": ("ICC(1)", "每通换不同的人评；单人分"),
    "ICC(2,1)": ("ICC(A,1)", "同样几人评全部，要绝对一致；单人分"),
    "ICC(3,1)": ("ICC(C,1)", "同样几人评全部，只看名次一致；单人分"),
    "ICC(1,k)": ("ICC(k)", "每通换不同的人评；平均分"),
    "ICC(2,k)": ("ICC(A,k)", "同样几人评全部，要绝对一致；平均分"),
    "ICC(3,k)": ("ICC(C,k)", "同样几人评全部，只看名次一致；平均分"),
}


@dataclass(frozen=True, eq=False)
class MeanSquares:
    """录音 × 质检员的方差分解。"""

    n: int
    k: int
    between: float
    """录音之间的均方。"""
    raters: float
    """质检员之间的均方。"""
    error: float
    """剩下的均方。"""
    within: float
    """每通录音之内的均方。"""
    noise: float
    """浮点误差自己就有的均方；不超过它的当作 0。"""


@dataclass(frozen=True, eq=False)
class ICC(Result):
    """六种组内相关系数。由 ``icc`` 得到。"""

    table: pd.DataFrame
    """逐种，列：形式、又名、ICC、F、自由度1、自由度2、p、区间下限、区间上限、用在。"""
    form: str
    """要看的那一种。"""
    n: int
    raters: int
    confidence: float
    shares: pd.Series
    """方差的份额：录音、质检员（松紧）、其余。"""
    good: float
    poor: float

    def _row(self) -> pd.Series:
        return self.table.set_index("形式").loc[self.form]

    @property
    def value(self) -> float:
        """要看的那一种的值。"""
        return float(self._row()["ICC"])

    @property
    def low(self) -> float:
        """它的区间下限。"""
        return float(self._row()["区间下限"])

    @property
    def high(self) -> float:
        """它的区间上限。"""
        return float(self._row()["区间上限"])

    @property
    def grade(self) -> str:
        """好、中、差。"""
        return "好" if self.value >= self.good else "差" if self.value < self.poor else "中"

    def summary(self) -> pd.DataFrame:
        """六种形式并列。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """六种形式与区间，蓝色是要看的那一种。"""
        ax = new_axes(ax, figsize=(9, 3.8))
        table = self.table.iloc[::-1].reset_index(drop=True)
        for limit, color in ((self.poor, COLOURS["bad"]), (self.good, COLOURS["good"])):
            ax.axvline(limit, color=color, linestyle="--", linewidth=1)
        for row, line in table.iterrows():
            color = COLOURS["main"] if line["形式"] == self.form else COLOURS["grey"]
            low, value, high = (max(-1.0, line[name]) for name in ("区间下限", "ICC", "区间上限"))
            ax.plot([low, high], [row, row], color=color, linewidth=2.5)
            ax.plot(value, row, "o", color=color)
            ax.annotate(
                f"{line['ICC']:.2f}",
                (value, row),
                xytext=(0, 7),
                textcoords="offset points",
                ha="center",
                color=color,
            )
        ax.set_yticks(
            range(len(table)), [f"{line['形式']}　{line['用在']}" for _, line in table.iterrows()]
        )
        ax.set(
            title=f"ICC：{self.raters} 人评 {self.n} 通（虚线 {self.poor:g} 与 {self.good:g}）",
            xlabel=f"组内相关系数与 {self.confidence:.0%} 区间",
            xlim=(max(-1.0, min(self.poor, float(self.table["区间下限"].min()))) - 0.05, 1.05),
            ylim=(-0.6, len(table) - 0.2),
        )
        return ax

    def __str__(self) -> str:
        low, high = self.low, self.high
        text = (
            f"{self.raters} 人评 {self.n} 通，{self.form}（又名 {FORMS[self.form][0]}）= {self.value:.2f}"
            f"（{self.confidence:.0%} 区间 {low:.2f} 到 {high:.2f}）：一致性{self.grade}"
            f"（不低于 {self.good:g} 好、低于 {self.poor:g} 差）；"
            f"分数的差异里，录音本身占 {self.shares['录音']:.0%}，"
            f"质检员松紧占 {self.shares['质检员']:.0%}，其余 {self.shares['其余']:.0%}"
        )
        if low < self.good <= high:
            text += f"；区间跨过 {self.good:g}，还不能断定"
        return text + "。录音之间差得少时 ICC 会偏低，选样要好中差都有。"


def icc(
    scores: Any,
    *,
    form: str = "ICC(2,1)",
    confidence: float = 0.95,
    good: float = 0.75,
    poor: float = 0.5,
) -> ICC:
    """几个人给同样的录音打分，一致到什么程度？六种 ICC 与区间。

    Parameters
    ----------
    scores : 一行一通录音、一列一位质检员；长表先用 ``pivot_scores``。
    form : 要看哪一种；校准看 ICC(2,1)：以后由任何一位质检员单独打分，松紧不同也算不一致。
        也可以写 McGraw 与 Wong 的名字，如 ``"ICC(A,1)"``。
    confidence : 区间的置信水平。
    good, poor : 不低于 good 算好、低于 poor 算差；0.75 与 0.5 见 Koo 与 Li (2016)。

    Returns
    -------
    ICC
        六种形式、F 检验、区间与方差份额。

    Raises
    ------
    ValueError
        不足两人或两通、有空值、各通的平均分没有差别、form 写错。

    Notes
    -----
    ICC(2,1) = (B − E)/(B + (k−1)E + k(J − E)/n)，B、J、E 为录音、质检员、残差的均方。

    References
    ----------
    Shrout & Fleiss (1979), Psychol. Bull. 86: 420–428；McGraw & Wong (1996), Psychol. Methods 1: 30–46；
    Koo & Li (2016), J. Chiropr. Med. 15: 155–163。

    Examples
    --------
    >>> scores = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> icc(scores).table["ICC"].round(2).tolist()
    [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]
    """
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    also = {other: name for name, (other, _) in FORMS.items()}
    if form not in FORMS and form not in also:
        raise ValueError(f"form 是 {form!r}，只能是 {'、'.join(FORMS)}，或 {'、'.join(also)}。")
    table = read_scores(scores)
    squares = mean_squares(table)
    if squares.between <= squares.noise:
        raise ValueError("各通录音的平均分没有差别，ICC 没有意义：请选好中差都有的录音。")
    return ICC(
        table=_forms(squares, 1 - confidence),
        form=also.get(form, form),
        n=squares.n,
        raters=squares.k,
        confidence=float(confidence),
        shares=_shares(squares),
        good=float(good),
        poor=float(poor),
    )


def mean_squares(table: pd.DataFrame) -> MeanSquares:
    """双因素（录音 × 质检员，各一次）的均方。"""
    x = table.to_numpy()
    n, k = x.shape
    noise = max(n, k) * rounding(x) ** 2
    x = x - x.mean()
    items, raters = x.mean(axis=1), x.mean(axis=0)
    rest = x - items[:, None] - raters
    return MeanSquares(
        n=n,
        k=k,
        between=float(k * (items @ items) / (n - 1)),
        raters=float(n * (raters @ raters) / (k - 1)),
        error=float(np.square(rest).sum() / ((n - 1) * (k - 1))),
        within=float(np.square(x - items[:, None]).sum() / (n * (k - 1))),
        noise=noise,
    )


def _shares(ms: MeanSquares) -> pd.Series:
    """方差成分的份额；负的估计记 0。"""
    parts = pd.Series(
        {
            "录音": max((ms.between - ms.error) / ms.k, 0.0),
            "质检员": max((ms.raters - ms.error) / ms.n, 0.0),
            "其余": ms.error,
        }
    )
    return parts / parts.sum()


def _forms(ms: MeanSquares, alpha: float) -> pd.DataFrame:
    n, k = ms.n, ms.k
    error = ms.error if ms.error > ms.noise else 0.0
    within = ms.within if ms.within > ms.noise else 0.0
    spread = k * (ms.raters - error) / n
    one, two, three = (
        (ms.between - within) / (ms.between + (k - 1) * within),
        (ms.between - error) / (ms.between + (k - 1) * error + spread),
        (ms.between - error) / (ms.between + (k - 1) * error),
    )
    bounds = [
        _ratio_bounds(ms.between, within, n - 1, n * (k - 1), k, alpha),
        _absolute_bounds(ms, error, two, alpha),
        _ratio_bounds(ms.between, error, n - 1, (n - 1) * (k - 1), k, alpha),
    ]
    rows = []
    for value, (low, high), (square, df2) in zip(
        (one, two, three),
        bounds,
        ((within, n * (k - 1)), (error, (n - 1) * (k - 1)), (error, (n - 1) * (k - 1))),
        strict=True,
    ):
        rows.append((value, *_f_test(ms.between, square, n - 1, df2), low, high))
    for single in rows[:3]:
        value, low, high = (_stepped(r, k) for r in (single[0], *single[5:]))
        rows.append((value, *single[1:5], low, high))
    table = pd.DataFrame(
        rows, columns=["ICC", "F", "自由度1", "自由度2", "p", "区间下限", "区间上限"]
    )
    table.insert(0, "形式", list(FORMS))
    table.insert(1, "又名", [other for other, _ in FORMS.values()])
    table["用在"] = [use for _, use in FORMS.values()]
    return table


def _f_test(top: float, bottom: float, df1: int, df2: int) -> tuple[float, int, int, float]:
    from scipy.stats import f as fisher

    if bottom == 0:
        return np.inf, df1, df2, 0.0
    return top / bottom, df1, df2, float(fisher.sf(top / bottom, df1, df2))


def _ratio_bounds(
    top: float, bottom: float, df1: int, df2: int, k: int, alpha: float
) -> tuple[float, float]:
    """ICC(1,1) 与 ICC(3,1) 的区间：F 比的区间换算过来。"""
    from scipy.stats import f as fisher

    if bottom == 0:
        return 1.0, 1.0
    ratio = top / bottom
    low = ratio / float(fisher.isf(alpha / 2, df1, df2))
    high = ratio * float(fisher.isf(alpha / 2, df2, df1))
    return (low - 1) / (low + k - 1), (high - 1) / (high + k - 1)


def _absolute_bounds(ms: MeanSquares, error: float, r: float, alpha: float) -> tuple[float, float]:
    """ICC(2,1) 的区间（Shrout 与 Fleiss 1979 的近似自由度）。"""
    from scipy.stats import f as fisher

    n, k = ms.n, ms.k
    if ms.raters <= ms.noise and error == 0:
        return 1.0, 1.0
    base = n * (1 + (k - 1) * r) - k * r
    if error == 0:
        v = float(k - 1)
    else:
        f = ms.raters / error
        v = (k - 1) * (n - 1) * (k * r * f + base) ** 2
        v /= (n - 1) * (k * r * f) ** 2 + base**2
    upper, lower = float(fisher.isf(alpha / 2, n - 1, v)), float(fisher.isf(alpha / 2, v, n - 1))
    rest = k * ms.raters + (k * n - k - n) * error
    low = n * (ms.between - upper * error) / (upper * rest + n * ms.between)
    high = n * (lower * ms.between - error) / (rest + n * lower * ms.between)
    return float(low), float(high)


def _stepped(r: float, k: int) -> float:
    """单人的系数换成 k 人平均的（Spearman-Brown）；低到 −1/(k−1) 就没有下界了。"""
    below = 1 + (k - 1) * r
    return k * r / below if below > 0 else -np.inf
