"""How are all submissions of an assignment graded?  What ``ccom grade`` does, in any nbgrader course."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from nbgrader.apps.api import NbGraderAPI

from academy.grading.desk.service import Checks, GradingService, Outcome
from academy.grading.desk.submitted import Submitted
from academy.grading.errors import GradingError

__all__ = ["Outcome", "grade_course", "submitted_students"]


def submitted_students(api: NbGraderAPI, assignment: str) -> list[str]:
    """Learners with a submission, or something odd in its place, in order."""
    students = Submitted(api.coursedir, assignment).students()
    return sorted(api.get_submitted_students(assignment)) if students is None else students


def grade_course(
    api: NbGraderAPI,
    assignment: str,
    students: Iterable[str] | None = None,
    *,
    force: bool = False,
    workers: int | None = None,
    scheduler: str | None = None,
    check_in: Callable[[str], str | None] | None = None,
    regrade: Callable[[str], None] | None = None,
    done: Callable[[Outcome], None] | None = None,
) -> Iterator[Outcome]:
    """Grade submissions; what is graded stays graded whatever comes after.

    Parameters
    ----------
    api : the nbgrader course.
    students : whom to grade; None for everybody with a submission.
    force : also grade again what was graded before from the same bytes.
    workers : how many at a time on this machine; None asks ``c.Referee.workers``.
    scheduler : address of a Dask scheduler to grade there.
    check_in, regrade : see :class:`~academy.grading.desk.service.Checks`; called for several
        learners at a time.
    done : told of each outcome as soon as it is there, by one thread at a time.

    Yields
    ------
    Outcome
        One a learner, in the order of `students`, or sorted.

    Raises
    ------
    GradingError
        Nothing can be graded before something is mended.
    """
    wanted = submitted_students(api, assignment) if students is None else list(students)
    if not wanted:
        raise GradingError(
            f"submitted/ 里还没有 {assignment} 的答卷：请先运行 ccom collect {assignment}。"
        )
    with GradingService(api.coursedir, api.config, workers=workers, scheduler=scheduler) as service:
        checks = Checks(check_in, regrade)
        yield from service.grade_all(assignment, wanted, force=force, checks=checks, done=done)
