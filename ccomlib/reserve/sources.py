"""机动来源：几分钟之内，能来几个人？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns, require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["LAW_NOTE", "Mobilisation", "sources"]

LAW_NOTE = (
    "加班受《劳动法》第四十一条限制：与工会和劳动者协商后一般每日不超过 1 小时，"
    "特殊原因每日不超过 3 小时，每月不超过 36 小时"
)
OVERTIME = "加班|拆班|延时"


@dataclass(frozen=True, eq=False)
class Mobilisation(Result):
    """机动来源与到位进度。由 ``sources`` 生成，不直接构造。

    ``table`` 按到位分钟排好；``confidence`` 是“有把握”的把握。
    """

    table: pd.DataFrame
    confidence: float
    law_note: str

    @property
    def expected(self) -> float:
        """全部来源到齐时的期望人数。"""
        return float(self.table["累计期望人数"].iloc[-1])

    def within(self, minutes: float) -> float:
        """几分钟之内期望到位的人数；此刻之前一个都没有就是 0。"""
        require_range(minutes, "分钟（minutes）", 0)
        return float(self.table.loc[self.table["到位分钟"] <= minutes, "期望人数"].sum())

    def assured(self, minutes: float) -> int:
        """几分钟之内，以 ``confidence`` 的把握至少到位的人数。"""
        require_range(minutes, "分钟（minutes）", 0)
        ready = self.table["到位分钟"] <= minutes
        rows = self.table[ready]
        return _assured(rows["人数"], rows["到位率"], self.confidence)

    def minutes_for(self, heads: float) -> float:
        """期望人数达到 ``heads`` 要几分钟。"""
        require_range(heads, "人数（heads）", 0, above=True)
        enough = self.table["累计期望人数"] >= heads - 1e-9
        if not enough.any():
            raise ValueError(
                f"人数（heads）是 {heads:g}，全部来源到齐也只有 {self.expected:.1f} 人：请增加来源。"
            )
        return float(self.table.loc[enough.idxmax(), "到位分钟"])

    def summary(self) -> pd.DataFrame:
        """逐来源：人数、到位分钟、到位率、期望与累计人数。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """到位人数随分钟的台阶：期望人数，与有把握的人数。"""
        ax = new_axes(ax)
        steps = self.table.groupby("到位分钟", sort=True).last()
        end = steps.index[-1] * 1.25 + 1
        x = np.concatenate([[0.0], steps.index, [end]])
        lines = {
            "累计期望人数": ("期望到位", COLOURS["main"], "-"),
            "累计有把握人数": (f"{self.confidence:.0%} 把握至少到位", COLOURS["second"], "--"),
        }
        for column, (label, colour, style) in lines.items():
            y = np.concatenate([[0.0], steps[column], [steps[column].iloc[-1]]])
            ax.step(x, y, where="post", color=colour, ls=style, label=label)
        named = self.table.groupby("到位分钟", sort=True)["来源"].agg("、".join)
        before = steps["累计期望人数"].shift(fill_value=0.0)
        for minute, text in named.items():
            middle = (before[minute] + steps.loc[minute, "累计期望人数"]) / 2
            ax.annotate(
                text,
                (minute, middle),
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
                fontsize=10,
                bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1},
            )
        top = self.expected * 1.25 + 1
        ax.set(title="动员之后，几分钟能来几个人", xlim=(0, end), ylim=(0, top))
        ax.set(xlabel="启用后的分钟数（分钟）", ylabel="累计到位（人）")
        ax.legend(loc="upper left")
        return ax

    def __str__(self) -> str:
        first, last = self.table["到位分钟"].iloc[[0, -1]]
        law = f"；{self.law_note}" if self.law_note else ""
        return (
            f"名册上 {self.table['人数'].sum():.0f} 人，期望能到 {self.expected:.1f} 人"
            f"（{self.confidence:.0%} 把握至少 {self.assured(last)} 人）："
            f"{first:g} 分钟内 {self.within(first):.1f} 人，全部到齐要 {last:g} 分钟；"
            f"假设各人是否到位互不影响{law}。"
        )


