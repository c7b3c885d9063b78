"""离散系数检验：这个话务模型可靠吗，哪些时段信不得？"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd

from ccomlib.charts import finding, legend_outside, slot_axis
from ccomlib.results import Result
from ccomlib.style import COLOURS, label_dates, new_axes
from ccomlib.validation import require_columns, require_range
from ccomlib.wording import WEEKDAYS

from .model import TrafficModel
from .table import read_intervals

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ccomlib.io import Sheet

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

    units: ClassVar[Mapping[str, str]] = {"占来电量": "%"}

    cells: pd.DataFrame
    """每格一行，列：分格的各列、重复数、均值、标准差、离散系数、泊松下限、超额离散系数、离散系数标准误、检验量、p值、判定。"""
    by: tuple[str, ...]
    """按哪些列分格。"""
    good: float
    fair: float
    min_repeats: int
    excluded_days: int
    """因节假日、事件没有用的天数。"""
    rows: pd.DataFrame
    """每次重复一行，列：日期、分格的各列、实际、期望（期望已调到每格合计与实际相同）。"""
    modelled: bool = False
    """期望来自话务模型（真），还是就是这一格的均值（假）。"""

    @property
    def excess(self) -> float:
        """各格合起来的超额离散系数：一格只有二十来次，一格的超额抖得厉害，定员用这一个。"""
        free = self.cells["重复数"] - 1
        over = ((self.cells["检验量"] - free) / free.where(free > 0)).sum()
        return float(np.sqrt(max(0.0, over) / self.cells["均值"].sum()))

    @property
    def day_excess(self) -> float:
        """整天一起高、一起低的那一份：把一天加起来再算超额离散系数。"""
        day = self.rows.groupby("日期")[["实际", "期望"]].sum()
        over = ((day["实际"] - day["期望"]) ** 2 - day["期望"]).sum()
        return float(np.sqrt(max(0.0, over) / (day["期望"] ** 2).sum()))

    def chance(self, alpha: float = 0.05, sizes: Sequence[float] = (10, 50, 100)) -> pd.DataFrame:
        """多少格散得超过纯随机，其中多少本来靠运气也会有？按格的大小分开数。

        Parameters
        ----------
        alpha : 一格的检验线（教学约定 5%）。
        sizes : 每格均值从哪里分段（通）。

        Returns
        -------
        DataFrame
            一段一行，最后是合计：格数、靠运气会过线（格数 × alpha）、过线、来电量占比。
        """
        require_range(alpha, "alpha", 0, 1, above=True, below=True)
        edges = [0, *sizes, np.inf]
        pairs = itertools.pairwise(sizes)
        names = [f"不到 {sizes[0]:g} 通", *(f"{low:g}–{high:g} 通" for low, high in pairs)]
        names.append(f"{sizes[-1]:g} 通以上")
        tested = self.cells[self.cells["p值"].notna()]
        size = pd.cut(tested["均值"], edges, right=False, labels=names)
        groups = tested.assign(过线=tested["p值"] < alpha, 量=tested["均值"] * tested["重复数"])
        found = groups.groupby(size, observed=True).agg(
            格数=("过线", "size"), 过线=("过线", "sum"), 来电量占比=("量", "sum")
        )
        found.index = found.index.astype(str)
        found.loc["合计"] = found.sum()
        found["来电量占比"] /= found.loc["合计", "来电量占比"]
        found.insert(1, "靠运气会过线", alpha * found["格数"])
        counts = found[["格数", "过线"]].astype(int)
        return found.assign(**counts).rename_axis("每格均值")

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
        ax.plot(means, 1 / np.sqrt(means), color="black", label="纯随机 1/√均值")
        ax.set_xscale("log")
        steps = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
        ticks = [t for t in steps if means[0] <= t <= means[-1]]
        ax.set_xticks(ticks, [f"{t:,}" for t in ticks])
        ax.minorticks_off()
        ax.set_ylim(0, 1.1 * seen["离散系数"].max())
        finding(ax, self._beyond(), "每点一格，黑线是纯随机也有的离散系数")
        ax.set(xlabel="每格均值（通，对数刻度）", ylabel="离散系数")
        legend_outside(ax)
        return ax

    def plot_cell(self, *cell: str, ax: Axes | None = None) -> Axes:
        """一格的历次来电，与模型（或均值）说的数；灰带是纯随机九成会落进的范围。

        Parameters
        ----------
        cell : 哪一格，次序同 ``by``，例如 ``"周一", "09:30"``。
        """
        if len(cell) != len(self.by):
            raise ValueError(
                f"要说明是哪一格：请依次给 {'、'.join(self.by)}，例如 “周一”, “09:30”。"
            )
        chosen = (self.rows[list(self.by)].astype(str) == list(map(str, cell))).all(axis=1)
        one = self.rows[chosen].sort_values("日期")
        if one.empty:
            raise ValueError(f"没有这一格：{' '.join(map(str, cell))}，请核对写法。")
        from scipy import stats

        ax = new_axes(ax)
        low, high = (stats.poisson.ppf(q, one["期望"]) for q in (0.05, 0.95))
        told = "模型说的数" if self.modelled else "均值"
        ax.fill_between(one["日期"], low, high, color="#E0E0E0", lw=0, label="纯随机，十次里九次")
        ax.plot(one["日期"], one["期望"], color="black", label=told)
        ax.plot(one["日期"], one["实际"], "o", color=COLOURS["main"], label="实际")
        outside = int(((one["实际"] < low) | (one["实际"] > high)).sum())
        said = f"{' '.join(map(str, cell))}：{len(one)} 次里 {outside} 次在纯随机的范围以外"
        finding(ax, said, f"灰带以{told}为中心")
        ax.set(xlabel="日期", ylabel="呼入量（通/时段）", ylim=(0, None))
        label_dates(ax, pd.DatetimeIndex(one["日期"]))
        legend_outside(ax)
        return ax

    def page(self) -> Sheet:
        """存成 Excel 的一页：一格一行，从均值与标准差起都是活的公式。"""
        from ccomlib.io import Sheet

        some = self.cells[self.cells["均值"] > 0]
        names = [*self.by, "重复数", "均值", "标准差", "p值", "判定"]
        return Sheet(
            some[names],
            formulas={
                "离散系数": "[标准差] / [均值]",
                "泊松下限": "1 / SQRT([均值])",
                "检验量": "([重复数] - 1) * [标准差] * [标准差] / [均值]",
                "超额离散系数": "SQRT(MAX(0, [离散系数] * [离散系数] - 1 / [均值]))",
            },
            sentence=str(self),
        )

    def _beyond(self) -> str:
        total = self.chance().loc["合计"]
        return (
            f"{total['格数']:.0f} 格里 {total['过线']:.0f} 格散得超过纯随机"
            f"（靠运气约 {total['靠运气会过线']:.0f} 格）"
        )

    def __str__(self) -> str:
        shares = self.shares
        parts = [f"{shares[v]:.0%} {v}" for v in VERDICTS if shares[v] > 0]
        without = f"，已去掉节假日与事件 {self.excluded_days} 天" if self.excluded_days else ""
        told = "已照话务模型扣掉星期、月份与时段" if self.modelled else "每格各次之间没有趋势与季节"
        return (
            f"{self._beyond()}；合起来的超额离散系数 {self.excess:.2f}。"
            f"按来电量算，{'、'.join(parts)}（超额 {self.good:g} 以内可靠、{self.fair:g} 以内可用，"
            f"教学约定{without}）；前提是{told}、来电近似泊松。"
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
    model: TrafficModel | None = None,
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
    model : 话务模型；给了就与它每次说的数比（月份、星期都已扣掉），不给就与这一格的均值比。

    Returns
    -------
    Reliability
        逐格的均值、离散系数、泊松下限、超额离散系数、检验与判定；``excess`` 是合起来的一个。

    Raises
    ------
    ValueError
        缺列、空值、负数、一个时段有几行、阈值不对。

    Notes
    -----
    离散系数 CV = s ÷ 均值，s 除以 n−1；泊松来电的下限 1/√均值（25 通的时段平均就有 0.20）；
    超额离散系数 = √max(0, CV² − 1/均值)；标准误 ≈ CV/√(2(n−1))，8 次重复时约为 CV 的 27%。
    检验量 (n−1)s² ÷ 均值，纯随机时服从自由度 n−1 的卡方分布；均值不到 5 通时是近似。
    给了模型，检验量 = Σ(实际 − 期望)² ÷ 期望，期望先调到每格合计与实际相同；s、CV 由它倒推，
    所以没有模型的一格正是上面的数。均值为 0 的格没有离散系数，判“样本不足”。

    References
    ----------
    Cox & Lewis (1966), The Statistical Analysis of Series of Events：泊松计数的方差等于均值；
    Fisher, Thornton & Mackenzie (1922), Ann. Appl. Biol. 9: 325–359：(n−1)s² ÷ 均值 的卡方检验。

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
    rows = _rows(used, by, model)
    cells = _cells(rows, by)
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
        rows=rows,
        modelled=model is not None,
    )


def _rows(used: pd.DataFrame, by: tuple[str, ...], model: TrafficModel | None) -> pd.DataFrame:
    """每次重复的实际与期望；期望调到每格合计与实际相同。"""
    if "星期" in by:
        used = used.assign(星期=pd.Categorical(used["星期"], WEEKDAYS, ordered=True))
    rows = used[list(dict.fromkeys(["日期", "时段", *by]))].assign(实际=used["数值"].astype(float))
    if model is None:
        rows["期望"] = 1.0
    else:
        told = model.predict(rows["日期"].drop_duplicates())[["日期", "时段", "预测量"]]
        rows = rows.merge(told, on=["日期", "时段"], how="left").rename(columns={"预测量": "期望"})
        missing = rows["期望"].isna()
        if missing.any():
            slot = rows.loc[missing, "时段"].iloc[0]
            raise ValueError(f"模型里没有时段 {slot}：请用同一份历史建的模型。")
    total = rows.groupby(list(by), observed=True)[["实际", "期望"]].transform("sum")
    rows["期望"] *= (total["实际"] / total["期望"].where(total["期望"] > 0)).fillna(0.0)
    return rows


def _cells(rows: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    """每格的重复数、均值、标准差与各种离散系数。"""
    from scipy import stats

    miss = (rows["实际"] - rows["期望"]) ** 2 / rows["期望"].where(rows["期望"] > 0)
    group = rows.assign(检验量=miss).groupby(list(by), observed=True)
    cells = group.agg(
        重复数=("实际", "size"), 均值=("实际", "mean"), 检验量=("检验量", "sum")
    ).reset_index()
    if "星期" in by:
        cells["星期"] = cells["星期"].astype(str)
    mean = cells["均值"].where(cells["均值"] > 0)
    free = (cells["重复数"] - 1).where(lambda n: n > 0)
    scatter = cells.pop("检验量").where(mean.notna())
    cells["标准差"] = np.sqrt(scatter / free * cells["均值"])
    cells.loc[mean.isna() & free.notna(), "标准差"] = 0.0
    cells["离散系数"] = cells["标准差"] / mean
    cells["泊松下限"] = 1 / np.sqrt(mean)
    cells["超额离散系数"] = np.sqrt((cells["离散系数"] ** 2 - 1 / mean).clip(lower=0))
    cells["离散系数标准误"] = cells["离散系数"] / np.sqrt(2 * (cells["重复数"] - 1).clip(lower=1))
    cells["检验量"] = scatter.where(free.notna())
    cells["p值"] = stats.chi2.sf(cells["检验量"], free)
    return cells
