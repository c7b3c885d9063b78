"""预测错了几成，值几个人？"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

from ccomlib.charts import finding, label_bars
from ccomlib.erlang.inputs import check_demand, spread
from ccomlib.erlang.performance_result import assumption, evaluate
from ccomlib.erlang.sizing import size_erlang_a, size_erlang_c
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ErrorCost", "cost_of_error"]

RIGHT = "预测全对"
GOAL = "服务水平目标（service_level）"


@dataclass(frozen=True, eq=False)
class ErrorCost(Result):
    """预测的错折成的人数与服务水平。由 ``cost_of_error`` 得到。"""

    table: pd.DataFrame
    """一种预测一行，第一行是预测全对：来电量、平均处理时长、照它排、比该排的、服务水平。"""
    service_level: float
    patience: float | None
    units: ClassVar[Mapping[str, str]] = {
        "预测来电量": "通",
        "预测处理时长": "秒",
        "照它排": "人",
        "比该排的": "人",
        "服务水平": "%",
    }

    def summary(self) -> pd.DataFrame:
        """一种预测一行。"""
        return self.table

    @property
    def worst(self) -> str:
        """服务水平最低的那一种预测。"""
        return str(self.table["服务水平"].idxmin())

    def plot(self, ax: Axes | None = None) -> Axes:
        """照每一种预测排人，服务水平各是多少；虚线是目标。"""
        ax = new_axes(ax)
        level = 100 * self.table["服务水平"]
        colours = [COLOURS["grey"], *[COLOURS["main"]] * (len(level) - 1)]
        x = np.arange(len(level))
        ax.bar(x, level, color=colours, width=0.6)
        ax.axhline(100 * self.service_level, color=COLOURS["bad"], ls="--")
        for place, (value, agents) in enumerate(zip(level, self.table["照它排"], strict=True)):
            low = value < 20
            ax.annotate(
                f"{agents} 人\n{value:.0f}%",
                (place, value),
                xytext=(0, 3 if low else -4),
                textcoords="offset points",
                ha="center",
                va="bottom" if low else "top",
                color="black" if low else "white",
                fontsize=10,
            )
        label_bars(ax, [str(name) for name in level.index])
        worst = self.table.loc[self.worst]
        finding(
            ax,
            f"最伤的是「{self.worst}」：{_more(worst['比该排的'])}，服务水平 {worst['服务水平']:.0%}",
            f"照各种预测排人，实际一样；虚线是目标 {self.service_level:.0%}",
        )
        ax.set(ylabel="服务水平（%）", ylim=(0, 115), xlabel="")
        return ax

    def __str__(self) -> str:
        first = self.table.iloc[0]
        parts = [
            f"{name}{_more(row['比该排的'])}，服务水平 {row['服务水平']:.0%}"
            for name, row in self.table.iloc[1:].iterrows()
        ]
        return (
            f"该排 {int(first['照它排'])} 人，服务水平 {first['服务水平']:.0%}；{'；'.join(parts)}"
            f"（{assumption(self.patience)}）。"
        )


def cost_of_error(
    calls: float,
    aht: float,
    plans: Mapping[str, tuple[float, float]],
    *,
    service_level: float = 0.8,
    target: float = 20,
    interval: float = 1800,
    patience: float | None = None,
) -> ErrorCost:
    """来电量或处理时长预测错了，会少排（多排）几个人，服务水平掉到多少？

    Parameters
    ----------
    calls, aht : 这个时段实际的来电量（通）与平均处理时长（秒）。
    plans : {名字: (预测来电量, 预测处理时长)}，几种预测。
    service_level, target, interval, patience : 同 ``required_agents``。

    Returns
    -------
    ErrorCost
        一种预测一行，第一行是预测全对。

    Raises
    ------
    ValueError
        数值不合法，或一种预测也没有给。

    Notes
    -----
    照预测定员，再用这些人去接实际的来电；Erlang C 里人数不多于实际话务量时服务水平记 0。

    Examples
    --------
    >>> found = cost_of_error(225, 248, {"来电量少报一成": (202.5, 248)})
    >>> found.table[["照它排", "比该排的"]].to_numpy().tolist()
    [[36, 0], [33, -3]]
    """
    if not plans:
        raise ValueError("plans 是空的：请至少给一种预测，例如 {“少报一成”: (180, 297)}。")
    for name, plan in plans.items():
        if np.shape(plan) != (2,):
            raise ValueError(f"plans 的「{name}」应是两个数：(预测来电量, 预测处理时长)。")
    wanted = float(require_range(service_level, GOAL, 0, 1, above=True, below=True))
    require_range(calls, "来电量（calls）", 0, above=True)
    pairs = [(calls, aht), *plans.values()]
    told, seconds = (np.array(values, dtype=float) for values in zip(*pairs, strict=True))
    demand = check_demand(told, seconds, interval, target, patience, "of_offered")
    agents = _sizes(demand, wanted)
    actual = check_demand(calls, aht, interval, target, patience, "of_offered")
    table = pd.DataFrame(
        {
            "预测来电量": told,
            "预测处理时长": seconds,
            "照它排": agents,
            "比该排的": agents - agents[0],
            "服务水平": evaluate(actual, agents.astype(float)).service_level,
        },
        index=pd.Index([RIGHT, *map(str, plans)], name="照哪一种预测"),
    )
    return ErrorCost(table, wanted, patience)


def _sizes(demand: Any, wanted: float) -> np.ndarray:
    calls, aht, target, patience, goal = spread(
        demand.calls, demand.aht, demand.target, demand.patience, np.asarray(wanted)
    )
    load = calls * aht / demand.interval
    if patience is None:
        return size_erlang_c(load, aht, target, goal, None, None, None).astype(int)
    return size_erlang_a(
        load, aht, target, patience, goal, demand.definition, None, None, None
    ).astype(int)


def _more(heads: float) -> str:
    if heads == 0:
        return "人数不差"
    return f"{'多' if heads > 0 else '少'}排 {abs(int(heads))} 人"
