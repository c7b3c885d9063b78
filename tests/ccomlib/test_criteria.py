"""3 标准：埋下的每处毛病恰好找到一次，公平性与黄金值相符。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccomlib import labour_law
from ccomlib.centre import open_centre, shift_types
from ccomlib.criteria import Rules, evaluate, gini

MONDAY = "2026-03-02"
CLOCK = {
    "早": ("08:00", "16:30"),
    "晚": ("13:30", "22:00"),
    "夜": ("22:00", "06:30"),
    "长": ("08:00", "17:30"),
    "清": ("06:30", "15:00"),
    "昼": ("09:30", "18:00"),
    "午": ("12:00", "20:30"),
    "凌": ("07:30", "16:00"),
}


def roster(rows, start=MONDAY):
    """每人一串班次，“-”是休息。"""
    records = [
        (agent, day, "休" if code == "-" else code, *(CLOCK.get(code, ("", ""))))
        for agent, codes in rows.items()
        for day, code in zip(pd.date_range(start, periods=len(codes)), codes, strict=True)
    ]
    return pd.DataFrame(records, columns=["工号", "日期", "班次", "上班", "下班"])


def found(rows, start=MONDAY, **options):
    table = evaluate(roster(rows, start), **options).violations
    return [
        (a, f"{d:%m-%d}", r, x) for a, d, r, x in table[["工号", "日期", "规则", "实际"]].to_numpy()
    ]


GOOD = "早早早早早--早早早早早--"


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (GOOD, []),
        ("长早早早早--早早早早早--", [("03-02", "每日工时", 9), ("03-15", "周均工时", 40.5)]),
        ("--早早早早早早早--早早早", [("03-10", "连续工作", 7)]),
        ("早早早早早早--早早早早--", [("03-07", "连续工作偏长", 6)]),
        ("早早晚早早--早早早早早--", [("03-05", "班间休息", 10), ("03-04", "开班跳动", 5.5)]),
        ("夜夜夜夜-----早早早早早", [("03-05", "连续夜班", 4)]),
        ("早早-早早--早早早早早--", [("03-04", "单休", 1)]),
        ("午凌早早早--早早早早早--", [("03-03", "晚接早", 11)]),
        ("昼昼午午午--早早早早早--", [("03-04", "开班跳动", 2.5)]),
        ("夜早早早早--早早早早早--", [("03-03", "班间休息", 1.5)]),
    ],
)
def test_each_planted_fault_is_found_exactly_once(codes, expected):
    """日期、数值手算；同样长的好班表（GOOD）一处也没有。"""
    rows = {"A": codes, "B": GOOD[: len(codes)]}

    assert found(rows) == [("A", *fault) for fault in expected]


def test_a_whole_week_without_rest_breaks_the_law_and_the_rule_derived_from_it():
    rows = {"A": "早早早早早早早------早"}

    assert found(rows) == [("A", "03-02", "周内无休息日", 0), ("A", "03-08", "连续工作", 7)]


def test_law_convention_and_foreign_reference_are_told_apart():
    table = evaluate(roster({"A": "早早早早早早早-----夜夜夜夜晚早"})).violations
    kinds = dict(zip(table["规则"], table["标准"], strict=True))

    assert kinds["周内无休息日"] == "法律"
    assert kinds["连续工作"] == "法律推论"
    assert kinds["班间休息"] == "国际参考"
    assert kinds["连续夜班"] == "教学约定"


def test_five_days_of_forty_hours_are_within_the_law():
    """不满一周的表：5 天 40 小时合法。"""
    assert found({"A": "早早早早早"}) == []
    assert labour_law.hours_allowed(5) == 40


def test_the_hours_allowed_in_a_month():
    """手算：31 天 = 4 周 × 40 + 3 天 × 8。"""
    assert labour_law.hours_allowed(31) == 184


def test_all_planted_flaws_of_the_sample_roster_are_found():
    """虚拟中心埋下的真相：连上 7 天的 6 人、晚接早的 10 处、申请满足率。"""
    centre = open_centre(2025)
    result = evaluate(centre.roster, shifts=shift_types())
    rows = result.violations

    seven = rows.loc[rows["规则"] == "连续工作", "工号"]
    rests = rows.loc[rows["规则"] == "班间休息", ["工号", "日期", "实际"]]
    assert tuple(sorted(seven)) == centre.truth.seven_day_agents
    np.testing.assert_array_equal(
        rests.to_numpy(), centre.truth.short_rests[["工号", "日期", "间隔小时"]].to_numpy()
    )
    assert result.request_rate == pytest.approx(centre.truth.request_rate)


def test_flags_are_derived_as_the_sample_roster_has_them():
    """样例班表自带的 夜班、周末 与推得的相同。"""
    table = open_centre(2025).roster
    given = evaluate(table).loads

    derived = evaluate(table.drop(columns=["休息", "夜班", "周末", "申请"])).loads

    pd.testing.assert_frame_equal(given, derived)


def test_names_of_shifts_are_enough_with_a_shift_table():
    table = open_centre(2025).roster
    short = table[["工号", "日期", "班次"]]

    one = evaluate(table, shifts=shift_types()).violations
    two = evaluate(short, shifts=shift_types()).violations

    pd.testing.assert_frame_equal(one, two)


def test_an_excel_file_reads_the_same(tmp_path):
    table = open_centre(2025).roster.head(280)
    table.to_excel(tmp_path / "班表.xlsx", index=False)

    again = pd.read_excel(tmp_path / "班表.xlsx")

    one, two = evaluate(table), evaluate(again)
    pd.testing.assert_frame_equal(one.violations, two.violations)
    pd.testing.assert_frame_equal(one.loads, two.loads, check_index_type=False)


def test_days_without_a_row_are_days_off():
    full = roster({"A": GOOD, "B": GOOD})

    worked_only = full[full["班次"] != "休"].iloc[:-1]

    assert evaluate(full).violations.empty
    assert evaluate(worked_only).violations.empty


@pytest.mark.parametrize(
    ("values", "expected"), [([2, 2, 2, 2], 0), ([0, 1, 3, 4], 0.4375), ([0, 0, 0, 8], 0.75)]
)
def test_gini_has_the_golden_values(values, expected):
    """domain.md 4.5；最后一个是上限 1 − 1/n。"""
    assert gini(values) == pytest.approx(expected)


@given(st.lists(st.integers(0, 30), min_size=2, max_size=12).filter(any))
@settings(max_examples=60, deadline=None)
def test_gini_is_the_mean_difference_over_twice_the_mean(values):
    """独立的定义：所有两两之差的平均 ÷ (2 × 平均)。"""
    numbers = np.array(values, float)
    expected = np.abs(numbers[:, None] - numbers).mean() / (2 * numbers.mean())

    assert gini(values) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("values", "message"), [([], "是空的"), ([1, -1], "第 2 个是 -1")])
def test_gini_refuses_what_has_no_meaning(values, message):
    with pytest.raises(ValueError, match=message):
        gini(values)


def test_nobody_on_nights_is_even():
    assert gini([0, 0, 0]) == 0


def test_loads_and_spread_by_hand():
    """A 夜 2 次、周末 2 天；B 夜 0、周末 0。工时都是 5 × 8。"""
    result = evaluate(roster({"A": "--早夜夜早早", "B": "早早早早早--"}))

    assert result.loads["夜班"].tolist() == [2, 0]
    assert result.loads["周末"].tolist() == [2, 0]
    assert result.loads["工时"].tolist() == [40, 40]
    night = result.fairness.loc["夜班"]
    # 除以 n − 1，与离散系数检验、试卷同一个口径：√((1² + 1²)/1) = √2
    assert (night["极差"], night["基尼系数"]) == (2, 0.5)
    assert night["标准差"] == pytest.approx(2**0.5)
    assert night["离散系数"] == pytest.approx(2**0.5)
    assert (night["最多的人"], night["最少的人"]) == ("A", "B")


def test_a_single_agent_is_spread_over_nobody():
    night = evaluate(roster({"A": "--早夜夜早早"})).fairness.loc["夜班"]

    assert (night["标准差"], night["离散系数"], night["极差"]) == (0, 0, 0)


def test_half_time_people_are_compared_by_their_availability():
    result = evaluate(
        roster({"A": "早早早早--早", "B": "早早-----"[:7]}), availability={"A": 1, "B": 0.4}
    )

    assert result.fairness.loc["工时", "基尼系数"] == 0


def test_unpopular_shifts_can_be_named():
    rows = roster({"A": "晚晚早早早--", "B": GOOD[:7]})

    assert evaluate(rows, unpopular=["晚"]).loads["冷门班"].tolist() == [2, 0]
    assert evaluate(rows).loads["冷门班"].tolist() == [0, 0]
    with pytest.raises(ValueError, match="冷门班（unpopular）里的 旦 不在班表里"):
        evaluate(rows, unpopular=["旦"])


def test_the_humanity_score_by_hand():
    """手算：20 个上班人天，一处单休（1 分）→ 100 − 100 × 1/20；此处 A 9 天、B 10 天，共 19。"""
    result = evaluate(roster({"A": "早早-早早--早早早早早--", "B": GOOD}))

    assert result.scores["人性化"] == pytest.approx(100 - 100 / 19)
    assert (
        evaluate(roster({"A": "早早-早早--早早早早早--"}), weights={"单休": 0}).scores["人性化"]
        == 100
    )


def test_refused_requests_cost_points_and_show_in_the_rate():
    rows = roster({"A": GOOD}).assign(申请=["休", "早", *[""] * 12])

    result = evaluate(rows)

    assert result.request_rate == 0.5
    assert result.scores["人性化"] == pytest.approx(100 - 100 / 10)


def test_utilisation_counts_heads_with_meals_and_over_midnight():
    """手算：夜班 22:00–06:30、02:00 用餐；两天各 1 人，凌晨的由前一晚覆盖，首日的由末日折回。"""
    shifts = pd.DataFrame(
        {
            "班次": ["夜"],
            "上班": ["22:00"],
            "下班": ["06:30"],
            "用餐开始": ["02:00"],
            "用餐分钟": [30],
        }
    )
    days = pd.date_range(MONDAY, periods=2)
    slots = [f"{h:02d}:{m}" for h in range(24) for m in ("00", "30")]
    need = pd.DataFrame(0.0, days, slots)
    need[["22:00", "22:30", "23:00", "23:30"]] = 1.0
    need.loc[days[1], ["00:00", "02:00"]] = 1.0

    result = evaluate(roster({"A": "夜夜"}), required=need, shifts=shifts)

    assert result.staffed.loc[days[1], ["00:00", "02:00", "06:00"]].tolist() == [1, 0, 1]
    assert result.fit.coverage == pytest.approx(9 / 10)


def test_the_needed_days_must_be_in_the_roster():
    slots = [f"{h:02d}:{m}" for h in range(24) for m in ("00", "30")]
    need = pd.DataFrame(1.0, pd.date_range("2026-04-01", periods=1), slots)

    with pytest.raises(ValueError, match="2026-04-01 不在班表里"):
        evaluate(roster({"A": GOOD}), required=need)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"上班": ["", *["08:00"] * 4, "", ""]}, "第 1 行（A）只有上班或只有下班"),
        ({"上班": ["16:30", *["08:00"] * 4, "", ""]}, "第 1 行（A）上班与下班相同"),
        ({"上班": ["早八", *["08:00"] * 4, "", ""]}, "第 1 行的上班是 '早八'"),
        ({"休息": [True] * 7}, "第 1 行（A）的休息与上班时刻矛盾"),
        ({"日期": [pd.Timestamp(MONDAY)] * 7}, "第 2 行：A 2026-03-02 出现两次"),
        ({"工号": [None, *["A"] * 6]}, "第 1 行的工号是空的"),
        ({"日期": ["三月", *["2026-03-03"] * 6]}, "第 1 行的日期是 '三月'"),
    ],
)
def test_a_bad_roster_names_the_row(change, message):
    with pytest.raises(ValueError, match=message):
        evaluate(roster({"A": GOOD[:7]}).assign(**change))


def test_missing_columns_unknown_weights_and_empty_rosters_are_refused():
    table = roster({"A": GOOD})

    with pytest.raises(ValueError, match="缺少列：上班"):
        evaluate(table.drop(columns="上班"))
    with pytest.raises(ValueError, match="没有规则 '加班'"):
        evaluate(table, weights={"加班": 1})
    with pytest.raises(ValueError, match="没有人上班"):
        evaluate(table.assign(上班="", 下班=""))


def test_rules_can_be_changed():
    rows = {"A": "早早早早早早--早早早早--"}

    assert found(rows, rules=Rules(preferred_consecutive_days=6)) == []


def test_the_sentence_names_the_worst_and_says_what_is_convention():
    text = str(evaluate(roster({"A": "早早早早早早早-----早早"})))

    assert text.startswith("违法：周内无休息日 1 处")
    assert "教学约定" in text


def test_the_scores_and_loads_are_drawn():
    result = evaluate(roster({"A": GOOD, "B": "夜夜夜------早早早早早"}))

    assert result.plot().get_ylabel() == "得分（分）"
    assert result.plot_fairness().get_ylabel() == "夜班（次）"
    with pytest.raises(ValueError, match="项目（measure）"):
        result.plot_fairness("午休")
