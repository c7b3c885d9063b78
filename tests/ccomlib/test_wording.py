"""ccomlib.wording：p 值不写成 0，长标签折行不丢字。"""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccomlib.wording import amount, date_text, day_text, p_text, wrap


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.0, "p < 0.0001"),
        (0.00009, "p < 0.0001"),
        (0.0001, "p = 0.0001"),
        (0.0999, "p = 0.0999"),
        (0.1, "p = 0.10"),
        (1.0, "p = 1.00"),
    ],
)
def test_p_is_written_with_the_digits_it_deserves(p, text):
    assert p_text(p) == text


def test_dates_are_written_in_the_form_and_names_as_they_are():
    assert date_text(pd.Timestamp("2026-03-02 10:00"), "%m-%d") == "03-02"
    assert date_text("周一", "%m-%d") == "周一"
    assert date_text(3) == "3"


@given(st.text("上门维修0123abc（），。", min_size=1, max_size=60), st.integers(8, 40))
def test_wrapping_loses_no_character(text, columns):
    assert wrap(text, columns).replace("\n", "") == text


@given(st.text("上门维修提前通知", min_size=1, max_size=40), st.integers(8, 40))
def test_no_line_is_wider_than_asked(text, columns):
    assert all(2 * len(line) <= columns for line in wrap(text, columns).splitlines())


def test_words_stay_whole_and_closing_marks_do_not_begin_a_line():
    assert wrap("满意度 survey2025 的结果", 12).splitlines()[1] == "survey2025"
    assert not any(line.startswith("。") for line in wrap("上门时间没有通知。", 8).splitlines())


@pytest.mark.parametrize(
    ("value", "text"),
    [(100.4, "100"), (99.96, "100.0"), (10.04, "10.0"), (9.996, "10.00"), (-8.381, "-8.38")],
)
def test_an_amount_has_the_places_of_its_size(value, text):
    assert amount(value) == text


def test_a_day_has_its_weekday_and_a_name_stays():
    day = pd.Timestamp("2026-03-08")

    assert day_text(day, "\n") == "03-08\n周日"
    assert day_text("11组") == "11组"
