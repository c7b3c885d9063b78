"""How does a paper go out, come back and get its points?"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from academy.course import Course, CourseError
from academy.exam.roster import Learner, enrol
from academy.exam.submissions import (
    SubmissionError,
    digest,
    import_folder,
    prepare,
    submitted_students,
)

__all__ = ["Outcome", "collect", "grade", "release"]

MARKER = ".graded.json"


@dataclass(frozen=True)
class Outcome:
    """What grading did with one learner's submission.

    Attributes
    ----------
    student : str
    status : str
        "graded", "skipped" (graded before, same bytes) or "rejected".
    message : str
        A Chinese sentence; empty where there is nothing to say.
    """

    student: str
    status: str
    message: str = ""


def release(
    course: Course, paper: str, learners: list[Learner], start: datetime | None, minutes: int
) -> datetime | None:
    """Make the learners' paper, enrol the learners and put the paper into the exchange.

    Parameters
    ----------
    start : aware datetime or None
        Start of the examination; the paper is due `minutes` later. None leaves it without a due time.

    Returns
    -------
    datetime or None
        The due time.
    """
    course.require_paper(paper)
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
    students = submitted_students(course, paper)
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
    progress: Callable[[list[str]], Iterable[str]] = iter,
) -> Iterator[Outcome]:
    """Grade the submissions one by one; what is graded stays graded whatever comes after.

    Parameters
    ----------
    students : numbers, or None for everybody with a submission.
    force : grade again what was graded before.
    progress : wraps the list of numbers (a progress bar).

    Yields
    ------
    Outcome
        One a learner.

    Raises
    ------
    CourseError
        The paper is unknown or nobody has a submission.
    KeyboardInterrupt
        Passed on after the half-graded submission is cleared away.
    """
    course.require_paper(paper)
    present = submitted_students(course, paper)
    wanted = list(students) if students is not None else present
    if not wanted:
        raise CourseError(f"submitted/ 里还没有 {paper} 的答卷：请先运行 ccom collect {paper}。")
    enrolled = _enrolled(course)
    for student in progress(wanted):
        if student not in present:
            yield Outcome(
                student, "rejected", f"{student} 没有交 {paper}：submitted/ 里没有他的文件夹。"
            )
        else:
            yield _grade_one(course, paper, student, enrolled, force)


def _grade_one(
    course: Course, paper: str, student: str, enrolled: set[str], force: bool
) -> Outcome:
    marker = course.folder("autograded", paper, student) / MARKER
    try:
        note = _check(course, paper, student, enrolled) or ""
        fingerprint = digest(course, paper, student)
        if (
            not force
            and marker.exists()
            and json.loads(marker.read_text())["digest"] == fingerprint
        ):
            return Outcome(student, "skipped", note)
        # a folder without a marker is what an interrupted grading left behind
        course.autograde(paper, student)
    except (SubmissionError, CourseError) as error:
        return Outcome(student, "rejected", str(error))
    except KeyboardInterrupt:
        shutil.rmtree(marker.parent, ignore_errors=True)
        raise
    marker.write_text(json.dumps({"digest": fingerprint}), encoding="utf-8")
    return Outcome(student, "graded", note)


def _check(course: Course, paper: str, student: str, enrolled: set[str]) -> str | None:
    if student not in enrolled:
        raise SubmissionError(
            f"submitted/{student}：学号 {student} 不在名单里：请核对学号，或把他补进名单再运行 ccom release。"
        )
    return prepare(course, paper, student)


def _enrolled(course: Course) -> set[str]:
    with course.gradebook() as gradebook:
        return {student.id for student in gradebook.students}
