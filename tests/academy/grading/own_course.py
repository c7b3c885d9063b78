"""A plain nbgrader course written in a test: masters released, nothing of this project's course in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import nbformat

from academy.course import Course
from tests.academy.grading.small import write_master

__all__ = ["Own", "snapshot"]

CONFIG = """c = get_config()
c.CourseDirectory.root = {root!r}
c.CourseDirectory.course_id = "own"
"""


class Own:
    """A course folder with one released assignment.

    Parameters
    ----------
    folder : where it is written; must not exist.
    cells, files : of the master; see `write_master`.
    config : further lines of its nbgrader_config.py.
    """

    def __init__(
        self,
        folder: Path,
        cells: list[nbformat.NotebookNode],
        files: Mapping[str, bytes] | None = None,
        name: str = "hw",
        config: str = "",
    ) -> None:
        self.folder, self.name = folder, name
        self.assignment = write_master(folder / "source" / name, cells, files)
        text = CONFIG.format(root=str(folder)) + config
        (folder / "nbgrader_config.py").write_text(text, encoding="utf-8")
        self.course = Course(folder)
        self.course.generate(name)
        self.notebook = f"{self.assignment.notebooks[0].name}.ipynb"

    def enrol(self, students: Iterable[str]) -> None:
        """Put learners into the gradebook."""
        with self.course.gradebook() as book:
            for student in students:
                book.update_or_create_student(student)

    def hand_in(self, student: str, answers: Mapping[str, str] | None) -> Path:
        """The released folder with answers in it; None for the master's own. Returns the folder."""
        folder = self.folder / "submitted" / student / self.name
        shutil.copytree(self.folder / "release" / self.name, folder)
        book = nbformat.read(folder / self.notebook, as_version=4)
        for cell, master in zip(book.cells, self.assignment.notebooks[0].cells, strict=True):
            own = master.source if answers is None else (answers or {}).get(master.grade_id)
            if master.kind == "answer" and own is not None:
                cell.source = own
        nbformat.write(book, folder / self.notebook)
        return folder


def snapshot(*folders: Path) -> dict[str, tuple[int, object]]:
    """Every file's bytes, every link's target, every mode below the folders; times don't count."""
    found: dict[str, tuple[int, object]] = {}
    for folder in folders:
        for parent, names, files in os.walk(folder):
            for name in [*names, *files]:
                path = Path(parent, name)
                mode = os.lstat(path).st_mode
                if path.is_symlink():
                    found[str(path)] = (mode, os.readlink(path))
                else:
                    found[str(path)] = (mode, path.read_bytes() if path.is_file() else b"")
    return found
