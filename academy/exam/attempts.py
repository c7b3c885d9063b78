"""How often has a learner sat a role's papers, with what points, and which was best?  Only reads."""

from __future__ import annotations

from dataclasses import dataclass

from academy.course import Course
from academy.exam.handins.known import everything, how_many_came
from academy.exam.points import maxima
from academy.exam.sitting import Sitting, sittings
from academy.exam.standing import ABSENT, REJECTED, WITHDRAWN, has_handed_in, is_over, standings
from academy.exam.verdict import FAILED, PASSED, PassMark
from academy.syllabus import Syllabus

__all__ = ["Attempt", "Attempts", "papers_of_role", "read_attempts"]


@dataclass(frozen=True)
class Attempt:
    """One learner's part in one sitting.

    Attributes
    ----------
    points : float or None
    maximum : float
    result : str
        As in :mod:`academy.exam.standing`.
    settled : bool
        Whether the result can't come any more from waiting or grading.
    saw_paper : bool
        Whether the learner has had the paper before the eyes, as far as is known.
    """

    sitting: str
    paper: str
    points: float | None
    maximum: float
    result: str
    settled: bool
    saw_paper: bool

    @property
    def counts(self) -> bool:
        """Whether it uses up one of the attempts; who was withdrawn keeps it."""
        return self.result != WITHDRAWN

    @property
    def passed(self) -> bool:
        """Whether it was passed."""
        return self.result == PASSED


@dataclass(frozen=True)
class Attempts:
    """Everything that one learner has sat of a role's papers, oldest first."""

    all: tuple[Attempt, ...]

    @property
    def counting(self) -> tuple[Attempt, ...]:
        """Those that use up an attempt."""
        return tuple(one for one in self.all if one.counts)

    @property
    def best(self) -> Attempt | None:
        """The attempt with the best share of the points; the earlier one of equals."""
        graded = [one for one in self.counting if one.points is not None and one.maximum]
        return max(graded, key=lambda one: one.points / one.maximum, default=None)

    @property
    def passed(self) -> bool:
        """Whether any was passed."""
        return any(one.passed for one in self.counting)

    @property
    def seen(self) -> tuple[str, ...]:
        """Papers that must not be sat again."""
        return tuple(dict.fromkeys(one.paper for one in self.all if one.saw_paper))

    @property
    def pending(self) -> Attempt | None:
        """The first attempt whose result is still to come."""
        return next((one for one in self.counting if not one.settled), None)


def papers_of_role(syllabus: Syllabus, paper: str) -> tuple[str, ...]:
    """The papers of the paper's role, in the order they are sat; itself for a paper of no role."""
    role = syllabus.role_of(paper)
    return role.papers if role else (paper,)


def read_attempts(
    course: Course,
    papers: tuple[str, ...],
    mark: PassMark,
    *,
    without: str | None = None,
) -> dict[str, Attempts]:
    """Attempts by number, of everybody who is on a roster of one of the papers.

    Parameters
    ----------
    without : name of a sitting to leave out.
    """
    held = [one for one in sittings(course.root) if one.paper in papers and one.name != without]
    held.sort(key=lambda one: (one.start or one.made, one.made))
    found: dict[str, list[Attempt]] = {}
    for sitting in held:
        for number, attempt in _of_sitting(course, sitting, mark).items():
            found.setdefault(number, []).append(attempt)
    return {number: Attempts(tuple(those)) for number, those in found.items()}


def _of_sitting(course: Course, sitting: Sitting, mark: PassMark) -> dict[str, Attempt]:
    maximum = sum(maxima(course, sitting.paper).values())
    over = is_over(course, sitting)
    looked = list(everything(course, sitting))
    attempts = {}
    for number, standing in standings(course, sitting, maximum, mark).items():
        result = standing.result
        here = has_handed_in(course, sitting, number)
        # nothing came, or nothing of what came can count
        missing = result == ABSENT or (result == REJECTED and not here)
        attempts[number] = Attempt(
            sitting=sitting.name,
            paper=sitting.paper,
            points=standing.points,
            maximum=maximum,
            result=result,
            settled=result in (PASSED, FAILED, WITHDRAWN) or (missing and over),
            saw_paper=result != WITHDRAWN or here or how_many_came(looked, number) > 0,
        )
    return attempts
