"""ccomlib.forecast.residual_validity：三项检验对得上手算与发表的例子。"""

import numpy as np
import pytest

from ccomlib import forecast


def test_ljung_box_by_hand():
    """n = 8、±1 交替：r₁ = −7/8，Q = 8·10·(49/64)/7 = 8.75，p = P(χ²₁ > 8.75) = 0.00310。"""
    result = forecast.residual_validity([1, -1] * 4, lags=1)

    assert result.acf.tolist() == pytest.approx([-0.875])
    assert result.ljung_box == pytest.approx(8.75)
    assert result.ljung_box_p == pytest.approx(0.00310, abs=1e-5)
    assert result.autocorrelated


def test_bias_t_by_hand():
    """1…9：均值 5，s = √7.5，t = 5/(2.7386/3) = 5.477，自由度 8，双侧 p = 0.00059。"""
    result = forecast.residual_validity(range(1, 10))

    assert result.t == pytest.approx(5.477, abs=1e-3)
    assert result.bias_p == pytest.approx(0.00059, abs=1e-5)
    assert result.biased
    assert "预测系统性偏低" in str(result)


def test_shapiro_matches_the_published_example():
    """Shapiro & Wilk (1965) 的 11 位男子体重（磅）：W = 0.79，p ≈ 0.007；scipy.stats.shapiro 的文档引此例。"""
    weights = np.array([148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236])

    result = forecast.residual_validity(weights - weights.mean())

    assert result.shapiro == pytest.approx(0.79, abs=0.005)
    assert result.shapiro_p == pytest.approx(0.007, abs=0.001)
    assert result.non_normal


def test_white_noise_is_alarmed_about_as_often_as_alpha():
    """400 组正态白噪声，每项检验误报率应近 5%（二项标准误 1.1%，取 3.5 倍）。"""
    rng = np.random.default_rng(17)
    checks = [forecast.residual_validity(rng.normal(size=100)) for _ in range(400)]

    for name in ("biased", "autocorrelated", "non_normal"):
        rate = np.mean([getattr(check, name) for check in checks])
        assert rate == pytest.approx(0.05, abs=0.039), name


def test_weekly_pattern_left_in_the_residuals_is_found():
    week = np.tile([30, 10, 5, 0, 0, -15, -30], 20)
    noise = np.random.default_rng(2).normal(0, 10, 140)

    result = forecast.residual_validity(week + noise, lags=14)

    assert result.autocorrelated
    assert result.acf.idxmax() in (7, 14)


def test_sound_residuals_are_not_called_proven():
    noise = np.random.default_rng(4).normal(size=100)

    assert "没有发现不等于没有" in str(forecast.residual_validity(noise))


def test_many_residuals_are_thinned_for_normality_and_it_says_so():
    noise = np.random.default_rng(4).normal(size=12_000)

    assert "等间隔的 4000 期" in str(forecast.residual_validity(noise))


@pytest.mark.parametrize(
    ("residuals", "options", "message"),
    [
        ([1, 2, 3], {}, "至少要 8 期"),
        ([2] * 9, {}, "残差全是 2"),
        ([1, None] * 5, {}, "残差第 2 个是空值"),
        (range(9), {"lags": 9}, "lags 是 9，应小于残差的期数 9"),
        (range(9), {"alpha": 1}, "alpha"),
        (range(9), {"lags": 2, "fitted_parameters": 2}, "fitted_parameters"),
    ],
)
def test_bad_residuals_are_refused(residuals, options, message):
    with pytest.raises(ValueError, match=message):
        forecast.residual_validity(list(residuals), **options)
