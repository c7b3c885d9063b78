"""How does a graded record get into nbgrader's gradebook?  In one transaction a submission."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    GradeCell,
    SolutionCell,
    SourceCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
    new_uuid,
)
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.orm import Session
from traitlets.config import Config

from academy.grading.desk.gradebook import OpenGradebook
from academy.grading.errors import GradingError
from academy.grading.referee.verdicts import SAME_ROOM
from academy.grading.work.record import GradedRecord, NotebookRecord

__all__ = ["GradebookWriter"]

NO_RESPONSE = "No response."  # nbgrader's own words


class GradebookWriter:
    """Writes the results of one assignment.

    Parameters
    ----------
    book : the course's gradebook; whoever opened it closes it.
    coursedir, config : the nbgrader course.
    assignment : name of the assignment.

    Raises
    ------
    GradingError
        The gradebook does not know the assignment.
    """

    def __init__(
        self, book: OpenGradebook, coursedir: CourseDirectory, config: Config, assignment: str
    ) -> None:
        late = AssignLatePenalties(config=config)
        late.init_plugin()
        self._penalty = late.plugin_inst
        self._creates = Autograde(coursedir=coursedir, config=config).create_student
        self._book = book
        self._assignment = assignment
        self._master = self._read_master()

    def _read_master(self) -> _Master:
        try:
            if not self._book.exists():
                raise LookupError(self._assignment)
            return self._book.in_transaction(lambda session: _Master(session, self._assignment))
        except LookupError:
            raise GradingError(
                f"成绩册里没有作业 {self._assignment}：请先运行 ccom release {self._assignment} "
                f"或 nbgrader generate_assignment {self._assignment}。"
            ) from None

    def holds(self) -> bool:
        """Whether the gradebook still says of the assignment what it said at the beginning."""
        return self._read_master() == self._master

    @property
    def points(self) -> dict[str, dict[str, float]]:
        """Points of each graded cell as the gradebook has them, by notebook."""
        return {name: dict(cells) for name, cells in self._master.points.items()}

    def may_grade(self, student: str) -> bool:
        """Whether the gradebook knows the student, or need not (``c.Autograde.create_student``)."""
        if self._creates:
            return True
        return self._book.in_transaction(lambda session: session.get(Student, student) is not None)

    def write(self, record: GradedRecord, timestamp: datetime | None) -> None:
        """Write a record: scores, comments, time of submission and late penalty.

        Manual scores, extra credit and manual comments stay as they are. As in nbgrader, a score
        given by hand before makes the cell need a look again.

        Parameters
        ----------
        timestamp : when it was handed in (naive UTC), None when that is not known.
        """
        self._book.in_transaction(lambda session: self._write(session, record, timestamp))

    def with_checksums(self, notebook: NotebookRecord) -> dict[str, Any]:
        """The notebook with nbgrader's checksums in its metadata, as nbgrader leaves it."""
        checksums = self._master.checksums[notebook.name]
        cells = []
        for cell in notebook.notebook["cells"]:
            own = cell.get("metadata", {}).get("nbgrader", {})
            if own.get("grade_id") in checksums:
                own = {**own, "checksum": checksums[own["grade_id"]]}
                cell = {**cell, "metadata": {**cell["metadata"], "nbgrader": own}}
            cells.append(cell)
        return {**notebook.notebook, "cells": cells}

    def _write(self, session: Session, record: GradedRecord, timestamp: datetime | None) -> None:
        submission = self._submission(session, record.student, timestamp)
        places = self._places(session, submission.id)
        grades, tasks, comments = [], [], []
        for notebook in record.notebooks:
            place, stubs = places[notebook.name], self._master.stubs[notebook.name]
            sources = _sources(notebook)
            scores = {cell.grade_id: cell.score for cell in notebook.cells}
            solutions = self._master.solutions[notebook.name]
            blank = {name for name in solutions if sources.get(name, "") in ("", stubs.get(name))}
            roomy = _tested_in_the_room(notebook, solutions)
            for name, (cell, is_code) in self._master.tests[notebook.name].items():
                if name in solutions:
                    score = 0.0 if name in blank else None
                else:
                    score = scores.get(name, 0.0) if is_code else None
                grades.append((place, cell, score))
            for name, cell in solutions.items():
                said = (NO_RESPONSE if name in blank else "", roomy.get(name, ""))
                comments.append((place, cell, " ".join(filter(None, said)) or None))
            for cell in self._master.tasks[notebook.name].values():
                tasks.append((place, cell, None))
                comments.append((place, cell, None))
        _put(session, Grade, grades, places.values(), "auto_score")
        _put(session, Grade, tasks, places.values(), None)
        _put(session, Comment, comments, places.values(), "auto_comment")
        self._penalise(session, submission, record.student)

    def _submission(
        self, session: Session, student: str, timestamp: datetime | None
    ) -> SubmittedAssignment:
        if session.get(Student, student) is None:
            session.add(Student(id=student))
            session.flush()
        found = session.scalars(
            select(SubmittedAssignment).where(
                SubmittedAssignment.assignment_id == self._master.id,
                SubmittedAssignment.student_id == student,
            )
        ).one_or_none()
        if found is None:
            found = SubmittedAssignment(
                id=new_uuid(), assignment_id=self._master.id, student_id=student
            )
            session.add(found)
        # formgrader takes a submission for graded only while both times agree
        found.timestamp = timestamp
        session.flush()
        return found

    def _places(self, session: Session, submission: str) -> dict[str, str]:
        """Id of the learner's row of each notebook, made where it is missing."""
        rows = session.execute(
            select(SubmittedNotebook.notebook_id, SubmittedNotebook.id).where(
                SubmittedNotebook.assignment_id == submission
            )
        )
        ids = {row.notebook_id: row.id for row in rows}
        missing = [n for n in self._master.notebooks.values() if n not in ids]
        for notebook in missing:
            ids[notebook] = new_uuid()
        if missing:
            session.execute(
                insert(SubmittedNotebook),
                [
                    {
                        "id": ids[notebook],
                        "notebook_id": notebook,
                        "assignment_id": submission,
                        "flagged": False,
                    }
                    for notebook in missing
                ],
            )
        return {name: ids[notebook] for name, notebook in self._master.notebooks.items()}

    def _penalise(self, session: Session, submission: SubmittedAssignment, student: str) -> None:
        late = submission.total_seconds_late
        for row in session.scalars(
            select(SubmittedNotebook).where(SubmittedNotebook.assignment_id == submission.id)
        ):
            penalty = (
                self._penalty.late_submission_penalty(student, row.score, late) if late else None
            )
            row.late_submission_penalty = (
                None if penalty is None else min(max(penalty, 0), row.score)
            )


