"""培训计划、三关、时机与遗忘曲线。"""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccomlib.training import (
    DEFAULT_GATES,
    Gate,
    forgetting_curve,
    retention,
    stage_gates,
    training_plan,
    training_slots,
)

# 佛罗里达州立大学 Burkardt 的 KNAPSACK_01 数据集 P01、P07
P01 = ([23, 31, 29, 44, 53, 38, 63, 85, 89, 82], [92, 57, 49, 68, 60, 43, 67, 84, 87, 72], 165, 309)
P07 = (
    [70, 73, 77, 80, 82, 87, 90, 94, 98, 106, 110, 113, 115, 118, 120],
    [135, 139, 149, 150, 156, 163, 173, 184, 192, 201, 210, 214, 221, 229, 240],
    750,
    1458,
)


def menu(hours, value, **columns):
    names = [f"课{k}" for k in range(len(hours))]
    return pd.DataFrame({"课程": names, "学时": hours, "预计提升": value, **columns})


@pytest.mark.parametrize(("hours", "value", "budget", "best"), [P01, P07])
def test_published_knapsacks_are_solved(hours, value, budget, best):
    result = training_plan(menu(hours, value), budget)

    assert result.benefit == best
    assert result.used <= budget


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_plan_equals_trying_every_choice(seed):
    """8 门课 256 种选法逐一试，带必修与先修。"""
    rng = np.random.default_rng(seed)
    hours, value = rng.integers(1, 9, 8), rng.integers(0, 20, 8)
    must = ["是", *["否"] * 7]
    before = ["", "", "", "", "课1", "课4", "课2、课3", ""]
    budget = 20

    result = training_plan(menu(hours, value, 必修=must, 先修=before), budget)

    def allowed(x):
        linked = (not x[4] or x[1]) and (not x[5] or x[4]) and (not x[6] or (x[2] and x[3]))
        return x[0] and linked and hours @ np.array(x) <= budget

    best = max(value @ np.array(x) for x in product((0, 1), repeat=8) if allowed(x))
    assert result.benefit == best
    assert allowed([int(name in result.chosen) for name in result.table["课程"]])
    assert result.greedy <= best + 1e-9


def test_benefit_is_gap_times_importance():
    """手算：0.5 × 4 = 2，1.5 × 2 = 3；4 学时只够一门。"""
    table = menu([4, 4], [0.5, 1.5]).assign(重要性=[4, 2])

    assert training_plan(table, 4, importance="重要性").benefit == 3


def test_codes_link_and_titles_are_shown():
    """先修写编号；课1 收益高，但要连课0 一起选。"""
    table = menu([4, 4, 4], [0, 5, 3], 先修=["", "课0", ""]).rename(columns={"课程": "课程编号"})
    result = training_plan(table.assign(课程=["产品", "实战", "礼仪"]), 8)

    assert result.chosen == ["课0", "课1"]
    assert "产品、实战" in str(result)


def test_no_hours_choose_nothing():
    result = training_plan(menu([4, 4], [1, 2]), 0)

    assert result.chosen == []
    assert "最优开 0 门（无）" in str(result)


@pytest.mark.parametrize(
    ("table", "hours", "message"),
    [
        (menu([4, 4], [1, 2], 必修="是"), 6, "必修（课0、课1）连同它们的先修超出 6 学时"),
        (menu([4, 4], [1, 2], 必修="也许"), 6, "必修第 1 个（课0）是 '也许'"),
        (menu([4, 4], [1, 2], 先修=["", "课9"]), 6, "写了 '课9'"),
        (menu([4, -4], [1, 2]), 6, "学时第 2 个（课1）是 -4"),
        (menu([4, 4], [1, None]), 6, "预计提升第 2 个（课1）是空值"),
        (menu([4, 4], [1, 2]).drop(columns="预计提升"), 6, "缺少列：预计提升"),
        (menu([4, 4], [1, 2]).assign(课程="课"), 6, "课程第 2 个"),
        (menu([4, 4], [1, 2]), -1, "学时预算（hours）是 -1"),
    ],
)
def test_plan_refuses(table, hours, message):
    with pytest.raises(ValueError, match=message):
        training_plan(table, hours)


