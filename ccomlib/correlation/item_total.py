"""部分与整体：扣掉自己那一份，各指标与总分还相关吗？"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import correlation_axis
from ccomlib.coefficients import coefficient, fisher_interval, t_of_r
from ccomlib.multiplicity import holm
from ccomlib.reading import read_varied_numbers
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range, varies

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ItemTotal", "item_total"]


@dataclass(frozen=True, eq=False)
class ItemTotal(Result):
    """各指标与加权总分的相关，扣除自己前后。由 ``item_total`` 得到。"""

    table: pd.DataFrame
    """逐项，列：指标、权重、与总分 r、扣除自己后 r、区间下限、区间上限、p、p（Holm）、判断。"""
    n: int
    confidence: float
    total: pd.Series
    """加权总分，一行一个。"""
    low: float
    """扣除自己后 r 低于它算与其余各项脱节（教学约定）。"""

    @property
    def weak(self) -> tuple[str, ...]:
        """扣除自己后 r 低于 ``low`` 的指标。"""
        return tuple(self.table.loc[self.table["扣除自己后 r"] < self.low, "指标"])

    def summary(self) -> pd.DataFrame:
        """逐项列出。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """每项两个点：空心是与总分的 r，实心是扣除自己后的 r。"""
        table = self.table.iloc[::-1].reset_index(drop=True)
        ax = new_axes(ax, figsize=(8, 1.8 + 0.42 * len(table)))
        correlation_axis(ax, "相关系数 r")
        rows = np.arange(len(table))
        ax.axvline(
            self.low, color=COLOURS["bad"], linestyle="--", label=f"{self.low:g}（教学约定）"
        )
        ax.hlines(
            rows, table["扣除自己后 r"], table["与总分 r"], color=COLOURS["grey"], linewidth=2
        )
        ax.plot(
            table["与总分 r"],
            rows,
            "o",
            color=COLOURS["grey"],
            markerfacecolor="white",
            label="与总分",
        )
        ax.plot(table["扣除自己后 r"], rows, "o", color=COLOURS["main"], label="扣除自己后")
        ax.set_yticks(
            rows, [f"{row['指标']}（权重 {row['权重']:g}）" for _, row in table.iterrows()]
        )
        ax.set_title(f"各指标与总分的相关：扣除自己前后（n = {self.n}）")
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        shrink = self.table["与总分 r"] - self.table["扣除自己后 r"]
        most = int(shrink.to_numpy().argmax())
        row = self.table.iloc[most]
        text = (
            f"{row['指标']}与总分 r = {row['与总分 r']:.2f}，扣除自己后只有 "
            f"{row['扣除自己后 r']:.2f}：差额来自它本身就在总分里"
        )
        if self.weak:
            text += f"；{'、'.join(self.weak)}扣除后低于 {self.low:g}（教学约定），与其余各项脱节"
        return text + f"；n = {self.n}，相关不等于因果，权重改不改还要看它与战略结果的相关。"


def item_total(
    table: pd.DataFrame,
    weights: Mapping[str, float] | Sequence[str],
    *,
    confidence: float = 0.95,
    low: float = 0.2,
) -> ItemTotal:
    """绩效表或评分表里，各项与总分真的相关，还是因为自己就在总分里？

    Parameters
    ----------
    table : 一行一个人，一列一项得分；不能有空值。
    weights : 列名 → 权重（如 ``{"质量": 35, "效率": 25}``，合计不必为 100）；只给列名时权重都为 1。
    confidence : 区间的置信水平。
    low : 扣除自己后 r 低于它算脱节（教学约定）。

    Returns
    -------
    ItemTotal
        扣除自己前后的 r、区间与 Holm 校正后的 p。

    Raises
    ------
    ValueError
        缺列、不足两项、权重为负或全为 0、有空值、某列全相等。

    Notes
    -----
    总分 T = Σ w·x；扣除自己后的 r = corr(x, T − w·x)。

    References
    ----------
    Nunnally & Bernstein (1994), Psychometric Theory，第 8 章。

    Examples
    --------
    >>> scores = pd.DataFrame({"质量": [80, 85, 90, 75, 95], "效率": [70, 90, 60, 85, 75], "遵时": [90, 95, 88, 92, 97]})
    >>> result = item_total(scores, {"质量": 50, "效率": 30, "遵时": 20})
    >>> result.table["扣除自己后 r"].round(3).tolist()
    [-0.286, -0.258, 0.891]
    """
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    names = list(weights)
    if len(names) < 2:
        raise ValueError(f"只给了 {len(names)} 项，至少要两项才有“其余各项”：请补上 weights。")
    data = read_varied_numbers(table, names)
    given = weights if isinstance(weights, Mapping) else dict.fromkeys(names, 1.0)
    weight = require_range(pd.Series(given, dtype=object), "weights", 0)
    if np.count_nonzero(weight) < 2:
        raise ValueError("weights 里不为 0 的不足两项：请核对权重。")
    total = data @ weight
    if not varies(total, data * weight):
        raise ValueError("加权总分处处相等，谈不上相关：请核对权重与得分。")
    n = len(data)
    rows = []
    for name, w in zip(names, weight, strict=True):
        x = data[name].to_numpy()
        rest = (total - w * data[name]).to_numpy()
        if not varies(rest, total, data * weight):
            raise ValueError(f"去掉{name}以后总分没有变化：请核对其余各项。")
        r = coefficient(x, rest)
        whole = coefficient(x, total.to_numpy())
        low_r, high_r = fisher_interval(r, n, confidence)
        rows.append((name, w, whole, r, low_r, high_r, t_of_r(r, n)[1]))
    result = pd.DataFrame(
        rows,
        columns=["指标", "权重", "与总分 r", "扣除自己后 r", "区间下限", "区间上限", "p"],
    )
    result["p（Holm）"] = holm(result["p"])
    result["判断"] = [
        "方向相反" if r < 0 else "脱节" if r < low else "一致" for r in result["扣除自己后 r"]
    ]
    return ItemTotal(result, n, float(confidence), total.rename("总分"), float(low))
