"""ccomlib.regression：系数对得上 NIST 的认证值与 R，诊断说人话。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccomlib import regression


def numbers(text, columns):
    return np.array(text.split(), dtype=float).reshape(-1, columns)


# NIST StRD Norris（线性，较易）：x, y
NORRIS = numbers(
    """0.2 0.1 337.4 338.8 118.2 118.1 884.6 888.0 10.1 9.2 226.5 228.1 666.3 668.5 996.3 998.5
    448.6 449.1 777.0 778.9 558.2 559.2 0.4 0.3 0.6 0.1 775.5 778.1 666.9 668.8 338.0 339.3
    447.5 448.9 11.6 10.8 556.0 557.7 228.1 228.3 995.8 998.0 887.6 888.8 120.2 119.6 0.3 0.3
    0.3 0.6 556.8 557.6 339.1 339.3 887.2 888.0 999.0 998.5 779.0 778.9 11.1 10.2 118.3 117.6
    229.2 228.9 669.1 668.4 448.9 449.2 0.5 0.2""",
    2,
)
# NIST StRD Longley（线性，较难：各列几乎共线）：y 与六个自变量
LONGLEY = numbers(
    """60323 83 234289 2356 1590 107608 1947 61122 88.5 259426 2325 1456 108632 1948
    60171 88.2 258054 3682 1616 109773 1949 61187 89.5 284599 3351 1650 110929 1950
    63221 96.2 328975 2099 3099 112075 1951 63639 98.1 346999 1932 3594 113270 1952
    64989 99 365385 1870 3547 115094 1953 63761 100 363112 3578 3350 116219 1954
    66019 101.2 397469 2904 3048 117388 1955 67857 104.6 419180 2822 2857 118734 1956
    68169 108.4 442769 2936 2798 120445 1957 66513 110.8 444546 4681 2637 121950 1958
    68655 112.6 482704 3813 2552 123366 1959 69564 114.2 502601 3931 2514 125368 1960
    69331 115.7 518173 4806 2572 127852 1961 70551 116.9 554894 4007 2827 130081 1962""",
    7,
)
# R 自带的 attitude（Chatterjee 与 Price）：30 个部门的四列百分率
ATTITUDE = pd.DataFrame(
    numbers(
        """43 51 39 45 63 64 54 47 71 70 69 48 61 63 47 35 81 78 66 47 43 55 44 34 58 67 56 35
        71 75 55 41 72 82 67 31 67 61 47 41 64 53 58 34 67 60 39 41 69 62 42 25 68 83 45 35
        77 77 72 46 81 90 72 36 74 85 69 63 65 60 75 60 65 70 57 46 50 58 54 52 50 40 34 33
        64 61 62 41 53 66 50 37 40 37 58 49 63 54 48 33 66 77 63 72 78 75 74 49 48 57 45 38
        85 85 71 55 82 82 59 39""",
        4,
    ),
    columns=["总评", "投诉处理", "学习机会", "晋升"],
    index=[f"{i}部" for i in range(1, 31)],
)
PREDICTORS = ["投诉处理", "学习机会", "晋升"]


@pytest.fixture(scope="module")
def attitude():
    return regression.fit(ATTITUDE, "总评", PREDICTORS)


def check(result, name):
    return result.diagnostics.set_index("检验").loc[name]


def test_norris_matches_the_nist_certified_values():
    """NIST StRD Norris：B0、B1、标准误、残差标准差、R²、F。"""
    table = pd.DataFrame(NORRIS, columns=["x", "y"])

    result = regression.fit(table, "y", "x")

    assert result.coefficients["系数"].tolist() == pytest.approx(
        [-0.262323073774029, 1.00211681802045], rel=1e-11
    )
    assert result.coefficients["标准误"].tolist() == pytest.approx(
        [0.232818234301152, 0.429796848199937e-03], rel=1e-11
    )
    assert result.sigma == pytest.approx(0.884796396144373, rel=1e-11)
    assert result.r2 == pytest.approx(0.999993745883712, rel=1e-13)
    assert result.f == pytest.approx(5436385.54079785, rel=1e-9)


def test_longley_matches_the_nist_certified_values():
    """NIST StRD Longley：系数与标准误，各列几乎共线仍有十位以上。"""
    names = ["GNP 平减", "GNP", "失业", "军队", "人口", "年份"]
    table = pd.DataFrame(LONGLEY, columns=["就业", *names])

    result = regression.fit(table, "就业", names)

    certified = [
        -3482258.63459582,
        15.0618722713733,
        -0.358191792925910e-01,
        -2.02022980381683,
        -1.03322686717359,
        -0.511041056535807e-01,
        1829.15146461355,
    ]
    errors = [
        890420.383607373,
        84.9149257747669,
        0.334910077722432e-01,
        0.488399681651699,
        0.214274163161675,
        0.226073200069370,
        455.478499142212,
    ]
    assert result.coefficients["系数"].tolist() == pytest.approx(certified, rel=1e-10)
    assert result.coefficients["标准误"].tolist() == pytest.approx(errors, rel=1e-10)
    assert result.r2 == pytest.approx(0.995479004577296, rel=1e-12)
    assert result.sigma == pytest.approx(304.854073561965, rel=1e-10)
    assert "不重复（最大 VIF）" in result.failed


def test_coefficients_match_r_lm(attitude):
    """R：summary(lm(rating ~ complaints + learning + advance, attitude)) 与 confint。"""
    table = attitude.coefficients

    assert table["系数"].tolist() == pytest.approx(
        [13.577741068, 0.622729746, 0.312386978, -0.186950811], rel=1e-8
    )
    assert table["标准误"].tolist() == pytest.approx(
        [7.543899715, 0.118146423, 0.154199732, 0.144853729], rel=1e-8
    )
    assert table["p"].tolist() == pytest.approx(
        [0.083503, 1.6466e-05, 0.053156, 0.208196], rel=1e-4
    )
    assert table["下限"].tolist() == pytest.approx(
        [-1.92896687887932, 0.37987629588548, -0.00457511011588, -0.48470191462230], rel=1e-8
    )
    assert attitude.r2 == pytest.approx(0.725595, abs=5e-7)
    assert attitude.adjusted_r2 == pytest.approx(0.693932884, abs=5e-10)
    assert attitude.f == pytest.approx(22.91682, abs=5e-6)
    assert attitude.f_p == pytest.approx(1.80651542e-07, rel=1e-7)
    assert attitude.sigma == pytest.approx(6.73426696, abs=5e-9)


def test_standardised_coefficients_match_r(attitude):
    """R：同一模型对 scale(attitude) 的系数。"""
    assert attitude.coefficients["标准化系数"].tolist()[1:] == pytest.approx(
        [0.681162715641, 0.301209392148, -0.158017838762], rel=1e-9
    )


def test_diagnostics_match_lmtest(attitude):
    """R lmtest：bptest、dwtest、resettest(power = 2:3)；shapiro.test(resid)。"""
    bp, reset = check(attitude, "误差匀（Breusch-Pagan）"), check(attitude, "直线够用（RESET）")

    assert (bp["统计量"], bp["p"]) == pytest.approx((9.437962946, 0.0240005716), rel=1e-8)
    assert (reset["统计量"], reset["p"]) == pytest.approx((0.4237656741, 0.659380249), rel=1e-8)
    assert check(attitude, "前后独立（Durbin-Watson）")["统计量"] == pytest.approx(1.937950803)
    normal = check(attitude, "残差正态（Shapiro）")
    assert (normal["统计量"], normal["p"]) == pytest.approx((0.9638090495, 0.386071923))


def test_influence_and_vif_match_r(attitude):
    """R：cooks.distance、rstudent、hatvalues；VIF 为 diag(solve(cor(X)))。"""
    row = attitude.rows.loc["6部"]

    assert row["Cook 距离"] == pytest.approx(7.83640386933e-02, rel=1e-9)
    assert row["学生化残差"] == pytest.approx(-1.99771443481274, rel=1e-9)
    assert row["杠杆"] == pytest.approx(0.0805261888793, rel=1e-9)
    assert attitude.coefficients["VIF"].tolist()[1:] == pytest.approx(
        [1.58243177216, 2.09459344045, 1.42035928060], rel=1e-9
    )


def test_robust_errors_are_hc3(attitude):
    """R：用 model.matrix、hatvalues、resid 手算的 HC3。"""
    assert attitude.coefficients["稳健标准误"].tolist() == pytest.approx(
        [8.606082199089, 0.117776441252, 0.160585533415, 0.135771292714], rel=1e-9
    )


def test_predictions_match_r(attitude):
    """R：predict(m, …, interval = "prediction") 与 "confidence"。"""
    new = pd.DataFrame({"投诉处理": [60, 80], "学习机会": [50, 70], "晋升": [40, 600]})
    new.loc[1, "晋升"] = 60

    found = attitude.predict(new)

    assert found["预测"].tolist() == pytest.approx([59.0828422946, 74.0461605578], rel=1e-10)
    assert found["个别下限"].tolist() == pytest.approx([44.9317438797, 59.2475518300], rel=1e-9)
    assert found["平均上限"].tolist() == pytest.approx([62.0220978626, 79.2791766310], rel=1e-9)
    assert found["外推"].tolist() == [False, False]


def test_prediction_outside_the_data_is_marked(attitude):
    new = pd.DataFrame({"投诉处理": [99], "学习机会": [50], "晋升": [40]})

    assert attitude.predict(new)["外推"].tolist() == [True]


def test_groups_are_compared_with_the_first_one_as_r_does():
    """R：lm(weight ~ group, PlantGrowth)，ctrl 为基准。"""
    weight = [4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14]
    weight += [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69]
    weight += [6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26]
    table = pd.DataFrame({"重量": weight, "组": np.repeat(["对照", "甲法", "乙法"], 10)})

    result = regression.fit(table, "重量", ["组"])

    assert result.coefficients["变量"].tolist() == ["截距", "组=甲法", "组=乙法"]
    assert result.coefficients["系数"].tolist() == pytest.approx([5.032, -0.371, 0.494])
    assert result.coefficients["p"].tolist()[1:] == pytest.approx([0.194388, 0.087682], abs=5e-7)
    assert result.f == pytest.approx(4.84608786, abs=5e-9)
    assert check(result, "直线够用（RESET）")["通过"] is None
    assert result.predict(pd.DataFrame({"组": ["乙法"]}))["预测"].iloc[0] == pytest.approx(5.526)


def simulated(n=200, seed=2, **extra):
    rng = np.random.default_rng(seed)
    table = pd.DataFrame({"技能": rng.normal(70, 10, n), "工龄": rng.uniform(1, 60, n)})
    table["满意度"] = 2 + 0.03 * table["技能"] + rng.normal(0, 0.2, n)
    return table.assign(**extra)


@given(shift=st.floats(-1000, 1000), scale=st.floats(0.01, 100))
def test_units_change_the_coefficient_but_not_the_fit(shift, scale):
    table = simulated(40)
    plain = regression.fit(table, "满意度", ["技能", "工龄"])

    moved = regression.fit(
        table.assign(技能=table["技能"] * scale + shift), "满意度", ["技能", "工龄"]
    )

    assert moved.r2 == pytest.approx(plain.r2, rel=1e-8)
    assert moved.coefficient("技能") * scale == pytest.approx(plain.coefficient("技能"), rel=1e-6)
    assert moved.rows["残差"].sum() == pytest.approx(0, abs=1e-8)


def test_a_curve_fails_reset_and_the_sentence_says_what_to_do():
    table = simulated()
    table["满意度"] += 0.01 * (table["技能"] - 70) ** 2

    result = regression.fit(table, "满意度", "技能")

    assert "直线够用（RESET）" in result.failed
    assert "有弯曲" in str(result)


def test_growing_spread_fails_breusch_pagan_and_robust_p_is_used():
    table = simulated()
    rng = np.random.default_rng(9)
    table["满意度"] += rng.normal(size=200) * np.abs(table["技能"] - 40) * 0.1

    result = regression.fit(table, "满意度", ["技能", "工龄"])

    assert "误差匀（Breusch-Pagan）" in result.failed
    assert "稳健" in str(result)


def test_trend_in_time_fails_durbin_watson_only_when_rows_are_ordered():
    table = simulated()
    table["满意度"] += np.sin(np.arange(200) / 20)

    unordered = regression.fit(table, "满意度", "技能")
    ordered = regression.fit(table, "满意度", "技能", ordered=True)

    assert check(unordered, "前后独立（Durbin-Watson）")["通过"] is None
    assert "前后独立（Durbin-Watson）" in ordered.failed


def test_a_wild_row_is_named_by_its_label():
    table = simulated(40).set_axis([f"A{i:02d}" for i in range(40)])
    table.loc["A07", ["技能", "满意度"]] = [160, 1.0]

    result = regression.fit(table, "满意度", "技能")

    assert "A07" in result.influential.index
    assert "A07" in str(result)


def test_a_clean_model_gives_no_warning_but_says_the_limits():
    result = regression.fit(simulated(seed=3), "满意度", ["技能"])

    assert result.failed == ()
    assert "当心" not in str(result)
    assert "不等于因果" in str(result)


def test_too_few_rows_per_coefficient_is_said():
    table = simulated(12)

    assert "换一批人" in str(regression.fit(table, "满意度", ["技能", "工龄"]))


def test_a_group_of_one_row_does_not_break_the_diagnostics():
    table = simulated(30, 班组=["1组"] * 15 + ["2组"] * 14 + ["3组"])

    result = regression.fit(table, "满意度", ["技能", "班组"])

    assert np.isfinite(result.coefficients["稳健标准误"]).all()
    assert result.rows["学生化残差"].iloc[-1] == 0


@pytest.mark.parametrize(
    ("change", "target", "predictors", "message"),
    [
        ({}, "满意", ["技能"], "缺少列：满意"),
        ({}, "满意度", [], "predictors 是空的"),
        ({}, "满意度", ["技能", "技能"], "重复的列"),
        ({}, "满意度", ["满意度"], "含有结果列自己"),
        ({"技能": [None, *range(29)]}, "满意度", ["技能"], "技能第 1 个是空值"),
        ({"技能": ["高", *map(str, range(29))]}, "满意度", ["技能"], "'高'，不是有限的数字"),
        ({"技能": 5}, "满意度", ["技能"], "技能全是 5"),
        ({"满意度": 5}, "满意度", ["技能"], "满意度全是 5"),
        ({"班组": "1组"}, "满意度", ["班组"], "班组全是 1组"),
        ({"班组": [*["1组"] * 29, None]}, "满意度", ["班组"], "班组第 30 个（29）是空值"),
        ({"工号": [f"A{i}" for i in range(30)]}, "满意度", ["工号"], "像是编号"),
    ],
)
def test_bad_input_is_refused_with_the_remedy(change, target, predictors, message):
    with pytest.raises(ValueError, match=message):
        regression.fit(simulated(30, **change), target, predictors)


def test_a_column_that_is_computed_from_others_is_named():
    table = simulated(30)
    table["合计"] = table["技能"] + 2 * table["工龄"]

    with pytest.raises(ValueError, match="合计可以由 技能、工龄 完全算出来"):
        regression.fit(table, "满意度", ["技能", "工龄", "合计"])


def test_a_total_made_of_its_parts_needs_no_regression():
    table = simulated(30)
    table["绩效总分"] = 0.6 * table["技能"] + 0.4 * table["工龄"]

    with pytest.raises(ValueError, match="绩效总分就是这些列的精确算式"):
        regression.fit(table, "绩效总分", ["技能", "工龄"])


def test_too_few_rows_are_refused():
    with pytest.raises(ValueError, match="只有 5 行，要估 3 个系数"):
        regression.fit(simulated(5), "满意度", ["技能", "工龄"])


def test_an_unseen_group_cannot_be_predicted():
    result = regression.fit(simulated(30, 班组=["1组", "2组"] * 15), "满意度", ["班组"])

    with pytest.raises(ValueError, match="没有这一组（有：1组、2组）"):
        result.predict(pd.DataFrame({"班组": ["3组"]}))


def test_an_unknown_coefficient_is_refused(attitude):
    with pytest.raises(ValueError, match="没有变量 '工资'；有：截距"):
        attitude.coefficient("工资")


def test_plots_return_axes_with_titles(attitude):
    one = regression.fit(ATTITUDE, "总评", "投诉处理")

    for ax in (attitude.plot(), one.plot(), attitude.plot_residuals()):
        assert ax.get_title()
    assert attitude._repr_html_()
