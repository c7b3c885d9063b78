"""A whole class in one assignment: every kind of test, honest, wrong, crashing and hostile work, odd folders.

The assignment has one notebook for each of the kinds (`kinds`) and one for hostile answers
(`fuzz.hostile_cells`); a learner hands in the notebook that the case is about. What each cell must
get is nbgrader's own score (kinds_stock.json), or follows from the case.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from academy.course import Course
from academy.grading.desk.intake import is_own_file
from tests.academy.grading.desk.test_hostile_folders import FOLDERS
from tests.academy.grading.fuzz.hostile_cells import (
    CELLS,
    POINTS,
    RIGHT,
    SELF_HARM,
    SPOILING,
    WRONG,
)
from tests.academy.grading.kinds import KINDS, SUBMISSIONS
from tests.academy.grading.kinds_stock import STORED
from tests.academy.grading.own_course import CONFIG

__all__ = ["BigClass", "Case", "changed_files"]

NAME, HOSTILE = "class", "hostile"
LIMITS = """c.Referee.cell_seconds = 3
c.Referee.call_seconds = 1.5
c.Referee.submission_seconds = 60
"""
STOCK = json.loads(STORED.read_text(encoding="utf-8"))
Scores = dict[tuple[str, str], float]


@dataclass(frozen=True)
class Case:
    """One learner's submission.

    Attributes
    ----------
    group : what it is a case of, for the table.
    answers : by notebook, answers by cell; None for the master's own.
    expected : points by notebook and cell; cells that are not named get none.
    spoil : does something odd to the folder.
    status : "graded", or "rejected" where nothing can be graded.
    before, after : cells of the learner's own in the hostile notebook.
    """

    student: str
    group: str
    answers: Mapping[str, Mapping[str, str] | None]
    expected: Scores
    spoil: Callable[[Path, Path], None] | None = None
    status: str = "graded"
    before: str = ""
    after: str = ""


@dataclass
class BigClass:
    """The course, written and released, and its cases.

    Parameters
    ----------
    folder : an empty folder; the course, and a folder that nobody may touch, are made in it.
    kinds : names of kinds; None for all.
    every : of the hostile cases only every so many.
    """

    folder: Path
    kinds: Iterable[str] | None = None
    every: int = 1
    cases: list[Case] = field(default_factory=list)

    def __post_init__(self) -> None:
        names = list(KINDS) if self.kinds is None else list(self.kinds)
        self.notebooks = {f"k{list(KINDS).index(name):02}": name for name in names}
        self.outside = self.folder / "outside"
        (self.outside / "kept").mkdir(parents=True)
        (self.outside / "secret").write_text("2025-07-18 08:00:00 UTC")
        self.root = self.folder / "course"
        self._write()
        self.cases += [*self._of_kinds(), *self._whole(), *self._hostile(), *self._folders()]
        self._enrol()
        for case in self.cases:
            self._hand_in(case)

    def scores(self) -> dict[str, Scores]:
        """What the gradebook has, by learner."""
        with contextlib.closing(sqlite3.connect(self.root / "gradebook.db")) as book:
            rows = book.execute(
                "SELECT a.student_id, n.name, c.name, g.auto_score FROM grade g"
                " JOIN base_cell c ON c.id = g.cell_id"
                " JOIN submitted_notebook s ON s.id = g.notebook_id"
                " JOIN notebook n ON n.id = s.notebook_id"
                " JOIN submitted_assignment a ON a.id = s.assignment_id"
            ).fetchall()
        found: dict[str, Scores] = {}
        for student, notebook, cell, score in rows:
            found.setdefault(student, {})[notebook, cell] = score or 0.0
        return found

    def mistakes(self, statuses: Mapping[str, str]) -> list[str]:
        """Every cell of every learner that has not what it must have; empty if all are right.

        Parameters
        ----------
        statuses : what became of each submission, by learner.
        """
        found, wrong = self.scores(), []
        for case in self.cases:
            if statuses.get(case.student) != case.status:
                wrong.append(f"{case.student}：{statuses.get(case.student)}，应为 {case.status}")
            scores = found.get(case.student, {})
            if case.status == "graded" and not scores:
                wrong.append(f"{case.student}：成绩册里没有")
            for place in sorted(scores.keys() | case.expected.keys()):
                has, must = scores.get(place), case.expected.get(place, 0.0)
                if case.status == "graded" and has != must:
                    wrong.append(f"{case.student} {'/'.join(place)}：{has}，应为 {must:g}")
        return wrong

    def cells(self) -> int:
        """How many cells are looked at."""
        return sum(len(scores) for scores in self.scores().values())

    def _write(self) -> None:
        source = self.root / "source" / NAME
        source.mkdir(parents=True)
        for name, kind in self.notebooks.items():
            _write_book(source / f"{name}.ipynb", KINDS[kind].cells)
            for file, content in KINDS[kind].files.items():
                (source / file).write_bytes(content)
        _write_book(source / f"{HOSTILE}.ipynb", CELLS)
        text = CONFIG.format(root=str(self.root)) + LIMITS
        (self.root / "nbgrader_config.py").write_text(text, encoding="utf-8")
        self.course = Course(self.root)
        self.course.generate(NAME)

    def _enrol(self) -> None:
        with self.course.gradebook() as book:
            for case in self.cases:
                book.update_or_create_student(case.student)

    def _of_kinds(self) -> Iterable[Case]:
        for name, kind in self.notebooks.items():
            for one in SUBMISSIONS:
                expected = {(name, cell): score for cell, score in STOCK[kind][one].items()}
                answers = {name: KINDS[kind].answers(one)}
                yield Case(f"{name}-{one}", one, answers, expected)

    def _whole(self) -> Iterable[Case]:
        """The whole assignment, honest."""
        for one in ("reference", "wrong"):
            answers = {name: KINDS[kind].answers(one) for name, kind in self.notebooks.items()}
            expected = {
                (name, cell): score
                for name, kind in self.notebooks.items()
                for cell, score in STOCK[kind][one].items()
            }
            yield Case(f"all-{one}", f"whole, {one}", answers, expected)

    def _hostile(self) -> Iterable[Case]:
        full = {(HOSTILE, cell): float(points) for cell, points in POINTS.items()}
        for name, sources in WRONG.items():
            for number, source in list(enumerate(sources))[:: self.every]:
                expected = {**full, (HOSTILE, f"{name}-test"): 0.0}
                answers = {HOSTILE: {**RIGHT, name: source}}
                yield Case(f"x-{name}-{number:02}", "cheating", answers, expected)
        for number, source in list(enumerate([*SPOILING, *SELF_HARM]))[:: self.every]:
            answers = {HOSTILE: RIGHT}
            front = {} if source in SELF_HARM else full
            yield Case(f"y-{number:02}", "spoiling, in front", answers, front, before=source)
            yield Case(f"z-{number:02}", "spoiling, behind", answers, full, after=source)

    def _folders(self) -> Iterable[Case]:
        full = {(HOSTILE, cell): float(points) for cell, points in POINTS.items()}
        for spoil in FOLDERS[:: self.every]:
            name = f"f-{spoil.__name__.replace('_', '-')}"
            yield Case(name, "odd folders", {HOSTILE: RIGHT}, full, spoil)
        for spoil in REFUSED[:: self.every]:
            name = f"r-{spoil.__name__.replace('_', '-')}"
            yield Case(name, "nothing to grade", {HOSTILE: RIGHT}, {}, spoil, "rejected")

    def _hand_in(self, case: Case) -> None:
        folder = self.root / "submitted" / case.student / NAME
        folder.mkdir(parents=True)
        for name, answers in case.answers.items():
            book = nbformat.read(self.root / "release" / NAME / f"{name}.ipynb", as_version=4)
            master = nbformat.read(self.root / "source" / NAME / f"{name}.ipynb", as_version=4)
            for cell, origin in zip(book.cells, master.cells, strict=True):
                role = cell.metadata.get("nbgrader", {})
                if role.get("solution"):
                    own = origin.source if answers is None else answers.get(role["grade_id"])
                    cell.source = cell.source if own is None else own
            extra = nbformat.v4.new_code_cell
            book.cells = [
                *([extra(case.before)] if case.before else []),
                *book.cells,
                *([extra(case.after)] if case.after else []),
            ]
            text = json.dumps(book, ensure_ascii=True)
            (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
        for kind in self.notebooks.values():
            for file, content in KINDS[kind].files.items():
                (folder / file).write_bytes(content)
        if case.spoil is not None:
            case.spoil(folder, self.outside)


def _write_book(path: Path, cells: list[nbformat.NotebookNode]) -> None:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    book = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(book, path)


def no_notebook(folder: Path, outside: Path) -> None:
    (folder / f"{HOSTILE}.ipynb").unlink()


def a_link_for_a_notebook(folder: Path, outside: Path) -> None:
    no_notebook(folder, outside)
    (folder / f"{HOSTILE}.ipynb").symlink_to(outside / "new.ipynb")


def a_pipe_for_a_notebook(folder: Path, outside: Path) -> None:
    no_notebook(folder, outside)
    os.mkfifo(folder / f"{HOSTILE}.ipynb")


def a_folder_for_a_notebook(folder: Path, outside: Path) -> None:
    no_notebook(folder, outside)
    (folder / f"{HOSTILE}.ipynb").mkdir()


def no_json(folder: Path, outside: Path) -> None:
    (folder / f"{HOSTILE}.ipynb").write_bytes(b"\xff" * 1000)


def brackets(folder: Path, outside: Path) -> None:
    (folder / f"{HOSTILE}.ipynb").write_bytes(b'{"cells": [' + b"{}," * 2_000_000 + b"{}]}")


def a_link_for_the_folder(folder: Path, outside: Path) -> None:
    shutil.rmtree(folder)
    folder.symlink_to(outside)


def a_file_for_the_folder(folder: Path, outside: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("x")


REFUSED = [
    no_notebook,
    a_link_for_a_notebook,
    a_pipe_for_a_notebook,
    a_folder_for_a_notebook,
    no_json,
    brackets,
    a_link_for_the_folder,
    a_file_for_the_folder,
]


def changed_files(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """What is new, gone or different; a time that was put aside is the referee's own doing."""
    return sorted(
        path
        for path in before.keys() | after.keys()
        if before.get(path) != after.get(path) and not any(map(is_own_file, Path(path).parts))
    )
