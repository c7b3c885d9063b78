"""预测误差的三层：偏差、碰巧、意外，哪一层该备机动？"""

import numpy as np
import pandas as pd
import pytest

from ccomlib.erlang import required_agents
from ccomlib.io import Sheet
from ccomlib.reserve import error_layers


def history(seed=3, days=400, slots=4, spread=0.08, mean=100.0, early=1.0):
    """一天一个倍数，时段里是泊松；头五分之一的日子是「月初」，实际是预测的 early 倍。"""
    rng = np.random.default_rng(seed)
    day = np.repeat(rng.normal(1, spread, days), slots)
    known = np.repeat(np.where(np.arange(days) < days // 5, "月初", "其他"), slots)
    level = mean * day * np.where(known == "月初", early, 1.0)
    return np.full(days * slots, mean), rng.poisson(level), known


@pytest.mark.parametrize("spread", [0.0, 0.05, 0.1])
def test_the_spread_beyond_chance_is_recovered(spread):
    forecast, actual, _ = history(spread=spread)
    row = error_layers(forecast, actual, [240] * 1600).table.iloc[0]
    assert row["碰巧"] == pytest.approx(0.1, abs=0.003)
    assert row["意外"] == pytest.approx(spread, abs=0.015 if spread else 0.03)


def test_pure_chance_needs_hardly_any_reserve():
    forecast, actual, _ = history(spread=0.0)
    result = error_layers(forecast, actual, [240] * 1600)
    assert result.raw > 2
    assert result.table["机动人数"].sum() < 0.8


def test_the_bias_of_known_days_goes_to_the_forecast():
    forecast, actual, known = history(early=1.25)
    result = error_layers(forecast, actual, [240] * 1600, known=known)
    assert result.biases.set_index("日子")["实际÷预测"].to_dict() == pytest.approx(
        {"月初": 1.25, "其他": 1.0}, abs=0.02
    )
    assert result.table["改预测的人"].item() > 0.5
    blind = error_layers(forecast, actual, [240] * 1600)
    assert blind.table["机动人数"].item() > result.table["机动人数"].item() + 0.5


def test_layers_add_up_and_follow_the_staffing_formula():
    forecast, actual, known = history()
    result = error_layers(forecast, actual, [240] * 1600, known=known, quantile=0.9, patience=100)
    row = result.table.iloc[0]
    parts = row[["改预测的人", "公式备过的人", "机动人数"]]
    assert parts.sum() == pytest.approx(row["照原始误差"])
    cut = np.quantile(actual / forecast, 0.9)
    heads = required_agents([100, 100 * cut], 240, patience=100).fractional
    assert row["照原始误差"] == pytest.approx(heads[1] - heads[0])


def test_groups_and_their_busiest_slot():
    forecast, actual, _ = history()
    table = pd.DataFrame(
        {"预测量": np.r_[forecast, forecast * 2], "实际": np.r_[actual, actual * 2].astype(float)}
    )
    table["队列"] = ["甲"] * 1600 + ["乙"] * 1600
    table["时段"] = ["08:00", "09:00"] * 1600
    table.loc[table["时段"] == "09:00", ["预测量", "实际"]] *= 1.5
    result = error_layers(
        table["预测量"], table["实际"], [240] * 3200, by=table["队列"], slots=table["时段"]
    )
    assert result.table["队列"].tolist() == ["甲", "乙"]
    assert result.table["忙时预测量"].tolist() == [150, 300]
    assert result.heads >= result.table["机动人数"].sum() > result.heads - 1
    ax = result.plot()
    ax.figure.canvas.draw()
    assert "真正的意外只要" in ax.get_title()
    assert str(result).count("。") == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"actual": [100] * 39}, "请取自同一张表"),
        ({"forecast": [0] * 40}, "预测量"),
        ({"by": ["甲"] * 39}, "组有 39 个"),
        ({"by": ["甲"] * 20 + ["乙"] * 20}, "至少要 30 格"),
    ],
)
def test_refusals_say_what_to_mend(change, words):
    given = {"forecast": [100] * 40, "actual": [100] * 40, "aht": [240] * 40} | change
    with pytest.raises(ValueError, match=words):
        error_layers(**given)


def test_the_excel_page_computes_the_spread_again():
    forecast, actual, known = history(early=1.25)
    result = error_layers(forecast, actual, [240] * 1600, known=known)
    page = Sheet(result).frame()
    assert page["意外"].tolist() == pytest.approx(result.table["意外"].tolist())