GATES = [
    Gate("培训期", at_least={"考试": 80}),
    Gate("实习期", at_least={"质检": 80}, at_most={"差错": 1}),
]
NEW = pd.DataFrame(
    {
        "工号": ["N1", "N2", "N3", "N4"],
        "考试": [80, 79, 90, 95],
        "质检": [85, None, 70, None],
        "差错": [1, None, 2, 0],
    }
)


def test_gates_are_passed_in_order():
    result = stage_gates(NEW, GATES)

    assert result.table["培训期"].tolist() == ["通过", "未通过", "通过", "通过"]
    assert result.table["实习期"].tolist() == ["通过", "未到", "未通过", "未考核"]
    assert result.table["当前阶段"].tolist() == ["已全部通过", "培训期", "实习期", "实习期"]
    assert result.table["原因"].tolist() == [
        "",
        "考试 79，要 ≥ 80",
        "质检 70，要 ≥ 80；差错 2，要 ≤ 1",
        "质检未考核",
    ]


def test_pass_rate_counts_only_the_assessed():
    rates = stage_gates(NEW, GATES).rates

    assert rates[["到达", "已考核", "通过"]].to_numpy().tolist() == [[4, 4, 3], [3, 2, 1]]
    assert rates["通过率"].tolist() == [0.75, 0.5]


def test_pass_rate_interval_is_wilson():
    """R：prop.test(14, 21, correct = FALSE) 的区间 0.4537 到 0.8281。"""
    table = pd.DataFrame({"工号": range(21), "考试": [90] * 14 + [60] * 7})
    row = stage_gates(table, GATES[:1]).rates.iloc[0]

    assert [row["区间下限"], row["区间上限"]] == pytest.approx([0.4537345197, 0.8280524739])


def test_nobody_assessed_has_no_rate():
    result = stage_gates(NEW.assign(考试=70), GATES)

    assert np.isnan(result.rates["通过率"].iloc[1])
    assert "实习期 0/0" in str(result)


def test_scores_beyond_a_failed_gate_are_told():
    table = NEW.assign(质检=90, 差错=0)

    assert stage_gates(table, GATES).jumped == ("N2",)


def test_default_gates_are_the_three_stages():
    assert [gate.stage for gate in DEFAULT_GATES] == ["培训期", "实习期", "上岗期"]


@pytest.mark.parametrize(
    ("table", "gates", "message"),
    [
        (NEW, [], "gates 是空的"),
        (NEW, [Gate("培训期")], "「培训期」没有条件"),
        (NEW, [GATES[0], GATES[0]], "同名的阶段"),
        (NEW.drop(columns="差错"), GATES, "缺少列：差错"),
        (NEW.assign(工号="N1"), GATES, "工号第 2 个"),
        (NEW.assign(考试=["优", 80, 80, 80]), GATES, "考试第 1 个（N1）是 '优'"),
    ],
)
def test_gates_refuse(table, gates, message):
    with pytest.raises(ValueError, match=message):
        stage_gates(table, gates)


DAY = pd.DataFrame(
    {
        "时段": ["09:00", "09:30", "10:00", "10:30"],
        "预测量": [100, 60, 60, 0],
        "平均处理时长": [180, 180, 180, None],
        "在岗人数": [14, 14, 12, 3],
    }
)


def test_slots_keep_what_erlang_needs():
    """domain.md 4.1：100 通、180 秒、80/20 要 14 人；没有来电的时段可以全抽。"""
    table = training_slots(DAY, most_occupancy=1).table

    assert table["至少要留"].iloc[0] == 14
    assert table["可抽人数"].iloc[0] == 0
    assert table["可抽人数"].iloc[3] == 3


