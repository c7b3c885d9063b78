"""优化排班：覆盖矩阵、拟合、求解与独立的穷举相符。"""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccomlib.scheduling import fit, heads, optimise_shifts, shift_coverage, stagger_meals

SHIFTS = pd.DataFrame(
    {
        "班次": ["早", "晚", "夜"],
        "上班": ["08:00", "14:00", "22:00"],
        "下班": ["16:30", "22:30", "06:30"],
        "用餐开始": ["12:00", "18:00", "02:00"],
        "用餐分钟": [30, 30, 30],
    }
)


def need(values, start="08:00"):
    slots = pd.date_range(f"2026-03-02 {start}", periods=len(values), freq="30min")
    return pd.Series(values, index=[f"{slot:%H:%M}" for slot in slots], dtype=float)


def test_a_shift_covers_its_slots_but_not_its_meal():
    """手算：08:00–16:30 共 17 个半小时，扣 12:00 的用餐，16 个。"""
    row = shift_coverage(SHIFTS).loc["早"]

    assert row.sum() == 16
    assert row[["07:30", "08:00", "12:00", "16:00", "16:30"]].tolist() == [0, 1, 0, 1, 0]


def test_a_night_shift_wraps_to_the_morning_of_the_same_day():
    row = shift_coverage(SHIFTS).loc["夜"]

    assert row[["22:00", "23:30", "00:00", "02:00", "06:00", "06:30"]].tolist() == [
        1,
        1,
        1,
        0,
        1,
        0,
    ]


def test_a_meal_or_start_inside_a_slot_counts_in_part():
    """手算：08:15 上班，首段在岗 15/30；12:10 起用餐 30 分钟，占 12:00 段 20/30、12:30 段 10/30。"""
    shifts = pd.DataFrame(
        {
            "班次": ["早"],
            "上班": ["08:15"],
            "下班": ["16:00"],
            "用餐开始": ["12:10"],
            "用餐分钟": [30],
        }
    )

    row = shift_coverage(shifts).loc["早"]

    np.testing.assert_allclose(row[["08:00", "12:00", "12:30"]], [0.5, 1 / 3, 2 / 3])


@given(st.integers(0, 95), st.integers(1, 95), st.sampled_from([15, 30, 60]))
@settings(max_examples=60, deadline=None)
def test_coverage_keeps_the_working_minutes(start, quarters, interval):
    """覆盖矩阵一行之和 × 时段长度 = 净工时，不论几点上班。"""
    clock = pd.Timestamp("2026-03-02") + pd.Timedelta(minutes=15 * start)
    end = clock + pd.Timedelta(minutes=15 * quarters)
    shifts = pd.DataFrame({"班次": ["x"], "上班": [f"{clock:%H:%M}"], "下班": [f"{end:%H:%M}"]})

    total = shift_coverage(shifts, interval).to_numpy().sum() * interval

    assert total == pytest.approx(15 * quarters)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"上班": ["8点", "xx", "22:00"]}, "第 2 行（晚）的上班是 'xx'"),
        ({"上班": ["08:00", None, "22:00"]}, "第 2 行（晚）的上班是空的"),
        ({"下班": ["08:00", "22:30", "06:30"]}, "第 1 行（早）的上班与下班都是 08:00"),
        ({"班次": ["早", "早", "夜"]}, "班次 早 出现两次"),
        ({"用餐开始": ["17:00", "18:00", "02:00"]}, "第 1 行（早）的用餐不在上下班之间"),
        ({"用餐分钟": [0, 30, 30]}, "第 1 行（早）的有用餐开始，没有用餐分钟"),
        ({"用餐分钟": [-5, 30, 30]}, "第 1 行（早）的用餐分钟是 -5"),
    ],
)
def test_a_bad_shift_table_names_the_row(change, message):
    with pytest.raises(ValueError, match=message):
        shift_coverage(SHIFTS.assign(**change))


def test_an_interval_that_does_not_divide_the_day_is_refused():
    with pytest.raises(ValueError, match="不能整除一天"):
        shift_coverage(SHIFTS, 50)


