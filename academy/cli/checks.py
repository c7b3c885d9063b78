"""Is the call about something that is there?  Looked up in the folder, before any library is loaded.

nbgrader takes seconds to import; a mistyped name is said at once.  A course that moves nbgrader's
folders is left to nbgrader itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from academy.cli.parser import nearest
from academy.errors import CourseError

__all__ = ["course_folder", "existing_file", "known_paper", "known_students", "some_submission"]

MOVED = re.compile(r"^\s*c\.CourseDirectory\.\w*director", re.MULTILINE)


def course_folder(root: Path) -> None:
    """Refuse a folder that is no nbgrader course."""
    if not (root / "nbgrader_config.py").is_file():
        raise CourseError(
            f"{root.resolve()} 里没有 nbgrader_config.py：请到课程文件夹里运行，或用 --course 指明。"
        )


def known_paper(root: Path, paper: str) -> None:
    """Refuse a paper that the course does not have, naming the nearest and the known ones."""
    course_folder(root)
    if _moved(root):
        return
    known = sorted(path.name for path in (root / "source").glob("[!.]*") if path.is_dir())
    if paper not in known:
        raise CourseError(
            f"没有试卷 {paper!r}{nearest(paper, known)}：source/ 里有 {'、'.join(known) or '（还没有试卷）'}。请核对试卷名。"
        )


def some_submission(root: Path, paper: str) -> None:
    """Refuse to go on where nobody has handed in the paper."""
    if not _moved(root) and not any((root / "submitted").glob(f"*/{paper}")):
        raise CourseError(f"submitted/ 里还没有 {paper} 的答卷：请先运行 ccom collect {paper}。")


def known_students(root: Path, paper: str, students: Iterable[str]) -> None:
    """Refuse learners who have not handed in, where none of those named has."""
    wanted = list(students)
    if _moved(root) or any((root / "submitted" / name / paper).is_dir() for name in wanted):
        return
    raise CourseError(
        f"{'、'.join(wanted)} 没有 {paper} 的答卷：请核对学号，或先运行 ccom collect {paper}。"
    )


def existing_file(path: Path, what: str) -> None:
    """Refuse a file that is not there."""
    if path.is_dir():
        raise CourseError(f"{path} 是文件夹，不是{what}：请指明文件。")
    if not path.exists():
        raise CourseError(f"没有{what} {path}：请核对路径。")


def _moved(root: Path) -> bool:
    """Whether the course's configuration puts nbgrader's folders elsewhere."""
    try:
        return bool(MOVED.search((root / "nbgrader_config.py").read_text(encoding="utf-8")))
    except UnicodeDecodeError:
        return False
