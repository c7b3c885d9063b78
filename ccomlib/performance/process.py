"""过程分解：总指标变了，是哪一段变的；人与人差在哪一段？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import finding
from ccomlib.multiplicity import holm
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import as_numbers, require_columns, require_range, rounding, varies

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ProcessDecomposition", "process_decomposition"]


@dataclass(frozen=True, eq=False)
class ProcessDecomposition(Result):
    """总指标 = 各段之和的分解。由 ``process_decomposition`` 得到，不直接构造。"""

    table: pd.DataFrame
    """列：过程、之前、之后、变化、变化率、占总变化、p（Holm）、人际方差占比、预警。"""
    total: tuple[float, float]
    """总指标之前、之后的加权平均。"""
    names: tuple[str, str]
    outcome: str
    unit: str
    paired: bool
    """前后是同一批人，用配对检验。"""

    @property
    def change(self) -> float:
        """总指标的变化：之后 − 之前。"""
        return self.total[1] - self.total[0]

    @property
    def alarms(self) -> tuple[str, ...]:
        """变化够大又显著的过程。"""
        return tuple(self.table.loc[self.table["预警"], "过程"])

    @property
    def main(self) -> str:
        """与总变化同方向、贡献最大的过程。"""
        sign = 1 if self.change >= 0 else -1
        return str(self.table.loc[(sign * self.table["变化"]).idxmax(), "过程"])

    def summary(self) -> pd.DataFrame:
        """逐段列出。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """各段变化的柱，从 0 起；最右边是合计。"""
        ax = new_axes(ax, figsize=(max(7.0, 1.2 * (len(self.table) + 2)), 4.2))
        change = [*self.table["变化"], self.change]
        x = np.arange(len(change))
        labels = [*self.table["过程"], "合计"]
        colours = [COLOURS["bad"] if value > 0 else COLOURS["good"] for value in change]
        colours[-1] = COLOURS["main"]
        ax.bar(x, change, color=colours, width=0.6)
        ax.axhline(0, color=COLOURS["grey"], lw=1)
        for place, value in zip(x, change, strict=True):
            up = value >= 0
            ax.annotate(
                f"{value:+.1f}",
                (place, value),
                xytext=(0, 3 if up else -3),
                textcoords="offset points",
                ha="center",
                va="bottom" if up else "top",
            )
        ax.margins(y=0.15)
        rotation = 30 if max(map(len, labels)) > 6 and len(labels) > 5 else 0
        ax.set_xticks(x, labels, rotation=rotation)
        ax.grid(axis="x", visible=False)
        ax.set(ylabel=f"{self.outcome}的变化（{self.unit}）")
        before, after = (f"{value:.1f}" for value in self.total)
        said = f"{self.names[0]} {before} → {self.names[1]} {after}：变得最多的是{self.main}"
        finding(ax, said, f"{self.outcome}的变化由哪一段来")
        return ax

    def __str__(self) -> str:
        spread = self.table.loc[self.table["人际方差占比"].idxmax()]
        head = f"{self.outcome}从 {self.total[0]:.1f} 到 {self.total[1]:.1f} {self.unit}（{self.change:+.1f}）"
        lead = self.table.set_index("过程").loc[self.main]
        if not varies(self.total):
            head += "，合计没有变，各段的变化相互抵消"
        else:
            head += f"，主要来自{self.main}（{lead['变化']:+.1f}，占总变化 {lead['占总变化']:.0%}）"
        alarm = f"；预警：{'、'.join(self.alarms)}" if self.alarms else "；没有一段达到预警"
        return (
            f"{head}{alarm}；人与人的差异最多来自{spread['过程']}（方差的 {spread['人际方差占比']:.0%}）；"
            "均按量加权，分解只说在哪一段，为什么还要去听录音、查流程。"
        )


