"""校准与相关的外部参照：发表的 kappa、statsmodels 的 TOST、Anscombe、R 的 p.adjust。"""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import ttost_ind, ttost_paired

from ccomlib import calibration, correlation
from ccomlib.multiplicity import holm

X = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
ANSCOMBE = [
    (X, [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]),
    (X, [9.14, 8.14, 8.74, 8.77, 9.26, 8.10, 6.13, 3.10, 9.13, 7.26, 4.74]),
    (X, [7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73]),
    (
        [8, 8, 8, 8, 8, 8, 8, 19, 8, 8, 8],
        [6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.50, 5.56, 7.91, 6.89],
    ),
]


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        # 维基百科 Cohen's kappa 条目的三张表；第二、三张一致率都是 0.6
        ([[20, 5], [10, 15]], 0.4),
        ([[45, 15], [25, 15]], 0.1304),
        ([[25, 35], [5, 35]], 0.2593),
        # domain.md 4.7
        ([[40, 5], [10, 45]], 0.7),
    ],
)
def test_published_kappas(table, kappa):
    assert calibration.cohen_kappa(table).kappa == pytest.approx(kappa, abs=5e-5)


@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
@pytest.mark.parametrize("seed", range(3))
def test_kappa_and_its_errors_equal_statsmodels(seed, weights):
    table = np.random.default_rng(seed).integers(1, 30, (4, 4))
    theirs = cohens_kappa(table, wt=weights)
    found = calibration.cohen_kappa(table, weights=weights)

    assert found.kappa == pytest.approx(theirs.kappa)
    assert found.se == pytest.approx(theirs.std_kappa)
    assert found.z == pytest.approx(theirs.z_value)


@pytest.mark.parametrize("seed", range(3))
def test_equivalence_equals_statsmodels(seed):
    rng = np.random.default_rng(seed)
    a, b = rng.normal(80, 5, 24), rng.normal(80.5, 5, 24)
    paired, pooled, welch = (calibration.tost(a, b, 3, kind) for kind in (1, 2, 3))

    assert paired.p == pytest.approx(ttost_paired(a, b, -3, 3)[0])
    assert pooled.p == pytest.approx(ttost_ind(a, b, -3, 3)[0])
    assert welch.p == pytest.approx(ttost_ind(a, b, -3, 3, usevar="unequal")[0])


@pytest.mark.parametrize("number", range(4))
def test_anscombes_four_correlations_are_the_same(number):
    """Anscombe (1973)：四组都是 r = .816、斜率 .500、截距 3.00。"""
    found = correlation.correlate(*ANSCOMBE[number])

    assert found.r == pytest.approx(0.8164, abs=4e-4)
    assert (found.slope, found.intercept) == pytest.approx((0.5, 3.0), abs=3e-3)


def test_the_fourth_of_anscombe_hangs_on_one_point():
    found = correlation.correlate(*ANSCOMBE[3])

    assert found.outliers == (7,)
    assert "结论全系于一点" in str(found)


def test_holm_of_the_r_example():
    """R：p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm")。"""
    found = holm(pd.Series([0.01, 0.02, 0.03, 0.04, 0.05]))

    assert found.tolist() == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])
    p = np.random.default_rng(4).random(30) ** 3
    assert holm(pd.Series(p)).tolist() == pytest.approx(multipletests(p, method="holm")[1].tolist())


@pytest.mark.parametrize("seed", range(4))
def test_correlations_equal_scipy(seed):
    rng = np.random.default_rng(seed)
    x = rng.integers(1, 9, 25)
    y = x + rng.integers(-4, 5, 25)
    r = stats.pearsonr(x, y)
    ranked = stats.spearmanr(x, y)
    found, ranks = (correlation.correlate(x, y, method=how) for how in ("pearson", "spearman"))

    assert (found.r, found.p) == pytest.approx((r.statistic, r.pvalue))
    assert (found.low, found.high) == pytest.approx(tuple(r.confidence_interval()))
    assert (ranks.r, ranks.p) == pytest.approx((ranked.statistic, ranked.pvalue))


@pytest.mark.parametrize("seed", range(3))
def test_repeated_measures_equal_scipy_friedman(seed):
    scores = np.random.default_rng(seed).integers(60, 100, (12, 4))
    theirs = stats.friedmanchisquare(*scores.T)
    found = calibration.compare_raters(scores)

    assert (found.friedman, found.friedman_p) == pytest.approx((theirs.statistic, theirs.pvalue))
