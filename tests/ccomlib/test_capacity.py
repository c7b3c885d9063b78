"""ccomlib.capacity：损耗、全职当量、招聘计划都对得上手算与穷举。"""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccomlib import capacity

# ---------------------------------------------------------------- 损耗与全职当量


def test_shrinkage_is_one_minus_available_over_paid():
    """手算：1 − (112 + 120)/(160 + 160) = 0.275。"""
    assert capacity.shrinkage([160, 160], [112, 120]).rate == pytest.approx(0.275)


def test_additive_components_sum():
    found = capacity.shrinkage(components={"假期": 0.10, "培训": 0.05, "小休": 0.10})

    assert found.rate == pytest.approx(0.25)


def test_multiplicative_components_take_from_what_is_left():
    """手算：1 − 0.9 × 0.95 × 0.9 = 0.2305；培训拿走 0.9 × 0.05 = 0.045。"""
    found = capacity.shrinkage(
        components={"假期": 0.10, "培训": 0.05, "小休": 0.10}, combine="multiplicative"
    )

    assert found.rate == pytest.approx(0.2305)
    assert found.losses["培训"] == pytest.approx(0.045)


def test_multiplicative_order_does_not_change_the_total():
    parts = {"假期": 0.10, "培训": 0.05, "小休": 0.2}
    one = capacity.shrinkage(components=parts, combine="multiplicative")
    other = capacity.shrinkage(components=dict(reversed(parts.items())), combine="multiplicative")

    assert one.rate == pytest.approx(other.rate)


def test_summary_ends_at_the_available_share():
    table = capacity.shrinkage(components={"假期": 0.1, "小休": 0.2}).summary()

    assert table["扣后可用"].tolist() == pytest.approx([0.9, 0.7])


def test_full_time_equivalents_divide_and_do_not_multiply():
    """手算：70 ÷ 0.7 = 100，不是 70 × 1.3 = 91。"""
    assert capacity.full_time_equivalents(70, 0.3) == pytest.approx(100)


def test_full_time_equivalents_take_a_shrinkage_result():
    lost = capacity.shrinkage(160, 112)

    assert capacity.full_time_equivalents([70, 7], lost).tolist() == pytest.approx([100, 10])


def test_monthly_need_matches_the_hand_calculation():
    """手算：52800 × 240/3600 = 3520 小时；÷ (22 × 8 × 0.8) = 25；÷ 0.7 = 35.714。"""
    found = capacity.monthly_need(52_800, 240, 22, occupancy=0.8, shrinkage=0.3)

    assert found.workload_hours.tolist() == [3520]
    assert found.base.tolist() == pytest.approx([25])
    assert found.fte.tolist() == pytest.approx([25 / 0.7])


def test_a_roster_that_fits_four_fifths_needs_a_quarter_more():
    """手算：25 ÷ 0.8 = 31.25 人，÷ 0.7 = 44.64。"""
    found = capacity.monthly_need(52_800, 240, 22, occupancy=0.8, shrinkage=0.3, efficiency=0.8)

    assert found.base.tolist() == pytest.approx([31.25])
    assert found.fte.tolist() == pytest.approx([31.25 / 0.7])
    assert found.summary()["排班有效率"].tolist() == [0.8]


def test_monthly_need_keeps_month_labels():
    calls = pd.Series([52_800, 26_400], ["2025-01", "2025-02"])

    found = capacity.monthly_need(calls, 240, [22, 11])

    assert found.summary().index.tolist() == ["2025-01", "2025-02"]
    assert found.fte[0] == pytest.approx(found.fte[1])


# ---------------------------------------------------------------- 招聘计划


def test_hiring_plan_matches_the_hand_calculation():
    """手算（5% 离职、提前 1 个月、到岗即熟手、需求 100）：
    1 月剩 95，缺 5；2 月要 (95 + h)·0.95 ≥ 100，h = 11，剩 100.7；
    3 月要 (100.7 + h)·0.95 ≥ 100，h = 5，剩 100.415。
    """
    plan = capacity.hiring_plan([100, 100, 100], 100, 0.05, 1, ramp=(1.0,))

    assert plan.arrivals.tolist() == [0, 11, 5]
    assert plan.start_hiring.tolist() == [11, 5, 0]
    assert plan.effective.tolist() == pytest.approx([95, 100.7, 100.415])
    assert plan.leavers.tolist() == pytest.approx([5, 5.3, 5.285])
    assert plan.gap.tolist() == pytest.approx([5, 0, 0])