def process_decomposition(
    before: pd.DataFrame,
    after: pd.DataFrame,
    parts: Sequence[str],
    *,
    weight: str | None = "接起量",
    person: str = "工号",
    names: tuple[str, str] = ("之前", "之后"),
    outcome: str = "平均处理时长",
    unit: str = "秒",
    alarm: float = 0.05,
    alpha: float = 0.05,
) -> ProcessDecomposition:
    """总指标的变化来自哪一段过程，人与人的差异又在哪一段？

    Parameters
    ----------
    before, after : 前后两期，各一行一人；列有 person、各段的平均（如 通话秒、保持秒、
        话后秒，每通）与 weight。
    parts : 相加等于总指标的各段的列，至少两段。
    weight : 加权的列（接起量）；None 则各人同权。
    person : 人的列，用来看前后是不是同一批人。
    names, outcome, unit : 两期、总指标与单位的名字。
    alarm : 变化率的绝对值达到它且显著就预警，0.05 是教学约定。
    alpha : Holm 校正后的显著性水平。

    Returns
    -------
    ProcessDecomposition
        各段的变化、占总变化的比例、人际方差占比与预警。

    Raises
    ------
    ValueError
        缺列、不足 3 人、空值、负数、权重合计为 0、各段都没有变化。

    Notes
    -----
    占总变化 = Δ段 ÷ Δ总；人际方差占比 = cov(段, 总) ÷ var(总)，取之后一期，合计为 1。
    同一批人用配对 t 检验，不是则用 Welch；检验各人同权，平均值按量加权，
    所以接得多的人换了，也会算进变化里。

    Examples
    --------
    >>> first = pd.DataFrame({"工号": ["A", "B", "C"], "接起量": [100, 100, 200],
    ...                       "通话": [200, 210, 220], "话后": [40, 50, 60]})
    >>> later = first.assign(通话=[205, 212, 222], 话后=[70, 85, 95])
    >>> result = process_decomposition(first, later, ["通话", "话后"])
    >>> result.main, result.change, result.alarms
    ('话后', 36.5, ('话后',))
    """
    parts = list(parts)
    if len(parts) < 2 or len(set(parts)) < len(parts):
        raise ValueError("parts 至少要两段，且不能重复：请写明相加等于总指标的各段。")
    require_range(alarm, "alarm", 0)
    require_range(alpha, "alpha", 0, 1, above=True, below=True)
    frames, weights = [], []
    for name, table in zip(names, (before, after), strict=True):
        label = f"{name}的表"
        require_columns(table, [person, *parts, *([weight] if weight else [])], label)
        if len(table) < 3:
            raise ValueError(f"{label}只有 {len(table)} 人，至少要 3 人：请给全组的数据。")
        if table[person].duplicated().any():
            row = int(np.flatnonzero(table[person].duplicated())[0])
            raise ValueError(
                f"{label}第 {row + 1} 行的 {table[person].iloc[row]} 重复：一人只写一行。"
            )
        people = table[person].to_numpy()
        frame = pd.DataFrame(
            {part: require_range(table[part].set_axis(people), part, 0) for part in parts},
            index=people,
        )
        size = np.ones(len(table))
        if weight:
            size = require_range(table[weight].set_axis(people), weight, 0)
        if size.sum() == 0:
            raise ValueError(f"{label}的{weight}合计是 0：没有量就没有平均，请核对。")
        frames.append(frame)
        weights.append(as_numbers(size, "权重"))
    means = [
        pd.Series(np.average(frame, axis=0, weights=size), index=parts)
        for frame, size in zip(frames, weights, strict=True)
    ]
    change = means[1] - means[0]
    total = float(means[0].sum()), float(means[1].sum())
    moved = total[1] - total[0]
    later = frames[1].sum(axis=1)
    spread = float(later.var(ddof=1))
    if not varies(later, frames[1]):
        raise ValueError(f"{names[1]}各人的{outcome}完全一样，谈不上人与人的差异：请核对数据。")
    paired = set(frames[0].index) == set(frames[1].index)
    p = holm([_p_value(frames[0][part], frames[1][part], paired) for part in parts])
    rate = (change / means[0].where(means[0] > 0)).to_numpy()
    table = pd.DataFrame(
        {
            "过程": parts,
            "之前": means[0].to_numpy(),
            "之后": means[1].to_numpy(),
            "变化": change.to_numpy(),
            "变化率": rate,
            "占总变化": change.to_numpy() / moved if varies(total) else np.full(len(parts), np.nan),
            "p（Holm）": p,
            "人际方差占比": [
                float(np.cov(frames[1][part], later)[0, 1] / spread) for part in parts
            ],
            # 之前为 0 的过程是新冒出来的，变化率没有定义，显著就预警
            "预警": (p < alpha) & (np.isnan(rate) | (np.abs(rate) >= alarm)),
        }
    )
    return ProcessDecomposition(table, total, names, outcome, unit, paired)


def _p_value(before: pd.Series, after: pd.Series, paired: bool) -> float:
    """前后两期各人的平均差检验；没有变化的段 p 为 1，人人变得一样多的 p 为 0。"""
    from scipy.stats import ttest_ind, ttest_rel

    if paired:
        gap = (after.reindex(before.index) - before).to_numpy()
        if not varies(gap, before, after):
            return 1.0 if abs(gap[0]) <= rounding(before, after) else 0.0
        return float(ttest_rel(after.reindex(before.index), before).pvalue)
    if not varies(before) and not varies(after):
        return 0.0 if varies([before.iloc[0], after.iloc[0]]) else 1.0
    return float(ttest_ind(after, before, equal_var=False).pvalue)
