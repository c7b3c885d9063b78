"""判异规则：每条都在该响的那一点响，别处不响。"""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccomlib.control_chart import RULE_SETS, Rule, rule_set, run_length, special_causes
from ccomlib.control_chart.chart import FALSE_ALARM


def hits(values, rules="68135", center=0, sigma=1):
    """（从 0 数的位置，代号，方向）。"""
    table = special_causes(values, center, sigma, rules=rules).signals
    return [(row.序号 - 1, row.规则, row.方向) for row in table.itertuples()]


@pytest.mark.parametrize(
    ("rule", "values", "expected"),
    [
        ("1", [0, 0, 3.0], []),
        ("1", [0, 0, 3.01], [(2, "1", "上")]),
        ("1", [0, 0, -3.01], [(2, "1", "下")]),
        ("6", [1, 2, 3, 4, 5], []),
        ("6", [1, 2, 3, 4, 5, 6], [(5, "6", "升")]),
        ("6", [6, 5, 4, 3, 2, 1, 0], [(5, "6", "降"), (6, "6", "降")]),
        ("6", [1, 2, 3, 3, 4, 5, 6], []),
        ("8", [0.1] * 8, [(7, "8", "上")]),
        ("8", [0.1] * 7 + [0], []),
        ("8", [0.1] * 4 + [0] + [0.1] * 4, []),
        ("8", [-0.1] * 9, [(7, "8", "下"), (8, "8", "下")]),
        ("3", [2.1, 0, 2.1], [(2, "3", "上")]),
        ("3", [2.1, 0, -2.1], []),
        ("3", [2.5, 2.5], []),
        ("3", [0, 2.5, 2.5], [(2, "3", "上")]),
        ("3", [2.5, 2.5, 2.5], [(2, "3", "上")]),
        ("3", [-2.5, -2.5, 0, -2.5], [(3, "3", "下")]),
        ("3", [2.1, 2.1, 0], []),
        ("3", [2.0, 0, 2.0], []),
        ("5", [1.1, 1.2, -0.5, 1.3, 1.4], [(4, "5", "上")]),
        ("5", [1.5] * 4, []),
        ("5", [0] + [1.5] * 4, [(4, "5", "上")]),
        ("5", [-1.5] * 5, [(4, "5", "下")]),
        ("5", [1.1, 1.2, 1.3, 1.4, -0.5], []),
        ("5", [-0.5, 1.1, 1.2, 1.3, 1.4, -0.5], [(4, "5", "上")]),
        ("5", [1.0, 1.0, 1.0, 1.0, 1.0], []),
    ],
)
def test_each_rule_flags_the_point_that_completes_it(rule, values, expected):
    """domain.md 2.1 的测试向量，加上正好在线上、相等、断开、窗口还不全的情形。

    窗口不全不判、最后一点自己要在区域里，与 R 的 qcc 3.0（qccRulesViolatingWER2、WER3）相同。
    """
    assert hits(values, rule) == expected


@pytest.mark.parametrize(
    ("rule", "values", "expected"),
    [
        (Rule("alternating", 5), [1, 2, 1, 2, 1], [(4, "5", "")]),
        (Rule("alternating", 5), [1, 2, 1, 1, 2, 1, 2], []),
        (Rule("hugging", 3), [0.5, -0.9, 0.1, 1.0], [(2, "3", "")]),
        (Rule("mixture", 3), [1.5, -1.2, 1.1, 1.0], [(2, "3", "")]),
        (Rule("zone", 3, 4, 1.5), [1.6, 0, 1.7, 1.8], [(3, "4", "上")]),
        (Rule("beyond", sigma=2), [2, 2.1, -2.1], [(1, "1", "上"), (2, "1", "下")]),
        (Rule("run", 3, label="同侧"), [1, 1, 1], [(2, "同侧", "上")]),
    ],
)
def test_a_rule_of_ones_own_is_judged_by_its_parameters(rule, values, expected):
    assert hits(values, rule) == expected


