"""方法：拿过去的规律，怎样推出以后若干期？"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes

from .series import index_ahead, read_inputs, whole_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Forecast", "make_forecast", "moving_average", "same_weekday_mean", "seasonal_naive"]


@dataclass(frozen=True, eq=False)
class Forecast(Result):
    """一次预测。由 ``seasonal_naive`` 等函数得到，不直接构造。"""

    method: str
    """实际用的方法；退回时是“季节朴素”。"""
    predicted: pd.Series
    """预测值；历史以日期为索引时也以日期为索引。"""
    fitted: pd.Series
    """对历史的拟合值；开头没有依据的若干期不在内。"""
    residuals: pd.Series
    """残差 = 实际 − 拟合。"""
    history: pd.Series
    """所依据的历史。"""
    season: int
    """一个周期有几期。"""
    parameters: dict[str, float]
    """平滑参数；没有参数的方法为空。"""
    fallback: bool = False
    """是否因为原方法算不好而退回季节朴素。"""
    reason: str = ""
    """退回的原因。"""
    notes: tuple[str, ...] = ()
    """计算中值得知道的事，例如截到 0。"""

    def summary(self) -> pd.DataFrame:
        """逐期列出预测值。"""
        return pd.DataFrame({"预测值": self.predicted}).rename_axis(
            self.predicted.index.name or "期"
        )

    def plot(self, ax: Axes | None = None) -> Axes:
        """历史的最后几个周期，接上预测。"""
        ax = new_axes(ax)
        tail = self.history.iloc[-max(3 * self.season, 2 * len(self.predicted)) :]
        name = str(self.history.name or "数量")
        ax.plot(tail.index, tail.to_numpy(), color=COLOURS["grey"], label="历史")
        ax.plot(
            self.predicted.index,
            self.predicted.to_numpy(),
            color=COLOURS["main"],
            marker="." if len(self.predicted) <= 60 else None,
            label=f"预测：{self.method}",
        )
        ax.axvline(self.predicted.index[0], color=COLOURS["grey"], linestyle=":")
        _date_ticks(ax, self.predicted.index)
        ax.set(
            title=f"{self.method}：以后 {len(self.predicted)} 期",
            xlabel="日期",
            ylabel=f"{name}（每期）",
        )
        if not isinstance(self.predicted.index, pd.DatetimeIndex):
            ax.set_xlabel("期（从 0 数）")
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        mean = self.predicted.mean()
        start = f"{self.method}：以后 {len(self.predicted)} 期平均每期 {mean:,.4g}"
        if self.fallback:
            start = f"已退回季节朴素（{self.reason}）：以后 {len(self.predicted)} 期平均每期 {mean:,.4g}"
        notes = "".join(f"；{note}" for note in self.notes)
        return f"{start}{notes}；前提是以后延续过去的规律，要知道多准须看回测。"


def seasonal_naive(series: Any, horizon: int, season: int) -> Forecast:
    """季节朴素：下个周期照抄上个周期。任何方法都应先胜过它。

    Parameters
    ----------
    series : 等间隔的历史，至少一个周期；索引可以是日期。
    horizon : 预测几期。
    season : 一个周期有几期（日数据看星期是 7）。

    Returns
    -------
    Forecast
        ``predicted`` 为预测值。

    Raises
    ------
    ValueError
        有空值、日期不连续、历史不足一个周期。

    Notes
    -----
    F(t+h) = A(t+h−m·k)，m 为周期，k 取使其落在最后一个周期的整数。

    References
    ----------
    Hyndman & Athanasopoulos, Forecasting: Principles and Practice (2nd ed.), 3.1。

    Examples
    --------
    >>> seasonal_naive([10, 20, 30, 11, 21, 31], 4, 3).predicted.tolist()
    [11.0, 21.0, 31.0, 11.0]
    """
    history, horizon, season = read_inputs(series, horizon, season, cycles=1)
    y = history.to_numpy()
    values = np.resize(y[-season:], horizon)
    return make_forecast("季节朴素", history, values, y[:-season], season)


def moving_average(
    series: Any, horizon: int, season: int = 7, *, window: int | None = None
) -> Forecast:
    """移动平均：以后每期都等于最近 ``window`` 期的平均。

    Parameters
    ----------
    series, horizon, season : 见 ``seasonal_naive``。
    window : 平均几期；缺省为一个周期。

    Notes
    -----
    F = (最近 window 期之和) / window；抹平了星期规律，只适合没有季节的数据。

    Examples
    --------
    >>> moving_average([10, 20, 30, 40], 2, 2).predicted.tolist()
    [35.0, 35.0]
    """
    history, horizon, season = read_inputs(series, horizon, season, cycles=0)
    window = season if window is None else whole_number(window, "window")
    if window > len(history):
        raise ValueError(f"window 是 {window}，而历史只有 {len(history)} 期：请改小。")
    y = history.to_numpy()
    means = np.convolve(y, np.full(window, 1 / window), mode="valid")
    return make_forecast(
        f"{window} 期移动平均", history, np.full(horizon, means[-1]), means[:-1], season
    )


def same_weekday_mean(series: Any, horizon: int, season: int = 7, *, weeks: int = 4) -> Forecast:
    """同期平均：周三的预测是最近 ``weeks`` 个周三的平均。

    Parameters
    ----------
    series, horizon, season : 见 ``seasonal_naive``；半小时数据看星期时 ``season`` 是 336。
    weeks : 平均最近几个周期。

    Notes
    -----
    F(t+h) = 最近 weeks 个周期同一位置的平均。

    Examples
    --------
    >>> same_weekday_mean([10, 20, 14, 24], 2, 2, weeks=2).predicted.tolist()
    [12.0, 22.0]
    """
    weeks = whole_number(weeks, "weeks")
    history, horizon, season = read_inputs(series, horizon, season, cycles=weeks)
    y = history.to_numpy()
    total = np.add.reduce([y[season * k : len(y) - season * (weeks - 1 - k)] for k in range(weeks)])
    means = total / weeks
    values = np.resize(means[-season:], horizon)
    return make_forecast(f"最近 {weeks} 个周期同期平均", history, values, means[:-season], season)


def make_forecast(
    method: str, history: pd.Series, values: np.ndarray, fitted: np.ndarray, season: int
) -> Forecast:
    """拟合值与历史末尾对齐，预测值接着历史的索引。"""
    index = history.index
    inside = pd.Series(np.asarray(fitted), index=index[len(history) - len(fitted) :], name="拟合值")
    residuals = (history.iloc[len(history) - len(fitted) :] - inside).rename("残差")
    return Forecast(
        method=method,
        predicted=pd.Series(
            np.asarray(values, dtype=float), index=index_ahead(index, len(values)), name="预测值"
        ),
        fitted=inside,
        residuals=residuals,
        history=history,
        season=season,
        parameters={},
    )


def _date_ticks(ax: Axes, index: pd.Index) -> None:
    if isinstance(index, pd.DatetimeIndex):
        import matplotlib.dates as mdates

        locator = mdates.AutoDateLocator(maxticks=9)
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(mdates.DateFormatter("%Y-%m-%d"))
        for label in ax.get_xticklabels():
            label.set(rotation=30, ha="right")
