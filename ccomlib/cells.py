"""单元格：表里写的日期、时段、数字，怎样变成统一的写法？

每个函数接过一个非空的原始值，交回规范值；读不懂就抛 ``ValueError``，文字是改法。
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from typing import Any

import pandas as pd

__all__ = [
    "FLAGS",
    "PARSERS",
    "cell_text",
    "is_blank",
    "names_in",
    "parse_clock",
    "parse_count",
    "parse_date",
    "parse_flag",
    "parse_moment",
    "parse_number",
    "parse_seconds",
    "parse_slot",
    "parse_text",
    "plain_text",
]

EXCEL_EPOCH = dt.datetime(1899, 12, 30)
SERIAL_RANGE = (20_000, 80_000)
SLOT_ADVICE = '请写成 "08:30"'
DATE_ADVICE = '请写成 "2026-03-02" 这样的年月日'
NUMBER_ADVICE = "请改成数字"
UNITS = r"(秒钟?|s|sec|人|通|个|次|件|名|席|%)?"
FLAGS = {
    True: {"是", "true", "1", "y", "yes", "√", "✓", "休", "休息", "夜", "对"},
    False: {"否", "false", "0", "n", "no", "×", "x", "✗", "不"},
}


def plain_text(value: Any) -> str:
    """全角变半角，去掉首尾空白（含不间断空格）。"""
    return unicodedata.normalize("NFKC", str(value)).strip().strip("\u200b\ufeff")


def is_blank(value: Any) -> bool:
    """空单元格：没有值、只有空白、NaN、NaT 或 NA。

    >>> [is_blank(value) for value in (None, float("nan"), pd.NaT, "  ", 0, "无")]
    [True, True, True, True, False, False]
    """
    if isinstance(value, str):
        return not plain_text(value)
    return pd.api.types.is_scalar(value) and bool(pd.isna(value))


def cell_text(value: Any) -> str:
    """一格里的文字，去掉两头的空格；空值是空文字。

    >>> cell_text(float("nan")), cell_text(" 甲 ")
    ('', '甲')
    """
    return "" if is_blank(value) else str(value).strip()


def names_in(value: Any) -> list[str]:
    """一格里写的几个名字：顿号、逗号、分号、竖线、斜线隔开，空着就没有。

    >>> names_in("系统、 话术")
    ['系统', '话术']
    """
    if isinstance(value, (list, tuple, set)):
        return [str(part).strip() for part in value]
    return [part.strip() for part in re.split("[、，,;；/|]", cell_text(value)) if part.strip()]


def parse_number(value: Any) -> float:
    """数字：千分位、全角、"85%"、"120 秒"都认得。

    >>> parse_number("１，２３４"), parse_number("85%"), parse_number("120 秒")
    (1234.0, 0.85, 120.0)
    """
    if isinstance(value, (bool, dt.datetime, dt.date, dt.time, dt.timedelta)):
        raise ValueError(NUMBER_ADVICE)
    if isinstance(value, (int, float)):
        number = float(value)
    else:
        text = re.sub(r"[\s,]", "", plain_text(value)).lower().replace("−", "-")
        found = re.fullmatch(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)" + UNITS, text)
        if not found:
            raise ValueError(NUMBER_ADVICE)
        number = float(found.group(1)) / (100 if found.group(2) == "%" else 1)
    if not math.isfinite(number):
        raise ValueError(NUMBER_ADVICE)
    return number


def parse_count(value: Any) -> float:
    """不为负的数。"""
    number = parse_number(value)
    if number < 0:
        raise ValueError("不能是负数，请核对")
    return number


def parse_seconds(value: Any) -> float:
    """秒数；"0:04:32"、"4分32秒" 与 Excel 的时间格式都换算成秒。

    >>> parse_seconds("0:04:32"), parse_seconds("4分32秒"), parse_seconds("272")
    (272.0, 272.0, 272.0)
    """
    if isinstance(value, dt.timedelta):
        return parse_count(value.total_seconds())
    if isinstance(value, dt.time):
        return float(value.hour * 3600 + value.minute * 60 + value.second)
    text = re.sub(r"\s", "", plain_text(value))
    found = re.fullmatch(r"(?:(\d+)(?:小时|时))?(?:(\d+)分钟?)?(?:(\d+)秒)?", text)
    if found is None or not any(found.groups()):
        found = re.fullmatch(r"(\d+):([0-5]?\d):([0-5]?\d)", text)
    if found:
        hours, minutes, seconds = (float(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    if re.fullmatch(r"\d+:\d+", text):
        raise ValueError("分不清是“时:分”还是“分:秒”，请改成秒数")
    return parse_count(value)


def parse_date(value: Any) -> dt.datetime:
    """日期（时刻归零）：真日期、文字、Excel 序列号都认得。

    >>> parse_date("2026年3月2日").date(), parse_date(46083).date(), parse_date("20260302").date()
    (datetime.date(2026, 3, 2), datetime.date(2026, 3, 2), datetime.date(2026, 3, 2))
    """
    return parse_moment(value).replace(hour=0, minute=0, second=0, microsecond=0)


def parse_moment(value: Any) -> dt.datetime:
    """日期连同时刻；只有日期时为零点。"""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)
    text = plain_text(value)
    text = re.sub(r"\(?(星期|周)[一二三四五六日天]\)?", " ", text).strip()
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and SERIAL_RANGE[0] <= float(text) <= SERIAL_RANGE[1]:
        return EXCEL_EPOCH + dt.timedelta(seconds=round(float(text) * 86_400))
    found = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:\.0)?", text) or re.fullmatch(
        r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
        r"(?:[T\s]*(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?",
        text,
    )
    if not found:
        if re.fullmatch(r"\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?", text):
            raise ValueError(f"没有年份，{DATE_ADVICE}")
        raise ValueError(DATE_ADVICE)
    try:
        return dt.datetime(*(int(part) for part in found.groups() if part is not None))
    except ValueError:
        raise ValueError(f"没有这一天，{DATE_ADVICE}") from None


def parse_slot(value: Any) -> str:
    """时段的开始时刻 "08:30"：起止写法、时间格式、"0830"、Excel 的一天的几分之几都认得。

    >>> [parse_slot(text) for text in ("8:30", "08:30-09:00", "0830", "8点30分", "０８：３０")]
    ['08:30', '08:30', '08:30', '08:30', '08:30']
    """
    if isinstance(value, (dt.datetime, dt.time)):
        return f"{value.hour:02d}:{value.minute:02d}"
    if isinstance(value, dt.timedelta):
        return _from_minutes(value.total_seconds() / 60)
    if isinstance(value, float) and not isinstance(value, bool) and 0 <= value < 1:
        return _from_minutes(value * 1440)
    text = re.sub(r"\.0$", "", plain_text(value))
    text = re.sub(r"^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[T\s]+", "", text)
    start = re.split(r"[-~—–至到]+", text)[0].strip()
    found = re.fullmatch(
        r"(\d{1,2})\s*[:点时h]\s*(?:(\d{1,2})分?|(半))?(?::\d\d(?:\.\d+)?)?", start
    )
    if found:
        minute = 30 if found.group(3) else int(found.group(2) or 0)
        return _from_minutes(_minutes(int(found.group(1)), minute))
    if re.fullmatch(r"0|[3-5]\d|\d{3,4}", start):
        return _from_minutes(_minutes(int(start) // 100, int(start) % 100))
    if re.fullmatch(r"0?\.\d+", start):
        return _from_minutes(float(start) * 1440)
    raise ValueError(SLOT_ADVICE)


def parse_clock(value: Any) -> str:
    """上班、下班时刻；"休"、"-" 这类写法是空，24:00 是 "00:00"。"""
    text = plain_text(value)
    if text in {"休", "休息", "-", "--", "—", "/", "无", "off"}:
        return ""
    return "00:00" if re.fullmatch(r"24:00(:00)?", text) else parse_slot(value)


def parse_text(value: Any) -> str:
    """文字；被 Excel 存成 1001.0 的工号变回 "1001"。"""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return plain_text(value)


def parse_flag(value: Any) -> bool:
    """是或否。

    >>> parse_flag("是"), parse_flag(0), parse_flag("×")
    (True, False, False)
    """
    text = parse_text(value).lower()
    for flag, words in FLAGS.items():
        if text in words:
            return flag
    raise ValueError('请改成 "是" 或 "否"')


def _minutes(hour: int, minute: int) -> int:
    if hour > 23 or minute > 59:
        raise ValueError(f"没有这个时刻，{SLOT_ADVICE}")
    return hour * 60 + minute


def _from_minutes(minutes: float) -> str:
    whole = round(minutes) % 1440
    return f"{whole // 60:02d}:{whole % 60:02d}"


PARSERS = {
    "date": parse_date,
    "slot": parse_slot,
    "clock": parse_clock,
    "count": parse_count,
    "seconds": parse_seconds,
    "number": parse_number,
    "text": parse_text,
    "flag": parse_flag,
}
