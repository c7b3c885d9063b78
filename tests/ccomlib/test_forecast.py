"""ccomlib.forecast 的方法：与手算、statsmodels 一致，退路与报错各守一条。"""

import warnings

import numpy as np
import pandas as pd
import pytest

from ccomlib import centre, forecast

# 44 个季度、带增长与季节的数；凭记忆录自 fpp2 的 austourists，未与原书核对，这里只作输入
TOURISTS = [42.20566386, 24.64917133, 32.66733514, 37.25735401, 45.24246027, 29.35048127]
TOURISTS += [36.34420728, 41.78208136, 49.27659843, 31.27540139, 37.85062549, 38.83704413]
TOURISTS += [51.23690034, 31.83855162, 41.32342126, 42.79900337, 55.70835836, 33.40714492]
TOURISTS += [42.31663797, 45.15712257, 59.57607996, 34.83733016, 44.84168072, 46.97124960]
TOURISTS += [60.01903094, 38.37117851, 46.97586413, 50.73379646, 61.64687319, 39.29956937]
TOURISTS += [52.67120908, 54.33231689, 66.83435838, 40.87118847, 51.82853579, 57.49190993]
TOURISTS += [65.25146985, 43.06120822, 54.76075713, 59.83447494, 73.25702747, 47.69662373]
TOURISTS += [61.09776802, 66.05576122]


def daily(days=140, seed=5, start="2025-01-06"):
    """有星期规律的日来电，泊松。"""
    index = pd.date_range(start, periods=days, name="日期")
    week = np.array([1300, 1100, 1050, 1000, 1000, 850, 700])
    calls = np.random.default_rng(seed).poisson(week[index.day_of_week])
    return pd.Series(calls, index=index, name="呼入量")


def test_seasonal_naive_repeats_the_last_season():
    assert forecast.seasonal_naive([9, 9, 1, 2], 5, 2).predicted.tolist() == [1, 2, 1, 2, 1]


def test_seasonal_naive_residuals_are_seasonal_differences():
    """[10, 20, 13, 18]，周期 2：13−10 = 3，18−20 = −2。"""
    assert forecast.seasonal_naive([10, 20, 13, 18], 1, 2).residuals.tolist() == [3, -2]


def test_same_weekday_mean_averages_the_same_positions():
    """周期 2 的最近 2 个周期：(1+3)/2 = 2，(5+9)/2 = 7；更早的 100 不用。"""
    found = forecast.same_weekday_mean([100, 100, 1, 5, 3, 9], 3, 2, weeks=2)

    assert found.predicted.tolist() == [2, 7, 2]
    assert found.residuals.tolist() == [3 - 50.5, 9 - 52.5]


def test_moving_average_is_flat():
    found = forecast.moving_average([1, 2, 3, 4, 8], 2, window=3)

    assert found.predicted.tolist() == [5, 5]
    assert found.residuals.tolist() == [2, 5]


def test_forecast_continues_the_dates_of_the_history():
    found = forecast.holt_winters(daily(), 7, 7)

    assert found.predicted.index.equals(pd.date_range("2025-05-26", periods=7, name="日期"))
    assert found.fitted.index.equals(found.history.index)


def test_monthly_history_is_continued_month_by_month():
    index = pd.date_range("2024-01-01", periods=24, freq="MS")
    found = forecast.seasonal_naive(pd.Series(range(24), index), 2, 12)

    assert found.predicted.index.tolist() == [
        pd.Timestamp("2026-01-01"),
        pd.Timestamp("2026-02-01"),
    ]


@pytest.mark.parametrize("options", [{}, {"seasonal": "mul"}, {"trend": None}, {"damped": True}])
def test_holt_winters_gives_what_statsmodels_gives(options):
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    kinds = {"trend": "add", "seasonal": "add", "damped_trend": options.get("damped", False)}
    kinds |= {name: value for name, value in options.items() if name != "damped"}
    model = ExponentialSmoothing(np.array(TOURISTS), seasonal_periods=4, **kinds)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = model.fit().forecast(6)

    found = forecast.holt_winters(TOURISTS, 6, 4, **options)

    assert found.predicted.tolist() == pytest.approx(list(expected))


def test_holt_winters_finds_a_planted_level_trend_and_season():
    """无噪声的 100 + 2t + 季节：往后 8 期应与公式一致。"""
    t = np.arange(48)
    season = np.array([10, -5, 0, -5])
    found = forecast.holt_winters(100 + 2 * t + season[t % 4], 8, 4)
    later = np.arange(48, 56)

    assert found.predicted.tolist() == pytest.approx(
        (100 + 2 * later + season[later % 4]).tolist(), 1e-3
    )


class _Stub:
    """代替 statsmodels 的结果，模拟它已知的失灵。"""

    sse = 1.0

    def __init__(self, values, fitted, **retvals):
        self.values, self.fittedvalues, self.params = values, fitted, {}
        self.mle_retvals = type("Retvals", (), {"success": True, "nit": 9} | retvals)()

    def fit(self):
        return self

    def forecast(self, horizon):
        return np.resize(self.values, horizon)


