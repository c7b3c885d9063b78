"""这个内核里猜过什么？编号 → 问题、选项、学员的值；课堂投票也从这里读。"""

from __future__ import annotations

import html
import math
import numbers
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ccomlib.check.amounts import digits_of

__all__ = ["LETTERS", "SKIP", "Guess", "Guesses", "guesses", "records"]

LETTERS = "ABCDEFGH"
SKIP = "不猜"
PERCENT = "%"


@dataclass
class Guess:
    """一次猜。

    Attributes
    ----------
    name : str
        编号，一课里不重复。
    question : str
        问题。
    unit : str
        猜一个数时的单位，照管理者的写法；``"%"`` 是百分数。
    options : tuple of str
        选项的文字，第一个是 A；猜一个数时是空的。
    value : float, str or None
        学员猜的：一个数（单位是 % 时，60% 记作 60），或选项的字母；还没有猜、不猜，都是 None。
    skipped : bool
        说了「不猜了，直接看」。
    actual : float, str or None
        实际是多少，写法与 `value` 相同；讲解还没有运行过就是 None。
    """

    name: str
    question: str
    unit: str = ""
    options: tuple[str, ...] = ()
    value: float | str | None = None
    skipped: bool = False
    actual: float | str | None = None
    _waiting: list[Callable[[], None]] = field(default_factory=list, repr=False, compare=False)

    @property
    def given(self) -> bool:
        """猜过了，或说了不猜：讲解可以打开了。"""
        return self.skipped or self.value is not None

    def take(self, answer: Any) -> None:
        """记下学员的答案；一题只记第一次，看过讲解再改不算数。

        Parameters
        ----------
        answer : 一个数（60、"60%" 都行）、选项的字母，或「不猜」。

        Raises
        ------
        ValueError
            不是一个数，也不是哪个选项；话里说怎么写。
        """
        if self.given:
            return
        if isinstance(answer, str) and answer.strip() == SKIP:
            self.skipped = True
        elif self.options:
            self.value = self._letter(answer)
        else:
            self.value = self._number(answer)
        for opened in self._waiting:
            opened()
        self._waiting.clear()

    def when_given(self, opened: Callable[[], None]) -> None:
        """猜过以后运行 `opened`；已经猜过就不用等。"""
        if not self.given:
            self._waiting.append(opened)

    def settle(self, actual: Any, digits: int | None = None) -> str:
        """记下实际是多少，交回比较的那句话。

        Parameters
        ----------
        actual : 实际：一个数（单位是 % 时是比例，0.44 就是 44%），或选项的字母、文字。
        digits : 实际的数留几位小数；不给就看大小。

        Raises
        ------
        ValueError
            不是一个有限的数，或没有这个选项。
        """
        self.actual = self._actual(actual)
        if self.actual is None:
            kind = "选项之一" if self.options else "一个有限的数"
            raise ValueError(f"猜 {self.name} 的实际值是 {actual!r}，应是{kind}：请核对 actual=。")
        right = self.shown(self.actual, digits)
        if self.value is None:
            return f"没有猜。实际{'是 ' if self.options else ' '}{right}。"
        if self.options:
            same = self.value == self.actual
            return f"你猜 {self.shown(self.value)}，{'猜中了' if same else f'实际是 {right}'}。"
        return f"你猜 {self.shown(self.value)}，实际 {right}。"

    def shown(self, value: float | str, digits: int | None = None) -> str:
        """一个值照管理者的写法：44%、17.6 人、B. 09:30。"""
        if self.options:
            return f"{value}. {self.options[LETTERS.index(value)]}"
        if digits is None:
            digits = 0 if abs(value) >= 100 or float(value).is_integer() else 1
            digits = 0 if self.unit == PERCENT and abs(value) >= 10 else digits
        text = f"{value:,.{digits}f}"
        return f"{text}%" if self.unit == PERCENT else f"{text} {self.unit}".strip()

    def _letter(self, answer: Any) -> str:
        text = unicodedata.normalize("NFKC", str(answer)).strip()
        letters = LETTERS[: len(self.options)]
        if len(text) == 1 and text.upper() in letters:
            return text.upper()
        if text in self.options:
            return letters[self.options.index(text)]
        raise ValueError(f"请选一个：{'、'.join(letters)}。")

    def _number(self, answer: Any) -> float:
        if isinstance(answer, str):
            text = unicodedata.normalize("NFKC", answer).replace("\u2212", "-").strip()
            plain = text.removesuffix(unicodedata.normalize("NFKC", self.unit)).strip()
            number = digits_of(plain)
            # 0.6 与 60% 是一个意思；写了百分号的 0.6% 就是 0.6%
            share = self.unit == PERCENT and not text.endswith("%")
        else:
            number = answer if isinstance(answer, numbers.Real) else None
            share = self.unit == PERCENT
        if number is None or isinstance(number, bool) or not math.isfinite(number):
            example = "60" if not self.unit else f"60（{self.unit}）"
            raise ValueError(f"「{answer}」不是一个数：请只写数，如 {example}。")
        return float(number * 100 if share and 0 < abs(number) < 1 else number)

    def _actual(self, actual: Any) -> float | str | None:
        if self.options:
            try:
                return self._letter(actual)
            except ValueError:
                return None
        if isinstance(actual, bool) or not hasattr(actual, "__float__"):
            return None
        number = float(actual)
        if not math.isfinite(number):
            return None
        return number * 100 if self.unit == PERCENT else number


class Guesses(Mapping[str, Guess]):
    """编号 → `Guess`，按问的次序；在笔记本里显示成「你猜 / 实际」的表。"""

    def __init__(self, taken: Mapping[str, Guess]) -> None:
        self._taken = taken

    def __getitem__(self, name: str) -> Guess:
        return self._taken[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._taken)

    def __len__(self) -> int:
        return len(self._taken)

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        for one in self._taken.values():
            mine = "没有猜" if one.value is None else one.shown(one.value)
            right = "还没看" if one.actual is None or not one.given else one.shown(one.actual)
            yield one.question, mine, right

    def __repr__(self) -> str:
        rows = (f"{question}　你猜 {mine}，实际 {right}" for question, mine, right in self._rows())
        return "\n".join(rows) or "还没有猜过。"

    def _repr_html_(self) -> str:
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in row) + "</tr>"
            for row in self._rows()
        )
        head = "<tr><th>先猜</th><th>你猜</th><th>实际</th></tr>"
        return f"<table>{head}{body}</table>" if body else "<p>还没有猜过。</p>"


# 一个内核里的全部；讲解可能比猜先运行，等着的先放在 early 里
records: dict[str, Guess] = {}


def guesses() -> Guesses:
    """这个内核里的每一次猜：编号 → 问题、选项、学员的值与实际值。

    Returns
    -------
    Guesses
        只读的映射；放在格子最后一行，显示成「你猜 / 实际」的表。

    Examples
    --------
    >>> from ccomlib import guess, guesses
    >>> guess("占用率", "占用率会到多少？", unit="%", mine="60%")
    ○ 先猜：占用率会到多少？
    已记下：60%。往下运行，看实际是多少。
    >>> guesses()["占用率"].value
    60.0
    """
    return Guesses(records)
