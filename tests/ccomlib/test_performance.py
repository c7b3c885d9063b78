"""绩效：指标字典、目标值、计分、总分与模板。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccomlib.performance import (
    check_dictionary,
    improvement_list,
    score,
    score_people,
    set_target,
    templates,
)


def entry(**changes):
    """一个没有毛病的指标。"""
    good = {
        "指标": "客户满意率",
        "定义": "评价满意的通数占参评通数的比例",
        "公式": "满意通数 ÷ 参评通数",
        "数据源": "评价系统月报",
        "频率": "每月",
        "责任人": "座席",
        "目标": "85%",
        "方向": "越高越好",
        "权重": 100,
    }
    return good | changes


def flaws(*entries, **options):
    return check_dictionary(pd.DataFrame(list(entries)), **options).flaws


def test_a_well_written_indicator_has_no_flaw():
    result = check_dictionary(pd.DataFrame([entry()]))

    assert result.flaws.empty
    assert result.clean == ("客户满意率",)
    assert "没有查出毛病" in str(result)


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"数据源": None}, "数据源", "缺字段"),
        ({"定义": "客户满意率"}, "定义", "定义空泛"),
        ({"公式": "满意通数"}, "公式", "分母不清"),
        ({"公式": "满意通数 ÷ 总数"}, "公式", "分母不清"),
        ({"公式": "满意通数 ÷ (总量) × 100%"}, "公式", "分母不清"),
        ({"数据源": "主管印象"}, "数据源", "数据源不可查"),
        ({"频率": "不定期"}, "频率", "频率不明"),
        ({"责任人": "各部门"}, "责任人", "责任不清"),
        ({"目标": "尽量高"}, "目标", "目标不可量化"),
        ({"目标": "120%"}, "目标", "目标不可量化"),
        ({"方向": "适中"}, "方向", "方向不明"),
        ({"方向": "越低越好"}, "方向", "方向可疑"),
        ({"指标": "放弃率", "方向": "越高越好", "责任人": "排班师"}, "方向", "方向可疑"),
        ({"指标": "不合格率"}, "方向", "方向可疑"),
        ({"指标": "服务水平"}, "责任人", "不可控"),
        ({"可控": "否"}, "责任人", "不可控"),
    ],
)
def test_each_flaw_is_named(changes, field, problem):
    found = flaws(entry(**changes))

    assert found[["字段", "问题"]].to_numpy().tolist() == [[field, problem]]
    assert found["行"].iloc[0] == "第 1 行"
    assert found["改法"].iloc[0]


def test_saying_that_it_is_controllable_overrules_the_guess():
    assert flaws(entry(指标="服务水平", 可控="是")).empty


def test_weights_must_add_up():
    found = flaws(entry(权重=60), entry(指标="质检分", 公式="得分合计 ÷ 抽检通数", 权重=30))

    assert found["现状"].tolist() == ["合计 90"]
    assert found["改法"].tolist() == ["权重合计应为 100，少了 10"]


def test_fractions_are_recognised_as_weights():
    assert "像是写成了小数" in flaws(entry(权重=1.0))["改法"].iloc[0]


def test_weights_are_added_within_each_post():
    assert flaws(entry(岗位="座席"), entry(岗位="班组长"), group="岗位").empty


@pytest.mark.parametrize("other", [{}, {"指标": "满意度"}])
def test_same_name_or_same_formula_is_a_duplicate(other):
    found = flaws(entry(权重=50), entry(权重=50, **other))

    assert found["问题"].tolist() == ["重复"]
    assert "与第 1 行相同" in found["现状"].iloc[0]


def test_a_missing_column_is_one_flaw_of_the_whole_table():
    found = check_dictionary(pd.DataFrame([entry()]).drop(columns="频率")).flaws

    assert found[["行", "字段", "问题"]].to_numpy().tolist() == [["全表", "频率", "缺字段"]]


def test_row_labels_survive():
    table = pd.DataFrame([entry(频率="")], index=["K-01"])

    assert check_dictionary(table).flaws["行"].tolist() == ["K-01"]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pd.DataFrame({"名称": ["甲"]}), "指标字典缺少列：指标"),
        (pd.DataFrame({"指标": []}), "没有行"),
        (pd.DataFrame({"指标": ["甲", " "]}), "指标第 2 个是空的"),
    ],
)
def test_a_dictionary_that_cannot_be_read_is_refused(table, message):
    with pytest.raises(ValueError, match=message):
        check_dictionary(table)


MONTHS = [82, 84, 83, 85, 84, 86, 83, 85]


def test_benchmark_is_the_quantile_on_the_good_side():
    """R：quantile(c(84,85,86,87,88,90), .75) = 87.75；越低越好取 25% 分位。"""
    peers = [84, 85, 86, 87, 88, 90]

    high = set_target(MONTHS, benchmark=peers, method="benchmark")
    low = set_target(MONTHS, benchmark=peers, method="benchmark", direction="越低越好")

    assert high.value == pytest.approx(87.75)
    assert low.value == pytest.approx(85.25)


def test_capability_is_mean_and_k_standard_deviations():
    """手算：平均 84，Σ(x−84)² = 12，s = √(12/7) = 1.309307。"""
    assert set_target(MONTHS, k=2).value == pytest.approx(84 + 2 * 1.3093073)
    assert set_target(MONTHS, direction="越低越好").value == pytest.approx(84 - 1.3093073)


def test_history_improves_on_the_last_periods():
    """最近 3 期平均 (86 + 83 + 85)/3 = 84.667，改进 3%。"""
    result = set_target(MONTHS, method="history", improvement=0.03)

    assert result.value == pytest.approx(84.6666667 * 1.03)


def test_short_history_without_benchmark_uses_improvement():
    assert set_target([82, 84, 83]).method == "history"


def test_a_benchmark_out_of_reach_becomes_a_later_stage():
    result = set_target(MONTHS, benchmark=[95, 96, 97, 98])

    assert result.method == "capability"
    assert "第一阶段" in result.reason


def test_a_benchmark_already_passed_does_not_lower_the_target():
    assert set_target(MONTHS, benchmark=[70, 72, 74, 76]).method == "history"


def test_limits_cap_the_target():
    assert set_target([97, 98, 99, 98], method="history", limits=(0, 100)).value == 100


def test_reached_share_counts_past_periods():
    """最近 3 期平均 84.67，达到过的是 85、86、85。"""
    result = set_target(MONTHS, method="history", improvement=0.0)

    assert result.reached == 3 / 8


def test_a_trend_in_the_history_is_told():
    assert "历史本身有趋势" in str(set_target([80, 81, 82, 83, 84, 85, 86, 87]))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"history": [80, 81]}, "只有 2 期"),
        ({"history": [80, None, 82]}, "第 2 个是空值"),
        ({"history": MONTHS, "benchmark": [80, 81]}, "只有 2 个"),
        ({"history": MONTHS, "direction": "适中"}, "看不出好坏"),
        ({"history": MONTHS, "method": "benchmark"}, "没有给 benchmark"),
        ({"history": [80, 80, 80], "method": "capability"}, "σ 是 0"),
        ({"history": MONTHS, "method": "other"}, "应是 auto"),
        ({"history": MONTHS, "recent": 9}, "recent 是 9"),
        ({"history": MONTHS, "limits": (100, 0)}, "limits"),
    ],
)
def test_targets_that_cannot_be_set_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        set_target(**arguments)


def test_score_is_piecewise_linear_with_floor_and_cap():
    """手算：底线 70 → 0，目标 85 → 100，挑战 95 → 120。"""
    values = [50, 70, 77.5, 85, 87.5, 95, 100]

    assert score(values, 70, 85, 95).tolist() == [0, 0, 50, 100, 105, 120, 120]


def test_lower_is_better_when_the_points_fall():
    assert score([400, 360, 315, 300, 285, 200], 360, 300, 270).tolist() == [
        0,
        0,
        75,
        100,
        110,
        120,
    ]


def test_score_keeps_the_row_labels():
    found = score(pd.Series([85.0], index=["A1"], name="质检分"), 70, 85, 95)

    assert found.to_dict() == {"A1": 100.0}


@given(
    st.lists(st.floats(0, 200, allow_subnormal=False), min_size=2, max_size=20),
    st.floats(0, 50),
    st.floats(1, 50),
    st.floats(1, 50),
)
def test_scores_rise_with_the_value_and_stay_inside(values, floor, first, second):
    found = score(sorted(values), floor, floor + first, floor + first + second)

    assert (np.diff(found) >= -1e-9).all()
    assert found.min() >= 0
    assert found.max() <= 120


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=10))
def test_mirrored_values_score_the_same(values):
    assert score(values, -10, 5, 20) == pytest.approx(score([-v for v in values], 10, -5, -20))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((80, 70, 85, 80), "不是依次递增"),
        ((80, 70, 70, 80), "不是依次递增"),
        ((None, 70, 85, 95), "是空值"),
    ],
)
def test_score_refuses(arguments, message):
    with pytest.raises(ValueError, match=message):
        score(*arguments)


def test_score_refuses_a_direction_against_the_points():
    with pytest.raises(ValueError, match="方向是“越低越好”"):
        score(80, 70, 85, 95, direction="越低越好")


PLAN = pd.DataFrame(
    {
        "指标": ["质检分", "处理时长", "满意率"],
        "权重": [50, 30, 20],
        "底线": [70, 360, 0.7],
        "目标": [85, 300, 0.85],
        "挑战": [95, 270, 0.95],
        "样本列": [None, None, "参评数"],
        "最少样本": [None, None, 30],
    }
)
TEAM = pd.DataFrame(
    {
        "工号": ["A1", "A2", "A3"],
        "质检分": [85, 95, 70],
        "处理时长": [330, 300, 270],
        "满意率": [0.85, 0.95, None],
        "参评数": [40, 50, 5],
    }
)


def test_total_is_the_weighted_score():
    """手算：A1 = 50·100 + 30·50 + 20·100 → 85；A2 = 50·120 + 30·100 + 20·120 → 114。"""
    result = score_people(TEAM, PLAN)

    assert result.table["总分"].tolist()[:2] == pytest.approx([85, 114])
    assert result.table["名次"].tolist() == [2, 1, 3]


def test_weight_of_a_thin_sample_goes_to_the_others():
    """手算：A3 只有 5 个参评，不计满意率：(50·0 + 30·120) ÷ 80 = 45。"""
    row = score_people(TEAM, PLAN).table.iloc[2]

    assert row["总分"] == pytest.approx(45)
    assert row["计分权重"] == 80
    assert row["说明"] == "满意率样本不足"


def test_too_little_weight_is_not_ranked():
    result = score_people(TEAM, PLAN, least_weight=90)
    row = result.table.iloc[2]

    assert np.isnan(row["总分"])
    assert np.isnan(row["名次"])
    assert row["说明"].startswith("样本不足，不排名")
    assert "其中 1 人不排名" in str(result)


def test_equal_totals_share_the_rank():
    table = TEAM.iloc[[0, 0, 1]].assign(工号=["B1", "B2", "B3"])

    assert score_people(table, PLAN).table["名次"].tolist() == [2, 2, 1]


def test_crowded_indicators_are_named():
    table = pd.DataFrame({"工号": list("甲乙丙丁"), "质检分": [96, 97, 98, 80]})
    plan = PLAN.iloc[[0]].assign(权重=100)

    assert score_people(table, plan).crowded == ("质检分",)


@pytest.mark.parametrize(
    ("table", "plan", "message"),
    [
        (TEAM, PLAN.assign(权重=[50, 30, 10]), "权重合计是 90"),
        (TEAM.assign(工号=["A1", "A1", "A3"]), PLAN, "工号第 2 个"),
        (TEAM.drop(columns="处理时长"), PLAN, "绩效表缺少列：处理时长"),
        (TEAM.assign(质检分=[85, None, 70]), PLAN, "质检分第 2 个（A2）是空值"),
        (TEAM, PLAN.assign(指标=["质检分", "质检分", "满意率"]), "写了两次"),
        (TEAM, PLAN.assign(目标=[85, 370, 0.85]), "不是依次"),
        (TEAM.iloc[:0], PLAN, "绩效表没有行"),
    ],
)
def test_people_cannot_be_scored_from_broken_tables(table, plan, message):
    with pytest.raises(ValueError, match=message):
        score_people(table, plan)


def test_every_template_adds_up_to_a_hundred_and_is_labelled():
    table = templates()

    assert (table.groupby(["岗位类别", "岗位"])["权重"].sum() == 100).all()
    assert set(table["说明"]) == {"示例，非标准"}


def test_templates_can_be_turned_into_a_dictionary_with_right_directions():
    with pytest.raises(ValueError, match="前台、后台"):
        templates("中台")
    assert set(templates("后台")["岗位类别"]) == {"后台"}


@pytest.mark.parametrize("people", [5, 60])
def test_results_draw_on_the_axes_they_are_given(people):
    import matplotlib.pyplot as plt

    rng = np.random.default_rng(1)
    table = pd.DataFrame({"工号": range(people), "质检分": rng.normal(85, 5, people)})
    results = [
        check_dictionary(pd.DataFrame([entry(方向="适中"), entry(权重=3)])),
        set_target(MONTHS, benchmark=[84, 85, 86, 87]),
        score_people(table, PLAN.iloc[[0]].assign(权重=100)),
    ]

    for result in results:
        _, ax = plt.subplots()
        assert result.plot(ax) is ax
        assert ax.get_title()
        assert not result.summary().empty


def test_an_empty_month_table_is_said():
    empty = pd.DataFrame({"工号": [], "月份": pd.to_datetime([]), "绩效总分": []})
    with pytest.raises(ValueError, match="月度绩效表没有行"):
        improvement_list(empty)


def test_benchmarks_are_a_column():
    with pytest.raises(ValueError, match="标杆（benchmark）应是一列数"):
        set_target([82, 84, 83], benchmark=90)
