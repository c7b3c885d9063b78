"""排班拟合：排的人数贴不贴需求？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Fit", "fit", "measure"]


@dataclass(frozen=True, eq=False)
class Fit(Result):
    """拟合的三个数。由 ``fit`` 生成，不直接构造。

    ``under``、``over`` 是缺的与多的合计（人·时段），``required``、``staffed`` 是两边的合计。
    """

    fit: float
    coverage: float
    efficiency: float
    required: float
    staffed: float
    under: float
    over: float

    def summary(self) -> pd.DataFrame:
        """三个数与它们的分子分母。"""
        return pd.DataFrame(
            {
                "指标": ["排班拟合", "覆盖率", "排班有效率"],
                "数值": [self.fit, self.coverage, self.efficiency],
                "算法": ["1 − Σ|排班−需求| ÷ Σ需求", "Σmin ÷ Σ需求", "Σmin ÷ Σ排班"],
            }
        )

    def plot(self, ax: Axes | None = None) -> Axes:
        """三根柱：拟合、覆盖率、有效率。"""
        ax = new_axes(ax)
        values = [100 * self.fit, 100 * self.coverage, 100 * self.efficiency]
        colours = [COLOURS["main"], COLOURS["good"], COLOURS["second"]]
        bars = ax.bar(["排班拟合", "覆盖率", "排班有效率"], values, color=colours, width=0.5)
        ax.bar_label(bars, [f"{value:.1f}%" for value in values], padding=2)
        ax.set(
            title=f"排班拟合 {self.fit:.0%}，覆盖需求的 {self.coverage:.0%}",
            ylabel="百分比（%）",
            ylim=(min(0, values[0]) * 1.15, 115),
        )
        ax.grid(axis="x", visible=False)
        return ax

    def __str__(self) -> str:
        return (
            f"排班拟合 {self.fit:.1%}：需求的 {self.coverage:.1%} 有人接，"
            f"排的人力有 {self.efficiency:.1%} 用在需求上（按时段人数算，未计当天缺勤）。"
        )


def fit(required: Any, staffed: Any) -> Fit:
    """排的人数与需求人数差多少？

    拟合 = 1 − Σ|S−R| ÷ ΣR，覆盖率 = Σmin(S,R) ÷ ΣR，有效率 = Σmin(S,R) ÷ ΣS。

    Parameters
    ----------
    required : 各时段的需求人数 R（人）。
    staffed : 各时段的排班人数 S（人），形状与 R 相同；有行列标签时标签也要相同。

    Returns
    -------
    Fit

    Raises
    ------
    ValueError
        形状或标签不同、有空值或负数、需求或排班全是 0。

    Notes
    -----
    多排一倍时拟合可以是负数。覆盖率高而有效率低是排多了，反之是排少了。

    Examples
    --------
    >>> fit([10, 10], [12, 9]).fit
    0.85
    """
    if np.shape(required) != np.shape(staffed):
        raise ValueError(
            f"需求（required）形状 {np.shape(required)} 与排班（staffed）{np.shape(staffed)} 不同："
            "请给同样的时段。"
        )
    for axis in ("index", "columns"):
        one, two = getattr(required, axis, None), getattr(staffed, axis, None)
        if isinstance(one, pd.Index) and isinstance(two, pd.Index) and not one.equals(two):
            raise ValueError(
                "需求（required）与排班（staffed）的时段标签不同：请先对齐同样的时段。"
            )
    need = require_range(required, "需求人数（required）", 0)
    have = require_range(staffed, "排班人数（staffed）", 0)
    if not need.sum():
        raise ValueError("需求人数（required）合计是 0：没有需求就谈不上拟合。")
    if not have.sum():
        raise ValueError("排班人数（staffed）合计是 0：一个人也没有排，算不出有效率。")
    return measure(need, have)


def measure(need: np.ndarray, have: np.ndarray) -> Fit:
    """已检查过的数组的拟合；需求或排班合计为 0 时对应的比例是空值。"""
    met, total, placed = np.minimum(need, have).sum(), need.sum(), have.sum()
    under, over = np.maximum(need - have, 0).sum(), np.maximum(have - need, 0).sum()
    blank = float("nan")
    return Fit(
        fit=float(1 - (under + over) / total) if total else blank,
        coverage=float(met / total) if total else blank,
        efficiency=float(met / placed) if placed else blank,
        required=float(total),
        staffed=float(placed),
        under=float(under),
        over=float(over),
    )
