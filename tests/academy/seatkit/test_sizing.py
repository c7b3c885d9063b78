"""academy.seatkit.sizing：每个座位上，常见的错法都得出别的数；条件去掉就不成立。"""

import math

import numpy as np
import pandas as pd

from academy.seatkit import between, leaning, lost_hours, mobilised, sources, weekdays
from ccomlib import erlang

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


def _reserves(streams):
    for rng in streams:
        past, plan = leaning(rng, _came(rng), aht=(280, 340))
        calls, aht = plan.iloc[0].tolist()

        def size(load, aht=aht):
            return int(erlang.required_agents(load, aht).agents)

        plain = past[past["事件"] == ""]
        scale = plain["实际量"].sum() / plain["预测量"].sum()
        ratio = plain["实际量"] / plain["预测量"]
        right = size(calls * ratio.quantile(0.95)) - size(calls * scale)
        every = past["实际量"] / past["预测量"]
        dirty = past["实际量"].sum() / past["预测量"].sum()
        wrong = [
            size(calls * every.quantile(0.95)) - size(calls * dirty),
            size(calls * ratio.quantile(0.95)) - size(calls),
            size(calls * ratio.max()) - size(calls * scale),
            size(calls * scale * ratio.quantile(0.95)) - size(calls * scale),
        ]
        yield right >= 2 and right not in wrong and abs(dirty / scale - 1) > 0.01


def test_reserve_comes_out_wrong_by_every_slip(streams):
    assert all(_reserves(streams[:15]))


def test_without_the_condition_a_wrong_reserve_would_pass(streams, unfiltered):
    assert not all(_reserves(streams))


def test_how_the_scale_is_taken_does_not_matter_to_the_people(streams):
    for rng in streams[:15]:
        past, plan = leaning(rng, _came(rng), aht=(280, 340))
        calls, aht = plan.iloc[0].tolist()
        plain = past[past["事件"] == ""]
        scales = [
            plain["实际量"].sum() / plain["预测量"].sum(),
            (plain["实际量"] / plain["预测量"]).mean(),
        ]
        assert len({int(erlang.required_agents(calls * one, aht).agents) for one in scales}) == 1


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
