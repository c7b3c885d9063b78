"""academy.seatkit.decisions：每个座位上对的只有一个，凭感觉挑的都不是它；条件去掉就不成立。"""

import numpy as np
import pandas as pd

from academy.seatkit import blamed, dispersed, lendable, plans, rostered, twins
from ccomlib import erlang

ACTUAL = np.round(1500 * np.tile([1.18, 1.08, 1.02, 0.99, 1.03, 0.90, 0.80], 3)).astype(int)
WEEKEND = np.tile([False] * 5 + [True] * 2, 3)
BUSY = {"08:30": (58, 78), "10:00": (240, 290), "13:00": (62, 84), "20:00": (26, 36)}
DATES = pd.date_range("2025-04-16", periods=16, freq="7D")
MARKED = np.arange(16) % 2 == 1
NEED = np.array([12, 20, 31, 38, 42, 40, 36, 30, 26, 28, 33, 35, 31, 26, 22, 18, 15, 12])


def _share(forecast):
    return np.abs(forecast - ACTUAL).sum() / ACTUAL.sum()


def _scaled(forecast):
    return forecast * ACTUAL.sum() / forecast.sum()


def _twins(streams):
    for rng in streams:
        pair = twins(rng, ACTUAL, WEEKEND, atol=0.0005)
        lean = {name: abs(one.sum() / ACTUAL.sum() - 1) for name, one in pair.items()}
        used = {n: _scaled(one) if lean[n] > 0.03 else one for n, one in pair.items()}
        yield pair, lean, min(used, key=lambda name: _share(used[name]))


def test_better_forecast_is_either_one_scaled_or_not(streams):
    seen = {(best, bool(lean[best] > 0.03)) for _, lean, best in _twins(streams)}
    assert seen == {(name, scaled) for name in "甲乙" for scaled in (True, False)}


def test_leaning_forecast_that_is_best_once_scaled_looks_worse(streams):
    for pair, lean, best in _twins(streams):
        other = "乙" if best == "甲" else "甲"
        if lean[best] > 0.03:
            assert _share(pair[best]) > _share(pair[other]) + 0.015
        else:
            assert _share(pair[best]) < _share(_scaled(pair[other])) - 0.015


def _told_apart(streams):
    for pair, _, _ in _twins(streams):
        wrong = [(np.abs(one - ACTUAL) / ACTUAL).mean() for one in pair.values()]
        yield any(
            abs(_share(one) - slip) > 0.0005 for one, slip in zip(pair.values(), wrong, strict=True)
        )


def test_mean_of_percentages_is_another_number(streams):
    assert all(_told_apart(streams))


def _lend(streams):
    for rng in streams:
        table = lendable(rng, BUSY, aht=(280, 340), level=0.9, target=20)
        left = erlang.performance(table["预测量"], table["平均处理时长"], table["在岗人数"] - 1)
        able = np.flatnonzero(np.asarray(left.service_level) >= 0.9)
        top = table.loc[table["预测量"].idxmax()]
        needed = erlang.required_agents(
            top["预测量"], top["平均处理时长"], service_level=0.9
        ).agents
        yield table, able, top, needed


def test_one_interval_alone_can_lend_and_is_no_extreme(streams):
    for table, able, _, _ in _lend(streams[:20]):
        assert len(able) == 1
        load = table["预测量"] * table["平均处理时长"] / 1800
        assert able[0] not in {
            table["在岗人数"].idxmax(),
            table["预测量"].idxmin(),
            (load / table["在岗人数"]).idxmin(),
        }


def _beyond_thumbs(streams):
    for _, _, top, needed in _lend(streams):
        load = top["预测量"] * top["平均处理时长"] / 1800
        thumbs = {int(np.ceil(load + z * load**0.5)) for z in (0, 0.84, 1, 1.28, 1.645)}
        yield needed not in thumbs | {top["在岗人数"]}


def test_people_for_the_busiest_interval_are_no_rule_of_thumb(streams):
    assert all(_beyond_thumbs(streams[:20]))


def test_without_the_condition_a_rule_of_thumb_would_do(streams, unfiltered):
    assert not all(_beyond_thumbs(streams))


