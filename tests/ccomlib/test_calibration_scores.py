"""ccomlib.calibration 的 icc、compare_raters、calibrate：对得上发表的值与 R。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ccomlib.calibration import calibrate, compare_raters, icc, pivot_scores

# Shrout 与 Fleiss (1979) 表 2：6 位对象、4 位评分者
SHROUT = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
THREE = pd.DataFrame(
    {
        "甲": [88, 92, 85, 90, 78, 95, 83, 87, 91, 80],
        "乙": [85, 90, 84, 86, 77, 92, 80, 86, 88, 79],
        "丙": [90, 93, 88, 90, 82, 96, 85, 91, 92, 84],
    },
    index=[f"R{i}" for i in range(1, 11)],
)


def test_six_forms_match_shrout_and_fleiss():
    """Shrout 与 Fleiss (1979) 表 4：.17 .29 .71 .44 .62 .91；区间与 p 见 R psych：ICC(sf)。"""
    table = icc(SHROUT).table

    assert table["ICC"].round(2).tolist() == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]
    assert table["ICC"].tolist() == pytest.approx(
        [0.1657417684, 0.2897637795, 0.7148407148, 0.4427971337, 0.6200505476, 0.9093155424]
    )
    assert table["F"].tolist()[:3] == pytest.approx([1.794678492, 11.027247956, 11.027247956])
    assert table["p"].tolist()[:3] == pytest.approx(
        [0.1647688083446, 0.0001345665165, 0.0001345665165], rel=1e-8
    )
    assert table["区间下限"].tolist() == pytest.approx(
        [
            -0.13293232487,
            0.01878651337,
            0.34246476503,
            -0.88444215524,
            0.07113681530,
            0.67567471382,
        ],
        rel=1e-8,
    )
    assert table["区间上限"].tolist() == pytest.approx(
        [0.7225600623, 0.7610843696, 0.9458582600, 0.9124154203, 0.9272320402, 0.9858916782],
        rel=1e-8,
    )


def test_six_forms_match_psych_for_a_calibration_sheet():
    """R psych：ICC(q, lmer = FALSE)，10 通、3 人。"""
    table = icc(THREE).table

    assert table["ICC"].tolist() == pytest.approx(
        [0.7995445229, 0.8106608157, 0.9724415544, 0.9228747174, 0.9277695716, 0.9906419221]
    )
    assert table["区间下限"].tolist() == pytest.approx(
        [0.5434500700, 0.1473432536, 0.9220412447, 0.7812305816, 0.3414183730, 0.9725891371],
        rel=1e-7,
    )
    assert table["区间上限"].tolist() == pytest.approx(
        [0.9394487313, 0.9581458889, 0.9924535627, 0.9789672020, 0.9856481744, 0.9974718017],
        rel=1e-7,
    )


def test_both_names_of_a_form_are_understood():
    assert icc(SHROUT, form="ICC(C,1)").form == "ICC(3,1)"
    assert icc(SHROUT, form="ICC(C,1)").value == pytest.approx(0.7148407148)


def test_a_constant_shift_lowers_agreement_but_not_consistency():
    base = np.array([70.0, 78, 85, 90, 96])
    scores = np.column_stack([base, base + 10])

    table = icc(scores).table.set_index("形式")["ICC"]

    assert table["ICC(3,1)"] == 1
    assert table["ICC(2,1)"] < 0.75


def test_identical_raters_give_one_everywhere():
    base = [70.0, 78, 85, 90, 96]
    table = icc(np.column_stack([base, base, base])).table

    assert table[["ICC", "区间下限", "区间上限"]].to_numpy() == pytest.approx(1)


@given(arrays(float, (6, 3), elements=st.integers(0, 100), unique=True), st.floats(0.1, 10))
def test_icc_is_free_of_units_and_inside_its_interval(scores, scale):
    assume(np.ptp(scores.mean(axis=1)) > 1e-6)
    plain, moved = icc(scores).table, icc(scores * scale + 5).table

    assert moved["ICC"].tolist() == pytest.approx(plain["ICC"].tolist(), rel=1e-6, abs=1e-9)
    assert (plain["区间下限"] <= plain["ICC"] + 1e-9).all()
    assert (plain["ICC"] <= 1).all()
    assert (plain["ICC"] <= plain["区间上限"] + 1e-9).all()


def test_rm_anova_and_friedman_match_r():
    """R：anova(lm(sf ~ 1), X = ~1, test = "Spherical") 与 friedman.test(sf)。"""
    result = compare_raters(SHROUT)

    assert result.f == pytest.approx(31.86649, abs=5e-6)
    assert result.df == (3, 15)
    assert result.epsilon == pytest.approx(0.6817, abs=5e-5)
    assert result.p_uncorrected == pytest.approx(9.4542632e-07, rel=1e-7)
    assert result.p == pytest.approx(3.8455264e-05, rel=1e-7)
    assert result.friedman == pytest.approx(15.610169, abs=5e-7)
    assert result.friedman_p == pytest.approx(0.00136294, abs=5e-9)


def test_pairs_match_r_with_holm():
    """R：三次 t.test(…, paired = TRUE) 与 p.adjust(p, "holm")；F 见 anova.mlm。"""
    result = compare_raters(THREE)

    assert result.f == pytest.approx(73.41573, abs=5e-6)
    assert result.p == pytest.approx(9.96894814e-07, rel=1e-7)
    assert result.pairs["p"].tolist() == pytest.approx(
        [1.7327723688e-04, 1.0978741644e-03, 9.4909480241e-09], rel=1e-8
    )
    assert result.pairs["p（Holm）"].tolist() == pytest.approx(
        [3.4655447376e-04, 1.0978741644e-03, 2.8472844072e-08], rel=1e-8
    )


def test_no_visible_difference_is_not_called_calibrated():
    rng = np.random.default_rng(6)

    text = str(compare_raters(rng.normal(80, 5, (10, 3))))

    assert "不等于已校准" in text


def test_calibrate_against_the_others_matches_r():
    """R：d <- 丙 - rowMeans(甲, 乙)；t.test(d, conf.level = .9)，t.test(d, mu = 3, alternative = "less")。"""
    row = calibrate(THREE).table.set_index("质检员").loc["丙"]

    assert row["平均差"] == pytest.approx(3.3)
    assert (row["下限"], row["上限"]) == pytest.approx((2.7171072376, 3.8828927624), rel=1e-9)
    assert row["差的标准差"] == pytest.approx(1.0055402086)
    assert row["p（等效）"] == pytest.approx(0.81495843886)
    assert row["一致上限"] == pytest.approx(3.3 + 1.96 * 1.0055402086)


def sheet(n=20, bias=(0.0, 0.0, 5.0), noise=1.5, seed=4):
    rng = np.random.default_rng(seed)
    true = rng.uniform(65, 98, n)
    data = {f"质检员{i + 1}": true + b + rng.normal(0, noise, n) for i, b in enumerate(bias)}
    return pd.DataFrame(data, index=[f"R{i:02d}" for i in range(n)]).assign(标准=true)


def test_a_biased_rater_is_found_against_the_standard():
    result = calibrate(sheet(), standard="标准")

    assert result.table["判断"].tolist() == ["在容差内", "在容差内", "超出容差"]
    assert result.to_recalibrate == ("质检员3",)
    assert not result.calibrated
    assert "质检员3 +" in str(result)


def test_few_noisy_recordings_are_not_enough_to_say_calibrated():
    result = calibrate(sheet(n=4, bias=(0.0, 0.0), noise=6), standard="标准")

    assert set(result.table["判断"]) == {"证据不足"}
    assert "不能说已校准" in str(result)


def test_a_standard_column_or_series_give_the_same():
    scores = sheet()

    by_name = calibrate(scores, standard="标准").table["平均差"]
    by_series = calibrate(scores.drop(columns="标准"), standard=scores["标准"]).table["平均差"]

    assert by_name.tolist() == pytest.approx(by_series.tolist())


def test_a_rater_equal_to_the_standard_is_within_tolerance():
    scores = sheet()[["标准"]].assign(甲=lambda t: t["标准"], 乙=lambda t: t["标准"] + 4)

    assert calibrate(scores, standard="标准").table["判断"].tolist() == ["在容差内", "超出容差"]


@given(arrays(float, (5, 4), elements=st.integers(0, 100), unique=True))
def test_biases_against_the_others_add_up_to_zero(scores):
    assert calibrate(scores).table["平均差"].sum() == pytest.approx(0, abs=1e-9)


def test_the_recording_with_the_widest_gap_comes_first():
    scores = THREE.copy()
    scores.loc["R5", "乙"] = 40

    result = calibrate(scores)

    assert result.items.index[0] == "R5"
    assert result.items.loc["R5", "最低者"] == "乙"
    assert "先讨论 R5" in str(result)


def test_pivot_keeps_the_order_and_refuses_gaps():
    long = pd.DataFrame(
        {
            "录音": ["R2", "R2", "R1", "R1"],
            "质检员": ["乙", "甲", "乙", "甲"],
            "得分": [80, 81, 90, 91],
        }
    )

    wide = pivot_scores(long)
    assert list(wide.index) == ["R2", "R1"]
    assert list(wide.columns) == ["乙", "甲"]
    with pytest.raises(ValueError, match="甲没有评R1"):
        pivot_scores(long.head(3))
    with pytest.raises(ValueError, match="甲对R1评了不止一次"):
        pivot_scores(pd.concat([long, long.tail(1)]))
    with pytest.raises(ValueError, match="得分第 1 个是空值"):
        pivot_scores(long.assign(得分=[None, 1, 2, 3]))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: icc([1, 2, 3]), "得到 1 维"),
        (lambda: icc([[1], [2]]), "只有 1 位质检员"),
        (lambda: icc([[1, 2]]), "只有 1 通录音"),
        (lambda: icc([[1, 2], [2, 1]]), "平均分没有差别"),
        (lambda: icc([[1, 2], [2, None]]), "质检员2第 2 个是空值"),
        (lambda: icc(SHROUT, form="ICC4"), "form 是 'ICC4'"),
        (lambda: compare_raters(THREE[["甲", "乙"]]), "只有两位质检员：请用 ttest"),
        (lambda: compare_raters([[1, 2, 3], [2, 3, 4], [5, 6, 7]]), "处处相等"),
        (lambda: calibrate(THREE, tolerance=0), "tolerance是 0"),
        (lambda: calibrate(THREE[["甲"]]), "没有人可比"),
        (lambda: calibrate(THREE, standard="专家"), "没有标准分这一列 '专家'"),
        (lambda: calibrate(THREE, standard=[1, 2]), "standard有 2 个"),
        (lambda: calibrate(THREE, standard=THREE["甲"].iloc[::-1]), "第 1 行的标签不同"),
        (lambda: calibrate(THREE).plot_agreement("丁"), "没有质检员 '丁'"),
    ],
)
def test_bad_input_is_refused_with_the_remedy(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_plots_return_axes_with_titles():
    calibration = calibrate(THREE)
    axes = [
        icc(THREE).plot(),
        compare_raters(THREE).plot(),
        calibration.plot(),
        calibration.plot_agreement("丙"),
    ]

    assert all(ax.get_title() for ax in axes)
    assert calibration._repr_html_()
