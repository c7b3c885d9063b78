"""ccomlib.erlang：对得上发表值、逐状态求解与模拟；单调、极限、报错各守一条。"""

import heapq

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccomlib import erlang
from ccomlib.erlang.formulas import inverse_b, inverse_b_whole

# ---------------------------------------------------------------- Erlang B 与 C


@pytest.mark.parametrize(
    ("agents", "load", "blocking"),
    [(10, 5, 0.01838), (1, 1, 0.5), (2, 1, 0.2), (5, 1.36, 0.0100), (10, 4.46, 0.0100)],
)
def test_erlang_b_matches_published_tables(agents, load, blocking):
    """通用 Erlang B 表；1 线 1 爱尔兰为 1/2，2 线 1 爱尔兰为 (1/2)/(1+1+1/2) = 1/5。"""
    assert erlang.erlang_b(agents, load) == pytest.approx(blocking, abs=5e-5)


@pytest.mark.parametrize("agents", [1, 7, 40, 200, 1000])
@pytest.mark.parametrize("ratio", [0.3, 0.8, 0.97, 1.0, 1.03, 1.5, 10])
def test_erlang_b_equals_the_textbook_recursion(agents, ratio):
    """独立计算：1/B_k = 1 + k/(a·B_{k−1})。"""
    load, inverse = agents * ratio, 1.0
    for k in range(1, agents + 1):
        inverse = 1 + inverse * k / load

    assert erlang.erlang_b(agents, load) == pytest.approx(1 / inverse, rel=1e-11)


def test_whole_agents_by_recursion_equal_the_gamma_function():
    """两条路算同一个数：逐人递推与不完全伽马函数；人数乱序、有重复。"""
    rng = np.random.default_rng(5)
    load = rng.uniform(0.5, 390, 500)
    n = np.floor(load) + rng.integers(1, 10, 500)

    assert inverse_b_whole(n, load) == pytest.approx(inverse_b(n, load), rel=1e-11)


def test_a_very_low_occupancy_cap_is_met():
    """话务量 4、占用率至多 1%：400 人。"""
    assert erlang.required_agents([40], [180], max_occupancy=0.01).agents.tolist() == [400]


def test_erlang_b_of_no_load_and_of_no_agents():
    assert erlang.erlang_b([0, 3, 0], [2.0, 0.0, 0.0]).tolist() == [1.0, 0.0, 1.0]


def test_erlang_c_is_one_when_overloaded():
    assert erlang.erlang_c([9, 10, 11], 10)[:2].tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    ("calls", "aht", "interval", "agents", "golden"),
    [
        (100, 180, 1800, 14, (0.174132, 0.888350, 7.836, 0.7143, 0.795595)),
        (200, 240, 1800, 32, (0.236264, 0.848512, 10.632, 0.8333, 0.776600)),
        (360, 240, 3600, 29, (0.242274, 0.840283, 11.629, 0.8276, 0.761296)),
    ],
)
def test_erlang_c_sizing_matches_the_golden_values(calls, aht, interval, agents, golden):
    """domain.md 4.1 的三行：80/20 的最少人数、C、SL、ASA、占用率、少一人的 SL。"""
    staffing = erlang.required_agents(calls, aht, interval=interval)
    now = staffing.performance
    wait, level, asa, occupancy, fewer = golden

    assert staffing.agents == agents
    assert now.wait_probability == pytest.approx(wait, abs=1e-6)
    assert now.service_level == pytest.approx(level, abs=1e-6)
    assert now.asa == pytest.approx(asa, abs=1e-3)
    assert now.occupancy == pytest.approx(occupancy, abs=1e-4)
    assert staffing.one_fewer.service_level == pytest.approx(fewer, abs=1e-6)


def test_offered_load_is_calls_times_hours():
    """360 通/小时 × 200 秒 = 72000 秒 ÷ 3600 = 20 爱尔兰。"""
    assert erlang.offered_load(360, 200, interval=3600) == 20


# ---------------------------------------------------------------- Erlang A


@pytest.mark.parametrize(
    ("agents", "abandonment", "mean_wait", "wait", "occupancy"),
    [
        (11, 0.09416, 11.30, 0.38282, 0.8235),
        (12, 0.06160, 7.39, 0.27981, 0.7820),
        (14, 0.02284, 2.741, 0.12698, 0.6980),
    ],
)
def test_erlang_a_matches_the_golden_values(agents, abandonment, mean_wait, wait, occupancy):
    """domain.md 4.1：100 通/30 分钟、AHT 180 秒、平均耐心 120 秒。"""
    found = erlang.performance(100, 180, agents, patience=120)

    assert found.abandonment == pytest.approx(abandonment, abs=1e-5)
    assert found.mean_wait == pytest.approx(mean_wait, abs=5e-3)
    assert found.wait_probability == pytest.approx(wait, abs=1e-5)
    assert found.occupancy == pytest.approx(occupancy, abs=1e-4)