def sources(table: pd.DataFrame, *, confidence: float = 0.9) -> Mobilisation:
    """机动人员从哪里来，几分钟能来几个？

    期望人数 = 人数 × 到位率；累计到到位分钟不超过 t 的来源，就是 t 分钟内的期望人数。

    Parameters
    ----------
    table : 列 来源、人数（人）、到位分钟、到位率（0 到 1），可有 每小时成本（元/人）。
        常见来源：后台、质检、培训、班组长；居家、兼职；拆班、自愿加班；跨技能、外包；
        推迟小休与培训。
    confidence : “有把握”的把握，0.9 是教学约定。

    Returns
    -------
    Mobilisation
        ``within(t)`` 期望人数、``assured(t)`` 有把握的人数、``minutes_for(n)`` 到 n 人的分钟数。

    Raises
    ------
    ValueError
        缺列、没有行，或人数、分钟、到位率不合法。

    Notes
    -----
    有把握的人数是各来源二项分布之和的分位数，假设各人互不影响；
    同一场暴雨会让居家与兼职一起来不了，那时实际会更少。

    References
    ----------
    《中华人民共和国劳动法》第四十一条（加班上限）；来源分类是教学约定。

    Examples
    --------
    >>> team = sources(pd.DataFrame({"来源": ["推迟小休", "质检"], "人数": [4, 10],
    ...                              "到位分钟": [2, 10], "到位率": [1.0, 0.8]}))
    >>> team.within(5), team.within(10), team.minutes_for(9)
    (4.0, 12.0, 10.0)
    """
    require_columns(table, ["来源", "人数", "到位分钟", "到位率"], "机动来源表")
    if table.empty:
        raise ValueError("机动来源表没有行：请至少写一个来源。")
    share = require_range(confidence, "把握（confidence）", 0, 1, above=True, below=True)
    heads = require_range(table["人数"], "人数", 0)
    fraction = heads % 1 > 0
    if fraction.any():
        row = int(np.flatnonzero(fraction)[0])
        raise ValueError(f"人数第 {row + 1} 个是 {heads[row]:g}，应是整数：打折请写在到位率里。")
    listed = pd.DataFrame(
        {
            "来源": table["来源"].astype(str).to_numpy(),
            "人数": heads.astype(int),
            "到位分钟": require_range(table["到位分钟"], "到位分钟", 0),
            "到位率": require_range(table["到位率"], "到位率", 0, 1),
        }
    )
    listed["期望人数"] = listed["人数"] * listed["到位率"]
    if "每小时成本" in table:
        cost = require_range(table["每小时成本"], "每小时成本", 0)
        listed["每小时成本"] = cost
        listed["期望每小时合计"] = cost * listed["期望人数"]
    listed = listed.sort_values("到位分钟", kind="stable").reset_index(drop=True)
    listed["累计期望人数"] = listed["期望人数"].cumsum()
    listed["累计有把握人数"] = [
        _assured(listed["人数"][:rows], listed["到位率"][:rows], float(share))
        for rows in range(1, len(listed) + 1)
    ]
    overtime = listed["来源"].str.contains(OVERTIME).any()
    return Mobilisation(listed, float(share), LAW_NOTE if overtime else "")


def _assured(heads: pd.Series, rates: pd.Series, confidence: float) -> int:
    """最大的 k，使 P(到位人数 ≥ k) ≥ confidence。"""
    from scipy.stats import binom

    chance = np.ones(1)
    for n, p in zip(heads, rates, strict=True):
        chance = np.convolve(chance, binom.pmf(np.arange(n + 1), n, p))
    at_least = chance[::-1].cumsum()[::-1]
    return int(np.flatnonzero(at_least >= confidence - 1e-12)[-1])
