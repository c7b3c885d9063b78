"""检查有哪几种结果？学员看到的都只有一句话。"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ccomlib.notebook import Past

__all__ = ["Incorrect", "NotAttempted", "NotRun", "NotWritten", "Verdict", "require_attempt"]


class Verdict(AssertionError):
    """学员看到的只有一句话，不带程序的调用过程。"""

    heading = ""

    def _render_traceback_(self) -> list[str]:
        return [f"{self.heading}：{self}"]


class NotAttempted(Verdict):
    """还没有作答。"""

    heading = "○ 还没有作答"


class Incorrect(Verdict):
    """作答了，但不对。"""

    heading = "✗ 不对"


class NotRun(Verdict):
    """写答案的那一格没有运行成功，名字里还是旧的值，或没有值。"""

    heading = "✗ 上一格没有运行成功"


class NotWritten(Verdict):
    """写了答案，却没有填进名字里。"""

    heading = "✗ 没有填进答案"


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
    if past.failed:
        raise NotRun(f"{what}还没有新的答案。{past.failed}。改好、运行上一格，再运行这一格。")
    if _is_blank(value) and past.unwritten:
        raise NotWritten(f"{what}：{past.unwritten}。")
    if value is ...:
        raise NotAttempted(f"{what}：把上一格的 ... 换成你的答案，运行上一格，再运行这一格。")
    if value is None:
        raise NotAttempted(f"{what}没有值：是不是忘了赋值，或函数末尾忘了 return？")
    left = list(_blanks(value))
    if left:
        raise NotAttempted(f"{what}：还有 {'、'.join(left)} 是 ...，请填上。")


def _is_blank(value: Any) -> bool:
    return value is ... or value is None


def _blanks(value: Any) -> Iterator[str]:
    """字典与列表里还没有填的地方。"""
    if isinstance(value, Mapping):
        parts = [(str(key), item) for key, item in value.items()]
    elif isinstance(value, (list, tuple)):
        parts = [(f"第 {number} 个", item) for number, item in enumerate(value, 1)]
    else:
        return
    for name, item in parts:
        if item is ...:
            yield name
        else:
            yield from (f"{name}的{inner}" for inner in _blanks(item))
