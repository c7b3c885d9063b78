"""两个答案算不算相同？"""

from __future__ import annotations

import math
import numbers
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence, ValuesView
from typing import Any

from ccomlib.check.amounts import amount

__all__ = ["is_sequence", "letters_of", "matches", "plain"]

# 学员写在选项字母之间的
SEPARATORS = "[,;.、。/>→-]"


def matches(
    actual: Any, equals: Any, *, tol: float = 1e-6, atol: float = 1e-9, unit: str | None = None
) -> bool:
    """两个答案是否算相同；形式不同就是不同，从不报错。

    Parameters
    ----------
    actual : 学员的答案。
    equals : 正确答案。
    tol, atol : 相对误差与绝对误差，满足其一即可。
    unit : 写成文字的数认不认，与 `expect` 的相同。

    Examples
    --------
    >>> matches(0.1 + 0.2, 0.3), matches("C、A", "CA"), matches("30%", 0.3)
    (True, True, False)
    >>> matches("30%", 0.3, unit="share"), matches(30, 0.3, unit="share")
    (True, False)
    """
    if isinstance(equals, (list, tuple)) and is_sequence(actual):
        actual = list(actual)
    actual, equals = plain(actual), plain(equals)
    if isinstance(equals, bool) or isinstance(actual, bool):
        return isinstance(actual, bool) and isinstance(equals, bool) and actual == equals
    if isinstance(equals, numbers.Real):
        number = amount(actual, unit)
        return number is not None and math.isclose(number, equals, rel_tol=tol, abs_tol=atol)
    if isinstance(equals, str):
        return isinstance(actual, str) and _same_text(actual, equals)
    if isinstance(equals, Mapping):
        if not isinstance(actual, Mapping) or set(actual) != set(equals):
            return False
        return all(
            matches(actual[key], equals[key], tol=tol, atol=atol, unit=unit) for key in equals
        )
    if isinstance(equals, (set, frozenset)):
        if isinstance(actual, (str, Mapping)) or not isinstance(actual, Iterable):
            return False
        return sorted(map(_letters, map(str, actual))) == sorted(map(_letters, map(str, equals)))
    if isinstance(equals, (list, tuple)):
        if not isinstance(actual, (list, tuple)) or len(actual) != len(equals):
            return False
        pairs = zip(actual, equals, strict=True)
        return all(matches(one, other, tol=tol, atol=atol, unit=unit) for one, other in pairs)
    return type(actual) is type(equals) and bool(actual == equals)


def is_sequence(value: Any) -> bool:
    """有次序的一串值；文字、字典、表与集合不是。

    >>> is_sequence((1, 2)), is_sequence("12"), is_sequence({1, 2})
    (True, False, False)
    """
    if isinstance(value, (Sequence, ValuesView)):
        return not isinstance(value, (str, bytes))
    return hasattr(value, "tolist") and getattr(value, "ndim", 0) == 1


def plain(value: Any) -> Any:
    """numpy 与 pandas 的值变成普通的数、列表与字典，便于逐个比较。"""
    import numpy as np
    import pandas as pd

    if isinstance(value, pd.DataFrame):
        return {
            str(column): dict(zip(map(str, value.index), map(plain, value[column]), strict=True))
            for column in value.columns
        }
    if isinstance(value, pd.Series):
        return dict(zip(map(str, value.index), map(plain, value), strict=True))
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d" if value == value.normalize() else "%Y-%m-%d %H:%M")
    if isinstance(value, np.ndarray):
        return [plain(item) for item in value.tolist()]
    if isinstance(value, np.generic):
        return value.item()
    return value


def _letters(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _same_text(actual: str, equals: str) -> bool:
    """选项字母之间的逗号、顿号、箭头不算数；别的文字要一样。"""
    if re.fullmatch("[A-H]+", equals):
        return letters_of(actual) == equals
    return _letters(actual) == _letters(equals)


def letters_of(text: str) -> str:
    """选项字母，去掉中间的逗号、顿号、箭头与空格。

    >>> letters_of(" ｃ、a→B ")
    'CAB'
    """
    return re.sub(SEPARATORS, "", _letters(text))