def test_fit_coverage_and_efficiency_by_hand():
    """手算：R=[10,10,0]，S=[12,7,1]：Σ|S−R|=6，Σmin=17，ΣR=20，ΣS=20。"""
    result = fit([10, 10, 0], [12, 7, 1])

    assert (result.fit, result.coverage, result.efficiency) == pytest.approx((0.7, 0.85, 0.85))
    assert (result.under, result.over) == (3, 3)


def test_a_perfect_plan_fits_fully():
    assert fit([3, 4], [3, 4]).fit == 1


@pytest.mark.parametrize(
    ("required", "staffed", "message"),
    [
        ([1, 2], [1], "形状"),
        ([0, 0], [1, 1], "需求人数（required）合计是 0"),
        ([1, 1], [0, 0], "排班人数（staffed）合计是 0"),
        ([1, np.nan], [1, 1], "第 2 个是空值"),
        ([1, 1], [1, -1], "第 2 个是 -1"),
        (pd.Series([1, 2], ["08:00", "08:30"]), pd.Series([1, 2], ["09:00", "09:30"]), "标签不同"),
    ],
)
def test_fit_refuses_what_has_no_meaning(required, staffed, message):
    with pytest.raises(ValueError, match=message):
        fit(required, staffed)


def brute_force(values, shifts, under, over, most):
    """独立的穷举：每个班次 0 到 most 人，逐一算代价。"""
    cover = shift_coverage(shifts).to_numpy()
    hours = cover.sum(axis=1) / 2
    best = np.inf
    for counts in itertools.product(range(most + 1), repeat=len(shifts)):
        gap = np.asarray(counts) @ cover - values
        cost = np.asarray(counts) @ hours
        cost += 0.5 * (under * np.maximum(-gap, 0).sum() + over * np.maximum(gap, 0).sum())
        best = min(best, cost)
    return best


@given(st.integers(0, 10**6))
@settings(max_examples=15, deadline=None)
def test_the_cost_is_the_least_of_all_enumerated_plans(seed):
    values = np.random.default_rng(seed).integers(0, 5, 48).astype(float)

    plan = optimise_shifts(values, SHIFTS, under_cost=4, over_cost=0.5)

    assert plan.optimal
    assert plan.objective == pytest.approx(brute_force(values, SHIFTS, 4, 0.5, 6))


def test_the_absolute_objective_is_the_sum_of_deviations():
    values = np.random.default_rng(3).integers(0, 6, 48).astype(float)

    plan = optimise_shifts(values, SHIFTS, objective="absolute")

    cover = shift_coverage(SHIFTS).to_numpy()
    deviations = [
        np.abs(np.asarray(c) @ cover - values).sum() for c in itertools.product(range(7), repeat=3)
    ]
    assert plan.objective == min(deviations)
    assert plan.objective == np.abs(plan.staffed - plan.required).to_numpy().sum()


def test_covered_and_missing_people_add_up():
    """A·x + u − o = R。"""
    values = np.random.default_rng(5).integers(0, 9, 48).astype(float)

    plan = optimise_shifts(values, SHIFTS)

    np.testing.assert_allclose(plan.staffed + plan.under - plan.over, plan.required)
    np.testing.assert_allclose(
        plan.counts.to_numpy() @ shift_coverage(SHIFTS).to_numpy(), plan.staffed
    )


def test_several_days_are_solved_one_by_one():
    rng = np.random.default_rng(0)
    days = pd.date_range("2026-03-02", periods=3, name="日期")
    slots = shift_coverage(SHIFTS).columns
    table = pd.DataFrame(rng.integers(0, 9, (3, 48)), days, slots)

    plan = optimise_shifts(table, SHIFTS)

    each = [optimise_shifts(table.loc[day], SHIFTS).objective for day in days]
    assert plan.objective == pytest.approx(sum(each))
    assert plan.counts.index.equals(days)
    assert list(plan.counts.columns) == ["早", "晚", "夜"]


