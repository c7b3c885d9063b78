"""私有的 Erlang A：对照 domain.md 4.1 的金值，以及与它无关的矩阵指数算法。"""

import numpy as np
import pytest
from scipy.linalg import expm

from ccomlib import erlang
from ccomlib.centre.service import planned_agents, queue_performance


@pytest.mark.parametrize(("agents", "lost"), [(11, 0.09416), (12, 0.06160), (14, 0.02284)])
def test_abandonment_matches_the_golden_values(agents, lost):
    """domain.md 4.1：100 通/30 分、AHT 180 秒、耐心 120 秒。"""
    _, found = queue_performance(np.array([100]), np.array([180.0]), np.array([agents]), 120)
    assert found[0] == pytest.approx(lost, abs=5e-6)


@pytest.mark.parametrize(
    ("calls", "aht", "agents"), [(100, 180, 11), (20, 480, 4), (3, 240, 2), (250, 240, 30)]
)
def test_service_level_matches_the_markov_chain(calls, aht, agents):
    """前面有 q 人时，等待是一条纯死亡链：20 秒内被接起的概率用矩阵指数直接算。"""
    patience, size = 120.0, 150
    rate, serve, leave = calls / 1800, agents / aht, 1 / patience
    weight = np.ones(agents + size)
    for n in range(1, agents + size):
        gone = min(n, agents) / aht + max(n - agents, 0) * leave
        weight[n] = weight[n - 1] * rate / gone
    state = weight / weight.sum()
    chain = np.zeros((size + 1, size + 1))
    for ahead in range(size):
        step = serve + ahead * leave
        chain[ahead, ahead - 1 if ahead else size] += step
        chain[ahead, ahead] -= step + leave
    within = expm(20 * chain)[:size, size]
    exact = state[:agents].sum() + state[agents:] @ within
    level, _ = queue_performance(np.array([calls]), np.array([float(aht)]), np.array([agents]), 120)
    assert level[0] == pytest.approx(exact, abs=1e-6)


def test_agrees_with_the_course_tool():
    """``ccomlib.erlang`` 用不完全伽马函数，算法不同，结果应当一致。"""
    rng = np.random.default_rng(3)
    calls, agents = rng.integers(1, 300, 400), rng.integers(1, 50, 400)
    aht = rng.uniform(150, 600, 400)
    level, lost = queue_performance(calls, aht, agents, 120)
    tool = erlang.performance(calls, aht, agents, interval=1800, target=20, patience=120)
    assert np.allclose(level, tool.service_level, atol=1e-8)
    assert np.allclose(lost, tool.abandonment, atol=1e-8)


def test_no_calls_means_everybody_would_be_served():
    level, lost = queue_performance(np.array([0]), np.array([240.0]), np.array([2]), 120)
    assert level[0] == pytest.approx(1)
    assert lost[0] == pytest.approx(0)


def test_plan_keeps_two_at_night_and_a_margin_by_day():
    """手算：25 爱尔兰 → 25 + √25 = 30 人。"""
    assert planned_agents(np.array([0.1, 25.0])).tolist() == [2, 30]
