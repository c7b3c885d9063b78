"""要几个人：结果怎样读，怎样画？

由 ``ccomlib.erlang`` 的函数生成，不直接构造。
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.charts import finding
from ccomlib.erlang.formulas import measures
from ccomlib.erlang.inputs import Demand, shaped, spread
from ccomlib.erlang.performance_result import (
    Number,
    Performance,
    assumption,
    evaluate,
    interval_name,
    label_intervals,
    legend_outside,
    table,
)
from ccomlib.erlang.sizing import enough
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.wording import amount

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ServiceCurve", "Staffing"]


@dataclass(frozen=True, eq=False)
class Staffing(Result):
    """达到目标所需的最少人数；标量输入得标量，否则各项为同长的数组。

    ``agents`` 是同时在线人数，``scheduled`` 是算上损耗后应排的人数。
    """

    calls: Number
    aht: Number
    load: Number
    agents: int | np.ndarray
    scheduled: int | np.ndarray
    service_level: Number
    target: Number
    patience: Number | None
    max_occupancy: float | None
    max_asa: float | None
    max_abandonment: float | None
    shrinkage: Number
    interval: float
    definition: str
    labels: pd.Index | None = None

    def _at(self, agents: Number) -> Performance:
        demand = Demand(
            self.calls,
            self.aht,
            self.interval,
            self.target,
            self.patience,
            self.definition,
            self.labels,
        )
        return evaluate(demand, agents)

    @cached_property
    def performance(self) -> Performance:
        """按 ``agents`` 上线时的表现。"""
        return self._at(self.agents)

    @cached_property
    def one_fewer(self) -> Performance:
        """少一人时的表现；Erlang C 撑不住时服务水平为 0、等待为无穷大。"""
        return self._at(np.maximum(np.asarray(self.agents) - 1, 0)[()])

    @cached_property
    def fractional(self) -> Number:
        """恰好达标的人数（可为小数）：爱尔兰公式延拓到实数后的根，多队列相加时用它。"""
        n, load, aht, target, patience = spread(
            self.agents, self.load, self.aht, self.target, self.patience
        )
        wanted = np.broadcast_to(self.service_level, n.shape)
        low = np.maximum(n - 1, 0)
        if patience is None:
            low = np.where(n > 0, np.maximum(low, np.minimum(load, n)), low)
        high = n.astype(float)
        for _ in range(30):
            middle = (low + high) / 2
            found = measures(
                middle,
                load,
                aht,
                target,
                patience,
                self.definition,
                with_asa=self.max_asa is not None,
            )
            good = enough(found, wanted, self.max_occupancy, self.max_asa, self.max_abandonment)
            low, high = np.where(good, low, middle), np.where(good, middle, high)
        return shaped(high, np.ndim(self.agents))

    def summary(self) -> pd.DataFrame:
        """每个时段一行：需要多少人，届时的表现，以及少一人会怎样。"""
        now, fewer = self.performance, self.one_fewer
        return table(
            {
                "来电量": self.calls,
                "话务量(爱尔兰)": self.load,
                "所需人数": self.agents,
                "小数人数": self.fractional,
                "应排人数": self.scheduled,
                "服务水平": now.service_level,
                "少一人的服务水平": fewer.service_level,
                "占用率": now.occupancy,
                "平均应答速度(秒)": now.asa,
                "放弃率": now.abandonment,
            },
            self.labels,
        )

    def excel(self) -> dict[str, Any]:
        """爱尔兰算出的是值，输入写在旁边；应排人数按损耗率是活的公式。"""
        single = {
            "服务水平目标": self.service_level,
            "目标秒数": self.target,
            "平均耐心秒": "不放弃（Erlang C）" if self.patience is None else self.patience,
            "时段秒数": self.interval,
            "损耗率": self.shrinkage,
        }
        inputs = {
            name: value if np.ndim(value) == 0 else "各时段不同" for name, value in single.items()
        }
        live = np.ndim(self.shrinkage) == 0
        formulas = {"应排人数": "ROUNDUP([所需人数] / (1 - {损耗率}), 0)"} if live else {}
        totals = ["来电量", "所需人数", "应排人数"] if np.ndim(self.agents) else []
        return {"formulas": formulas, "totals": totals, "inputs": inputs}

    def plot(self, ax: Axes | None = None) -> Axes:
        """一个时段：人数与服务水平、占用率的取舍；一列时段：逐时段所需人数与话务量。"""
        if not np.ndim(self.agents):
            return self._plot_curve(ax)
        ax = new_axes(ax)
        x = np.arange(np.size(self.agents))
        if self.shrinkage:
            label = "应排人数（含损耗）"
            ax.step(x, self.scheduled, where="mid", color=COLOURS["grey"], label=label)
        ax.step(x, self.agents, where="mid", color=COLOURS["main"], label="所需在线人数")
        ax.plot(x, self.load, color=COLOURS["second"], ls="--", label="话务量（爱尔兰）")
        ax.set(xlabel="时段", ylabel="人数（人）")
        if x.size:
            peak = int(np.argmax(self.agents))
            said = f"最忙的{interval_name(self.labels, peak)}要 {self.agents[peak]} 人"
            hours = np.sum(self.agents) * self.interval / 3600
            finding(ax, f"{said}，一共 {hours:g} 在线工时", "逐时段所需人数")
        label_intervals(ax, self.labels, x.size)
        ax.set_ylim(bottom=0)
        legend_outside(ax)
        return ax

    def _plot_curve(self, ax: Axes | None) -> Axes:
        reach = max(4, int(np.sqrt(self.agents)))
        agents = np.arange(max(0, self.agents - reach), self.agents + reach + 1)
        curve = ServiceCurve(self._at(agents.astype(float)))
        ax = curve.plot(ax)
        ax.axhline(100 * self.service_level, color=COLOURS["grey"], ls=":", lw=1)
        ax.axvline(self.agents, color=COLOURS["grey"], ls=":", lw=1)
        ax.annotate(
            f"{self.agents} 人",
            (self.agents, 4),
            xytext=(6, 0),
            textcoords="offset points",
        )
        ax.set_title(f"要几个人：{amount(self.calls)} 通来电，{self._goal()}")
        return ax

    def _goal(self) -> str:
        level = "、".join(f"{v:.0%}" for v in np.unique(self.service_level))
        seconds = "、".join(f"{v:g}" for v in np.unique(self.target))
        goal = [f"{level} 在 {seconds} 秒内接起"] if np.max(self.service_level) > 0 else []
        if self.max_occupancy is not None:
            goal.append(f"占用率不超过 {self.max_occupancy:.0%}")
        if self.max_asa is not None:
            goal.append(f"平均应答不超过 {self.max_asa:g} 秒")
        if self.max_abandonment is not None:
            goal.append(f"放弃率不超过 {self.max_abandonment:.0%}")
        return "、".join(goal) or "没有设目标"

    def __str__(self) -> str:
        tail, goal = f"（{assumption(self.patience)}）。", self._goal()
        # 中文与数字之间空一格
        goal = f" {goal}" if goal[0].isdigit() else goal
        if np.ndim(self.agents):
            if not np.size(self.agents):
                return "没有时段。"
            peak = int(np.argmax(self.agents))
            hours = np.sum(self.agents) * self.interval / 3600
            return (
                f"要做到{goal}，{np.size(self.agents)} 个时段共需 {hours:g} 在线工时，"
                f"最忙的{interval_name(self.labels, peak)}要 {self.agents[peak]} 人{tail}"
            )
        if not self.agents:
            return "没有来电，不需要人。" if not self.calls else f"没有目标，不需要人{tail}"
        rest = f"，算上 {self.shrinkage:.0%} 损耗应排 {self.scheduled} 人" if self.shrinkage else ""
        return (
            f"{amount(self.calls)} 通来电、平均处理 {amount(self.aht)} 秒，要做到{goal}，"
            f"需要 {self.agents} 人同时在线{rest}；届时服务水平 "
            f"{self.performance.service_level:.1%}，少一人则{self._broken()}{tail}"
        )

    def _broken(self) -> str:
        """少一人时守不住的目标。"""
        fewer = self.one_fewer
        if np.isinf(fewer.mean_wait):
            return "队伍无限变长"
        broken = []
        if fewer.service_level < self.service_level:
            broken.append(f"只有 {fewer.service_level:.1%}")
        if self.max_occupancy is not None and fewer.occupancy > self.max_occupancy:
            broken.append(f"占用率升到 {fewer.occupancy:.2%}")
        if self.max_asa is not None and fewer.asa > self.max_asa:
            broken.append(f"平均应答要 {fewer.asa:.1f} 秒")
        if self.max_abandonment is not None and fewer.abandonment > self.max_abandonment:
            broken.append(f"放弃率升到 {fewer.abandonment:.2%}")
        return "、".join(broken) or "守不住"


@dataclass(frozen=True, eq=False)
class ServiceCurve(Result):
    """人数逐个增加时的服务表现，``performance`` 的每一行是一个人数。"""

    performance: Performance

    def summary(self) -> pd.DataFrame:
        """每个人数一行。"""
        return self.performance.summary().set_index("人数").drop(columns=["来电量"])

    def plot(self, ax: Axes | None = None) -> Axes:
        """横轴人数，纵轴服务水平与占用率（有耐心参数时加放弃率）。"""
        ax = new_axes(ax)
        one = self.performance
        marks = {"marker": "o", "ms": 4}
        ax.plot(
            one.agents, 100 * one.service_level, color=COLOURS["main"], label="服务水平", **marks
        )
        ax.plot(one.agents, 100 * one.occupancy, color=COLOURS["second"], label="占用率", **marks)
        if one.patience is not None:
            ax.plot(
                one.agents, 100 * one.abandonment, color=COLOURS["bad"], label="放弃率", **marks
            )
        first, last = (f"{one.service_level[n]:.0%}" for n in (0, -1))
        said = f"{one.agents[0]:g} 人到 {one.agents[-1]:g} 人，服务水平从 {first} 到 {last}"
        finding(ax, said, f"多一个人换来什么，{one.model}")
        ax.set(
            xlabel="同时在线人数（人）",
            ylabel="百分比（%）",
            ylim=(0, 105),
        )
        ax.xaxis.get_major_locator().set_params(integer=True)
        legend_outside(ax)
        return ax

    def __str__(self) -> str:
        one = self.performance
        gain = np.diff(one.service_level)
        if not gain.size:
            return f"{one.agents[0]:g} 人时服务水平 {one.service_level[0]:.1%}。"
        best = int(np.argmax(gain))
        return (
            f"人数从 {one.agents[0]:g} 增到 {one.agents[-1]:g}，服务水平从 "
            f"{one.service_level[0]:.1%} 升到 {one.service_level[-1]:.1%}；"
            f"最值的一步是从 {one.agents[best]:g} 到 {one.agents[best + 1]:g} 人，"
            f"最后一步只换来 {100 * gain[-1]:.1f} 个百分点（{assumption(self._patience)}）。"
        )

    @property
    def _patience(self) -> Number | None:
        return self.performance.patience
