"""What is left of a submission when only what counts is kept?  Cells as text, and files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from academy.grading.work.assignment import Assignment

__all__ = ["LEARNERS", "RebuiltCell", "Submission", "reference_submission"]

# kinds of the master's cells whose text is the learner's
LEARNERS = ("answer", "manual")


@dataclass(frozen=True)
class RebuiltCell:
    """A cell of the graded notebook; ``master`` is the place in the master, None for extra cells."""

    master: int | None
    cell_type: str
    source: str
    touched: bool = True


@dataclass(frozen=True)
class Submission:
    """A submission, reduced to what counts; ``missing`` names the notebooks that were not handed in."""

    student: str
    notebooks: Mapping[str, tuple[RebuiltCell, ...]]
    files: Mapping[str, bytes] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()


def reference_submission(assignment: Assignment) -> Submission:
    """The master's own solution, as if a learner had handed it in."""
    notebooks = {
        master.name: tuple(
            RebuiltCell(place, cell.cell_type, cell.source, cell.kind in LEARNERS)
            for place, cell in enumerate(master.cells)
        )
        for master in assignment.notebooks
    }
    return Submission("", notebooks)
