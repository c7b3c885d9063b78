"""What does an instructor's note say?  Minutes, poll, answer, wrong answers, question back, what to cut.

A note is a Markdown cell tagged ``instructor``; each of its parts starts a line with its word::

    时间：8 分钟
    投票：low
    - A. 40% 以下
    - B. 40% 到 60%
    答案：44%，在 08:30
    会答错成：80%，因为记得的是全天的数
    反问：全天达标的那一天，最差的一格可能是多少？
    来不及：只看图，不念表

「投票」 names a guess of the lesson (a choice brings its options with it) or states a question;
what has no word of ours in front is free text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from academy.masters.guesses import Asked

__all__ = ["WORDS", "Note", "Poll", "read_note"]

WORDS = ("时间", "投票", "答案", "会答错成", "反问", "来不及")
LINE = re.compile(rf"^({'|'.join(WORDS)})：\s*(.*)$")
MINUTES = re.compile(r"^(\d+) 分钟$")
OPTION = re.compile(r"^(?:- )?([A-H])\. (.+)$")
LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Poll:
    """A poll to be pasted into the class's chat.

    Attributes
    ----------
    guess : str
        The guess that it asks; empty for a question of its own.
    question : str
    options : tuple of str
        With their letters.
    """

    guess: str
    question: str
    options: tuple[str, ...]

    def text(self) -> str:
        """Ready to paste."""
        return "\n".join([self.question, *self.options])


@dataclass(frozen=True)
class Note:
    """One note.

    Attributes
    ----------
    minutes : int or None
        None where no time is stated.
    polls : tuple of Poll
    answers, wrong, back, cut : tuple of str
        The answer; what is answered wrongly and why; what to ask back; what to leave out when late.
    free : str
        What stands under no word of ours.
    """

    minutes: int | None
    polls: tuple[Poll, ...]
    answers: tuple[str, ...]
    wrong: tuple[str, ...]
    back: tuple[str, ...]
    cut: tuple[str, ...]
    free: str


def read_note(source: str, guesses: Sequence[Asked] = ()) -> Note:
    """Read a note's text.

    Parameters
    ----------
    guesses : of the lesson, so that a poll may name one.
    """
    said: dict[str, list[str]] = {word: [] for word in WORDS}
    free: list[str] = []
    open_: list[str] | None = None
    for line in source.splitlines():
        found = LINE.match(line)
        if found:
            said[found[1]].append(found[2].strip())
            open_ = None if found[1] == "时间" else said[found[1]]
        elif not line.strip():
            open_ = None
            free.append("")
        elif open_ is not None:
            open_[-1] += f"\n{line.strip()}"
        else:
            free.append(line)
    times = [MINUTES.match(one) for one in said["时间"]]
    by_name = {one.name: one for one in guesses}
    return Note(
        minutes=sum(int(one[1]) for one in times) if times and all(times) else None,
        polls=tuple(_poll(one, by_name) for one in said["投票"]),
        answers=tuple(said["答案"]),
        wrong=tuple(said["会答错成"]),
        back=tuple(said["反问"]),
        cut=tuple(said["来不及"]),
        free=re.sub(r"\n{3,}", "\n\n", "\n".join(free)).strip(),
    )


def _poll(text: str, guesses: dict[str, Asked]) -> Poll:
    head, *lines = text.splitlines()
    options = tuple(f"{one[1]}. {one[2]}" for one in map(OPTION.match, lines) if one)
    one = guesses.get(head)
    if one is None:
        return Poll("", head, options)
    lettered = tuple(f"{a}. {text}" for a, text in zip(LETTERS, one.options, strict=False))
    unit = f"（{one.unit}）" if one.unit and not options else ""
    return Poll(one.name, one.question + unit, options or lettered)
