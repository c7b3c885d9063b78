"""ccomlib.distributions：极差的分布，对得上 scipy。"""

import numpy as np
import pytest
from scipy.stats import studentized_range

from ccomlib.distributions import range_cdf


@pytest.mark.parametrize("n", [2, 5, 12])
def test_the_range_is_the_studentized_range_of_a_known_sigma(n):
    """自由度无穷大时，学生化极差就是 n 个标准正态数的极差。"""
    width = np.array([0.5, 2.0, 4.0])

    assert range_cdf(width, n) == pytest.approx(studentized_range.cdf(width, n, np.inf), abs=1e-8)