def test_erlang_a_matches_the_value_checked_against_a_faulty_library():
    """facts.md 第 4 部分：300 人、305 爱尔兰、AHT 60 秒、耐心 300 秒、目标 120 秒，0.97697。"""
    found = erlang.performance(305, 60, 300, interval=60, target=120, patience=300)

    assert found.service_level == pytest.approx(0.97697, abs=5e-6)


def chain(agents, load, aht, patience):
    """独立计算：对数空间里的生灭链，逐状态求和。"""
    mu, theta = 1 / aht, 1 / patience
    rate = load * mu
    top = int(agents + max(0, (rate - agents * mu) / theta) + 60 * np.sqrt(rate / theta) + 2000)
    k = np.arange(1, top + 1)
    death = np.minimum(k, agents) * mu + np.maximum(k - agents, 0) * theta
    log_p = np.concatenate([[0], np.cumsum(np.log(rate) - np.log(death))])
    p = np.exp(log_p - log_p.max())
    queue = (p / p.sum())[agents:]
    ahead = np.arange(queue.size)
    abandonment = theta * (ahead * queue).sum() / rate
    drain = agents * mu + (ahead + 1) * theta
    served_wait = (queue * agents * mu / drain * np.cumsum(1 / drain)).sum()
    return queue.sum(), abandonment, served_wait / (1 - abandonment)


@pytest.mark.parametrize(
    ("agents", "load", "aht", "patience"),
    [
        (1, 0.01, 180, 120),
        (1, 50, 180, 5),
        (5, 200, 180, 36_000),
        (30, 40, 300, 36_000),
        (50, 20, 600, 3_600),
        (500, 1500, 180, 30),
        (1000, 500, 180, 36_000),
        (1000, 900, 60, 36_000),
        (1000, 990, 60, 36_000),
        (1000, 997, 60, 36_000),
        (1000, 1000, 180, 60),
        (1000, 1000, 180, 36_000),
        (1000, 1020, 60, 36_000),
        (1000, 1300, 180, 1),
    ],
)
def test_erlang_a_equals_the_birth_death_chain(agents, load, aht, patience):
    """到 1000 人、10 小时耐心、欠载与过载，相对误差不超过 1e-10。"""
    found = erlang.performance(load, aht, agents, interval=aht, patience=patience)

    got = found.wait_probability, found.abandonment, found.asa
    assert got == pytest.approx(chain(agents, load, aht, patience), rel=1e-10)
    assert found.mean_wait == pytest.approx(found.abandonment * patience)


@pytest.fixture(scope="module")
def simulated():
    """独立计算：40 万通来电逐通模拟，先到先接，11 人、λ=1/18、AHT 180、耐心 120、目标 20。"""
    rng = np.random.default_rng(2019)
    size = 400_000
    arrival = np.cumsum(rng.exponential(18, size))
    service, patience = rng.exponential(180, size), rng.exponential(120, size)
    free, offered_wait = [0.0] * 11, np.empty(size)
    for i in range(size):
        offered_wait[i] = max(0.0, free[0] - arrival[i])
        if offered_wait[i] <= patience[i]:
            heapq.heapreplace(free, arrival[i] + offered_wait[i] + service[i])
    return offered_wait, patience


def test_erlang_a_agrees_with_a_simulation(simulated):
    offered_wait, patience = simulated
    found = erlang.performance(100, 180, 11, patience=120)
    answered = offered_wait <= patience

    assert found.wait_probability == pytest.approx((offered_wait > 0).mean(), abs=0.006)
    assert found.abandonment == pytest.approx(1 - answered.mean(), abs=0.003)
    assert found.asa == pytest.approx(offered_wait[answered].mean(), abs=0.2)
    assert found.mean_wait == pytest.approx(np.minimum(offered_wait, patience).mean(), abs=0.2)


