"""Does the paper give points to someone who hands it in as it was handed out?  It should not.

A test that only says whether there is an answer, and checks it nowhere, gives its points to all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from academy.grading.errors import DryRunError, RefereeError
from academy.grading.plan.advice import cell_name
from academy.grading.referee.grader import Grader
from academy.grading.warm.nursery import Nursery
from academy.grading.work.assignment import Assignment
from academy.grading.work.plan import Plan
from academy.grading.work.record import CellRecord, Limits
from academy.grading.work.submission import RebuiltCell, Submission

__all__ = ["FreePoints", "released_submission", "untouched_points"]


@dataclass(frozen=True)
class FreePoints:
    """A test cell that gives points without an answer: its notebook, place and name."""

    notebook: str
    place: int
    cell: str
    score: float
    max_score: float

    @property
    def reason(self) -> str:
        """What is wrong and what to do, for the instructor."""
        return (
            f"没有作答的卷也得 {self.score:g}/{self.max_score:g} 分：请在隐藏测试里检验答案的值"
            "（如 expect），只用 answered 不算检验。"
        )


def untouched_points(
    assignment: Assignment, plan: Plan, limits: Limits, nursery: Nursery
) -> tuple[FreePoints, ...]:
    """Grade the released paper as it is; the tests of answers that give it points all the same.

    Tests that need no answer at all are left out: what they give is a present of the course's.
    """
    try:
        with Grader(assignment, plan, limits, nursery=nursery) as grader:
            record = grader.grade(released_submission(assignment))
    except RefereeError as error:
        raise DryRunError(assignment.name, str(error)) from None
    points = {(book.name, cell.grade_id): cell for book in record.notebooks for cell in book.cells}
    return tuple(_found(assignment, plan, points))


def _found(
    assignment: Assignment, plan: Plan, points: dict[tuple[str, str], CellRecord]
) -> Iterator[FreePoints]:
    for master in assignment.notebooks:
        cells = zip(master.cells, plan.notebooks[master.name].cells, strict=True)
        for place, (cell, one) in enumerate(cells):
            record = points.get((master.name, cell.grade_id or ""))
            if cell.kind == "test" and one.answers and record is not None and record.score > 0:
                name = cell_name(master, place)
                yield FreePoints(master.name, place, name, record.score, record.max_score)


def released_submission(assignment: Assignment) -> Submission:
    """The paper as it was handed out, as if a learner had handed it in."""
    notebooks = {
        master.name: tuple(
            RebuiltCell(place, cell.cell_type, cell.released, touched=False)
            for place, cell in enumerate(master.cells)
        )
        for master in assignment.notebooks
    }
    return Submission("", notebooks)
