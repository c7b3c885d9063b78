"""Fleiss kappa：几个人一起判，扣掉碰巧还有几成一致，哪一类、哪几通最有争议？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_range
from ccomlib.wording import p_text

from .ratings import categories_of, kappa_word, read_ratings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["FleissKappa", "fleiss_counts", "fleiss_kappa"]


@dataclass(frozen=True, eq=False)
class FleissKappa(Result):
    """几个人的一致性。由 ``fleiss_kappa`` 得到。"""

    kappa: float
    se: float
    """用于区间的标准误（Gwet）。"""
    low: float
    high: float
    confidence: float
    se0: float
    """kappa = 0 时的标准误（Fleiss、Nee 与 Landis 1979），用于检验。"""
    z: float
    p: float
    """双侧。"""
    agreement: float
    """平均的两两一致率。"""
    expected: float
    n: int
    """几通录音。"""
    raters: int
    """每通几个人判。"""
    good: float
    poor: float
    categories: pd.DataFrame
    """逐类，列：类别、份额、kappa、标准误、z、p。"""
    items: pd.DataFrame
    """逐通，列：各类票数、两两一致率；争议大的在前。"""

    @property
    def grade(self) -> str:
        """一致性好、一般、差。"""
        return kappa_word(self.kappa, self.good, self.poor)

    def summary(self) -> pd.DataFrame:
        """总的与逐类的 kappa。"""
        total = pd.DataFrame(
            [("合计", 1.0, self.kappa, self.se0, self.z, self.p)],
            columns=self.categories.columns,
        )
        return pd.concat([total, self.categories], ignore_index=True)

    def plot(self, ax: Axes | None = None) -> Axes:
        """逐类的 kappa，虚线是好与差的界限。"""
        table = self.categories.iloc[::-1]
        ax = new_axes(ax, figsize=(8, 1.8 + 0.45 * (len(table) + 1)))
        names = [*map(str, table["类别"]), "合计"]
        values = [*table["kappa"], self.kappa]
        colors = [COLOURS["light"]] * len(table) + [COLOURS["main"]]
        ax.barh(range(len(names)), values, color=colors, height=0.6)
        top = len(names) - 1
        ax.plot([self.low, self.high], [top, top], color="black", linewidth=2)
        for row, value in enumerate(values):
            at = self.high if row == top else max(value, 0)
            ax.annotate(
                f"{value:.2f}", (at, row), xytext=(5, 0), textcoords="offset points", va="center"
            )
        for limit, color, name in (
            (self.poor, COLOURS["bad"], "差"),
            (self.good, COLOURS["good"], "好"),
        ):
            ax.axvline(limit, color=color, linestyle="--", label=f"{limit:g}：{name}的界限")
        ax.axvline(0, color=COLOURS["grey"])
        ax.set_yticks(range(len(names)), names)
        ax.set(
            title=f"Fleiss kappa：{self.raters} 人判 {self.n} 通",
            xlabel=f"kappa（黑线为合计的 {self.confidence:.0%} 区间）",
            xlim=(min(0.0, *values, self.low) - 0.05, 1.1),
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        worst = self.categories.loc[self.categories["kappa"].idxmin()]
        text = (
            f"{self.raters} 人判 {self.n} 通，Fleiss kappa = {self.kappa:.2f}"
            f"（{self.confidence:.0%} 区间 {self.low:.2f} 到 {self.high:.2f}，{p_text(self.p)}），"
            f"两两一致率 {self.agreement:.0%}，其中碰巧就有 {self.expected:.0%}：{self.grade}"
            f"（大于 {self.good:g} 好、小于 {self.poor:g} 差）"
        )
        if len(self.categories) > 2:
            text += f"；最难一致的是“{worst['类别']}”（kappa = {worst['kappa']:.2f}）"
        open_items = self.items[self.items["两两一致率"] < 1]
        if len(open_items):
            names = "、".join(map(str, open_items.index[:3]))
            text += f"；先讨论分歧最大的 {names}"
        return text + "。一致不等于都对，还要与标准答案比。"


def fleiss_kappa(
    ratings: Any,
    *,
    counts: bool = False,
    confidence: float = 0.95,
    good: float = 0.75,
    poor: float = 0.40,
) -> FleissKappa:
    """三个以上的人判同样的录音，一致吗？

    Parameters
    ----------
    ratings : 一行一通录音、一列一位质检员的判定；``counts=True`` 时是一行一通、一列一类的票数。
    counts : ratings 是不是票数；每通的票数要相同，至少 2 票。
    confidence : 区间的置信水平。
    good, poor : 大于 good 算好、小于 poor 算差；0.75 与 0.40 是 AIAG 手册的经验界限。

    Returns
    -------
    FleissKappa
        总的与逐类的 kappa、标准误、区间，逐通的争议。

    Raises
    ------
    ValueError
        有空值、不足两人或两通、每通票数不同、只有一种判定。

    Notes
    -----
    Pᵢ = Σxᵢⱼ(xᵢⱼ−1)/(m(m−1))，κ = (P̄ − Σpⱼ²)/(1 − Σpⱼ²)。检验用 κ = 0 时的标准误
    （Fleiss, Nee & Landis 1979）；区间用不假定 κ = 0 的大样本标准误（Gwet 2021）。

    References
    ----------
    Fleiss (1971), Psychol. Bull. 76: 378–382；Fleiss, Nee & Landis (1979), Psychol. Bull. 86: 974–977；
    Gwet (2021), Educ. Psychol. Meas. 81: 781–790。

    Examples
    --------
    >>> votes = [[0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    ...          [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7]]
    >>> round(fleiss_kappa(votes, counts=True).kappa, 3)
    0.21
    """
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    votes = _read_votes(ratings) if counts else _count(read_ratings(ratings))
    return fleiss_counts(votes, confidence=confidence, good=good, poor=poor)


def fleiss_counts(
    votes: pd.DataFrame, *, confidence: float, good: float, poor: float
) -> FleissKappa:
    """由票数表（录音 × 类别）算 Fleiss kappa。"""
    from scipy.stats import norm

    x = votes.to_numpy(dtype=float)
    n, m = len(x), int(x[0].sum())
    share = x.sum(axis=0) / (n * m)
    each = (x * (x - 1)).sum(axis=1) / (m * (m - 1))
    po, pe = float(each.mean()), float(np.square(share).sum())
    if (share > 0).sum() == 1:
        raise ValueError(
            f"所有人都判成 {votes.columns[int(share.argmax())]}，kappa 没有意义：请选有好有坏的录音。"
        )
    kappa = (po - pe) / (1 - pe)
    keep = share > 0
    p, q = share[keep], 1 - share[keep]
    pq = p * q
    se0 = float(np.sqrt(2 / (n * m * (m - 1)) * (pq.sum() ** 2 - (pq * (q - p)).sum())) / pq.sum())
    # 每通对 kappa 的贡献，连同它对碰巧一致率的影响
    own = (each - pe) / (1 - pe) - 2 * (1 - kappa) * (x @ share / m - pe) / (1 - pe)
    se = float(np.sqrt(np.square(own - kappa).sum() / (n * (n - 1))))
    half = float(norm.isf((1 - confidence) / 2)) * se
    single = 1 - (x * (m - x)).sum(axis=0)[keep] / (n * m * (m - 1) * pq)
    error = float(np.sqrt(2 / (n * m * (m - 1))))
    z = kappa / se0
    table = pd.DataFrame(
        {
            "类别": pd.Series(votes.columns[keep], dtype=object),
            "份额": p,
            "kappa": single,
            "标准误": error,
            "z": single / error,
            "p": 2 * norm.sf(np.abs(single / error)),
        }
    )
    items = votes.assign(两两一致率=each).sort_values("两两一致率", kind="stable")
    return FleissKappa(
        kappa=float(kappa),
        se=se,
        low=max(-1.0, float(kappa - half)),
        high=min(1.0, float(kappa + half)),
        confidence=float(confidence),
        se0=se0,
        z=float(z),
        p=2 * float(norm.sf(abs(z))),
        agreement=po,
        expected=pe,
        n=n,
        raters=m,
        good=float(good),
        poor=float(poor),
        categories=table,
        items=items,
    )


def _count(ratings: pd.DataFrame) -> pd.DataFrame:
    """每通各类几票。"""
    values = ratings.to_numpy(dtype=object)
    seen = categories_of(list(values.ravel()))
    votes = {name: (values == name).sum(axis=1) for name in seen}
    return pd.DataFrame(votes, index=ratings.index)


def _read_votes(votes: Any) -> pd.DataFrame:
    frame = votes if isinstance(votes, pd.DataFrame) else pd.DataFrame(np.atleast_2d(votes))
    if not isinstance(votes, pd.DataFrame):
        frame.columns = [f"第{i + 1}类" for i in range(frame.shape[1])]
    if frame.shape[0] < 2 or frame.shape[1] < 2:
        raise ValueError(
            f"票数表有 {frame.shape[0]} 行 {frame.shape[1]} 列，各至少要 2：应是一行一通、一列一类。"
        )
    values = require_range(as_numbers(frame.to_numpy(), "票数"), "票数", 0)
    if (values != np.floor(values)).any():
        raise ValueError("票数要是整数：请核对是不是给成了比例。")
    total = values.sum(axis=1)
    differ = np.flatnonzero(total != total[0])
    if len(differ):
        row = int(differ[0])
        raise ValueError(
            f"{frame.index[row]} 有 {total[row]:g} 票，第一通有 {total[0]:g} 票：每通的票数要相同。"
        )
    if total[0] < 2:
        raise ValueError(f"每通只有 {total[0]:g} 票，至少要 2 票：请增加质检员。")
    return pd.DataFrame(values.astype(int), index=frame.index, columns=frame.columns)
