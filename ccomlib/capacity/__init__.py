"""容量规划：明年要几个人、几月开始招？

单位：人数为全职当量（人），比率为 0 到 1 的小数，月份一行一个月。
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.capacity.hiring import HiringPlan, hiring_plan, label_months, month_names
from ccomlib.capacity.volume import VolumeForecast, volume_forecast
from ccomlib.charts import finding
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_range, require_same_length

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "HiringPlan",
    "MonthlyNeed",
    "Shrinkage",
    "VolumeForecast",
    "full_time_equivalents",
    "hiring_plan",
    "monthly_need",
    "shrinkage",
    "volume_forecast",
]


@dataclass(frozen=True, eq=False)
class Shrinkage(Result):
    """损耗率与它的组成。由 ``shrinkage`` 生成，不直接构造。

    ``rate`` 是总损耗率，``losses`` 是各项从付薪时间里拿走的比例（合计等于 ``rate``）。
    """

    rate: float
    losses: pd.Series
    components: pd.Series
    combine: str

    def summary(self) -> pd.DataFrame:
        """逐项列出：各自的比例、拿走付薪时间的比例、之后还剩多少。"""
        return pd.DataFrame(
            {
                "各项比例": self.components,
                "占付薪时间": self.losses,
                "扣后可用": 1 - self.losses.cumsum(),
            }
        ).rename_axis("项目")

    def plot(self, ax: Axes | None = None) -> Axes:
        """瀑布图：付薪时间怎样一项项变成可接电话的时间。"""
        ax = new_axes(ax)
        left = 100 * (1 - self.losses.cumsum())
        names = ["付薪时间", *map(str, self.losses.index), "可用时间"]
        heights = [100, *(100 * self.losses), 100 * (1 - self.rate)]
        bottoms = [0, *left, 0]
        colours = [
            COLOURS["grey"],
            *[COLOURS["second"]] * len(self.losses),
            COLOURS["main"],
        ]
        bars = ax.bar(range(len(names)), heights, bottom=bottoms, color=colours, width=0.7)
        ax.bar_label(bars, [f"{h:.1f}%" for h in heights], padding=2)
        ax.set_xticks(range(len(names)), names, rotation=30 if len(names) > 8 else 0)
        ax.set(
            title=f"付薪时间的去向：损耗率 {self.rate:.1%}",
            ylabel="占付薪时间（%）",
            ylim=(0, 112),
        )
        ax.grid(axis="x", visible=False)
        return ax

    def __str__(self) -> str:
        largest = self.losses.idxmax()
        how = {
            "additive": "各项都以付薪时间为底，相加",
            "multiplicative": "各项依次以剩下的时间为底，连乘",
            "measured": "由付薪与可用时间相除得出",
        }[self.combine]
        biggest = f"，最大一项是{largest}（{self.losses[largest]:.1%}）"
        return (
            f"损耗率 {self.rate:.1%}{biggest if len(self.losses) > 1 else ''}：每 100 个付薪工时"
            f"只有 {100 * (1 - self.rate):.1f} 个能接电话（{how}）。"
        )


def shrinkage(
    paid: Any = None,
    available: Any = None,
    *,
    components: Mapping[str, float] | pd.Series | None = None,
    combine: str = "additive",
) -> Shrinkage:
    """付了薪的时间里，有多少不能接电话？

    损耗率 = 1 − 可用时间 ÷ 付薪时间。

    Parameters
    ----------
    paid, available : 付薪与可用的工时（同一单位），一个数或一列数（先各自求和）。
    components : 或者给各项比例，如 ``{"假期": 0.08, "培训": 0.03}``。
    combine : components 怎样合成。

        - "additive"：各项都以付薪时间为底且互不重叠，直接相加（默认）
        - "multiplicative"：后一项以前几项剩下的时间为底，1 − Π(1 − sᵢ)；
          如假期按全年算、小休按到岗后的时间算

    Returns
    -------
    Shrinkage

    Raises
    ------
    ValueError
        两种给法都没有或都有；可用多于付薪；各项合计达到 100%。

    Notes
    -----
    底数不同的比例不能相加：假期 10%、到岗后小休 10%，合计是 19% 而不是 20%。

    Examples
    --------
    >>> round(shrinkage(160, 112).rate, 4)
    0.3
    >>> round(shrinkage(components={"假期": 0.1, "小休": 0.1}, combine="multiplicative").rate, 4)
    0.19
    """
    if (components is None) == (paid is None and available is None):
        raise ValueError(
            "请只用一种给法：付薪与可用工时（paid、available），或各项（components）。"
        )
    if components is None:
        return _measured_shrinkage(paid, available)
    parts = pd.Series(dict(components) if isinstance(components, Mapping) else components)
    if parts.empty:
        raise ValueError("各项（components）是空的：请至少给一项，如 {'假期': 0.08}。")
    parts = pd.Series(require_range(parts, "各项比例（components）", 0, 1), index=parts.index)
    if not parts.index.is_unique:
        repeat = parts.index[parts.index.duplicated()][0]
        raise ValueError(f"各项（components）里 {repeat} 出现两次：请先合并。")
    if combine == "additive":
        losses = parts
    elif combine == "multiplicative":
        losses = parts * (1 - parts).cumprod().shift(fill_value=1.0)
    else:
        raise ValueError(f"合成方式（combine）是 {combine!r}：请用 additive 或 multiplicative。")
    rate = float(losses.sum())
    if rate >= 1:
        raise ValueError(
            f"各项（components）合计 {rate:.0%}，没有时间接电话了：请核对各项是否重复，"
            "或底数是否都是付薪时间。"
        )
    return Shrinkage(rate=rate, losses=losses, components=parts, combine=combine)


def _measured_shrinkage(paid: Any, available: Any) -> Shrinkage:
    if paid is None or available is None:
        raise ValueError("付薪（paid）与可用（available）工时要一起给。")
    require_same_length({"付薪工时（paid）": paid, "可用工时（available）": available})
    paid = require_range(paid, "付薪工时（paid）", 0)
    available = require_range(available, "可用工时（available）", 0)
    have, pay = np.broadcast_arrays(available, paid)
    over = np.flatnonzero(have > pay)
    if over.size:
        row = over[0]
        raise ValueError(
            f"可用工时（available）第 {row + 1} 个是 {have.flat[row]:g}，"
            f"多于付薪的 {pay.flat[row]:g}：请核对两列是否对调。"
        )
    total = float(pay.sum())
    if total == 0:
        raise ValueError("付薪工时（paid）合计为 0：无法计算比例。")
    rate = 1 - float(have.sum()) / total
    losses = pd.Series({"损耗": rate})
    return Shrinkage(rate=rate, losses=losses, components=losses, combine="measured")


def full_time_equivalents(base: Any, shrinkage: Any) -> float | np.ndarray:
    """同时在线要 N 人，一共要养多少人？

    FTE = N ÷ (1 − 损耗率)。

    Parameters
    ----------
    base : 净需求人数 N（在线人数），一个数或一列数。
    shrinkage : 损耗率（小于 1 的比例），一个数或一列数。

    Returns
    -------
    全职当量（不取整），形状随输入。

    Notes
    -----
    常见的错法是 N × (1 + 损耗率)：要 70 人在线、损耗 30%，乘法得 91 人，91 人里只有
    91 × 0.7 = 63.7 人在线，缺 6.3 人；除法得 100 人，100 × 0.7 正好 70 人。损耗率是
    以总人数为底的，所以要除。

    Examples
    --------
    >>> round(full_time_equivalents(70, 0.3), 6)
    100.0
    """
    lost = getattr(shrinkage, "rate", shrinkage)
    require_same_length({"净需求（base）": base, "损耗率（shrinkage）": lost})
    need = require_range(base, "净需求（base）", 0)
    need = need / (1 - require_range(lost, "损耗率（shrinkage）", 0, 1, below=True))
    return need if np.ndim(need) else float(need)


@dataclass(frozen=True, eq=False)
class MonthlyNeed(Result):
    """逐月的工作量与所需人数。由 ``monthly_need`` 生成，不直接构造。

    ``workload_hours`` 处理工时，``paid_hours`` 每人每月付薪工时，``base`` 不计损耗的人数，
    ``fte`` 应养的全职当量。
    """

    months: pd.Index
    calls: np.ndarray
    aht: np.ndarray
    workload_hours: np.ndarray
    paid_hours: np.ndarray
    occupancy: np.ndarray
    shrinkage: np.ndarray
    efficiency: np.ndarray
    base: np.ndarray
    fte: np.ndarray

    def summary(self) -> pd.DataFrame:
        """每月一行。"""
        return pd.DataFrame(
            {
                "呼入量": self.calls,
                "平均处理时长(秒)": self.aht,
                "工作量(小时)": self.workload_hours,
                "每人付薪工时": self.paid_hours,
                "占用率": self.occupancy,
                "损耗率": self.shrinkage,
                "排班有效率": self.efficiency,
                "净需求人数": self.base,
                "全职当量": self.fte,
            },
            index=self.months,
        ).rename_axis("月份")

    def plot(self, ax: Axes | None = None) -> Axes:
        """逐月的全职当量，下段是净需求，上段是损耗要补的人。"""
        ax = new_axes(ax)
        x = np.arange(len(self.months))
        ax.bar(x, self.base, color=COLOURS["main"], label="净需求")
        ax.bar(x, self.fte - self.base, bottom=self.base, color=COLOURS["second"], label="补损耗")
        label_months(ax, self.months)
        ax.set(xlabel="月份", ylabel="全职当量（人）")
        peak = int(np.argmax(self.fte))
        finding(ax, f"{self.months[peak]} 最多，要 {self.fte[peak]:.1f} 人", "逐月所需人数")
        ax.grid(axis="x", visible=False)
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        peak = int(np.argmax(self.fte))
        return (
            f"{len(self.months)} 个月平均要 {self.fte.mean():.1f} 个全职当量，"
            f"最多的是 {self.months[peak]}（{self.fte[peak]:.1f} 个）；前提是占用率能做到 "
            f"{self.occupancy[peak]:.0%}，这要由服务水平核对，不能凭愿望定。"
        )


def monthly_need(
    calls: Any,
    aht: Any,
    days: Any,
    *,
    occupancy: Any = 0.8,
    shrinkage: Any = 0.3,
    efficiency: Any = 1.0,
    hours_per_day: Any = 8.0,
    months: Any = None,
) -> MonthlyNeed:
    """按月的呼入量要养多少人？

    FTE = 呼入量 × AHT ÷ 3600 ÷ (工作日 × 每日工时 × 占用率 × 排班有效率 × (1 − 损耗率))。

    Parameters
    ----------
    calls : 每月呼入量（通），一个数或一列数。
    aht : 平均处理时长（秒）。
    days : 每人每月付薪的工作日数（不是运营天数）。
    occupancy : 在线时间里忙的比例；0.8 是教学约定，实际由服务水平决定
        （见 ``erlang.performance``）。
    shrinkage : 损耗率，或 ``shrinkage()`` 的结果；0.3 是教学约定。
    efficiency : 排班有效率：班表给出的在线工时里，落在需要的时段、需要的队列上的比例；
        缺省 1 是班表与需求处处对齐，真的班表做不到。
    hours_per_day : 每日付薪工时。
    months : 月份名，不给则取 calls 的行标签，再不然从 1 月数起。

    Returns
    -------
    MonthlyNeed

    Notes
    -----
    月度算法看不见一天里的高峰：半小时的需求先用 ``erlang.required_agents`` 算出，
    所得占用率再拿来用。

    Examples
    --------
    >>> need = monthly_need(52800, 240, 22, occupancy=0.8, shrinkage=0.3)
    >>> need.workload_hours.tolist(), need.fte.round(2).tolist()
    ([3520.0], [35.71])
    """
    lost = getattr(shrinkage, "rate", shrinkage)
    named = {
        "呼入量（calls）": calls,
        "平均处理时长（aht）": aht,
        "工作日（days）": days,
        "占用率（occupancy）": occupancy,
        "损耗率（shrinkage）": lost,
        "排班有效率（efficiency）": efficiency,
        "每日工时（hours_per_day）": hours_per_day,
    }
    require_same_length(named)
    labels = next((v.index for v in named.values() if isinstance(v, pd.Series)), None)
    count, seconds, days, busy, lost, fits, hours = np.broadcast_arrays(
        np.atleast_1d(require_range(calls, "呼入量（calls）", 0)),
        require_range(aht, "平均处理时长（aht）", 0, above=True),
        require_range(days, "工作日（days）", 0, 31, above=True),
        require_range(occupancy, "占用率（occupancy）", 0, 1, above=True),
        require_range(lost, "损耗率（shrinkage）", 0, 1, below=True),
        require_range(efficiency, "排班有效率（efficiency）", 0, 1, above=True),
        require_range(hours_per_day, "每日工时（hours_per_day）", 0, 24, above=True),
    )
    if not count.size:
        raise ValueError("呼入量（calls）是空的：请至少给一个月。")
    workload = count * seconds / 3600
    base = workload / (days * hours * busy * fits)
    return MonthlyNeed(
        months=month_names(months, labels, count.size),
        calls=count.copy(),
        aht=seconds.copy(),
        workload_hours=workload,
        paid_hours=days * hours,
        occupancy=busy.copy(),
        shrinkage=lost.copy(),
        efficiency=fits.copy(),
        base=base,
        fte=base / (1 - lost),
    )
