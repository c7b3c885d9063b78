"""练习的检查：还没作答、不对该看哪里、还是通过了？"""

from __future__ import annotations

import math
import numbers
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from ccomlib.results import Result

__all__ = ["Incorrect", "NotAttempted", "answered", "expect"]

KINDS = {
    "number": "一个数",
    "integer": "一个整数",
    "text": "一段文字",
    "letters": "选项字母",
    "list": "一个列表 […]",
    "dict": "一个字典 {…}",
    "table": "一张表",
}


class _Verdict(AssertionError):
    """学员看到的只有一句话，不带程序的调用过程。"""

    heading = ""

    def _render_traceback_(self) -> list[str]:
        return [f"{self.heading}：{self}"]


class NotAttempted(_Verdict):
    """还没有作答。"""

    heading = "○ 还没有作答"


class Incorrect(_Verdict):
    """作答了，但不对。"""

    heading = "✗ 不对"


def expect(
    actual: Any,
    equals: Any,
    *,
    what: str,
    hint: str = "",
    mistakes: Iterable[tuple[Any, str]] = (),
    tol: float = 1e-6,
    atol: float = 1e-9,
) -> None:
    """检查答案：三种结果——还没有作答、不对（指出看哪里）、通过。

    Parameters
    ----------
    actual : 学员的答案。
    equals : 正确答案；数按误差比较，文字不计大小写、全半角和空格，列表、字典、表逐个比较。
    what : 这是什么，写进每一句话里。
    hint : 一般性错误时的提示：该看哪里，而不是答案。
    mistakes : 若干 (错误答案, 对症的话)，按顺序比对，先对上的先说。
    tol, atol : 相对误差与绝对误差，满足其一即可。

    Raises
    ------
    NotAttempted, Incorrect
        都是 AssertionError；在笔记本里只显示一句话。

    Examples
    --------
    >>> expect(20.0, 20, what="话务量")
    ✓ 通过：话务量
    >>> expect(72000, 20, what="话务量", mistakes=[(72000, "处理时长的单位是秒，要除以 3600。")])
    Traceback (most recent call last):
    ccomlib.check.Incorrect: 话务量：处理时长的单位是秒，要除以 3600。
    """
    _require_attempt(actual, what)
    if matches(actual, equals, tol=tol, atol=atol):
        print(f"✓ 通过：{what}")
        return
    for wrong, advice in mistakes:
        if matches(actual, wrong, tol=tol, atol=atol):
            raise Incorrect(f"{what}：{advice}")
    raise Incorrect(f"{what}：{_form_advice(actual, equals, tol)}{hint}")


def answered(value: Any, kind: str, *, what: str) -> None:
    """试卷里的作答确认：有没有答、形式对不对；不透露对错。

    Parameters
    ----------
    value : 学员的答案。
    kind : "number"、"integer"、"text"、"letters"、"list"、"dict"、"table" 之一。
    what : 题号。

    Examples
    --------
    >>> answered("B", "letters", what="第 1 题")
    第 1 题 已作答：B
    """
    if kind not in KINDS:
        raise ValueError(f"kind 是 {kind!r}，应是 {'、'.join(KINDS)} 之一。")
    _require_attempt(value, what)
    if not _has_form(value, kind):
        raise Incorrect(
            f"{what}：应填{KINDS[kind]}，你填的是{_describe(value)}，请改成要求的形式。"
        )
    shown = _describe(value) if kind in {"table", "list", "dict"} else value
    print(f"{what} 已作答：{shown}")


def matches(actual: Any, equals: Any, *, tol: float = 1e-6, atol: float = 1e-9) -> bool:
    """两个答案是否算相同；形式不同就是不同，从不报错。"""
    actual, equals = _plain(actual), _plain(equals)
    if isinstance(equals, bool) or isinstance(actual, bool):
        return isinstance(actual, bool) and isinstance(equals, bool) and actual == equals
    if isinstance(equals, numbers.Real):
        if not isinstance(actual, numbers.Real):
            return False
        return math.isclose(actual, equals, rel_tol=tol, abs_tol=atol)
    if isinstance(equals, str):
        return isinstance(actual, str) and _letters(actual) == _letters(equals)
    if isinstance(equals, Mapping):
        if not isinstance(actual, Mapping) or set(actual) != set(equals):
            return False
        return all(matches(actual[key], equals[key], tol=tol, atol=atol) for key in equals)
    if isinstance(equals, (set, frozenset)):
        if isinstance(actual, (str, Mapping)) or not isinstance(actual, Iterable):
            return False
        return sorted(map(_letters, map(str, actual))) == sorted(map(_letters, map(str, equals)))
    if isinstance(equals, (list, tuple)):
        if not isinstance(actual, (list, tuple)) or len(actual) != len(equals):
            return False
        pairs = zip(actual, equals, strict=True)
        return all(matches(one, other, tol=tol, atol=atol) for one, other in pairs)
    return type(actual) is type(equals) and bool(actual == equals)


