"""ccomlib.forecast.backtest：不看未来，不把碰巧当本事。"""

import numpy as np
import pandas as pd
import pytest

from ccomlib import forecast


def daily(days=140, seed=5, start="2025-01-06"):
    """有星期规律的日来电，泊松。"""
    index = pd.date_range(start, periods=days, name="日期")
    week = np.array([1300, 1100, 1050, 1000, 1000, 850, 700])
    calls = np.random.default_rng(seed).poisson(week[index.day_of_week])
    return pd.Series(calls, index=index, name="呼入量")


def test_backtest_never_shows_a_method_the_future():
    seen = []

    def spy(history, horizon, season):
        seen.append(len(history))
        return [history.iloc[-1]] * horizon

    forecast.backtest(daily(100), {"间谍": spy}, horizon=10, season=7, folds=3)

    assert seen == [70, 80, 90]


def test_backtest_cells_equal_accuracy_done_by_hand():
    series = daily(100)
    result = forecast.backtest(series, {"同期": forecast.same_weekday_mean}, 14, 7, 2)
    guess = forecast.same_weekday_mean(series.iloc[:86], 14)
    expected = forecast.accuracy(
        series.iloc[86:], guess.predicted, history=series.iloc[:86], season=7
    )

    row = result.table[(result.table["方法"] == "同期") & (result.table["折"] == 2)].iloc[0]

    assert row["WAPE"] == pytest.approx(expected.wape)
    assert row["MASE"] == pytest.approx(expected.mase)
    assert row["训练到"] == "2025-04-01"


def test_averaging_weeks_beats_copying_one_week_on_pure_noise_around_a_pattern():
    """误差方差：抄一周是 2σ²，四周平均是 1.25σ²，WAPE 应约为 √(1.25/2) = 0.79 倍。"""
    result = forecast.backtest(
        daily(1000), {"同期": forecast.same_weekday_mean}, horizon=28, season=7, folds=20
    )
    means = result.summary()["WAPE"]

    assert result.best == "同期"
    assert result.beats_naive
    assert means["同期"] / means["季节朴素"] == pytest.approx(0.79, abs=0.04)


def test_worse_method_leaves_seasonal_naive_the_best():
    result = forecast.backtest(daily(), {"全平均": lambda h, n, m: [h.mean()] * n})

    assert result.best == "季节朴素"
    assert not result.beats_naive
    assert "不值得换更复杂的方法" in str(result)


def test_winning_by_one_lucky_fold_is_not_enough():
    """只在一折里全对、其余三折略差的方法：平均更好，但不算胜过。"""
    series = daily(168)

    def lucky(history, horizon, season):
        if len(history) == 140:
            return series.iloc[140:]
        return 1.02 * forecast.seasonal_naive(history, horizon, season).predicted

    result = forecast.backtest(series, {"碰巧": lucky})

    assert result.best == "碰巧"
    assert result.wins < 3
    assert not result.beats_naive


def test_fallback_shows_in_the_remarks(monkeypatch):
    import statsmodels.tsa.holtwinters as holtwinters

    def broken(*args, **kwargs):
        raise ValueError("optimization failed")

    monkeypatch.setattr(holtwinters, "ExponentialSmoothing", broken)
    result = forecast.backtest(daily(), folds=1)

    assert result.table["备注"].str.contains("退回季节朴素").sum() == 1


def test_progress_goes_to_standard_output(capsys):
    forecast.backtest(daily(), {"均": forecast.moving_average}, folds=1, progress=True)

    captured = capsys.readouterr()
    assert "回测" in captured.out
    assert captured.err == ""


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"folds": 9}, "第一折只剩 0 期训练"),
        ({"methods": {}}, "methods 应是"),
        ({"methods": {"甲": 3}}, "“甲”不是函数"),
        ({"methods": {"甲": lambda h, n, m: [1]}}, "交回 1 期，应是 28 期"),
        ({"methods": {"甲": lambda h, n, m: [np.nan] * n}}, "方法“甲”的预测第 1 个是空值"),
    ],
)
def test_bad_backtests_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        forecast.backtest(daily(), **options)
