"""Do the keys leak?  Counts letters of single-choice keys and compares lengths of their options."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from academy.masters import answer_id, read_master, solution
from academy.papers import Paper

__all__ = ["Key", "leaks", "lesson_keys", "paper_keys"]

OPTION = re.compile(r"^- ([A-H])[.：]\s*(.+)$", re.MULTILINE)
ANSWER = re.compile(r'^\w+ = "([A-H])"$', re.MULTILINE)
# options differ this much before the eye goes to the odd one
UNEVEN = 1.4


@dataclass(frozen=True)
class Key:
    """The key of one single-choice item.

    Attributes
    ----------
    where : str
        File and item.
    letter : str
    options : tuple of str
        Texts in the order of the letters; empty where the item has none.
    """

    where: str
    letter: str
    options: tuple[str, ...]

    @property
    def longest(self) -> float:
        """1 when the key is the longest option, less when it shares that with others, else 0."""
        lengths = [len(option) for option in self.options]
        mine = lengths[ord(self.letter) - ord("A")]
        return 1 / lengths.count(mine) if mine == max(lengths) else 0.0


def paper_keys(paper: Paper) -> list[Key]:
    """Keys of a paper's choice items on seat 0."""
    return [
        Key(f"{paper.name} {part.name}", part.stem.key, part.stem.options)
        for part in paper.parts
        if part.plan.kind == "choice"
    ]


def lesson_keys(path: Path) -> list[Key]:
    """Keys of a lesson's exercises that ask for one letter."""
    return list(_lesson_keys(read_master(path), path.stem))


def _lesson_keys(master: NotebookNode, name: str) -> Iterator[Key]:
    text = ""
    for cell in master.cells:
        if cell.cell_type == "markdown":
            text = cell.source
        elif answer_id(cell):
            options = tuple(option for _, option in OPTION.findall(text))
            for letter in ANSWER.findall(solution(cell.source)):
                fits = ord(letter) - ord("A") < len(options)
                yield Key(f"{name} {answer_id(cell)}", letter, options if fits else ())


def leaks(title: str, keys: list[Key]) -> list[str]:
    """What a learner could guess by, in Chinese sentences; empty when nothing.

    Parameters
    ----------
    title : what the keys are of.
    """
    return [*_letters(title, keys), *_longest(title, keys), *_lengths(keys)]


def _letters(title: str, keys: list[Key]) -> Iterator[str]:
    letters = "ABCD" + "".join(sorted({key.letter for key in keys} - set("ABCD")))
    count = Counter(key.letter for key in keys)
    fair = len(keys) / len(letters)
    # fewer cannot be even
    if len(keys) >= 2 * len(letters) and not all(
        fair - 1 <= count[one] <= fair + 1 for one in letters
    ):
        shown = "、".join(f"{letter} {count[letter]}" for letter in letters)
        yield f"{title}的 {len(keys)} 道单选题答案不匀（{shown}），请换选项的次序。"


def _longest(title: str, keys: list[Key]) -> Iterator[str]:
    known = [key for key in keys if key.options]
    rate = sum(key.longest for key in known)
    fair = sum(1 / len(key.options) for key in known)
    if len(known) >= 4 and rate > fair + (fair * 0.75) ** 0.5:
        yield f"{title}的 {len(known)} 道单选题里约 {rate:.0f} 道的答案最长，请把错的写长或把对的写短。"


def _lengths(keys: list[Key]) -> Iterator[str]:
    for key in keys:
        lengths = sorted(map(len, key.options))
        if lengths and lengths[-1] > UNEVEN * lengths[0] + 2:
            yield f"{key.where}：选项长短差得多（{lengths[0]} 到 {lengths[-1]} 字），请写得一样长。"
