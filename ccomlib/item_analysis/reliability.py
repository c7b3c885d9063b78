"""信度：这份卷子（或评分表）各题量的是同一件事吗，总分靠得住几成？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range, varies

from .answers import read_answers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Reliability", "alpha_of", "cronbach_alpha", "kr20", "rest_correlations", "touched_note"]


@dataclass(frozen=True, eq=False)
class Reliability(Result):
    """内部一致性信度。由 ``cronbach_alpha`` 或 ``kr20`` 得到。"""

    alpha: float
    low: float
    high: float
    """Feldt 区间。"""
    confidence: float
    standardised: float | None
    """各题化成同样的标准差以后的 α；有题没有变化时为 None。"""
    mean_r: float | None
    """题与题的平均相关；有题没有变化时为 None。"""
    sem: float
    """测量标准误，与总分同单位：同一人再考一次，分数多半在 ±1 个 SEM 之内。"""
    n: int
    items: int
    name: str
    """``"Cronbach α"`` 或 ``"KR-20"``。"""
    table: pd.DataFrame
    """逐题，列：题目、平均、标准差、与其余 r、删去后 α。没有变化的题 r 为空。"""
    acceptable: float
    touched: str
    """没答的怎样处理了；没有空格时为空。"""

    def summary(self) -> pd.DataFrame:
        """逐题删去后的 α。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """删去每一题以后的 α；点在虚线右边，说明去掉它更好。"""
        table = self.table.iloc[::-1].reset_index(drop=True)
        ax = new_axes(ax, figsize=(8, 1.8 + 0.32 * len(table)))
        better = table["删去后 α"] > self.alpha
        rows = np.arange(len(table))
        ax.axvspan(
            self.low,
            self.high,
            color=COLOURS["light"],
            alpha=0.2,
            label=f"{self.confidence:.0%} 区间",
        )
        ax.axvline(
            self.alpha, color=COLOURS["main"], linestyle="--", label=f"现在 {self.alpha:.2f}"
        )
        ax.plot(
            table["删去后 α"][~better], rows[~better], "o", color=COLOURS["grey"], label="删去变差"
        )
        ax.plot(
            table["删去后 α"][better], rows[better], "D", color=COLOURS["bad"], label="删去变好"
        )
        ax.set_yticks(rows, list(map(str, table["题目"])))
        ax.set(title=f"{self.name}：删去每一题以后", xlabel="信度", ylim=(-0.6, len(table) - 0.4))
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        text = (
            f"{self.name} = {self.alpha:.2f}（{self.confidence:.0%} 区间 {self.low:.2f} 到 "
            f"{self.high:.2f}，{self.items} 题、{self.n} 人）"
        )
        if self.alpha < 0:
            text += "：低于 0，多半有反向计分的题没有转过来，请先核对"
        elif self.alpha < self.acceptable:
            text += (
                f"：低于 {self.acceptable:g}（教学约定），总分里碰巧的成分多，不宜据此定个人去留"
            )
        else:
            text += f"：不低于 {self.acceptable:g}（教学约定）"
        text += (
            f"；测量标准误 {self.sem:.2g} 分，"
            f"两人相差不到约 {1.96 * np.sqrt(2) * self.sem:.2g} 分就分不出高下"
        )
        better = self.table[self.table["删去后 α"] > self.alpha + 0.01]
        if len(better):
            worst = better.loc[better["删去后 α"].idxmax()]
            text += f"；删去{worst['题目']}会升到 {worst['删去后 α']:.2f}，先看题目本身有没有毛病"
        if self.touched:
            text += f"；{self.touched}"
        return text + "。信度高只说明各题一致，不说明考的就是该考的。"


def cronbach_alpha(
    scores: Any,
    *,
    missing: str = "error",
    confidence: float = 0.95,
    acceptable: float = 0.7,
) -> Reliability:
    """各题合成的总分靠得住吗？Cronbach α 与区间，0/1 题、计分题都可以。

    Parameters
    ----------
    scores : 一行一位学员、一列一道题的得分。
    missing : 没答的怎样算：``"error"`` 报错、``"zero"`` 记 0 分、``"drop"`` 去掉这位学员。
    confidence : 区间的置信水平。
    acceptable : α 不低于它算可用（教学约定）。

    Returns
    -------
    Reliability
        α、Feldt 区间、测量标准误与逐题删去后的 α。

    Raises
    ------
    ValueError
        不足两题或三人、有空值而没有说怎样算、得分为负、总分没有变化。

    Notes
    -----
    α = k/(k−1)·(1 − Σs²ᵢ/s²_T)；Feldt 区间 1 − (1−α)·F，F 的自由度为 n−1 与 (n−1)(k−1)；
    测量标准误 = s_T·√(1−α)。

    References
    ----------
    Cronbach (1951), Psychometrika 16: 297–334；Feldt, Woodruff & Salih (1987), Appl. Psychol. Meas. 11: 93–103。

    Examples
    --------
    >>> form = pd.DataFrame({"开场": [4, 5, 3, 5, 4], "倾听": [3, 5, 2, 5, 4], "解决": [4, 5, 3, 4, 4]})
    >>> round(cronbach_alpha(form).alpha, 3)
    0.92
    """
    data, touched = read_answers(scores, missing, learners=3)
    return _reliability(data, confidence, acceptable, "Cronbach α", touched_note(touched, missing))


