"""答案的形式对不对，该写成什么样？"""

from __future__ import annotations

import math
import numbers
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from ccomlib.check.amounts import PERCENT, SHARE, amount
from ccomlib.check.matching import is_sequence, letters_of, matches, plain
from ccomlib.results import Result

__all__ = ["KINDS", "describe", "form_advice", "has_form", "remedy", "shown"]

KINDS = {
    "number": "一个数",
    "integer": "一个整数",
    "text": "一段文字",
    "letters": "选项字母",
    "list": "一个列表 […]",
    "dict": "一个字典 {…}",
    "table": "一张表",
}
# 确认里最多列出几项
LONGEST = 12


def form_advice(actual: Any, equals: Any, tol: float, unit: str | None) -> str:
    """形式上的毛病先说清楚；没有就只报出学员的答案。"""
    actual, equals = plain(actual), plain(equals)
    if isinstance(actual, Result):
        return "你给的是整个结果，请取其中的一个数（在名字后加 . 再按 Tab 看有哪些）。"
    if (
        isinstance(equals, numbers.Real)
        and amount(actual, unit) is None
        and isinstance(actual, str)
    ):
        return f"你给的是文字 {actual!r}，请{remedy(actual, 'number') or '去掉引号写成数字'}。"
    if isinstance(equals, numbers.Real) and isinstance(actual, numbers.Real):
        if math.isclose(actual, equals * 100, rel_tol=tol) and 0 < abs(equals) <= 1:
            return f"你给的是 {actual:g}，像是百分数：请写成小数（85% 写 0.85）。"
        return f"你得到 {actual:.6g}。"
    if isinstance(equals, (list, tuple)) and isinstance(actual, (list, tuple)):
        if len(actual) != len(equals):
            return f"应有 {len(equals)} 个，你给了 {len(actual)} 个。"
        pairs = zip(actual, equals, strict=True)
        wrong = [n for n, (a, e) in enumerate(pairs, 1) if not matches(a, e, tol=tol, unit=unit)]
        return f"第 {'、'.join(map(str, wrong))} 个要再看看。"
    if isinstance(equals, Mapping) and isinstance(actual, Mapping):
        missing = [str(key) for key in equals if key not in actual]
        if missing:
            return f"还缺 {'、'.join(missing)}。"
        wrong = [str(k) for k in equals if not matches(actual[k], equals[k], tol=tol, unit=unit)]
        return f"{'、'.join(wrong[:5])} 要再看看。"
    return f"你得到 {describe(actual)}。"


def has_form(value: Any, kind: str, unit: str | None) -> bool:
    """是不是 `kind` 要的形式；`unit` 与 `ccomlib.check.amounts.amount` 的相同。"""
    if kind in {"number", "integer"}:
        number = amount(plain(value), unit)
        if number is None or not math.isfinite(number):
            return False
        return kind == "number" or float(number).is_integer()
    if kind == "letters":
        return isinstance(value, str) and re.fullmatch("[A-Z]+", letters_of(value)) is not None
    if kind == "text":
        return isinstance(value, str) and bool(value.strip())
    if kind == "list":
        return is_sequence(value) or isinstance(value, (set, frozenset))
    if kind == "dict":
        return isinstance(value, Mapping) or hasattr(value, "items")
    return hasattr(value, "columns")


def shown(value: Any, kind: str, unit: str | None) -> str:
    """已作答的是什么；写成文字的数，说出它是多少。"""
    if kind in {"list", "dict"}:
        return _parts_shown(value, kind, unit) or describe(value).strip()
    if kind == "table":
        return describe(value)
    number = amount(plain(value), unit) if kind in {"number", "integer"} else None
    if number is None or (unit is None and not isinstance(value, str)):
        return str(value)
    if isinstance(value, str):
        return f"{value}（即 {number:.10g}）"
    if unit == SHARE:
        return f"{value}（即 {number * 100:.10g}%）"
    return f"{value}%" if unit == PERCENT else f"{value} {unit}".strip()


def _parts_shown(value: Any, kind: str, unit: str | None) -> str:
    """字典与列表里的每一项；文字带着引号，好与数分开。"""
    if kind == "list" and is_sequence(value):
        value = list(value)
    value = plain(value)
    if isinstance(value, Mapping):
        parts = [(f"{key} ", plain(item)) for key, item in value.items()]
    elif isinstance(value, list):
        parts = [("", plain(item)) for item in value]
    else:
        return ""
    if len(parts) > LONGEST or any(not isinstance(item, (str, numbers.Real)) for _, item in parts):
        return ""
    return "，".join(f"{name}{_part_shown(item, unit)}" for name, item in parts)


def _part_shown(item: Any, unit: str | None) -> str:
    if not isinstance(item, str):
        return shown(item, "number", unit)
    if amount(item, unit) is not None:
        return shown(item, "number", unit)
    better = remedy(item, "number")
    return f"文字 {item!r}" + (f"（要填数就{better}）" if better else "")


def remedy(value: Any, kind: str) -> str:
    """该写成什么样；看不出就是空的。

    >>> remedy((1, 234), "number"), remedy(["A", "C"], "letters")
    ('去掉千分位逗号，写成 1234', '写成 "AC"')
    """
    if kind in {"number", "integer"}:
        return _number_remedy(value) if isinstance(value, str) else _thousands_remedy(value)
    is_series = isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value)
    return f'写成 "{"".join(value)}"' if kind == "letters" and is_series else ""


def _thousands_remedy(value: Any) -> str:
    """写了千分位逗号的整数，Python 当作几个数。"""
    if not isinstance(value, tuple) or len(value) < 2 or any(type(one) is not int for one in value):
        return ""
    if any(not 0 <= part < 1000 for part in value[1:]):
        return ""
    joined = str(value[0]) + "".join(f"{part:03d}" for part in value[1:])
    return f"去掉千分位逗号，写成 {joined}"


def _number_remedy(text: str) -> str:
    """一段文字改成数，该写什么。

    >>> _number_remedy("76.5%"), _number_remedy("约 39 个"), _number_remedy("不知道")
    ('去掉引号，写成 0.765', '去掉引号，写成 39', '')
    """
    number = amount(text, SHARE)
    if number is None:
        inside = re.findall(r"[+-]?[\d.,]+", unicodedata.normalize("NFKC", text))
        number = amount(inside[0], "") if len(inside) == 1 and "%" not in text else None
    return "" if number is None else f"去掉引号，写成 {number:.10g}"


def describe(value: Any) -> str:
    """学员填的是什么。"""
    if isinstance(value, str):
        return f"文字 {value!r}"
    if hasattr(value, "columns"):
        return f"一张 {len(value)} 行的表"
    if isinstance(value, Mapping) or hasattr(value, "items"):
        return f"有 {len(value)} 项的字典"
    if isinstance(value, (list, tuple, set)):
        return f"有 {len(value)} 个值的列表"
    if callable(value):
        return "一个函数（后面的括号没写？）"
    return f" {value!r}"
