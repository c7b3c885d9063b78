"""方法：拿过去的规律，怎样推出以后若干期？"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .results import Result
from .style import COLOURS, new_axes
from .validation import as_series, require_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "Forecast",
    "holt_winters",
    "moving_average",
    "read_series",
    "same_weekday_mean",
    "seasonal_naive",
    "whole_number",
]

LONG_SEASON = 24
PARAMETERS = {
    "smoothing_level": "水平 α",
    "smoothing_trend": "趋势 β",
    "smoothing_seasonal": "季节 γ",
    "damping_trend": "阻尼 φ",
}


@dataclass(frozen=True, eq=False)
class Forecast(Result):
    """一次预测。由 ``seasonal_naive`` 等函数得到，不直接构造。"""

    method: str
    """实际用的方法；退回时是“季节朴素”。"""
    values: pd.Series
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
        return pd.DataFrame({"预测值": self.values}).rename_axis(self.values.index.name or "期")

    def plot(self, ax: Axes | None = None) -> Axes:
        """历史的最后几个周期，接上预测。"""
        ax = new_axes(ax)
        tail = self.history.iloc[-max(3 * self.season, 2 * len(self.values)) :]
        name = str(self.history.name or "数量")
        ax.plot(tail.index, tail.to_numpy(), color=COLOURS["grey"], label="历史")
        ax.plot(
            self.values.index,
            self.values.to_numpy(),
            color=COLOURS["main"],
            marker="." if len(self.values) <= 60 else None,
            label=f"预测：{self.method}",
        )
        ax.axvline(self.values.index[0], color=COLOURS["grey"], linestyle=":")
        _date_ticks(ax, self.values.index)
        ax.set(
            title=f"{self.method}：以后 {len(self.values)} 期",
            xlabel="日期",
            ylabel=f"{name}（每期）",
        )
        if not isinstance(self.values.index, pd.DatetimeIndex):
            ax.set_xlabel("期（从 0 数）")
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
        return ax

    def __str__(self) -> str:
        mean = self.values.mean()
        start = f"{self.method}：以后 {len(self.values)} 期平均每期 {mean:,.4g}"
        if self.fallback:
            start = (
                f"已退回季节朴素（{self.reason}）：以后 {len(self.values)} 期平均每期 {mean:,.4g}"
            )
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
        ``values`` 为预测值。

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
    >>> seasonal_naive([10, 20, 30, 11, 21, 31], 4, 3).values.tolist()
    [11.0, 21.0, 31.0, 11.0]
    """
    history, horizon, season = _inputs(series, horizon, season, cycles=1)
    y = history.to_numpy()
    values = np.resize(y[-season:], horizon)
    return _forecast("季节朴素", history, values, y[:-season], season)


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
    >>> moving_average([10, 20, 30, 40], 2, 2).values.tolist()
    [35.0, 35.0]
    """
    history, horizon, season = _inputs(series, horizon, season, cycles=1)
    window = season if window is None else whole_number(window, "window")
    if window > len(history):
        raise ValueError(f"window 是 {window}，而历史只有 {len(history)} 期：请改小。")
    y = history.to_numpy()
    means = np.convolve(y, np.full(window, 1 / window), mode="valid")
    return _forecast(
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
    >>> same_weekday_mean([10, 20, 14, 24], 2, 2, weeks=2).values.tolist()
    [12.0, 22.0]
    """
    weeks = whole_number(weeks, "weeks")
    history, horizon, season = _inputs(series, horizon, season, cycles=weeks)
    y = history.to_numpy()
    total = np.add.reduce([y[season * k : len(y) - season * (weeks - 1 - k)] for k in range(weeks)])
    means = total / weeks
    values = np.resize(means[-season:], horizon)
    return _forecast(f"最近 {weeks} 个周期同期平均", history, values, means[:-season], season)


