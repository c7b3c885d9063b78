"""academy.measurement.decisions：两次判定一致的比例，对着闭式解与模拟。"""

import numpy as np
import pytest

from academy.measurement.decisions import agreement, normal_agreement


def test_agreement_and_kappa_by_hand():
    first = np.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 0], bool)
    second = np.array([1, 1, 1, 0, 1, 0, 0, 0, 0, 0], bool)
    found = agreement(first, second)
    assert found.share == 0.8
    # 碰巧一致 0.4·0.4 + 0.6·0.6 = 0.52
    assert found.kappa == pytest.approx((0.8 - 0.52) / 0.48)


def test_kappa_is_nothing_where_everybody_passes():
    found = agreement(np.ones(4, bool), np.ones(4, bool))
    assert found.share == 1
    assert np.isnan(found.kappa)


@pytest.mark.parametrize("reliability", [0.3, 0.6, 0.84, 0.95])
def test_at_the_mean_normal_agreement_is_sheppards_arcsine(reliability):
    # Sheppard (1899)：两变量同在一侧的概率 1/2 + arcsin(ρ)/π
    found = normal_agreement(74, 19, reliability, 74)
    assert found.share == pytest.approx(0.5 + np.arcsin(reliability) / np.pi, abs=1e-6)


@pytest.mark.parametrize(("mean", "sd", "reliability"), [(74, 19, 0.84), (60, 10, 0.5)])
def test_normal_agreement_is_that_of_simulated_pairs(mean, sd, reliability):
    rng = np.random.default_rng(3)
    true = rng.normal(mean, sd * np.sqrt(reliability), 400_000)
    error = rng.normal(0, sd * np.sqrt(1 - reliability), (2, 400_000))
    counted = agreement(*(true + error >= 70))
    found = normal_agreement(mean, sd, reliability, 70)
    assert found.share == pytest.approx(counted.share, abs=0.002)
    assert found.kappa == pytest.approx(counted.kappa, abs=0.005)


def test_a_cut_far_from_the_mean_is_decided_alike_even_by_a_poor_test():
    assert normal_agreement(90, 8, 0.4, 70).share > normal_agreement(72, 8, 0.8, 70).share
