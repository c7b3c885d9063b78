"""academy.seatkit.sizing：每个座位上，常见的错法都得出别的数；条件去掉就不成立。"""

import math

import numpy as np
import pandas as pd

from academy.seatkit import between, leaning, lost_hours, mobilised, sources, weekdays

ROWS = [
    ("付薪工时", 176.0),
    ("年休假", between(8, 14, 0.5)),
    ("病事假", between(4, 8, 0.5)),
    ("小休", between(13, 19, 0.5)),
    ("话后处理", between(18, 26, 0.5)),
]
DAYS = pd.bdate_range("2025-06-09", periods=40)


def _heads(streams):
    for rng in streams:
        table, online = lost_hours(
            rng, ROWS, (64, 80), columns="项目 小时", working=["话后处理"],
            away=["年休假", "病事假"], atol=0.001,
        )  # fmt: skip
        hours = dict(table.to_numpy().tolist())
        away = hours["年休假"] + hours["病事假"]
        rate = (away + hours["小休"]) / 176
        wrong = [
            online * (1 + rate),
            online / (1 - away / 176),
            online / (1 - rate - hours["话后处理"] / 176),
        ]
        heads = online / (1 - rate)
        yield round(heads) < heads and math.ceil(heads) not in map(math.ceil, wrong)


def test_heads_come_out_wrong_by_every_slip(streams):
    assert all(_heads(streams))


def test_without_the_condition_a_slip_would_pass(streams, unfiltered):
    assert not all(_heads(streams))


def _came(rng):
    """四十个工作日的来电，四天高温。"""
    hot = np.isin(np.arange(40), [5, 13, 25, 33])
    calls = rng.poisson(np.where(hot, 300, 230))
    notes = np.where(hot, "高温", "")
    return pd.DataFrame(
        {"日期": DAYS, "星期": weekdays(DAYS), "呼入量": calls, "事件": notes.astype(object)}
    )


def _errors(streams):
    for rng in streams:
        past, _ = leaning(rng, _came(rng))
        plain = past[past["事件"] == ""]
        scale = plain["实际量"].sum() / plain["预测量"].sum()
        luck = 1 / (scale * plain["预测量"]).mean()
        spread = (plain["实际量"] / plain["预测量"]).std() / scale
        right = max(0.0, spread**2 - luck) ** 0.5
        every = past["实际量"].sum() / past["预测量"].sum()
        wrong = [spread, spread - luck**0.5, max(0.0, (spread * scale) ** 2 - luck) ** 0.5]
        off = [abs(one / right - 1) > 0.015 for one in wrong] if right else [False]
        yield right > 0.05 and all(off) and abs(every / scale - 1) > 0.015


def test_spread_beyond_chance_comes_out_wrong_by_every_slip(streams):
    assert all(_errors(streams))


def test_without_the_condition_a_wrong_spread_would_pass(streams, unfiltered):
    assert not all(_errors(streams))


def test_mean_of_the_mobilisations_is_another_number(streams):
    for rng in streams:
        called, came, minutes = mobilised(rng, 8, tol=0.005).to_numpy().T[1:]
        assert (came <= called).all()
        rate = came.sum() / called.sum()
        assert abs((came / called).mean() / rate - 1) > 0.005
        weighted = (came * minutes).sum() / came.sum()
        assert abs(minutes.mean() / weighted - 1) > 0.005
        assert abs((called * minutes).sum() / called.sum() / weighted - 1) > 0.005


def _sources(streams):
    for rng in streams:
        table = sources(rng, skill="报修", other="咨询", minutes=15, hours=2)
        fit = (table["技能"] == "报修") & (table["到位分钟"] <= 15)
        (place,) = np.flatnonzero(fit & (table["本月已加班小时"] + 2 <= 36))
        tempting = {
            table["到位分钟"].idxmin(),
            table["人数"].idxmax(),
            table["本月已加班小时"].idxmin(),
        }
        yield int(place), place not in tempting and (table["人数"] >= 5).all()


def test_source_to_call_is_neither_quickest_nor_largest_nor_least_tired(streams):
    found = list(_sources(streams))
    assert all(fine for _, fine in found)
    assert {place for place, _ in found} == {0, 1, 2, 3}


def test_without_the_condition_it_may_be(streams, unfiltered):
    assert not all(fine for _, fine in _sources(streams))
