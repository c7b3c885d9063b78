"""钟点："08:30" 与零点起的分钟数，怎样互换？"""

from __future__ import annotations

from typing import Any

from ccomlib.cells import is_blank, parse_clock

__all__ = ["DAY_MINUTES", "clock_minutes", "clock_text", "slot_names"]

DAY_MINUTES = 1440


def clock_minutes(value: Any, where: str) -> int:
    """时刻变成零点起的分钟数；空的或读不懂就报出 ``where``。

    Parameters
    ----------
    value : 时刻，各种写法都认得（见 ``ccomlib.cells.parse_clock``）。
    where : 这一格在哪里，写进报错。

    Raises
    ------
    ValueError
        空的，或读不懂。

    Examples
    --------
    >>> clock_minutes("8点30分", "第 1 行的上班")
    510
    """
    try:
        text = "" if is_blank(value) else parse_clock(value)
    except ValueError as error:
        raise ValueError(f"{where}是 {value!r}：{error}。") from None
    if not text:
        raise ValueError(f'{where}是空的：请补上时刻，如 "08:30"。')
    return int(text[:2]) * 60 + int(text[3:])


def clock_text(minutes: int) -> str:
    """零点起的分钟数变回 "08:30"；过了零点从头数。

    Examples
    --------
    >>> clock_text(510), clock_text(1470)
    ('08:30', '00:30')
    """
    return f"{minutes % DAY_MINUTES // 60:02d}:{minutes % 60:02d}"


def slot_names(interval_minutes: int) -> list[str]:
    """一天各时段的开始时刻。

    Parameters
    ----------
    interval_minutes : 时段长度（分钟），要能整除一天。

    Examples
    --------
    >>> slot_names(480)
    ['00:00', '08:00', '16:00']
    """
    return [clock_text(start) for start in range(0, DAY_MINUTES, interval_minutes)]
