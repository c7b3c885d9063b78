"""academy.cli.common：考务手打的时间，怎样写都认得；认不得的说怎样写。"""

from datetime import datetime, timedelta, timezone

import pytest

from academy.cli.common import moment
from academy.clock import TIMEZONE
from academy.errors import CourseError

AT = datetime(2027, 7, 6, 15, 30, tzinfo=TIMEZONE)


@pytest.mark.parametrize(
    "text",
    [
        "2027-07-06T15:30",
        "2027-07-06 15:30",
        "2027/7/6 15:30",
        "2027.7.6 15:30",
        "2027年7月6日15:30",
        "２０２７/7/6　15：30",
        " 2027/07/06  15:30 ",
        "2027-07-06T15:30:00",
        "2027/7/6 15:30:00",
    ],
)
def test_a_moment_is_read_as_chinese_offices_write_it(text):
    assert moment(text, "开考时间") == AT


def test_a_moment_that_says_its_zone_keeps_it():
    utc = datetime(2027, 7, 6, 7, 30, tzinfo=timezone(timedelta(0)))

    assert moment("2027-07-06T07:30+00:00", "开考时间") == utc == AT


@pytest.mark.parametrize("text", ["2027-07-06 15:30:07", "2027年7月6日15：30：07"])
def test_seconds_are_kept(text):
    assert moment(text, "收到的时间") == AT + timedelta(seconds=7)


def test_midnight_that_is_written_is_a_time():
    assert moment("2027/7/7 0:00", "收到的时间") == AT + timedelta(hours=8, minutes=30)


def test_no_moment_is_none():
    assert moment(None, "开考时间") is None


@pytest.mark.parametrize(
    "text",
    [
        "明天下午", "2027/13/6 15:30", "2027/7/6 25:30", "15:30", "",
        "2027/7/6 15:30:60", "2027-07-06", "2027/7/6", "20270706", "2027-W27-2", "2027-07-06T",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_said_with_the_way_to_write_it(text):
    with pytest.raises(CourseError, match="收到的时间 .* 认不出来：请写成 2025-07-18T15:30"):
        moment(text, "收到的时间")
