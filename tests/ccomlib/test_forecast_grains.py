"""ccomlib.forecast.grains、half_hours：同一份预测，粒度不同准确率不同。"""

import numpy as np
import pandas as pd
import pytest

from ccomlib import forecast, write_excel

TIMES = pd.date_range("2026-03-02", periods=28 * 48, freq="30min")


def test_errors_that_cancel_disappear_in_the_coarser_grain():
    """一格多 20、下一格少 20：按时段差 20%，按天、按周、整段不差。"""
    actual = pd.Series(100.0, TIMES)
    told = actual + np.tile([20, -20], len(TIMES) // 2)

    found = forecast.grains(actual, told).table

    assert found["准确率"].tolist() == pytest.approx([1, 1, 1, 0.8])
    assert found["期数"].tolist() == [1, 4, 28, 1344]


def test_level_error_stays_in_every_grain():
    actual = pd.Series(100.0, TIMES)

    found = forecast.grains(actual, 0.9 * actual).table

    assert found["准确率"].tolist() == pytest.approx([0.9] * 4)
    assert found["偏差率"].tolist() == pytest.approx([-0.1] * 4)


def test_best_possible_is_what_poisson_calls_leave_to_a_perfect_mean():
    """平均 60 通的泊松来电，预测就是 60：模拟的准确率与“平均数全对”相差千分之几。"""
    actual = pd.Series(np.random.default_rng(8).poisson(60, len(TIMES)), TIMES)

    row = forecast.grains(actual, pd.Series(60.0, TIMES)).table.loc["每个时段"]

    assert row["准确率"] == pytest.approx(row["平均数全对的准确率"], abs=0.005)


def test_half_hours_adds_queues_or_takes_one():
    rows = [("2026-03-02", s, q, n) for s, n in (("09:00", 1), ("09:30", 2)) for q in "甲乙"]
    table = pd.DataFrame(rows, columns=["日期", "时段", "队列", "呼入量"])

    assert forecast.half_hours(table).tolist() == [2, 4]
    assert forecast.half_hours(table, "甲").tolist() == [1, 2]
    with pytest.raises(ValueError, match="没有队列「丙」"):
        forecast.half_hours(table, "丙")


def test_missing_slot_is_named():
    table = pd.DataFrame({"日期": "2026-03-02", "时段": ["09:00", "10:00"], "呼入量": [1, 2]})

    with pytest.raises(ValueError, match="缺 1 个时段，第一个是 2026-03-02 09:30"):
        forecast.half_hours(table)


def test_grains_want_moments():
    with pytest.raises(ValueError, match="行标签不是时刻"):
        forecast.grains([1, 2], [1, 2])


def test_excel_page_is_by_day_and_its_total_row_gives_wape_and_bias(tmp_path):
    actual = pd.Series(100.0, TIMES[:96])
    told = pd.Series(np.repeat([110.0, 80.0], 48), TIMES[:96])
    result = forecast.accuracy(actual, told)
    path = write_excel(tmp_path / "对账.xlsx", 逐日=result.page())
    back = pd.read_excel(path, header=1)

    assert result.page().frame()["误差"].tolist() == [480, -960]
    last = back.iloc[-1]
    assert last["误差率"] == pytest.approx(-0.05)
    assert last["绝对误差率"] == pytest.approx(0.15)


def test_several_forecasts_stand_side_by_side():
    actual = pd.Series(100.0, TIMES)
    found = forecast.grains(actual, {"甲": 0.9 * actual, "乙": 0.8 * actual})

    assert found.table.loc["每天", ["甲准确率", "乙准确率"]].tolist() == pytest.approx([0.9, 0.8])
    with pytest.raises(ValueError, match="一份预测也没有"):
        forecast.grains(actual, {})


def test_shown_table_and_picture_keep_one_decimal(tmp_path):
    """99.5% 与 99.8% 都写成 100%，就看不出谁好。"""
    actual = pd.Series(1000.0, TIMES)
    found = forecast.grains(actual, {"甲": 0.995 * actual, "乙": 0.998 * actual})

    assert "99.5%" in found._repr_html_()
    assert "99.8%" in found._repr_html_()
    assert "甲准确率按整段 99.5%" in found.plot().get_title().replace("\n", "")
