"""滚动服务水平：最近这一阵好不好，什么时候跌下去的？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import finding, slot_axis
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_series, require_call_flow, require_range, same_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["RollingServiceLevel", "rolling_service_level"]


@dataclass(frozen=True, eq=False)
class RollingServiceLevel(Result):
    """滚动服务水平。由 ``rolling_service_level`` 得到，不直接构造。"""

    table: pd.DataFrame
    """逐时段，列：时段、呼入量、目标内接起量、时段服务水平、滚动服务水平、累计服务水平、低于目标；
    窗口里没有来电时为空。"""
    window: int
    target: float

    @property
    def runs(self) -> pd.DataFrame:
        """连续低于目标的各段，列：开始、结束、时段数、最低。"""
        low = self.table["低于目标"].to_numpy()
        edges = np.flatnonzero(np.diff(np.r_[0, low.astype(int), 0]))
        level = self.table["滚动服务水平"]
        rows = [
            (
                self.table["时段"][first],
                self.table["时段"][last - 1],
                last - first,
                level[first:last].min(),
            )
            for first, last in edges.reshape(-1, 2)
        ]
        return pd.DataFrame(rows, columns=["开始", "结束", "时段数", "最低"])

    def summary(self) -> pd.DataFrame:
        """逐时段。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """滚动（粗线）、时段（点）与当天累计（虚线）；低于目标的底色涂红。"""
        ax = new_axes(ax)
        x = np.arange(len(self.table))
        for number, position in enumerate(np.flatnonzero(self.table["低于目标"])):
            label = "低于目标" if number == 0 else None
            ax.axvspan(position - 0.5, position + 0.5, color="#F7D5C4", lw=0, label=label)
        each, rolled = 100 * self.table["时段服务水平"], 100 * self.table["滚动服务水平"]
        ax.plot(x, each, "o", ms=3, color=COLOURS["grey"], label="每个时段")
        ax.plot(x, rolled, color=COLOURS["main"], lw=2.2, label=f"滚动 {self.window} 个时段")
        ax.plot(
            x, 100 * self.table["累计服务水平"], color=COLOURS["second"], ls="--", label="当天累计"
        )
        ax.axhline(100 * self.target, color=COLOURS["bad"], ls=":", label=f"目标 {self.target:.0%}")
        slot_axis(ax, self.table["时段"])
        ax.set(ylim=(0, 105), xlabel="时段", ylabel="服务水平（%）")
        low = int(self.table["低于目标"].sum())
        said = f"{low} 个时段低于目标 {self.target:.0%}" if low else f"一直不低于 {self.target:.0%}"
        finding(ax, said, "滚动服务水平")
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        known = self.table["滚动服务水平"].dropna()
        last = self.table["累计服务水平"].dropna().iloc[-1]
        worst = self.table.loc[known.idxmin()]
        text = (
            f"当天累计服务水平 {last:.1%}；滚动 {self.window} 个时段最低 {worst['滚动服务水平']:.1%}"
            f"（{worst['时段']}）"
        )
        runs = self.runs
        if runs.empty:
            return f"{text}，没有低于 {self.target:.0%}；口径是目标内接起 ÷ 呼入，先加后除。"
        longest = runs.loc[runs["时段数"].idxmax()]
        return (
            f"{text}，{int(self.table['低于目标'].sum())} 个时段低于 {self.target:.0%}，"
            f"最长的一段由 {longest['开始']} 到 {longest['结束']}；口径是目标内接起 ÷ 呼入，先加后除。"
        )


def rolling_service_level(
    offered: Any, answered_in_target: Any, window: int = 2, *, target: float = 0.8
) -> RollingServiceLevel:
    """最近 window 个时段合起来的服务水平是多少？

    Parameters
    ----------
    offered : 各时段的呼入量，按时间排好；索引是时段。
    answered_in_target : 各时段目标秒数内接起的量，一样长。
    window : 滚动几个时段（含当前），如半小时的时段滚动 1 小时写 2。
    target : 目标，画线与判断用。

    Returns
    -------
    RollingServiceLevel
        逐时段的滚动与累计服务水平。

    Raises
    ------
    ValueError
        长短不一、空值、负数、接起多于呼入、全天没有来电、window 不合法。

    Notes
    -----
    滚动 = Σ最近 window 个时段的目标内接起 ÷ Σ呼入；开头不足 window 个的用已有的。
    不是各时段百分比的平均：来电少的时段不该与高峰平起平坐。

    Examples
    --------
    >>> slots = ["09:00", "09:30", "10:00", "10:30"]
    >>> result = rolling_service_level(pd.Series([100, 200, 0, 100], slots), [90, 120, 0, 85])
    >>> result.table["滚动服务水平"].tolist()
    [0.9, 0.7, 0.6, 0.85]
    """
    calls, served = (
        as_series(offered, "呼入量（offered）"),
        as_series(answered_in_target, "目标内接起量（answered_in_target）"),
    )
    same_rows(("呼入量", calls), ("目标内接起量", served))
    if calls.empty:
        raise ValueError("呼入量是空的：请检查筛选条件。")
    require_range(calls, "呼入量（offered）", 0)
    require_range(served, "目标内接起量（answered_in_target）", 0)
    require_call_flow(calls.to_numpy(), None, served.to_numpy())
    if calls.sum() == 0:
        raise ValueError("全天没有来电，没有服务水平：请核对呼入量。")
    if isinstance(window, bool) or window != int(window) or not 1 <= window <= len(calls):
        raise ValueError(f"window 是 {window!r}，应是 1 到 {len(calls)} 的整数。")
    goal = float(require_range(target, "target", 0, 1))
    frame = pd.DataFrame({"呼入量": calls.to_numpy(), "目标内接起量": served.to_numpy()})
    rolled = frame.rolling(int(window), min_periods=1).sum()
    table = frame.assign(
        时段服务水平=_ratio(frame), 滚动服务水平=_ratio(rolled), 累计服务水平=_ratio(frame.cumsum())
    )
    table.insert(0, "时段", [str(value) for value in calls.index])
    table["低于目标"] = table["滚动服务水平"] < goal - 1e-12
    return RollingServiceLevel(table, int(window), goal)


def _ratio(sums: pd.DataFrame) -> pd.Series:
    return sums["目标内接起量"] / sums["呼入量"].where(sums["呼入量"] > 0)
