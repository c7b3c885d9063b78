"""ccomlib.coefficients：相关系数、检验与区间对得上 R、scipy 与各教科书的表。"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ccomlib import correlation
from ccomlib.coefficients import (
    coefficient,
    critical_r,
    exact_spearman_p,
    fisher_interval,
    pair_count,
    require_method,
    t_of_r,
)

# R 的 ?cor.test：九种金枪鱼的亮度与评分
TUNA_X = np.array([44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1])
TUNA_Y = np.array([2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8])


@pytest.mark.parametrize(
    ("n", "critical"), [(10, 0.632), (20, 0.444), (30, 0.361), (50, 0.279), (100, 0.197)]
)
def test_critical_r_matches_the_printed_table(n, critical):
    """domain.md 2.10；与各教科书的双侧 5% 表相同。"""
    assert critical_r(n) == pytest.approx(critical, abs=5e-4)


@given(n=st.integers(4, 500), alpha=st.floats(0.001, 0.5))
def test_critical_r_is_exactly_where_p_equals_alpha(n, alpha):
    critical = critical_r(n, alpha)

    assert correlation.r_test(critical, n).p == pytest.approx(alpha, rel=1e-6)


def test_coefficients_match_r():
    """R：cor(x, y) = 0.571181557564；cor(x, y, method = "spearman") = 0.6。"""
    assert coefficient(TUNA_X, TUNA_Y) == pytest.approx(0.571181557564, abs=1e-11)
    assert coefficient(TUNA_X, TUNA_Y, "spearman") == pytest.approx(0.6, abs=1e-12)


@pytest.mark.parametrize("scale", [1e-300, 1e300])
def test_huge_and_tiny_numbers_do_not_overflow(scale):
    assert coefficient(TUNA_X * scale, TUNA_Y) == pytest.approx(0.571181557564, abs=1e-11)


def test_t_and_p_match_r():
    """R：cor.test(x, y)：t = 1.8411，df = 7，p = 0.108173054349。"""
    t, p = t_of_r(coefficient(TUNA_X, TUNA_Y), 9)

    assert t == pytest.approx(1.8411, abs=5e-5)
    assert p == pytest.approx(0.108173054349, abs=1e-11)


def test_a_perfect_line_has_no_p_left():
    assert t_of_r(-1.0, 5) == (-np.inf, 0.0)
    assert fisher_interval(1.0, 5, 0.95) == (1.0, 1.0)


def test_the_interval_matches_r():
    """R：cor.test(x, y)$conf.int。"""
    low, high = fisher_interval(coefficient(TUNA_X, TUNA_Y), 9, 0.95)

    assert (low, high) == pytest.approx((-0.149742633037, 0.895579461839), abs=1e-9)


def test_ranks_widen_the_interval_as_bonett_and_wright():
    """半宽（z 尺度）之比 = √(1 + r²/2)。"""
    plain, wide = (
        np.arctanh(fisher_interval(0.6, 30, 0.9, ranked=ranked)) for ranked in (False, True)
    )

    assert np.ptp(wide) / np.ptp(plain) == pytest.approx(np.sqrt(1.18))


def test_the_exact_spearman_p_matches_r():
    """R：cor.test(x, y, method = "spearman")$p.value。"""
    assert exact_spearman_p(TUNA_X, TUNA_Y) == pytest.approx(0.0967978395062, abs=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_the_exact_spearman_p_counts_every_order(seed):
    """六对：720 种次序逐一数过（scipy 的置换检验数全部排列）。"""
    a, b = np.random.default_rng(seed).normal(size=(2, 6))
    every = stats.permutation_test(
        (a,),
        lambda x: stats.spearmanr(x, b).statistic,
        permutation_type="pairings",
        n_resamples=np.inf,
    )

    assert exact_spearman_p(a, b) == pytest.approx(every.pvalue)


def test_ties_and_eleven_pairs_have_no_exact_p():
    assert exact_spearman_p(np.arange(10), np.arange(10)) == pytest.approx(2 / 3_628_800)
    assert exact_spearman_p(np.arange(11), np.arange(11)) is None
    assert exact_spearman_p(np.array([1, 1, 2, 3]), np.arange(4)) is None


@pytest.mark.parametrize("n", [3, 4.5])
def test_too_few_pairs_are_refused(n):
    assert pair_count(4.0, "n") == 4
    with pytest.raises(ValueError, match=f"n 是 {n:g}"):
        pair_count(n, "n")


def test_tails_are_one_or_two():
    assert critical_r(30, 0.05, tails=1) == pytest.approx(critical_r(30, 0.10))
    with pytest.raises(ValueError, match="tails 是 3"):
        critical_r(30, tails=3)


def test_only_known_methods_pass():
    require_method("spearman")
    with pytest.raises(ValueError, match="method 是 'kendall'"):
        require_method("kendall")