def _people(calls, made):
    """四个环节各差多少人，独立算一遍。"""
    more = (calls - made["预测量"]) * made["预测时长"] / 1800
    longer = calls * (made["实际时长"] - made["预测时长"]) / 1800
    rest = made["需求人数"] - made["计划人数"], made["计划人数"] - made["在线人数"]
    return [one.sum() for one in (more, longer, *rest)]


def test_one_cause_costs_three_times_any_other_and_every_cause_comes(streams):
    calls, seen = np.array([90, 100, 115, 125, 120, 110, 100, 95]), set()
    for rng in streams:
        costs = _people(calls, blamed(rng, calls, aht=(280, 340)))
        second, first = sorted(costs)[-2:]
        assert first > 3 * second
        assert first > 3 * len(calls)
        seen.add(costs.index(first))
    assert seen == {0, 1, 2, 3}


def _excess(calls):
    return max(0.0, calls.var() / calls.mean() ** 2 - 1 / calls.mean()) ** 0.5


def _kind(cell):
    calls, marked = cell["呼入量"], cell["备注"] == "群发"
    if _excess(calls) < 0.1:
        return 0
    if max(_excess(calls[marked]), _excess(calls[~marked])) < 0.1:
        return 1
    return 2 if _excess(calls[cell["备注"] != "检修"]) < 0.1 else 3


def _cells(streams):
    for rng in streams:
        yield dispersed(rng, DATES, mean=(140, 180), mark="群发", marked=MARKED, noted="检修")


def test_spread_has_one_reason_and_every_reason_comes(streams):
    kinds = [_kind(cell) for cell in _cells(streams)]
    assert set(kinds) == {0, 1, 2, 3}
    for kind, cell in zip(
        kinds, _cells([np.random.default_rng(n) for n in range(60)]), strict=True
    ):
        assert set(cell["备注"]) == {"", "群发", "检修"}
        assert (_excess(cell["呼入量"]) > 0.2) == (kind > 0)


def _best(table):
    allowed = [name for name in "甲乙丙丁" if table[name].sum() <= 1.03 * NEED.sum()]
    return min(allowed, key=lambda name: (NEED - table[name]).max())


def _tempting(table):
    fit = {name: -np.abs(table[name] - NEED).sum() for name in "甲乙丙丁"}
    cover = {name: np.minimum(table[name], NEED).sum() for name in "甲乙丙丁"}
    total = {name: -abs(table[name].sum() - NEED.sum()) for name in "甲乙丙丁"}
    return {max(one, key=one.get) for one in (fit, cover, total)}


def _signed(streams):
    for rng in streams:
        table = plans(rng, NEED)
        best = _best(table)
        yield best not in _tempting(table) and (NEED - table[best]).max() <= 2


def test_plan_to_sign_is_not_the_best_average(streams):
    assert all(_signed(streams))


def test_without_the_condition_it_may_be(streams, unfiltered):
    assert not all(_signed(streams))


def test_fit_and_cover_come_out_wrong_by_every_slip(streams):
    atol = 0.003
    for rng in streams:
        plan = rostered(rng, NEED, np.arange(len(NEED)) < 6, atol=atol)
        total, met = NEED.sum(), np.minimum(plan, NEED).sum()
        fit = 1 - np.abs(plan - NEED).sum() / total
        assert abs(fit - (1 - abs(plan.sum() - total) / total)) > atol
        assert abs(fit - (1 - np.abs(plan - NEED).sum() / plan.sum())) > atol
        assert abs(met / total - met / plan.sum()) >= 1.5 * atol
        assert abs(met / total - (np.minimum(plan, NEED) / NEED).mean()) > atol


def test_without_the_condition_a_slip_would_pass(streams, unfiltered):
    met = [
        abs(np.minimum(plan, NEED).sum() / plan.sum() - np.minimum(plan, NEED).sum() / NEED.sum())
        for plan in (rostered(rng, NEED, np.arange(18) < 6, atol=0.003) for rng in streams)
    ]
    assert min(met) < 0.0045
