"""Has a role's course the form that lessons have?  Its lessons one by one, and what they share."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from nbformat import NotebookNode

from academy.keys import leaks, lesson_keys
from academy.masters import is_second, read_master
from academy.proof.form.lesson import WARMUPS, Form, lesson_form
from academy.rendering import ANNEX
from academy.rendering.setting import days, first_lessons
from academy.sheets import defined_twice, role_lessons
from academy.syllabus import Role, read_syllabus

__all__ = ["course_forms", "course_problems", "form_table"]

FIRST_WARMUPS, DAY_WARMUPS = (0, 3), (5, 5)
# so many lessons, then a break; a lesson 0 is no burden
BLOCK, SHORT = 2, 30
COLUMNS = ("课", "格", "程序", "最长", "猜", "课上", "课后", "分钟", "提示", "不符")


def course_forms(root: Path) -> list[Form]:
    """The form of every lesson of a course folder, in the order of their names."""
    asked_for = {name: said for role in _roles(root) for name, said in _warmups(role).items()}
    return [
        lesson_form(master, name, warmups=asked_for.get(name, WARMUPS))
        for name, master in _lessons(root).items()
    ]


def course_problems(root: Path) -> list[str]:
    """What breaks the rules between the lessons of a role, in Chinese sentences."""
    lessons = _lessons(root)
    said = []
    for role in _roles(root):
        written = role_lessons(role, lessons)
        said += defined_twice(role, lessons)
        said += _minutes(role, written)
        said += _blocks(role)
        keys = [key for name in written for key in lesson_keys(_path(root, name))]
        said += leaks(f"{role.name}的课", keys)
    return list(dict.fromkeys(said))


def form_table(forms: Iterable[Form]) -> str:
    """The counts as a table of text, a lesson a line."""
    rows = [COLUMNS] + [
        (
            one.name,
            str(one.cells),
            str(one.code),
            str(one.longest),
            str(one.guesses),
            str(one.live),
            str(one.home),
            str(one.minutes or "—"),
            str(one.noted),
            str(len(one.problems)),
        )
        for one in forms
    ]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            text + " " * (width - _width(text))
            if place == 0
            else " " * (width - _width(text)) + text
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(one) in "WF") for one in text)


def _roles(root: Path) -> list[Role]:
    file = root / "course/syllabus.yml"
    return list(read_syllabus(file).roles.values()) if file.exists() else []


def _lessons(root: Path) -> dict[str, NotebookNode]:
    paths = sorted((root / "text/course").glob("*/*.py"))
    return {
        path.relative_to(root / "text/course").with_suffix("").as_posix(): read_master(path)
        for path in paths
    }


def _path(root: Path, name: str) -> Path:
    return root / "text/course" / f"{name}.py"


def _warmups(role: Role) -> dict[str, tuple[int, int]]:
    """How many questions open the lessons that open a day."""
    opening = first_lessons(role)
    return {name: DAY_WARMUPS if day > 1 else FIRST_WARMUPS for day, name in opening.items()}


def _minutes(role: Role, lessons: Mapping[str, NotebookNode]) -> list[str]:
    planned = {one.lesson: one.minutes for one in role.sessions if one.lesson}
    return [
        f"{name} 写的是 {master.cells[0].metadata['minutes']} 分钟，{role.name}的课表里是 {planned[name]} 分钟"
        for name, master in lessons.items()
        if is_second(master)
        and name in planned
        and not name.endswith(ANNEX)
        and master.cells[0].metadata["minutes"] != planned[name]
    ]


def _blocks(role: Role) -> list[str]:
    """Days with more lessons in a row than anybody can follow."""
    said = []
    for day, sessions in days(role).items():
        row, end = 0, 0
        for one in sessions:
            hours, minutes = map(int, one.start.split(":"))
            start = 60 * hours + minutes
            row = row + (one.minutes >= SHORT) if start == end else int(one.minutes >= SHORT)
            end = start + one.minutes
            if row > BLOCK:
                said.append(
                    f"{role.name}第 {day} 天到 {one.start} 连上 {row} 课没有休息，两课以后要休息"
                )
    return said
