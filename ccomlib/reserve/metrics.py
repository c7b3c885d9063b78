"""动员效果：机动启用之后，来得快不快、齐不齐、值不值？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.validation import require_columns, require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["MobilisationMetrics", "mobilisation_metrics"]

DAY_MINUTES = 1440


@dataclass(frozen=True, eq=False)
class MobilisationMetrics(Result):
    """动员效果。由 ``mobilisation_metrics`` 生成，不直接构造。

    时间单位是分钟，``recovery`` 是服务水平回升的百分点，``cost`` 是平均每次的元数（没有则为 None）。
    """

    table: pd.DataFrame
    median_minutes: float
    slowest_minutes: float
    attendance: float
    recovery: float
    cost: float | None
    cost_per_point: float | None

    def summary(self) -> pd.DataFrame:
        """逐次：动员分钟、到位率、机动贡献、成本。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """每次启用前后的服务水平。"""
        ax = new_axes(ax)
        before, after = 100 * self.table["启用前服务水平"], 100 * self.table["启用后服务水平"]
        y = np.arange(len(self.table))
        ax.hlines(y, before, after, color=COLOURS["grey"], lw=2)
        ax.plot(before, y, "o", color=COLOURS["bad"], label="启用前")
        ax.plot(after, y, "o", color=COLOURS["good"], label="启用后")
        ax.set_yticks(y, self.table["启用时间"].map(_short))
        ax.invert_yaxis()
        ax.set(title="每次启用机动前后的服务水平", xlabel="服务水平（%）", ylabel="启用时间")
        ax.set_xlim(0, 105)
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
        return ax

    def __str__(self) -> str:
        money = "" if self.cost is None else f"，平均每次花 {self.cost:,.0f} 元"
        return (
            f"{len(self.table)} 次启用：动员时间中位数 {self.median_minutes:.0f} 分钟"
            f"（最慢 {self.slowest_minutes:.0f}），到位率 {self.attendance:.0%}，"
            f"服务水平平均回升 {100 * self.recovery:.1f} 个百分点{money}；"
            "回升里有一部分是高峰自己过去的，没有对照不能全算机动的功劳。"
        )


def mobilisation_metrics(log: pd.DataFrame) -> MobilisationMetrics:
    """动员时间、到位率、机动贡献与每次成本。

    动员时间 = 到位时间 − 启用时间；到位率 = Σ实到 ÷ Σ应到；
    机动贡献 = 启用后服务水平 − 启用前服务水平。

    Parameters
    ----------
    log : 一行一次启用，列 启用时间、到位时间（日期时间，或 "08:30"，到位更早算次日）、
        应到、实到（人）、启用前服务水平、启用后服务水平（0 到 1），可有 成本（元）。

    Returns
    -------
    MobilisationMetrics

    Raises
    ------
    ValueError
        缺列、没有行、时间读不懂、到位早于启用、应到为 0、实到多于应到，或服务水平不在 0 到 1。

    Notes
    -----
    总到位率按人数加权，不是各次到位率的平均；机动贡献是前后之差，含有高峰自然回落的部分。

    Examples
    --------
    >>> log = pd.DataFrame({"启用时间": ["10:00", "23:50"], "到位时间": ["10:12", "00:10"],
    ...                     "应到": [10, 30], "实到": [9, 21], "启用前服务水平": [0.5, 0.6],
    ...                     "启用后服务水平": [0.8, 0.7], "成本": [400, 1200]})
    >>> metrics = mobilisation_metrics(log)
    >>> metrics.table["动员分钟"].tolist(), metrics.attendance
    ([12.0, 20.0], 0.75)
    """
    needed = ["启用时间", "到位时间", "应到", "实到", "启用前服务水平", "启用后服务水平"]
    require_columns(log, needed, "启用记录")
    if log.empty:
        raise ValueError("启用记录没有行：请至少给一次启用。")
    due = require_range(log["应到"], "应到", 0, above=True)
    came = require_range(log["实到"], "实到", 0)
    if (came > due).any():
        row = int(np.flatnonzero(came > due)[0])
        raise ValueError(
            f"实到第 {row + 1} 个是 {came[row]:g}，多于应到 {due[row]:g}：请核对，自愿多来的另记。"
        )
    minutes = _minutes_between(log["启用时间"], log["到位时间"])
    before = require_range(log["启用前服务水平"], "启用前服务水平", 0, 1)
    after = require_range(log["启用后服务水平"], "启用后服务水平", 0, 1)
    table = log[["启用时间", "到位时间", "应到", "实到"]].reset_index(drop=True)
    table = table.assign(
        动员分钟=minutes,
        到位率=came / due,
        启用前服务水平=before,
        启用后服务水平=after,
        机动贡献=after - before,
    )
    cost = per_point = None
    if "成本" in log:
        table["成本"] = require_range(log["成本"], "成本", 0)
        cost = float(table["成本"].mean())
        gained = 100 * float((after - before).sum())
        per_point = float(table["成本"].sum()) / gained if gained > 0 else None
    return MobilisationMetrics(
        table=table,
        median_minutes=float(np.median(minutes)),
        slowest_minutes=float(minutes.max()),
        attendance=float(came.sum() / due.sum()),
        recovery=float((after - before).mean()),
        cost=cost,
        cost_per_point=per_point,
    )


def _minutes_between(start: pd.Series, end: pd.Series) -> np.ndarray:
    clock_only = start.astype(str).str.fullmatch(r"\s*\d{1,2}:\d\d\s*").all()
    first, last = (
        _moments(values, name) for values, name in ((start, "启用时间"), (end, "到位时间"))
    )
    minutes = (last - first) / np.timedelta64(1, "m")
    if clock_only:
        return minutes % DAY_MINUTES
    if (minutes < 0).any():
        row = int(np.flatnonzero(minutes < 0)[0])
        raise ValueError(
            f"到位时间第 {row + 1} 个是 {end.iloc[row]}，早于启用时间 {start.iloc[row]}：请核对。"
        )
    return minutes


def _moments(values: pd.Series, name: str) -> np.ndarray:
    from ccomlib.cells import parse_moment, parse_slot

    found = []
    for number, value in enumerate(values, start=1):
        try:
            text = str(value).strip()
            clock = len(text) <= len("00:00")
            found.append(
                np.datetime64(f"2000-01-01T{parse_slot(text)}") if clock else parse_moment(value)
            )
        except ValueError:
            raise ValueError(
                f'{name}第 {number} 个是 {value!r}：请写成 "2026-03-02 10:00" 或 "10:00"。'
            ) from None
    return np.array(found, dtype="datetime64[s]")


def _short(moment: object) -> str:
    return f"{moment:%m-%d %H:%M}" if hasattr(moment, "strftime") else str(moment)
