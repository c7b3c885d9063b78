"""培训效果：配对效果、讲师 × 课件、学习曲线、双重差分。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccomlib.centre import open_centre
from ccomlib.training import (
    difference_in_differences,
    fit_learning_curve,
    paired_effect,
    trainer_courseware,
)

# R 的 sleep 数据（Student 1908 用的那组），训前为第一种药
SLEEP_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_paired_t_matches_student_1908():
    """R：t.test(paired = TRUE)，t = 4.0621，df = 9，p = 0.002833，区间 0.7001 到 2.4599。"""
    result = paired_effect(SLEEP_1, SLEEP_2, full=10)

    assert [result.t, result.df, result.p] == pytest.approx([4.0621277, 9, 0.00283289])
    assert [result.gain, result.low, result.high] == pytest.approx(
        [1.58, 0.7001142367, 2.4598857633]
    )


def test_interval_of_dz_matches_r():
    """R：uniroot 反解 pt(t, 9, ncp)，再除以 √10。"""
    result = paired_effect(SLEEP_1, SLEEP_2, full=10)

    assert [result.d, result.d_low, result.d_high] == pytest.approx(
        [1.284557563, 0.4146277564, 2.118016514], abs=1e-6
    )


def test_normalised_gain_is_gain_over_room():
    """手算：训前平均 50，训后 70，满分 100：20 ÷ 50 = 0.4；Hake 的“中”。"""
    result = paired_effect([40, 50, 60], [65, 65, 80])

    assert result.normalised == pytest.approx(0.4)
    assert result.level == "中"
    assert result.table["归一化增益"].tolist() == pytest.approx([25 / 60, 15 / 50, 20 / 40])


def test_people_already_at_full_marks_have_no_gain_of_their_own():
    result = paired_effect([100, 50, 60], [100, 65, 80])

    assert np.isnan(result.table["归一化增益"].iloc[0])
    assert "1 人训前已满分" in str(result)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=4, max_size=20))
def test_swapping_before_and_after_turns_the_sign(pairs):
    first, second = (np.array(part, dtype=float) for part in zip(*pairs, strict=True))
    if np.ptp(second - first) == 0:
        return

    one, two = paired_effect(first, second), paired_effect(second, first)

    assert one.t == pytest.approx(-two.t)
    assert one.d_low == pytest.approx(-two.d_high, abs=1e-6)
    assert one.low == pytest.approx(-two.high)


@pytest.mark.parametrize(
    ("pre", "post", "options", "message"),
    [
        ([1, 2, 3], [2, 3], {}, "训前有 3 个，训后有 2 个"),
        ([1, 2], [2, 4], {}, "只有 2 人"),
        ([1, 2, None], [2, 4, 5], {}, "训前（pre）第 3 个是空值"),
        ([1, 2, 3], [3, 4, 5], {}, "人人都提高 2 分"),
        ([100, 100, 100], [99, 98, 97], {}, "训前全是满分"),
        ([1, 2, 3], [2, 4, 101], {}, "训后（post）第 3 个是 101"),
        (
            pd.Series([1, 2, 3], list("甲乙丙")),
            pd.Series([1, 2, 4], list("甲丙乙")),
            {},
            "第 2 行的标签不同",
        ),
        ([1, 2, 3], [2, 4, 5], {"confidence": 1}, "confidence"),
    ],
)
def test_paired_effect_refuses(pre, post, options, message):
    with pytest.raises(ValueError, match=message):
        paired_effect(pre, post, **options)


UNBALANCED = pd.DataFrame(
    {
        "讲师": np.repeat(["王", "李", "张"], [7, 6, 7]),
        "课件": list("甲甲甲乙乙丙丙甲乙乙乙丙丙甲甲乙丙丙丙丙"),
        "提高": [12, 15, 11, 18, 20, 9, 10, 14, 22, 19, 25, 12, 8, 13, 12, 17, 9, 11, 7, 12],
    }
)


def two_way(table):
    return trainer_courseware(table, score="提高", before=None)


def test_gain_is_the_default_score():
    """后测 − 前测 与直接给提高相同。"""
    table = UNBALANCED.assign(前测=range(20), 后测=UNBALANCED["提高"] + np.arange(20))

    result = trainer_courseware(table)

    assert result.anova["平方和"].tolist() == pytest.approx(
        two_way(UNBALANCED).anova["平方和"].tolist()
    )
    assert "提高（后测 − 前测）" in str(result)


def test_type_two_anova_matches_r():
    """R：anova(lm(y~c), lm(y~t+c), lm(y~t*c)) 的 F，误差用 lm(y~t*c)，即 car::Anova(type = 2)。"""
    table = two_way(UNBALANCED).anova

    assert table["平方和"].tolist() == pytest.approx([13.448605, 309.043843, 11.301395, 52.416667])
    assert table["自由度"].tolist() == [2, 2, 4, 11]
    assert table["F"].tolist()[:3] == pytest.approx([1.41114, 32.42749, 0.59292], rel=1e-5)
    assert table["p"].tolist()[:3] == pytest.approx([0.28475, 2.442e-05, 0.67502], rel=2e-4)


def test_type_two_anova_matches_statsmodels():
    from statsmodels.formula.api import ols
    from statsmodels.stats.anova import anova_lm

    frame = UNBALANCED.set_axis(["t", "c", "y"], axis=1)
    theirs = anova_lm(ols("y ~ C(t) * C(c)", frame).fit(), typ=2)

    ours = two_way(UNBALANCED).anova

    assert ours["平方和"].tolist() == pytest.approx(theirs["sum_sq"].tolist())
    assert ours["p"].tolist()[:3] == pytest.approx(theirs["PR(>F)"].tolist()[:3])


def test_adjusted_means_match_r():
    """R：lm(y ~ t + c) 的预测对另一因素同权平均，区间用 qt(.975, 15)。"""
    means = two_way(UNBALANCED).means.set_index("水平")

    expected = {
        "李": (15.54845815, 13.7016673, 17.395249),
        "王": (13.73788546, 12.0641584, 15.41161253),
        "张": (13.61453744, 11.87033616, 15.35873873),
        "甲": (13.13509545, 11.29294579, 14.97724511),
        "乙": (19.84434655, 18.00027498, 21.68841812),
        "丙": (9.92143906, 8.327201237, 11.51567688),
    }
    for level, values in expected.items():
        assert means.loc[level, ["调整平均", "下限", "上限"]].tolist() == pytest.approx(values)


def test_the_larger_significant_factor_is_named():
    result = two_way(UNBALANCED)

    assert result.main == "课件"
    assert result.best("课件") == "乙"
    assert result.interaction is False
    assert "显著的只有课件" in str(result)


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_in_a_balanced_design_adjusted_means_are_raw_means(seed):
    rng = np.random.default_rng(seed)
    grid = [(t, c) for t in "王李张" for c in "甲乙" for _ in range(3)]
    table = pd.DataFrame(grid, columns=["讲师", "课件"]).assign(提高=rng.normal(size=18))

    result = two_way(table)

    assert result.means["调整平均"].tolist() == pytest.approx(result.means["原始平均"].tolist())
    total = ((table["提高"] - table["提高"].mean()) ** 2).sum()
    assert result.anova["平方和"].sum() == pytest.approx(total)


def test_one_person_each_cell_leaves_no_interaction():
    table = pd.DataFrame(
        {"讲师": list("王王李李张张"), "课件": list("甲乙甲乙甲乙"), "提高": [1, 3, 2, 5, 4, 5]}
    )
    result = two_way(table)

    assert result.interaction is None
    assert result.anova["自由度"].tolist() == [2, 1, 2]
    assert "估不出交互作用" in str(result)


def test_an_empty_cell_is_allowed():
    table = UNBALANCED[~((UNBALANCED["讲师"] == "王") & (UNBALANCED["课件"] == "丙"))]

    assert two_way(table).anova["自由度"].tolist() == [2, 2, 3, 10]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (UNBALANCED.drop(columns="讲师"), "缺少列：讲师"),
        (UNBALANCED.assign(讲师="王"), "讲师只有 1 种"),
        (UNBALANCED.assign(提高=5), "没有变化"),
        (UNBALANCED.assign(提高=[None, *range(19)]), "提高第 1 个是空值"),
        (UNBALANCED.assign(课件=[None, *UNBALANCED["课件"].iloc[1:]]), "课件第 1 个是空值"),
        (
            pd.DataFrame(
                {"讲师": list("王王李李"), "课件": list("甲甲乙乙"), "提高": [1, 2, 3, 4]}
            ),
            "互不相干",
        ),
        (
            pd.DataFrame({"讲师": list("王王李"), "课件": list("甲乙甲"), "提高": [1, 2, 3]}),
            "误差没有自由度",
        ),
    ],
)
def test_two_way_refuses(table, message):
    with pytest.raises(ValueError, match=message):
        two_way(table)


WEEKS = np.arange(1, 13)
AHT = [498, 452, 418, 393, 370, 352, 343, 332, 325, 318, 316, 312]


def test_curve_matches_r_nls():
    """R：nls(z ~ a + b·exp(−c·w)) 的估计与标准误。"""
    curve = fit_learning_curve(WEEKS, AHT, standard=330)

    assert [curve.a, curve.b, curve.c] == pytest.approx([300.2105, 256.3167, 0.2595655], rel=1e-6)
    assert curve.intervals["标准误"].tolist() == pytest.approx(
        [1.300658, 1.724057, 0.005078052], rel=1e-5
    )
    assert curve.sigma == pytest.approx(1.25016, rel=1e-5)


def test_weeks_to_standard_match_the_profile_of_r():
    """R：以 w* 为参数的 nls，profile 在 t(0.975, 9) 处：8.1667 到 8.4228。"""
    curve = fit_learning_curve(WEEKS, AHT, standard=330)

    assert curve.weeks == pytest.approx(8.2917737, rel=1e-6)
    assert [curve.low, curve.high] == pytest.approx([8.166720817, 8.422836378], rel=1e-4)


def test_rising_scores_are_fitted_the_same_way():
    curve = fit_learning_curve(WEEKS, [600 - value for value in AHT], standard=270)

    assert curve.b == pytest.approx(-256.3167, rel=1e-6)
    assert curve.weeks == pytest.approx(8.2917737, rel=1e-6)


@settings(max_examples=20)
@given(st.floats(100, 400), st.floats(20, 300), st.floats(0.1, 1.0))
def test_an_exact_curve_is_found_again(a, b, c):
    values = a + b * np.exp(-c * WEEKS)
    curve = fit_learning_curve(WEEKS, values, standard=a + b / 10)

    assert [curve.a, curve.b, curve.c] == pytest.approx([a, b, c], rel=1e-3)
    assert curve.weeks == pytest.approx(np.log(10) / c, rel=1e-3)
    assert curve.predict(WEEKS) == pytest.approx(values, rel=1e-4)


def test_a_standard_below_the_plateau_is_never_reached():
    curve = fit_learning_curve(WEEKS, AHT, standard=280)

    assert curve.weeks is None
    assert "永远到不了标准" in str(curve)


def test_a_standard_inside_the_interval_of_the_plateau_is_left_open():
    assert "还说不准" in str(fit_learning_curve(WEEKS, AHT, standard=299))


def test_a_standard_met_from_the_start_needs_no_weeks():
    assert fit_learning_curve(WEEKS, AHT, standard=600).weeks == 0


def test_reaching_beyond_the_data_is_told():
    curve = fit_learning_curve(WEEKS[:8], AHT[:8], standard=312)

    assert curve.extrapolated
    assert "是外推" in str(curve)


@pytest.mark.parametrize(
    ("weeks", "values", "message"),
    [
        ([1, 2, 3, 4], [4, 3, 2, 1], "只有 4 个点"),
        ([1, 1, 2, 2, 3], [4, 3, 2, 1, 1], "3 种周数"),
        (WEEKS, [300] * 12, "没有变化"),
        (WEEKS, 500 - 10.0 * WEEKS, "几乎是一条直线"),
        (WEEKS, [500, *[300, 301] * 5, 300], "学习速度定不出来"),
        (WEEKS, AHT[:-1], "周（weeks）有 12 个，值（values）有 11 个"),
        (WEEKS, [None, *AHT[1:]], "值（values）第 1 个是空值"),
        (-WEEKS, AHT, "周（weeks）第 1 个是 -1"),
    ],
)
def test_curves_that_do_not_converge_are_refused(weeks, values, message):
    with pytest.raises(ValueError, match=message):
        fit_learning_curve(weeks, values)


def panel(treated, control, weeks=(1, 2)):
    rows = [
        (f"{arm}{k}", arm, week, value)
        for arm, people in (("试点", treated), ("对照", control))
        for k, values in enumerate(people)
        for week, value in zip(weeks, values, strict=True)
    ]
    return pd.DataFrame(rows, columns=["工号", "组别", "周", "质检分"])


def did(table, **options):
    return difference_in_differences(table, **({"value": "质检分", "start": 2} | options))


def test_welch_of_the_changes_matches_r():
    """R：t.test(c(8, 9, 6), c(2, 3, 1))。"""
    result = did(panel([(80, 88), (78, 87), (82, 88)], [(81, 83), (79, 82), (80, 81)]))

    assert [result.t, result.df, result.p] == pytest.approx([5.375872, 3.4482759, 0.008731029])
    assert [result.low, result.high] == pytest.approx([2.545782715, 8.787550619])


def exact(mean, error, n):
    """平均与标准误正好是给定值的 n 个变化。"""
    values = np.random.default_rng(n).normal(size=n)
    values = (values - values.mean()) / values.std(ddof=1)
    return mean + values * error * np.sqrt(n)


def test_card_and_krueger_1994():
    """表 3：新泽西变化 0.59（0.54），宾州 −2.16（1.25），差 2.76（1.36）；0.59 + 2.16 因舍入是 2.75。"""
    jersey = [(20.44, 20.44 + x) for x in exact(0.59, 0.54, 309)]
    pennsylvania = [(23.33, 23.33 + x) for x in exact(-2.16, 1.25, 75)]

    result = did(panel(jersey, pennsylvania))

    assert result.effect == pytest.approx(2.76, abs=0.011)
    assert result.error == pytest.approx(1.36, abs=0.005)
    assert result.table["变化的标准误"].tolist()[:2] == pytest.approx([0.54, 1.25])


@given(st.floats(-50, 50), st.floats(-20, 20))
def test_levels_and_common_shocks_do_not_matter(level, shock):
    treated = [(80, 88), (78, 87), (82, 88)]
    control = [(81, 83), (79, 82), (80, 81)]
    moved = [(a + level, b + level + shock) for a, b in treated]
    same = [(a, b + shock) for a, b in control]

    assert did(panel(moved, same)).effect == pytest.approx(did(panel(treated, control)).effect)


def test_different_trends_before_are_told():
    """训前三期：受训每期涨 2（上下 0.1），对照不涨。"""
    treated = [(80, 82 + e, 84, 86) for e in (-0.1, 0.0, 0.1)]
    treated = [
        (a - e, b, c + e, d) for e, (a, b, c, d) in zip((0.1, 0, -0.1), treated, strict=True)
    ]
    control = [(80 + e, 80, 80 - e, 80.5 + e) for e in (-0.1, 0.1, 0.2)]

    result = did(panel(treated, control, (1, 2, 3, 4)), start=4)

    assert result.parallel is False
    assert "训前两组走势就不同" in str(result)


def test_one_period_before_says_nothing_about_trends():
    result = did(panel([(80, 88), (78, 87)], [(81, 83), (79, 82)]))

    assert result.parallel is None
    assert "平行趋势无从查起" in str(result)


def test_people_without_both_sides_are_left_out():
    table = panel([(80, 88), (78, 87), (82, 88)], [(81, 83), (79, 82), (80, 81)])
    alone = pd.DataFrame([("新人", "对照", 2, 50)], columns=table.columns)

    result = did(pd.concat([table, alone]))

    assert result.table["人数"].tolist() == [3, 3, 6]
    assert result.means.loc[2, "对照"] == pytest.approx(82)


SOUND = panel([(80, 88), (78, 87)], [(81, 83), (79, 82)])


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        (SOUND, {"start": 3}, "数据里没有这一期"),
        (SOUND, {"start": 1}, "它之前没有数据"),
        (SOUND, {"control": "别的"}, "组别里没有“别的”"),
        (pd.concat([SOUND, SOUND]), {}, "有两行"),
        (SOUND.assign(工号=["甲", "甲", "乙", "乙", "甲", "丙", "丁", "丁"]), {}, "甲"),
        (SOUND.assign(质检分=[None, *range(7)]), {}, "试点0，1"),
        (SOUND.iloc[2:], {}, "只有 1 人"),
        (panel([(80, 81), (70, 71)], [(60, 60), (50, 50)]), {}, "完全一样"),
    ],
)
def test_difference_in_differences_refuses(table, options, message):
    with pytest.raises(ValueError, match=message):
        did(table, **options)


def test_results_draw_on_the_axes_they_are_given():
    import matplotlib.pyplot as plt

    results = [
        paired_effect(SLEEP_1, SLEEP_2, full=10),
        two_way(UNBALANCED),
        fit_learning_curve(WEEKS, AHT, standard=330),
        fit_learning_curve(WEEKS, AHT),
        did(SOUND.assign(质检分=[80, 88, 78, 85, 81, 83, 79, 82])),
    ]

    for result in results:
        _, ax = plt.subplots()
        assert result.plot(ax) is ax
        assert ax.get_title()
        assert not result.summary().empty


@pytest.mark.parametrize("seed", [2025, 7])
def test_truths_of_the_virtual_centre_are_found(seed):
    """埋下的最差讲师、最差课件；试点的净作用不偏：课上的种子落在 95% 区间里，别的种子不出三个标准误。

    95% 区间二十次里本来就有一次不含真值，种子 7 就是这一次（14 个种子里 13 个含）。
    """
    hub = open_centre(seed)
    truth = hub.truth.training

    means = trainer_courseware(hub.table("training")).means
    worst = means.loc[means.groupby("因素")["调整平均"].idxmin(), "水平"]
    pilot = did(hub.table("training_pilot"), value="抽查得分", start=5)

    assert set(worst) == {truth.weak_trainer, truth.weak_courseware}
    assert abs(pilot.effect - truth.pilot_effect) < 3 * pilot.error
    assert seed != 2025 or pilot.low <= truth.pilot_effect <= pilot.high
    assert pilot.parallel


@pytest.mark.parametrize("weeks", [WEEKS + 202500, WEEKS + 121])
def test_calendar_weeks_are_no_weeks_on_the_job(weeks):
    """202501 是日历上的周次：离第 0 周太远，推不出起点。"""
    with pytest.raises(ValueError, match="不是日历上的周次"):
        fit_learning_curve(weeks, AHT)


def test_weeks_ten_spans_from_the_start_are_the_last_that_are_fitted():
    assert fit_learning_curve(WEEKS + 9, AHT).c == pytest.approx(fit_learning_curve(WEEKS, AHT).c)
    assert fit_learning_curve(WEEKS + 109, AHT).c > 0


def test_a_standard_out_of_all_reach_is_met_from_the_start():
    """值与标准单位不同（秒与小时）时，标准远在曲线之上：第 0 周就达标，不会算溢出。"""
    found = fit_learning_curve(WEEKS, np.array(AHT) * 1e-12, standard=330)

    assert (found.weeks, found.low) == (0, 0)


def test_periods_written_half_as_words_are_refused():
    table = pd.DataFrame(
        {
            "工号": list("ABAB"),
            "组别": ["试点", "对照"] * 2,
            "周": [1, 1, 2, "二"],
            "分": [1, 2, 3, 4],
        }
    )
    with pytest.raises(ValueError, match="周里有的是数、有的是文字，排不出先后"):
        difference_in_differences(table, value="分", start=2)
