"""绩效：与战略、员工目标、技能一致吗；过程分解；改进名单。"""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccomlib.performance import (
    employee_alignment,
    improvement_list,
    process_decomposition,
    skill_decomposition,
    strategy_alignment,
)

TEN = pd.DataFrame(
    {
        "质量": [80, 85, 90, 75, 95, 70, 88, 82, 77, 91],
        "效率": [70, 90, 60, 85, 75, 80, 72, 95, 66, 88],
        "满意度": [4.1, 4.3, 4.5, 3.9, 4.8, 3.7, 4.2, 4.4, 4.0, 4.5],
    }
)


def test_correlations_and_holm_match_r():
    """R：cor.test 与 p.adjust(ps, "holm")，总分 = 60·质量 + 40·效率。"""
    table = strategy_alignment(TEN, {"质量": 60, "效率": 40}, "满意度").table

    assert table["r"].tolist() == pytest.approx([0.7329080641, 0.9425645922, 0.01373877874])
    assert table["p"].tolist() == pytest.approx([0.01589265039, 4.44063529e-05, 0.9699520936])
    assert table["p（Holm）"].tolist() == pytest.approx(
        [0.03178530079, 0.0001332190587, 0.9699520936]
    )
    first = table.iloc[0]
    assert [first["区间下限"], first["区间上限"]] == pytest.approx([0.1917804009, 0.9323115578])


def test_verdicts_compare_sign_and_order_of_weight():
    """重的一项方向相反；轻的一项最相关：权重偏低。"""
    rng = np.random.default_rng(2)
    a, b, c, d = rng.normal(80, 5, (4, 300))
    result = 4 - 0.05 * a + 0.08 * d + rng.normal(0, 0.2, 300)
    table = pd.DataFrame({"甲": a, "乙": b, "丙": c, "丁": d, "满意度": result})

    found = strategy_alignment(table, {"甲": 40, "乙": 30, "丙": 20, "丁": 10}, "满意度")
    verdict = found.parts.set_index("指标")["判断"]

    assert verdict["甲"] == "方向相反"
    assert verdict["丁"] == "权重偏低"


def test_an_outcome_inside_the_formula_is_taken_out_of_the_total():
    """部分与整体：满意占 90%，不扣除时 r 接近 1；扣除后是两列独立的数。"""
    rng = np.random.default_rng(3)
    table = pd.DataFrame(rng.normal(80, 5, (200, 2)), columns=["质量", "满意"])

    result = strategy_alignment(table, {"质量": 10, "满意": 90}, "满意")
    other = np.corrcoef(table["质量"], table["满意"])[0, 1]

    assert result.totals["r"].iloc[0] == pytest.approx(other)
    assert "总分已扣除它" in str(result)
    assert not result.aligned


def test_employee_goal_uses_ranks():
    """名次完全一样：斯皮尔曼 1，皮尔逊不到 1。"""
    table = TEN.assign(奖金=np.exp(TEN["质量"] / 5))
    ranked = employee_alignment(table, {"质量": 100}, "奖金")
    straight = employee_alignment(table, {"质量": 100}, "奖金", method="pearson")

    assert ranked.totals["r"].iloc[0] == pytest.approx(1)
    assert straight.totals["r"].iloc[0] < 0.99


def test_controllable_but_unrelated_indicators_are_named():
    """遵时与质量、效率正交：r = 0。"""
    table = pd.DataFrame(
        {"质量": [70, 90] * 8, "效率": [70, 70, 90, 90] * 4, "遵时": [70] * 8 + [90] * 8}
    )
    table["奖金"] = table.sum(axis=1)

    result = employee_alignment(
        table, {"质量": 40, "效率": 40, "遵时": 20}, "奖金", controllable=["遵时"]
    )

    assert result.parts["判断"].tolist() == ["可控却与得分无关"]
    assert "遵时可控却与得分无关" in str(result)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({}, "weights 或结果列是空的"),
        ({"质量": -1, "效率": 101}, "weights第 1 个（质量）是 -1"),
        ({"质量": 50, "速度": 50}, "缺少列：速度"),
        ({"满意度": 100}, "扣除后什么也不剩"),
    ],
)
def test_alignment_refuses(weights, message):
    with pytest.raises(ValueError, match=message):
        strategy_alignment(TEN, weights, "满意度")


def test_controllable_must_be_in_the_formula():
    with pytest.raises(ValueError, match="'遵时' 不在公式里"):
        employee_alignment(TEN, {"质量": 50, "效率": 50}, "满意度", controllable=["遵时"])


SKILLS = pd.DataFrame(
    {
        "沟通": [80, 72, 90, 85, 60, 78, 88, 95, 70, 65, 82, 76],
        "系统": [70, 75, 80, 60, 65, 90, 85, 72, 78, 68, 74, 88],
        "业务": [3, 5, 4, 4, 2, 5, 3, 5, 4, 1, 2, 3],
        "质检分": [82, 78, 90, 84, 70, 86, 88, 92, 79, 70, 81, 83],
    }
)


