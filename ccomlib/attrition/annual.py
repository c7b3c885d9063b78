"""年流失率：照这个月的走法，一年会走百分之几？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import legend_outside, percent_axis
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["MONTHS", "Annual", "annualise"]

MONTHS = 12


@dataclass(frozen=True, eq=False)
class Annual(Result):
    """月流失率折成年。由 ``annualise`` 得到。"""

    monthly: float
    simple: float
    """× 12：一年里离职的人次占编制的比例，可以超过 100%。"""
    compound: float
    """1 − (1−m)¹²：年初的人里一年后走掉的比例。"""

    def summary(self) -> pd.DataFrame:
        """两种折法与读法。"""
        rows = [
            ("月流失率", self.monthly, ""),
            ("年流失率（简单）", self.simple, "× 12：一年要补多少人次"),
            ("年流失率（复利）", self.compound, "1 − (1−m)¹²：年初的人一年后走掉多少"),
        ]
        return pd.DataFrame(rows, columns=["指标", "数值", "读法"])

    def plot(self, ax: Axes | None = None) -> Axes:
        """两种折法随月流失率怎样分开。"""
        ax = new_axes(ax)
        m = np.linspace(0, max(0.1, 1.3 * self.monthly), 100).clip(max=1)
        ax.plot(m, MONTHS * m, color=COLOURS["grey"], label="简单 × 12")
        ax.plot(m, 1 - (1 - m) ** MONTHS, color=COLOURS["main"], label="复利 1 − (1−m)¹²")
        ax.plot([self.monthly] * 2, [self.simple, self.compound], "o", color=COLOURS["bad"])
        ax.set(
            title=f"月流失率 {self.monthly:.2%}：简单 {self.simple:.1%}，复利 {self.compound:.2%}",
            xlabel="月流失率",
            ylabel="年流失率",
        )
        percent_axis(ax.xaxis)
        percent_axis(ax.yaxis)
        legend_outside(ax)
        return ax

    def __str__(self) -> str:
        return (
            f"月流失率 {self.monthly:.2%}：简单年化 {self.simple:.2%}（一年要补的人次占编制的比例），"
            f"复利年化 {self.compound:.2%}（年初的人一年后走掉的比例）；两个都对，比较时口径要一致，"
            "且假定每月一样。"
        )


def annualise(rate: float) -> Annual:
    """月流失率折成年流失率：简单与复利。

    Parameters
    ----------
    rate : 月流失率，小数（0.03 即 3%）。

    Returns
    -------
    Annual

    Raises
    ------
    ValueError
        不在 0 到 1 之间。

    Notes
    -----
    简单 12m；复利 1 − (1−m)¹²。

    Examples
    --------
    >>> result = annualise(0.03)
    >>> round(result.simple, 4), round(result.compound, 4)
    (0.36, 0.3062)
    """
    m = float(require_range(rate, "rate", 0, 1))
    return Annual(m, MONTHS * m, 1 - (1 - m) ** MONTHS)
