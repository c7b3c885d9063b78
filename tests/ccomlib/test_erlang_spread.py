"""ccomlib.erlang.agents_for_spread：来电量自己会散，折成几个人。"""

import matplotlib as mpl
import numpy as np
import pytest

from ccomlib import erlang


def test_no_spread_is_the_plain_number_of_agents():
    found = erlang.agents_for_spread(225, 248, 0)

    assert (found.plain, found.agents, found.reserve) == (36, 36, 0)


def test_excess_of_0093_at_225_calls_needs_38_and_not_36():
    """第一版的例子：照均值 36 人，超额 0.093 要 38 人（议题 10 B 独立算出）。"""
    found = erlang.agents_for_spread(225, 248, 0.093)

    assert (found.plain, found.agents) == (36, 38)


@pytest.mark.parametrize("patience", [None, 109])
def test_mean_service_level_is_that_of_simulated_gamma_rates(patience):
    """独立计算：二十万个伽马来电量逐个代进爱尔兰，按来电量加权；抽样误差约 0.001。"""
    row = erlang.agents_for_spread(172, 293, 0.13, patience=patience).table.iloc[0]
    calls = np.random.default_rng(1).gamma(0.13**-2, 172 * 0.13**2, 200_000)
    bins, edges = np.histogram(calls, 400)
    middle = (edges[1:] + edges[:-1]) / 2
    fits = middle * 293 / 1800 < row["照均值排"] - 1e-6 if patience is None else middle > 0
    level = np.zeros(400)
    level[fits] = erlang.performance(
        middle[fits], 293, row["照均值排"], patience=patience
    ).service_level

    expected = (bins * middle * level).sum() / (bins * middle).sum()
    assert row["平均服务水平"] == pytest.approx(expected, abs=0.004)
    assert row["十次一遇来电量"] == pytest.approx(np.quantile(calls, 0.9), rel=0.002)


def test_one_fewer_agent_would_miss_the_mean_target():
    found = erlang.agents_for_spread(225, 248, 0.093)
    fewer = erlang.agents_for_spread(225, 248, 0.093, service_level=0.76)

    assert fewer.agents == found.agents - 1


def test_more_spread_never_needs_fewer_agents():
    table = erlang.agents_for_spread(172, 293, [0, 0.05, 0.1, 0.2, 0.3], patience=109).table

    for column in ("平均达标要", "那次也达标要", "十次一遇来电量"):
        assert table[column].is_monotonic_increasing
    assert table["平均服务水平"].is_monotonic_decreasing


def test_reserve_carries_the_one_time_in_ten():
    """十次一遇的来电量单独定员，就是那次也达标的人数。"""
    row = erlang.agents_for_spread(172, 293, 0.06, patience=109).table.iloc[0]
    alone = erlang.required_agents(row["十次一遇来电量"], 293, patience=109).agents

    assert row["那次也达标要"] == alone


def test_sentence_and_picture_say_the_same():
    found = erlang.agents_for_spread(172, 293, [0, 0.06], patience=109)
    ax = found.plot(mpl.figure.Figure().subplots())

    assert "再备 2 人" in str(found)
    assert "照均值排 30 人，平均 82%" in ax.get_title().replace("\n", "")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: erlang.agents_for_spread(0, 248, 0.1), "来电量（calls）.*应大于 0"),
        (lambda: erlang.agents_for_spread(225, 248, -0.1), "spread"),
        (lambda: erlang.agents_for_spread(225, 248, 0.1, service_level=1), "service_level"),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
