"""academy.seatkit.samples：小样本的均值与标准差正是埋下的。"""

import numpy as np
import pytest

from academy.seatkit import exact
from academy.seatkit.samples import signs


@pytest.mark.parametrize("count", [3, 12, 200])
def test_mean_and_standard_deviation_are_exact(streams, count):
    for rng in streams[:10]:
        sample = exact(rng, count, 85, 4)
        assert sample.mean() == pytest.approx(85)
        assert np.std(sample, ddof=1) == pytest.approx(4)


def test_there_are_no_outliers(streams):
    """截到 1.8 再标准化：不会有触发 3σ 的点。"""
    assert max(np.abs(exact(rng, 25)).max() for rng in streams) < 3


@pytest.mark.parametrize("count", [20, 21])
def test_signs_balance(streams, count):
    for rng in streams:
        found = signs(rng, count)
        assert len(found) == count
        assert abs(found.sum()) == count % 2
