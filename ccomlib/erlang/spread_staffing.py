"""来电量不准：预测的散布折成几个人？"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

from ccomlib.charts import finding, legend_outside
from ccomlib.erlang.inputs import Demand, check_demand
from ccomlib.erlang.performance_result import assumption, evaluate
from ccomlib.erlang.sizing import size_erlang_a, size_erlang_c
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["SpreadStaffing", "agents_for_spread"]

# 散布切成这么多份，各取中点
PARTS = 400
# 备人备到十次里最多的那一次；教学约定
BAD = 0.9
GOAL = "服务水平目标（service_level）"


@dataclass(frozen=True, eq=False)
class SpreadStaffing(Result):
    """散布折成的人数。由 ``agents_for_spread`` 得到。"""

    table: pd.DataFrame
    """一种散布一行：超额离散系数、照均值排、平均服务水平、平均达标要、十次一遇来电量、那次服务水平、那次也达标要。"""
    calls: float
    service_level: float
    demand: Demand
    units: ClassVar[Mapping[str, str]] = {
        "照均值排": "人",
        "平均达标要": "人",
        "那次也达标要": "人",
        "十次一遇来电量": "通",
        "平均服务水平": "%",
        "那次服务水平": "%",
    }

    @property
    def plain(self) -> int:
        """只照均值排的人数。"""
        return int(self.table["照均值排"].iloc[0])

    @property
    def agents(self) -> int:
        """最后一种散布下，平均达标要几人。"""
        return int(self.table["平均达标要"].iloc[-1])

    @property
    def reserve(self) -> int:
        """最后一种散布下，十次一遇的那次也达标还要再加几人。"""
        return int(self.table["那次也达标要"].iloc[-1]) - self.agents

    def summary(self) -> pd.DataFrame:
        """一种散布一行。"""
        return self.table.set_index("超额离散系数")

    def plot(self, ax: Axes | None = None) -> Axes:
        """来得多、来得少，照均值排的人数各接得怎样；灰带是十次里八次的来电量。"""
        ax = new_axes(ax)
        last = self.table.iloc[-1]
        spread = last["超额离散系数"]
        low, high = (_quantile(q, self.calls, spread) for q in (1 - BAD, BAD))
        calls = np.linspace(0.75 * self.calls, 1.3 * self.calls, 120)
        ax.axvspan(low, high, color="#E0E0E0", lw=0, label="十次里八次的来电量")
        shown = {
            self.plain: ("main", "照均值排"),
            int(last["那次也达标要"]): ("second", "那次也达标"),
        }
        for agents, (colour, name) in shown.items():
            levels = 100 * _levels(self.demand, calls, agents)
            ax.plot(calls, levels, color=COLOURS[colour], label=f"{agents} 人（{name}）")
        ax.axhline(100 * self.service_level, color=COLOURS["grey"], ls="--", label="目标")
        said = (
            f"照均值排 {self.plain} 人，平均 {last['平均服务水平']:.0%}；"
            f"十次里有一次来到 {last['十次一遇来电量']:.0f} 通以上，不到 {last['那次服务水平']:.0%}"
        )
        finding(ax, said, f"超额离散系数 {spread:.2g}")
        ax.set(xlabel="这个时段真来的平均数（通）", ylabel="服务水平（%）", ylim=(0, 105))
        legend_outside(ax)
        return ax

    def __str__(self) -> str:
        last = self.table.iloc[-1]
        more = self.agents - self.plain
        change = f"要 {self.agents} 人，多 {more} 人" if more else "仍是这些人"
        return (
            f"照均值 {self.calls:g} 通排 {self.plain} 人；来电量自己散 {last['超额离散系数']:.2g}，"
            f"平均达标{change}；十次里有一次来到 {last['十次一遇来电量']:.0f} 通以上，那次照均值排只有 "
            f"{last['那次服务水平']:.0%} 或更低，也要达标得再备 {self.reserve} 人"
            f"（{assumption(self.demand.patience)}）。"
        )


def agents_for_spread(
    calls: float,
    aht: float,
    spread: Any,
    *,
    service_level: float = 0.8,
    target: float = 20,
    interval: float = 1800,
    patience: float | None = None,
) -> SpreadStaffing:
    """预测的来电量自己会散，要几个人才达标？

    Parameters
    ----------
    calls, aht : 一个时段预测的来电量（通）与平均处理时长（秒）。
    spread : 来电量的超额离散系数（扣掉纯随机以后的），一个数或几个数；纯随机爱尔兰公式里已经有了。
    service_level, target, interval, patience : 同 ``required_agents``。

    Returns
    -------
    SpreadStaffing
        ``plain`` 只照均值，``agents`` 平均达标，``reserve`` 十次一遇也达标还要再加几人。

    Raises
    ------
    ValueError
        数值不合法。

    Notes
    -----
    真来的平均数当作伽马分布，均值 ``calls``、离散系数 ``spread``；平均服务水平按来电量加权，
    即各次 20 秒内接起的合计 ÷ 来电合计。一次之内平均数不变。

    References
    ----------
    Jongbloed & Koole (2001), Managing uncertainty in call centres using Poisson mixtures,
    Appl. Stochastic Models Bus. Ind. 17: 307–318。

    Examples
    --------
    >>> found = agents_for_spread(225, 248, 0.093)
    >>> found.plain, found.agents, found.reserve
    (36, 38, 2)
    """
    demand = check_demand(calls, aht, interval, target, patience, "of_offered")
    wanted = float(require_range(service_level, GOAL, 0, 1, above=True, below=True))
    require_range(calls, "来电量（calls）", 0, above=True)
    each = np.atleast_1d(require_range(spread, "超额离散系数（spread）", 0, 1))
    plain = _size(demand, np.array([float(calls)]), wanted)
    rows = []
    for one in each:
        draws = _draws(float(calls), float(one))
        worst = _quantile(BAD, float(calls), float(one))
        agents = plain
        while _mean_level(demand, draws, agents) < wanted:
            agents += 1
        rows.append(
            (
                float(one),
                plain,
                _mean_level(demand, draws, plain),
                agents,
                worst,
                float(_levels(demand, np.array([worst]), plain)[0]),
                max(agents, _size(demand, np.array([worst]), wanted)),
            )
        )
    columns = [
        *("超额离散系数", "照均值排", "平均服务水平", "平均达标要"),
        *("十次一遇来电量", "那次服务水平", "那次也达标要"),
    ]
    return SpreadStaffing(pd.DataFrame(rows, columns=columns), float(calls), wanted, demand)


def _draws(calls: float, spread: float) -> np.ndarray:
    middles = (np.arange(PARTS) + 0.5) / PARTS
    return np.atleast_1d(_quantile(middles, calls, spread))


def _quantile(share: Any, calls: float, spread: float) -> Any:
    """伽马分布的分位数；不散就都是均值。"""
    from scipy.special import gammaincinv

    if spread == 0:
        return np.full(np.shape(share), calls) if np.ndim(share) else calls
    found = calls * spread**2 * gammaincinv(spread**-2, share)
    return found if np.ndim(share) else float(found)


def _levels(demand: Demand, calls: np.ndarray, agents: int) -> np.ndarray:
    return np.atleast_1d(evaluate(demand._replace(calls=calls), np.asarray(agents)).service_level)


def _mean_level(demand: Demand, calls: np.ndarray, agents: int) -> float:
    return float((calls * _levels(demand, calls, agents)).sum() / calls.sum())


def _size(demand: Demand, calls: np.ndarray, wanted: float) -> int:
    aht, target = (np.full(1, float(value)) for value in (demand.aht, demand.target))
    load = calls * aht / demand.interval
    goal = np.full(1, wanted)
    if demand.patience is None:
        return int(size_erlang_c(load, aht, target, goal, None, None, None)[0])
    patience = np.full(1, float(demand.patience))
    return int(size_erlang_a(load, aht, target, patience, goal, demand.definition, *[None] * 3)[0])
