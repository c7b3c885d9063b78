"""What time is it for the school?  UTC inside, Chinese time for the eye."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

__all__ = ["TIMEZONE", "Clock", "shown", "utc", "utc_now"]

TIMEZONE = ZoneInfo("Asia/Shanghai")

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time now; the clock that others take the place of in tests."""
    return datetime.now(UTC)


def utc(at: datetime) -> datetime:
    """A moment in UTC; without a zone it is UTC already, as nbgrader writes it."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def shown(at: datetime | None, *, seconds: bool = False) -> str:
    """A moment in Chinese time for the eye; empty where there is none."""
    if at is None:
        return ""
    return (
        utc(at).astimezone(TIMEZONE).strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")
    )