def holt_winters(
    series: Any,
    horizon: int,
    season: int,
    *,
    trend: str | None = "add",
    seasonal: str | None = "add",
    damped: bool = False,
    sane: float = 3.0,
) -> Forecast:
    """霍尔特-温特斯指数平滑：水平、趋势、季节各自边走边修正；算不好就退回季节朴素。

    Parameters
    ----------
    series : 等间隔的历史，至少两个周期。
    horizon, season : 预测几期、一个周期几期。
    trend : ``"add"``、``"mul"`` 或 ``None``（没有趋势）。
    seasonal : ``"add"``（起伏的幅度不变）、``"mul"``（随水平放大）或 ``None``。
    damped : 趋势是否逐渐放平；预测期较长时稳妥。
    sane : 预测超出历史范围多少个极差算离谱（教学约定）。

    Returns
    -------
    Forecast
        ``fallback`` 为真表示退回了季节朴素，原因在 ``reason``。

    Raises
    ------
    ValueError
        空值、日期不连续、不足两个周期、相乘的模型里有 0 或负数。

    Notes
    -----
    加法：F(t+h) = 水平 + h·趋势 + 季节(t+h−m)。参数由 statsmodels 最小化残差平方和得到；
    周期不少于 24 期时初值用启发式，否则太慢。退回的情形：不收敛、参数没有离开起点、
    结果不是有限的数、预测离谱、历史全相等。历史全不为负时，负的预测截到 0 并注明。

    References
    ----------
    Hyndman & Athanasopoulos, Forecasting: Principles and Practice (2nd ed.), 7.3。

    Examples
    --------
    >>> week = [120, 100, 95, 94, 96, 70, 60]
    >>> print(holt_winters([100.0] * 28, 7, 7).reason)
    历史全相等，没有可估计的规律
    """
    history, horizon, season = _inputs(series, horizon, season, cycles=2)
    _check_kinds(history, trend, seasonal, damped, season)
    require_range(sane, "sane", 0, above=True)
    y = history.to_numpy()
    label = "霍尔特-温特斯"
    if np.ptp(y) == 0:
        return _fall_back(history, horizon, season, "历史全相等，没有可估计的规律")
    fit, values, told = _fit(y, horizon, season, trend, seasonal, damped)
    reason = told if fit is None else _fault(fit, values, y, season, sane)
    if reason:
        return _fall_back(history, horizon, season, reason)
    notes = (told,) if told else ()
    if (y >= 0).all() and (values < 0).any():
        notes += (f"{int((values < 0).sum())} 期预测为负，已截到 0",)
        values = np.maximum(values, 0)
    result = _forecast(label, history, values, fit.fittedvalues, season)
    found = {name: fit.params.get(key, np.nan) for key, name in PARAMETERS.items()}
    found = {name: float(value) for name, value in found.items() if np.isfinite(value)}
    return replace(result, parameters=found, notes=notes)


def _fit(
    y: np.ndarray, horizon: int, season: int, trend: Any, seasonal: Any, damped: bool
) -> tuple[Any, np.ndarray, str]:
    """交给 statsmodels；它的警告变成一句话，算不出时第一个值是 None。"""
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    with warnings.catch_warnings(record=True) as caught, np.errstate(all="ignore"):
        warnings.simplefilter("always")
        try:
            model = ExponentialSmoothing(
                y,
                trend=trend,
                damped_trend=damped,
                seasonal=seasonal,
                seasonal_periods=season if seasonal else None,
                initialization_method="heuristic" if season >= LONG_SEASON else "estimated",
            )
            fit = model.fit()
            values = np.asarray(fit.forecast(horizon), dtype=float)
        except (ValueError, FloatingPointError, np.linalg.LinAlgError) as error:
            return None, np.empty(0), f"statsmodels 无法计算：{error}"
    kinds = sorted({item.category.__name__ for item in caught})
    return fit, values, f"statsmodels 有提示（{'、'.join(kinds)}）" if kinds else ""


def _fault(fit: Any, values: np.ndarray, y: np.ndarray, season: int, sane: float) -> str:
    """结果有什么毛病；没有就是空字。"""
    if not (np.isfinite(values).all() and np.isfinite(fit.fittedvalues).all()):
        return "结果不是有限的数"
    found = fit.mle_retvals
    if found is not None and not getattr(found, "success", True):
        return "参数的估计没有收敛"
    naive = float(np.square(y[season:] - y[:-season]).sum())
    if found is not None and getattr(found, "nit", 1) == 0 and fit.sse >= naive:
        return "参数没有离开起点，拟合不如季节朴素"
    span = np.ptp(y)
    if values.min() < y.min() - sane * span or values.max() > y.max() + sane * span:
        return f"预测离谱（{values.min():,.4g} 至 {values.max():,.4g}，历史 {y.min():,.4g} 至 {y.max():,.4g}）"
    return ""


