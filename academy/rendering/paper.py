"""How does a paper's master become nbgrader's instructor notebook?  Stems, answers, tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nbformat import NotebookNode

from academy.masters import has_tag
from academy.papers import Paper, Part, item_metadata, stem_of
from academy.papers.blueprint import plain_number
from academy.papers.stems import LETTERS
from academy.papers.wording import closing, cover, directions, titled
from academy.rendering.cells import RUN_ON, cell_id, code_cell, is_hidden, markdown_cell

__all__ = ["CLOSING_ID", "TEST_SUFFIX", "TEXT_SUFFIX", "paper_cells", "setup_source", "test_source"]

TEXT_SUFFIX, TEST_SUFFIX = "-text", "-test"
CLOSING_ID = "closing"
SETUP = """\
import numpy as np
import pandas as pd

from ccomlib import answered, expect, open_paper, use_chinese
{tools}
use_chinese()
paper = open_paper()"""


def paper_cells(paper: Paper) -> list[NotebookNode]:
    """Cells of an instructor's paper: everything but the mistakes and the instructor's notes."""
    cells = []
    for number, cell in enumerate(paper.notebook.cells, 1):
        if not is_hidden(cell) and "test" not in cell.metadata and not has_tag(cell, "setup"):
            cells += _rendered(paper, cell, number)
        if number == 1:
            cells.append(code_cell("setup", setup_source(paper), nbgrader=_nbgrader("setup")))
    return [*cells, markdown_cell(CLOSING_ID, closing(paper))]


def setup_source(paper: Paper) -> str:
    """The setup cell: what every paper needs and the author's own imports."""
    return SETUP.format(tools=paper.setup + "\n" if paper.setup else "")


def test_source(part: Part) -> str:
    """The test cell: the confirmation that the learner sees, and the hidden test."""
    confirm = f'answered({part.name}, "{part.form}", what="{part.title}")'
    return "\n".join([confirm, "### BEGIN HIDDEN TESTS", *_hidden(part), "### END HIDDEN TESTS"])


def _rendered(paper: Paper, cell: NotebookNode, number: int) -> Iterator[NotebookNode]:
    stem = stem_of(cell)
    if number == 1:
        yield markdown_cell(cell_id(cell, 1), cover(paper, cell.source))
    elif stem:
        part = paper[stem[1]]
        text = f"{titled(part.text, part.plan)}\n\n{directions(part)}"
        options = {"options": part.name} if part.options else {}
        yield markdown_cell(part.name + TEXT_SUFFIX, text, **options)
        if part.stem:
            yield from _answered(part)
    elif "answer" in cell.metadata:
        yield from _answered(paper[cell.metadata["answer"]])
    else:
        make = markdown_cell if cell.cell_type == "markdown" else code_cell
        yield make(cell_id(cell, number), cell.source)


def _answered(part: Part) -> Iterator[NotebookNode]:
    yield code_cell(
        part.name, part.answer, nbgrader=_nbgrader(part.name, solution=True), tags=[RUN_ON]
    )
    yield code_cell(
        part.name + TEST_SUFFIX,
        test_source(part),
        nbgrader=_nbgrader(part.name + TEST_SUFFIX, points=part.plan.points),
        item=item_metadata(part),
        tags=[RUN_ON],
    )


def _hidden(part: Part) -> Iterator[str]:
    """The hidden test: the right answer, and the comparison or the score."""
    imports, right = _imports(part), _right(part)
    if imports:
        yield from [*imports, ""]
    if part.body:
        yield from ["", part.key_function, "", ""] if imports else [part.key_function, "", ""]
    points = plain_number(part.plan.points)
    near = [
        f"{word}={value:g}"
        for word, value in (("tol", part.tolerance.relative), ("atol", part.tolerance.absolute))
        if value
    ]
    if part.shares:
        worth = dict(part.shares) if isinstance(part.shares, Mapping) else points
        yield f"share_points({', '.join([part.name, right, repr(worth), *near])})"
    elif part.plan.kind in ("order", "match"):
        yield f"{part.plan.kind}_points({part.name}, {right}, {points})"
    else:
        what = f'what="{part.title}"'
        yield f"expect({', '.join([part.name, right, what, *near])})"


def _imports(part: Part) -> list[str]:
    scores = "share" if part.shares else part.plan.kind
    return [
        *["from ccomlib.paper import choice_key"] * bool(part.stem),
        *[f"from ccomlib.scoring import {scores}_points"] * (scores in ("share", "order", "match")),
    ]


def _right(part: Part) -> str:
    """The right answer as an expression."""
    if not part.stem:
        return f"{part.key_name}()"
    letters = f'"{part.stem.key}"' if part.stem.key else f'"{LETTERS}"[{part.key_name}() - 1]'
    return f'choice_key("{part.name}", {letters}, count={part.options})'


def _nbgrader(name: str, *, solution: bool = False, points: float | None = None) -> dict[str, Any]:
    graded = points is not None
    return {
        "grade": graded,
        "grade_id": name,
        "locked": not solution,
        **({"points": plain_number(points)} if graded else {}),
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
