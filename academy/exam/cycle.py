"""How does a paper go out, come back and get its points?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from academy.clock import TIMEZONE, Clock, utc_now
from academy.course import Course, CourseError
from academy.exam.enrolment import make_sitting
from academy.exam.handins.collecting import adopt
from academy.exam.handins.overview import ASIDE, ASK, Collected
from academy.exam.journal import note
from academy.exam.ledger import Ledger, require_reason
from academy.exam.resit import refusals
from academy.exam.roster import Learner, enrol
from academy.exam.seating.handout import freeze_shared
from academy.exam.sitting import (
    Sitting,
    graded_paper,
    sitting_name,
    sitting_of,
    sittings,
)
from academy.exam.store import locked
from academy.exam.submissions import SubmissionError, prepare
from academy.exam.verdict import terms
from academy.grading.desk.batch import grade_course, submitted_students
from academy.grading.desk.gradebook import OpenGradebook
from academy.grading.desk.master import read_assignment
from academy.grading.desk.plans import plan_for
from academy.grading.desk.service import Outcome
from academy.grading.desk.settings import read_settings
from academy.grading.errors import GradingError
from academy.grading.work.record import Rejected

__all__ = ["Released", "default_cohort", "dry_run", "grade", "release"]


@dataclass(frozen=True)
class Released:
    """What releasing a paper did.

    Attributes
    ----------
    added : list of str
        Who was not in the sitting before.
    refused : dict of str to str
        Who was left out, by number, with the reason.
    """

    sitting: Sitting
    added: list[str]
    refused: dict[str, str]


def default_cohort(start: datetime | None, now: Clock = utc_now) -> str:
    """The cohort's name where nobody gave one: year and month of the start, or of today."""
    return (start or now()).astimezone(TIMEZONE).strftime("%Y-%m")


def release(
    course: Course,
    paper: str,
    learners: list[Learner],
    start: datetime | None,
    minutes: int,
    *,
    cohort: str | None = None,
    shared: bool = False,
    who: str | None = None,
    now: Clock = utc_now,
) -> Released:
    """Make the sitting, the learners' paper and the learners' rows in the gradebook.

    Before anything is made, the referee grades the paper's own solution.

    Parameters
    ----------
    start : aware datetime or None
        Start of the examination; the paper is due `minutes` later. None leaves it without a due time.
    cohort : name of the cohort; None takes :func:`default_cohort`.
    shared : put the paper of seat 0 into the exchange, the same for everybody. Else nobody has a
        paper before ``ccom seats`` hands them out.

    Raises
    ------
    CourseError
        The paper is unknown, its own solution does not get full points, the sitting is there with
        another start, or nobody of the roster may sit it.
    """
    course.require_paper(paper)
    dry_run(course, paper)
    cohort = cohort or default_cohort(start, now)
    name = sitting_name(paper, cohort)
    course.generate(paper)
    with locked(course.root):
        refused = _refused(course, name, paper, learners)
        admitted = [one for one in learners if one.number not in refused]
        if not admitted:
            reasons = "".join(f"{number} {reason}" for number, reason in refused.items())
            raise CourseError(f"名单里没有人可以考 {paper}：{reasons}")
        sitting, added = make_sitting(
            course.root, paper, cohort, admitted, start, minutes, who=who, now=now
        )
        enrol(course, admitted)
    set_due(course, paper)
    if shared:
        freeze_shared(course, sitting, now=now)
        course.publish(paper)
        note(course.root, sitting.name, "released", who=who, now=now, shared=True)
    return Released(sitting, added, refused)


def set_due(course: Course, paper: str) -> None:
    """Tell nbgrader the last due time of the paper's sittings; it knows one a paper."""
    dues = [one.last_due for one in sittings(course.root, paper) if one.last_due]
    if dues:
        course.set_due(paper, max(dues))


