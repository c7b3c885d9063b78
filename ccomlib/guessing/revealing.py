"""讲解什么时候打开？猜过，或说了不猜；没有猜的只说怎样猜。"""

from __future__ import annotations

from typing import Any

from ccomlib.guessing.records import records
from ccomlib.guessing.screen import show_opening

__all__ = ["reading"]

CLOSED = "**○ 先猜。** 在上面「先猜」那一格{}点「记下」，这里就打开；不想猜，点「不猜了，直接看」。"
NOT_ASKED = "**○ 先猜。** 先运行上面「先猜」的那一格，猜过以后再运行这一格。"


def reading(name: str, text: str, *, actual: Any, digits: int | None = None) -> None:
    """猜过以后才打开的讲解，开头比较猜的与实际的。

    笔记本里写着它的格由母本生成，源码折起；「全部运行」遇到没有猜的题不会停，只说怎样猜。

    Parameters
    ----------
    name : 猜的编号。
    text : 讲解，Markdown。
    actual : 实际是多少：一个数（单位是 % 时写比例，0.44 就是 44%），或选项的字母、文字。
    digits : 实际的数留几位小数；不给就看大小。

    Raises
    ------
    ValueError
        实际值不是一个数，或没有这个选项。

    Examples
    --------
    >>> from ccomlib import guess
    >>> guess("最低接起", "上午最差的时段接起几成？", unit="%", mine="不猜")
    ○ 先猜：上午最差的时段接起几成？
    好，不猜了。往下运行，直接看。
    >>> reading("最低接起", "最差的是 08:30。", actual=0.44)
    > **没有猜。实际 44%。**
    <BLANKLINE>
    最差的是 08:30。
    """
    asked = records.get(name)
    if asked is None:
        show_opening(NOT_ASKED)
        return
    said = asked.settle(actual, digits)
    if asked.given:
        show_opening(_opened(said, text))
        return
    opening = show_opening(CLOSED.format("选一个，" if asked.options else "写一个数，"))
    asked.when_given(lambda: opening(_opened(asked.settle(actual, digits), text)))


def _opened(said: str, text: str) -> str:
    return f"> **{said}**\n\n{text}"