class _Master:
    """What the gradebook says of an assignment: rows of its notebooks and cells."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Master) and vars(self) == vars(other)

    __hash__ = None

    def __init__(self, session: Session, assignment: str) -> None:
        found = session.scalars(select(Assignment).where(Assignment.name == assignment))
        row = found.one_or_none()
        if row is None or not row.notebooks:
            raise LookupError(assignment)
        self.id = row.id
        self.notebooks = {notebook.name: notebook.id for notebook in row.notebooks}
        names = {notebook: name for name, notebook in self.notebooks.items()}
        self.points: dict[str, dict[str, float]] = {name: {} for name in self.notebooks}
        self.tests: dict[str, dict[str, tuple[str, bool]]] = {name: {} for name in self.notebooks}
        self.solutions: dict[str, dict[str, str]] = {name: {} for name in self.notebooks}
        self.tasks: dict[str, dict[str, str]] = {name: {} for name in self.notebooks}
        self.stubs: dict[str, dict[str, str]] = {name: {} for name in self.notebooks}
        self.checksums: dict[str, dict[str, str]] = {name: {} for name in self.notebooks}

        def rows(kind: type) -> Iterator[tuple[str, Any]]:
            for cell in session.scalars(select(kind).where(kind.notebook_id.in_(names))):
                yield names[cell.notebook_id], cell

        for name, cell in rows(GradeCell):
            self.points[name][cell.name] = cell.max_score
            self.tests[name][cell.name] = (cell.id, cell.cell_type == "code")
        for name, cell in rows(SolutionCell):
            self.solutions[name][cell.name] = cell.id
        for name, cell in rows(TaskCell):
            self.points[name][cell.name] = cell.max_score
            self.tasks[name][cell.name] = cell.id
        for name, cell in rows(SourceCell):
            self.stubs[name][cell.name] = cell.source
            self.checksums[name][cell.name] = cell.checksum


def _put(
    session: Session,
    model: type,
    rows: list[tuple[str, str, Any]],
    places: Iterable[str],
    column: str | None,
) -> None:
    """Update the column in the rows that exist; insert the others."""
    table = model.__table__
    found = session.execute(
        select(table.c.notebook_id, table.c.cell_id, table.c.id).where(
            table.c.notebook_id.in_(list(places))
        )
    )
    ids = {(place, cell): row for place, cell, row in found}
    old, new = [], []
    for place, cell, value in rows:
        known = ids.get((place, cell))
        if known is None:
            row = {"id": new_uuid(), "notebook_id": place, "cell_id": cell}
            if model is Grade:
                row |= {"needs_manual_grade": value is None}
            new.append(row | ({column: value} if column else {}))
        elif column:
            old.append({"row": known, "value": value, "empty": value is None})
    if old:
        changes: dict[str, Any] = {column: bindparam("value")}
        if model is Grade:
            changes["needs_manual_grade"] = or_(
                table.c.manual_score.is_not(None), bindparam("empty")
            )
        statement = update(table).where(table.c.id == bindparam("row")).values(changes)
        session.connection().execute(statement, old)
    if new:
        session.connection().execute(insert(table), new)


def _tested_in_the_room(notebook: NotebookRecord, solutions: Collection[str]) -> dict[str, str]:
    """What to say of answer cells whose points rest on a test in the same room.

    nbgrader has comments on answers only: a test's stands at the answer cell above it.
    """
    roomy = {cell.grade_id for cell in notebook.cells if cell.same_room}
    tests: dict[str, list[str]] = {}
    above = None
    for cell in notebook.notebook["cells"]:
        name = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
        if name in solutions:
            above = name
        elif name in roomy and above is not None:
            tests.setdefault(above, []).append(name)
    return {name: f"{'、'.join(of)} 是{SAME_ROOM}" for name, of in tests.items()}


def _sources(notebook: NotebookRecord) -> dict[str, str]:
    """Text of each cell with an nbgrader id."""
    texts = {}
    for cell in notebook.notebook["cells"]:
        name = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
        if name:
            source = cell["source"]
            texts[name] = source if isinstance(source, str) else "".join(source)
    return texts