@pytest.mark.parametrize("definition", erlang.DEFINITIONS)
def test_each_service_level_definition_agrees_with_a_simulation(simulated, definition):
    offered_wait, patience = simulated
    answered = offered_wait <= patience
    in_time = (answered & (offered_wait <= 20)).sum()
    short = (~answered & (patience <= 20)).sum()
    counted = {
        "of_offered": in_time / answered.size,
        "of_answered": in_time / answered.sum(),
        "excluding_short_abandons": in_time / (answered.size - short),
        "wait_within": (offered_wait <= 20).mean(),
    }

    found = erlang.performance(100, 180, 11, patience=120, definition=definition)

    assert found.service_level == pytest.approx(counted[definition], abs=0.006)


@pytest.mark.parametrize("definition", erlang.DEFINITIONS)
def test_definitions_coincide_under_erlang_c(definition):
    assert erlang.performance(100, 180, 14, definition=definition).service_level == pytest.approx(
        0.888350, abs=1e-6
    )


def test_endless_patience_gives_erlang_c():
    """耐心十万小时，与 Erlang C 相差不到百万分之一。"""
    a = erlang.performance(100, 180, 14, patience=3.6e8)
    c = erlang.performance(100, 180, 14)

    assert a.service_level == pytest.approx(c.service_level, rel=1e-6)
    assert a.asa == pytest.approx(c.asa, rel=1e-5)


def test_no_patience_gives_erlang_b():
    """一等就走：放弃率就是 Erlang B 的遇忙概率。"""
    found = erlang.performance(100, 180, 11, patience=1e-6)

    assert found.abandonment == pytest.approx(erlang.erlang_b(11, 10), rel=1e-5)


@settings(max_examples=150, deadline=None)
@given(
    calls=st.floats(0.1, 3000),
    aht=st.floats(20, 1200),
    agents=st.integers(1, 400),
    patience=st.floats(1, 36_000),
    target=st.floats(0, 300),
    definition=st.sampled_from(sorted(erlang.DEFINITIONS)),
)
def test_one_more_agent_never_hurts(calls, aht, agents, patience, target, definition):
    found = erlang.performance(
        calls, aht, [agents, agents + 1], patience=patience, target=target, definition=definition
    )

    assert np.diff(found.service_level)[0] >= -1e-9
    assert np.diff(found.abandonment)[0] <= 1e-9
    assert np.diff(found.occupancy)[0] <= 1e-9
    assert ((found.service_level >= 0) & (found.service_level <= 1)).all()
    assert np.isfinite(found.asa).all()


@settings(max_examples=60, deadline=None)
@given(calls=st.floats(0.1, 3000), agents=st.integers(1, 300), patience=st.floats(1, 36_000))
def test_what_comes_in_is_answered_or_abandoned(calls, agents, patience):
    """流量守恒：占用率 × 人数 = 话务量 × (1 − 放弃率)。"""
    found = erlang.performance(calls, 200, agents, patience=patience)

    carried = found.load * (1 - found.abandonment)
    assert found.occupancy * agents == pytest.approx(carried, rel=1e-9, abs=1e-9)


def test_rows_without_calls_or_without_agents():
    """没有来电：服务水平 1；没有人：全部放弃，平均等满自己的耐心。"""
    found = erlang.performance([0, 50, 0], 180, [5, 0, 0], patience=120)

    assert found.service_level.tolist() == [1, 0, 1]
    assert found.abandonment.tolist() == [0, 1, 0]
    assert found.occupancy.tolist() == [0, 0, 0]
    assert found.mean_wait.tolist() == [0, 120, 0]
    assert found.asa.tolist() == [0, np.inf, 0]


def test_array_rows_equal_scalar_calls():
    calls, agents = [3, 100, 900], [1, 12, 95]
    table = erlang.performance(calls, 180, agents, patience=90)

    one_by_one = [
        erlang.performance(c, 180, n, patience=90).service_level
        for c, n in zip(calls, agents, strict=True)
    ]
    assert table.service_level.tolist() == pytest.approx(one_by_one, rel=1e-12)


# ---------------------------------------------------------------- 要几个人


def scan(calls, aht, **goal):
    """独立计算：从 0 人起逐个试。"""
    for agents in range(2000):
        if calls and "patience" not in goal and agents <= calls * aht / 1800:
            continue
        options = {k: goal[k] for k in ("patience", "target", "definition") if k in goal}
        found = erlang.performance(calls, aht, agents, **options)
        if (
            found.service_level >= goal.get("service_level", 0.8)
            and found.occupancy <= goal.get("max_occupancy", 1)
            and found.asa <= goal.get("max_asa", np.inf)
            and found.abandonment <= goal.get("max_abandonment", 1)
        ):
            return agents
    raise AssertionError