def test_skill_decomposition_matches_r():
    """R：lm(q ~ s1 + s2 + s3)，标准化系数 = 系数·sd(x)/sd(q)；LMG 取六种次序的平均。"""
    result = skill_decomposition(SKILLS, "质检分", ["沟通", "系统", "业务"])

    assert result.r2 == pytest.approx(0.9821165543)
    assert result.table["标准化系数"].tolist() == pytest.approx(
        [0.8082385960, 0.2198441820, 0.1934656031]
    )
    assert result.table["分摊 R²"].tolist() == pytest.approx(
        [0.6801936714, 0.1003858782, 0.2015370047]
    )


def test_expected_gain_closes_the_gap_to_the_top_quarter():
    """手算：标杆是 75% 分位，预计改善 = 系数 × 平均 max(0, 标杆 − 现状)。"""
    result = skill_decomposition(SKILLS, "质检分", ["沟通", "系统", "业务"])
    row = result.table.iloc[0]
    goal = np.quantile(SKILLS["沟通"], 0.75)

    assert row["预计改善"] == pytest.approx(
        row["系数"] * np.maximum(0, goal - SKILLS["沟通"]).mean()
    )
    assert result.train_first == "沟通"


@settings(max_examples=15)
@given(st.integers(0, 10**6))
def test_shares_add_up_and_equal_the_mean_over_all_orders(seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(30, 4)) @ rng.normal(size=(4, 4))
    table = pd.DataFrame(x, columns=list("甲乙丙丁"))
    table["结果"] = x @ rng.normal(size=4) + rng.normal(size=30)

    result = skill_decomposition(table, "结果", list("甲乙丙丁"))

    def r2(chosen):
        if not chosen:
            return 0.0
        design = np.column_stack([np.ones(30), x[:, list(chosen)]])
        fitted = design @ np.linalg.lstsq(design, table["结果"], rcond=None)[0]
        return np.var(fitted) / np.var(table["结果"])

    orders = list(permutations(range(4)))
    first = np.mean([r2(o[: o.index(0) + 1]) - r2(o[: o.index(0)]) for o in orders])
    assert result.table["分摊 R²"].sum() == pytest.approx(result.r2)
    assert result.table["分摊 R²"].iloc[0] == pytest.approx(first)


def test_lower_is_better_turns_the_sign_of_the_gain():
    table = SKILLS.assign(
        处理时长=600 - 3 * SKILLS["沟通"] + [1, -2, 0, 3, -1, 2, 0, -3, 1, 0, -2, 1]
    )
    result = skill_decomposition(table, "处理时长", ["沟通", "系统"], direction="越低越好")

    assert result.train_first == "沟通"
    assert "平均预计 -" in str(result)


@pytest.mark.parametrize(
    ("skills", "message"),
    [(["沟通"], "应是 2 到 10 项"), (["沟通", "口才"], "缺少列：口才")],
)
def test_skill_decomposition_refuses(skills, message):
    with pytest.raises(ValueError, match=message):
        skill_decomposition(SKILLS, "质检分", skills)


BEFORE = pd.DataFrame(
    {
        "工号": list("甲乙丙丁"),
        "接起量": [100, 100, 100, 300],
        "通话秒": [200, 210, 190, 220],
        "保持秒": [20, 25, 15, 20],
        "话后秒": [40, 50, 45, 45],
    }
)
PARTS = ["通话秒", "保持秒", "话后秒"]


def test_change_is_split_over_the_parts():
    """手算：保持各加 20，话后各减 5（加减 1），合计 +15；占比 20/15 与 −5/15。"""
    after = BEFORE.assign(
        保持秒=BEFORE["保持秒"] + [19, 21, 20, 20], 话后秒=BEFORE["话后秒"] - [4, 6, 5, 5]
    )
    result = process_decomposition(BEFORE, after, PARTS)

    assert result.total == pytest.approx((275.0, 290.0))
    assert result.table["变化"].tolist() == pytest.approx([0, 20, -5])
    assert result.table["占总变化"].tolist() == pytest.approx([0, 20 / 15, -5 / 15])
    assert result.main == "保持秒"
    assert result.alarms == ("保持秒", "话后秒")
    assert result.paired


def test_mean_is_weighted_by_calls():
    """手算：通话 (200 + 210 + 190 + 3 × 220) ÷ 6 = 210。"""
    result = process_decomposition(BEFORE, BEFORE, PARTS)

    assert result.table["之前"].iloc[0] == pytest.approx(210)
    assert "相互抵消" in str(result)


@given(st.integers(0, 10**6))
def test_shares_of_variance_between_people_add_up_to_one(seed):
    rng = np.random.default_rng(seed)
    table = BEFORE.assign(**{part: rng.uniform(10, 200, 4) for part in PARTS})

    shares = process_decomposition(BEFORE, table, PARTS).table["人际方差占比"]

    assert shares.sum() == pytest.approx(1)


