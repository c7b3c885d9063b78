"""预测的包装贵不贵：holt_winters 与直接用 statsmodels 在同一次运行里比。"""

from __future__ import annotations

import time

from statsmodels.tsa.holtwinters import ExponentialSmoothing

from ccomlib import centre, forecast

TIMES = 5


def fastest(function) -> float:
    """几次里最快的一次（秒）。"""
    seconds = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        function()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def main() -> None:
    daily = centre.open_centre(2025).calls_daily
    series = daily[daily["队列"] == "咨询"]["呼入量"].iloc[-420:].to_numpy(float)

    def direct() -> None:
        model = ExponentialSmoothing(series, trend="add", seasonal="add", seasonal_periods=7)
        model.fit().forecast(28)

    peer, ours = fastest(direct), fastest(lambda: forecast.holt_winters(series, 28, 7))
    print(f"Holt-Winters：statsmodels {peer:.3f} 秒，ccomlib {ours:.3f} 秒，{ours / peer:.2f} 倍")


if __name__ == "__main__":
    main()