@pytest.mark.parametrize(
    "goal",
    [
        {},
        {"service_level": 0.95, "target": 5},
        {"max_occupancy": 0.85},
        {"max_asa": 3.0},
        {"patience": 60},
        {"patience": 600, "max_abandonment": 0.01},
        {"patience": 120, "max_occupancy": 0.8, "max_asa": 2.0},
        {"patience": 30, "service_level": 0.9, "target": 60, "definition": "of_answered"},
        {"patience": 5, "service_level": 0.9, "target": 120},
    ],
)
def test_sizing_equals_trying_one_by_one(goal):
    calls = [0, 0.5, 3, 40, 100, 333]

    found = erlang.required_agents(calls, 200, **goal).agents.tolist()

    assert found == [scan(c, 200, **goal) for c in calls]


def test_sizing_does_not_skip_the_true_minimum():
    """facts.md：6 通/30 分钟、AHT 180 秒、50% 在 120 秒内，1 人就够（有的程序库说 2 人）。"""
    assert erlang.required_agents(6, 180, service_level=0.5, target=120).agents == 1


def test_occupancy_limit_at_an_exact_ratio_needs_no_extra_agent():
    """17 爱尔兰、上限 85%：17 ÷ 20 恰为 0.85，20 人即可。"""
    found = erlang.required_agents(170, 180, service_level=0, max_occupancy=0.85)

    assert found.agents == 20


@pytest.mark.parametrize(("agents", "shrinkage", "paid"), [(21, 0.30, 30), (33, 0.34, 50)])
def test_scheduled_heads_survive_floating_point(agents, shrinkage, paid):
    """21 ÷ 0.7 = 30、33 ÷ 0.66 = 50，不因浮点误差进成 31、51。"""
    calls = (agents - 0.5) * 10
    found = erlang.required_agents(calls, 180, service_level=0, shrinkage=shrinkage)

    assert (found.agents, found.scheduled) == (agents, paid)


@pytest.mark.parametrize("patience", [None, 90])
def test_fractional_need_meets_the_goal_exactly(patience):
    """小数人数处服务水平恰为 80%，并落在 (N−1, N] 内。"""
    found = erlang.required_agents([20, 100, 500], 240, patience=patience)

    at_root = erlang.performance([20, 100, 500], 240, found.fractional, patience=patience)
    assert at_root.service_level == pytest.approx([0.8] * 3, abs=1e-7)
    assert (np.ceil(found.fractional - 1e-9) == found.agents).all()


def test_one_fewer_in_overload_is_reported_as_hopeless():
    """10.5 爱尔兰、占用率不限、服务水平 1%：11 人；10 人时队伍无限变长。"""
    found = erlang.required_agents(105, 180, service_level=0.01)

    assert found.agents == 11
    assert found.one_fewer.service_level == 0
    assert found.one_fewer.asa == np.inf
    assert "队伍无限变长" in str(found)


def test_no_calls_need_nobody():
    found = erlang.required_agents(0, 180, shrinkage=0.3)

    assert (found.agents, found.scheduled, found.fractional) == (0, 0, 0)
    assert str(found) == "没有来电，不需要人。"


def test_large_centres_are_sized_without_overflow():
    """2000 爱尔兰：平方根法则 a + β√a，β 介于 0 与 1。"""
    found = erlang.required_agents(20_000, 180)

    assert 2000 < found.agents < 2000 + np.sqrt(2000)


# ---------------------------------------------------------------- 耐心


def test_patience_is_total_wait_over_abandons():
    """手算：(10+0+30+20+60) ÷ 2 = 60 秒。"""
    found = erlang.estimate_patience([10, 0, 30, 20, 60], [False, False, True, False, True])

    assert (found.mean, found.calls, found.abandons) == (60, 5, 2)


def test_patience_interval_matches_the_chi_square_table():
    """χ²(4) 的 2.5%、97.5% 分位数为 0.4844、11.143：240/0.4844 = 495.5，240/11.143 = 21.54。"""
    found = erlang.estimate_patience([10, 0, 30, 20, 60], [0, 0, 1, 0, 1])

    assert found.low == pytest.approx(21.54, abs=0.01)
    assert found.high == pytest.approx(495.5, abs=0.1)


def test_patience_is_recovered_from_a_simulated_queue(simulated):
    """模拟里真实的平均耐心是 120 秒。"""
    offered_wait, patience = simulated

    found = erlang.estimate_patience(np.minimum(offered_wait, patience), offered_wait > patience)

    assert found.low < 120 < found.high
    assert found.mean == pytest.approx(120, rel=0.02)


