"""指数平滑：水平、趋势、季节怎样边走边修正，算不好时怎么办？"""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from ccomlib.validation import require_range, varies

from .methods import Forecast, make_forecast, seasonal_naive
from .series import read_inputs

__all__ = ["holt_winters"]

LONG_SEASON = 24
PARAMETERS = {
    "smoothing_level": "水平 α",
    "smoothing_trend": "趋势 β",
    "smoothing_seasonal": "季节 γ",
    "damping_trend": "阻尼 φ",
}


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
    >>> print(holt_winters([100.0] * 28, 7, 7).reason)
    历史全相等，没有可估计的规律
    """
    history, horizon, season = read_inputs(series, horizon, season, cycles=2)
    _check_kinds(history, trend, seasonal, damped, season)
    require_range(sane, "sane", 0, above=True)
    y = history.to_numpy()
    label = "霍尔特-温特斯"
    if not varies(y):
        return _fall_back(history, horizon, season, "历史全相等，没有可估计的规律")
    fit, values, told = _fit(y, horizon, season, trend, seasonal, damped)
    reason = told if fit is None else _fault(fit, values, y, season, sane)
    if reason:
        return _fall_back(history, horizon, season, reason)
    notes = (told,) if told else ()
    if (y >= 0).all() and (values < 0).any():
        notes += (f"{int((values < 0).sum())} 期预测为负，已截到 0",)
        values = np.maximum(values, 0)
    result = make_forecast(label, history, values, fit.fittedvalues, season)
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
