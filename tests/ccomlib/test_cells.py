"""ccomlib.cells：同一个意思的各种写法读成一样，读不懂的说怎样改。"""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccomlib.cells import (
    cell_text,
    is_blank,
    names_in,
    parse_clock,
    parse_date,
    parse_flag,
    parse_number,
    parse_seconds,
    parse_slot,
    parse_text,
)


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_spelling_of_a_time_means_the_same_slot(hour, minute):
    expected = f"{hour:02d}:{minute:02d}"
    spellings = [
        expected,
        f"{hour}:{minute:02d}",
        f"{hour:02d}{minute:02d}",
        f"{hour}点{minute}分",
        f"{expected}-{(hour + 1) % 24:02d}:00",
        dt.time(hour, minute),
        (hour * 60 + minute) / 1440,
    ]
    assert {parse_slot(value) for value in spellings} == {expected}


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)))
def test_every_spelling_of_a_date_means_the_same_day(day):
    """Excel 的序列号从 1899-12-30 数起。"""
    serial = (day - dt.date(1899, 12, 30)).days
    spellings = [
        str(day),
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
    ]
    assert {parse_date(value).date() for value in [*spellings, serial, day]} == {day}


@pytest.mark.parametrize("value", ["8", "25:00", "08:75", "上午"])
def test_an_unclear_slot_is_refused(value):
    with pytest.raises(ValueError, match="08:30"):
        parse_slot(value)


@pytest.mark.parametrize("value", ["3月2日", "2026-02-30", "3/2/2026"])
def test_an_unclear_date_is_refused(value):
    with pytest.raises(ValueError, match="2026-03-02"):
        parse_date(value)


def test_percent_text_is_a_fraction_and_minutes_seconds_text_is_ambiguous():
    """85% = 0.85；"4:32" 可以是四小时，也可以是四分钟。"""
    assert parse_number("85%") == 0.85
    with pytest.raises(ValueError, match="分不清"):
        parse_seconds("4:32")


@pytest.mark.parametrize("value", [None, float("nan"), pd.NaT, pd.NA, "", " \u3000\ufeff"])
def test_blanks_of_every_kind_are_blank(value):
    assert is_blank(value)
    assert cell_text(value) == ""


@pytest.mark.parametrize("value", [0, 0.0, False, "0", "无", pd.Timestamp("2026-03-02")])
def test_zero_and_words_are_not_blank(value):
    assert not is_blank(value)


def test_full_width_numbers_units_and_separators_are_numbers():
    assert parse_number("１，２３４") == 1234
    assert parse_number("−3.5") == -3.5
    with pytest.raises(ValueError, match="请改成数字"):
        parse_number("三十")


def test_a_whole_float_is_an_employee_number_again():
    assert parse_text(1001.0) == "1001"
    assert parse_text(" A001 ") == "A001"


def test_rest_is_no_clock_and_midnight_is_zero():
    assert parse_clock("休") == ""
    assert parse_clock("24:00") == "00:00"


def test_an_unclear_flag_is_refused():
    assert parse_flag("√") is True
    assert parse_flag("否") is False
    with pytest.raises(ValueError, match="请改成"):
        parse_flag("也许")


def test_several_names_in_one_cell_are_taken_apart():
    assert names_in("系统、话术，投诉/情绪") == ["系统", "话术", "投诉", "情绪"]
    assert names_in(None) == []
    assert names_in(["系统 ", 3]) == ["系统", "3"]