def test_ramp_makes_hiring_earlier_and_smaller():
    """不离职、3 月起要 10 人、现有 0 人：熟练度 0.5、1 时 2 月招 10 人即可，不必 3 月招 20 人。"""
    plan = capacity.hiring_plan([0, 0, 10], 0, 0.0, 1, ramp=(0.5, 1.0))

    assert plan.arrivals.tolist() == [0, 10, 0]
    assert plan.effective.tolist() == [0, 5, 10]


def test_hires_come_as_late_as_possible():
    """到岗即熟手、不离职：提早到岗没有好处，到 4 月才招。"""
    plan = capacity.hiring_plan([5, 5, 5, 8], 5, 0.0, 1, ramp=(1.0,))

    assert plan.arrivals.tolist() == [0, 0, 0, 3]


def test_gap_before_the_lead_time_is_reported_not_hidden():
    plan = capacity.hiring_plan([100] * 4, 90, 0.0, 2, ramp=(1.0,))

    assert plan.gap.tolist() == [10, 10, 0, 0]
    assert "1月、2月来不及补，最多缺 10.0 人" in str(plan)


def test_people_already_in_training_count():
    plan = capacity.hiring_plan([100] * 4, 90, 0.0, 2, ramp=(1.0,), in_training=[10])

    assert plan.gap.tolist() == [0, 0, 0, 0]
    assert plan.total_hires == 0


def test_arrivals_are_whole_classes():
    plan = capacity.hiring_plan([100, 103, 111], 100, 0.0, 1, ramp=(1.0,), class_size=5)

    assert plan.arrivals.tolist() == [0, 5, 10]


def test_monthly_ceiling_hires_ahead():
    """4 月要多 9 人而每月最多 4 人：从 4 月往前排成 1、4、4。"""
    plan = capacity.hiring_plan([10, 10, 10, 19], 10, 0.0, 1, ramp=(1.0,), max_hires=4)

    assert plan.arrivals.tolist() == [0, 1, 4, 4]


def test_new_hires_leave_at_their_own_rate():
    """手算：第 1 月到岗 10 人，新人离职 20%，两个月后 10 × 0.8² = 6.4，第 3 月起按 0%。"""
    plan = capacity.hiring_plan(
        [0, 0, 0], 0, 0.0, 1, ramp=(1.0, 1.0), new_hire_attrition=0.2, in_training=[10]
    )

    assert plan.effective.tolist() == pytest.approx([8, 6.4, 6.4])


def test_monthly_attrition_may_differ():
    """手算：100 × 0.9 = 90，90 × 0.8 = 72。"""
    plan = capacity.hiring_plan([0, 0], 100, [0.1, 0.2], 0)

    assert plan.effective.tolist() == pytest.approx([90, 72])


@pytest.mark.parametrize("ramp", [(1.0,), (0.5, 0.8, 1.0), (0.0, 1.0)])
@pytest.mark.parametrize("need", [(6, 6, 8, 9), (6, 9, 7, 7), (4, 4, 4, 11)])
def test_plan_equals_exhaustive_search(need, ramp):
    """独立计算：逐月 0–12 人穷举，依次比缺口合计、总人数、越早的月份越少。"""

    def shortage(hires):
        people = [(6.0, None)]
        total = 0.0
        for month, count in enumerate(hires):
            people.append((float(count), month))
            people = [(heads * 0.95, since) for heads, since in people]
            able = sum(
                heads * (1 if since is None else ramp[min(month - since, len(ramp) - 1)])
                for heads, since in people
            )
            total += max(need[month] - able, 0)
        return round(total, 5)

    best = min(
        ((0, *hires) for hires in product(range(13), repeat=3)),
        key=lambda hires: (shortage(hires), sum(hires), hires),
    )

    plan = capacity.hiring_plan(need, 6, 0.05, 1, ramp=ramp)

    assert plan.arrivals.tolist() == list(best)


@settings(max_examples=25, deadline=None)
@given(
    need=st.lists(st.integers(0, 300), min_size=1, max_size=8),
    start=st.integers(0, 300),
    attrition=st.floats(0, 0.15),
    lead=st.integers(0, 3),
)
def test_people_are_conserved_and_need_is_met_after_the_lead_time(need, start, attrition, lead):
    plan = capacity.hiring_plan(need, start, attrition, lead)

    closing = plan.opening + plan.arrivals - plan.leavers
    assert plan.opening[1:] == pytest.approx(closing[:-1])
    assert (plan.gap[lead:] == 0).all()
    assert plan.start_hiring.sum() == plan.arrivals.sum()


