"""ccomlib.traffic.reliability：离散系数、泊松下限与判定。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccomlib import traffic


def weekly(calls, slot="09:00"):
    """一串周一同一时段的来电。"""
    dates = pd.date_range("2024-01-01", periods=len(calls), freq="7D")
    return pd.DataFrame({"日期": dates, "时段": slot, "呼入量": calls, "节假日": "", "事件": ""})


def only(table, **options):
    return traffic.reliability(table, **options).cells.iloc[0]


def test_poisson_floor_of_25_calls_is_one_fifth():
    """domain.md 第 0 节第 4 条：25 通的半小时 CV 不可能低于 0.20。"""
    assert only(weekly([25] * 8))["泊松下限"] == pytest.approx(0.20)


def test_cv_uses_the_sample_standard_deviation():
    """[80, 120] 各 4 次：均值 100，s = √(8·400/7) = 21.381，CV = 0.21381。"""
    cell = only(weekly([80, 120] * 4))

    assert cell["离散系数"] == pytest.approx(0.2138090, abs=1e-6)


def test_excess_takes_the_poisson_part_away():
    """上例：√(0.0457143 − 0.01) = 0.1889822。"""
    assert only(weekly([80, 120] * 4))["超额离散系数"] == pytest.approx(0.1889822, abs=1e-6)


def test_standard_error_with_eight_repeats_is_27_percent_of_cv():
    """domain.md 2.2：CV/√(2(n−1))，n = 8 时 1/√14 = 0.267。"""
    cell = only(weekly([80, 120] * 4))

    assert cell["离散系数标准误"] / cell["离散系数"] == pytest.approx(0.26726, abs=1e-5)


def test_small_cell_with_large_cv_is_reliable_when_it_is_only_poisson():
    """均值 25、s²≈25 的格 CV 约 0.20，平的“CV ≤ 0.1”规则会冤枉它。"""
    cell = only(weekly([20, 30, 25, 25, 30, 20, 32, 18]))

    assert cell["离散系数"] > 0.19
    assert cell["判定"] == "可靠"


@pytest.mark.parametrize(
    ("half_width", "verdict"),
    [(50, "可靠"), (160, "可用"), (300, "不可靠")],
)
def test_verdict_follows_the_excess(half_width, verdict):
    """均值 1000：CV = 1.069·半宽/1000，下限 0.032；半宽 50/160/300 的超额约 0.04/0.17/0.32。"""
    assert only(weekly([1000 - half_width, 1000 + half_width] * 4))["判定"] == verdict


def test_thresholds_are_parameters():
    table = weekly([840, 1160] * 4)

    assert only(table, good=0.18)["判定"] == "可靠"
    assert only(table, good=0.05, fair=0.10)["判定"] == "不可靠"


def test_too_few_repeats_get_no_verdict():
    assert only(weekly([100] * 7))["判定"] == "样本不足"
    assert only(weekly([100] * 7), min_repeats=7)["判定"] == "可靠"


def test_cell_without_calls_gets_no_verdict():
    table = pd.concat([weekly([0] * 8), weekly([100] * 8, slot="09:30")])

    verdicts = traffic.reliability(table).cells["判定"].tolist()

    assert verdicts == ["样本不足", "可靠"]


def test_share_is_of_calls_and_not_of_cells():
    """900 通的格可靠，100 通的格不可靠：按格各半，按来电量 9 比 1。"""
    table = pd.concat([weekly([900] * 8), weekly([40, 160] * 4, slot="03:00")])

    result = traffic.reliability(table)

    assert result.shares["可靠"] == pytest.approx(0.9)
    assert result.summary()["格数"].tolist() == [1, 0, 1, 0]
    assert str(result).startswith("按来电量算，90% 可靠、10% 不可靠")


def test_splitting_by_an_own_column_removes_a_planted_pattern():
    """每四周一次多 40%：不分层不可用，按“月初”分层后只剩泊松。"""
    table = weekly([1400, 1000, 1000, 1000] * 12).assign(月初=["是", "否", "否", "否"] * 12)

    assert only(table)["判定"] == "可用"
    assert set(traffic.reliability(table, by=("月初", "星期", "时段")).cells["判定"]) == {"可靠"}


def test_holidays_and_events_are_left_out_as_whole_days():
    table = weekly([100] * 10)
    table.loc[3, ["呼入量", "节假日"]] = [20, "清明"]
    table.loc[5, ["呼入量", "事件"]] = [300, "大促"]

    result = traffic.reliability(table)

    assert result.excluded_days == 2
    assert result.cells.iloc[0]["判定"] == "可靠"
    assert only(table, exclude_events=False)["判定"] == "不可靠"


def test_cells_come_in_calendar_order():
    dates = pd.date_range("2025-03-03", periods=70)
    table = pd.DataFrame({"日期": dates, "时段": "09:00", "呼入量": 50})

    found = traffic.reliability(table).cells["星期"].tolist()

    assert found == ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]


def test_excess_of_simulated_poisson_times_gamma_is_the_planted_day_effect():
    """伽马效应的离散系数 0.15、均值 200、2000 次重复：CV² = 0.15² + 1/200，超额应为 0.15（标准误约 0.003）。"""
    rng = np.random.default_rng(11)
    effect = rng.gamma(0.15**-2, 0.15**2, 2000)

    cell = only(weekly(rng.poisson(200 * effect)))

    assert cell["超额离散系数"] == pytest.approx(0.15, abs=0.012)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 1000), min_size=8, max_size=30).filter(any))
def test_excess_never_exceeds_cv(calls):
    cell = only(weekly(calls))

    assert 0 <= cell["超额离散系数"] <= cell["离散系数"] + 1e-12


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        (lambda t: pd.concat([t, t]), {}, "请先筛选一个队列或合计"),
        (lambda t: t, {"good": 0}, "good.*应大于 0"),
        (lambda t: t, {"good": 0.3}, "fair.*应大于 0.3"),
        (lambda t: t, {"min_repeats": 1}, "min_repeats"),
        (lambda t: t, {"by": ("账单日",)}, "缺少列：账单日"),
        (lambda t: t, {"by": ()}, "by 是空的"),
        (lambda t: t.assign(呼入量=0), {}, "没有来电"),
    ],
)
def test_bad_input_is_refused(change, options, message):
    with pytest.raises(ValueError, match=message):
        traffic.reliability(change(weekly([100] * 9)), **options)


def test_plots_return_the_axes_they_were_given():
    import matplotlib.pyplot as plt

    result = traffic.reliability(weekly([80, 120] * 4))
    _, (left, right) = plt.subplots(1, 2)

    assert result.plot(left) is left
    assert result.plot_floor(right) is right


def test_heat_map_without_slots_points_to_the_other_plot():
    result = traffic.reliability(weekly([80, 120] * 4), by="星期")

    with pytest.raises(ValueError, match="plot_floor"):
        result.plot()
