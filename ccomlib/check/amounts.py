"""写成文字的数是多少？76.5%、1,234、１２ 与 39 人，意思相同的才认。"""

from __future__ import annotations

import math
import numbers
import re
import unicodedata
from typing import Any

__all__ = ["PERCENT", "SHARE", "amount", "digits_of"]

SHARE = "share"
PERCENT = "percent"
NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d+)?")


def amount(value: Any, unit: str | None = None) -> float | None:
    """一个数，或意思等于一个数的文字；不是就没有。

    Parameters
    ----------
    value : 学员的答案。
    unit : 文字怎样算数。
        None：文字一概不算数；
        "share"：比例，0.765、"0.765"、"76.5%" 是同一个数；
        "percent"：百分数，76.5、"76.5"、"76.5%" 是同一个数；
        其余是单位本身，如 "人"：39、"39"、"39 人" 是同一个数；没有单位的写 ""。

    Notes
    -----
    没有百分号的 76.5 不当作 0.765：那是另一个意思。
    文字里认全角数字、千分位逗号（三位一节）和科学记数。

    Examples
    --------
    >>> amount("76.5%", "share"), amount("1,234", ""), amount("３９ 人", "人")
    (0.765, 1234, 39)
    >>> amount("76.5%"), amount("12,34", ""), amount("39 个", "人"), amount(True, "")
    (None, None, None, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, numbers.Real):
        return value
    if unit is None or not isinstance(value, str):
        return None
    text = unicodedata.normalize("NFKC", value).replace("\u2212", "-").strip()
    if unit in (SHARE, PERCENT):
        number = digits_of(text.removesuffix("%").rstrip())
        shared = text.endswith("%") and unit == SHARE
        return number / 100 if number is not None and shared else number
    return digits_of(text.removesuffix(unicodedata.normalize("NFKC", unit)).rstrip())


def digits_of(text: str) -> float | None:
    """半角的十进制数；千分位逗号只认三位一节。

    >>> digits_of("1,234.5"), digits_of("-3"), digits_of("12,34"), digits_of("nan")
    (1234.5, -3, None, None)
    """
    if not NUMBER.fullmatch(text) or not any(char.isdecimal() for char in text.partition("e")[0]):
        return None
    plain = text.replace(",", "")
    try:
        return int(plain)
    except ValueError:
        number = float(plain)
    return number if math.isfinite(number) else None
