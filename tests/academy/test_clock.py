"""academy.clock：里面一律 UTC，给人看的是北京时间。"""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from academy.clock import shown, utc, utc_now

MOMENT = datetime(2025, 7, 18, 7, 30, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "at",
    [
        MOMENT,
        MOMENT.replace(tzinfo=None),  # nbgrader 写的是没有时区的 UTC
        datetime(2025, 7, 18, 15, 30, 5, tzinfo=timezone(timedelta(hours=8))),
    ],
)
def test_same_moment_in_any_zone_is_one_moment_and_shown_in_chinese_time(at):
    assert utc(at) == MOMENT
    assert utc(at).utcoffset() == timedelta(0)
    assert shown(at) == "2025-07-18 15:30"
    assert shown(at, seconds=True) == "2025-07-18 15:30:05"


def test_no_moment_is_shown_as_nothing():
    assert shown(None) == ""


def test_clock_goes_in_utc():
    before = datetime.now(UTC)

    assert before <= utc_now() <= datetime.now(UTC)
