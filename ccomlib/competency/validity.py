"""胜任力有效吗：绩优者与一般者，真的在这几项能力上不同吗？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.multiplicity import holm
from ccomlib.noncentral import noncentral_interval
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_columns, require_range, varies

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["KnownGroups", "known_groups"]

SMALL = 15
SEPARATES = "能区分"


@dataclass(frozen=True, eq=False)
class KnownGroups(Result):
    """已知组检验。由 ``known_groups`` 得到，不直接构造。"""

    table: pd.DataFrame
    """列：能力项、绩优平均、一般平均、差、区间下限、区间上限、t、自由度、p、p（Holm）、d、
    d 下限、d 上限、判断。"""
    sizes: tuple[int, int]
    groups: tuple[str, str]
    confidence: float

    @property
    def separating(self) -> tuple[str, ...]:
        """Holm 校正后仍能区分两组的能力项。"""
        return tuple(self.table.loc[self.table["判断"] == SEPARATES, "能力项"])

    def summary(self) -> pd.DataFrame:
        """逐项能力，d 大的在前。"""
        return self.table.sort_values("d", ascending=False, kind="stable", ignore_index=True)

    def plot(self, ax: Axes | None = None) -> Axes:
        """每项的 d 与区间；蓝为 Holm 校正后能区分，橙红为方向相反。"""
        table = self.summary().iloc[::-1].reset_index(drop=True)
        ax = new_axes(ax, figsize=(8.5, 1.8 + 0.36 * len(table)))
        ax.axvline(0, color=COLOURS["grey"])
        for row, line in table.iterrows():
            colour = {SEPARATES: COLOURS["main"], "方向相反": COLOURS["bad"]}.get(
                line["判断"], COLOURS["grey"]
            )
            ax.plot([line["d 下限"], line["d 上限"]], [row, row], color=colour, lw=2.5)
            ax.plot(line["d"], row, "o", color=colour)
        ax.set_yticks(range(len(table)), table["能力项"])
        first, second = self.groups
        ax.set(
            title=f"{first}（{self.sizes[0]} 人）比{second}（{self.sizes[1]} 人）高多少：蓝为能区分",
            xlabel=f"Cohen d 与 {self.confidence:.0%} 区间（以标准差为单位）",
            ylim=(-0.6, len(table) - 0.4),
        )
        return ax

    def __str__(self) -> str:
        alpha = 1 - self.confidence
        raw = int((self.table["p"] < alpha).sum())
        text = (
            f"{len(self.table)} 项能力里，单看有 {raw} 项 p < {alpha:.2g}，"
            f"一次检验这么多项，Holm 校正后 {len(self.separating)} 项能区分"
            f"{self.groups[0]}与{self.groups[1]}"
        )
        if self.separating:
            best = self.summary().set_index("能力项")
            best = best[best.index.isin(self.separating)]
            said = [f"{name} d = {row['d']:.2f}" for name, row in best.iloc[:3].iterrows()]
            text += "：" + "、".join(said) + ("等" if len(best) > 3 else "")
        against = self.table.loc[self.table["判断"] == "方向相反", "能力项"]
        if len(against):
            text += f"；{'、'.join(against)}方向相反"
        if min(self.sizes) < SMALL:
            text += f"；有一组不到 {SMALL} 人，不显著的项也可能有用"
        return text + ("；评级的人若知道谁绩优，就会高估差异（光环），换一批人再验才作数。")


def known_groups(
    table: pd.DataFrame,
    competencies: Sequence[str],
    *,
    group: str = "绩效组",
    top: str = "绩优",
    rest: str = "一般",
    confidence: float = 0.95,
) -> KnownGroups:
    """这几项能力能把绩优者与一般者分开吗？逐项 t 检验，给 d，并为多次检验校正。

    Parameters
    ----------
    table : 一行一人，列有 group 与各项能力的评级。
    competencies : 能力项的列。
    group : 绩效组的列；top 与 rest 是其中的两组，别的组不用。
    top, rest : 绩优组与一般组的名字。
    confidence : 置信水平；Holm 校正后 p 小于 1 − confidence 且绩优高才算能区分。

    Returns
    -------
    KnownGroups
        逐项的差、t、p、Holm 校正后的 p 与 Cohen d。

    Raises
    ------
    ValueError
        缺列、没有这两组、一组不到 3 人、空值、某项两组都没有变化。

    Notes
    -----
    Welch t 检验；d = 平均差 ÷ 合并标准差，区间由非中心 t 反解（等方差时严格）。

    References
    ----------
    Hattie & Cooksey (1984), Applied Psychological Measurement 8: 295–305；
    Cumming & Finch (2001), Educ. Psychol. Meas. 61: 532–574（d 的区间）。

    Examples
    --------
    >>> team = pd.DataFrame({"绩效组": ["绩优"] * 5 + ["一般"] * 5,
    ...                      "倾听": [5, 4, 5, 4, 5, 3, 3, 2, 3, 4],
    ...                      "普通话": [3, 4, 3, 5, 4, 4, 3, 4, 4, 3]})
    >>> result = known_groups(team, ["倾听", "普通话"])
    >>> result.separating, result.table["d"].round(2).tolist()
    (('倾听',), [2.53, 0.28])
    """
    competencies = list(competencies)
    if not competencies:
        raise ValueError("competencies 是空的：请至少写一项能力。")
    require_columns(table, [group, *competencies], "评级表")
    require_range(confidence, "confidence", 0, 1, above=True, below=True)
    members = {name: (table[group] == name).to_numpy() for name in (top, rest)}
    for name, chosen in members.items():
        if chosen.sum() < 3:
            have = "、".join(f"{key} {count}" for key, count in table[group].value_counts().items())
            raise ValueError(
                f"{group}里“{name}”只有 {chosen.sum()} 人，至少要 3 人；现有：{have}。"
            )
    rows = []
    for name in competencies:
        values = as_numbers(table[name], str(name))
        rows.append(
            (name, *_compare(values[members[top]], values[members[rest]], name, confidence))
        )
    columns = ["能力项", "绩优平均", "一般平均", "差", "区间下限", "区间上限", "t", "自由度"]
    result = pd.DataFrame(rows, columns=[*columns, "p", "d", "d 下限", "d 上限"])
    result.insert(9, "p（Holm）", holm(result["p"]))
    sure = result["p（Holm）"] < 1 - confidence
    result["判断"] = np.select([sure & (result["差"] > 0), sure], [SEPARATES, "方向相反"], "看不出")
    sizes = int(members[top].sum()), int(members[rest].sum())
    return KnownGroups(result, sizes, (str(top), str(rest)), float(confidence))


def _compare(a: np.ndarray, b: np.ndarray, name: str, confidence: float) -> tuple:
    """一项能力：两组平均、差与区间、Welch t、d 与区间。"""
    from scipy.stats import ttest_ind

    if not varies(a) and not varies(b):
        raise ValueError(
            f"{name}在两组里各自全一样（{a[0]:g} 与 {b[0]:g}），检验用不上：请核对评级。"
        )
    test = ttest_ind(a, b, equal_var=False)
    low, high = test.confidence_interval(confidence)
    n, m = len(a), len(b)
    pooled = np.sqrt(((n - 1) * a.var(ddof=1) + (m - 1) * b.var(ddof=1)) / (n + m - 2))
    gap = float(a.mean() - b.mean())
    scale = float(np.sqrt(1 / n + 1 / m))
    d = gap / pooled
    ends = noncentral_interval(d / scale, n + m - 2, confidence)
    return (
        float(a.mean()),
        float(b.mean()),
        gap,
        float(low),
        float(high),
        float(test.statistic),
        float(test.df),
        float(test.pvalue),
        float(d),
        ends[0] * scale,
        ends[1] * scale,
    )
