"""机动部队：备多少人、从哪里来、什么时候动用、什么时候撤。"""

from itertools import product
from math import exp

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccomlib import reserve
from ccomlib.reserve import Level, mobilisation_metrics, reserve_size, sources, trigger_ladder


def agents_by_recursion(calls, aht, level=0.8, target=20, interval=1800):
    """独立计算：Erlang B 递推（domain.md 4.1），逐人试到达标。"""
    load, blocked, agents = calls * aht / interval, 1.0, 0
    while True:
        agents += 1
        blocked = load * blocked / (agents + load * blocked)
        if agents > load:
            wait = agents * blocked / (agents - load * (1 - blocked))
            if 1 - wait * exp(-(agents - load) * target / aht) >= level:
                return agents


def history(days=40, ratio=1.5):
    """40 天里 36 天实际等于预测，最后 4 天是预测的 ratio 倍。"""
    return [100.0] * days, [100.0] * (days - 4) + [100.0 * ratio] * 4


def test_reserve_is_agents_at_the_quantile_minus_agents_at_the_forecast():
    """40 个误差比里 4 个是 1.5：95% 分位 1.5；100 通 14 人是 domain.md 4.1 的黄金值。"""
    forecast, actual = history()
    row = reserve_size(forecast, actual, 180).table.iloc[0]
    assert row["误差比分位数"] == 1.5
    assert row["基本人数"] == 14
    assert row["高位人数"] == agents_by_recursion(150, 180)
    assert row["机动人数"] == agents_by_recursion(150, 180) - 14


def test_newsvendor_uses_the_cost_ratio_as_quantile():
    """Cu = 90，Co = 30：q = 90 / 120 = 0.75，低于最坏的 10%，不用机动。"""
    costs = {"method": "newsvendor", "understaffing_cost": 90, "overstaffing_cost": 30}
    result = reserve_size(*history(), 180, **costs)
    assert result.quantile == 0.75
    assert result.peak == 0


def test_long_table_with_slots_equals_a_table_by_day():
    rng = np.random.default_rng(5)
    forecast = pd.DataFrame(np.full((30, 2), [100.0, 60.0]), columns=["09:00", "09:30"])
    actual = pd.DataFrame(rng.poisson(forecast), columns=forecast.columns)
    wide = reserve_size(forecast, actual, 200)
    slots = list(forecast.columns) * 30
    long = reserve_size(forecast.to_numpy().ravel(), actual.to_numpy().ravel(), 200, slots=slots)
    pd.testing.assert_frame_equal(wide.table, long.table)


def test_bias_is_reported_apart_from_spread():
    """手算：预测 4000，实际 36 × 100 + 4 × 150 = 4200；偏差 −200 / 4200。"""
    assert reserve_size(*history(), 180).bias == pytest.approx(-200 / 4200)


def test_too_few_errors_for_the_quantile_are_refused():
    """95% 分位要 1 / 0.05 = 20 个误差。"""
    with pytest.raises(ValueError, match="只有 19 个误差，估 95% 分位至少要 20 个"):
        reserve_size([100] * 19, [100] * 19, 180)


def test_pooling_slots_makes_a_short_history_enough():
    forecast, actual = np.full((12, 2), 100.0), np.full((12, 2), 110.0)
    with pytest.raises(ValueError, match="pool=True"):
        reserve_size(forecast, actual, 180)
    assert reserve_size(forecast, actual, 180, pool=True).n_errors == 24


def test_costs_without_the_newsvendor_method_are_refused():
    with pytest.raises(ValueError, match="没有用它"):
        reserve_size(*history(), 180, understaffing_cost=90, overstaffing_cost=30)


@settings(max_examples=25, deadline=None)
@given(st.floats(0.5, 0.9), st.floats(0, 0.09))
def test_a_higher_quantile_never_needs_a_smaller_reserve(low, step):
    rng = np.random.default_rng(1)
    forecast, actual = np.full(120, 120.0), rng.poisson(120, 120)
    peaks = [reserve_size(forecast, actual, 240, quantile=q).peak for q in (low, low + step)]
    assert peaks[0] <= peaks[1]


