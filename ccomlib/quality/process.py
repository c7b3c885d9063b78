"""流程节点：哪个节点缺陷最多，整条流程一次做对的有多少，修好它能换来什么？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import label_bars, percent_axis
from ccomlib.proportions import wilson_limits
from ccomlib.reading import read_flags, read_labels, read_rows
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ProcessQuality", "node_counts", "process_nodes"]

MILLION = 1_000_000


@dataclass(frozen=True, eq=False)
class ProcessQuality(Result):
    """各流程节点的缺陷与整条流程的一次做对率。由 ``process_nodes`` 或 ``node_counts`` 得到。"""

    table: pd.DataFrame
    """一个节点一行，列：节点、数量、缺陷、缺陷率、下限、上限、DPMO、西格玛水平、修好后 Y、提升。
    没有缺陷或全是缺陷时西格玛水平为空。"""
    rolled_yield: float
    """Y = Π(1 − d)。"""
    worst: str
    """缺陷率最高的节点。"""
    target: float
    """修好是指把缺陷率降到这里。"""
    improved: float
    """修好最差的节点以后的 Y。"""
    observed: float | None
    """实际没有任何缺陷的单子占比；只有节点合计时为 None。"""
    opportunities: int
    shift: float
    confidence: float

    def summary(self) -> pd.DataFrame:
        """逐个节点列出。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """各节点的缺陷率（柱与区间），与一路下来还没有出过缺陷的比例（线，右轴）。"""
        table = self.table
        ax = new_axes(ax, figsize=(8.6, 4.2))
        x = np.arange(len(table))
        colours = np.where(table["节点"] == self.worst, COLOURS["bad"], COLOURS["main"])
        rate = table["缺陷率"].to_numpy()
        spread = np.maximum(np.array([rate - table["下限"], table["上限"] - rate]), 0)
        ax.bar(x, rate, color=colours, width=0.6)
        ax.errorbar(x, rate, spread, fmt="none", ecolor="#444444", capsize=3, linewidth=1)
        right = ax.twinx()
        right.plot(x, np.cumprod(1 - rate), "o-", color=COLOURS["second"], label="累计一次做对率")
        right.set(ylim=(0, 1.02), ylabel="累计一次做对率")
        right.spines["right"].set_visible(True)
        right.grid(visible=False)
        percent_axis(right.yaxis)
        percent_axis(ax.yaxis)
        label_bars(ax, table["节点"].tolist())
        ax.set(
            title=f"各节点缺陷率（柱，红色最差）与累计一次做对率（线，Y = {self.rolled_yield:.1%}）",
            xlabel="流程节点",
            ylabel="缺陷率",
            ylim=(0, 1.25 * float(table["上限"].max())),
        )
        ax.grid(visible=False, axis="x")
        return ax

    def __str__(self) -> str:
        row = self.table.set_index("节点").loc[self.worst]
        text = (
            f"{len(self.table)} 个节点一次做对率 Y = {self.rolled_yield:.1%}；最差的是{self.worst}，缺陷率 "
            f"{row['缺陷率']:.1%}（{self.confidence:.0%} 区间 {row['下限']:.1%} 到 {row['上限']:.1%}，"
            f"DPMO {row['DPMO']:,.0f}）"
        )
        if self.improved > self.rolled_yield:
            text += (
                f"；把它降到 {self.target:.1%}，Y 升到 {self.improved:.1%}"
                f"（+{100 * (self.improved - self.rolled_yield):.1f} 个百分点）"
            )
        if self.observed is not None:
            text += f"；实际没有任何缺陷的单子占 {self.observed:.1%}"
        return text + (f"；连乘假定各节点的缺陷互不相干，西格玛水平含 {self.shift:g}σ 的惯例偏移。")


def node_counts(
    table: pd.DataFrame,
    *,
    node: str = "节点",
    total: str = "数量",
    defects: str = "缺陷数",
    target: float | None = None,
    opportunities: int = 1,
    shift: float = 1.5,
    confidence: float = 0.95,
) -> ProcessQuality:
    """只有每个节点的合计时：缺陷率、DPMO 与一次做对率。

    Parameters
    ----------
    table : 一个节点一行，按流程次序排，列：节点、数量、缺陷数。
    node, total, defects : 列名。
    target : 修好是指降到多少缺陷率；不给就用其余节点缺陷率的中位数。
    opportunities : 一件在一个节点有几次出缺陷的机会（检查点数）。
    shift : 西格玛水平的惯例偏移；1.5 是六西格玛的惯例，0 是不加。
    confidence : 置信水平。

    Returns
    -------
    ProcessQuality

    Raises
    ------
    ValueError
        缺列、不足两个节点、节点重复、数量不是正数、缺陷多于数量 × 机会数。

    Notes
    -----
    DPMO = 10⁶ × 缺陷 ÷ (数量 × 机会数)；西格玛水平 = Φ⁻¹(1 − DPMO/10⁶) + shift；
    d = 缺陷 ÷ 数量，Y = Π(1 − d)。一件上不止一个缺陷时 d 应是有缺陷的件数占比。

    References
    ----------
    Montgomery, Introduction to Statistical Quality Control，六西格玛一章。

    Examples
    --------
    >>> table = pd.DataFrame({"节点": ["受理", "派单", "上门"], "数量": [1000] * 3, "缺陷数": [20, 150, 50]})
    >>> result = node_counts(table)
    >>> round(result.rolled_yield, 3), result.worst, round(result.improved, 3)
    (0.791, '派单', 0.898)
    """
    read_rows(table, [node, total, defects], "节点表")
    names = read_labels(table[node], node)
    if names.duplicated().any():
        raise ValueError(f"{node}里 {names[names.duplicated()].iloc[0]} 出现不止一次：请先合并。")
    count = require_range(pd.Series(table[total].to_numpy(), names), total, 0, above=True)
    bad = require_range(pd.Series(table[defects].to_numpy(), names), defects, 0)
    return _result(
        names.tolist(), count, bad, bad, target, opportunities, shift, confidence, observed=None
    )


