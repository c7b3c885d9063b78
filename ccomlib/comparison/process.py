"""标准差过程分析法：平均看不出的差异，源头在哪里？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ccomlib.results import Result
from ccomlib.wording import p_text

from .quadrants import Quadrants, sd_quadrants
from .steps import StepShares, step_shares
from .variation import EqualVariance, VarianceSplit, equal_variance, variance_split

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["SdAnalysis", "sd_analysis"]


@dataclass(frozen=True, eq=False)
class SdAnalysis(Result):
    """标准差过程分析。由 ``sd_analysis`` 得到。"""

    quadrants: Quadrants
    split: VarianceSplit
    spread: EqualVariance
    steps: StepShares | None
    """没有给 steps 时为 None。"""

    def summary(self) -> pd.DataFrame:
        """一步一行：看什么，得到什么，接着做什么。"""
        names = self.quadrants
        split, spread = self.split, self.spread
        coach = "、".join(map(str, names.names("个体辅导"))) or "没有"
        rows = [
            (
                "1 均值 × 标准差",
                f"标杆：{'、'.join(map(str, names.names('标杆'))) or '没有'}；个体辅导：{coach}",
                "按象限分别处理",
            ),
            (
                "2 组间与组内",
                f"组间占 {split.share_between:.1%}，ICC1 {max(split.icc1, 0):.3f}",
                "占得多的一头先管",
            ),
            (
                "3 标准差检验",
                f"Brown-Forsythe {p_text(spread.p)}",
                "各组稳定程度真的不同" if spread.different else "稳定程度的差别可能只是抽样波动",
            ),
        ]
        if self.steps is not None:
            top = self.steps.table["方差份额"].iloc[0]
            rows.append(
                (
                    "4 过程步骤",
                    f"{self.steps.largest}占差异的 {top:.0%}",
                    "先改这一步，改后再量一次",
                )
            )
        return pd.DataFrame(rows, columns=["步骤", "结果", "接着做什么"])

    def plot(self, ax: Axes | None = None) -> Axes:
        """均值 × 标准差四象限图；步骤的图用 ``steps.plot()``。"""
        return self.quadrants.plot(ax)

    def __str__(self) -> str:
        parts = [str(self.quadrants), str(self.split), str(self.spread)]
        if self.steps is not None:
            parts.append(str(self.steps))
        return "".join(parts)


def sd_analysis(
    table: pd.DataFrame,
    value: str,
    group: str = "班组",
    *,
    steps: Sequence[str] | None = None,
    good: str = "high",
    unit: str | None = None,
    mean_line: float | None = None,
    sd_line: float | None = None,
    alpha: float = 0.05,
) -> SdAnalysis:
    """标准差过程分析法：四象限、组间组内、标准差检验、过程步骤，一次做完。

    Parameters
    ----------
    table, value, group, good, unit, mean_line, sd_line : 同 ``sd_quadrants``。
    steps : 过程步骤的列名，给了就找差异最多的一步；各步骤加起来应是总时长。
    alpha : 显著性水平。

    Returns
    -------
    SdAnalysis
        ``quadrants``、``split``、``spread``、``steps`` 四个结果。

    Raises
    ------
    ValueError
        见 ``sd_quadrants``、``variance_split``、``equal_variance``、``step_shares``。

    Notes
    -----
    先看均值与标准差的位置，再问差异在组间还是组内、是不是真的，最后追到步骤：
    份额 = Cov(步骤, 合计) ÷ Var(合计)。

    References
    ----------
    许乃威（2007），呼叫中心的雁行理论；Brown & Forsythe (1974)。做法的次序是教学约定。

    Examples
    --------
    >>> calls = pd.DataFrame({"班组": ["甲"] * 4 + ["乙"] * 4,
    ...     "通话秒": [180, 182, 181, 183, 180, 220, 150, 240],
    ...     "话后秒": [20, 21, 19, 20, 30, 25, 28, 31]})
    >>> calls["处理时长"] = calls["通话秒"] + calls["话后秒"]
    >>> result = sd_analysis(calls, "处理时长", good="low", steps=["通话秒", "话后秒"])
    >>> result.quadrants.table["象限"].tolist(), result.steps.largest
    (['标杆', '个体辅导'], '通话秒')
    """
    return SdAnalysis(
        quadrants=sd_quadrants(
            table, value, group, good=good, unit=unit, mean_line=mean_line, sd_line=sd_line
        ),
        split=variance_split(table, value, group, unit=unit),
        spread=equal_variance(table, value, group, unit=unit, alpha=alpha),
        steps=None if steps is None else step_shares(table, steps),
    )
