"""现场补救：事件定级、补救人数、小休调整。"""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccomlib.erlang import required_agents
from ccomlib.intraday import (
    GRADES,
    incident_level,
    reallocate_breaks,
    recovery_staffing,
)


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"affected": 0.5}, "I"),
        ({"affected": 0.49}, "II"),
        ({"load": 1.35}, "III"),
        ({"service_level": 0.64}, "IV"),
        ({"service_level": 0.65}, None),
        ({"affected": 0.06, "load": 1.7}, "II"),
        ({"load": 1.0, "service_level": 0.9}, None),
    ],
)
def test_the_heaviest_condition_decides(facts, level):
    assert incident_level(**facts).level == level


def test_a_long_incident_is_raised_by_one():
    event = incident_level(load=1.4, minutes=120)

    assert event.level == "II"
    assert event.raised
    assert "提了一级" in str(event)
    assert incident_level(load=2.5, minutes=500).level == "I"


def test_a_quiet_day_stays_quiet_however_long():
    event = incident_level(load=1.0, minutes=500)

    assert event.level is None
    assert event.summary().empty
    assert "不构成事件" in str(event)
    with pytest.raises(ValueError, match="没有时限可对照"):
        event.check({"发现": 0})


def test_steps_are_in_order_with_rising_limits():
    for grade in GRADES:
        limits = incident_level(affected=grade.affected).table["时限分钟"]
        assert limits.is_monotonic_increasing

    assert incident_level(affected=1).table["步骤"].tolist() == [
        "发现",
        "定级",
        "通报",
        "启用机动",
        "恢复",
        "复盘",
    ]


def test_the_timeline_is_checked():
    found = incident_level(affected=0.2).check(
        {"发现": 0, "定级": 12, "通报": 15, "启用机动": 14, "恢复": 80}
    )

    assert found["判断"].tolist() == ["按时", "超时", "按时", "次序颠倒", "按时", "没有做"]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({}, "至少给一个"),
        ({"minutes": 30}, "至少给一个"),
        ({"affected": 1.2}, "affected是 1.2"),
        ({"load": 2, "grades": GRADES[::-1]}, "由重到轻"),
        ({"load": 2, "grades": ()}, "grades 是空的"),
    ],
)
def test_incidents_refuse(facts, message):
    with pytest.raises(ValueError, match=message):
        incident_level(**facts)


def test_timeline_refuses_unknown_steps():
    event = incident_level(affected=0.2)

    with pytest.raises(ValueError, match="没有步骤 '开会'"):
        event.check({"开会": 3})
    with pytest.raises(ValueError, match="发现的分钟是 -1"):
        event.check({"发现": -1})


REST = pd.DataFrame(
    {
        "时段": ["14:00", "14:30"],
        "预测量": [100, 100],
        "平均处理时长": [180, 180],
        "在岗人数": [13, 15],
    }
)


def test_the_rest_must_make_up_for_what_was_lost():
    """手算：(0.8 × 600 − 300) ÷ 200 = 0.9；100 通 180 秒，90% 要 15 人（14 人只有 88.8%）。"""
    result = recovery_staffing(REST, 400, 300)

    assert result.needed == pytest.approx(0.9)
    assert result.table["需要人数"].tolist() == [15, 15]
    assert result.most_short == 2
    assert result.attainable


def test_expected_level_uses_the_golden_values():
    """domain.md 4.1：100 通 180 秒 14 人 SL 0.888350；(300 + 100 × 0.888350 × 2) ÷ 600。"""
    result = recovery_staffing(REST.assign(在岗人数=14), 400, 300)

    assert result.expected == pytest.approx((300 + 200 * 0.888350) / 600, abs=1e-6)


def test_a_lost_day_is_not_chased():
    """手算：(0.8 × 600 − 100) ÷ 200 = 1.9；最多 (100 + 200) ÷ 600 = 50%。"""
    result = recovery_staffing(REST, 400, 100)

    assert not result.attainable
    assert result.best == pytest.approx(0.5)
    assert result.aimed == 0.8
    assert result.table["需要人数"].tolist() == [14, 14]
    assert "已拉不回来（最多 50.0%）" in str(result)


def test_a_safe_day_says_so():
    assert "怎样都够了" in str(recovery_staffing(REST, 10000, 9900))


def test_too_few_people_count_as_no_service_without_patience():
    """10 爱尔兰只有 9 人：Erlang C 队伍无限长，按 0 计；给了耐心就用 Erlang A。"""
    few = REST.assign(在岗人数=9)

    assert recovery_staffing(few, 400, 300).expected == pytest.approx(0.5)
    assert recovery_staffing(few, 400, 300, patience=120).expected > 0.6


@given(st.integers(200, 400))
def test_needed_people_reach_the_goal(served):
    result = recovery_staffing(REST, 400, served)
    goal = result.aimed
    staffed = result.table.assign(平均处理时长=180)[["时段", "预测量", "平均处理时长", "需要人数"]]

    again = recovery_staffing(staffed.rename(columns={"需要人数": "在岗人数"}), 400, served)

    assert (again.table["缺口"] == 0).all()
    assert (again.table["按计划的服务水平"] >= goal - 1e-9).all()
    expected = required_agents([100, 100], 180, service_level=goal).agents
    assert result.table["需要人数"].tolist() == list(expected)


