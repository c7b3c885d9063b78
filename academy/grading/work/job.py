"""What does one who grades get, and what comes back instead of a record?"""

from __future__ import annotations

from dataclasses import dataclass

from academy.grading.work.assignment import Assignment
from academy.grading.work.plan import Plan
from academy.grading.work.record import Limits, Seat
from academy.grading.work.submission import Submission

__all__ = ["Job", "Soon", "Trouble", "Work"]


@dataclass(frozen=True)
class Work:
    """What all jobs of one run share."""

    assignment: Assignment
    plan: Plan
    limits: Limits
    require: tuple[str, ...] = ()


@dataclass(frozen=True)
class Soon:
    """What work that is about to come will probably need."""

    modules: tuple[str, ...]
    limits: Limits


@dataclass(frozen=True)
class Job:
    """One submission and the seat it was written on."""

    submission: Submission
    seat: Seat | None = None

    @property
    def student(self) -> str:
        """Whose submission it is."""
        return self.submission.student


@dataclass(frozen=True)
class Trouble:
    """The grading program itself failed on a submission; nobody loses points for that."""

    student: str
    reason: str