TEAM = pd.DataFrame(
    {
        "来源": ["居家", "推迟小休", "自愿加班"],
        "人数": [10, 4, 2],
        "到位分钟": [45, 3, 60],
        "到位率": [0.6, 1.0, 0.5],
    }
)


@pytest.mark.parametrize(("minutes", "heads"), [(2, 0), (3, 4), (45, 10), (60, 11)])
def test_expected_heads_accumulate_in_order_of_arrival(minutes, heads):
    """手算：4×1 = 4；+ 10×0.6 = 10；+ 2×0.5 = 11。"""
    assert sources(TEAM).within(minutes) == heads


def test_minutes_for_a_need_and_a_need_nobody_can_meet():
    team = sources(TEAM)
    assert team.minutes_for(5) == 45
    with pytest.raises(ValueError, match=r"到齐也只有 11.0 人"):
        team.minutes_for(12)


def test_assured_heads_match_counting_every_outcome():
    """独立计算：3 人各 0.5、2 人各 0.8，枚举 32 种到与不到。"""
    table = pd.DataFrame(
        {"来源": ["a", "b"], "人数": [3, 2], "到位分钟": [1, 2], "到位率": [0.5, 0.8]}
    )
    rates = [0.5] * 3 + [0.8] * 2
    chance = np.zeros(6)
    for came in product([0, 1], repeat=5):
        chance[sum(came)] += np.prod([p if c else 1 - p for p, c in zip(rates, came, strict=True)])
    expected = max(k for k in range(6) if chance[k:].sum() >= 0.9)
    assert sources(table).assured(2) == expected


def test_the_overtime_limit_is_told_only_when_overtime_is_used():
    assert "第四十一条" in str(sources(TEAM))
    assert "第四十一条" not in str(sources(TEAM.iloc[:2]))


def test_a_rate_above_one_is_refused():
    with pytest.raises(ValueError, match="到位率"):
        sources(TEAM.assign(到位率=[0.6, 1.2, 0.5]))


def stream(levels, **columns):
    slots = [f"{9 + i // 2:02d}:{30 * (i % 2):02d}" for i in range(len(levels))]
    return pd.DataFrame({"时段": slots, "服务水平": levels, "呼入量": 100, **columns})


ONE = Level("一级", "推迟小休", 5, service_level_below=0.7, stand_down=2)
TWO = Level("二级", "后台上线", 15, service_level_below=0.5, stand_down=1)


def test_a_level_stands_down_only_after_enough_calm_intervals():
    """手算：第 2 段触发；第 3 段恢复 1 次，第 4 段 0.75 不到撤回线 0.8 重数，第 6 段满 2 次才撤。"""
    run = trigger_ladder([ONE]).apply(stream([0.9, 0.6, 0.85, 0.75, 0.85, 0.9]))
    assert run.table["级别"].tolist() == [0, 1, 1, 1, 1, 0]
    assert run.table["变动"].tolist() == ["", "启用", "", "", "", "撤回"]


def test_levels_rise_at_once_and_fall_one_by_one():
    """手算：0.4 直接到二级；恢复 1 段降到一级，再 2 段撤回。"""
    run = trigger_ladder([ONE, TWO]).apply(stream([0.4, 0.9, 0.9, 0.9]))
    assert run.table["级别"].tolist() == [2, 1, 1, 0]


def test_the_rolling_level_is_weighted_by_calls():
    """手算：10 通 100% 与 90 通 60%，两个 15 分钟合成 (10 + 54) / 100 = 0.64，不是 0.8。"""
    day = pd.DataFrame({"时段": ["09:00", "09:15"], "服务水平": [1.0, 0.6], "呼入量": [10, 90]})
    run = trigger_ladder([ONE]).apply(day)
    assert run.table["滚动服务水平"].tolist() == pytest.approx([1.0, 0.64])
    assert run.table["级别"].tolist() == [0, 1]


def test_queue_and_load_trigger_and_missing_data_is_said():
    """手算：排队 6 ÷ 20 人 = 0.3 > 0.2；呼入 100 ÷ 预测 80 = 1.25 > 1.2。"""
    level = Level("一级", "x", 5, queue_per_agent_above=0.2, load_above=1.2, asa_above=60)
    run = trigger_ladder([level]).apply(stream([0.9], 排队=6, 在岗人数=20, 预测量=80))
    assert run.table["原因"][0] == "每席排队 0.30 通、呼入量是预测的 125%"
    assert run.unused == ("平均应答速度",)
    assert "没有查平均应答速度" in str(run)