def kr20(
    scores: Any,
    *,
    missing: str = "error",
    confidence: float = 0.95,
    acceptable: float = 0.7,
) -> Reliability:
    """对错题的卷子靠得住吗？KR-20，就是 0/1 题的 Cronbach α。

    Parameters
    ----------
    scores : 一行一位学员、一列一道题，答对 1、答错 0。
    missing : 没答的怎样算：``"error"`` 报错、``"zero"`` 算错、``"drop"`` 去掉这位学员。
    confidence : 区间的置信水平。
    acceptable : 不低于它算可用（教学约定）。

    Returns
    -------
    Reliability
        同 ``cronbach_alpha``。

    Raises
    ------
    ValueError
        有 0 与 1 之外的得分；其余同 ``cronbach_alpha``。

    Notes
    -----
    KR-20 = k/(k−1)·(1 − Σpq/σ²_T)，方差都除以 n；除以 n 还是 n−1 结果相同，只要上下一致。

    References
    ----------
    Kuder & Richardson (1937), Psychometrika 2: 151–160。

    Examples
    --------
    >>> answers = [[1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [1, 1, 1, 1], [0, 0, 0, 0]]
    >>> round(kr20(answers).alpha, 3)
    0.8
    """
    data, touched = read_answers(scores, missing, learners=3)
    wrong = np.argwhere(~np.isin(data.to_numpy(), (0, 1)))
    if len(wrong):
        row, column = wrong[0]
        raise ValueError(
            f"{data.index[row]} 的 {data.columns[column]} 得 {data.iloc[row, column]:g} 分，"
            "KR-20 只用于 0 与 1：计分题请用 cronbach_alpha。"
        )
    return _reliability(data, confidence, acceptable, "KR-20", touched_note(touched, missing))


def alpha_of(data: pd.DataFrame) -> float:
    """Cronbach α；总分没有变化时为空。"""
    x = data.to_numpy()
    k = x.shape[1]
    if k < 2 or not varies(x.sum(axis=1), k * x.max(initial=0.0)):
        return np.nan
    total = x.sum(axis=1).var(ddof=1)
    return float(k / (k - 1) * (1 - x.var(axis=0, ddof=1).sum() / total))


def rest_correlations(data: pd.DataFrame) -> np.ndarray:
    """各题与其余各题之和的相关；没有变化时为空。"""
    from ccomlib.coefficients import coefficient

    total = data.sum(axis=1)
    found = []
    for name in data:
        x, rest = data[name].to_numpy(), (total - data[name]).to_numpy()
        flat = not varies(x) or not varies(rest, total)
        found.append(np.nan if flat else coefficient(x, rest))
    return np.array(found)


def _reliability(
    data: pd.DataFrame, confidence: float, acceptable: float, name: str, touched: str
) -> Reliability:
    from scipy.stats import f as fisher

    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    n, k = data.shape
    alpha = alpha_of(data)
    if not np.isfinite(alpha):
        raise ValueError("所有学员的总分都一样，信度没有意义：请核对数据或换一份卷子。")
    tail = (1 - confidence) / 2
    df = (n - 1, (n - 1) * (k - 1))
    spread = data.std(ddof=1)
    mean_r = standardised = None
    if all(varies(data[column]) for column in data):
        r = np.corrcoef(data.to_numpy(), rowvar=False)
        mean_r = float(r[np.triu_indices(k, 1)].mean())
        standardised = k * mean_r / (1 + (k - 1) * mean_r)
    dropped = [alpha_of(data.drop(columns=column)) for column in data]
    return Reliability(
        alpha=alpha,
        low=1 - (1 - alpha) * float(fisher.isf(tail, *df)),
        high=1 - (1 - alpha) * float(fisher.ppf(tail, *df)),
        confidence=float(confidence),
        standardised=standardised,
        mean_r=mean_r,
        # 各题一模一样时 α 是 1，浮点可以多出一点点
        sem=float(data.sum(axis=1).std(ddof=1) * np.sqrt(max(0.0, 1 - alpha))),
        n=n,
        items=k,
        name=name,
        table=pd.DataFrame(
            {
                "题目": list(data.columns),
                "平均": data.mean().to_numpy(),
                "标准差": spread.to_numpy(),
                "与其余 r": rest_correlations(data),
                "删去后 α": dropped,
            }
        ),
        acceptable=float(acceptable),
        touched=touched,
    )


def touched_note(count: int, missing: str) -> str:
    """没答的题是怎样处理的，一句话；没有就是空字。"""
    if not count:
        return ""
    return f"{count} 处没答的记 0 分" if missing == "zero" else f"去掉了 {count} 位没答全的学员"
