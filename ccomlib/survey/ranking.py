"""排名：谁的满意度高，样本够不够排？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import MAX_ROWS, interval_chart
from ccomlib.proportions import wilson_limits
from ccomlib.reading import read_labels, read_rows
from ccomlib.results import Result
from ccomlib.style import COLOURS
from ccomlib.wording import p_text

from .scores import read_scores

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Ranking", "rank_groups"]


@dataclass(frozen=True, eq=False)
class Ranking(Result):
    """各人、各组的满意率排名，样本不够的不排。由 ``rank_groups`` 得到。"""

    table: pd.DataFrame
    """一组一行，列：组、回复、均值、满意率、下限、上限、名次（样本不足为空）、判断。"""
    overall: float
    """所有回复的满意率。"""
    p: float | None
    """够样本的各组满意率相同时，碰巧差这么多的机会（卡方）；不足两组时为 None。"""
    min_n: int
    confidence: float

    @property
    def ranked(self) -> pd.DataFrame:
        """够样本的组，按名次。"""
        return self.table[self.table["名次"].notna()]

    @property
    def refused(self) -> tuple[str, ...]:
        """样本不足、不排名的组。"""
        return tuple(self.table.loc[self.table["名次"].isna(), "组"])

    def summary(self) -> pd.DataFrame:
        """先是排了名的，再是样本不足的。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """各组的满意率与区间；样本不足的是灰色。最多画 30 组。"""
        table = self.table.head(MAX_ROWS)
        colour = {
            "明显高于总体": COLOURS["good"],
            "明显低于总体": COLOURS["bad"],
            "与总体分不开": COLOURS["main"],
        }
        left_out = len(self.table) - len(table)
        return interval_chart(
            ax,
            [f"{row['组']}（n = {row['回复']}）" for _, row in table.iterrows()],
            table["满意率"],
            table["下限"],
            table["上限"],
            title=f"满意率与 {self.confidence:.0%} 区间（灰色：不足 {self.min_n} 份，不排名）"
            + (f"，另有 {left_out} 组没有画" if left_out else ""),
            xlabel="满意率",
            colours=[colour.get(word, "#BDBDBD") for word in table["判断"]],
            percent=True,
            reference=(self.overall, f"总体 {self.overall:.1%}"),
        )

    def __str__(self) -> str:
        count = len(self.ranked)
        text = f"{len(self.table)} 组里 {count} 组够 {self.min_n} 份（教学约定）可以排名"
        if self.refused:
            text += f"，{len(self.refused)} 组样本不足、不排名也不考核"
        if count:
            best, worst = self.ranked.iloc[0], self.ranked.iloc[-1]
            text += f"；最高{best['组']} {best['满意率']:.1%}"
            if count > 1:
                text += f"，最低{worst['组']} {worst['满意率']:.1%}"
        if self.p is not None:
            verdict = (
                "各组确有差异，但相邻名次的区间多半重叠，只认明显高于或低于总体的"
                if self.p < 1 - self.confidence
                else "各组的差异可以是碰巧，名次不能用来奖惩"
            )
            text += f"；卡方检验 {p_text(self.p)}，{verdict}"
        return text + "；各组接的队列难易不同时，先分队列再比。"


def rank_groups(
    table: pd.DataFrame,
    by: str = "工号",
    score: str = "满意度",
    *,
    min_n: int = 30,
    scale: tuple[int, int] = (1, 5),
    top: int = 2,
    confidence: float = 0.95,
) -> Ranking:
    """按满意率给人或组排名；回复不足 ``min_n`` 份的拒绝排名。

    Parameters
    ----------
    table : 一行一份回复（没有回复的行分数为空，自动不计）。
    by : 按哪一列分组。
    score : 分数列。
    min_n : 至少几份才排名（教学约定）：30 份、满意率 70% 时区间半宽仍有 16 个百分点。
    scale, top : 分制，最高几档算满意。
    confidence : 置信水平。

    Returns
    -------
    Ranking

    Raises
    ------
    ValueError
        缺列、没有回复、分组有空值、分数超出分制。

    Notes
    -----
    组的区间（Wilson）整个高于或低于总体满意率，才说明显高于或低于总体。

    References
    ----------
    Goldstein & Spiegelhalter (1996), League tables and their limitations, JRSS A 159: 385–443。

    Examples
    --------
    >>> replies = pd.DataFrame({"工号": ["A1"] * 40 + ["A2"] * 35 + ["A3"] * 8,
    ...                         "满意度": [5] * 36 + [2] * 4 + [4] * 21 + [1] * 14 + [5] * 8})
    >>> result = rank_groups(replies)
    >>> result.ranked["组"].tolist(), result.refused
    (['A1', 'A2'], ('A3',))
    """
    read_rows(table, [by, score])
    replies = table[table[score].notna()]
    if replies.empty:
        raise ValueError(f"{score}全是空值，一份回复也没有：请检查筛选条件。")
    low, high = scale
    data = pd.DataFrame(
        {
            "组": read_labels(replies[by], by).to_numpy(),
            "分": read_scores(replies[score], score, low, high).to_numpy(),
        }
    )
    data["满意"] = data["分"] > high - top
    groups = data.groupby("组", sort=True)
    result = groups.agg(回复=("分", "size"), 均值=("分", "mean"), 满意率=("满意", "mean"))
    result = result.reset_index()
    happy = groups["满意"].sum().to_numpy()
    result["下限"], result["上限"] = wilson_limits(happy, result["回复"].to_numpy(), confidence)
    overall = float(data["满意"].mean())
    enough = (result["回复"] >= min_n).to_numpy()
    rank = result["满意率"].where(enough).rank(ascending=False, method="min")
    result["名次"] = rank.astype("Int64")
    above, below = result["下限"] > overall, result["上限"] < overall
    words = np.where(above, "明显高于总体", np.where(below, "明显低于总体", "与总体分不开"))
    result["判断"] = np.where(enough, words, "样本不足")
    result = result.sort_values(
        ["名次", "回复", "组"], ascending=[True, False, True], na_position="last", ignore_index=True
    )
    p = _same_rate(happy[enough], groups.size().to_numpy()[enough])
    return Ranking(result, overall, p, int(min_n), float(confidence))


def _same_rate(happy: np.ndarray, count: np.ndarray) -> float | None:
    """各组满意率相同的卡方检验；都满意或都不满意时没有差异可检验。"""
    if len(count) < 2:
        return None
    if happy.sum() in (0, count.sum()):
        return 1.0
    from scipy.stats import chi2_contingency

    return float(chi2_contingency(np.array([happy, count - happy]), correction=False).pvalue)