def test_a_long_table_gives_the_same_plan_as_a_wide_one():
    days = pd.date_range("2026-03-02", periods=2, name="日期")
    wide = pd.DataFrame(
        np.random.default_rng(1).integers(0, 9, (2, 48)), days, shift_coverage(SHIFTS).columns
    )
    long = wide.reset_index().melt("日期", var_name="时段", value_name="需求人数")

    one, two = optimise_shifts(wide, SHIFTS), optimise_shifts(long, SHIFTS)

    pd.testing.assert_frame_equal(one.counts, two.counts, check_index_type=False)


def test_opening_hours_only_mean_no_need_outside():
    plan = optimise_shifts(need([2] * 16), SHIFTS)

    assert plan.required.shape == (1, 48)
    assert plan.required.loc["当天", "07:30"] == 0
    assert plan.required.to_numpy().sum() == 32


def test_the_agent_limit_holds():
    plan = optimise_shifts(need([9] * 16), SHIFTS, max_agents=4)

    assert plan.counts.to_numpy().sum() == 4


def test_the_least_coverage_holds_in_every_slot():
    values = need([1, 1, 6, 6, 6, 1, 1, 1])

    plan = optimise_shifts(values, SHIFTS, under_cost=0.1, min_coverage=0.8)

    open_slots = plan.required.loc["当天"] > 0
    ratio = plan.staffed.loc["当天", open_slots] / plan.required.loc["当天", open_slots]
    assert ratio.min() >= 0.8


def test_limits_that_contradict_each_other_are_named():
    with pytest.raises(ValueError, match="当天：一天最多 2 人（max_agents）做不到.*80%"):
        optimise_shifts(need([9] * 8), SHIFTS, max_agents=2, min_coverage=0.8)


def test_a_slot_without_any_shift_is_named_when_coverage_is_demanded():
    with pytest.raises(ValueError, match="时段 07:00 有需求，但没有班次覆盖它"):
        optimise_shifts(need([1, 1, 1, 1], "07:00"), SHIFTS, min_coverage=0.5)


def test_the_sentence_says_which_slots_no_shift_covers():
    assert "07:00、07:30有需求而没有班次覆盖" in str(
        optimise_shifts(need([1] * 8, "07:00"), SHIFTS)
    )


def test_the_cost_column_and_the_argument_agree():
    values = need([3] * 30)
    cost = pd.Series({"夜": 30.0, "早": 10.0, "晚": 12.0})

    by_column = optimise_shifts(values, SHIFTS.assign(成本=[10.0, 12.0, 30.0]))
    by_argument = optimise_shifts(values, SHIFTS, shift_cost=cost)

    assert by_column.objective == by_argument.objective


@pytest.mark.parametrize(
    ("required", "message"),
    [
        ([1] * 47, "有 47 个数，不是一整天"),
        ([-1] + [1] * 47, "第 1 个是 -1"),
        (need([1, np.nan, 1]), "当天 的时段第 2 个（08:30）是空值"),
        (pd.Series([1, 1, 1], ["08:00", "08:30", "08:00"]), "重复的时段"),
        (pd.Series([1, 1, 1], ["08:00", "08:30", "08:40"]), "时段间隔不一致"),
        (
            pd.DataFrame({"日期": ["2026-03-02"] * 2, "时段": ["08:00"] * 2, "需求人数": [1, 2]}),
            "出现两次",
        ),
    ],
)
def test_a_bad_requirement_says_where(required, message):
    with pytest.raises(ValueError, match=message):
        optimise_shifts(required, SHIFTS)


def test_an_unknown_objective_is_refused():
    with pytest.raises(ValueError, match="目标（objective）"):
        optimise_shifts(need([1] * 4), SHIFTS, objective="best")


def test_the_sentence_reports_fit_and_proof():
    plan = optimise_shifts(need([3] * 8), SHIFTS)

    assert "排班拟合" in str(plan)
    assert "已证明最优" in str(plan)
    assert plan.summary().columns.tolist() == ["人数", "净工时(小时)"]


