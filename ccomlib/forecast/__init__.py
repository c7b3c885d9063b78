"""预测：这个预测准不准，凭什么信它？

``seasonal_naive`` 是底线，``holt_winters`` 是常用的方法，``accuracy`` 量准确度，``grains`` 分粒度量，
``backtest`` 让几种方法在过去比一比，``residual_validity`` 查预测误差里还剩不剩规律。
"""

from __future__ import annotations

from .grains import Grains, grains, half_hours
from .measures import Accuracy, accuracy
from .methods import Forecast, moving_average, same_weekday_mean, seasonal_naive
from .residuals import ResidualCheck, residual_validity
from .rolling import Backtest, backtest
from .smoothing import holt_winters

__all__ = [
    "Accuracy",
    "Backtest",
    "Forecast",
    "Grains",
    "ResidualCheck",
    "accuracy",
    "backtest",
    "grains",
    "half_hours",
    "holt_winters",
    "moving_average",
    "residual_validity",
    "same_weekday_mean",
    "seasonal_naive",
]
