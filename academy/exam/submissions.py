"""Can a submission that no sitting collected be graded, and if not, what should be done about it?"""

from __future__ import annotations

from academy.course import Course
from academy.errors import CcomError
from academy.grading.desk.foreign_folder import FILE, Entry, Folder, FolderRefused
from academy.grading.desk.intake import (
    MAX_NOTEBOOK_BYTES,
    SKIPPED_FOLDERS,
    cells_in,
    cells_of,
    is_own_file,
    read_cells,
)
from academy.grading.desk.notebook_json import parse_notebook
from academy.grading.desk.submitted import Submitted
from academy.grading.work.text import clean_text

__all__ = ["SubmissionError", "prepare"]

SECRET = "submission_secret.txt"
# notebooks looked into for the paper, where none has its name
MOST_LOOKED_AT = 20


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
    where = f"submitted/{student}/{paper}"
    try:
        with Submitted(course.coursedir, paper).open(student) as folder:
            return _prepare(course, paper, folder, where)
    except FolderRefused as refused:
        raise SubmissionError(f"{where} 没有评：{refused}。") from None


def _prepare(course: Course, paper: str, folder: Folder, where: str) -> str | None:
    expected = _notebooks(course, paper)
    present = [name for name in expected if folder.has_file(f"{name}.ipynb")]
    if present:
        problems = [_unreadable(folder, f"{name}.ipynb", where) for name in present]
        if all(problems):
            raise SubmissionError(problems[0])
        return None
    others: list[tuple[str, bytes, set[str]]] = []
    for entry in folder.walk(SKIPPED_FOLDERS):
        if entry.kind == FILE and entry.path.endswith(".ipynb") and len(others) < MOST_LOOKED_AT:
            others.append((entry.path, *_looked_into(entry, expected)))
    if others:
        return _rename(folder, where, paper, expected, others)
    first = f"{next(iter(expected))}.ipynb"
    if folder.has(first):
        raise SubmissionError(_unreadable(folder, first, where))
    found = [clean_text(n) for n in folder.names() if not is_own_file(n) and n != SECRET]
    raise SubmissionError(
        f"{where} 里没有笔记本（{'、'.join(found[:MOST_LOOKED_AT]) or '空的'}）：请学员重交 {first}。"
    )


def _rename(
    folder: Folder,
    where: str,
    paper: str,
    expected: dict[str, set[str]],
    others: list[tuple[str, bytes, set[str]]],
) -> str:
    notes = []
    names = clean_text("、".join(path.rpartition("/")[2] for path, _, _ in others), 300)
    for name in expected:
        matching = [one for one in others if name in one[2]]
        if len(matching) > 1:
            raise SubmissionError(
                f"{where} 里有几份像本卷的笔记本（{names}）：请留下要评的一份，改名为 {name}.ipynb。"
            )
        for path, content, _ in matching:
            try:
                folder.write(f"{name}.ipynb", content)
            except OSError:
                raise SubmissionError(
                    f"{where} 里叫 {name}.ipynb 的是文件夹，或这里写不进去：请挪开它，再把 {clean_text(path)} 改成这个名字。"
                ) from None
            shown = clean_text(path.rpartition("/")[2])
            notes.append(f"{where}：{shown} 已按内容认作 {name}.ipynb。")
    if not notes:
        raise SubmissionError(
            f"{where} 里的 {names} 不是试卷 {paper}：请学员重交，文件名应为 {next(iter(expected))}.ipynb。"
        )
    return "".join(notes)


def _unreadable(folder: Folder, name: str, where: str) -> str | None:
    try:
        cells = cells_in(folder, name)
    except ValueError as error:
        remedy = "" if "：请" in str(error) else "：请学员重交原文件"
        return f"{where}/{name} 打不开，{error}{remedy}。"
    return None if cells else f"{where}/{name} 是空的笔记本：请学员重交。"


def _notebooks(course: Course, paper: str) -> dict[str, set[str]]:
    """The paper's notebooks with the ids of their cells."""
    return {
        path.stem: {cell.grade_id for cell in read_cells(path)} - {None}
        for path in sorted(course.folder("source", paper).glob("*.ipynb"))
    }


def _looked_into(entry: Entry, expected: dict[str, set[str]]) -> tuple[bytes, set[str]]:
    """A notebook's bytes, and of which of the paper's notebooks at least half the cells are in it."""
    try:
        content = entry.read(MAX_NOTEBOOK_BYTES)
        ids = {cell.grade_id for cell in cells_of(parse_notebook(content))}
    except ValueError:
        return b"", set()
    like = {name for name, wanted in expected.items() if len(wanted & ids) * 2 >= len(wanted)}
    return content if like else b"", like
