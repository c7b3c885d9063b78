"""过程能力：数与手算、课本一致；前提不成立就先说。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, norm

from ccomlib.capability import capability, cpk_interval, proportion_capability
from ccomlib.control_chart import xbar_r, xmr
from ccomlib.control_chart.stability import judge_stability

# qcc 2.7 的 pistonrings（出自 Montgomery 的活塞环例）前 25 组：内径，74 毫米以上几微米
RINGS = """
30 2 19 -8 8|-5 -8 1 11 4|-12 24 21 5 2|2 -4 -7 15 9|-8 7 15 -11 14|9 -6 -3 -15 -7|-5 6 -6 0 5
-15 3 -7 15 -12|8 -5 9 5 4|-2 0 -10 7 -5|-6 -2 -6 -5 -10|4 0 7 0 -4|-17 2 -2 -3 12|6 -33 -6 0 -16
12 14 -2 -1 7|0 -16 5 -2 -4|-6 12 -14 5 7|6 10 18 3 0|-16 2 3 5 -3|0 10 13 20 3|-12 1 9 5 -4
4 -1 -10 6 9|10 -11 -10 9 14|15 8 -7 0 10|-18 -16 -5 17 13
"""
RINGS = [
    [74 + float(one) / 1000 for one in group.split()]
    for group in RINGS.strip().replace("\n", "|").split("|")
]
SCORES = [88, 86, 91, 85, 89, 87, 90, 86, 88, 92, 84, 89]


@pytest.fixture(scope="module")
def steady():
    return pd.Series(np.random.default_rng(11).normal(240, 10, 200).round(2), name="处理时长")


def test_indices_agree_with_the_hand_calculation():
    """x̄ = 1055/12 = 87.9167，MR̄ = 45/11，σ内 = 4.0909/1.128379 = 3.625474，s = 2.39159。"""
    result = capability(SCORES, 75, 95, target=88)

    assert result.mean == pytest.approx(87.916667)
    assert result.sigma_within == pytest.approx(3.625474, abs=1e-5)
    assert result.sigma_overall == pytest.approx(np.std(SCORES, ddof=1))
    assert result.cp == pytest.approx(20 / 6 / 3.625474, rel=1e-5)
    assert result.cpk == pytest.approx((95 - 87.916667) / 3 / 3.625474, rel=1e-5)
    assert result.pp == pytest.approx(20 / 6 / np.std(SCORES, ddof=1))
    assert result.ppk == pytest.approx((95 - 87.916667) / 3 / np.std(SCORES, ddof=1))
    assert result.cpm == pytest.approx(
        20 / 6 / np.hypot(np.std(SCORES, ddof=1), 87.916667 - 88), rel=1e-6
    )


def test_subgroups_agree_with_qcc_on_piston_rings():
    """qcc 2.7：规格 73.95 到 74.05，Cp = 1.70，Cpk = 1.66（R̄/d2，前 25 组）。"""
    result = capability(RINGS, 73.95, 74.05)

    assert result.cp == pytest.approx(1.70, abs=5e-3)
    assert result.cpk == pytest.approx(1.66, abs=5e-3)


def test_expected_defects_follow_the_normal_curve(steady):
    result = capability(steady, 210, 265)
    mean, sd = steady.mean(), steady.std()
    outside = norm.cdf(210, mean, sd) + norm.sf(265, mean, sd)

    assert result.dpmo_overall == pytest.approx(1e6 * outside)
    assert result.z_bench_overall == pytest.approx(norm.isf(outside))
    assert result.dpmo_observed == pytest.approx(1e6 * ((steady < 210) | (steady > 265)).mean())


def test_one_sided_limits_have_no_cp():
    result = capability(SCORES, lower=75)

    assert result.cp is None
    assert result.pp is None
    assert result.cpm is None
    assert result.cpk == pytest.approx((result.mean - 75) / 3 / result.sigma_within)
    assert result.z_bench == pytest.approx(3 * result.cpk)
    assert "Cp" not in result.summary()["指标"].tolist()


def test_interval_of_cpk_is_bissells():
    """1.33 ± 1.96√(1/180 + 1.33²/38) = 1.33 ± 0.4473（手算）。"""
    low, high = cpk_interval(1.33, 20)

    assert (low, high) == pytest.approx((0.8827, 1.7773), abs=2e-4)


def test_interval_of_ppk_covers_as_promised():
    """模拟 2000 次，真值 1，n = 50：95% 区间应盖住约 95%。"""
    samples = np.random.default_rng(4).normal(0, 1, (2000, 50))
    ppk = (3 - samples.mean(axis=1)) / (3 * samples.std(axis=1, ddof=1))
    inside = [low < 1 < high for low, high in (cpk_interval(one, 50) for one in ppk)]

    assert np.mean(inside) == pytest.approx(0.95, abs=0.02)


@given(
    st.lists(st.integers(0, 1000), min_size=10, max_size=40).filter(lambda x: len(set(x)) > 3),
    st.integers(1, 50),
    st.integers(-500, 500),
)
def test_units_do_not_change_the_indices(values, scale, move):
    one = capability(values, -100, 1100)
    other = capability(
        [scale * value + move for value in values], -100 * scale + move, 1100 * scale + move
    )

    assert other.cpk == pytest.approx(one.cpk, rel=1e-9)
    assert other.ppk == pytest.approx(one.ppk, rel=1e-9)
    assert one.cpk <= one.cp + 1e-12
    assert one.cpk_low < one.cpk < one.cpk_high


def test_a_steady_normal_process_is_read_as_it_is(steady):
    result = capability(steady, 200, 280)

    assert result.in_control
    assert result.normal
    assert result.problems == ()
    assert str(result).endswith("过程受控、数据近似正态，这些数才成立。")


def test_a_process_out_of_control_is_told_first(steady):
    moved = steady.copy()
    moved.iloc[150:] += 30
    result = capability(moved, 200, 280)

    assert str(result).startswith("先别报能力：过程不受控（")
    assert "受控时很少超过" in str(result)
    with pytest.raises(ValueError, match="前提不成立，不算能力：过程不受控"):
        capability(moved, 200, 280, problems="refuse")


def test_skewed_data_are_told(steady):
    waits = np.random.default_rng(2).exponential(20, 300)
    result = capability(waits, upper=100, rules="1")

    assert not result.normal
    assert "不像正态" in str(result)


def test_normality_agrees_with_r():
    """R 4.2.2 shapiro.test：p = 0.982036507684。"""
    assert capability(SCORES, lower=75).normal_p == pytest.approx(0.982036507684, rel=1e-6)


def test_proportions_give_dpmo_and_z():
    """R binom.test(20, 800)：0.0153360052754 到 0.0383473594519；Φ⁻¹(0.975) = 1.96。"""
    result = proportion_capability([5, 4, 6, 5], 200)

    assert result.dpmo == pytest.approx(25_000)
    assert result.z_bench == pytest.approx(1.959964, abs=1e-6)
    assert (result.low, result.high) == pytest.approx((0.0153360052754, 0.0383473594519))
    assert result.low == pytest.approx(beta.ppf(0.025, 20, 781))
    assert str(result).endswith("p 图受控，这些数可以代表今后。")


def test_unsteady_proportions_are_told_first():
    result = proportion_capability([5, 4, 6, 60], 200)

    assert str(result).startswith("先别报能力：过程不受控（p 图：最远的点在")
    assert result.plot().get_title().startswith("p 图")


def test_long_table_and_chart(steady):
    days = np.repeat(pd.date_range("2025-01-01", periods=40), 5)
    table = pd.DataFrame({"日期": days, "时长": steady.to_numpy()})
    result = capability(table, 200, 280, value="时长", subgroup="日期")

    assert result.chart.kind == "xbar_r"
    assert result.n == 200
    ax = result.plot()
    assert ax.get_xlabel() == "时长"
    assert {"下限 200", "上限 280"} <= {text.get_text() for text in ax.texts}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: capability(SCORES), "一个也没有"),
        (lambda: capability(SCORES, 95, 75), "下限 95 不小于上限 75：请对调"),
        (lambda: capability(SCORES[:5], 75), "只有 5 个数"),
        (lambda: capability([80] * 12, 75), "没有波动"),
        (lambda: capability([*SCORES, None], 75), "数值第 13 个是空值"),
        (lambda: capability(SCORES, 75, confidence=1), "confidence是 1，应大于 0 且小于 1"),
        (lambda: capability(SCORES, 75, problems="skip"), "problems 是 'skip'，应是 \"notice\""),
        (lambda: cpk_interval(1, 1), "n是 1，应不小于 2"),
        (lambda: proportion_capability([0, 0], 50), "一件也没有"),
    ],
)
def test_bad_input_is_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_signals_that_false_alarms_explain_do_not_refuse_the_capability():
    """受控的过程：200 点的五条规则总会误报几次；100 个这样的过程里绝大多数要算受控。"""
    charts = [xmr(np.random.default_rng(seed).normal(size=200)) for seed in range(100)]
    stable = [judge_stability(chart).stable for chart in charts]

    assert np.mean([not chart.in_control for chart in charts]) > 0.5
    assert np.mean(stable) > 0.88


def test_a_real_shift_or_one_far_point_is_not_explained_away():
    values = np.random.default_rng(1).normal(size=200)
    moved, far = values.copy(), values.copy()
    moved[150:] += 2
    far[77] = 8

    assert not judge_stability(xmr(moved)).stable
    assert "最远的点在" in str(judge_stability(xmr(far)))


def test_more_points_are_allowed_more_false_alarms():
    """五条规则下受控的点约 2% 有信号：一万点约 198 点，95% 的时候不超过二百多点。"""
    values = np.random.default_rng(1).normal(size=10_000)

    assert 200 < judge_stability(xmr(values)).usual < 260
    assert judge_stability(xmr(values)).stable


def test_a_wild_spread_is_not_explained_away():
    table = np.random.default_rng(1).normal(size=(30, 5))
    table[[3, 9, 20]] *= 4

    assert "离散的配图" in str(judge_stability(xbar_r(table, rules="1")))
