"""How do staff open the lessons without touching the tracked ones?  A working copy, and the learner's JupyterLab."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from academy.errors import CourseError
from academy.launcher.serving import CHINESE, LabError, serve
from academy.launcher.working_copy import bring_up_to_date

__all__ = ["LAB", "open_formgrader", "open_lab", "working_copy"]

LAB = ".lab"


def working_copy(root: Path, home: Path) -> list[str]:
    """Bring the lessons of course/ into ``home/course``; what was changed there stays.

    Returns
    -------
    list of str
        What was done to a working copy that was there before, a Chinese line each.

    Raises
    ------
    CourseError
        The course has no lessons, or `home` lies in a tracked folder.
    """
    lessons = sorted((root / "course").glob("*/*.ipynb"))
    if not lessons:
        raise CourseError(
            f"{root / 'course'} 里没有笔记本：请先运行 ccom notebooks，或用 --course 指明课程文件夹。"
        )
    for name in ("course", "source", "release", "text"):
        if root / name in (home, *home.parents):
            raise CourseError(f"{home} 在入库的 {name}/ 里：工作副本请放到别处。")
    fresh = not (home / "course").exists()
    originals = {
        path.relative_to(root / "course").as_posix(): path.read_bytes()
        for path in [*lessons, *sorted((root / "course").glob("*/文件/*"))]
    }
    changes = bring_up_to_date(originals, home / "course", home / "record.json")
    return [] if fresh else [str(change) for change in changes]


def open_lab(root: Path, home: Path, say: Callable[[str], None], **how: Any) -> None:
    """Open the working copy as learners see it: in Chinese, without grading tools.

    Parameters
    ----------
    home : where the working copy lies.
    how : port, browser and options, as in :func:`academy.launcher.serving.serve`.

    Raises
    ------
    CourseError
        There is nothing to open, or JupyterLab does not start.
    """
    for line in working_copy(root, home):
        say(f"　{line}")
    say(
        f"工作副本：{home / 'course'}（怎么改都不动入库的 course/；要带回母本：ccom notebooks pull）"
    )
    _serve(home / "course", home / "jupyter.log", say, **how)


def open_formgrader(root: Path, home: Path, say: Callable[[str], None], **how: Any) -> None:
    """Open the course folder itself, with nbgrader's tools, for the examination staff."""
    say("考务的 JupyterLab：开在课程文件夹里，看得到答案与成绩，不要给学员用。")
    home.mkdir(parents=True, exist_ok=True)
    _serve(root, home / "formgrader.log", say, settings=(CHINESE,), **how)


def _serve(folder: Path, log: Path, say: Callable[[str], None], **how: Any) -> None:
    try:
        serve(sys.executable, folder, log, say, **how)
    except LabError as error:
        raise CourseError(str(error)) from None
