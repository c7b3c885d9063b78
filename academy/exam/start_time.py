"""Can this be when the examination starts?  Doubts for staff to confirm or mend."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from academy.clock import TIMEZONE, shown

__all__ = ["doubts"]

EARLIEST, LATEST = time(7), time(22)  # 教学约定：开考不早于、结束不晚于（北京时间）
FARTHEST = timedelta(days=365)


def doubts(start: datetime, minutes: int, now: datetime) -> list[str]:
    """What is odd about a start time, a Chinese clause each; empty where nothing is.

    Parameters
    ----------
    start, now : aware datetimes.
    minutes : how long the examination takes.
    """
    begins = start.astimezone(TIMEZONE)
    ends = (start + timedelta(minutes=minutes)).astimezone(TIMEZONE)
    found = []
    if start < now:
        found.append(f"已经过去（现在是 {shown(now)}）")
    if start - now > FARTHEST:
        found.append("在一年以后")
    if begins.time() < EARLIEST or begins.time() > LATEST:
        found.append("在夜里")
    elif ends.date() != begins.date() or ends.time() > LATEST:
        found.append(f"考到夜里 {ends:%H:%M}")
    return found