def test_summary_says_when_each_arrival_was_started():
    table = capacity.hiring_plan([100, 100, 100], 100, 0.05, 1, ramp=(1.0,)).summary()

    assert table["招聘启动月份"].tolist() == ["", "1月", "2月"]
    assert table["需启动招聘人数"].tolist() == [11, 5, 0]
    assert table.index.tolist() == ["1月", "2月", "3月"]


def test_sentence_names_the_first_month_and_the_assumption():
    sentence = str(capacity.hiring_plan([100, 100, 100], 100, 0.05, 1, ramp=(1.0,)))

    assert sentence.startswith("3 个月共需招 16 人，最早 1月 启动（先招 11 人）")
    assert "假设月离职率 5.0%" in sentence


def test_sentence_blames_the_ceiling_for_later_gaps():
    plan = capacity.hiring_plan([10, 20, 20], 10, 0.0, 1, ramp=(1.0,), max_hires=4)

    assert "2月、3月因每月最多招 4 人仍缺，最多缺 6.0 人" in str(plan)


def test_a_plan_that_hires_no_more_says_so():
    """手算：10 人不走，要 12 人，缺 2 人。"""
    plan = capacity.hiring_plan([10, 12, 12], 10, 0.0, 1, ramp=(1.0,), max_hires=0)

    assert str(plan).startswith("3 个月内没有再招人；2月、3月因不再招人仍缺，最多缺 2.0 人")


def test_a_plan_that_needs_no_one_says_so():
    assert str(capacity.hiring_plan([9, 9], 10, 0.0, 1)).startswith("2 个月内不必招人")


@pytest.mark.parametrize(
    "result",
    [
        capacity.shrinkage(160, 112),
        capacity.shrinkage(components={"假期": 0.1, "小休": 0.2}),
        capacity.monthly_need([52_800, 60_000], 240, 22),
        capacity.hiring_plan([100] * 4, 90, 0.03, 2),
        capacity.hiring_plan([10] * 4, 90, 0.03, 2),
    ],
)
def test_every_result_has_a_sentence_a_table_and_a_plot(result):
    import matplotlib.pyplot as plt

    _, ax = plt.subplots()

    assert result.plot(ax) is ax
    assert ax.get_title()
    assert str(result).endswith("。")
    assert not result.summary().isna().any().any()
    plt.close("all")


# ---------------------------------------------------------------- 报错


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: capacity.shrinkage(), "只用一种给法"),
        (lambda: capacity.shrinkage(160), "要一起给"),
        (lambda: capacity.shrinkage([160, 100], [112, 120]), "第 2 个是 120，多于付薪的 100"),
        (lambda: capacity.shrinkage(0, 0), "合计为 0"),
        (lambda: capacity.shrinkage(components={"假期": 0.6, "小休": 0.5}), "合计 110%"),
        (lambda: capacity.shrinkage(components={"假期": 8}), r"第 1 个（假期）是 8"),
        (lambda: capacity.shrinkage(components={}), "是空的"),
        (lambda: capacity.shrinkage(components={"a": 0.1}, combine="sum"), "additive"),
        (lambda: capacity.full_time_equivalents(70, 1), "损耗率（shrinkage）是 1"),
        (lambda: capacity.monthly_need([1, -1], 240, 22), "呼入量（calls）第 2 个是 -1"),
        (lambda: capacity.monthly_need(1, 240, 32), "工作日（days）"),
        (lambda: capacity.monthly_need([1, 2], 240, 22, months=["1月"]), "一一对应"),
        (lambda: capacity.hiring_plan([], 1, 0.1, 1), "每月一个"),
        (lambda: capacity.hiring_plan([1, np.nan], 1, 0.1, 1), "需求（need）第 2 个是空值"),
        (lambda: capacity.hiring_plan([1], 1, 3, 1), "月离职率（attrition）是 3"),
        (lambda: capacity.hiring_plan([1, 2], 1, [0.1] * 3, 1), "请逐月一个"),
        (lambda: capacity.hiring_plan([1], 1, 0.1, 1.5), "提前期（lead_months）是 1.5"),
        (lambda: capacity.hiring_plan([1], 1, 0.1, 1, ramp=(0.5, 0)), "最后一个大于 0"),
        (lambda: capacity.hiring_plan([1], 1, 0.1, 1, in_training=[1, 2]), "多于提前期 1"),
        (lambda: capacity.hiring_plan([1], 1, 0.1, 1, class_size=0), "开班人数"),
    ],
)
def test_bad_input_is_refused_with_the_remedy(call, message):
    with pytest.raises(ValueError, match=message):
        call()
