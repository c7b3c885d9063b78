"""academy.measurement.livingston_lewis：对着一个公布的算例、模拟的两次考试与各种退路。

公布的算例：ACT 数学卷 151 050 人、40 题的频数 act288m（随 Brennan 2004 的 BB-CLASS 发布；
Hanson 1991 也用它），BBClassify 1.0.0（Haakstad 2025）在分数线 24 上的输出。
"""

import numpy as np
import pytest

from academy.measurement.livingston_lewis import (
    Beta,
    decisions,
    effective_length,
    fit_beta,
    livingston_lewis,
)

ACT = """0 23 98 384 986 2161 3722 5623 7533 8817 9597 9809 9674 8971 8033 7384 6758 6004 5463 4896
4367 4083 3651 3333 3191 2899 2644 2597 2287 2197 1967 1874 1710 1581 1503 1349 1181 994 827 585
294"""


@pytest.fixture(scope="module")
def act():
    return np.repeat(np.arange(41.0), [int(count) for count in ACT.split()])


def test_published_example_is_reproduced(act):
    found = livingston_lewis(act, 0.873, 24, 40)

    assert found.length == 40
    true = found.true_scores
    assert (true.a, true.b, true.low, true.high) == pytest.approx(
        (0.52378, 1.62569, 0.22317, 1), abs=5e-6
    )
    assert found.consistency.share == pytest.approx(0.92203, abs=1e-5)
    assert found.consistency.kappa == pytest.approx(0.75612, abs=3e-5)
    assert found.accuracy == pytest.approx(0.94427, abs=1e-5)
    assert found.false_pass == pytest.approx(0.03795, abs=1e-5)
    assert found.false_fail == pytest.approx(0.01778, abs=1e-5)


def test_true_scores_known_to_the_simulation_are_found_again():
    rng = np.random.default_rng(11)
    known = Beta(4.0, 2.0, 0.2, 0.95)
    true = known.low + (known.high - known.low) * rng.beta(known.a, known.b, 200_000)
    forms = rng.binomial(30, true, (2, len(true)))

    fitted = fit_beta(forms[0] / 30, 30)
    found = decisions(fitted, 30, 0.7)

    # 矩法的参数彼此顶替，比的是分布：分位数
    grid = np.linspace(0.02, 0.98, 25)
    from scipy.stats import beta

    def quantiles(one):
        return one.low + (one.high - one.low) * beta.ppf(grid, one.a, one.b)

    assert quantiles(fitted) == pytest.approx(quantiles(known), abs=0.01)
    passed = forms >= 21
    assert found.consistency.share == pytest.approx((passed[0] == passed[1]).mean(), abs=0.004)
    assert found.accuracy == pytest.approx((passed[0] == (true >= 0.7)).mean(), abs=0.004)
    assert found.false_pass == pytest.approx((passed[0] & (true < 0.7)).mean(), abs=0.004)


def test_effective_length_is_the_length_of_equal_items():
    rng = np.random.default_rng(5)
    true = rng.beta(5, 2, 200_000)
    scores = rng.binomial(26, true).astype(float)
    reliability = 26 * true.var() / (26 * true.var() + (true * (1 - true)).mean())
    assert effective_length(scores, reliability, 26) == 26
    # 换成百分制，长度不变
    assert effective_length(scores / 26 * 100, reliability, 100) == 26


@pytest.mark.parametrize("shape", [Beta(2.0, 5.0, 0.0, 0.9), Beta(5.0, 2.0, 0.1, 1.0)])
def test_bounds_beyond_the_possible_are_set_at_the_possible(shape):
    # 只有 60 人，四个参数多半越界
    rng = np.random.default_rng(1)
    true = shape.low + (shape.high - shape.low) * rng.beta(shape.a, shape.b, 60)
    fitted = fit_beta(rng.binomial(25, true) / 25, 25)
    assert 0 <= fitted.low < fitted.high <= 1
    assert fitted.a > 0
    assert fitted.b > 0
    mean = fitted.low + (fitted.high - fitted.low) * fitted.a / (fitted.a + fitted.b)
    assert mean == pytest.approx(true.mean(), abs=0.06)


def test_scores_without_any_true_difference_still_have_decisions():
    shares = np.tile([0.6, 0.7, 0.8], 10)
    fitted = fit_beta(shares, 5)
    found = decisions(fitted, 5, 0.7)
    assert 0 <= found.consistency.share <= 1
    assert fitted.a / (fitted.a + fitted.b) == pytest.approx(0.7, abs=1e-6)


def test_a_cut_between_two_scores_is_reached_by_the_upper_one():
    low, exact, high = (decisions(Beta(4, 2), 10, cut) for cut in (0.69, 0.7, 0.71))
    assert low.consistency == exact.consistency
    assert high.consistency != exact.consistency
