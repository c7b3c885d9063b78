"""academy.seatkit.rosters：埋下的人各有其毛病，别人都没有；用另写的数法核对。"""

import pytest

from academy.seatkit import Roster, SeatError


def _roster(rng, **plant):
    roster = Roster(rng, 24, 4, "2025-07-07", prefix="H", numbers=(2001, 2100))
    for name, arguments in plant.items():
        getattr(roster, name)(*arguments)
    return roster


def _longest(table, off=("休",)):
    """每人最长连续上班几天：一天一天数。"""
    runs = {}
    for person, rows in table.sort_values("日期").groupby("工号"):
        run = longest = 0
        for shift in rows["班次"]:
            run = 0 if shift in off else run + 1
            longest = max(longest, run)
        runs[person] = longest
    return runs


def _weeks_without_rest(table, off=("休",)):
    week = table["日期"].dt.isocalendar().week
    rested = table["班次"].isin(off).groupby([table["工号"], week]).any()
    return set(rested[~rested].index.get_level_values("工号"))


def test_nobody_works_more_than_five_days_unless_it_was_planted(streams):
    for rng in streams[:20]:
        table = _roster(rng).table()
        assert max(_longest(table).values()) == 5
        assert len(table) == 24 * 28
        assert table["工号"].nunique() == 24


def test_full_week_is_found_in_the_week_and_in_the_run(streams):
    for rng in streams:
        table = _roster(rng, full_week=[1]).table()
        over = {who for who, run in _longest(table).items() if run > 6}
        assert len(over) == 1
        assert _weeks_without_rest(table) == over


def test_run_across_weeks_is_found_only_in_the_run(streams):
    for rng in streams:
        table = _roster(rng, across=[2]).table()
        assert sorted(run for run in _longest(table).values() if run > 5) == [8, 8]
        assert _weeks_without_rest(table) == set()


def test_six_days_are_as_many_as_may_be(streams):
    for rng in streams:
        assert sorted(_longest(_roster(rng, six=[3]).table()).values())[-4:] == [5, 6, 6, 6]


def test_counted_day_makes_the_run_too_long_only_as_work(streams):
    for rng in streams:
        table = _roster(rng, counted=["培训", 2]).table()
        assert sum(run > 6 for run in _longest(table).values()) == 2
        assert all(run <= 6 for run in _longest(table, off=("休", "培训")).values())


def test_leave_is_no_fault_unless_it_is_taken_for_work(streams):
    for rng in streams:
        table = _roster(rng, leave=["年假", 1]).table()
        assert all(run <= 6 for run in _longest(table, off=("休", "年假")).values())
        assert sum(run > 6 for run in _longest(table).values()) == 1


def test_nights_are_spread_as_planted_on_days_of_work(streams):
    for rng in streams:
        roster = _roster(rng, counted=["培训", 2])
        roster.nights(["夜A", "夜B"], top=(7, 8, 12), usual=(1, 5), none=6, exempt=3)
        table = roster.table()
        count = table["班次"].str.startswith("夜").groupby(table["工号"]).sum().sort_values()
        exempt = roster.exempted().query("免夜班 == '是'")["工号"]
        assert count.iloc[-3:].tolist() == [7, 8, 12]
        assert (count == 0).sum() == 9
        assert count[exempt].eq(0).all()
        assert len(exempt) == 3
        assert (table["班次"] == "培训").sum() == 2


def test_more_plantings_than_people_are_refused(streams):
    with pytest.raises(SeatError, match="班表只有 4 人"):
        Roster(streams[0], 4, 4, "2025-07-07").six(3).across(2)
