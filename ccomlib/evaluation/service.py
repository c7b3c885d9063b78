"""服务水平：同一天的数据，几种口径各是多少？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import finding
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_call_flow, require_range, same_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["DEFINITIONS", "ServiceLevel", "service_denominator", "service_level"]

DEFINITIONS = {
    "of_offered": "目标内接起 ÷ 呼入量",
    "of_answered": "目标内接起 ÷ 接起量",
    "excluding_short_abandons": "目标内接起 ÷ 剔除短放弃的呼入量",
}


@dataclass(frozen=True, eq=False)
class ServiceLevel(Result):
    """各口径的服务水平，按通数加权。由 ``service_level`` 生成，不直接构造。

    ``mean_of_intervals`` 是各时段百分比的简单平均，只用来看它错多少；缺数据的口径为 None。
    """

    of_offered: float
    of_answered: float
    excluding_short_abandons: float | None
    mean_of_intervals: float
    abandonment: float | None
    offered: float
    answered: float
    answered_in_target: float
    n_intervals: int

    def summary(self) -> pd.DataFrame:
        """各口径并列，最后一行是容易误用的简单平均。"""
        rows = [
            (text, getattr(self, name))
            for name, text in DEFINITIONS.items()
            if getattr(self, name) is not None
        ]
        rows.append(("各时段百分比的简单平均（不可用）", self.mean_of_intervals))
        return pd.DataFrame(rows, columns=["口径", "服务水平"])

    def plot(self, ax: Axes | None = None) -> Axes:
        """各口径的横条；简单平均用灰色。"""
        ax = new_axes(ax, figsize=(8.0, 3.0))
        table = self.summary()
        colours = [COLOURS["main"]] * (len(table) - 1) + [COLOURS["grey"]]
        bars = ax.barh(table["口径"], 100 * table["服务水平"], color=colours)
        ax.bar_label(bars, [f"{value:.1%}" for value in table["服务水平"]], padding=4)
        ax.invert_yaxis()
        ax.grid(axis="y", visible=False)
        ax.set(xlabel="服务水平（%）", xlim=(0, 112))
        spread = 100 * float(np.ptp(table["服务水平"].iloc[:-1]))
        said = f"同一批来电，换个口径差 {spread:.1f} 个百分点" if len(table) > 2 else "服务水平"
        finding(ax, said)
        return ax

    def __str__(self) -> str:
        short = ""
        if self.excluding_short_abandons is not None:
            short = f"，剔除短放弃后 {self.excluding_short_abandons:.1%}"
        trap = ""
        if self.n_intervals > 1:
            trap = (
                f"；{self.n_intervals} 个时段百分比的简单平均是 {self.mean_of_intervals:.1%}，"
                "没有按通数加权，不可用"
            )
        return (
            f"{self.offered:,.0f} 通呼入的服务水平：按呼入量算 {self.of_offered:.1%}，"
            f"按接起量算 {self.of_answered:.1%}{short}{trap}；报数时要说明口径。"
        )


def service_level(
    offered: Any,
    answered: Any,
    answered_in_target: Any,
    abandoned: Any = None,
    short_abandoned: Any = None,
) -> ServiceLevel:
    """同一批来电，各种口径的服务水平是多少？

    服务水平 = Σ目标内接起 ÷ Σ分母；分母是呼入量、接起量，或呼入量 − 短放弃量。

    Parameters
    ----------
    offered, answered, answered_in_target : 呼入量、接起量、目标秒数（如 20 秒）内接起量，
        各是一个数或等长的一列（一个时段一个）。
    abandoned : 放弃量，可不给。
    short_abandoned : 短放弃量（如 5 秒内就挂断），可不给；给了才有剔除短放弃的口径。

    Returns
    -------
    ServiceLevel

    Raises
    ------
    ValueError
        长短不一，或 目标内接起 > 接起 > 呼入、放弃 + 接起 > 呼入、短放弃 > 放弃，或没有接起。

    Notes
    -----
    合计时先加后除：夜里 2 通接 2 通的 100%，不该与高峰 200 通的 60% 平起平坐。

    Examples
    --------
    >>> level = service_level([200, 2], [160, 2], [120, 2])
    >>> round(level.of_offered, 4), round(level.of_answered, 4), level.mean_of_intervals
    (0.604, 0.7531, 0.8)
    """
    named = {"呼入量（offered）": offered, "接起量（answered）": answered}
    named["目标内接起量（answered_in_target）"] = answered_in_target
    if abandoned is not None:
        named["放弃量（abandoned）"] = abandoned
    if short_abandoned is not None:
        named["短放弃量（short_abandoned）"] = short_abandoned
    same_rows(
        *((name, value) if np.ndim(value) else (name, [value]) for name, value in named.items())
    )
    columns = {name: np.atleast_1d(require_range(v, name, 0)) for name, v in named.items()}
    total, taken, fast, *rest = columns.values()
    gone = rest[0] if abandoned is not None else None
    short = rest[-1] if short_abandoned is not None else None
    require_call_flow(total, taken, fast, gone, short)
    if total.sum() == 0 or taken.sum() == 0:
        raise ValueError("呼入量或接起量合计是 0：没有来电就没有服务水平，请核对数据。")
    busy = total > 0
    kept = None if short is None else float(total.sum() - short.sum())
    return ServiceLevel(
        of_offered=float(fast.sum() / total.sum()),
        of_answered=float(fast.sum() / taken.sum()),
        excluding_short_abandons=None if kept is None else float(fast.sum()) / kept,
        mean_of_intervals=float((fast[busy] / total[busy]).mean()),
        abandonment=None if gone is None else float(gone.sum() / total.sum()),
        offered=float(total.sum()),
        answered=float(taken.sum()),
        answered_in_target=float(fast.sum()),
        n_intervals=int(busy.sum()),
    )


def service_denominator(
    definition: str, offered: np.ndarray, answered: np.ndarray | None, short: np.ndarray | None
) -> np.ndarray:
    """这个口径的分母。"""
    if definition not in DEFINITIONS:
        raise ValueError(
            f"口径（definition）是 {definition!r}，应是 {'、'.join(DEFINITIONS)} 之一。"
        )
    if definition == "of_offered":
        return offered
    missing = {"of_answered": ("接起量", answered), "excluding_short_abandons": ("短放弃量", short)}
    column, values = missing[definition]
    if values is None:
        raise ValueError(f"口径 {definition!r} 要用{column}，表里没有：请补上这列，或换一个口径。")
    return values if definition == "of_answered" else offered - values
