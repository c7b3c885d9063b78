"""很多指标：哪几对真的相关，扣掉“碰巧”还剩哪些？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import correlation_axis
from ccomlib.coefficients import (
    METHODS,
    coefficient,
    critical_r,
    exact_spearman_p,
    fisher_interval,
    require_method,
    t_of_r,
)
from ccomlib.multiplicity import holm
from ccomlib.reading import read_varied_numbers
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["CorrelationMatrix", "correlation_matrix"]


@dataclass(frozen=True, eq=False)
class CorrelationMatrix(Result):
    """一组指标两两（或都对一个指标）的相关。由 ``correlation_matrix`` 得到。"""

    r: pd.DataFrame
    """指标 × 指标的系数；对角线为 1。"""
    table: pd.DataFrame
    """逐对，列：指标一、指标二、r、区间下限、区间上限、p、p（Holm）、显著。"""
    n: int
    method: str
    confidence: float
    against: str | None

    @property
    def significant(self) -> pd.DataFrame:
        """Holm 校正后仍显著的几对。"""
        return self.table[self.table["显著"]]

    def summary(self) -> pd.DataFrame:
        """逐对列出，|r| 大的在前。"""
        order = self.table["r"].abs().sort_values(ascending=False, kind="stable").index
        return self.table.loc[order].reset_index(drop=True)

    def plot(self, ax: Axes | None = None) -> Axes:
        """两两时画热力图，粗体加星号的校正后仍显著；都对一个指标时画系数与区间。"""
        return self._heatmap(ax) if self.against is None else self._forest(ax)

    def _heatmap(self, ax: Axes | None) -> Axes:
        names = list(self.r.columns)
        count = len(names)
        ax = new_axes(ax, figsize=(2.5 + 0.85 * count, 1.6 + 0.65 * count))
        values = self.r.to_numpy()
        shade = np.ma.masked_where(np.eye(count, dtype=bool), values)
        ax.imshow(shade, cmap="RdBu_r", vmin=-1, vmax=1, aspect="auto")
        sure = {frozenset(pair) for pair in self.significant[["指标一", "指标二"]].to_numpy()}
        for i, j in np.ndindex(count, count):
            if i == j:
                continue
            star = "*" if frozenset((names[i], names[j])) in sure else ""
            ax.text(
                j,
                i,
                f"{values[i, j]:z.2f}{star}",
                ha="center",
                va="center",
                fontsize=10,
                color="white" if abs(values[i, j]) > 0.6 else "black",
            )
        ax.set_xticks(range(count), names, rotation=40, ha="right", rotation_mode="anchor")
        ax.set_yticks(range(count), names)
        ax.grid(False)
        ax.set_title(f"{METHODS[self.method]}相关系数（* 为 Holm 校正后显著，n = {self.n}）")
        return ax

    def _forest(self, ax: Axes | None) -> Axes:
        table = self.summary().iloc[::-1]
        ax = new_axes(ax, figsize=(8, 1.6 + 0.4 * len(table)))
        correlation_axis(ax, f"与{self.against}的相关系数", critical_r(self.n, 1 - self.confidence))
        for row, (_, line) in enumerate(table.iterrows()):
            color = COLOURS["main"] if line["显著"] else COLOURS["grey"]
            ax.plot([line["区间下限"], line["区间上限"]], [row, row], color=color, linewidth=2.5)
            ax.plot(line["r"], row, "o", color=color)
        ax.set_yticks(range(len(table)), table["指标一"])
        ax.set_title(f"谁与{self.against}相关（蓝为 Holm 校正后显著，n = {self.n}）")
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        alpha = 1 - self.confidence
        raw = int((self.table["p"] < alpha).sum())
        sure = self.summary()
        sure = sure[sure["显著"]]
        text = (
            f"{len(self.table)} 对相关（n = {self.n}），单看有 {raw} 对 p < {alpha:.2g}，"
            f"Holm 校正后剩 {len(sure)} 对"
        )
        if len(sure):
            best = [f"{a}与{b} {r:.2f}" for a, b, r in sure.iloc[:3, :3].itertuples(index=False)]
            text += "：" + "、".join(best) + ("等" if len(sure) > 3 else "")
        return (
            text + f"；一次看很多对，就算全不相关也约有 {alpha * len(self.table):.1f} 对碰巧显著；"
            "相关不等于因果。"
        )


def correlation_matrix(
    table: pd.DataFrame,
    columns: Sequence[str] | None = None,
    *,
    against: str | None = None,
    method: str = "pearson",
    confidence: float = 0.95,
) -> CorrelationMatrix:
    """一张表里哪些指标相关？做了很多次检验，用 Holm 校正“碰巧”。

    Parameters
    ----------
    table : 一行一个人（或一天），一列一个指标；不能有空值。
    columns : 看哪几列；缺省为全部数字列。
    against : 给了就只看各列与这一列的相关（如各指标对满意度），否则两两都看。
    method : ``"pearson"`` 或 ``"spearman"``。
    confidence : 置信水平；校正后 p 小于 1 − confidence 算显著。

    Returns
    -------
    CorrelationMatrix
        系数矩阵与逐对的检验。

    Raises
    ------
    ValueError
        缺列、不足两列、少于 4 行、有空值、某列全相等。

    Notes
    -----
    校正的次数是这一次看的对数；分几次看再挑，校正就不作数了。

    Examples
    --------
    >>> rng = np.random.default_rng(7)
    >>> skill = rng.normal(size=60)
    >>> team = pd.DataFrame({"技能": skill, "质检分": skill + rng.normal(size=60), "工龄": rng.normal(size=60)})
    >>> result = correlation_matrix(team)
    >>> result.significant[["指标一", "指标二"]].to_numpy().tolist()
    [['技能', '质检分']]
    """
    require_method(method)
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    data = read_varied_numbers(table, columns, against)
    names = list(data.columns)
    if len(names) < 2:
        raise ValueError(f"只有 {len(names)} 列数字，至少要两列：请在 columns 里写明。")
    n = len(data)
    if against is None:
        chosen = list(combinations(names, 2))
    else:
        chosen = [(name, against) for name in names if name != against]
    rows = []
    matrix = pd.DataFrame(np.eye(len(names)), index=names, columns=names)
    for one, two in combinations(names, 2):
        r = coefficient(data[one].to_numpy(), data[two].to_numpy(), method)
        matrix.loc[one, two] = matrix.loc[two, one] = r
    for one, two in chosen:
        r = float(matrix.loc[one, two])
        _, p = t_of_r(r, n)
        if method == "spearman":
            exact = exact_spearman_p(data[one].to_numpy(), data[two].to_numpy())
            p = p if exact is None else exact
        rows.append(
            (one, two, r, *fisher_interval(r, n, confidence, ranked=method == "spearman"), p)
        )
    pairs = pd.DataFrame(rows, columns=["指标一", "指标二", "r", "区间下限", "区间上限", "p"])
    pairs["p（Holm）"] = holm(pairs["p"])
    pairs["显著"] = pairs["p（Holm）"] < 1 - confidence
    return CorrelationMatrix(matrix, pairs, n, method, float(confidence), against)
