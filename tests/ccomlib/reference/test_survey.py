"""调查的外部参照：Newcombe 发表的区间、有限总体的方程与逐个算出的覆盖率。"""

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import hypergeom, norm
from scipy.stats import t as student
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from ccomlib.survey import compare_proportions, csat, sample_size, wilson
from ccomlib.survey.proportion import wilson_limits


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17: 857–872，表 I，方法 3（计分）
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_newcombes_single_proportions(successes, n, low, high):
    found = wilson(successes, n)

    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        # 同上 17: 873–890，表 II，方法 10（前 − 后；这里是后 − 前，次序对调）
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombes_differences(first, second, low, high):
    found = compare_proportions(*second, *first)

    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-5)


@pytest.mark.parametrize("seed", range(4))
def test_differences_equal_statsmodels(seed):
    rng = np.random.default_rng(seed)
    n1, n2 = rng.integers(20, 90, 2)
    x1, x2 = rng.integers(1, n1), rng.integers(1, n2)
    low, high = confint_proportions_2indep(x2, n2, x1, n1, method="newcomb")
    found = compare_proportions(x1, n1, x2, n2)

    assert (found.low, found.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("k", "n", "whole"), [(210, 300, 500), (7, 80, 320), (61, 75, 415), (12, 100, 400), (1, 10, 12)]
)
@pytest.mark.parametrize("confidence", [0.9, 0.95])
def test_finite_population_limits_solve_the_score_equation(k, n, whole, confidence):
    """|k/n − P| = z·√(P(1−P)/n·(N−n)/(N−1)) 的两个根，由求根得到；已确知的界另截。"""
    z, p = norm.ppf((1 + confidence) / 2), k / n

    def slack(share):
        return (p - share) ** 2 - z * z * share * (1 - share) / n * (whole - n) / (whole - 1)

    low = max(brentq(slack, 1e-12, p), k / whole)
    high = min(brentq(slack, p, 1 - 1e-12), 1 - (n - k) / whole)
    found = wilson(k, n, population=whole, confidence=confidence)

    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)


@pytest.mark.parametrize(("whole", "n"), [(100, 40), (500, 218), (200, 150)])
def test_finite_population_limits_cover_as_often_as_they_say(whole, n):
    """超几何逐个算：平均覆盖 95%；不修正的区间宽得多，覆盖 98% 以上。"""
    k = np.arange(n + 1)
    hit = []
    for population in (whole, np.inf):
        low, high = wilson_limits(k, n, 0.95, population)
        share = np.arange(whole + 1)[:, None] / whole
        inside = (low <= share + 1e-12) & (share <= high + 1e-12)
        chance = hypergeom.pmf(k, whole, np.arange(whole + 1)[:, None], n)
        hit.append((chance * inside).sum(axis=1).mean())

    assert hit[0] == pytest.approx(0.95, abs=0.005)
    assert hit[1] > 0.98


def test_everyone_asked_leaves_no_error():
    found = wilson(30, 50, population=50)

    assert (found.low, found.high) == (0.6, 0.6)
    assert "已问到 100.0%" in str(found)


def test_a_huge_population_is_the_ordinary_interval():
    plain, huge = wilson(21, 30), wilson(21, 30, population=10**9)

    assert (plain.low, plain.high) == pytest.approx(proportion_confint(21, 30, method="wilson"))
    assert (huge.low, huge.high) == pytest.approx((plain.low, plain.high), abs=1e-7)
    assert plain.population is None
    assert "总体" not in str(plain)
    assert huge.summary()["总体"].tolist() == [10**9]


@pytest.mark.parametrize("whole", [500, 2_000, 10_000])
def test_the_sample_size_gives_the_margin_it_promised(whole):
    """按 sample_size 收回 50% 满意的份数，半宽不超过 ±5 个百分点。"""
    n = sample_size(whole).needed
    found = wilson(n // 2, n, population=whole)

    assert found.half_width <= 0.05
    assert wilson(n // 2, n).half_width > found.half_width


def test_mean_satisfaction_of_a_finite_population():
    """Cochran (1977) 第 2 章：s²/n·(1 − n/N)。"""
    scores = [5, 4, 4, 3, 5, 2, 5, 4, 5, 1]
    found, plain = csat(scores, population=25), csat(scores)
    half = student.ppf(0.975, 9) * np.std(scores, ddof=1) * np.sqrt((1 - 10 / 25) / 10)

    assert found.mean_high - found.mean == pytest.approx(half)
    whole = wilson(7, 10, population=25)
    assert (found.top_low, found.top_high) == (whole.low, whole.high)
    assert plain.mean_high - plain.mean > half
    assert "总体 25 位客户已问到 40.0%" in str(found)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: wilson(3, 10, population=9), "population 是 9，少于样本数 10"),
        (lambda: wilson(3, 10, population=20.5), "population 是 20.5"),
        (lambda: csat([5, 4, 3], population=2), "population 是 2，少于样本数 3"),
    ],
)
def test_populations_that_cannot_be_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
