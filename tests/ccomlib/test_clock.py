"""ccomlib.clock：时刻与分钟数互换，不多不少。"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccomlib.clock import DAY_MINUTES, clock_minutes, clock_text, slot_names


@given(st.integers(0, DAY_MINUTES - 1))
def test_minutes_to_clock_and_back(minutes):
    assert clock_minutes(clock_text(minutes), "上班") == minutes


def test_past_midnight_counts_from_the_start():
    assert clock_text(DAY_MINUTES) == "00:00"
    assert clock_text(DAY_MINUTES - 1) == "23:59"


def test_slots_cover_the_day_once():
    assert len(slot_names(30)) == 48
    assert slot_names(30)[17] == "08:30"


@pytest.mark.parametrize(("value", "message"), [(None, "上班是空的"), ("上午", "上班是 '上午'")])
def test_an_unreadable_clock_names_its_place(value, message):
    with pytest.raises(ValueError, match=message):
        clock_minutes(value, "上班")
