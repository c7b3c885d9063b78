"""academy.seatkit.staffing：每个座位上，常见的错法都得出别的人数；条件去掉就不成立。"""

import math

import numpy as np
import pandas as pd

from academy.seatkit import (
    between,
    headcount,
    hiring,
    interval_plan,
    need,
    reserve,
    slots,
    staffed,
    unforeseen,
    weekdays,
)
from ccomlib import erlang

SLOTS = slots("09:00", "12:00")
DAYS = pd.bdate_range("2025-03-03", periods=40)


def _busiest_alone(streams):
    for rng in streams:
        plan = interval_plan(rng, SLOTS, np.full(6, 120), aht=(300, 360), spare=(2, 3))
        first, second = sorted(plan["预测量"])[:-3:-1]
        yield first > second + 1


def test_one_interval_alone_is_the_busiest(streams):
    assert all(_busiest_alone(streams))


def test_without_the_condition_two_would_be(streams, unfiltered):
    assert not all(_busiest_alone(streams))


def test_people_on_duty_are_a_few_more_than_the_load(streams):
    for rng in streams:
        plan = interval_plan(rng, SLOTS, np.full(6, 120), aht=(300, 360), spare=(2, 3))
        more = plan["在岗人数"] - plan["预测量"] * plan["平均处理时长"] / 1800
        assert more.between(1, 3).all()
        assert (need(plan) > plan["预测量"] * plan["平均处理时长"] / 1800).all()


def test_plan_is_short_where_it_says(streams):
    needed, short = np.full(20, 50), np.arange(20) < 8
    for rng in streams:
        plan = staffed(rng, needed, short)
        assert (plan[short] < 50).all()
        assert (plan[~short] > 50).all()


def _hires(table):
    """逐月减，不用幂。"""
    found = {}
    for queue, heads, rate, lead, wanted in table.to_numpy().tolist():
        left = heads
        for _ in range(lead):
            left -= left * rate
        found[queue] = (wanted - left, wanted - heads * (1 - rate), wanted - heads)
    return found


def _every_slip_shows(streams):
    queues = {"甲": (60, 70), "乙": (24, 30), "丙": (90, 99)}
    for rng in streams:
        found = _hires(hiring(rng, queues, lead=(2, 2), gaps=[(5, 9), (9, 12), (-4, -2)]))
        for right, once, none in found.values():
            if right > 0:
                yield math.ceil(none) <= math.ceil(once) < math.ceil(right)
                yield 0.1 <= right % 1 <= 0.9


def test_every_slip_hires_too_few(streams):
    assert all(_every_slip_shows(streams))


def test_without_the_conditions_some_would_not(streams, unfiltered):
    assert not all(_every_slip_shows(streams))


def test_gaps_by_queue_stay_with_their_queue(streams):
    for rng in streams:
        table = hiring(rng, {"甲": (60, 70), "乙": (60, 70)}, gaps={"甲": (20, 25), "乙": (-4, -2)})
        found = _hires(table)
        assert found["甲"][0] > 19
        assert found["乙"][0] < 0


def _last_digit(streams):
    months = [("3月", 0, between(0.06, 0.09, 0.001)), ("4月", between(3, 8), 0.03)]
    for rng in streams:
        table, now, wanted = headcount(rng, months, heads=(60, 80), hires=(9, 18))
        left = float(now)
        for _, come, rate in table.to_numpy().tolist():
            left = (left + come) * (1 - rate)
        yield 0.1 <= (wanted - left) % 1 <= 0.9 and 8 < wanted - left <= 18


def test_rounding_up_never_hangs_on_the_last_digit(streams):
    assert all(_last_digit(streams))


def test_without_the_condition_it_would(streams, unfiltered):
    assert not all(_last_digit(streams))


def _reserve_told_apart(streams):
    for rng in streams:
        past, plan = reserve(
            rng, DAYS, {"10:00": (90, 120, 0.06), "20:00": (40, 60, 0.1)}, aht=(240, 290)
        )
        for slot, calls, aht in plan.to_numpy().tolist():
            part = past[past["时段"] == slot]
            ratio = part["实际量"] / part["预测量"]
            people = [
                erlang.required_agents(calls * cut, aht).agents
                for cut in (np.percentile(ratio, 95), ratio.mean(), ratio.median(), ratio.max(), 1)
            ]
            yield people[0] not in people[1:]


def _unforeseen_told_apart(streams):
    days = pd.date_range("2025-06-09", periods=56)
    for rng in streams:
        calls = rng.poisson(100 * np.where(np.arange(56) % 20 == 3, 1.2, 1))
        past = pd.DataFrame({"日期": days, "星期": weekdays(days), "呼入量": calls})
        table = unforeseen(rng, past, np.full(56, 100), 110, 330)
        ratio = table["实际量"] / table["预测量"]
        people = [
            erlang.required_agents(110 * cut, 330).agents
            for cut in (np.percentile(ratio, 95), ratio.mean(), ratio.median(), ratio.max(), 1)
        ]
        assert table["实际量"].tolist() == calls.tolist()
        yield people[0] not in people[1:]


def test_quantile_of_unforeseen_events_alone_gives_the_reserve(streams):
    assert all(_unforeseen_told_apart(streams[:40]))


def test_without_the_conditions_the_worst_day_would_too(streams, unfiltered):
    assert not all(_unforeseen_told_apart(streams[:40]))


def test_quantile_alone_gives_the_reserve(streams):
    assert all(_reserve_told_apart(streams[:15]))


def test_without_the_conditions_others_would_too(streams, unfiltered):
    assert not all(_reserve_told_apart(streams[:15]))
