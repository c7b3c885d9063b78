"""Can this submission be graded, and if not, what should be done about it?"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import nbformat

from academy.course import Course

__all__ = ["SubmissionError", "digest", "import_folder", "prepare", "submitted_students"]

MAX_BYTES = 20_000_000


class SubmissionError(Exception):
    """The submission can't be graded; the message names file, reason and remedy (in Chinese)."""


def submitted_students(course: Course, paper: str) -> list[str]:
    """Numbers of the learners with a folder in submitted/, in order."""
    return sorted(
        path.parent.name
        for path in course.folder("submitted", paper, "x").parent.parent.glob(f"*/{paper}")
    )


def prepare(course: Course, paper: str, student: str) -> str | None:
    """Check one submission and put a renamed notebook back under its name.

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
    expected = folder / f"{paper}.ipynb"
    if expected.exists():
        _read(expected, f"{where}/{expected.name}")
        return None
    others = sorted(p for p in folder.glob("**/*.ipynb") if ".ipynb_checkpoints" not in p.parts)
    if not others:
        names = (
            "、".join(sorted(p.name for p in folder.iterdir() if p.name != "timestamp.txt"))
            or "空的"
        )
        raise SubmissionError(f"{where} 里没有笔记本（{names}）：请学员重交 {paper}.ipynb。")
    matching = [path for path in others if _is_paper(course, paper, path)]
    if len(matching) == 1:
        shutil.copyfile(matching[0], expected)
        return f"{where}：{matching[0].name} 已按内容认作 {paper}.ipynb。"
    names = "、".join(path.name for path in others)
    if matching:
        raise SubmissionError(
            f"{where} 里有几份像本卷的笔记本（{names}）：请留下要评的一份，改名为 {paper}.ipynb。"
        )
    raise SubmissionError(
        f"{where} 里的 {names} 不是试卷 {paper}：请学员重交，文件名应为 {paper}.ipynb。"
    )


def digest(course: Course, paper: str, student: str) -> str:
    """SHA-256 of the submitted files; the same bytes give the same digest."""
    folder = course.folder("submitted", paper, student)
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(path.read_bytes() + b"\0")
    return total.hexdigest()


def import_folder(
    course: Course, paper: str, source: Path, numbers: list[str]
) -> tuple[list[str], list[str]]:
    """Take submissions that came as files (chat, e-mail) into submitted/.

    Files 「<学号>….ipynb」 and folders 「<学号>…」 are recognised by the number they start with.

    Returns
    -------
    taken : list of str
        Numbers of the learners whose submission was copied.
    problems : list of str
        One Chinese sentence for each entry that was left where it is.
    """
    taken, problems = [], []
    by_length = sorted(numbers, key=len, reverse=True)
    for entry in sorted(source.iterdir()):
        if entry.name.startswith((".", "~$")):
            continue
        number = next(
            (n for n in by_length if re.match(re.escape(n) + r"(?![0-9A-Za-z])", entry.name)), None
        )
        if number is None:
            problems.append(
                f"{entry.name}：开头不是名单里的学号，没有收；请改名为「学号_{paper}」再收一次。"
            )
            continue
        if number in taken:
            problems.append(f"{entry.name}：{number} 已收过一份，没有收这一份；请只留一份再收。")
            continue
        folder = course.folder("submitted", paper, number)
        shutil.rmtree(folder, ignore_errors=True)
        if entry.is_dir():
            shutil.copytree(entry, folder)
        else:
            folder.mkdir(parents=True)
            shutil.copyfile(
                entry, folder / (f"{paper}.ipynb" if entry.suffix == ".ipynb" else entry.name)
            )
        taken.append(number)
    return taken, problems


def _read(path: Path, where: str) -> nbformat.NotebookNode:
    if path.stat().st_size > MAX_BYTES:
        raise SubmissionError(
            f"{where} 有 {path.stat().st_size / 1e6:.0f} MB，太大：请学员清除输出后重交。"
        )
    try:
        notebook = nbformat.read(path, as_version=4)
    except (ValueError, KeyError, AttributeError, TypeError, nbformat.ValidationError) as error:
        reason = type(error).__name__
        raise SubmissionError(
            f"{where} 打不开，不是完整的笔记本（{reason}）：请学员重交原文件。"
        ) from None
    if not notebook.cells:
        raise SubmissionError(f"{where} 是空的笔记本：请学员重交。")
    return notebook


def _is_paper(course: Course, paper: str, path: Path) -> bool:
    """Whether at least half of the paper's answer cells are in the notebook."""
    master = json.loads(
        (course.folder("source", paper) / f"{paper}.ipynb").read_text(encoding="utf-8")
    )
    wanted = {
        cell["metadata"]["nbgrader"]["grade_id"]
        for cell in master["cells"]
        if "nbgrader" in cell["metadata"]
    }
    try:
        cells = _read(path, path.name).cells
    except SubmissionError:
        return False
    found = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells}
    return len(wanted & found) * 2 >= len(wanted)
