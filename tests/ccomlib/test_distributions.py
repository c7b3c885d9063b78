"""ccomlib.distributions：非中心 t 的区间与极差的分布，对得上 scipy。"""

import numpy as np
import pytest
from scipy.stats import studentized_range

from ccomlib.distributions import noncentral_interval, range_cdf


@pytest.mark.parametrize("t", [0.0, 2.5, -4.0, 25.0])
def test_noncentral_interval_puts_t_on_both_tails(t):
    from scipy.stats import nct

    low, high = noncentral_interval(t, 18, 0.9)

    assert nct.sf(t, 18, low) == pytest.approx(0.05, abs=1e-6)
    assert nct.cdf(t, 18, high) == pytest.approx(0.05, abs=1e-6)


@pytest.mark.parametrize("n", [2, 5, 12])
def test_the_range_is_the_studentized_range_of_a_known_sigma(n):
    """自由度无穷大时，学生化极差就是 n 个标准正态数的极差。"""
    width = np.array([0.5, 2.0, 4.0])

    assert range_cdf(width, n) == pytest.approx(studentized_range.cdf(width, n, np.inf), abs=1e-8)
