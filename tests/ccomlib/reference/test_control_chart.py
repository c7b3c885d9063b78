"""控制图的外部参照：qcc 的测试向量、NIST 手册的例子、逐点照定义数的一遍。"""

from itertools import product

import numpy as np
import pytest
from scipy.stats import norm

from ccomlib import capability
from ccomlib.control_chart import Rule, c_chart, p_chart, rule_set, run_length, special_causes, xmr

RUN = [2.5] * 7 + [3.2]


def places(values, rules):
    """有信号的点，从 1 数，同 R。"""
    return sorted(set(special_causes(values, 0, 1, rules=rules).signals["序号"]))


@pytest.mark.parametrize(
    ("rules", "values", "expected"),
    [
        # qcc 3.0 的 test-rules.R：WER1、WER2、WER3、WER4
        ("1", [0, 3.2, -3.5, 2.9], [2, 3]),
        ("3", [0, 2.5, 1.0, 2.6, 0], [4]),
        ("5", [0, 1.2, 1.3, 0.2, 1.4, 1.5], [6]),
        ("8", [-1] * 8 + [1], [8]),
        ("8", RUN, [8]),
        ("5", RUN, [5, 6, 7, 8]),
        ("3", RUN, [3, 4, 5, 6, 7, 8]),
        ("1", RUN, [8]),
        # 同上：NEL2（9 点）、NEL3、NEL4、NEL5、NEL6、NEL7
        (Rule("run", 9), [0.5] * 10 + [-0.5] * 10, [9, 10, 19, 20]),
        ("6", [1, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2, 1], [6, 7, 13, 14]),
        (Rule("alternating"), [1, 3, 2, 4, 3, 5, 4, 6, 5, 7, 6, 8, 7, 9, 8], [14, 15]),
        ("3", [0, 2.3, 0.4, 2.2, -2.4, -0.2, -2.5], [4, 7]),
        ("5", [1.2, 1.3, 0.2, 1.4, 1.5, -1.2, -1.3, -0.1, -1.4, -1.5], [5, 10]),
        (Rule("hugging"), [0.3] * 16 + [1.2], [15, 16]),
    ],
)
def test_the_same_points_as_qcc(rules, values, expected):
    assert places(values, rules) == expected


@pytest.mark.parametrize(
    ("rules", "window", "value"), [("1", 1, 3.5), ("3", 3, 2.5), ("5", 5, 1.5), ("8", 8, 0.5)]
)
def test_a_rule_speaks_first_when_its_window_is_full(rules, window, value):
    """窗口差一点不响，刚满就响；两侧都是。"""
    for sign in (1, -1):
        assert places([sign * value] * (window - 1) + [0], rules) == []
        assert places([sign * value] * window, rules) == [window]


def test_a_trend_speaks_first_at_its_sixth_point():
    assert places([0.1, 0.2, 0.3, 0.4, 0.5], "6") == []
    assert places([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], "6") == [6]


def test_the_shortest_run_of_each_rule_is_its_window():
    """移动 4σ：每条规则最早也要等窗口满。"""
    shortest = {
        rule.label: run_length(rule, 4, runs=500).lengths.min()
        for rule in rule_set("68135")
        if rule.kind != "trend"
    }

    assert shortest == {"8": 8, "1": 1, "3": 3, "5": 5}


def exact_mean(points, of, edge, shift):
    """平均运行长度：记住最近 of − 1 点各在哪一区的马尔可夫链。"""
    up, down = norm.sf(edge - shift), norm.cdf(-edge - shift)
    chance = {1: up, -1: down, 0: 1 - up - down}
    states = {(): 1.0}
    mean, step = 0.0, 0
    while (alive := sum(states.values())) > 1e-12:
        mean, step, after = mean + alive, step + 1, {}
        for past, weight in states.items():
            for side, one in chance.items():
                seen = (*past, side)
                if side and step >= of and seen.count(side) >= points:
                    continue
                kept = seen[-(of - 1) :]
                after[kept] = after.get(kept, 0) + weight * one
        states = after
    return mean


@pytest.mark.parametrize(
    ("rule", "shift"), [("3", 1.0), ("3", 2.0), ("5", 0.5), ("5", 1.5)], ids=str
)
def test_zone_rules_run_as_long_as_the_markov_chain_says(rule, shift):
    points, of, edge = {"3": (2, 3, 2), "5": (4, 5, 1)}[rule]
    found = run_length(rule, shift, runs=6000)

    assert abs(found.mean - exact_mean(points, of, edge, shift)) < 4 * found.standard_error


def test_every_short_series_is_judged_as_by_hand():
    """z 取 −2.5、−1.5、0、1.5、2.5 的所有 5 点序列，逐点照定义数。"""
    for z in product((-2.5, -1.5, 0, 1.5, 2.5), repeat=5):
        by_hand = {
            end
            for end in (3, 4, 5)
            for sign in (1, -1)
            if sign * z[end - 1] > 2 and sum(sign * one > 2 for one in z[end - 3 : end]) >= 2
        }
        by_hand |= {
            5 for sign in (1, -1) if sign * z[4] > 1 and sum(sign * one > 1 for one in z) >= 4
        }

        assert places(z, "35") == sorted(by_hand), z


FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
WAFERS = [
    16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13,
]  # fmt: skip
CHIPS = [
    12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7,
    13, 9, 6,
]  # fmt: skip


@pytest.mark.parametrize(
    ("chart", "center", "upper", "lower"),
    [
        # NIST/SEMATECH e-Handbook 6.3.2.2（流量）、6.3.3.1（晶圆缺陷）、6.3.3.2（每 50 片不良）
        (lambda: xmr(FLOW), 50.81, 55.8041, 45.8159),
        (lambda: c_chart(WAFERS), 16, 28, 4),
        (lambda: p_chart(CHIPS, 50), 0.2313, 0.4102, 0.0524),
    ],
    ids=["6.3.2.2", "6.3.3.1", "6.3.3.2"],
)
def test_limits_of_the_nist_handbook(chart, center, upper, lower):
    """手册取 d2 = 1.128、四位小数。"""
    found = chart()

    assert found.limits.center == pytest.approx(center, abs=5e-5)
    assert found.upper.iloc[0] == pytest.approx(upper, rel=1e-4)
    assert found.lower.iloc[0] == pytest.approx(lower, rel=1e-3)


def test_capability_of_the_nist_handbook():
    """6.1.6：下限 8、上限 20、平均 16、σ = 2：Cp = 1.0，Cpk = 0.6667。"""
    values = 16 + 2 * norm.ppf((np.arange(1, 201) - 0.5) / 200)
    values = 16 + (values - values.mean()) * 2 / values.std(ddof=1)
    order = np.random.default_rng(3).permutation(200)
    found = capability.capability(values[order], 8, 20)

    assert found.pp == pytest.approx(1.0)
    assert found.ppk == pytest.approx(2 / 3)