def process_nodes(
    table: pd.DataFrame,
    *,
    ticket: str | None = "服务单号",
    node: str = "节点",
    defect: str = "缺陷",
    order: Sequence[str] | None = None,
    target: float | None = None,
    opportunities: int = 1,
    shift: float = 1.5,
    confidence: float = 0.95,
) -> ProcessQuality:
    """流程质检：每个节点的缺陷率、DPMO、西格玛水平，整条流程的一次做对率，先修哪个节点。

    Parameters
    ----------
    table : 一张单子过一个节点一行，列：服务单号、节点、缺陷（是/否，或缺陷个数）。
    ticket : 单号列，给了就另算实际没有任何缺陷的单子占比；没有就给 None。
    node, defect : 列名。
    order : 节点的次序；不给就按出现的先后。
    target : 修好是指降到多少缺陷率；不给就用其余节点缺陷率的中位数。
    opportunities : 一件在一个节点有几次出缺陷的机会（检查点数）。
    shift : 西格玛水平的惯例偏移；1.5 是六西格玛的惯例，0 是不加。
    confidence : 置信水平。

    Returns
    -------
    ProcessQuality

    Raises
    ------
    ValueError
        缺列、空值、不足两个节点、order 与数据里的节点对不上。

    Notes
    -----
    d = 有缺陷的件数 ÷ 件数；Y = Π(1 − d)；DPMO = 10⁶ × 缺陷 ÷ (件数 × 机会数)。

    References
    ----------
    Montgomery, Introduction to Statistical Quality Control，六西格玛一章。

    Examples
    --------
    >>> table = pd.DataFrame({"服务单号": list("AABBCCDD"), "节点": ["派单", "上门"] * 4,
    ...                       "缺陷": [0, 0, 1, 0, 0, 1, 0, 0]})
    >>> result = process_nodes(table)
    >>> result.rolled_yield, result.observed
    (0.5625, 0.5)
    """
    read_rows(table, [node, defect, *([ticket] if ticket else [])], "流程表")
    names = read_labels(table[node], node)
    values = table[defect]
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        number = require_range(values, defect, 0)
    else:
        number = read_flags(values, defect).to_numpy().astype(float)
    seen = list(dict.fromkeys(names))
    if order is not None:
        differ = [name for name in (*seen, *order) if name not in seen or name not in order]
        if differ:
            raise ValueError(
                f"order 与{node}列对不上：{'、'.join(dict.fromkeys(differ))}。请写全所有节点。"
            )
        seen = list(order)
    groups = pd.DataFrame({"数": number, "坏": number > 0}).groupby(names.to_numpy())
    size, defects, bad = (
        found.reindex(seen).to_numpy(dtype=float)
        for found in (groups.size(), groups["数"].sum(), groups["坏"].sum())
    )
    observed = None
    if ticket is not None:
        number_of = read_labels(table[ticket], ticket).to_numpy()
        observed = float(1 - pd.Series(number > 0).groupby(number_of).any().mean())
    return _result(seen, size, defects, bad, target, opportunities, shift, confidence, observed)


def _result(
    names: list[str],
    count: np.ndarray,
    defects: np.ndarray,
    bad: np.ndarray,
    target: float | None,
    opportunities: int,
    shift: float,
    confidence: float,
    observed: float | None,
) -> ProcessQuality:
    if len(names) < 2:
        raise ValueError(f"只有 {len(names)} 个节点，不成流程：至少要两个。")
    chances = float(require_range(opportunities, "opportunities", 1))
    over = defects > count * chances
    if over.any():
        place = int(np.flatnonzero(over)[0])
        raise ValueError(
            f"{names[place]}有 {defects[place]:g} 个缺陷，多于 {count[place]:g} 件 × {chances:g} 次机会："
            "请核对，或把 opportunities 改成一件有几个检查点。"
        )
    bad = np.minimum(bad, count)
    rate = bad / count
    worst = int(np.argmax(rate))
    goal = float(np.median(np.delete(rate, worst))) if target is None else target
    goal = float(require_range(goal, "target", 0, 1))
    rolled = float(np.prod(1 - rate))
    mended = np.array(
        [
            np.prod(1 - np.where(np.arange(len(rate)) == place, np.minimum(rate, goal), rate))
            for place in range(len(rate))
        ]
    )
    low, high = wilson_limits(bad, count, confidence)
    per_million = MILLION * defects / (count * chances)
    sigma = [
        NormalDist().inv_cdf(1 - value / MILLION) + shift if 0 < value < MILLION else None
        for value in per_million
    ]
    table = pd.DataFrame(
        {
            "节点": names,
            "数量": count.astype(int),
            "缺陷": defects.astype(int),
            "缺陷率": rate,
            "下限": low,
            "上限": high,
            "DPMO": per_million,
            "西格玛水平": np.array(sigma, dtype=float),
            "修好后 Y": mended,
            "提升": mended - rolled,
        }
    )
    return ProcessQuality(
        table=table,
        rolled_yield=rolled,
        worst=names[worst],
        target=goal,
        improved=float(mended[worst]),
        observed=observed,
        opportunities=int(chances),
        shift=float(shift),
        confidence=float(confidence),
    )