def test_one_point_can_hit_several_rules_on_several_sides():
    """第 6 点既是升到头，又超出 3σ，又是 3 点中的 2 点、5 点中的 4 点。"""
    found = hits([0.5, 1.1, 1.6, 2.1, 2.6, 3.1])

    assert [rule for place, rule, _ in found if place == 5] == ["6", "1", "3", "5"]


def test_zones_use_each_points_own_sigma():
    """同样高的两点，σ 大的那点在界限以内。"""
    assert hits([4, 4], "1", sigma=[1, 2]) == [(0, "1", "上")]
    assert hits([2.2, 0, 2.2], "3", sigma=[1, 1, 1.2]) == []


def test_values_equal_up_to_rounding_count_as_ties():
    """0.1 + 0.2 与 0.3 只差浮点误差，不算上升。"""
    rising = [0.1, 0.2, 0.3, 0.1 + 0.2, 0.4, 0.5]

    assert hits(rising, Rule("trend", 4)) == []


def plain_rules(z):
    """一条一条照定义写的 6、8、1、3、5。"""
    found = []
    for i, one in enumerate(z):
        last = z[max(0, i - 5) : i + 1]
        steps = [b - a for a, b in pairwise(last)]
        if len(steps) == 5:
            found += [(i, "6", "升")] * all(s > 0 for s in steps)
            found += [(i, "6", "降")] * all(s < 0 for s in steps)
        for side, sign in (("上", 1), ("下", -1)):
            turned = [sign * v for v in z[: i + 1]]
            if len(turned) >= 8 and all(v > 0 for v in turned[-8:]):
                found.append((i, "8", side))
            if sign * one > 3:
                found.append((i, "1", side))
            for limit, points, of, label in ((2, 2, 3, "3"), (1, 4, 5, "5")):
                inside = sum(v > limit for v in turned[-of:])
                if len(turned) >= of and turned[-1] > limit and inside >= points:
                    found.append((i, label, side))
    return sorted(found)


@given(st.lists(st.integers(-7, 7), min_size=1, max_size=60))
def test_vectorised_rules_equal_the_definition_point_by_point(halves):
    z = [half / 2 for half in halves]

    assert sorted(hits(z)) == plain_rules(z)


@given(
    st.lists(st.integers(-40, 40), min_size=1, max_size=40),
    st.integers(1, 50),
    st.integers(-100, 100),
)
def test_units_do_not_change_the_signals(tenths, scale, move):
    z = np.array(tenths) / 10
    moved = hits(z * scale + move, center=move, sigma=scale)

    assert moved == hits(z)


@given(st.lists(st.integers(-40, 40), min_size=1, max_size=40))
def test_turning_the_chart_over_swaps_the_sides(tenths):
    swap = {"上": "下", "下": "上", "升": "降", "降": "升"}
    z = np.array(tenths) / 10

    assert sorted(hits(-z)) == sorted((i, rule, swap[side]) for i, rule, side in hits(z))


@given(st.lists(st.integers(-40, 40), min_size=2, max_size=40), st.integers(1, 39))
def test_later_points_never_change_earlier_signals(tenths, cut):
    z = np.array(tenths) / 10

    assert hits(z[:cut]) == [one for one in hits(z) if one[0] < cut]


def test_named_sets_hold_the_published_rules():
    """Western Electric 用 8 点而没有趋势；Nelson 与 Minitab 用 9 点；计数图只有前四条。"""
    labels = {name: [rule.label for rule in rules] for name, rules in RULE_SETS.items()}

    assert labels["68135"] == ["6", "8", "1", "3", "5"]
    assert labels["western_electric"] == ["1", "3", "5", "8"]
    assert labels["nelson"] == ["1", "9", "6", "14", "3", "5", "15", "8"]
    assert labels["minitab"] == labels["nelson"]
    assert labels["minitab_attribute"] == ["1", "9", "6", "14"]
    assert labels["minitab_default"] == ["1"]


