"""没有回复的人：回复的人能不能代表所有被邀请的人？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import interval_chart
from ccomlib.multiplicity import holm
from ccomlib.proportions import wilson_limits, z_value
from ccomlib.reading import read_flags, read_labels, read_rows
from ccomlib.results import Result
from ccomlib.style import COLOURS
from ccomlib.validation import as_numbers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["NonResponse", "response_check"]


@dataclass(frozen=True, eq=False)
class NonResponse(Result):
    """回复率在各类客户之间是否一样。由 ``response_check`` 得到。"""

    rate: float
    invited: int
    responded: int
    table: pd.DataFrame
    """一类一行，列：列名、类别、邀请、回复、回复率、下限、上限、占邀请、占回复。"""
    tests: pd.DataFrame
    """一列一行，列：列名、卡方、自由度、p、p（Holm）、Cramér V、最大差、不均。"""
    confidence: float
    gap: float
    bounds: tuple[float, float] | None
    """没有回复的人全不满意与全满意时，被邀请的人的满意率；没有给分数时为 None。"""
    top: float | None
    """回复的人的满意率。"""

    @property
    def uneven(self) -> tuple[str, ...]:
        """回复率明显不均的列：加权时按它们分层。"""
        return tuple(self.tests.loc[self.tests["不均"], "列名"])

    def summary(self) -> pd.DataFrame:
        """逐类列出回复率。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """各类客户的回复率与区间。"""
        table = self.table
        return interval_chart(
            ax,
            [f"{row['列名']}：{row['类别']}（邀请 {row['邀请']}）" for _, row in table.iterrows()],
            table["回复率"],
            table["下限"],
            table["上限"],
            title=f"回复率与 {self.confidence:.0%} 区间",
            xlabel="回复率",
            colours=[
                COLOURS["bad"] if name in self.uneven else COLOURS["main"] for name in table["列名"]
            ],
            percent=True,
            reference=(self.rate, f"总回复率 {self.rate:.1%}"),
        )

    def __str__(self) -> str:
        text = f"邀请 {self.invited}，回复 {self.responded}，回复率 {self.rate:.1%}"
        if self.uneven:
            text += (
                f"；{'、'.join(self.uneven)}各类的回复率明显不同（相差超过 "
                f"{100 * self.gap:g} 个百分点，教学约定），先按它们加权再报总满意度"
            )
        else:
            text += f"；{'、'.join(self.tests['列名'])}各类的回复率看不出明显不同"
        if self.bounds is not None:
            text += (
                f"；回复的人满意率 {self.top:.1%}，没有回复的人全不满意或全满意时是 "
                f"{self.bounds[0]:.1%} 到 {self.bounds[1]:.1%}"
            )
        return text + "；只能查出这几列上的不同，意见本身影响回不回复时查不出来。"


def response_check(
    table: pd.DataFrame,
    by: str | Sequence[str],
    *,
    responded: str = "回复",
    score: str | None = None,
    happy: float = 4,
    gap: float = 0.05,
    confidence: float = 0.95,
) -> NonResponse:
    """回复率在各队列、各类客户之间一样吗？不一样就要加权。

    Parameters
    ----------
    table : 一行一份邀请，含没有回复的。
    by : 按哪几列比较回复率（队列、邀请方式、是否一次解决）。
    responded : 是否回复的列。
    score : 分数列，给了就算满意率的可能范围。
    happy : 几分以上（含）算满意。
    gap : 回复率最多与最少相差多少才算明显不均（教学约定）。
    confidence : 置信水平。

    Returns
    -------
    NonResponse

    Raises
    ------
    ValueError
        缺列、有空值、没有人回复或人人回复、某一列只有一类、回复了却没有分数。

    Notes
    -----
    每列一个卡方检验，几列一起做 Holm 校正；Cramér V = √(χ²/n)。

    References
    ----------
    Groves (2006), Nonresponse rates and nonresponse bias in household surveys, POQ 70: 646–675。

    Examples
    --------
    >>> invited = pd.DataFrame({"队列": ["投诉"] * 100 + ["咨询"] * 300,
    ...                         "回复": [1] * 55 + [0] * 45 + [1] * 75 + [0] * 225})
    >>> result = response_check(invited, "队列")
    >>> result.rate, result.uneven
    (0.325, ('队列',))
    """
    names = [by] if isinstance(by, str) else list(by)
    read_rows(table, [*names, responded, *([score] if score else [])])
    if not names:
        raise ValueError("by 是空的：请写明按哪一列比较回复率。")
    z_value(confidence)
    flag = read_flags(table[responded], responded).to_numpy()
    n, yes = len(flag), int(flag.sum())
    if yes in (0, n):
        raise ValueError(
            f"{n} 份邀请里有 {yes} 份回复，谈不上谁回谁不回：请核对{responded}列，邀请表要含没有回复的人。"
        )
    pieces, tests = [], []
    for name in names:
        piece, test = _one(name, read_labels(table[name], name).to_numpy(), flag, confidence)
        pieces.append(piece)
        tests.append(test)
    result = pd.DataFrame(
        tests, columns=["列名", "卡方", "自由度", "p", "Cramér V", "最大差"]
    ).astype({"自由度": int})
    result.insert(4, "p（Holm）", holm(result["p"]))
    result["不均"] = (result["p（Holm）"] < 1 - confidence) & (result["最大差"] > gap)
    top = bounds = None
    if score is not None:
        given = table.loc[flag, score]
        if given.isna().any():
            label = given.index[given.isna()][0]
            raise ValueError(f"第 {label} 行回复了但{score}是空值：请补上，或改成没有回复。")
        pleased = int((as_numbers(given, score) >= happy).sum())
        top, bounds = pleased / yes, (pleased / n, (pleased + n - yes) / n)
    return NonResponse(
        rate=yes / n,
        invited=n,
        responded=yes,
        table=pd.concat(pieces, ignore_index=True),
        tests=result,
        confidence=float(confidence),
        gap=float(gap),
        bounds=bounds,
        top=top,
    )


def _one(
    name: str, label: np.ndarray, flag: np.ndarray, confidence: float
) -> tuple[pd.DataFrame, tuple]:
    """一列：逐类的回复率，与各类相同的卡方检验。"""
    from scipy.stats import chi2_contingency

    groups = pd.Series(flag).groupby(label)
    size, yes = groups.size(), groups.sum()
    if len(size) < 2:
        raise ValueError(f"{name}只有一类（{size.index[0]}），没有可比的：请换一列。")
    low, high = wilson_limits(yes.to_numpy(), size.to_numpy(), confidence)
    rate = yes / size
    piece = pd.DataFrame(
        {
            "列名": name,
            "类别": size.index,
            "邀请": size.to_numpy(),
            "回复": yes.to_numpy(),
            "回复率": rate.to_numpy(),
            "下限": low,
            "上限": high,
            "占邀请": (size / len(flag)).to_numpy(),
            "占回复": (yes / flag.sum()).to_numpy(),
        }
    )
    found = chi2_contingency(np.array([yes, size - yes]), correction=False)
    row = (
        name,
        float(found.statistic),
        int(found.dof),
        float(found.pvalue),
        float(np.sqrt(found.statistic / len(flag))),
        float(rate.max() - rate.min()),
    )
    return piece, row
