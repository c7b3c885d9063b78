"""有这么多人，服务得怎样：结果怎样读，怎样画？

由 ``ccomlib.erlang`` 的函数生成，不直接构造。
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import finding, slot_axis
from ccomlib.erlang.formulas import measures
from ccomlib.erlang.inputs import Demand, shaped, single, spread
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.wording import amount

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "Number",
    "Performance",
    "assumption",
    "evaluate",
    "interval_name",
    "label_intervals",
    "legend_outside",
    "table",
]

Number = float | np.ndarray


@dataclass(frozen=True, eq=False)
class Performance(Result):
    """一个或一列时段的服务表现；标量输入得标量，否则各项为同长的数组。

    ``mean_wait`` 是全部来电的平均等待秒数（含不等的与放弃的），``asa`` 只算接起的来电。
    一通也没接起时 ``asa`` 为无穷大；没有来电时服务水平为 1，其余为 0。
    """

    calls: Number
    aht: Number
    agents: Number
    load: Number
    occupancy: Number
    wait_probability: Number
    service_level: Number
    mean_wait: Number
    asa: Number
    abandonment: Number
    model: str
    patience: Number | None
    target: Number
    interval: float
    definition: str
    labels: pd.Index | None = None

    def summary(self) -> pd.DataFrame:
        """每个时段一行：话务量、人数、占用率、等待与放弃。"""
        return table(
            {
                "来电量": self.calls,
                "平均处理时长(秒)": self.aht,
                "话务量(爱尔兰)": self.load,
                "人数": self.agents,
                "占用率": self.occupancy,
                "等待概率": self.wait_probability,
                "服务水平": self.service_level,
                "平均等待(秒)": self.mean_wait,
                "平均应答速度(秒)": self.asa,
                "放弃率": self.abandonment,
            },
            self.labels,
        )

    def plot(self, ax: Axes | None = None) -> Axes:
        """一个时段：目标秒数放宽，服务水平怎样变；一列时段：逐时段的服务水平与占用率。"""
        ax = new_axes(ax)
        if np.ndim(self.service_level):
            x = np.arange(np.size(self.service_level))
            ax.plot(x, 100 * self.service_level, color=COLOURS["main"], label="服务水平")
            ax.plot(x, 100 * self.occupancy, color=COLOURS["second"], ls="--", label="占用率")
            if self.model == "Erlang A":
                ax.plot(x, 100 * self.abandonment, color=COLOURS["bad"], ls=":", label="放弃率")
            ax.set(ylabel="百分比（%）", xlabel="时段")
            if x.size:
                worst = int(np.argmin(self.service_level))
                said = f"最低的是{interval_name(self.labels, worst).rstrip()}，{self.service_level[worst]:.0%}"
                finding(ax, said, f"逐时段的服务表现，{self.model}")
            label_intervals(ax, self.labels, x.size)
            ax.set_ylim(0, 105)
            legend_outside(ax)
            return ax
        seconds = np.linspace(0, max(60.0, 3 * self.target), 121)
        one = Demand(
            self.calls, self.aht, self.interval, seconds, self.patience, self.definition, None
        )
        level = evaluate(one, self.agents).service_level
        ax.plot(seconds, 100 * level, color=COLOURS["main"])
        ax.plot(self.target, 100 * self.service_level, "o", color=COLOURS["bad"])
        right = self.service_level > 0.5
        ax.annotate(
            f"{self.target:g} 秒：{self.service_level:.1%}",
            (self.target, 100 * self.service_level),
            xytext=(10, -18 if right else 12),
            textcoords="offset points",
        )
        ax.set(
            title=f"{self.agents:g} 人时，多少来电在若干秒内接起（{self.model}）",
            xlabel="目标秒数（秒）",
            ylabel="服务水平（%）",
            ylim=(0, 105),
        )
        return ax

    def __str__(self) -> str:
        if not np.ndim(self.service_level):
            gone = f"，放弃率 {self.abandonment:.1%}" if self.patience is not None else ""
            return (
                f"{amount(self.calls)} 通来电、平均处理 {amount(self.aht)} 秒、{amount(self.agents)} 人时，"
                f"{self.target:g} 秒服务水平 {self.service_level:.1%}，"
                f"平均应答 {_seconds(self.asa)}，占用率 {self.occupancy:.1%}{gone}"
                f"（{assumption(self.patience)}）。"
            )
        if not np.size(self.service_level):
            return "没有时段。"
        worst = int(np.argmin(self.service_level))
        calls = np.asarray(self.calls)
        total = np.average(self.service_level, weights=calls) if calls.sum() else 1.0
        return (
            f"{calls.size} 个时段按来电量加权的服务水平为 {total:.1%}，"
            f"最低是{interval_name(self.labels, worst)}的 {self.service_level[worst]:.1%}"
            f"（{assumption(self.patience)}）。"
        )


def evaluate(demand: Demand, agents: Number) -> Performance:
    """检查过的来电与人数 → ``Performance``；Erlang C 人数不足的行取极限值。"""
    inputs = (agents, demand.calls, demand.aht, demand.target, demand.patience)
    ndim = max(np.ndim(v) for v in inputs)
    n, calls, aht, target, patience = spread(*inputs)
    load = calls * aht / demand.interval
    found = measures(n, load, aht, target, patience, demand.definition)
    return Performance(
        calls=shaped(calls, ndim),
        aht=shaped(aht, ndim),
        agents=shaped(n, ndim),
        load=shaped(load, ndim),
        **{name: shaped(values, ndim) for name, values in found._asdict().items()},
        model="Erlang C" if patience is None else "Erlang A",
        patience=single(patience),
        target=single(target),
        interval=demand.interval,
        definition=demand.definition,
        labels=demand.labels,
    )


def table(columns: dict[str, Number], labels: pd.Index | None) -> pd.DataFrame:
    """每个时段一行的表；没有行标签时从 1 数起。"""
    rows = pd.DataFrame({name: np.atleast_1d(values) for name, values in columns.items()})
    if labels is not None:
        rows.index = labels
    elif np.ndim(columns["来电量"]):
        rows.index = pd.RangeIndex(1, len(rows) + 1, name="时段")
    return rows


def interval_name(labels: pd.Index | None, row: int) -> str:
    if labels is None or isinstance(labels, pd.RangeIndex):
        return f"第 {row + 1} 个时段"
    return f" {labels[row]} "


def label_intervals(ax: Axes, labels: pd.Index | None, size: int) -> None:
    slot_axis(ax, range(1, size + 1) if labels is None else labels)


def legend_outside(ax: Axes) -> None:
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))


def _seconds(value: float) -> str:
    return "遥遥无期" if np.isinf(value) else f"{value:.1f} 秒"


def assumption(patience: Number | None) -> str:
    if patience is None:
        return "Erlang C：假设没有人放弃，有人放弃时会高估所需人数"
    if np.ndim(patience):
        return "Erlang A：各时段的平均耐心不同"
    return f"Erlang A：假设来电者平均耐心 {patience:g} 秒"
