"""What would learners of different ability hand in?  Right answers, typical mistakes, blanks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

from academy.papers import Part, read_paper
from academy.seats import seat_letters

__all__ = ["AnswerBook", "answer_book", "cohort", "fill_in", "seated"]

FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = (
    "敏",
    "静",
    "磊",
    "洋",
    "艳",
    "勇",
    "娟",
    "涛",
    "明",
    "秀英",
    "丽",
    "强",
    "桂芳",
    "海燕",
    "志强",
)


@dataclass(frozen=True)
class AnswerBook:
    """Every answer cell of a paper with its reference answer and its typical mistakes, for one seat."""

    reference: dict[str, str]
    mistakes: dict[str, list[str]]

    def perfect(self) -> dict[str, str]:
        """The reference answers."""
        return dict(self.reference)

    def attempt(self, ability: float, chance: random.Random) -> dict[str, str]:
        """Answers of a learner who knows each answer with probability `ability`.

        What is not known becomes a typical mistake twice out of three times, else stays blank.
        """
        answers = {}
        for name, right in self.reference.items():
            if chance.random() < ability:
                answers[name] = right
            elif self.mistakes.get(name) and chance.random() < 2 / 3:
                answers[name] = chance.choice(self.mistakes[name])
        return answers


def answer_book(master_path: Path, seed: int = 0) -> AnswerBook:
    """Read a paper's answers from its master, with the letters of the seat."""
    paper = read_paper(master_path)
    return AnswerBook(
        reference={part.name: seated(part, part.solution, seed) for part in paper.parts},
        mistakes={
            part.name: [seated(part, one.source, seed) for one in part.mistakes]
            for part in paper.parts
        },
    )


def seated(part: Part, answer: str, seed: int) -> str:
    """An answer of a part with the letters of seat 0 turned into the seat's."""
    if not part.options:
        return answer
    # the letters stand in the last line; the lines before compute
    *before, last = answer.splitlines()
    return "\n".join([*before, seat_letters(last, part.name, part.options, seed)])


def fill_in(paper: Path, answers: dict[str, str]) -> nbformat.NotebookNode:
    """The learner's paper with the given answer cells written into it."""
    notebook = nbformat.read(paper, as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in answers:
            cell.source = answers[name]
    return notebook


def cohort(size: int, seed: int) -> Iterator[tuple[str, str, float]]:
    """Number, name and ability of each simulated learner."""
    chance = random.Random(seed)
    for place in range(1, size + 1):
        name = chance.choice(FAMILY) + chance.choice(GIVEN)
        yield f"2025{place:04d}", name, min(1.0, max(0.05, chance.gauss(0.78, 0.18)))
