"""ccomlib.correlation：系数与检验对得上 R，会骗人的情形被点名。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ccomlib import correlation

# Hollander 与 Wolfe 的金枪鱼数据，R 的 ?cor.test 里也用它
TUNA_X = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1]
TUNA_Y = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8]
POINTS = pd.DataFrame(
    {
        "题1": [8, 9, 6, 10, 7, 5, 9, 8],
        "题2": [12, 15, 9, 18, 13, 8, 16, 11],
        "题3": [3, 5, 2, 5, 4, 3, 4, 4],
        "题4": [20, 25, 15, 28, 22, 17, 24, 19],
    }
)


def linked(n=40, r=0.6, seed=3):
    """两列相关约为 r 的数，带工号。"""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    y = r * x + np.sqrt(1 - r * r) * rng.normal(size=n)
    labels = [f"A{i:03d}" for i in range(n)]
    return pd.Series(85 + 5 * x, labels, name="质检分"), pd.Series(
        4 + 0.3 * y, labels, name="满意度"
    )


def test_r_test_matches_the_golden_value():
    """domain.md 2.10：r = .45，n = 30 时 t = 2.6664，p = .01259。"""
    result = correlation.r_test(0.45, 30)

    assert result.t == pytest.approx(2.6664, abs=5e-5)
    assert result.p == pytest.approx(0.01259, abs=5e-6)
    assert result.significant


def test_pearson_matches_r():
    """R：cor.test(x, y)。"""
    result = correlation.correlate(TUNA_X, TUNA_Y)

    assert result.r == pytest.approx(0.571181557564, abs=1e-11)
    assert result.p == pytest.approx(0.108173054349, abs=1e-11)
    assert result.low == pytest.approx(-0.149742633037, abs=1e-9)
    assert result.high == pytest.approx(0.895579461839, abs=1e-9)


def test_spearman_uses_the_exact_distribution_for_small_samples():
    """R：cor.test(x, y, method = "spearman")，精确 p = .0968；t 近似会得到 .0876。"""
    result = correlation.correlate(TUNA_X, TUNA_Y, method="spearman")

    assert result.r == pytest.approx(0.6, abs=1e-12)
    assert result.p == pytest.approx(0.0967978395062, abs=1e-12)


@given(
    pair=arrays(float, (2, 15), elements=st.integers(-50, 50), unique=True),
    shift=st.floats(-100, 100),
    scale=st.floats(0.1, 100),
)
def test_r_does_not_depend_on_units(pair, shift, scale):
    x, y = pair
    plain = correlation.correlate(x, y)

    moved = correlation.correlate(x * scale + shift, y)
    swapped = correlation.correlate(y, x)

    assert moved.r == pytest.approx(plain.r, abs=1e-9)
    assert swapped.r == pytest.approx(plain.r, abs=1e-12)
    assert plain.low <= plain.r <= plain.high


@given(pair=arrays(float, (2, 12), elements=st.integers(-50, 50), unique=True))
def test_spearman_is_unchanged_by_any_increasing_transformation(pair):
    x, y = pair

    plain = correlation.correlate(x, y, method="spearman")
    bent = correlation.correlate(np.exp(x / 20), y, method="spearman")

    assert bent.r == pytest.approx(plain.r, abs=1e-12)


def test_perfect_correlation_is_reported_without_a_warning():
    result = correlation.correlate([1, 2, 3, 4, 5], [2, 4, 6, 8, 10])

    assert (result.r, result.p, result.low, result.high) == (1.0, 0.0, 1.0, 1.0)


def test_two_outliers_that_hide_each_other_are_named_and_the_sign_turns():
    """去掉其中一个看不出，两个一起去掉方向才反过来。"""
    x, y = linked()
    x.iloc[[3, 7]] = [150, 152]
    y.iloc[[3, 7]] = [1.0, 0.9]

    result = correlation.correlate(x, y)

    assert result.outliers == ("A003", "A007")
    assert result.r < 0 < result.without_outliers
    assert "A003、A007" in str(result)
    assert "方向反了" in str(result)


def test_one_point_that_makes_all_the_variation_is_named():
    x = pd.Series([1.0] * 9 + [5.0], index=list("甲乙丙丁戊己庚辛壬癸"))

    result = correlation.correlate(x, [1, 3, 2, 4, 2, 3, 1, 2, 4, 9])

    assert result.outliers == ("癸",)
    assert result.without_outliers is None
    assert "结论全系于一点（癸）" in str(result)


def test_clean_data_get_no_warning():
    result = correlation.correlate(*linked(n=60))

    assert result.warnings == ()
    assert str(result).endswith("相关不等于因果。")


def test_small_sample_is_said():
    assert "只有 9 对" in str(correlation.correlate(TUNA_X, TUNA_Y))


def test_simpson_is_named_and_the_pooled_within_r_matches_r():
    """R：cor(resid(lm(x ~ g)), resid(lm(y ~ g)))。"""
    x = [1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14]
    y = [5, 4.2, 4, 3, 8, 7.5, 6, 6.2, 11, 10.4, 9, 9.1]
    result = correlation.correlate(x, y, group=["早班"] * 4 + ["中班"] * 4 + ["晚班"] * 4)

    assert result.r == pytest.approx(0.834181455698, abs=1e-9)
    assert result.within_r == pytest.approx(-0.93344619677, abs=1e-9)
    assert "辛普森悖论" in str(result)
    assert list(result.groups.index) == ["早班", "中班", "晚班"]


def test_range_restriction_is_restored_as_thorndike_case_2():
    """R psych：rangeCorrection(.45, 10, 5) = .709850706；手上标准差 5，全体 10。"""
    x, y = linked(n=200, seed=8)
    r = correlation.correlate(x, y).r
    sd = x.std()

    restored = correlation.correlate(x, y, whole_sd=2 * sd)

    assert restored.range_corrected == pytest.approx(2 * r / np.sqrt(1 + 3 * r * r))
    assert 0.45 * 2 / np.sqrt(1 + 0.45**2 * 3) == pytest.approx(0.709850706053)
    assert "全距受限" in str(restored)


def test_scores_squeezed_at_the_top_are_said():
    x = np.r_[np.arange(80, 100, 2), [100] * 10]

    result = correlation.correlate(pd.Series(x, name="质检分"), np.arange(20) % 7)

    assert "质检分有 50% 挤在 100" in str(result)


def test_part_in_the_whole_is_taken_out():
    rng = np.random.default_rng(4)
    parts = rng.normal(size=(50, 2))
    total = pd.Series(parts @ [0.5, 0.5], name="绩效总分")

    result = correlation.correlate(pd.Series(parts[:, 0], name="质量"), total, part_weight=0.5)

    assert result.corrected == pytest.approx(np.corrcoef(parts.T)[0, 1])
    assert "质量本身在绩效总分里" in str(result)


def test_difference_of_two_independent_r_matches_psych():
    """R psych：paired.r(.6, .2, n = 120, n2 = 110)，z = 3.67。"""
    result = correlation.compare_r(0.6, 120, 0.2, 110)

    assert abs(result.z) == pytest.approx(3.67, abs=0.005)
    assert result.drifted
    assert result.low < result.difference < result.high


def test_no_visible_drift_is_not_called_unchanged():
    assert "不等于没有变" in str(correlation.compare_r(0.5, 20, 0.3, 20))


def test_matrix_matches_psych_with_holm():
    """R psych：corr.test(pts, adjust = "holm")，校正后的 p 在上三角。"""
    result = correlation.correlation_matrix(POINTS)

    assert result.table["p（Holm）"].to_numpy() == pytest.approx(
        [
            0.00418097736,
            0.02569598987,
            0.012174394293,
            0.02569598987,
            0.000452038609,
            0.007373316638,
        ],
        rel=1e-6,
    )
    assert result.r.loc["题1", "题4"] == pytest.approx(0.878779321, abs=1e-8)


def test_matrix_against_one_indicator_corrects_for_fewer_tests():
    both = correlation.correlation_matrix(POINTS)
    one = correlation.correlation_matrix(POINTS, against="题4")

    assert len(both.table) == 6
    assert len(one.table) == 3
    assert set(one.table["指标二"]) == {"题4"}


def test_item_total_with_equal_weights_matches_psych():
    """R psych：alpha(pts)$item.stats 的 raw.r 与 r.drop。"""
    table = correlation.item_total(POINTS, list(POINTS)).table

    assert table["与总分 r"].tolist() == pytest.approx(
        [0.9329048755, 0.9869490322, 0.8944271910, 0.9903534976], abs=1e-9
    )
    assert table["扣除自己后 r"].tolist() == pytest.approx(
        [0.9056188329, 0.9704659610, 0.8709784677, 0.9711958247], abs=1e-9
    )


def test_independent_items_correlate_with_the_total_only_through_themselves():
    """四项互不相干、权重一样，与总分的 r 约 1/√4 = 0.5，扣除自己后约 0。"""
    rng = np.random.default_rng(5)
    scores = pd.DataFrame(rng.normal(size=(4000, 4)), columns=["质量", "效率", "满意", "遵时"])

    result = correlation.item_total(scores, dict.fromkeys(scores, 25))

    assert result.table["与总分 r"].to_numpy() == pytest.approx([0.5] * 4, abs=0.05)
    assert result.table["扣除自己后 r"].to_numpy() == pytest.approx([0] * 4, abs=0.05)
    assert len(result.weak) == 4


def test_a_zero_weight_item_is_correlated_with_the_others_only():
    table = correlation.item_total(POINTS, {"题1": 1, "题2": 1, "题3": 0}).table

    row = table[table["指标"] == "题3"].iloc[0]
    assert row["与总分 r"] == pytest.approx(row["扣除自己后 r"])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: correlation.correlate([1, 2, 3], [1, 2, 3]), "少于 4 对"),
        (lambda: correlation.correlate([1, 2, 3, 4], [1, 2, 3]), "配不成对"),
        (lambda: correlation.correlate([1, 2, 3, None], [1, 2, 3, 4]), "x第 4 个是空值"),
        (lambda: correlation.correlate([1, 2, 3, 4], [5, 5, 5, 5]), "y全是 5"),
        (
            lambda: correlation.correlate([1, 2, 3, 4], [1, 3, 2, 4], method="kendall"),
            "method 是 'kendall'",
        ),
        (
            lambda: correlation.correlate([1, 2, 3, 4], [1, 3, 2, 4], group=["甲", "乙"]),
            "group 有 2 个",
        ),
        (
            lambda: correlation.correlate([1, 2, 3, 4], [1, 3, 2, 4], group=list("甲乙丙丁")),
            "每一组之内",
        ),
        (
            lambda: correlation.correlate([1, 2, 3, 4], [2, 4, 6, 8], part_weight=2),
            "只有 x 这一项",
        ),
        (lambda: correlation.r_test(1, 30), "r是 1"),
        (lambda: correlation.r_test(0.3, 3), "n 是 3，应是不小于 4 的整数"),
        (lambda: correlation.compare_r(0.3, 30, 1.2, 30), "r2是 1.2"),
        (lambda: correlation.correlation_matrix(POINTS, ["题1", "题9"]), "缺少列：题9"),
        (lambda: correlation.correlation_matrix(POINTS, ["题1"]), "至少要两列"),
        (lambda: correlation.correlation_matrix(POINTS, "题1"), "写成 \\['题1'\\]"),
        (lambda: correlation.correlation_matrix(POINTS.head(3)), "少于 4 行"),
        (
            lambda: correlation.correlation_matrix(POINTS.assign(题1=1)),
            "题1全是 1",
        ),
        (lambda: correlation.item_total(POINTS, {"题1": 1}), "至少要两项"),
        (lambda: correlation.item_total(POINTS, {"题1": -1, "题2": 1}), "weights第 1 个（题1）"),
        (lambda: correlation.item_total(POINTS, {"题1": 0, "题2": 1}), "不足两项"),
    ],
)
def test_bad_input_is_refused_with_the_remedy(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_rows_that_do_not_match_are_refused():
    x, y = linked(n=10)

    with pytest.raises(ValueError, match="第 1 行的标签不同（质检分是 A000，满意度是 A009）"):
        correlation.correlate(x, y.iloc[::-1])


def test_a_missing_group_is_refused():
    with pytest.raises(ValueError, match="group 第 2 个是空值"):
        correlation.correlate([1, 2, 3, 4], [1, 3, 2, 4], group=["甲", None, "甲", "乙"])


def test_plots_return_axes_with_titles():
    x, y = linked()
    x.iloc[0] = 200
    results = [
        correlation.correlate(x, y, group=["早"] * 20 + ["晚"] * 20),
        correlation.r_test(0.3, 20),
        correlation.compare_r(0.3, 20, 0.5, 30),
        correlation.correlation_matrix(POINTS),
        correlation.correlation_matrix(POINTS, against="题4"),
        correlation.item_total(POINTS, list(POINTS)),
    ]

    for result in results:
        assert result.plot().get_title()
        assert result._repr_html_()
