"""排好的人，哪天哪个时段没有在线：是偶然一天，还是每个星期的这一天？"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

from ccomlib.charts import finding, slot_axis
from ccomlib.results import Result
from ccomlib.style import new_axes
from ccomlib.validation import require_columns, require_range
from ccomlib.views import pick_slots
from ccomlib.wording import WEEKDAYS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["OnlineMap", "online_map"]

PLANNED, ONLINE = "计划在线", "在线"
STEPS = ("缺勤", "会议", "错位")


@dataclass(frozen=True, eq=False)
class OnlineMap(Result):
    """多天的在线 ÷ 计划在线，按星期排。由 ``online_map`` 生成，不直接构造。

    ``matrix`` 行是（星期，日期）、列是时段；``table`` 一行一个星期，率都是合计除以合计。
    """

    matrix: pd.DataFrame
    table: pd.DataFrame

    units: ClassVar = {
        "天数": "天",
        "计划在线": "人",
        "在线": "人",
        "在线占计划": "%",
        **dict.fromkeys((f"{step}占计划" for step in STEPS), "%"),
    }

    @property
    def lowest(self) -> str:
        """在线占计划最低的星期。"""
        return str(self.table["在线占计划"].idxmin())

    def summary(self) -> pd.DataFrame:
        """逐个星期：几天，每个时段平均计划几人、在线几人，少在哪一步。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """一行一天，同一个星期的排在一起；越红，排好的人在线的越少。"""
        ax = new_axes(ax, figsize=(8.4, 2.2 + 0.17 * len(self.matrix)))
        values = 100 * self.matrix.to_numpy(float)
        low = min(50.0, 10 * np.floor(np.nanmin(values) / 10))
        image = ax.imshow(
            np.ma.masked_invalid(values), cmap="OrRd_r", vmin=low, vmax=100, aspect="auto"
        )
        slot_axis(ax, self.matrix.columns)
        names = self.matrix.index.get_level_values(0)
        starts = [0, *(row for row in range(1, len(names)) if names[row] != names[row - 1])]
        ends = [*starts[1:], len(names)]
        middles = [(first + last - 1) / 2 for first, last in zip(starts, ends, strict=True)]
        labels = [
            f"{names[first]}（{last - first} 天）" for first, last in zip(starts, ends, strict=True)
        ]
        ax.set_yticks(middles, labels)
        ax.tick_params(axis="y", length=0)
        for row in starts[1:]:
            ax.axhline(row - 0.5, color="white", lw=3)
        ax.grid(visible=False)
        ax.set(xlabel="时段", ylabel="星期（一行一天）")
        share = self.table.loc[self.lowest, "在线占计划"]
        finding(
            ax,
            f"{self.lowest}最少，排好的人只有 {share:.0%} 在线",
            "在线占计划在线的比例，越红越少",
        )
        ax.figure.colorbar(image, ax=ax, label="在线 ÷ 计划在线（%）")
        return ax

    def __str__(self) -> str:
        worst = self.table.loc[self.lowest]
        rest = self.table.drop(self.lowest)
        steps = [name for name in self.table if name.endswith("占计划") and name != "在线占计划"]
        reason = ""
        if steps and len(rest):
            more = {
                name: worst[name] - np.average(rest[name], weights=rest["天数"]) for name in steps
            }
            step = max(more, key=more.get)
            reason = f"，多少在{step.removesuffix('占计划')}，占 {worst[step]:.0%}"
        others = ""
        if len(rest):
            others = (
                f"；别的星期在 {rest['在线占计划'].min():.0%} 到 {rest['在线占计划'].max():.0%}"
            )
        return (
            f"{len(self.matrix)} 天里，{self.lowest}（{worst['天数']:.0f} 天）排好的人有 "
            f"{worst['在线占计划']:.0%} 在线{reason}{others}；"
            "率是这些时段合计除以合计。"
        )


def online_map(
    table: pd.DataFrame,
    *,
    since: Any = None,
    until: Any = None,
    first: str = "00:00",
    last: str = "23:30",
    weekdays: Iterable[str] = WEEKDAYS,
    skip: Iterable[Any] = (),
) -> OnlineMap:
    """几周放在一起：排好的人，哪个星期、哪个时段没有在线？

    Parameters
    ----------
    table : 一行一个时段，列 日期、时段、计划在线、在线，可有 缺勤、会议、错位；
        虚拟中心的是 ``hub.staff_interval``。
    since, until : 从哪天到哪天，不写就是全部。
    first, last : 从哪个时段到哪个时段，两头都算。
    weekdays : 看哪几个星期。
    skip : 不算的日子，如节假日、有事件的日子。

    Returns
    -------
    OnlineMap

    Raises
    ------
    ValueError
        缺列、没有这样的日子，或计划在线全是 0。

    Examples
    --------
    >>> table = pd.DataFrame({"日期": pd.to_datetime(["2026-03-02", "2026-03-03"]), "时段": "09:00",
    ...                       "计划在线": [40.0, 40.0], "在线": [30.0, 38.0], "会议": [8.0, 0.0]})
    >>> result = online_map(table)
    >>> result.lowest, result.table.loc["周一", "会议占计划"].item()
    ('周一', 0.2)
    """
    require_columns(table, ["日期", "时段", PLANNED, ONLINE], "时段人力表")
    rows = pick_slots(
        table, since=since, until=until, first=first, last=last, weekdays=weekdays, skip=skip
    )
    rows = rows.assign(星期=[WEEKDAYS[day.weekday()] for day in rows["日期"]])
    order = [name for name in WEEKDAYS if name in set(rows["星期"])]
    if rows.empty:
        raise ValueError("没有这样的日子：请核对 since、until、星期与时段（写成 08:30 这样）。")
    steps = [step for step in STEPS if step in rows]
    for column in (PLANNED, ONLINE):
        require_range(rows[column], column, 0)
    sums = rows.groupby("星期")[[PLANNED, ONLINE, *steps]].sum().reindex(order).dropna(how="all")
    if (sums[PLANNED] == 0).any():
        raise ValueError("有一个星期的计划在线全是 0：这几个时段没有排人，请换一段。")
    cells = rows.groupby("星期").size().reindex(sums.index)
    result = pd.DataFrame({"天数": rows.groupby("星期")["日期"].nunique().reindex(sums.index)})
    result[PLANNED], result[ONLINE] = sums[PLANNED] / cells, sums[ONLINE] / cells
    for step in steps:
        result[f"{step}占计划"] = sums[step] / sums[PLANNED]
    result["在线占计划"] = sums[ONLINE] / sums[PLANNED]
    share = (rows[ONLINE] / rows[PLANNED].where(rows[PLANNED] > 0)).rename("率")
    matrix = rows.assign(率=share, 次序=rows["星期"].map(order.index)).pivot_table(
        "率", ["次序", "星期", "日期"], "时段", dropna=False, observed=True
    )
    matrix = matrix.dropna(how="all").droplevel("次序")
    return OnlineMap(matrix, result)
