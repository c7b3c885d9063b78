"""ccomlib.quality：致命项清零，各级人员的缺口点得出名，条目留删有据，一次做对率连乘。"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from ccomlib import centre, quality
from ccomlib.correlation import item_total

FORM = pd.DataFrame(
    {"条目": ["核实身份", "答案准确", "态度"], "满分": [1, 5, 5], "权重": [10, 60, 30]}
)
CALLS = pd.DataFrame(
    {"核实身份": [1, 1, 0], "答案准确": [5, 3, 5], "态度": [5, 5, 4]}, index=["C1", "C2", "C3"]
)


@pytest.fixture
def scores():
    """四个条目：准确与完整同分，态度各半，工号齐全与谁都无关，全勤人人满分。"""
    rng = np.random.default_rng(7)
    skill, manner, noise = rng.normal(size=(3, 400))
    table = pd.DataFrame(
        {
            "准确": skill + 0.3 * rng.normal(size=400),
            "完整": skill + 0.3 * rng.normal(size=400),
            "态度": 0.7 * skill + manner,
            "工号齐全": noise,
        }
    )
    table = (table + 3).clip(0, 5).round()
    return table.assign(全勤=1, 满意度=(skill + 3).round().clip(1, 5))


def test_score_by_hand():
    """C2：10 + 60 × 3/5 + 30 = 76；C3：0 + 60 + 24 = 84。"""
    result = quality.scorecard(FORM).score(CALLS)

    assert result.table["总分"].to_dict() == {"C1": 100, "C2": 76, "C3": 84}
    assert result.table["合格"].tolist() == [True, False, True]


def test_a_fatal_miss_zeroes_the_total():
    result = quality.scorecard(FORM, fatal=["核实身份"]).score(CALLS)

    assert result.table["总分"].tolist() == [100, 76, 0]
    assert result.table.loc["C3", "致命项"] == "核实身份"
    assert result.table.loc["C3", "得分"] == 84
    assert "1 通犯了致命项" in str(result)


def test_a_fatal_miss_can_cap_the_total():
    """封顶 59：84 变 59；本来就低于 59 的不变。"""
    card = quality.scorecard(FORM, fatal=["核实身份"], fatal_rule="cap", cap=59)
    low = CALLS.assign(答案准确=[5, 3, 1])

    assert card.score(CALLS).table["总分"].tolist() == [100, 76, 59]
    assert card.score(low).table.loc["C3", "总分"] == 36


def test_fatal_errors_may_stand_in_a_column_of_their_own():
    named = CALLS.assign(致命项=[None, "虚假承诺", ""])
    flagged = CALLS.assign(致命=[0, 1, 0])
    card = quality.scorecard(FORM)

    assert card.score(named, fatal="致命项").table["总分"].tolist() == [100, 0, 84]
    assert card.score(flagged, fatal="致命").table["总分"].tolist() == [100, 0, 84]


@pytest.mark.parametrize(
    "column", [["否", "是", "否"], [False, True, None], ["", "√", "×"], [0.0, 1.0, np.nan],
               ["否", "虚假承诺", "否"], pd.array([False, True, None], dtype="boolean")],
)  # fmt: skip
def test_no_is_not_a_fatal_error_however_it_is_written(column):
    """写「否」的通话不能因为格里有字就判 0 分。"""
    scored = quality.scorecard(FORM).score(CALLS.assign(致命=column), fatal="致命")

    assert scored.table["总分"].tolist() == [100, 0, 84]


def test_a_fatal_column_of_counts_is_refused():
    with pytest.raises(ValueError, match="致命第 2 个（C2）是 2"):
        quality.scorecard(FORM).score(CALLS.assign(致命=[0, 2, 0]), fatal="致命")


def test_the_form_itself_may_say_what_is_fatal():
    card = quality.scorecard(FORM.assign(致命=["是", "否", "否"]))

    assert card.fatal_items == ("核实身份",)


def test_blank_items_are_refused_or_reweighted():
    """C1 没有态度分：(10 + 60) ÷ 70 = 100 分。"""
    gaps = CALLS.assign(态度=[None, 5, 4])
    card = quality.scorecard(FORM)

    with pytest.raises(ValueError, match=r"态度第 1 个（C1）是空值"):
        card.score(gaps)
    assert card.score(gaps, blank="reweight").table["总分"].tolist() == [100, 76, 84]


@given(
    st.lists(st.tuples(st.integers(1, 10), st.integers(1, 50)), min_size=1, max_size=6),
    st.data(),
)
def test_totals_stay_between_zero_and_a_hundred(items, data):
    form = pd.DataFrame(
        [(f"条目{i}", full, weight) for i, (full, weight) in enumerate(items)],
        columns=["条目", "满分", "权重"],
    )
    row = {f"条目{i}": [data.draw(st.integers(0, full))] for i, (full, _) in enumerate(items)}
    total = quality.scorecard(form).score(pd.DataFrame(row)).table["总分"].iloc[0]
    best = quality.scorecard(form).score(
        pd.DataFrame({f"条目{i}": [full] for i, (full, _) in enumerate(items)})
    )

    assert 0 <= total <= 100
    assert best.table["总分"].iloc[0] == pytest.approx(100)


def test_lost_points_add_up_to_the_missing_total():
    result = quality.scorecard(FORM).score(CALLS)

    assert result.items["平均丢分"].sum() == pytest.approx(100 - result.mean)


@pytest.mark.parametrize(
    ("form", "options", "message"),
    [
        (FORM.assign(权重=[10, 0, 30]), {}, "权重第 2 个是 0，应大于 0"),
        (FORM.assign(条目="态度"), {}, "条目里 态度 出现不止一次"),
        (FORM, {"fatal": ["辱骂"]}, "致命项 辱骂 不在条目里"),
        (FORM, {"fatal_rule": "minus"}, "fatal_rule 是 'minus'"),
        (FORM.drop(columns="满分"), {}, "评分表缺少列：满分"),
        (FORM, {"cap": 120}, "cap是 120，应不小于 0 且不大于 100"),
    ],
)
def test_scorecard_refuses(form, options, message):
    with pytest.raises(ValueError, match=message):
        quality.scorecard(form, **options)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"答案准确": [5, 6, 5]}, r"答案准确第 2 个（C2）是 6，应不小于 0 且不大于 5"),
        ({"态度": ["好", 5, 4]}, r"态度第 1 个（C1）是 '好'，不是有限的数字"),
    ],
)
def test_scores_outside_the_form_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        quality.scorecard(FORM).score(CALLS.assign(**change))


@pytest.fixture
def staff():
    return pd.DataFrame(
        {
            "工号": ["A1", "A2", "B1", "M1", "K1"],
            "级别": ["坐席", "坐席", "班长", "主管", "后台"],
            "入职日期": ["2020-01-01", "2026-05-01", "2019-01-01", "2018-01-01", "2020-01-01"],
            "投诉多": ["否", "是", "否", "否", "否"],
        }
    )


@pytest.fixture
def checks():
    return pd.DataFrame({"工号": ["A1"] * 6 + ["A2"] * 2 + ["B1"] * 2 + ["Z9"]})


def test_gaps_are_counted_by_person(staff, checks):
    """A2 差 2，M1 差 2，K1 差 1；A1 多检的 2 次补不了别人。"""
    result = quality.coverage(staff, checks, {"坐席": 4, "班长": 2, "主管": 2, "后台": 1})

    assert result.gap == 5
    assert result.table.set_index("级别")["缺口"].to_dict() == {
        "坐席": 2,
        "班长": 0,
        "主管": 2,
        "后台": 1,
    }
    assert result.unmonitored == ("主管", "后台")
    assert result.stray == ("Z9",)


def test_levels_outside_the_plan_or_the_roster_are_named(staff, checks):
    result = quality.coverage(staff[staff["级别"] != "后台"], checks, {"坐席": 4, "班长": 2})

    assert result.unplanned == ("主管",)
    assert result.missing_levels == ("后台",)
    assert "主管没有列进抽检计划" in str(result)
    assert "花名册里没有后台" in str(result)


def test_new_and_risky_people_are_checked_more(staff, checks):
    """A2 是新人（+3）又高风险（+2）：4 + 5 = 9，已检 2，差 7。"""
    result = quality.coverage(
        staff,
        checks,
        {"坐席": 4, "班长": 2, "主管": 0, "后台": 0},
        hired="入职日期",
        as_of="2026-06-01",
        risk="投诉多",
    )
    row = result.people.set_index("工号").loc["A2"]

    assert (row["应检"], row["缺口"], row["加检"]) == (9, 7, "新人、高风险")


@given(st.lists(st.integers(0, 12), min_size=1, max_size=20), st.integers(0, 8))
def test_gap_is_what_is_left_to_do(done, needed):
    people = [f"A{i}" for i in range(len(done))]
    staff = pd.DataFrame({"工号": people, "级别": "坐席"})
    rows = [name for name, count in zip(people, done, strict=True) for _ in range(count)]
    result = quality.coverage(
        staff, pd.DataFrame({"工号": [*rows, "外人"]}), {"坐席": needed}, levels=None
    )

    assert result.gap == sum(max(needed - count, 0) for count in done)
    assert result.table["已检"].iloc[0] == sum(done)


@pytest.mark.parametrize(
    ("needed", "options", "message"),
    [
        ({"座席": 4}, {}, "needed 里的 座席 在花名册的级别列里没有：现有 坐席、班长"),
        ({"坐席": 1.5}, {}, "needed的 坐席 是 1.5"),
        ({"坐席": 4}, {"hired": "入职日期"}, "给了 hired 就要给 as_of"),
    ],
)
def test_coverage_refuses(staff, checks, needed, options, message):
    with pytest.raises(ValueError, match=message):
        quality.coverage(staff, checks, needed, **options)


def test_items_are_kept_merged_or_dropped(scores):
    result = quality.review_items(scores, ["准确", "完整", "态度", "工号齐全", "全勤"])

    assert set(result.advised("删除")) == {"工号齐全", "全勤"}
    assert len(result.advised("合并")) == 1
    assert set(result.pairs.iloc[0][["条目一", "条目二"]]) == {"准确", "完整"}
    assert "态度" in result.advised("保留")
    with pytest.raises(ValueError, match="没有 '扔掉' 这个建议"):
        result.advised("扔掉")


def test_discrimination_matches_the_item_total_correlation(scores):
    """与 ccomlib.correlation.item_total 的“扣除自己后 r”相同。"""
    weights = {"准确": 5, "完整": 5, "态度": 5, "工号齐全": 5}
    expected = item_total(scores, dict.fromkeys(weights, 1)).table.set_index("指标")
    result = quality.review_items(scores, weights, full=dict.fromkeys(weights, 5.0))
    found = result.table.set_index("条目")

    for name in weights:
        assert found.loc[name, "鉴别力 r"] == pytest.approx(expected.loc[name, "扣除自己后 r"])


def test_the_less_useful_twin_is_merged_into_the_other(scores):
    """完整被打乱一部分，与满意度不如准确相关：并掉完整。"""
    rng = np.random.default_rng(3)
    blurred = scores.assign(完整=(scores["准确"] + (rng.random(400) < 0.12)).clip(0, 5))
    result = quality.review_items(blurred, ["准确", "完整", "态度"], target="满意度")

    assert result.advised("合并") == ("完整",)
    assert "并到它" in result.table.set_index("条目").loc["完整", "理由"]


@pytest.mark.parametrize(
    ("items", "change", "message"),
    [
        (["准确", "完整"], {}, "只给了 2 个条目"),
        ("准确", {}, "items 应是一列条目名"),
        (["准确", "完整", "态度"], {"准确": None}, "准确第 1 个是空值"),
        (["准确", "完整", "态度"], {"准确": -1}, "准确第 1 个是 -1"),
        (["准确", "完整", "态度"], {"准确": 0}, "准确全是 0 分"),
    ],
)
def test_review_refuses(scores, items, change, message):
    with pytest.raises(ValueError, match=message):
        quality.review_items(scores.assign(**change), items)


def test_rolled_yield_by_hand():
    """.98 × .85 × .95 = .79135；把 15% 降到其余两个的中位数 3.5%：.98 × .965 × .95 = .898415。"""
    table = pd.DataFrame(
        {"节点": ["受理", "派单", "上门"], "数量": [1000] * 3, "缺陷数": [20, 150, 50]}
    )
    result = quality.node_counts(table)

    assert result.rolled_yield == pytest.approx(0.79135)
    assert (result.worst, result.target) == ("派单", 0.035)
    assert result.improved == pytest.approx(0.898415)


def test_six_sigma_table():
    """六西格玛惯例表（含 1.5σ 偏移）：66,807 DPMO 是 3σ，6,210 是 4σ，3.4 是 6σ。"""
    table = pd.DataFrame(
        {
            "节点": ["甲", "乙", "丙"],
            "数量": [10_000_000] * 3,
            "缺陷数": [668_072, 62_097, 34],
        }
    )
    found = quality.node_counts(table).table

    assert found["西格玛水平"].tolist() == pytest.approx([3, 4, 6], abs=1e-3)
    assert found["DPMO"].tolist() == pytest.approx([66_807.2, 6_209.7, 3.4])


def test_opportunities_lower_the_dpmo():
    table = pd.DataFrame({"节点": ["甲", "乙"], "数量": [100, 100], "缺陷数": [30, 10]})
    found = quality.node_counts(table, opportunities=10, shift=0).table

    assert found["DPMO"].tolist() == pytest.approx([30_000, 10_000])
    assert found["西格玛水平"].tolist() == pytest.approx(norm.isf([0.03, 0.01]))


def test_no_defects_has_no_sigma_level():
    table = pd.DataFrame({"节点": ["甲", "乙"], "数量": [100, 100], "缺陷数": [0, 10]})

    assert quality.node_counts(table).table["西格玛水平"].isna().tolist() == [True, False]


def test_tickets_give_the_observed_yield_too():
    """缺陷都落在同一张单上：Y = .75 × .75，实际没有缺陷的是 3/4。"""
    table = pd.DataFrame(
        {
            "服务单号": list("AABBCCDD"),
            "节点": ["派单", "上门"] * 4,
            "缺陷": [False, False, True, True, False, False, False, False],
        }
    )
    result = quality.process_nodes(table, order=["派单", "上门"])

    assert result.rolled_yield == 0.5625
    assert result.observed == 0.75


@given(st.lists(st.tuples(st.integers(1, 500), st.floats(0, 1)), min_size=2, max_size=8))
def test_yield_is_the_product_and_mending_never_hurts(nodes):
    table = pd.DataFrame(
        [(f"节点{i}", n, int(n * share)) for i, (n, share) in enumerate(nodes)],
        columns=["节点", "数量", "缺陷数"],
    )
    result = quality.node_counts(table)

    assert result.rolled_yield == pytest.approx(
        float(np.prod(1 - table["缺陷数"] / table["数量"])), abs=1e-12
    )
    assert (result.table["提升"] >= -1e-12).all()
    assert result.rolled_yield <= 1 - result.table["缺陷率"].max() + 1e-12


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"缺陷数": [200, 5]}, "甲有 200 个缺陷，多于 100 件 × 1 次机会"),
        ({"数量": [0, 100]}, r"数量第 1 个（甲）是 0，应大于 0"),
        ({"节点": ["甲", "甲"]}, "节点里 甲 出现不止一次"),
    ],
)
def test_node_counts_refuse(change, message):
    table = pd.DataFrame({"节点": ["甲", "乙"], "数量": [100, 100], "缺陷数": [3, 5]})
    with pytest.raises(ValueError, match=message):
        quality.node_counts(table.assign(**change))


def test_order_must_name_every_node():
    table = pd.DataFrame({"服务单号": list("AABB"), "节点": ["甲", "乙"] * 2, "缺陷": [0, 1, 0, 0]})
    with pytest.raises(
        ValueError, match="order 与节点列对不上：丙、乙|order 与节点列对不上：乙、丙"
    ):
        quality.process_nodes(table, order=["甲", "丙"])


@pytest.mark.parametrize("seed", [3, 2025])
def test_the_centres_planted_items_and_node_are_found(seed):
    hub = centre.open_centre(seed)
    scored, truth = hub.table("qa_scores"), hub.truth.quality
    first, last = scored.columns.get_loc("开头语"), scored.columns.get_loc("结束语")
    review = quality.review_items(scored, list(scored.columns[first : last + 1]))

    assert review.advised("删除") == (truth.idle_item,)
    assert set(review.pairs.iloc[0][["条目一", "条目二"]]) == set(truth.twin_items)
    assert quality.process_nodes(hub.table("process_nodes")).worst == hub.truth.process.worst_node


def test_every_result_reads_as_sentence_table_and_chart(staff, checks, scores):
    card = quality.scorecard(FORM, fatal=["核实身份"])
    nodes = pd.DataFrame({"节点": ["甲", "乙"], "数量": [100, 100], "缺陷数": [3, 5]})
    results = [
        card,
        card.score(CALLS),
        quality.coverage(staff, checks, {"坐席": 4}),
        quality.review_items(scores, ["准确", "完整", "态度", "全勤"]),
        quality.node_counts(nodes),
    ]

    for result in results:
        _, ax = plt.subplots()
        assert result.plot(ax) is ax
        assert ax.get_title()
        assert not result.summary().empty
        assert str(result).endswith("。")
        assert "<table" in result._repr_html_()
