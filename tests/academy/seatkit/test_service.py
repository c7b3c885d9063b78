"""academy.seatkit.service：口径不同数就不同；条件去掉，有的座位上分不开。"""

import numpy as np

from academy.seatkit import service_day, slots

SLOTS = slots("08:00", "14:00")
CALLS = np.array([60, 90, 150, 160, 140, 120, 100, 90, 80, 70, 60, 50])


def _levels_told_apart(streams, atol):
    for rng in streams:
        table = service_day(rng, SLOTS, CALLS, brief=0.15, atol=atol)
        day = table.drop(columns="时段").sum()
        right = day["20秒接起量"] / (day["呼入量"] - day["短放弃量"])
        wrong = (
            day["20秒接起量"] / day["呼入量"],
            day["20秒接起量"] / day["接起量"],
            (table["20秒接起量"] / (table["呼入量"] - table["短放弃量"])).mean(),
        )
        yield all(abs(one - right) > 1.5 * atol for one in wrong)


def test_every_other_denominator_gives_another_level(streams):
    assert all(_levels_told_apart(streams, 0.005))


def test_without_the_conditions_some_would_pass(streams, unfiltered):
    assert not all(_levels_told_apart(streams, 0.005))


def test_columns_add_up_and_busy_intervals_are_worse(streams):
    for rng in streams:
        table = service_day(rng, SLOTS, CALLS)
        assert (table["接起量"] + table["放弃量"] == table["呼入量"]).all()
        assert (table["短放弃量"] <= table["放弃量"]).all()
        assert (table["20秒接起量"] <= table["接起量"]).all()
        level = table["20秒接起量"] / table["呼入量"]
        assert level[CALLS > 130].max() < level[CALLS < 80].min()
