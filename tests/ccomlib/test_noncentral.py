"""ccomlib.noncentral：非中心 t 的尾概率与反解的区间。"""

import numpy as np
import pytest
from scipy.stats import nct, norm

from ccomlib.noncentral import noncentral_interval, noncentral_tail


@pytest.mark.parametrize("t", [0.0, 2.5, -4.0, 25.0])
def test_interval_puts_t_on_both_tails(t):
    low, high = noncentral_interval(t, 18, 0.9)

    assert nct.sf(t, 18, low) == pytest.approx(0.05, abs=1e-6)
    assert nct.cdf(t, 18, high) == pytest.approx(0.05, abs=1e-6)


@pytest.mark.parametrize("df", [1, 2, 9, 38, 400])
@pytest.mark.parametrize("shift", [0.0, 0.5, 3.16, 12.0])
@pytest.mark.parametrize("t", [-1.0, 0.0, 2.02, 9.0])
def test_tail_equals_scipy_where_scipy_has_a_value(df, shift, t):
    assert noncentral_tail(t, df, shift) == pytest.approx(nct.sf(t, df, shift), abs=1e-9)


@pytest.mark.parametrize("shift", [3.0, 39.35, 1500.0])
def test_tail_with_many_degrees_of_freedom_is_the_normal_one(shift):
    """自由度一千万：与正态 Φ(δ − t) 相差不到 10⁻⁵；scipy 的 nctdtr 在这里有时给空值。"""
    for t in (1.96, shift, shift + 1):
        found = noncentral_tail(t, 1e7, shift)

        assert np.isfinite(found)
        assert found == pytest.approx(norm.cdf((shift - t) / np.hypot(1, t / 4472)), abs=1e-3)