def test_plans_and_fits_draw():
    plan = optimise_shifts(need([3] * 8), SHIFTS)

    assert plan.plot().get_ylabel() == "人数（人）"
    assert plan.fit.plot().get_ylabel() == "百分比（%）"


def test_the_slots_feed_the_heat_map():
    """长表的列名正是 evaluation.heatmap 要的。"""
    from ccomlib.evaluation import heatmap

    days = pd.date_range("2026-03-02", periods=2, name="日期")
    table = pd.DataFrame(3.0, days, shift_coverage(SHIFTS).columns)
    plan = optimise_shifts(table, SHIFTS)

    gaps = heatmap(plan.by_slot, measure="planned").matrix

    np.testing.assert_allclose(gaps, plan.staffed - plan.required)


TWINS = pd.DataFrame(
    {"班次": ["甲", "乙"], "上班": ["08:00"] * 2, "下班": ["16:00"] * 2},
)


def test_a_tie_goes_to_the_shift_that_stands_first():
    values = need([3] * 16)

    one, two = optimise_shifts(values, TWINS), optimise_shifts(values, TWINS.iloc[::-1])

    assert one.counts.iloc[0].to_dict() == {"甲": 3, "乙": 0}
    assert two.counts.iloc[0].to_dict() == {"乙": 3, "甲": 0}


def test_of_plans_that_cost_the_same_the_one_that_lacks_fewest_people_is_taken():
    """一个人 8 小时值 8，补上 4 小时各省 5 − 1 的缺与余：20 − 4 − 8 正好换 8，来不来一样贵。"""
    values = need([1] * 8)
    shift = pd.DataFrame({"班次": ["全"], "上班": ["08:00"], "下班": ["16:00"]})

    plan = optimise_shifts(values, shift, under_cost=3, over_cost=1)

    assert plan.objective == pytest.approx(12)
    assert plan.under.to_numpy().sum() == 0


def test_heads_counts_who_is_at_work_and_not_at_a_meal():
    roster = pd.DataFrame(
        {
            "日期": pd.to_datetime(["2026-03-02"] * 4 + ["2026-03-03"]),
            "班次": ["早", "早", "晚", "休", "早"],
        }
    )
    shifts = pd.DataFrame(
        {
            "班次": ["早", "晚"],
            "上班": ["08:00", "15:00"],
            "下班": ["16:30", "23:30"],
            "用餐开始": ["12:00", "19:00"],
            "用餐分钟": [30, 30],
        }
    )

    now = heads(roster, "2026-03-02", shifts)
    moved = heads(roster, "2026-03-02", shifts, change={"早": -1, "晚": 1})

    assert now[["11:30", "12:00", "16:00", "19:00"]].tolist() == [2, 0, 3, 0]
    assert moved[["11:30", "12:00", "16:00", "19:30"]].tolist() == [1, 0, 3, 2]
    assert now.attrs["people"] == moved.attrs["people"] == 3
    for change, message in (({"夜": 1}, "夜 不在班次表"), ({"晚": -2}, "晚 这一天只有 1 人")):
        with pytest.raises(ValueError, match=message):
            heads(roster, "2026-03-02", shifts, change=change)
    with pytest.raises(ValueError, match="没有 2026-04-01 这一天"):
        heads(roster, "2026-04-01", shifts)


def test_staggered_meals_stay_inside_the_shift_and_change_nothing_else():
    shifts = pd.DataFrame(
        {
            "班次": ["早", "短", "夜"],
            "上班": ["08:00", "09:00", "23:00"],
            "下班": ["16:30", "13:00", "07:30"],
            "用餐开始": ["15:30", "", "23:30"],
            "用餐分钟": [30, 0, 30],
        }
    )

    wide = stagger_meals(shifts)

    assert wide["班次"].tolist() == ["早", "短", "夜", "早早吃", "夜晚吃"]
    assert wide["用餐开始"].tolist()[3:] == ["14:30", "00:30"]
    assert shift_coverage(wide).sum(axis=1).round(2).tolist() == [16, 8, 16, 16, 16]
    with pytest.raises(ValueError, match="错开的分钟"):
        stagger_meals(shifts, 0)