@pytest.mark.parametrize(
    ("stub", "reason"),
    [
        (_Stub([np.nan], np.ones(140)), "不是有限的数"),
        (_Stub([1000.0], np.full(140, np.inf)), "不是有限的数"),
        (_Stub([1000.0], np.ones(140), success=False), "没有收敛"),
        (_Stub([9e9], np.ones(140)), "预测离谱"),
    ],
)
def test_failure_of_statsmodels_falls_back_to_seasonal_naive_and_says_why(
    monkeypatch, stub, reason
):
    import statsmodels.tsa.holtwinters as holtwinters

    monkeypatch.setattr(holtwinters, "ExponentialSmoothing", lambda *args, **kwargs: stub)
    history = daily()

    found = forecast.holt_winters(history, 7, 7)

    assert found.fallback
    assert reason in found.reason
    assert found.predicted.tolist() == history.iloc[-7:].tolist()
    assert str(found).startswith("已退回季节朴素（")


def test_parameters_that_never_move_fall_back(monkeypatch):
    import statsmodels.tsa.holtwinters as holtwinters

    stub = _Stub([1000.0], np.ones(140), nit=0)
    stub.sse = 1e12
    monkeypatch.setattr(holtwinters, "ExponentialSmoothing", lambda *args, **kwargs: stub)

    assert "没有离开起点" in forecast.holt_winters(daily(), 7, 7).reason


def test_warning_of_statsmodels_becomes_a_note(monkeypatch):
    import statsmodels.tsa.holtwinters as holtwinters

    def noisy(*args, **kwargs):
        warnings.warn("Optimization failed", RuntimeWarning, stacklevel=1)
        return _Stub([1000.0], np.ones(140))

    monkeypatch.setattr(holtwinters, "ExponentialSmoothing", noisy)

    assert forecast.holt_winters(daily(), 7, 7).notes == ("statsmodels 有提示（RuntimeWarning）",)


def test_constant_history_falls_back():
    found = forecast.holt_winters([5.0] * 28, 7, 7)

    assert found.fallback
    assert found.predicted.tolist() == [5] * 7


def test_negative_forecast_of_calls_is_cut_at_zero_with_a_note():
    t = np.arange(56)
    falling = np.maximum(600 - 10 * t + 40 * (t % 7 == 0), 0)

    found = forecast.holt_winters(falling, 14, 7)

    assert found.predicted.min() == 0
    assert "截到 0" in found.notes[-1]


@pytest.mark.parametrize(
    ("series", "horizon", "season", "message"),
    [
        ([1, 2, None, 4], 1, 2, "历史第 3 个是空值"),
        ([1, 2, 3], 1, 4, "历史只有 3 期"),
        ([1, 2, 3, 4], 0, 2, "horizon是 0，应不小于 1"),
        ([1, 2, 3, 4], 1.5, 2, "horizon是 1.5，应是整数"),
        ([], 1, 1, "历史是空的"),
        (daily().drop(pd.Timestamp("2025-02-01")), 7, 7, "2025-01-31.*之后是 2025-02-02"),
        (daily().iloc[::-1], 7, 7, "sort_index"),
        (pd.concat([daily(), daily()]), 7, 7, "不止一行"),
    ],
)
def test_bad_history_is_refused(series, horizon, season, message):
    with pytest.raises(ValueError, match=message):
        forecast.seasonal_naive(series, horizon, season)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"trend": "linear"}, "trend 是 'linear'"),
        ({"trend": None, "damped": True}, "没有趋势可放平"),
        ({"seasonal": "mul"}, "第 1 个.*是 0，应大于 0"),
        ({"sane": 0}, "sane"),
    ],
)
def test_bad_options_of_holt_winters_are_refused(options, message):
    history = daily().to_numpy(dtype=float)
    history[0] = 0
    with pytest.raises(ValueError, match=message):
        forecast.holt_winters(history, 7, 7, **options)


def test_long_window_is_refused():
    with pytest.raises(ValueError, match="window 是 9"):
        forecast.moving_average([1, 2, 3], 1, 1, window=9)


def test_plots_return_the_axes_they_were_given():
    import matplotlib.pyplot as plt

    series = daily()
    found = forecast.seasonal_naive(series, 14, 7)
    checked = forecast.residual_validity(found.residuals)
    tested = forecast.backtest(series, {"均": forecast.moving_average}, folds=2)
    scored = forecast.accuracy(series, series * 1.1)
    _, axes = plt.subplots(1, 5)

    drawings = (found.plot, scored.plot, tested.plot, checked.plot, checked.plot_acf)
    for ax, draw in zip(axes, drawings, strict=True):
        assert draw(ax) is ax
        assert ax.get_title()


def test_centre_forecast_of_the_next_four_weeks_beats_the_naive_scale():
    hub = centre.open_centre(seed=2025)
    past, later = hub.calls_daily, hub.calls_interval_next
    history = past[past["队列"] == "咨询"].set_index("日期")["呼入量"]
    actual = later[later["队列"] == "咨询"].groupby("日期")["呼入量"].sum()

    found = forecast.same_weekday_mean(history, 28)
    result = forecast.accuracy(actual, found.predicted, history=history, season=7)

    assert result.mase < 1