def _fall_back(history: pd.Series, horizon: int, season: int, reason: str) -> Forecast:
    return replace(seasonal_naive(history, horizon, season), fallback=True, reason=reason)


def _check_kinds(history: pd.Series, trend: Any, seasonal: Any, damped: bool, season: int) -> None:
    for name, kind in (("trend", trend), ("seasonal", seasonal)):
        if kind not in (None, "add", "mul"):
            raise ValueError(f"{name} 是 {kind!r}，应是 “add”（相加）、“mul”（相乘）或 None。")
        if kind == "mul":
            require_range(history, f"{name}=“mul” 时历史", 0, above=True)
    if damped and trend is None:
        raise ValueError("damped 为真但 trend 是 None：没有趋势可放平，请设 trend=“add”。")
    if seasonal and season < 2:
        raise ValueError(f"season 是 {season}，没有季节：请设 seasonal=None，或给出周期长度。")


def _inputs(series: Any, horizon: Any, season: Any, *, cycles: int) -> tuple[pd.Series, int, int]:
    history = read_series(series)
    horizon = whole_number(horizon, "horizon")
    season = whole_number(season, "season")
    if len(history) < cycles * season:
        raise ValueError(
            f"历史只有 {len(history)} 期，至少要 {cycles} 个周期（{cycles * season} 期）："
            "请用更长的历史，或改小 season。"
        )
    return history, horizon, season


def whole_number(value: Any, name: str) -> int:
    """正整数。"""
    number = float(require_range(value, name, 1))
    if number % 1:
        raise ValueError(f"{name}是 {number:g}，应是整数。")
    return int(number)


def read_series(series: Any, name: str = "历史") -> pd.Series:
    """一列等间隔的数；日期索引要排好序、没有缺口。"""
    history = as_series(series, name)
    if history.empty:
        raise ValueError(f"{name}是空的：请检查筛选条件。")
    history.name = series.name if isinstance(series, pd.Series) else None
    index = history.index
    if isinstance(index, pd.DatetimeIndex):
        if index.has_duplicates:
            day = index[index.duplicated()][0]
            raise ValueError(f"{name}里 {day} 有不止一行：请先筛选一个队列或合计。")
        if not index.is_monotonic_increasing:
            raise ValueError(f"{name}没有按日期排好：请先 sort_index()。")
        if len(index) > 2 and _step(index) is None:
            gaps = np.diff(index.to_numpy())
            wide = int(np.argmax(gaps > np.median(gaps))) if (gaps > np.median(gaps)).any() else 0
            raise ValueError(
                f"{name}的日期间隔不等：{index[wide]} 之后是 {index[wide + 1]}。"
                "请补上缺的那几期，或用 traffic.clean(..., fill=“median”)。"
            )
    return history


def _step(index: pd.DatetimeIndex) -> Any:
    """两期之间的间隔；不等时是 None。"""
    gaps = np.diff(index.to_numpy())
    if (gaps == gaps[0]).all():
        return pd.Timedelta(gaps[0])
    return pd.infer_freq(index)


def _forecast(
    method: str, history: pd.Series, values: np.ndarray, fitted: np.ndarray, season: int
) -> Forecast:
    """拟合值与历史末尾对齐，预测值接着历史的索引。"""
    index = history.index
    horizon = len(values)
    if isinstance(index, pd.DatetimeIndex) and len(index) > 1:
        step = _step(index) if len(index) > 2 else pd.Timedelta(index[1] - index[0])
        ahead = pd.date_range(index[-1], periods=horizon + 1, freq=step, name=index.name)[1:]
    else:
        ahead = pd.RangeIndex(len(history), len(history) + horizon)
    inside = pd.Series(np.asarray(fitted), index=index[len(history) - len(fitted) :], name="拟合值")
    residuals = (history.iloc[len(history) - len(fitted) :] - inside).rename("残差")
    return Forecast(
        method=method,
        values=pd.Series(np.asarray(values, dtype=float), index=ahead, name="预测值"),
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
