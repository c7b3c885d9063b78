"""答了没有：写答案的那一格运行成功了吗，还有没有填的地方吗？"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ccomlib.check.blank import BLANK
from ccomlib.check.verdicts import NotAttempted, NotRun, NotWritten
from ccomlib.notebook import BLANK_NAME, Past

__all__ = ["require_attempt"]


def require_attempt(value: Any, what: str, past: Past) -> None:
    """答了没有。

    Parameters
    ----------
    value : 学员的答案。
    what : 这是什么。
    past : 答案的来历（`ccomlib.notebook.past_of`）。

    Raises
    ------
    NotRun, NotWritten, NotAttempted
    """
    if past.blank:
        raise NotAttempted(_fill_in(what, BLANK))
    if past.failed:
        raise NotRun(f"{what}还没有新的答案。{past.failed}。改好、运行上一格，再运行这一格。")
    if _is_blank(value) and past.unwritten:
        raise NotWritten(f"{what}：{past.unwritten}。")
    if value is ... or value is BLANK:
        raise NotAttempted(_fill_in(what, value))
    if value is None:
        raise NotAttempted(f"{what}没有值：是不是忘了赋值，或函数末尾忘了 return？")
    left = list(_blanks(value))
    if left:
        raise NotAttempted(f"{what}：还有 {'、'.join(left)} 没有填，请填上。")


def _fill_in(what: str, mark: Any) -> str:
    shown = BLANK_NAME if mark is BLANK else "..."
    return f"{what}：把上一格的 {shown} 换成你的答案，运行上一格，再运行这一格。"


def _is_blank(value: Any) -> bool:
    return value is ... or value is None or value is BLANK


def _blanks(value: Any) -> Iterator[str]:
    """字典与列表里还没有填的地方。"""
    if isinstance(value, Mapping):
        parts = [(str(key), item) for key, item in value.items()]
    elif isinstance(value, (list, tuple)):
        parts = [(f"第 {number} 个", item) for number, item in enumerate(value, 1)]
    else:
        return
    for name, item in parts:
        if item is ... or item is BLANK:
            yield name
        else:
            yield from (f"{name}的{inner}" for inner in _blanks(item))
