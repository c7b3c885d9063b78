"""培训时机：一天里哪段抽得出人，抽几个不伤服务？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import slot_axis
from ccomlib.erlang import required_agents
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns, require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["TrainingSlots", "training_slots"]

USUAL_AHT = 180.0


@dataclass(frozen=True, eq=False)
class TrainingSlots(Result):
    """各时段抽得出几个人去培训。由 ``training_slots`` 得到，不直接构造。"""

    table: pd.DataFrame
    """逐时段，列：时段、在岗人数、至少要留、占用率、可抽人数。"""
    windows: pd.DataFrame
    """连续 ``slots`` 个时段的培训窗口，可抽的多的在前，列：开始、结束、可抽人数、平均占用率。"""
    slots: int
    service_level: float
    target: float
    most_occupancy: float

    @property
    def best(self) -> str | None:
        """最好的窗口的开始时段；一个人也抽不出时为 None。"""
        return None if self.windows.empty else str(self.windows["开始"].iloc[0])

    def summary(self) -> pd.DataFrame:
        """逐时段。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """在岗与至少要留的人数，中间能抽出来的涂色；竖带是最好的窗口。"""
        ax = new_axes(ax)
        x = np.arange(len(self.table))
        need, staffed = self.table["至少要留"], self.table["在岗人数"]
        spare = self.table["可抽人数"]
        ax.bar(x, need, color=COLOURS["light"], label="至少要留")
        ax.bar(x, spare, bottom=need, color=COLOURS["good"], label="可抽去培训")
        ax.step(x, staffed, where="mid", color=COLOURS["bad"], label="在岗人数")
        if self.best is not None:
            first = int(np.flatnonzero(self.table["时段"] == self.best)[0])
            ax.axvspan(
                first - 0.5,
                first + self.slots - 0.5,
                color=COLOURS["second"],
                alpha=0.25,
                lw=0,
                zorder=0,
                label="最好的窗口",
            )
        slot_axis(ax, self.table["时段"])
        ax.set_ylim(0, 1.08 * max(staffed.max(), need.max()))
        ax.set(title="一天里什么时候抽得出人培训", xlabel="时段", ylabel="人数（人）")
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        rule = (
            f"留下的人保证 {self.target:g} 秒服务水平 {self.service_level:.0%}、"
            f"占用率不高于 {self.most_occupancy:.0%}"
        )
        if self.best is None:
            return f"没有一个连续 {self.slots} 个时段的窗口抽得出人（{rule}）：请加人或缩短培训。"
        row = self.windows.iloc[0]
        return (
            f"最好的窗口是 {row['开始']} 起的 {self.slots} 个时段，可抽 {row['可抽人数']} 人"
            f"（{rule}）；前提是来电像预测那样，当天要看实况再放人。"
        )


def training_slots(
    table: pd.DataFrame,
    *,
    slots: int = 2,
    calls: str = "预测量",
    aht: str = "平均处理时长",
    staffed: str = "在岗人数",
    service_level: float = 0.8,
    target: float = 20,
    most_occupancy: float = 0.85,
    interval: float = 1800,
) -> TrainingSlots:
    """一天里哪几段抽得出人去培训，各抽几个？

    Parameters
    ----------
    table : 按时间排好、一行一个时段，列有 时段、calls（预测）、aht（秒）、staffed（已排的在岗人数）。
    slots : 一次培训占连续几个时段。
    calls, aht, staffed : 列名。
    service_level, target : 留下的人要保证的服务水平与目标秒数。
    most_occupancy : 留下的人占用率的上限（教学约定）。
    interval : 时段长度（秒）。

    Returns
    -------
    TrainingSlots
        逐时段的可抽人数与培训窗口。

    Raises
    ------
    ValueError
        缺列、没有行、数值不合法、slots 超过时段数。

    Notes
    -----
    可抽人数 = max(0, 在岗 − Erlang C 至少要留)，窗口取其中最少的一段；没有来电的时段不必留人。

    Examples
    --------
    >>> day = pd.DataFrame({"时段": ["09:00", "09:30", "10:00"], "预测量": [100, 60, 60],
    ...                     "平均处理时长": [180, 180, 180], "在岗人数": [14, 14, 12]})
    >>> result = training_slots(day)
    >>> result.table["可抽人数"].tolist(), result.best
    ([0, 5, 3], '09:30')
    """
    require_columns(table, ["时段", calls, aht, staffed], "时段表")
    if table.empty:
        raise ValueError("时段表没有行：请至少给一个时段。")
    if isinstance(slots, bool) or slots != int(slots) or not 1 <= slots <= len(table):
        raise ValueError(f"slots 是 {slots!r}，应是 1 到 {len(table)} 的整数。")
    names = table["时段"].astype(str).tolist()
    volume = require_range(table[calls].set_axis(names), calls, 0)
    seats = require_range(table[staffed].set_axis(names), staffed, 0)
    # 没有来电的时段常没有处理时长，借用平均值，反正不必留人
    busy = volume > 0
    given = require_range(table[aht].set_axis(names)[busy], aht, 0, above=True)
    handle = np.full(len(names), given.mean() if len(given) else USUAL_AHT)
    handle[busy] = given
    need = required_agents(
        volume,
        handle,
        service_level=service_level,
        target=target,
        max_occupancy=most_occupancy,
        interval=interval,
    )
    keep = np.asarray(need.agents)
    spare = np.floor(np.maximum(seats - keep, 0) + 1e-9).astype(int)
    load = volume * handle / interval
    busy = np.divide(load, seats, out=np.zeros(len(seats)), where=seats > 0)
    rows = []
    for first in range(len(table) - slots + 1):
        part = slice(first, first + slots)
        if spare[part].min() > 0:
            rows.append(
                (names[first], names[first + slots - 1], spare[part].min(), busy[part].mean())
            )
    windows = pd.DataFrame(rows, columns=["开始", "结束", "可抽人数", "平均占用率"])
    order = np.lexsort((windows["平均占用率"], -windows["可抽人数"].astype(int)))
    return TrainingSlots(
        table=pd.DataFrame(
            {
                "时段": names,
                "在岗人数": seats,
                "至少要留": keep,
                "占用率": np.minimum(busy, 1.0),
                "可抽人数": spare,
            }
        ),
        windows=windows.iloc[order].reset_index(drop=True),
        slots=int(slots),
        service_level=float(service_level),
        target=float(target),
        most_occupancy=float(most_occupancy),
    )
