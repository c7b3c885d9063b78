"""academy.exam.start_time：过去的、太远的、夜里的开考时间要问一句；边上的不问。"""

from datetime import datetime, timedelta

import pytest

from academy.clock import TIMEZONE
from academy.exam.start_time import doubts

NOW = datetime(2025, 7, 1, 9, 0, tzinfo=TIMEZONE)
SECOND = timedelta(seconds=1)


def _at(text):
    return datetime.fromisoformat(text).replace(tzinfo=TIMEZONE)


def test_usual_start_is_not_questioned():
    assert doubts(_at("2025-07-18T15:30"), 90, NOW) == []


def test_past_is_questioned_and_now_is_not():
    assert doubts(NOW, 90, NOW) == []
    assert doubts(NOW - SECOND, 90, NOW) == ["已经过去（现在是 2025-07-01 09:00）"]


def test_more_than_a_year_ahead_is_questioned_and_a_year_is_not():
    year = timedelta(days=365)

    assert doubts(NOW + year, 90, NOW) == []
    assert doubts(NOW + year + SECOND, 90, NOW) == ["在一年以后"]


@pytest.mark.parametrize(
    ("start", "minutes", "said"),
    [
        ("2025-07-18T07:00", 90, []),
        ("2025-07-18T06:59", 90, ["在夜里"]),
        ("2025-07-18T03:30", 90, ["在夜里"]),  # 15:30 写成了 03:30
        ("2025-07-18T20:30", 90, []),  # 22:00 整结束
        ("2025-07-18T20:31", 90, ["考到夜里 22:01"]),
        ("2025-07-18T22:00", 1, ["考到夜里 22:01"]),
        ("2025-07-18T22:01", 90, ["在夜里"]),
        ("2025-07-18T21:59", 24 * 60, ["考到夜里 21:59"]),  # 过了夜
    ],
)
def test_night_is_questioned_to_the_minute(start, minutes, said):
    assert doubts(_at(start), minutes, NOW) == said


def test_night_is_night_in_china_whatever_the_zone():
    utc = datetime.fromisoformat("2025-07-18T07:30:00+00:00")  # 15:30 北京
    night = datetime.fromisoformat("2025-07-18T15:30:00+00:00")  # 23:30 北京

    assert doubts(utc, 90, NOW) == []
    assert doubts(night, 90, NOW) == ["在夜里"]


def test_all_doubts_are_told_at_once():
    assert doubts(_at("2025-06-18T03:30"), 90, NOW) == [
        "已经过去（现在是 2025-07-01 09:00）",
        "在夜里",
    ]
