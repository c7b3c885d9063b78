"""Can a submission that no sitting collected be graded, and if not, what should be done about it?"""

from __future__ import annotations

import shutil
from pathlib import Path

from academy.course import Course
from academy.errors import CcomError
from academy.grading.desk.intake import read_cells

__all__ = ["SubmissionError", "prepare"]

OWN_FILES = {"timestamp.txt", "submission_secret.txt"}


class SubmissionError(CcomError):
    """The submission can't be graded; the message names file, reason and remedy (in Chinese)."""


def prepare(course: Course, paper: str, student: str) -> str | None:
    """Look at one submission and put a renamed notebook back under its name.

    Returns
    -------
    str or None
        A note to the staff when something was put right.

    Raises
    ------
    SubmissionError
        There is nothing to grade.
    """
    folder = course.folder("submitted", paper, student)
    where = f"submitted/{student}/{paper}"
    expected = _notebooks(course, paper)
    present = [name for name in expected if (folder / f"{name}.ipynb").is_file()]
    if present:
        problems = [_unreadable(folder / f"{name}.ipynb", where) for name in present]
        if all(problems):
            raise SubmissionError(problems[0])
        return None
    others = sorted(p for p in folder.glob("**/*.ipynb") if ".ipynb_checkpoints" not in p.parts)
    if not others:
        found = sorted(path.name for path in folder.iterdir() if path.name not in OWN_FILES)
        raise SubmissionError(
            f"{where} 里没有笔记本（{'、'.join(found) or '空的'}）：请学员重交 {next(iter(expected))}.ipynb。"
        )
    return _rename(folder, where, paper, expected, others)


def _rename(
    folder: Path, where: str, paper: str, expected: dict[str, set[str]], others: list[Path]
) -> str:
    notes = []
    names = "、".join(path.name for path in others)
    for name, wanted in expected.items():
        matching = [path for path in others if _matches(path, wanted)]
        if len(matching) > 1:
            raise SubmissionError(
                f"{where} 里有几份像本卷的笔记本（{names}）：请留下要评的一份，改名为 {name}.ipynb。"
            )
        if matching:
            shutil.copyfile(matching[0], folder / f"{name}.ipynb")
            notes.append(f"{where}：{matching[0].name} 已按内容认作 {name}.ipynb。")
    if not notes:
        raise SubmissionError(
            f"{where} 里的 {names} 不是试卷 {paper}：请学员重交，文件名应为 {next(iter(expected))}.ipynb。"
        )
    return "".join(notes)


def _unreadable(path: Path, where: str) -> str | None:
    try:
        cells = read_cells(path)
    except ValueError as error:
        return f"{where}/{path.name} 打不开，{error}：请学员重交原文件。"
    return None if cells else f"{where}/{path.name} 是空的笔记本：请学员重交。"


def _notebooks(course: Course, paper: str) -> dict[str, set[str]]:
    """The paper's notebooks with the ids of their cells."""
    return {
        path.stem: {cell.grade_id for cell in read_cells(path)} - {None}
        for path in sorted(course.folder("source", paper).glob("*.ipynb"))
    }


def _matches(path: Path, wanted: set[str]) -> bool:
    """Whether at least half of a notebook's cells are in the file."""
    try:
        found = {cell.grade_id for cell in read_cells(path)}
    except ValueError:
        return False
    return len(wanted & found) * 2 >= len(wanted)
