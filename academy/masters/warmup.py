"""Which questions open a lesson?  A numbered list, each with its answer on the line below.

A Markdown cell with ``warmup=true``::

    ## 先想一想

    1. 话务量的单位是什么？
       答：爱尔兰，平均有几通同时在处理。
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nbformat import NotebookNode

__all__ = ["Question", "shown_warmup", "warmup_cell", "warmup_questions"]

QUESTION = re.compile(r"^\d+\. (.+)\n((?:[ \t]+(?!\d+\. ).+\n?)*)", re.MULTILINE)


@dataclass(frozen=True)
class Question:
    """A question and its answer; the answer is empty where none is given."""

    text: str
    answer: str


def warmup_cell(notebook: NotebookNode) -> NotebookNode | None:
    """The cell with the questions; None for a lesson that asks none."""
    return next((cell for cell in notebook.cells if cell.metadata.get("warmup")), None)


def warmup_questions(source: str) -> list[Question]:
    """The questions of a warm-up cell."""
    return [_question(found[1], found[2]) for found in QUESTION.finditer(source + "\n")]


def shown_warmup(source: str) -> str:
    """The cell as the learner sees it: a click on a question unfolds its answer."""
    number = 0

    def folded(found: re.Match) -> str:
        nonlocal number
        number += 1
        one = _question(found[1], found[2])
        return f"<details><summary>{number}. {one.text}</summary>\n\n{one.answer}\n\n</details>\n\n"

    shown = re.sub(r"\n{3,}", "\n\n", QUESTION.sub(folded, source + "\n")).strip()
    return f"{shown}\n\n想好了再点开。"


def _question(text: str, below: str) -> Question:
    lines = [line.strip() for line in below.splitlines()]
    said = "\n".join(lines)
    more, found, answer = said.partition("答：")
    return Question(" ".join([text, *more.split()]), answer.strip() if found else "")
