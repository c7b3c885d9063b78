"""academy.seatkit.planning：三份卷的表彼此相符，表名与列名三份一样，每个座位都做得出来。"""

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[3]
PAPERS = ("wfmp-final", "wfmp-resit1", "wfmp-resit2")


def _seat(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / f"text/source/{name}/seat.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=PAPERS)
def seat(request):
    module = _seat(request.param)
    return module.CASE, module.tables(11)


def test_what_came_is_the_same_in_every_table(seat):
    case, tables = seat
    history = tables["history"]
    totals = history.groupby("日期")["呼入量"].sum().tail(21)
    assert tables["forecast_days"]["实际"].tolist() == totals.tolist()
    missed = history[history["日期"] == case.dates[case.missed]].set_index("时段")["呼入量"]
    day = tables["service_day"].set_index("时段")["呼入量"]
    assert (missed[day.index] == day).all()
    slot = history[history["时段"] == case.reserved].set_index("日期")
    past = tables["slot_errors"].set_index("日期")
    assert (slot.loc[past.index, "呼入量"] == past["实际量"]).all()
    assert (slot.loc[past.index, "事件"] == past["事件"]).all()


def test_special_days_fall_twice_on_two_weekdays_and_not_on_the_day_that_was_missed(seat):
    case, tables = seat
    history = tables["history"]
    special = history[history["事件"] != ""].drop_duplicates("日期")["日期"]
    assert sorted(special.dt.day_of_week) == sorted([*case.off, *case.off])
    assert case.dates[case.missed] not in set(special)


def test_roster_has_faults_of_both_kinds_and_people_exempt_from_nights(seat):
    _, tables = seat
    roster = tables["roster"]
    nights = roster["班次"].str.startswith("夜")
    assert not nights[roster["免夜班"] == "是"].any()
    assert roster.loc[roster["免夜班"] == "是", "工号"].nunique() == 3


def test_one_person_breaks_the_law_and_no_convention(seat):
    case, tables = seat
    law, *others = case.checks
    broken = tables["checks"][law.name] >= law.bands[1][0]
    assert broken.sum() == 1
    for gauge in others:
        low, high = gauge.bands[0]
        assert tables["checks"].loc[broken, gauge.name].between(low, high).all()


def test_papers_have_the_same_tables_with_the_same_shape():
    made = [_seat(name).tables(3) for name in PAPERS]
    assert len({tuple(tables) for tables in made}) == 1
    for name in made[0]:
        assert len({tables[name].shape[1] for tables in made}) == 1, name


def test_seats_differ_and_a_seat_is_always_the_same():
    module = _seat(PAPERS[0])
    one, again, other = module.tables(5), module.tables(5), module.tables(6)
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, again[name])
    assert not np.array_equal(one["history"]["呼入量"], other["history"]["呼入量"])
