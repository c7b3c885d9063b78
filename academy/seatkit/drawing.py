"""Does this draw tell right from wrong?  Draws again until it does, and says why when it never does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from academy.errors import CcomError
from ccomlib.check import matches

__all__ = ["SeatError", "apart", "draw"]

Made = TypeVar("Made")
TIMES = 400
# a wrong answer must miss the tolerance by half as much again
MARGIN = 1.5


class SeatError(CcomError):
    """No seat can be made: the conditions of a draw are never met together."""


def draw(
    make: Callable[[], Made],
    good: Callable[[Made], Mapping[str, bool]],
    *,
    what: str,
    times: int = TIMES,
) -> Made:
    """Make until it is good.

    Parameters
    ----------
    make : makes the data, each time anew from the same stream.
    good : the conditions by name, in Chinese, and whether what was made fulfils them; at least
        one for each wrong method that must not give the right answer.
    what : what is made, for the message.
    times : how often at most.

    Raises
    ------
    SeatError
        Never good; names the conditions that failed, the most frequent first.

    Examples
    --------
    >>> draw(iter([1, 2, 3]).__next__, lambda n: {"大于 1": n > 1}, what="数")
    2
    """
    failed: Counter[str] = Counter()
    for _ in range(times):
        made = make()
        missed = [name for name, fine in good(made).items() if not fine]
        if not missed:
            return made
        failed.update(missed)
    reasons = "、".join(f"「{name}」{count} 次" for name, count in failed.most_common())
    raise SeatError(
        f"座位数据「{what}」抽了 {times} 次都不合格：不满足{reasons}；请放宽条件，或把可选的范围放大。"
    )


def apart(right: Any, *wrong: Any, tol: float = 1e-6, atol: float = 1e-9) -> bool:
    """Whether none of the wrong answers would pass for the right one, with a margin.

    Parameters
    ----------
    right, wrong : answers as the paper asks for them: numbers, letters, lists or dicts of these.
    tol, atol : the item's tolerance.

    Examples
    --------
    >>> apart(100, 103, tol=0.01), apart(100, 101.2, tol=0.01)
    (True, False)
    """
    return not any(matches(one, right, tol=MARGIN * tol, atol=MARGIN * atol) for one in wrong)