# ---------------------------------------------------------------- 读与画


def test_sentence_names_goal_heads_and_assumption():
    sentence = str(erlang.required_agents(100, 180, shrinkage=0.3))

    assert "需要 14 人同时在线，算上 30% 损耗应排 20 人" in sentence
    assert "少一人则只有 79.6%" in sentence
    assert "假设没有人放弃" in sentence


def test_series_labels_reach_table_sentence_and_error():
    calls = pd.Series([30, 100], ["08:30", "09:00"])

    found = erlang.required_agents(calls, 180)

    assert found.summary().index.tolist() == ["08:30", "09:00"]
    assert "最忙的 09:00 要 14 人" in str(found)
    with pytest.raises(ValueError, match=r"第 2 个时段（09:00）人数（agents）10 .*至少 11 人"):
        erlang.performance(calls, 180, 10)


@pytest.mark.parametrize(
    "result",
    [
        erlang.performance(100, 180, 14),
        erlang.performance([100, 0, 50], 180, 14, patience=60),
        erlang.required_agents(100, 180),
        erlang.required_agents(0, 180),
        erlang.required_agents([100, 0, 50], 180, patience=60, max_abandonment=0.05),
        erlang.service_curve(100, 180, range(9, 20)),
        erlang.estimate_patience([10, 0, 30], [0, 0, 1]),
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


def test_service_curve_marks_overload_and_falls_in_occupancy():
    found = erlang.service_curve(100, 180, [9, 10, 11, 14]).performance

    assert found.service_level[:2].tolist() == [0, 0]
    assert found.service_level[3] == pytest.approx(0.888350, abs=1e-6)


# ---------------------------------------------------------------- 报错


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: erlang.performance(100, 180, 10), "加人到至少 11 人，或改用 Erlang A"),
        (lambda: erlang.performance([9, -1], 180, 10), r"来电量（calls）第 2 个是 -1"),
        (lambda: erlang.performance([9, None], 180, 10), r"来电量（calls）第 2 个是空值"),
        (lambda: erlang.performance(9, 0, 10), r"平均处理时长（aht）是 0，应大于 0"),
        (lambda: erlang.performance([1, 2], [3, 4, 5], 9), "有 2 个，.*有 3 个"),
        (lambda: erlang.performance([[1, 2]], 180, 9), "只给一列"),
        (lambda: erlang.performance(9, 180, 5, definition="fast"), "请用 of_offered、"),
        (lambda: erlang.performance(9, 180, 5, patience=0), r"平均耐心（patience）是 0"),
        (lambda: erlang.performance(9, 180, 5, interval=0), "时段长度（interval）是 0"),
        (lambda: erlang.required_agents(9, 180, service_level=80), "服务水平目标"),
        (lambda: erlang.required_agents(9, 180, service_level=1), "小于 1"),
        (lambda: erlang.required_agents(9, 180, shrinkage=1), "损耗率（shrinkage）是 1"),
        (lambda: erlang.required_agents(9, 180, max_occupancy=0), "占用率上限"),
        (lambda: erlang.required_agents(9, 180, max_abandonment=0.05), "假设没有人放弃"),
        (lambda: erlang.service_curve([1, 2], 180, [5]), "一条曲线只讲一个时段"),
        (lambda: erlang.service_curve(1, 180, []), "是空的"),
        (lambda: erlang.erlang_c([1, 2], [1, 2, 3]), "对不上"),
        (lambda: erlang.estimate_patience([5, 6], [0, 0]), "没有一通放弃"),
        (lambda: erlang.estimate_patience([0, 0], [0, 1]), "全是 0"),
        (lambda: erlang.estimate_patience([5, 6], [0, 2]), "第 2 个是 2"),
        (lambda: erlang.estimate_patience([5, 6], [1]), "有 2 个，.*有 1 个"),
    ],
)
def test_bad_input_is_refused_with_the_remedy(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_columns_from_differently_sorted_tables_are_refused():
    with pytest.raises(ValueError, match="第 1 行的标签不同"):
        erlang.required_agents(pd.Series([1, 2], ["a", "b"]), pd.Series([9, 9], ["b", "a"]))


@pytest.mark.parametrize("calls", [[], pd.Series([], dtype=float)])
def test_no_slot_at_all_is_said(calls):
    with pytest.raises(ValueError, match="来电量（calls）是空的"):
        erlang.required_agents(calls, 180)
