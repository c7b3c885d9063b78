"""ccomlib.traffic.reliability：离散系数、泊松下限与判定。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

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
    assert "按来电量算，90% 可靠、10% 不可靠" in str(result)


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


# —— 与纯随机比 ——

HAND = [20, 30, 25, 25, 30, 20, 32, 18]  # 均值 25，Σ(x−25)² = 198


def test_dispersion_test_is_chi_square_with_n_minus_one():
    """HAND：检验量 198 ÷ 25 = 7.92，自由度 7；0.3397 由不完全伽马函数 Q(3.5, 3.96) 另算。"""
    cell = only(weekly(HAND))

    assert cell["检验量"] == pytest.approx(7.92)
    assert cell["p值"] == pytest.approx(float(special.gammaincc(3.5, 3.96)))


def test_pure_chance_crosses_the_line_as_often_as_the_line_says():
    """2000 格纯泊松（均值 60，20 次）：5% 一线应过 100 格上下，标准误 9.7 格。"""
    rng = np.random.default_rng(5)
    slots = [f"{n // 2:02d}:{30 * (n % 2):02d}" for n in range(48)]
    dates = pd.date_range("2024-01-01", periods=20, freq="7D").repeat(48)
    crossed = cells = 0
    for _ in range(42):
        table = pd.DataFrame({"日期": dates, "时段": slots * 20, "呼入量": rng.poisson(60, 960)})
        total = traffic.reliability(table).chance().loc["合计"]
        crossed, cells = crossed + total["过线"], cells + total["格数"]

    assert cells == 2016
    assert crossed == pytest.approx(0.05 * cells, abs=3 * 9.8)


def test_chance_counts_by_the_size_of_the_cell():
    table = pd.concat([weekly([80, 120] * 4), weekly([5] * 8, slot="03:00")])

    found = traffic.reliability(table).chance()

    assert found.index.tolist() == ["不到 10 通", "100 通以上", "合计"]
    assert found["过线"].tolist() == [0, 1, 1]
    assert found["靠运气会过线"].tolist() == pytest.approx([0.05, 0.05, 0.1])
    assert found["来电量占比"].tolist() == pytest.approx([40 / 840, 800 / 840, 1])


def seasonal(rng, spread=0.0, days=182):
    """每天两个时段的泊松来电，四月起翻倍；``spread`` 是整天一起高低的离散系数。"""
    dates = pd.date_range("2025-01-01", periods=days)
    level = np.where(dates.month < 4, 60.0, 120.0)
    if spread:
        level = level * rng.gamma(spread**-2, spread**2, days)
    return pd.concat(
        [
            pd.DataFrame({"日期": dates, "时段": slot, "呼入量": rng.poisson(level)})
            for slot in ("09:00", "09:30", "10:00", "10:30")
        ]
    )


def test_model_takes_the_season_out():
    """没有模型，一月与六月混在一格；给了按月的模型，只剩纯随机。"""
    table = seasonal(np.random.default_rng(2))
    model = traffic.build_model(table)

    raw = traffic.reliability(table)
    left = traffic.reliability(table, model=model)

    assert raw.excess > 0.25
    assert left.excess < 0.03
    assert raw.chance().loc["合计", "过线"] == 28
    assert left.chance().loc["合计", "过线"] <= 4


def test_model_without_season_says_the_same_as_the_mean_of_the_cell():
    """只有星期与时段的模型，一格里的期望是常数：与不给模型一个数也不差。"""
    table = seasonal(np.random.default_rng(3))
    model = traffic.build_model(table, by_month=False)

    raw, told = traffic.reliability(table), traffic.reliability(table, model=model)

    pd.testing.assert_frame_equal(raw.cells, told.cells)


def test_excess_of_the_cells_and_of_the_days_recover_a_planted_day_effect():
    """整天一起高低 0.12：各格合起来与按天算都应得 0.12（182 天，标准误约 0.007）。"""
    table = seasonal(np.random.default_rng(4), spread=0.12)
    found = traffic.reliability(table, model=traffic.build_model(table))

    assert found.excess == pytest.approx(0.12, abs=0.02)
    assert found.day_excess == pytest.approx(0.12, abs=0.02)


def test_plot_of_a_cell_says_how_many_fall_outside():
    """[80, 120] 各 4 次，均值 100：泊松 5% 与 95% 分位是 84 与 117，八次都在外面。"""
    result = traffic.reliability(weekly([80, 120] * 4))

    assert "8 次里 8 次" in result.plot_cell("周一", "09:00").get_title()
    with pytest.raises(ValueError, match="没有这一格"):
        result.plot_cell("周二", "09:00")
    with pytest.raises(ValueError, match="请依次给 星期、时段"):
        result.plot_cell("周一")


def test_model_that_lacks_a_slot_is_refused():
    model = traffic.build_model(seasonal(np.random.default_rng(1)), by_month=False)

    with pytest.raises(ValueError, match="模型里没有时段 20:00"):
        traffic.reliability(weekly([9] * 9, slot="20:00"), model=model)


def test_excel_page_has_live_formulas_that_give_the_cells_own_numbers(tmp_path):
    from openpyxl import load_workbook

    from ccomlib import write_excel

    result = traffic.reliability(pd.concat([weekly(HAND), weekly([0] * 8, slot="03:00")]))
    path = write_excel(tmp_path / "每格.xlsx", 每格=result.page())
    shown = result.page().frame().iloc[0]
    book = load_workbook(path)["每格"]
    formulas = [str(cell.value) for row in book.iter_rows() for cell in row]

    assert len(result.page().frame()) == 1
    for name in ("离散系数", "泊松下限", "超额离散系数", "检验量"):
        assert shown[name] == pytest.approx(result.cells.iloc[1][name])
    assert sum(text.startswith("=") for text in formulas) == 4