def test_intervals_without_calls_neither_trigger_nor_block_standing_down():
    day = stream([0.6, 0.0, 0.0], 预测量=100).assign(呼入量=[100, 0, 0])
    assert trigger_ladder([ONE]).apply(day).table["级别"].tolist() == [1, 1, 0]


@pytest.mark.parametrize(
    ("levels", "message"),
    [
        ([], "是空的"),
        ([Level("一级", "x", 5)], "没有任何条件"),
        ([TWO, ONE], "更容易触发"),
        ([Level("一级", "x", 5, service_level_below=0.9)], "高于撤回线"),
    ],
)
def test_a_ladder_that_cannot_work_is_refused(levels, message):
    with pytest.raises(ValueError, match=message):
        trigger_ladder(levels)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_the_state_is_never_below_what_triggered(levels):
    run = trigger_ladder([ONE, TWO]).apply(stream(levels))
    assert (run.table["级别"] >= run.table["触发级别"]).all()


LOG = pd.DataFrame(
    {
        "启用时间": ["10:00", "23:50"],
        "到位时间": ["10:12", "00:10"],
        "应到": [10, 30],
        "实到": [9, 21],
        "启用前服务水平": [0.5, 0.6],
        "启用后服务水平": [0.8, 0.7],
        "成本": [400, 1200],
    }
)


def test_mobilisation_metrics_by_hand():
    """手算：12 与 20 分钟（跨零点），中位 16；(9+21)/(10+30) = 75%；(30+10)/2 = 20 点；1600/40 = 40 元/点。"""
    found = mobilisation_metrics(LOG)
    assert (found.median_minutes, found.slowest_minutes) == (16, 20)
    assert found.attendance == 0.75
    assert found.recovery == pytest.approx(0.2)
    assert (found.cost, found.cost_per_point) == (800, pytest.approx(40))


def test_arriving_before_the_call_is_refused():
    log = LOG.assign(启用时间="2026-03-02 10:00", 到位时间="2026-03-02 09:00")
    with pytest.raises(ValueError, match="早于启用时间"):
        mobilisation_metrics(log)


@pytest.mark.parametrize(
    "result",
    [
        reserve_size(*history(), 180),
        sources(TEAM),
        trigger_ladder(),
        trigger_ladder([ONE, TWO]).apply(stream([0.9, 0.4, 0.9])),
        mobilisation_metrics(LOG),
    ],
    ids=lambda result: type(result).__name__,
)
def test_every_result_reads_as_one_sentence_with_a_table_and_a_chart(result):
    assert str(result).endswith("。")
    assert str(result).count("。") == 1
    assert len(result.summary()) > 0
    ax = result.plot()
    ax.figure.canvas.draw()
    assert ax.get_title()
    assert ax.get_xlabel()


def test_the_error_chart_is_drawn_too():
    ax = reserve_size(*history(), 180).plot(kind="errors")
    ax.figure.canvas.draw()
    assert "40 个预测误差" in ax.get_title()


def test_the_default_ladder_is_marked_as_a_teaching_convention():
    assert "教学约定" in str(trigger_ladder(reserve.DEFAULT))


def test_ladder_over_days_gives_the_highest_of_each():
    one = Level("一级", "推迟小休", 5, service_level_below=0.7)
    two = Level("二级", "叫回线下的活", 15, service_level_below=0.4)
    table = pd.DataFrame(
        {
            "日期": np.repeat(pd.date_range("2025-07-08", periods=3), 2),
            "时段": ["09:00", "09:30"] * 3,
            "呼入量": 100,
            "20秒接起量": [90, 90, 60, 90, 90, 30],
        }
    )
    ladder = trigger_ladder([one, two])

    assert ladder.days(table.sample(frac=1, random_state=1)).tolist() == [0, 1, 2]
    with pytest.raises(ValueError, match="有两行"):
        ladder.days(pd.concat([table, table]))
