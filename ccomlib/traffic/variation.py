"""离散系数检验：这个话务模型可靠吗，哪些时段信不得？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import slot_axis
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns, require_range
from ccomlib.wording import WEEKDAYS

from .table import read_intervals

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Reliability", "reliability"]

RELIABLE, USABLE, UNRELIABLE, TOO_FEW = "可靠", "可用", "不可靠", "样本不足"
VERDICTS = (RELIABLE, USABLE, UNRELIABLE, TOO_FEW)
VERDICT_COLOURS = dict(
    zip(
        VERDICTS, (COLOURS["good"], COLOURS["second"], COLOURS["bad"], COLOURS["grey"]), strict=True
    )
)


@dataclass(frozen=True, eq=False)
class Reliability(Result):
    """离散系数检验的结果。由 ``reliability`` 得到。"""

    cells: pd.DataFrame
    """每格一行，列：分格的各列、重复数、均值、标准差、离散系数、泊松下限、超额离散系数、离散系数标准误、判定。"""
    by: tuple[str, ...]
    """按哪些列分格。"""
    good: float
    fair: float
    min_repeats: int
    excluded_days: int
    """因节假日、事件没有用的天数。"""

    @property
    def shares(self) -> pd.Series:
        """各判定占来电量的比例（按来电量而不是按格数），合计为 1。"""
        calls = self.cells["均值"] * self.cells["重复数"]
        total = calls.groupby(self.cells["判定"]).sum().reindex(VERDICTS, fill_value=0.0)
        return (total / calls.sum()).rename("占来电量")

    def summary(self) -> pd.DataFrame:
        """每种判定有几格、占多少来电量。"""
        counts = self.cells["判定"].value_counts().reindex(VERDICTS, fill_value=0)
        return pd.DataFrame({"格数": counts, "占来电量": self.shares}).rename_axis("判定")

    def plot(self, ax: Axes | None = None) -> Axes:
        """热力图：每格的超额离散系数；样本不足的格为灰色。"""
        rows = [name for name in self.by if name != "时段"]
        if "时段" not in self.by or not rows:
            raise ValueError("热力图要按时段和另一列分格：请改用 plot_floor()。")
        sure = self.cells.assign(
            格=self.cells[rows].astype(str).agg(" ".join, axis=1),
            值=self.cells["超额离散系数"].where(self.cells["判定"] != TOO_FEW),
        )
        grid = sure.pivot(index="格", columns="时段", values="值").reindex(sure["格"].unique())
        ax = new_axes(ax, figsize=(9.0, max(3.2, 0.35 * len(grid) + 1.2)))
        ax.set_facecolor("#D9D9D9")
        image = ax.imshow(grid.to_numpy(), aspect="auto", cmap="OrRd", vmin=0, vmax=1.5 * self.fair)
        ax.grid(visible=False)
        slot_axis(ax, grid.columns)
        ax.set_yticks(np.arange(len(grid)), grid.index)
        bar = ax.figure.colorbar(image, ax=ax, extend="max")
        bar.set_ticks([0, self.good, self.fair, 1.5 * self.fair])
        bar.set_label("超额离散系数")
        ax.set(title="哪些格信得过（灰：样本不足）", xlabel="时段（开始时刻）", ylabel="")
        return ax

    def plot_floor(self, ax: Axes | None = None) -> Axes:
        """散点：每格的离散系数与均值，曲线是泊松下限 1/√均值。"""
        ax = new_axes(ax)
        seen = self.cells[self.cells["均值"] > 0]
        for verdict in VERDICTS:
            part = seen[seen["判定"] == verdict]
            if len(part):
                colour = VERDICT_COLOURS[verdict]
                ax.scatter(part["均值"], part["离散系数"], s=14, color=colour, label=verdict)
        means = np.geomspace(seen["均值"].min(), seen["均值"].max() * 1.05, 200)
        ax.plot(means, 1 / np.sqrt(means), color="black", label="泊松下限 1/√均值")
        ax.set_xscale("log")
        steps = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
        ticks = [t for t in steps if means[0] <= t <= means[-1]]
        ax.set_xticks(ticks, [f"{t:,}" for t in ticks])
        ax.minorticks_off()
        ax.set_ylim(0, 1.1 * seen["离散系数"].max())
        ax.set(
            title="离散系数与泊松下限：越靠近曲线，剩下的越只是随机",
            xlabel="每格均值（通，对数刻度）",
            ylabel="离散系数",
        )
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        shares = self.shares
        parts = [f"{shares[v]:.0%} {v}" for v in VERDICTS if shares[v] > 0]
        without = f"，已去掉节假日与事件 {self.excluded_days} 天" if self.excluded_days else ""
        return (
            f"按来电量算，{'、'.join(parts)}（超额离散系数 {self.good:g} 以内可靠、{self.fair:g} 以内可用，"
            f"教学约定{without}）；前提是每格的历史重复之间没有趋势、来电近似泊松。"
        )


def reliability(
    table: pd.DataFrame,
    *,
    by: Sequence[str] = ("星期", "时段"),
    value: str = "呼入量",
    good: float = 0.10,
    fair: float = 0.20,
    min_repeats: int = 8,
    exclude_holidays: bool = True,
    exclude_events: bool = True,
) -> Reliability:
    """用离散系数检验话务模型：同一格的历史重复有多一致？

    Parameters
    ----------
    table : 每天每时段一行；列：日期、时段、``value``，以及 ``by`` 的列（星期由日期算出）。
    by : 怎样分格；可以再加自己的列（例如“月初”）看分层后是否更稳。
    value : 数量列（通/时段）。
    good, fair : 超额离散系数不大于 ``good`` 可靠，不大于 ``fair`` 可用（加缓冲），再大不可靠（教学约定）。
    min_repeats : 一格至少要有几次重复，少于它只判“样本不足”（教学约定）。
    exclude_holidays, exclude_events : 是否去掉节假日、有事件的整天。

    Returns
    -------
    Reliability
        逐格的均值、离散系数、泊松下限、超额离散系数与判定。

    Raises
    ------
    ValueError
        缺列、空值、负数、一个时段有几行、阈值不对。

    Notes
    -----
    离散系数 CV = s(n−1)/均值；泊松来电的下限 1/√均值（25 通的时段不可能低于 0.20）；
    超额离散系数 = √max(0, CV² − 1/均值)；标准误 ≈ CV/√(2(n−1))，8 次重复时约为 CV 的 27%。
    均值为 0 的格没有离散系数，判“样本不足”。

    References
    ----------
    Cox & Lewis (1966), The Statistical Analysis of Series of Events：泊松计数的方差等于均值。

    Examples
    --------
    >>> days = pd.date_range("2025-03-03", periods=8, freq="7D")
    >>> calls = [20, 30, 25, 25, 20, 30, 25, 25]
    >>> table = pd.DataFrame({"日期": days, "时段": "09:00", "呼入量": calls})
    >>> cell = reliability(table).cells.iloc[0]
    >>> float(cell["泊松下限"]), float(cell["超额离散系数"]), cell["判定"]
    (0.2, 0.0, '可靠')
    """
    require_range(good, "good", 0, above=True)
    require_range(fair, "fair", float(good), above=True)
    require_range(min_repeats, "min_repeats", 2)
    by = (by,) if isinstance(by, str) else tuple(by)
    if not by:
        raise ValueError("by 是空的：请给出分格的列，例如 (“星期”, “时段”)。")
    data = read_intervals(table, value)
    require_columns(data, by)
    special = np.zeros(len(data), dtype=bool)
    for wanted, column in ((exclude_holidays, "节假日"), (exclude_events, "事件")):
        if wanted:
            days = data.loc[data[column] != "", "日期"]
            special |= data["日期"].isin(days).to_numpy()
    used = data[~special]
    if used.empty or used["数值"].sum() == 0:
        raise ValueError("去掉节假日与事件后没有来电：请放宽 exclude_holidays 或 exclude_events。")
    cells = _cells(used, by)
    enough = (cells["重复数"] >= min_repeats) & (cells["均值"] > 0)
    excess = cells["超额离散系数"]
    cells["判定"] = np.select(
        [~enough, excess <= good, excess <= fair], [TOO_FEW, RELIABLE, USABLE], UNRELIABLE
    )
    return Reliability(
        cells=cells,
        by=by,
        good=float(good),
        fair=float(fair),
        min_repeats=int(min_repeats),
        excluded_days=int(data.loc[special, "日期"].nunique()),
    )


def _cells(used: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    """每格的重复数、均值、标准差与各种离散系数。"""
    if "星期" in by:
        used = used.assign(星期=pd.Categorical(used["星期"], WEEKDAYS, ordered=True))
    group = used.groupby(list(by), observed=True)["数值"]
    cells = group.agg(重复数="size", 均值="mean", 标准差="std").reset_index()
    if "星期" in by:
        cells["星期"] = cells["星期"].astype(str)
    mean = cells["均值"].where(cells["均值"] > 0)
    cells["离散系数"] = cells["标准差"] / mean
    cells["泊松下限"] = 1 / np.sqrt(mean)
    cells["超额离散系数"] = np.sqrt((cells["离散系数"] ** 2 - 1 / mean).clip(lower=0))
    cells["离散系数标准误"] = cells["离散系数"] / np.sqrt(2 * (cells["重复数"] - 1).clip(lower=1))
    return cells
