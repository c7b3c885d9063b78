"""没有在目标时间内接起的电话，丢在一天里的哪一段？"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

from ccomlib.charts import finding, percent_axis
from ccomlib.clock import clock_minutes
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns
from ccomlib.views import pick_slots
from ccomlib.wording import WEEKDAYS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PARTS", "MissedCalls", "missed_calls"]

# 段 → (从, 到)；周一上午单列，没有写到的钟点是夜里。教学约定
PARTS = {
    "周一上午": ("08:30", "11:30"),
    "上午": ("08:30", "11:30"),
    "午间": ("11:30", "13:30"),
    "下午": ("13:30", "17:30"),
    "傍晚": ("17:30", "21:00"),
}
REST, ALL = "夜里", "全天"
COUNTS = ("呼入量", "20秒接起量")


@dataclass(frozen=True, eq=False)
class MissedCalls(Result):
    """一天各段没有 20 秒内接起的电话。由 ``missed_calls`` 生成，不直接构造。

    ``table`` 一行一段，最后一行是全天：呼入量、没接好、占没接好的、服务水平。
    """

    table: pd.DataFrame
    days: int

    units: ClassVar = {"呼入量": "通", "没接好": "通", "占没接好的": "%", "服务水平": "%"}

    @property
    def level(self) -> pd.Series:
        """各段的服务水平：20 秒内接起 ÷ 呼入，先加后除。"""
        return self.table["服务水平"]

    @property
    def worst(self) -> str:
        """没接好最多的一段。"""
        return str(self.table["没接好"].drop(ALL).idxmax())

    def summary(self) -> pd.DataFrame:
        """各段与全天。"""
        return self.table

    def excel(self) -> dict[str, Any]:
        """服务水平是活的公式。"""
        return {
            "formulas": {"服务水平": "1 - [没接好] / [呼入量]"},
            "units": dict(self.units),
        }

    def plot(self, ax: Axes | None = None) -> Axes:
        """一段一柱，柱高是占全部没接好的几成，柱上写服务水平。"""
        ax = new_axes(ax)
        part = self.table.drop(ALL)
        colours = [COLOURS["bad" if name == self.worst else "grey"] for name in part.index]
        x = np.arange(len(part))
        ax.bar(x, part["占没接好的"], width=0.7, color=colours)
        for at, share, level in zip(x, part["占没接好的"], part["服务水平"], strict=True):
            ax.annotate(
                f"{share:.0%}\n接起 {level:.0%}",
                (at, share),
                (0, 3),
                textcoords="offset points",
                ha="center",
            )
        ax.set_xticks(x, part.index)
        ax.set(ylabel="占没接好的电话", ylim=(0, 1.25 * part["占没接好的"].max()))
        percent_axis(ax.yaxis)
        share = part.loc[self.worst, "占没接好的"]
        finding(
            ax,
            f"没接好的电话，{self.worst}最多，占 {share:.0%}",
            f"{self.days} 天合计，柱上是这一段 20 秒内接起几成",
        )
        return ax

    def __str__(self) -> str:
        whole, worst = self.table.loc[ALL], self.table.loc[self.worst]
        return (
            f"{self.days} 天 {whole['呼入量']:,.0f} 通，20 秒内接起 {whole['服务水平']:.1%}，"
            f"没接好 {whole['没接好']:,.0f} 通；最多的是{self.worst}，占 {worst['占没接好的']:.0%}"
            f"（这一段接起 {worst['服务水平']:.1%}）。"
        )


def missed_calls(
    table: pd.DataFrame,
    first: Any = None,
    last: Any = None,
    *,
    skip: Iterable[Any] = (),
    parts: Mapping[str, tuple[str, str]] | None = None,
) -> MissedCalls:
    """没有在目标时间内接起的电话，丢在一天里的哪一段？

    Parameters
    ----------
    table : 一行一个时段（可以分队列），列 日期、时段、呼入量、20秒接起量。
    first, last : 只看这几天，首尾都算；不写就是全部。
    skip : 不算的日子。
    parts : 段 → (从, 到)，段名以星期开头的（如 周一上午）只算那一天，写在前面的先算；
        没有写到的钟点都是“夜里”。缺省 ``PARTS``，是教学约定。

    Returns
    -------
    MissedCalls

    Raises
    ------
    ValueError
        缺列、没有这样的日子、没有一通电话、段的起点不早于终点。

    Examples
    --------
    >>> table = pd.DataFrame({"日期": pd.to_datetime(["2026-03-02"] * 2), "时段": ["09:00", "18:00"],
    ...                       "呼入量": [100, 100], "20秒接起量": [90, 60]})
    >>> print(missed_calls(table))
    1 天 200 通，20 秒内接起 75.0%，没接好 50 通；最多的是傍晚，占 80%（这一段接起 60.0%）。
    """
    require_columns(table, ["日期", "时段", *COUNTS], "时段表")
    rows = pick_slots(table, since=first, until=last, skip=skip)
    if not rows["呼入量"].sum():
        raise ValueError("这几天一通电话也没有：请核对 first、last、skip 与呼入量这一列。")
    name = _names(rows, parts or PARTS)
    sums = rows.groupby(name)[list(COUNTS)].sum()
    order = [one for one in [*(parts or PARTS), REST] if one in sums.index]
    sums = sums.loc[order]
    sums.loc[ALL] = sums.sum()
    missed = sums["呼入量"] - sums["20秒接起量"]
    result = pd.DataFrame(
        {
            "呼入量": sums["呼入量"],
            "没接好": missed,
            "占没接好的": missed / max(missed[ALL], 1),
            "服务水平": sums["20秒接起量"] / sums["呼入量"].where(sums["呼入量"] > 0),
        }
    ).rename_axis("段")
    return MissedCalls(result, int(rows["日期"].nunique()))


def _names(rows: pd.DataFrame, parts: Mapping[str, tuple[str, str]]) -> pd.Series:
    """各行在哪一段；写在前面的先算。"""
    minute = rows["时段"].map({one: clock_minutes(one, "时段") for one in rows["时段"].unique()})
    weekday = pd.to_datetime(rows["日期"]).dt.day_of_week.map(dict(enumerate(WEEKDAYS)))
    found = pd.Series(REST, rows.index, name="段")
    for name, (start, end) in reversed(parts.items()):
        first, last = (clock_minutes(one, f"段（parts）的 {name}") for one in (start, end))
        if first >= last:
            raise ValueError(f"段（parts）的 {name} 从 {start} 到 {end}：起点要早于终点，请对调。")
        here = (minute >= first) & (minute < last)
        if name[:2] in WEEKDAYS:
            here &= weekday == name[:2]
        found[here] = name
    return found
