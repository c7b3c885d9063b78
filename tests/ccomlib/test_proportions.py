"""ccomlib.proportions：许多个 Wilson 区间一次算，与逐个算、与 statsmodels 相同。"""

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from ccomlib import survey
from ccomlib.proportions import wilson_limits, z_value


def test_many_wilson_intervals_are_the_single_ones():
    low, high = wilson_limits(np.array([21, 0]), np.array([30, 10]))

    assert low.tolist() == [survey.wilson(21, 30).low, 0]
    assert high.tolist() == [survey.wilson(21, 30).high, survey.wilson(0, 10).high]


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_limits_match_statsmodels(confidence):
    k, n = np.array([0, 1, 5, 10]), np.array([10, 10, 10, 10])

    low, high = wilson_limits(k, n, confidence)

    expected = proportion_confint(k, n, 1 - confidence, method="wilson")
    assert low == pytest.approx(expected[0], abs=1e-12)
    assert high == pytest.approx(expected[1], abs=1e-12)


def test_none_and_all_are_exact_ends():
    low, high = wilson_limits(np.array([0, 7]), np.array([7, 7]))

    assert low[0] == 0
    assert high[1] == 1


@pytest.mark.parametrize(("confidence", "z"), [(0.9, 1.644854), (0.95, 1.959964), (0.99, 2.575829)])
def test_z_matches_the_printed_table(confidence, z):
    """正态分布双侧分位数表。"""
    assert z_value(confidence) == pytest.approx(z, abs=5e-7)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_outside_is_refused(confidence):
    with pytest.raises(ValueError, match=f"confidence 是 {confidence}"):
        z_value(confidence)
