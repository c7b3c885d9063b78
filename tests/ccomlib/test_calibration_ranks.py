"""ccomlib.calibration.signed_rank：发表过的 p、逐种正负数出来的 p、并列与 0、区间。"""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ccomlib.calibration import advise, signed_rank

# Hollander & Wolfe (1973), 29 页：9 位病人用药前后的 Hamilton 抑郁分（R 的 ?wilcox.test）
BEFORE = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30]
AFTER = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
# Darwin 的玉米：异花与自花授粉的株高差，1/8 英寸（scipy.stats.wilcoxon 的例子）
MAIZE = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
# R 的 sleep：同一人两种药多睡的小时，第 5 人没有差，有并列
ONE = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
TWO = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def by_hand(gap, zeros="drop"):
    """双侧 p：名次定下，2ⁿ 种正负一种一种数。"""
    gap = np.round(np.asarray(gap, dtype=float), 10)
    if zeros == "drop":
        gap = gap[gap != 0]
    rank = stats.rankdata(np.abs(gap))
    rank = rank[gap != 0]
    sign = np.sign(gap[gap != 0])
    seen = min(rank[sign > 0].sum(), rank[sign < 0].sum())
    sums = np.array([rank[np.array(one)].sum() for one in product([True, False], repeat=len(rank))])
    return min(1.0, 2 * float((sums <= seen + 1e-9).mean()))


@pytest.mark.parametrize(
    ("a", "b", "tails", "plus", "minus", "p"),
    [
        (BEFORE, AFTER, 1, 40, 5, 0.01953125),  # V = 40, p-value = 0.01953
        (BEFORE, AFTER, 2, 40, 5, 0.0390625),
        (MAIZE, [0] * 15, 2, 96, 24, 0.041259765625),  # statistic 24.0, p 0.0412597…
    ],
)
def test_published_exact_values(a, b, tails, plus, minus, p):
    found = signed_rank(a, b, tails)

    assert (found.plus, found.minus, found.exact) == (plus, minus, True)
    assert found.p == pytest.approx(p, rel=1e-12)


def test_normal_approximation_of_the_sleep_data_matches_r():
    """R：wilcox.test(extra ~ group, sleep, paired = TRUE)：V = 0，p = 0.009091（去 0、并列、连续性校正）。"""
    found = signed_rank(ONE, TWO, exact=False)

    assert (found.plus, found.used, found.n) == (0, 9, 10)
    assert found.p == pytest.approx(0.009090698, rel=1e-6)
    assert "正态近似" in str(found)
    assert signed_rank(ONE, TWO).p == pytest.approx(2 / 2**9)


@pytest.mark.parametrize("zeros", ["drop", "pratt"])
@pytest.mark.parametrize("seed", range(6))
def test_exact_p_with_ties_and_zeros_counts_every_sign(seed, zeros):
    gap = np.random.default_rng(seed).integers(-4, 6, 11)

    assert signed_rank(gap, [0] * 11, zeros=zeros).p == pytest.approx(by_hand(gap, zeros))


@pytest.mark.parametrize(("zeros", "theirs"), [("drop", "wilcox"), ("pratt", "pratt")])
@pytest.mark.parametrize("seed", range(4))
def test_normal_p_with_ties_and_zeros_equals_scipy(seed, zeros, theirs):
    gap = np.random.default_rng(seed).integers(-9, 13, 70).astype(float)
    found = signed_rank(gap, np.zeros(70), zeros=zeros)
    other = stats.wilcoxon(gap, zero_method=theirs, correction=True, method="asymptotic")

    assert not found.exact
    assert min(found.plus, found.minus) == other.statistic
    assert found.p == pytest.approx(other.pvalue, rel=1e-10)


@pytest.mark.parametrize(("n", "exact"), [(50, True), (51, False)])
def test_fifty_differences_are_the_last_exact_ones(n, exact):
    gap = np.random.default_rng(1).normal(0.3, 1, n)
    found = signed_rank(gap, np.zeros(n))

    assert found.exact is exact
    method = "exact" if exact else "asymptotic"
    other = stats.wilcoxon(gap, method=method, correction=not exact)
    assert found.p == pytest.approx(other.pvalue, rel=1e-9)