def grade(
    course: Course,
    name: str,
    students: Iterable[str] | None = None,
    *,
    force: bool = False,
    why: str = "",
    who: str | None = None,
    now: Clock = utc_now,
    workers: int | None = None,
    scheduler: str | None = None,
    done: Callable[[Outcome], None] | None = None,
) -> Iterator[Outcome]:
    """Grade the submissions; what is graded stays graded whatever comes after.

    Parameters
    ----------
    name : a sitting; or a paper, which need not have a sitting (a practice course has none).
    students : numbers, or None for everybody with a submission.
    force : grade again what was graded before.
    why : the reason for grading again; goes to the sitting's log.
    workers, scheduler : how many at a time on this machine, or the Dask scheduler to grade at.
    done : told of each outcome as soon as it is there.

    Yields
    ------
    Outcome
        One a learner, in order.

    Raises
    ------
    CourseError
        Sitting or paper is unknown, nobody has a submission, a reason is missing, or something
        must be mended before.
    """
    paper, sitting = graded_paper(course.root, name)
    course.require_paper(paper)
    ledger, blocked = None, {}
    with _as_course_error(), OpenGradebook(course.coursedir) as book:
        # everything after this reads it; a lock is waited for here, once
        book.exists()
    if sitting is not None:
        if force:
            require_reason(why)
        collected = adopt(course, sitting, now)
        ledger = Ledger(course, sitting, why=why, who=who, now=now)
        blocked = _blocked(collected, students)
        students = [one for one in students or _handed_in(course, sitting) if one not in blocked]
        if not students and not blocked:
            raise CourseError(
                f"场次 {sitting.name} 还没有答卷：请先运行 ccom collect {sitting.name}。"
            )

    def look(student: str) -> str | None:
        try:
            if sitting is None:
                return prepare(course, paper, student)
            _require_part(course, sitting, student)
        except SubmissionError as error:
            raise Rejected(student, str(error)) from None

    def settled(outcome: Outcome) -> None:
        if ledger is not None and sitting.find(outcome.student):
            ledger.keep(outcome)
        if done is not None:
            done(outcome)

    for student, reason in blocked.items():
        outcome = Outcome(student, "rejected", reason)
        settled(outcome)
        yield outcome
    if sitting is not None and not students:
        return
    with _as_course_error():
        yield from grade_course(
            course.api,
            paper,
            students,
            force=force,
            workers=workers,
            scheduler=scheduler,
            check_in=look,
            regrade=ledger.allow if ledger else None,
            done=settled,
        )


def dry_run(course: Course, paper: str) -> tuple[str, ...]:
    """Let the referee grade the paper's own solution; it must get full points.

    Returns
    -------
    tuple of str
        Remarks for the author, in Chinese.

    Raises
    ------
    CourseError
        It does not; names the cell and the reason.
    """
    with _as_course_error():
        settings = read_settings(course.api.config)
        assignment = read_assignment(course.coursedir, course.api.config, paper)
        return plan_for(course.root, assignment, settings).notes


@contextmanager
def _as_course_error() -> Iterator[None]:
    try:
        yield
    except GradingError as error:
        raise CourseError(str(error)) from None


def _refused(course: Course, name: str, paper: str, learners: list[Learner]) -> dict[str, str]:
    """Who may not sit the paper; who is in the sitting already stays in it."""
    known = next((one for one in sittings(course.root, paper) if one.name == name), None)
    new = [one.number for one in learners if known is None or known.find(one.number) is None]
    refused = refusals(course, name, paper, new, *terms(course.root))
    for learner in learners:
        old = known.find(learner.number) if known else None
        if old is not None and old.withdrawn is not None:
            refused[learner.number] = (
                f"已退出这一场（{old.withdrawn.why}）：要恢复，用 ccom sitting restore {name} {learner.number}。"
            )
    return refused


def _handed_in(course: Course, sitting: Sitting) -> list[str]:
    """Who takes part and has handed in, and strangers, so that they are named."""
    active = {one.number for one in sitting.active}
    return [
        student
        for student in submitted_students(course.api, sitting.paper)
        if student in active or sitting_of(course.root, sitting.paper, student) is None
    ]


def _blocked(collected: Collected, students: Iterable[str] | None) -> dict[str, str]:
    """Of whom something came that can't be graded, by number with the reason."""
    wanted = None if students is None else set(students)
    return {
        row.number: f"{row.number} 没有能评的答卷。"
        + (row.note if row.status == ASK else collected.why_aside(row.number))
        for row in collected.rows
        if row.status in (ASK, ASIDE) and (wanted is None or row.number in wanted)
    }


def _require_part(course: Course, sitting: Sitting, student: str) -> None:
    """Refuse who does not take part in the sitting, whatever lies in ``submitted/``.

    Raises
    ------
    SubmissionError
        With the remedy.
    """
    learner = sitting.find(student)
    if learner is None:
        elsewhere = sitting_of(course.root, sitting.paper, student)
        if elsewhere is not None:
            raise SubmissionError(
                f"{student} 在场次 {elsewhere.name}：请运行 ccom grade {elsewhere.name}。"
            )
        raise SubmissionError(
            f"submitted/{student}：学号 {student} 不在场次 {sitting.name} 的名单里：请核对学号，"
            f"或把他补进名单再运行 ccom release {sitting.paper} --cohort {sitting.cohort}。"
        )
    if learner.withdrawn is not None:
        raise SubmissionError(
            f"{student} 已退出场次 {sitting.name}（{learner.withdrawn.why}），他的答卷不评："
            f"要评，先运行 ccom sitting restore {sitting.name} {student}。"
        )