def test_a_window_has_only_what_every_slot_can_spare():
    """09:30 与 10:00 各可抽 5 与 3，10:00 与 10:30 都可抽 3：一样多时取较闲的。"""
    result = training_slots(DAY, slots=2)

    assert result.table["可抽人数"].tolist()[1:] == [5, 3, 3]
    assert result.windows[["开始", "可抽人数"]].to_numpy().tolist() == [["10:00", 3], ["09:30", 3]]


def test_a_day_without_slack_has_no_window():
    result = training_slots(DAY.iloc[:1], slots=1)

    assert result.best is None
    assert "没有一个连续 1 个时段" in str(result)


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        (DAY.iloc[:0], {}, "时段表没有行"),
        (DAY, {"slots": 5}, "slots 是 5"),
        (DAY.assign(在岗人数=-1), {}, "在岗人数第 1 个（09:00）是 -1"),
        (DAY.drop(columns="预测量"), {}, "缺少列：预测量"),
    ],
)
def test_slots_refuse(table, options, message):
    with pytest.raises(ValueError, match=message):
        training_slots(table, **options)


def test_forgetting_curve_matches_r_nls():
    """R：nls(r ~ exp(−k·t))，S = 1/k，区间 1/(k ± t·se)。"""
    curve = forgetting_curve([1, 3, 7, 14, 30], [0.96, 0.90, 0.78, 0.62, 0.36])

    assert [curve.stability, curve.low, curve.high] == pytest.approx(
        [29.1236929, 28.38056722, 29.90678146], rel=1e-5
    )
    assert curve.refresh_day == pytest.approx(-29.1236929 * np.log(0.8), rel=1e-5)


@given(st.floats(2, 200), st.floats(0.5, 0.95))
def test_refresh_day_is_where_retention_meets_the_threshold(stability, threshold):
    days = np.array([0.1, 0.5, 1.0]) * stability
    curve = forgetting_curve(days, retention(days, stability), threshold=threshold)

    assert curve.stability == pytest.approx(stability, rel=1e-4)
    assert retention(curve.refresh_day, curve.stability) == pytest.approx(threshold)


@pytest.mark.parametrize(
    ("days", "remembered", "message"),
    [
        ([1, 2], [0.9, 0.8], "至少要 3 次"),
        ([1, 2, 3], [1, 1, 1], "一点没忘"),
        ([1, 2, 3], [0, 0, 0], "全忘光了"),
        ([0, 2, 3], [0.9, 0.8, 0.7], "天（days）第 1 个是 0"),
        ([1, 2, 3], [0.9, 0.8, 1.2], "记得的比例（remembered）第 3 个是 1.2"),
    ],
)
def test_forgetting_curve_refuses(days, remembered, message):
    with pytest.raises(ValueError, match=message):
        forgetting_curve(days, remembered)


def test_retention_refuses_a_strength_that_is_not_positive():
    with pytest.raises(ValueError, match="stability"):
        retention(1, 0)


def test_results_draw_on_the_axes_they_are_given():
    import matplotlib.pyplot as plt

    results = [
        training_plan(menu(*P01[:2]), 165),
        stage_gates(NEW, GATES),
        stage_gates(NEW.assign(考试=70), GATES),
        training_slots(DAY),
        forgetting_curve([1, 3, 7], [0.96, 0.90, 0.78]),
    ]

    for result in results:
        _, ax = plt.subplots()
        assert result.plot(ax) is ax
        assert ax.get_title()
        assert not result.summary().empty


def test_a_handling_time_written_as_words_is_named():
    day = pd.DataFrame(
        {
            "时段": ["09:00", "09:30"],
            "预测量": [100, 60],
            "平均处理时长": [180, "坏"],
            "在岗人数": [14, 14],
        }
    )
    with pytest.raises(ValueError, match="平均处理时长第 2 个（09:30）是 '坏'"):
        training_slots(day)


def test_slots_without_calls_need_no_handling_time():
    day = pd.DataFrame(
        {
            "时段": ["09:00", "23:00"],
            "预测量": [100, 0],
            "平均处理时长": [180, None],
            "在岗人数": [14, 3],
        }
    )

    assert training_slots(day).table["可抽人数"].tolist() == [0, 3]