def test_different_people_are_compared_without_pairing():
    after = BEFORE.assign(工号=list("戊己庚辛"))

    assert not process_decomposition(BEFORE, after, PARTS).paired


@pytest.mark.parametrize(
    ("after", "message"),
    [
        (BEFORE.drop(columns="保持秒"), "之后的表缺少列：保持秒"),
        (BEFORE.iloc[:2], "只有 2 人"),
        (BEFORE.assign(工号="甲"), "第 2 行的 甲 重复"),
        (BEFORE.assign(接起量=0), "合计是 0"),
        (BEFORE.assign(话后秒=[40, -1, 45, 45]), "话后秒第 2 个（乙）是 -1"),
        (BEFORE.assign(通话秒=1, 保持秒=1, 话后秒=1), "完全一样"),
    ],
)
def test_process_decomposition_refuses(after, message):
    with pytest.raises(ValueError, match=message):
        process_decomposition(BEFORE, after, PARTS)


def monthly(**people):
    rows = [
        (who, f"2025-{month:02d}", value)
        for who, values in people.items()
        for month, value in enumerate(values, start=1)
        if value is not None
    ]
    return pd.DataFrame(rows, columns=["工号", "月份", "绩效总分"])


GOOD = {"A1": (90, 90, 91), "A2": (88, 89, 90), "A3": (92, 91, 90), "A4": (85, 86, 88)}


def test_both_conditions_are_needed():
    """A5 连续两月不达标且最远；A6 只有最近一月；A7 早就好了。"""
    table = monthly(**GOOD, A5=(90, 70, 60), A6=(90, 90, 79), A7=(60, 60, 90))

    result = improvement_list(table)

    assert result.table["工号"].tolist() == ["A5"]
    assert result.watch["工号"].tolist() == ["A6"]
    assert result.table["连续未达标月数"].tolist() == [2]


def test_z_is_against_the_same_month():
    """手算：最后一月 91 90 90 88 60，平均 83.8，标准差 13.35。"""
    table = monthly(**GOOD, A5=(90, 70, 60))
    last = [91, 90, 90, 88, 60]

    z = improvement_list(table).table["最近 z"].iloc[0]

    assert z == pytest.approx((60 - np.mean(last)) / np.std(last, ddof=1))


def test_a_month_without_assessment_breaks_the_run():
    table = monthly(**GOOD, A5=(60, None, 60))

    assert improvement_list(table).table.empty


def test_everybody_below_the_threshold_is_not_everybody_on_the_list():
    """人人同分：z 为 0，谁也不上名单。"""
    table = monthly(A1=(70, 70), A2=(70, 70), A3=(70, 70))
    result = improvement_list(table)

    assert result.table.empty
    assert len(result.watch) == 3


def test_plan_follows_dcdier_and_names_the_weakest_indicator():
    table = monthly(**GOOD, A5=(90, 70, 60))
    table["质量"], table["效率"] = 85.0, 80.0
    table.loc[table["工号"] == "A5", "效率"] = 40.0
    result = improvement_list(table, indicators=("质量", "效率"))

    plan = result.plan("A5")

    assert plan["字母"].str.cat() == "DCDIER"
    assert "效率" in plan["草稿"].iloc[0]
    with pytest.raises(ValueError, match="'A1' 不在改进名单里"):
        result.plan("A1")


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        (monthly(A1=(70,), A2=(80,), A3=(90,)), {}, "只有 1 个月"),
        (monthly(A1=(70, 70), A2=(80, 80)), {}, "只有 2 人"),
        (pd.concat([monthly(A1=(70,)), monthly(A1=(71,))]), {}, "有两行"),
        (monthly(**GOOD), {"months": 0}, "months 是 0"),
        (monthly(**GOOD).assign(绩效总分=[None] + [80.0] * 11), {}, "A1，2025-01"),
    ],
)
def test_improvement_list_refuses(table, options, message):
    with pytest.raises(ValueError, match=message):
        improvement_list(table, **options)


def test_results_draw_on_the_axes_they_are_given():
    import matplotlib.pyplot as plt

    results = [
        strategy_alignment(TEN, {"质量": 60, "效率": 40}, "满意度"),
        employee_alignment(TEN, {"质量": 60, "效率": 40}, "满意度", controllable=["质量"]),
        skill_decomposition(SKILLS, "质检分", ["沟通", "系统"]),
        process_decomposition(BEFORE, BEFORE.assign(话后秒=[50, 61, 55, 54]), PARTS),
        improvement_list(monthly(**GOOD, A5=(90, 70, 60))),
    ]

    for result in results:
        _, ax = plt.subplots()
        assert result.plot(ax) is ax
        assert ax.get_title()
