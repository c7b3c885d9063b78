"""academy.seatkit.forecasts：报低的整体报低，不偏的真不偏；两份里准的那一份不是合计接近的那一份。"""

import numpy as np
import pandas as pd
import pytest

from academy.seatkit import biased, daily, lettered, rivals, unbiased, unsteady

ACTUAL = np.linspace(1500, 2500, 21).round()


def _wape(forecast, actual=ACTUAL):
    return np.abs(forecast - actual).sum() / actual.sum()


def _bias(forecast, actual=ACTUAL):
    return (forecast - actual).sum() / actual.sum()


def test_biased_forecast_is_off_as_a_whole(streams):
    for rng in streams:
        assert -0.15 < _bias(biased(rng, ACTUAL, -0.14, -0.10)) < -0.09


def test_unbiased_forecast_has_errors_and_no_bias(streams):
    for rng in streams:
        forecast = unbiased(rng, ACTUAL, 0.08, 0.10)
        assert 0.075 < _wape(forecast) < 0.105
        assert abs(_bias(forecast)) < 0.02


def test_unsteady_forecast_is_worse_where_it_says(streams):
    bad = np.arange(21) % 7 >= 5
    for rng in streams:
        forecast = unsteady(rng, ACTUAL, bad, (0.03, 0.05), (0.15, 0.20))
        error = np.abs(forecast / ACTUAL - 1)
        assert error[bad].min() > 2 * error[~bad].max()


def _told_apart(streams):
    actual = np.array([60, 90, 140, 160, 120, 80, 70, 110])
    for rng in streams:
        near, far = rivals(rng, actual, atol=0.004)
        yield (
            _wape(near, actual) < _wape(far, actual) - 0.02
            and abs(_bias(far, actual)) < abs(_bias(near, actual)) - 0.01
            and any(
                abs(np.abs(one / actual - 1).mean() - _wape(one, actual)) > 0.006
                for one in (near, far)
            )
        )


def test_nearer_forecast_is_not_the_one_with_the_nearer_total(streams):
    assert all(_told_apart(streams))


def test_without_its_conditions_it_would_be(streams, unfiltered):
    assert not all(_told_apart(streams))


def test_letters_are_dealt_at_random(streams):
    tables = [lettered(rng, [np.array([1]), np.array([2])], "预测{}") for rng in streams]

    assert {tuple(table) for table in tables} == {("预测甲", "预测乙")}
    assert {int(table["预测甲"][0]) for table in tables} == {1, 2}


def test_days_are_the_sums_of_their_intervals():
    table = pd.DataFrame(
        {
            "日期": np.repeat(pd.date_range("2025-06-09", periods=3), 2),
            "星期": np.repeat(["周一", "周二", "周三"], 2),
            "呼入量": [1, 2, 3, 4, 5, 6],
        }
    )

    found = daily(table, 2)

    assert found["实际"].tolist() == [7, 11]
    assert found["星期"].tolist() == ["周二", "周三"]
    assert _bias(np.array([110.0]), np.array([100.0])) == pytest.approx(0.1)
