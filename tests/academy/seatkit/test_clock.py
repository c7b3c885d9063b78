"""academy.seatkit.clock：时段、星期、散开的日子。"""

import pandas as pd

from academy.seatkit import scattered, slots, weekdays

DATES = pd.date_range("2025-06-09", periods=56)


def test_slots_run_up_to_the_end_without_it():
    found = slots("08:00", "22:00")

    assert (found[0], found[-1], len(found)) == ("08:00", "21:30", 28)
    assert slots("00:00", "24:00")[-1] == "23:30"
    assert slots("09:00", "10:00", minutes=15) == ["09:00", "09:15", "09:30", "09:45"]


def test_weekdays_are_those_of_the_calendar():
    assert weekdays(pd.DatetimeIndex(["2025-08-03", "2025-08-04"])) == ["周日", "周一"]


def test_scattered_days_share_neither_week_nor_weekday(streams):
    for rng in streams:
        days = scattered(rng, DATES, 3)
        assert len({day.isocalendar().week for day in days}) == 3
        assert len({day.weekday() for day in days}) == 3
        assert set(days) <= set(DATES)


def test_scattered_days_keep_to_their_weekdays_and_avoid_what_is_taken(streams):
    taken = DATES[[3, 10, 17]]
    seen = set()
    for rng in streams:
        days = scattered(rng, DATES, 4, on=[3], avoid=taken)
        assert {day.weekday() for day in days} == {3}
        assert not set(days) & set(taken)
        seen |= set(days)
    assert len(seen) == 5
