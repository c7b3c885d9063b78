"""How does a paper go out, come back and get its points?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from academy.course import Course, CourseError
from academy.exam.roster import Learner, enrol
from academy.exam.submissions import SubmissionError, import_folder, prepare
from academy.grading.desk.batch import Outcome, grade_course, submitted_students
from academy.grading.desk.master import read_assignment
from academy.grading.desk.plans import plan_for
from academy.grading.desk.settings import read_settings
from academy.grading.errors import GradingError
from academy.grading.work.record import Rejected

__all__ = ["collect", "dry_run", "grade", "release"]


def release(
    course: Course, paper: str, learners: list[Learner], start: datetime | None, minutes: int
) -> datetime | None:
    """Make the learners' paper, enrol the learners and put the paper into the exchange.

    Before anything is made, the referee grades the paper's own solution.

    Parameters
    ----------
    start : aware datetime or None
        Start of the examination; the paper is due `minutes` later. None leaves it without a due time.

    Returns
    -------
    datetime or None
        The due time.

    Raises
    ------
    CourseError
        The paper is unknown, or its own solution does not get full points.
    """
    course.require_paper(paper)
    dry_run(course, paper)
    course.generate(paper)
    enrol(course, learners)
    due = start + timedelta(minutes=minutes) if start else None
    if due:
        course.set_due(paper, due)
    course.publish(paper)
    return due


def collect(course: Course, paper: str, source: Path | None = None) -> tuple[list[str], list[str]]:
    """Bring the submissions into submitted/: from the exchange, or from a folder of files.

    Returns
    -------
    students : list of str
        Everybody with a submission now.
    problems : list of str
        Chinese sentences about entries that were not taken or can't be graded as they are.
    """
    course.require_paper(paper)
    problems: list[str] = []
    enrolled = _enrolled(course)
    if source is not None:
        if not source.is_dir():
            raise CourseError(f"没有文件夹 {source}：请核对路径。")
        _, problems = import_folder(course, paper, source, sorted(enrolled))
    else:
        course.collect(paper)
    students = submitted_students(course.api, paper)
    for student in students:
        try:
            note = _check(course, paper, student, enrolled)
        except SubmissionError as error:
            note = str(error)
        if note:
            problems.append(note)
    return students, problems


def grade(
    course: Course,
    paper: str,
    students: Iterable[str] | None = None,
    *,
    force: bool = False,
    workers: int | None = None,
    scheduler: str | None = None,
    done: Callable[[Outcome], None] | None = None,
) -> Iterator[Outcome]:
    """Grade the submissions; what is graded stays graded whatever comes after.

    Parameters
    ----------
    students : numbers, or None for everybody with a submission.
    force : grade again what was graded before.
    workers, scheduler : how many at a time on this machine, or the Dask scheduler to grade at.
    done : told of each outcome as soon as it is there.

    Yields
    ------
    Outcome
        One a learner, in order.

    Raises
    ------
    CourseError
        The paper is unknown, nobody has a submission, or something must be mended before.
    """
    course.require_paper(paper)

    def look(student: str) -> str | None:
        try:
            return prepare(course, paper, student)
        except SubmissionError as error:
            raise Rejected(student, str(error)) from None

    with _as_course_error():
        yield from grade_course(
            course.api,
            paper,
            students,
            force=force,
            workers=workers,
            scheduler=scheduler,
            check_in=look,
            done=done,
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


def _check(course: Course, paper: str, student: str, enrolled: set[str]) -> str | None:
    if student not in enrolled:
        raise SubmissionError(
            f"submitted/{student}：学号 {student} 不在名单里：请核对学号，或把他补进名单再运行 ccom release。"
        )
    return prepare(course, paper, student)


def _enrolled(course: Course) -> set[str]:
    with course.gradebook() as gradebook:
        return {student.id for student in gradebook.students}
