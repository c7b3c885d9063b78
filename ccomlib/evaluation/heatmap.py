"""余缺热力图：缺人是偶然一天，还是每天这个时段都缺？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import finding, slot_axis
from ccomlib.results import Result
from ccomlib.style import new_axes
from ccomlib.validation import require_columns, require_range
from ccomlib.wording import date_text, day_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["StaffingHeatmap", "heatmap"]

MAX_TICKS = 16
MEASURES = {"actual": "实际在岗", "planned": "排班人数"}


@dataclass(frozen=True, eq=False)
class StaffingHeatmap(Result):
    """多天的人数余缺。由 ``heatmap`` 生成，不直接构造。

    ``matrix`` 行是日期、列是时段，正数是余、负数是缺；表里没有的格子是空值。
    """

    matrix: pd.DataFrame
    measure: str
    systematic_share: float

    @property
    def by_slot(self) -> pd.DataFrame:
        """逐时段：缺人的天数、天数、缺人天数占比、平均余缺。"""
        days = self.matrix.notna().sum()
        short = (self.matrix < 0).sum()
        return pd.DataFrame(
            {
                "缺人天数": short,
                "天数": days,
                "缺人天数占比": short / days,
                "平均余缺": self.matrix.mean(),
            }
        ).rename_axis("时段")

    @property
    def systematic(self) -> list[str]:
        """缺人天数占比不低于 ``systematic_share`` 的时段：是模板的问题。"""
        table = self.by_slot
        return table.index[table["缺人天数占比"] >= self.systematic_share].tolist()

    def summary(self) -> pd.DataFrame:
        """逐时段：有几天缺人、平均差几人。"""
        return self.by_slot

    def plot(self, ax: Axes | None = None) -> Axes:
        """热力图：红是缺，蓝是余，越深差得越多。"""
        ax = new_axes(ax, figsize=(9.0, 4.0 + 0.12 * max(0, len(self.matrix) - 14)))
        limit = max(1.0, float(np.nanmax(np.abs(self.matrix.to_numpy()))))
        image = ax.imshow(
            np.ma.masked_invalid(self.matrix.to_numpy()),
            cmap="RdBu",
            vmin=-limit,
            vmax=limit,
            aspect="auto",
        )
        for axis, labels in ((ax.xaxis, self.matrix.columns), (ax.yaxis, self.matrix.index)):
            step = -(-len(labels) // MAX_TICKS)
            axis.set_ticks(np.arange(len(labels))[::step], [day_text(v) for v in labels[::step]])
        slot_axis(ax, self.matrix.columns)
        ax.grid(visible=False)
        ax.set(xlabel="时段", ylabel="日期")
        slots = "、".join(self.systematic[:4]) + ("等" if len(self.systematic) > 4 else "")
        said = f"{slots}多半的日子缺人" if slots else "缺人是零星的"
        finding(ax, said, f"{self.measure}减需求人数")
        ax.figure.colorbar(image, ax=ax, label="余缺（人，负数是缺）")
        return ax

    def __str__(self) -> str:
        days = len(self.matrix)
        lack = int((self.matrix < 0).sum().sum())
        cells = int(self.matrix.notna().sum().sum())
        head = f"{days} 天 {cells} 个时段里有 {lack} 个缺人（{self.measure}少于需求）"
        if not self.systematic:
            return f"{head}，没有哪个时段在 {self.systematic_share:.0%} 以上的日子缺，是零星的。"
        slots = "、".join(self.systematic)
        return (
            f"{head}；{slots} 在 {self.systematic_share:.0%} 以上的日子都缺，"
            f"要改班次模板，而不是当天救火（{self.systematic_share:.0%} 是教学约定）。"
        )


def heatmap(
    table: pd.DataFrame, *, measure: str = "actual", systematic_share: float = 0.5
) -> StaffingHeatmap:
    """几天的余缺放在一起看：哪天、哪个时段缺人？

    余缺 = 人数 − 需求人数。

    Parameters
    ----------
    table : 列 日期、时段、需求人数，以及 实际在岗（或 在岗人数）/ 排班人数。
    measure : "actual" 看实际在岗，"planned" 看排班人数。
    systematic_share : 缺人的天数占到多少算“每天都缺”，0.5 是教学约定。

    Returns
    -------
    StaffingHeatmap

    Raises
    ------
    ValueError
        缺列、同一天同一时段出现两次，或人数不合法。

    Examples
    --------
    >>> days = pd.DataFrame({"日期": ["3月2日", "3月2日", "3月3日", "3月3日"],
    ...                      "时段": ["10:00", "10:30"] * 2,
    ...                      "需求人数": [20, 18, 20, 18], "实际在岗": [17, 18, 18, 19]})
    >>> heatmap(days).systematic
    ['10:00']
    """
    if measure not in MEASURES:
        raise ValueError(f'measure 是 {measure!r}，应是 "actual" 或 "planned"。')
    require_columns(table, ["日期", "时段", "需求人数"], "多天的表")
    column = MEASURES[measure]
    if measure == "actual" and column not in table and "在岗人数" in table:
        column = "在岗人数"
    require_columns(table, [column], "多天的表")
    if table.empty:
        raise ValueError("多天的表没有行：请至少给一天。")
    repeated = table.duplicated(["日期", "时段"]).to_numpy()
    if repeated.any():
        row = int(np.flatnonzero(repeated)[0])
        first = table.iloc[row]
        raise ValueError(
            f"第 {row + 1} 行的 {date_text(first['日期'], '%m-%d')} {first['时段']} 重复了：请先取出一个队列。"
        )
    share = float(
        require_range(systematic_share, "缺人天数占比（systematic_share）", 0, 1, above=True)
    )
    gap = require_range(table[column], column, 0) - require_range(table["需求人数"], "需求人数", 0)
    matrix = (
        table[["日期", "时段"]].assign(余缺=gap).pivot(index="日期", columns="时段", values="余缺")
    )
    return StaffingHeatmap(matrix, MEASURES[measure], share)
