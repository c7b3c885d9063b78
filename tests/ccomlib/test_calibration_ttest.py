"""ccomlib.calibration.ttest 与 tost：与 Excel 同一个 p，用错种类会被点名，不显著不算已校准。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ccomlib.calibration import tost, ttest

A = [88, 92, 85, 90, 78, 95, 83, 87, 91, 80]
B = [85, 90, 84, 86, 77, 92, 80, 86, 88, 79]


@pytest.mark.parametrize(
    ("kind", "t", "df", "p", "low", "high"),
    [
        (1, 6.12794615984, 9, 0.000173277236878, 1.38786072391, 3.01213927609),
        (2, 0.957628650145, 18, 0.350936692822, -2.6265353045, 7.0265353045),
        (3, 0.957628650145, 17.763569158, 0.35110316243, -2.631144158, 7.031144158),
    ],
)
def test_the_three_kinds_match_r(kind, t, df, p, low, high):
    """domain.md 2.6 的例子；R：t.test(A, B, paired = TRUE)、var.equal = TRUE、缺省。"""
    result = ttest(A, B, 2, kind)

    assert (result.t, result.df, result.p) == pytest.approx((t, df, p), rel=1e-9)
    assert (result.low, result.high) == pytest.approx((low, high), rel=1e-9)
    assert result.difference == pytest.approx(2.2)


def test_students_sleep_data_match_r():
    """R：with(sleep, t.test(extra[group == 1], extra[group == 2], paired = TRUE))，及 Welch。"""
    one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    two = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

    assert ttest(one, two).p == pytest.approx(0.00283289019738, rel=1e-10)
    assert ttest(one, two, kind=3).p == pytest.approx(0.0793941402, rel=1e-8)


def test_one_tail_is_half_of_two_whatever_the_direction_as_in_excel():
    assert ttest(A, B, 1, 1).p == pytest.approx(ttest(A, B, 2, 1).p / 2)
    assert ttest(B, A, 1, 1).p == pytest.approx(ttest(A, B, 1, 1).p)


def test_effect_sizes_by_hand():
    """dz = t/√n；d = t·√(1/n₁ + 1/n₂)；J(9) = .913875、J(18) = .957646（R：lgamma）。"""
    paired, pooled = ttest(A, B), ttest(A, B, kind=2)

    assert paired.effect == pytest.approx(6.12794615984 / np.sqrt(10))
    assert paired.hedges / paired.effect == pytest.approx(0.913874891793)
    assert pooled.effect == pytest.approx(0.957628650145 * np.sqrt(0.2))
    assert pooled.hedges / pooled.effect == pytest.approx(0.957646427024)


def test_the_wrong_kind_for_the_same_recordings_is_named_with_the_right_p():
    text = str(ttest(A, B, 2, 2))

    assert "像是同一批录音，应当配对（kind=1）" in text
    assert "那样 p = 0.0002，而不是 p = 0.35" in text


def test_equal_labels_are_recognised_even_when_the_order_differs():
    labels = [f"R{i}" for i in range(10)]
    a = pd.Series(A, labels, name="甲")
    b = pd.Series(B, labels, name="乙").iloc[::-1]

    assert "行标签相同" in str(ttest(a, b, kind=3))


def test_the_design_that_is_stated_is_enforced():
    with pytest.raises(ValueError, match="同一批录音要用配对（kind=1），而不是 kind=3"):
        ttest(A, B, kind=3, same_items=True)
    with pytest.raises(ValueError, match="不是同一批对象，不能配对：请用 kind=3"):
        ttest(A, B, same_items=False)


def test_unequal_spread_is_named_when_kind_2_is_asked():
    rng = np.random.default_rng(1)

    text = str(ttest(rng.normal(80, 1, 40), rng.normal(80, 10, 30), kind=2))

    assert "请改用 kind=3" in text


def test_rows_that_do_not_run_together_are_doubted():
    assert "不同升同降" in str(ttest([1, 2, 3, 4, 5], [9, 7, 6, 3, 2]))


def test_not_significant_is_never_called_calibrated():
    text = str(ttest([80, 85, 90, 84], [81, 84, 91, 84]))

    assert "不等于已校准" in text
    assert "tost" in text


@given(
    data=arrays(float, (2, 8), elements=st.integers(0, 100), unique=True),
    shift=st.integers(-1000, 1000),
    kind=st.sampled_from([1, 2, 3]),
)
def test_swapping_turns_the_sign_and_shifting_changes_nothing(data, shift, kind):
    a, b = data
    if kind == 1 and np.ptp(a - b) == 0:
        return
    result, swapped, moved = (
        ttest(a, b, 2, kind),
        ttest(b, a, 2, kind),
        ttest(a + shift, b + shift, 2, kind),
    )

    assert swapped.t == pytest.approx(-result.t)
    assert swapped.p == pytest.approx(result.p)
    assert moved.p == pytest.approx(result.p, rel=1e-6)
    assert (result.p < 0.05) == (not result.low <= 0 <= result.high)


@pytest.mark.parametrize(
    ("kind", "p", "low", "high"),
    [
        (1, 0.0264197232585, 1.5418923165, 2.8581076835),
        (2, 0.365853999202, -1.78373621547, 6.18373621547),
    ],
)
def test_tost_matches_two_one_sided_tests_in_r(kind, p, low, high):
    """R：t.test(A, B, mu = -3, alternative = "greater") 与 mu = 3、"less"；区间 conf.level = .9。"""
    result = tost(A, B, 3, kind)

    assert result.p == pytest.approx(p, rel=1e-9)
    assert (result.low, result.high) == pytest.approx((low, high), rel=1e-9)


def test_tost_welch_matches_r():
    """R：同上，缺省（Welch）。"""
    result = tost(A, B, 3, 3)

    assert (result.p_lower, result.p_upper) == pytest.approx(
        (0.0181881600289, 0.365880648331), rel=1e-9
    )


@given(
    data=arrays(float, (2, 8), elements=st.integers(0, 30), unique=True),
    delta=st.floats(0.5, 30),
)
def test_equivalent_exactly_when_the_interval_lies_within_the_tolerance(data, delta):
    a, b = data
    if np.ptp(a - b) == 0:
        return
    result = tost(a, b, delta)

    assert result.equivalent == (-delta < result.low and result.high < delta)


def test_the_four_verdicts():
    rng = np.random.default_rng(3)
    base = rng.normal(80, 5, 30)
    noise = rng.normal(0, 1, 30)

    assert "等效" in str(tost(base, base + noise - noise.mean(), 3))
    assert "系统性的偏差" in str(tost(base + 1.5, base + noise / 2, 3))
    assert "需要校准" in str(tost(base + 4, base + noise, 3))
    assert "证据不够" in str(tost(base[:4], base[:4] + noise[:4] * 6, 3))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ttest(A, B, 2, 4), "kind 是 4，只能是 1"),
        (lambda: ttest(A, B, 3), "tails 是 3，只能是 1"),
        (lambda: ttest(A, B[:9]), "a有 10 个，b有 9 个"),
        (lambda: ttest([80], [81]), "a只有 1 个数"),
        (lambda: ttest([80, None], [81, 82]), "a第 2 个是空值"),
        (lambda: ttest([80, 81, 82], [78, 79, 80]), "逐通的差都是 2"),
        (lambda: ttest([80, 80], [79, 79], kind=3), "没有变化"),
        (lambda: tost(A, B, 0), "delta是 0，应大于 0"),
        (lambda: tost(A, B, 3, alpha=0.6), "alpha是 0.6"),
        (
            lambda: ttest(pd.Series([1, 2], ["R1", "R2"]), pd.Series([1, 3], ["R2", "R1"])),
            "第 1 行的标签不同",
        ),
    ],
)
def test_bad_input_is_refused_with_the_remedy(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_columns_of_the_same_name_are_told_apart():
    a = pd.Series(A, name="得分")
    b = pd.Series(B, name="得分")

    assert ttest(a, b).names == ("得分（a）", "得分（b）")


def test_plots_return_axes_with_titles():
    for result in (ttest(A, B), ttest(A, B, kind=3), tost(A, B, 3)):
        assert result.plot().get_title()
        assert result._repr_html_()
