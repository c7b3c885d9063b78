"""帕累托：少数几类占了大头吗，是哪几类？"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import label_bars, percent_axis
from ccomlib.reading import read_counts, read_labels
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_share

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Pareto", "count_labels", "pareto"]

MAX_BARS = 12
EVEN = 0.6


@dataclass(frozen=True, eq=False)
class Pareto(Result):
    """各类的件数与累计占比。由 ``pareto`` 得到。"""

    table: pd.DataFrame
    """一类一行，件数多的在前，列：类别、件数、占比、累计、关键。"""
    total: int
    threshold: float

    @property
    def vital(self) -> tuple[str, ...]:
        """关键的少数：累计刚到 threshold 的那几类。"""
        return tuple(self.table.loc[self.table["关键"], "类别"])

    @property
    def concentrated(self) -> bool:
        """关键的类数不到全部类数的六成：确有少数占大头。"""
        return len(self.vital) < EVEN * len(self.table)

    def summary(self) -> pd.DataFrame:
        """逐类列出。"""
        return self.table

    def excel(self) -> dict[str, Any]:
        """占比与累计是活的公式：改一个件数，后面都跟着变。"""
        share = {"占比": "[件数] / 合计[件数]", "累计": "累计[件数] / 合计[件数]"}
        return {"formulas": share, "totals": ["件数"]}

    def plot(self, ax: Axes | None = None) -> Axes:
        """件数的柱与累计占比的线；超过 12 类的并成「其余」。"""
        table = self.table[["类别", "件数", "关键"]]
        if len(table) > MAX_BARS:
            rest = table.iloc[MAX_BARS - 1 :]
            other = {"类别": f"其余 {len(rest)} 类", "件数": rest["件数"].sum(), "关键": False}
            table = pd.concat(
                [table.iloc[: MAX_BARS - 1], pd.DataFrame([other])], ignore_index=True
            )
        ax = new_axes(ax, figsize=(9, 4.4))
        x = np.arange(len(table))
        ax.bar(
            x,
            table["件数"],
            color=np.where(table["关键"].astype(bool), COLOURS["main"], "#BDBDBD"),
            width=0.7,
        )
        # 数写在柱脚，不与累计线相撞；太矮的柱写在柱顶
        low = 0.07 * float(table["件数"].max())
        for place, (count, vital) in enumerate(zip(table["件数"], table["关键"], strict=True)):
            inside = count > low
            ax.text(
                place,
                0.012 * float(table["件数"].max()) if inside else count,
                f"{count:,}",
                ha="center",
                va="bottom",
                fontsize=10,
                color="white" if inside and vital else "#222222",
            )
        right = ax.twinx()
        right.plot(
            x,
            table["件数"].cumsum() / self.total,
            "o-",
            color=COLOURS["second"],
            label="累计占比（右轴）",
        )
        right.axhline(
            self.threshold,
            color=COLOURS["bad"],
            linestyle="--",
            label=f"{self.threshold:.0%}（教学约定）",
        )
        right.set_ylim(0, 1.05)
        right.spines["right"].set_visible(True)
        right.grid(visible=False)
        percent_axis(right.yaxis)
        label_bars(ax, table["类别"].tolist())
        ax.set(
            title=f"帕累托图：{len(self.vital)} 类占 {self._reached:.0%}（共 {self.total:,} 件）",
            ylabel="件数",
            ylim=(0, 1.12 * float(table["件数"].max())),
        )
        ax.grid(visible=False, axis="x")
        right.legend(loc="upper left", bbox_to_anchor=(1.08, 1))
        return ax

    @property
    def _reached(self) -> float:
        return float(self.table["累计"].iloc[len(self.vital) - 1])

    def __str__(self) -> str:
        names = "、".join(self.vital[:5]) + ("等" if len(self.vital) > 5 else "")
        text = (
            f"{len(self.table)} 类共 {self.total:,} 件，{names}这 {len(self.vital)} 类占 "
            f"{self._reached:.1%}（门槛 {self.threshold:.0%}，教学约定）"
        )
        if not self.concentrated:
            text += "；各类差不多多，没有少数占大头，换一个角度分类再看"
        return text + "；多不等于在变多，看变化要用贡献度，看轻重要加损失的权重。"


def pareto(data: Any, *, threshold: float = 0.8) -> Pareto:
    """少数几类占了大头吗：件数、占比、累计占比与帕累托图。

    Parameters
    ----------
    data : 一件一个类别的一列文字（投诉原因列），或 类别 → 件数（映射，或以类别为索引的 Series）。
    threshold : 累计到多少算关键的少数（教学约定 0.8）。

    Returns
    -------
    Pareto

    Raises
    ------
    ValueError
        空的、有空值、件数不是不为负的整数、合计为 0、threshold 不在 0 与 1 之间。

    Notes
    -----
    按件数从多到少累加，累计第一次达到 threshold 的那一类（含）以前都是关键的。

    References
    ----------
    Juran, Quality Control Handbook（关键的少数）。

    Examples
    --------
    >>> result = pareto({"收费不符": 50, "未按约上门": 30, "态度": 12, "其他": 8})
    >>> result.vital, result.table["累计"].tolist()
    (('收费不符', '未按约上门'), [0.5, 0.8, 0.92, 1.0])
    """
    threshold = require_share(threshold, "threshold")
    count = count_labels(data, "data")
    total = int(count.sum())
    if total == 0:
        raise ValueError("件数合计是 0，谈不上占比：请换一段有数据的时间。")
    table = count.rename_axis("类别").rename("件数").reset_index()
    table = table.sort_values(["件数", "类别"], ascending=[False, True], ignore_index=True)
    table["占比"] = table["件数"] / total
    table["累计"] = table["件数"].cumsum() / total
    before = table["累计"].shift(fill_value=0.0)
    # 0.3 + 0.5 在浮点里可能略小于 0.8
    table["关键"] = before < threshold - 1e-12
    return Pareto(table, total, threshold)


def count_labels(data: Any, name: str) -> pd.Series:
    """一列类别数成件数；已经是 类别 → 件数 的原样检查。

    >>> count_labels(["收费", "态度", "收费"], "data").to_dict()
    {'收费': 2, '态度': 1}
    """
    if isinstance(data, Mapping):
        return read_counts(data, name)
    if isinstance(data, pd.Series) and pd.api.types.is_numeric_dtype(data):
        if isinstance(data.index, pd.RangeIndex):
            raise ValueError(
                f"{name}是一列数而没有类别作标签：请给一列文字，或用类别作索引的件数。"
            )
        return read_counts(data, name)
    if isinstance(data, str) or not isinstance(data, Iterable):
        raise ValueError(f"{name}应是一列类别，或 类别 → 件数，但得到 {type(data).__name__}。")
    labels = read_labels(data if isinstance(data, pd.Series) else list(data), name)
    if labels.empty:
        raise ValueError(f"{name}是空的：请检查筛选条件。")
    return labels.value_counts()
