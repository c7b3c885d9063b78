"""ccomlib.forecast.accuracy：误差对得上教科书，相关系数的陷阱被点名。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccomlib import forecast

# 季度啤酒产量（百万升）1992–2007 与 2008–2010 Q2：数据与书中的八个指标都凭记忆录自 fpp2 3.4，
# 没有原书可核对；八个指标与数据逐位吻合
BEER = [443, 410, 420, 532, 433, 421, 410, 512, 449, 381, 423, 531, 426, 408, 416, 520]
BEER += [409, 398, 398, 507, 432, 398, 406, 526, 428, 397, 403, 517, 435, 383, 424, 521]
BEER += [421, 402, 414, 500, 451, 380, 416, 492, 428, 408, 406, 506, 435, 380, 421, 490]
BEER += [435, 390, 412, 454, 416, 403, 408, 482, 438, 386, 405, 491, 427, 383, 394, 473]
BEER_LATER = [420, 390, 410, 488, 415, 398, 419, 488, 414, 374]


def daily(days=140, seed=5, start="2025-01-06"):
    """有星期规律的日来电，泊松。"""
    index = pd.date_range(start, periods=days, name="日期")
    week = np.array([1300, 1100, 1050, 1000, 1000, 850, 700])
    calls = np.random.default_rng(seed).poisson(week[index.day_of_week])
    return pd.Series(calls, index=index, name="呼入量")


def test_accuracy_of_seasonal_naive_matches_the_textbook():
    """fpp2 3.4：ausbeer 季节朴素在 2008 年以后 RMSE 14.31、MAE 13.4、MAPE 3.17、MASE 0.94。"""
    found = forecast.seasonal_naive(BEER, 10, 4)

    result = forecast.accuracy(BEER_LATER, found.predicted, history=BEER, season=4)

    assert result.rmse == pytest.approx(14.31, abs=0.005)
    assert result.mae == pytest.approx(13.4, abs=0.05)
    assert 100 * result.mape == pytest.approx(3.17, abs=0.005)
    assert result.mase == pytest.approx(0.94, abs=0.005)


def test_accuracy_of_the_mean_method_matches_the_textbook():
    """fpp2 3.4：全平均法 RMSE 38.45、MAE 34.83、MAPE 8.28、MASE 2.44。"""
    result = forecast.accuracy(BEER_LATER, [np.mean(BEER)] * 10, history=BEER, season=4)

    assert result.rmse == pytest.approx(38.45, abs=0.005)
    assert result.mae == pytest.approx(34.83, abs=0.005)
    assert 100 * result.mape == pytest.approx(8.28, abs=0.005)
    assert result.mase == pytest.approx(2.44, abs=0.005)


def test_wape_and_bias_by_hand():
    """A=[100, 200, 300]，F=[110, 180, 340]：Σ|误差| = 70，Σ误差 = 30，ΣA = 600。"""
    result = forecast.accuracy([100, 200, 300], [110, 180, 340])

    assert result.wape == pytest.approx(70 / 600)
    assert result.accuracy_rate == pytest.approx(1 - 70 / 600)
    assert result.bias == pytest.approx(30 / 600)
    assert result.mase is None


def test_zero_rows_are_left_out_of_mape_and_counted():
    """|10|/100 一期；另一期实际为 0。"""
    result = forecast.accuracy([100, 0], [110, 5])

    assert result.mape == pytest.approx(0.1)
    assert result.zero_rows == 1


def test_high_correlation_with_large_bias_is_called_a_trap():
    """domain.md 4.3：相关系数看不见偏差；整体报高 20% 时相关仍为 1。"""
    actual = np.array([100, 300, 200, 400, 150])
    result = forecast.accuracy(actual, 1.2 * actual)

    assert result.correlation == pytest.approx(1)
    assert result.trap
    assert "不能拿来说预测准" in str(result)


def test_unbiased_forecast_is_no_trap():
    assert not forecast.accuracy([100, 300, 200], [110, 290, 200]).trap


def test_flat_forecast_has_no_correlation():
    assert forecast.accuracy([100, 300], [200, 200]).correlation is None


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 999), st.integers(0, 999)), min_size=2, max_size=20),
    st.floats(0.1, 10),
)
def test_rates_do_not_depend_on_the_unit_and_bias_is_within_wape(pairs, factor):
    actual, guess = np.array(pairs, dtype=float).T

    result = forecast.accuracy(actual, guess)
    scaled = forecast.accuracy(factor * actual, factor * guess)

    assert scaled.wape == pytest.approx(result.wape)
    assert abs(result.bias) <= result.wape + 1e-12
    assert result.mae <= result.rmse + 1e-9


@pytest.mark.parametrize(
    ("actual", "guess", "options", "message"),
    [
        ([1, 2], [1], {}, "实际有 2 期，预测有 1 期"),
        ([0, 0], [1, 1], {}, "合计是 0"),
        ([-1, 2], [1, 1], {}, "实际第 1 个.*是 -1"),
        ([1, None], [1, 1], {}, "实际第 2 个是空值"),
        ([], [], {}, "是空的"),
        (daily(), daily(start="2025-01-07"), {}, "日期对不上"),
        ([1, 2], [1, 2], {"history": [1, 2], "season": 7}, "不多于一个周期"),
        ([1, 2], [1, 2], {"history": [3, 3, 3], "season": 1}, "MASE 没有意义"),
    ],
)
def test_bad_pairs_are_refused(actual, guess, options, message):
    with pytest.raises(ValueError, match=message):
        forecast.accuracy(actual, guess, **options)