def test_a_named_set_can_be_changed_and_shortened():
    assert [rule.points for rule in rule_set("68135", trend=7, run=9)] == [7, 9, 1, 2, 4]
    assert [rule.label for rule in rule_set("31")] == ["1", "3"]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Rule("drift"), "没有规则 'drift'；有：beyond"),
        (lambda: Rule("run", 1), "应是整数，2 ≤ points"),
        (lambda: Rule("zone", 4, 3), "3 点中的 4 点"),
        (lambda: Rule("run", 8, 9), "规则 run 不用 of"),
        (lambda: Rule("beyond", 2), "规则 beyond 只看 1 点"),
        (lambda: Rule("beyond", sigma=0), "sigma 是 0，应大于 0"),
        (lambda: rule_set("iso"), "没有规则集 'iso'；有：68135"),
        (lambda: rule_set("68135", zone=3), "不能这样改 zone"),
        (lambda: rule_set("western_electric", trend=7), "不能这样改 trend"),
        (lambda: special_causes([0], 0, 1, rules=[]), "rules 应是规则集的名字"),
        (
            lambda: special_causes([0], 0, 1, rules=[Rule("run", 8), Rule("mixture", 8)]),
            "两条规则的代号都是 8：请用 label=",
        ),
        (lambda: special_causes([0, 1], 0, [1, 0]), "sigma 第 2 个是 0，应大于 0"),
        (lambda: special_causes([0, 1], [0], 1), "数值有 2 个，center有 1 个"),
        (lambda: special_causes([0, None], 0, 1), "数值第 2 个是空值"),
        (lambda: special_causes([], 0, 1), "数值是空的"),
        (lambda: run_length(runs=5), "runs 是 5"),
        (lambda: run_length(Rule("run", 60), runs=10), "十万点|100000 点还没有信号"),
    ],
)
def test_bad_rules_and_data_are_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_average_run_length_of_one_rule_is_known_exactly():
    """1 ÷ 2Φ(−3) = 370.4；移动 2σ 时 1 ÷ (Φ(−1) + Φ(−5)) = 6.30。"""
    calm, moved = run_length("1", runs=4000), run_length("1", shift=2, runs=4000)

    assert abs(calm.mean - 370.4) < 4 * calm.standard_error
    assert abs(moved.mean - 6.30) < 4 * moved.standard_error


@pytest.mark.parametrize(("shift", "published"), [(0, 91.75), (1, 9.22)])
def test_western_electric_run_length_agrees_with_champ_and_woodall(shift, published):
    """Champ & Woodall (1987)：规则 1、2/3、4/5、8 一起用，ARL 91.75（δ = 0）、9.22（δ = 1）。"""
    found = run_length("western_electric", shift, runs=4000)

    assert abs(found.mean - published) < 4 * found.standard_error


@pytest.mark.parametrize("name", FALSE_ALARM)
def test_the_false_alarms_told_in_the_sentence_are_simulated(name):
    found = run_length(name, runs=4000, seed=7)

    assert abs(found.mean - FALSE_ALARM[name]) < 4 * found.standard_error


def test_trend_rule_costs_false_alarms_and_buys_little():
    """domain.md 2.1 的教学点：加上趋势，误报多了，1.5σ 的移动并不早发现。"""
    five, four = run_length("68135", runs=4000), run_length("western_electric", runs=4000)
    late = [run_length(name, 1.5, runs=2000).mean for name in ("68135", "western_electric")]

    assert five.mean < four.mean - 4 * five.standard_error
    assert math.isclose(*late, rel_tol=0.08)


def test_run_length_shows_table_chart_and_sentence():
    found = run_length(shift=1, runs=200)

    assert found.summary()["指标"].tolist() == ["平均", "10% 分位", "50% 分位", "90% 分位"]
    assert found.plot().get_title() == "均值移动 1σ：第一个信号在第几点"
    assert "均值移动 1σ 后，规则 6、8、1、3、5 平均第" in str(found)
    assert "误报一次" in str(run_length(runs=200))
