"""What points stand in the gradebook?  Only reads: the gradebook's file is opened read-only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from nbgrader.api import (
    Assignment,
    Grade,
    GradeCell,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import create_engine, func, make_url, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from academy.course import Course, CourseError
from academy.exam.blueprint import paper_items

__all__ = ["cell_points", "gradebook_numbers", "maxima", "submitted_numbers", "totals"]


def cell_points(course: Course, paper: str) -> list[tuple[str, str, float]]:
    """(learner, graded cell, points) of every submission of a paper."""
    query = (
        select(SubmittedAssignment.student_id, GradeCell.name, Grade)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(GradeCell, GradeCell.id == Grade.cell_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == paper)
    )
    with _reading(course) as session:
        if session is None:
            return []
        return [(number, name, grade.score) for number, name, grade in session.execute(query)]


def maxima(course: Course, paper: str) -> dict[str, float]:
    """Points to be had, by graded cell; of the master where the gradebook does not know the paper.

    Raises
    ------
    CourseError
        There is no such paper.
    """
    query = (
        select(GradeCell.name, GradeCell.max_score)
        .join(Notebook, Notebook.id == GradeCell.notebook_id)
        .join(Assignment, Assignment.id == Notebook.assignment_id)
        .where(Assignment.name == paper)
    )
    known = {name: float(points) for name, points in _rows(course, query)}
    return known or {item.grade_id: item.points for item in paper_items(course.root, paper)}


def totals(course: Course, paper: str, numbers: Iterable[str] | None = None) -> dict[str, float]:
    """Points by learner, for everybody with a submission or for `numbers` only."""
    query = (
        select(SubmittedAssignment.student_id, func.coalesce(func.sum(Grade.score), 0.0))
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == paper)
        .group_by(SubmittedAssignment.student_id)
    )
    if numbers is not None:
        query = query.where(SubmittedAssignment.student_id.in_(list(numbers)))
    return {number: float(points) for number, points in _rows(course, query)}


def submitted_numbers(course: Course, numbers: Iterable[str]) -> set[str]:
    """Those of `numbers` who have a submission of any paper in the gradebook."""
    query = select(SubmittedAssignment.student_id).where(
        SubmittedAssignment.student_id.in_(list(numbers))
    )
    return {number for (number,) in _rows(course, query)}


def gradebook_numbers(course: Course) -> set[str]:
    """Everybody in the gradebook."""
    return {number for (number,) in _rows(course, select(Student.id))}


def _rows(course: Course, query: Any) -> list[Any]:
    with _reading(course) as session:
        return [] if session is None else list(session.execute(query))


@contextmanager
def _reading(course: Course) -> Iterator[Session | None]:
    """A session that can't write; None where there is no gradebook yet."""
    url = make_url(course.coursedir.db_url)
    options: dict[str, Any] = {}
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        if not path.is_file():
            yield None
            return
        address = f"file:{quote(str(path.resolve()))}?mode=ro"
        options["creator"] = lambda: sqlite3.connect(address, uri=True)
    engine = create_engine(url, poolclass=NullPool, **options)
    try:
        with Session(engine) as session:
            yield session
    except OperationalError as error:
        raise CourseError(
            f"成绩册读不出来（{error.orig}）：请看文件与权限；上次写它时断过电的，先运行一次 ccom grade。"
        ) from error
    finally:
        engine.dispose()