def test_interval_and_estimate_of_hollander_and_wolfe():
    """Walsh 平均的中位 0.46；去掉两头各 6 个，置信水平 96.1%：(0.010, 0.786)。"""
    found = signed_rank(BEFORE, AFTER)

    assert found.shift == pytest.approx(0.46)
    assert (found.low, found.high) == pytest.approx((0.010, 0.786))


@pytest.mark.parametrize("n", [8, 20, 50, 90])
def test_the_interval_holds_just_the_shifts_the_test_does_not_refuse(n):
    """区间两端往里一点不显著，往外一点显著。"""
    gap = np.random.default_rng(n).normal(0.5, 1, n)
    found = signed_rank(gap, np.zeros(n))

    for edge, out in ((found.low, -1e-6), (found.high, 1e-6)):
        assert signed_rank(gap, np.full(n, edge + out)).p < 0.05
        assert signed_rank(gap, np.full(n, edge - out)).p >= 0.05


def test_rounding_makes_neither_ties_nor_differences():
    """0.3 − 0.2 与 0.2 − 0.1 在浮点里不等：差都是 0.1，应当并列；0.1 + 0.2 与 0.3 没有差。"""
    a, b = [0.3, 0.2, 0.1 + 0.2, 1.7, 2.9], [0.2, 0.1, 0.3, 1.2, 2.2]
    found = signed_rank(a, b)

    assert found.used == 4
    assert found.table["名次"].tolist() == pytest.approx([1.5, 1.5, np.nan, 3, 4], nan_ok=True)
    assert found.ties == 2


@given(st.lists(st.integers(-20, 20), min_size=3, max_size=12).filter(any))
def test_turning_the_columns_over_turns_the_sides(gap):
    zero = [0] * len(gap)
    one, other = signed_rank(gap, zero), signed_rank(zero, gap)

    assert (one.plus, one.minus) == (other.minus, other.plus)
    assert (one.p, one.effect) == pytest.approx((other.p, -other.effect))
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))


def test_too_few_pairs_say_so():
    found = signed_rank([3, 5, 6, 8, 9], [1, 2, 2, 3, 3])

    assert found.p == 2 / 32
    assert (found.low, found.high) == (-np.inf, np.inf)
    assert "给不出 95% 区间" in str(found)
    assert "5 对最小也只能到 p = 0.0625，对数太少" in str(found)


def test_reads_as_table_chart_and_sentence():
    labels = [f"R{k}" for k in range(9)]
    found = signed_rank(
        pd.Series(BEFORE, labels, name="训前"), pd.Series(AFTER, labels, name="训后")
    )

    assert "训前比训后高 0.46" in str(found)
    assert "（精确分布）：差异显著" in str(found)
    assert "差的分布左右对称" in str(found)
    assert found.summary()["指标"].tolist()[:2] == ["W⁺", "W⁻"]
    assert found.plot().get_title() == "训前 − 训后：符号秩检验 p = 0.0391"
    assert "1 对没有差" in str(signed_rank(ONE, TWO))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: signed_rank([1, 2, 3], [1, 2]), "配对要一一对应"),
        (lambda: signed_rank([1, 2, 3], [1, 2, 3]), "每一对都一样"),
        (lambda: signed_rank([1, None], [1, 2]), "a第 2 个是空值"),
        (lambda: signed_rank([1], [2]), "至少要 2 个"),
        (lambda: signed_rank([1, 2], [2, 4], 3), "tails 是 3"),
        (lambda: signed_rank([1, 2], [2, 4], zeros="split"), "zeros 是 'split'"),
        (
            lambda: signed_rank(pd.Series([1, 2], ["x", "y"]), pd.Series([1, 3], ["y", "x"])),
            "第 1 行的标签不同",
        ),
        (lambda: signed_rank(np.arange(5001), np.zeros(5001)), "多于 5000 对"),
    ],
)
def test_refuses_in_words(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    ("facts", "function"),
    [
        ({}, "signed_rank"),
        ({"same_items": False}, "scipy.stats.mannwhitneyu"),
        ({"raters": 3}, "compare_raters"),
        ({"raters": 3, "same_items": False}, "scipy.stats.kruskal"),
    ],
)
def test_outliers_call_for_ranks(facts, function):
    assert advise("分数", "差异", outliers=True, **facts).function == function
    assert advise("分数", "差异", **facts).function != function or function == "compare_raters"