def _require_attempt(value: Any, what: str) -> None:
    if value is ...:
        raise NotAttempted(f"{what}：把 ... 换成你的答案，再运行这一格。")
    if value is None:
        raise NotAttempted(f"{what}没有值：是不是忘了赋值，或函数末尾忘了 return？")
    if isinstance(value, Mapping):
        left = [key for key, item in value.items() if item is ...]
    elif isinstance(value, (list, tuple)):
        left = [f"第 {number} 个" for number, item in enumerate(value, 1) if item is ...]
    else:
        left = []
    if left:
        raise NotAttempted(f"{what}：还有 {'、'.join(map(str, left))} 是 ...，请填上。")


def _plain(value: Any) -> Any:
    """numpy 与 pandas 的值变成普通的数、列表与字典，便于逐个比较。"""
    import numpy as np
    import pandas as pd

    if isinstance(value, pd.DataFrame):
        return {
            str(column): dict(zip(map(str, value.index), map(_plain, value[column]), strict=True))
            for column in value.columns
        }
    if isinstance(value, pd.Series):
        return dict(zip(map(str, value.index), map(_plain, value), strict=True))
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d" if value == value.normalize() else "%Y-%m-%d %H:%M")
    if isinstance(value, np.ndarray):
        return [_plain(item) for item in value.tolist()]
    if isinstance(value, np.generic):
        return value.item()
    return value


def _letters(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _form_advice(actual: Any, equals: Any, tol: float) -> str:
    """形式上的毛病先说清楚；没有就只报出学员的答案。"""
    actual, equals = _plain(actual), _plain(equals)
    if isinstance(actual, Result):
        return "你给的是整个结果，请取其中的一个数（在名字后加 . 再按 Tab 看有哪些）。"
    if isinstance(equals, numbers.Real) and isinstance(actual, str):
        return f"你给的是文字 {actual!r}，请去掉引号写成数字。"
    if isinstance(equals, numbers.Real) and isinstance(actual, numbers.Real):
        if math.isclose(actual, equals * 100, rel_tol=tol) and 0 < abs(equals) <= 1:
            return f"你给的是 {actual:g}，像是百分数：请写成小数（85% 写 0.85）。"
        return f"你得到 {actual:.6g}。"
    if isinstance(equals, (list, tuple)) and isinstance(actual, (list, tuple)):
        if len(actual) != len(equals):
            return f"应有 {len(equals)} 个，你给了 {len(actual)} 个。"
        pairs = zip(actual, equals, strict=True)
        wrong = [n for n, (a, e) in enumerate(pairs, 1) if not matches(a, e, tol=tol)]
        return f"第 {'、'.join(map(str, wrong))} 个要再看看。"
    if isinstance(equals, Mapping) and isinstance(actual, Mapping):
        missing = [str(key) for key in equals if key not in actual]
        if missing:
            return f"还缺 {'、'.join(missing)}。"
        wrong = [str(k) for k in equals if not matches(actual[k], equals[k], tol=tol)]
        return f"{'、'.join(wrong[:5])} 要再看看。"
    return f"你得到 {_describe(actual)}。"


def _has_form(value: Any, kind: str) -> bool:
    value = _plain(value) if kind in {"number", "integer"} else value
    number = isinstance(value, numbers.Real) and not isinstance(value, bool)
    if kind == "number":
        return number and math.isfinite(value)
    if kind == "integer":
        return number and float(value).is_integer()
    if kind == "letters":
        return isinstance(value, str) and _letters(value).isalpha() and _letters(value).isascii()
    if kind == "text":
        return isinstance(value, str) and bool(value.strip())
    if kind == "list":
        return not isinstance(value, (str, Mapping)) and isinstance(value, Iterable)
    if kind == "dict":
        return isinstance(value, Mapping) or hasattr(value, "items")
    return hasattr(value, "columns")


def _describe(value: Any) -> str:
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