@pytest.mark.parametrize(
    ("rest", "offered", "served", "message"),
    [
        (REST.iloc[:0], 400, 300, "全天已过"),
        (REST, 300, 400, "目标内接起量 400 多于呼入量 300"),
        (REST.assign(预测量=0), 400, 300, "剩余没有来电"),
        (REST.assign(在岗人数=[13, None]), 400, 300, "在岗人数第 2 个（14:30）是空值"),
        (REST.drop(columns="预测量"), 400, 300, "缺少列：预测量"),
    ],
)
def test_recovery_refuses(rest, offered, served, message):
    with pytest.raises(ValueError, match=message):
        recovery_staffing(rest, offered, served)


SLOTS = ["10:00", "10:15", "10:30", "10:45"]


def staffing(seats, need):
    return pd.DataFrame({"时段": SLOTS, "在岗人数": seats, "需求人数": need})


def rests(*places):
    return pd.DataFrame({"工号": [f"A{k}" for k in range(len(places))], "时段": places})


def test_breaks_leave_the_short_slot():
    plan = reallocate_breaks(rests("10:00", "10:15", "10:15"), staffing(10, [8, 10, 7, 7]))

    assert plan.shortage == (2.0, 0.0)
    assert len(plan.moves) == 2
    assert plan.table["新时段"].iloc[0] == "10:00"


def test_past_breaks_stay():
    plan = reallocate_breaks(rests("10:00", "10:15"), staffing(10, [10, 10, 8, 8]), now="10:15")

    assert plan.table["新时段"].tolist() == ["10:00", "10:30"]
    assert "剩下的 1 要靠机动" in str(plan)


def test_windows_of_ones_own_are_kept():
    table = rests("10:15").assign(最早="10:45", 最晚="10:45")

    assert reallocate_breaks(table, staffing(10, [8, 10, 7, 7])).table["新时段"].tolist() == [
        "10:45"
    ]


def test_nothing_to_move_is_said():
    assert "不必调整" in str(reallocate_breaks(rests("10:00"), staffing(10, [5] * 4)))
    assert "减不了" in str(reallocate_breaks(rests("10:00"), staffing(10, [12] * 4)))


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_shortage_is_the_least_of_all_placements(seed):
    """4 次小休、4 个时段，逐一试遍。"""
    rng = np.random.default_rng(seed)
    need = rng.integers(3, 9, 4)
    table = rests(*rng.choice(SLOTS, 4))

    plan = reallocate_breaks(table, staffing(7, need), most_move=3)

    def lack(places):
        return np.maximum(need - 7 + np.bincount(places, minlength=4), 0).sum()

    assert plan.shortage[1] == min(lack(places) for places in product(range(4), repeat=4))
    assert len(plan.table) == 4
    assert plan.slots["新小休"].sum() == 4


def test_one_person_does_not_rest_twice_at_once():
    table = pd.DataFrame({"工号": ["A1", "A1"], "时段": ["10:00", "10:30"]})
    plan = reallocate_breaks(table, staffing(5, [5, 5, 5, 4]))

    assert plan.table["新时段"].nunique() == 2


@pytest.mark.parametrize(
    ("breaks", "day", "options", "message"),
    [
        (rests("11:00"), staffing(5, 4), {}, "A0 的小休是 '11:00'"),
        (rests("10:00"), staffing(5, 4), {"now": "9点"}, "now是 '9点'"),
        (rests("10:00", "10:00"), staffing(1, 1), {}, "有 2 次小休，而在岗只有 1 人"),
        (rests("10:00", "10:00").assign(工号="A1"), staffing(5, 4), {}, "在 10:00 有两次小休"),
        (rests("10:00").assign(最早="10:30", 最晚="10:15"), staffing(5, 4), {}, "最早晚于最晚"),
        (rests("10:00"), staffing(5, -1), {}, "需求人数第 1 个（10:00）是 -1"),
        (rests("10:00"), staffing(5, 4).assign(时段="10:00"), {}, "10:00 出现两次"),
        (rests("10:00"), staffing(5, 4), {"most_move": -1}, "most_move 是 -1"),
        (
            rests("10:00", "10:15").assign(工号="A1", 最早="10:30", 最晚="10:30"),
            staffing(5, 4),
            {},
            "放不下全部小休",
        ),
    ],
)
def test_breaks_refuse(breaks, day, options, message):
    with pytest.raises(ValueError, match=message):
        reallocate_breaks(breaks, day, **options)


def test_results_draw_on_the_axes_they_are_given():
    import matplotlib.pyplot as plt

    for result in (
        incident_level(affected=0.4),
        incident_level(load=1.0),
        recovery_staffing(REST, 400, 300),
        reallocate_breaks(rests("10:00", "10:15"), staffing(10, [8, 10, 7, 7])),
    ):
        _, ax = plt.subplots()
        assert result.plot(ax) is ax
        assert ax.get_title()
