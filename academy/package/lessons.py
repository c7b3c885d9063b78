"""Which lessons does a role's learner get, in which order and under which names?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import nbformat

from academy.errors import CourseError
from academy.notebooks import render
from academy.rendering import ANNEX
from academy.syllabus import Role

__all__ = ["Lesson", "lessons_of", "modules_imported", "tables_used"]

# Windows takes none of these in a name, and no dot or blank at its end
FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
LONGEST = 40


@dataclass(frozen=True)
class Lesson:
    """One lesson as the learner gets it.

    Attributes
    ----------
    name : str
        As in the syllabus, e.g. "wfmp/05_requirement".
    title : str
        Its question.
    file_name : str
        Number in the timetable and short title, in Chinese.
    text : str
        The .ipynb.
    """

    name: str
    title: str
    file_name: str
    text: str

    def code(self) -> list[ast.AST]:
        """The code cells, parsed; cells in another language of IPython's are left out."""
        cells = nbformat.reads(self.text, as_version=4).cells
        trees = []
        for cell in cells:
            if cell.cell_type == "code":
                try:
                    trees.append(ast.parse(cell.source))
                except SyntaxError:
                    continue
        return trees


def lessons_of(root: Path, role: Role) -> list[Lesson]:
    """The role's lessons in the timetable's order, made from their masters.

    The notebooks in course/ are not looked at: somebody may have run or answered them.

    Raises
    ------
    CourseError
        The role has no timetable, or a lesson has no master.
    """
    names = list(dict.fromkeys(one.lesson for one in role.sessions if one.lesson))
    if not names:
        raise CourseError(
            f"{role.name}（{role.slug}）的课程安排还是空的：请先在 course/syllabus.yml 里写 timetable。"
        )
    missing = [name for name in names if not _master(root, name).exists()]
    if missing:
        raise CourseError(
            f"{role.name}（{role.slug}）缺 {'、'.join(missing)} 的母本：请先写好 text/course/ 里的这几课，或从课程安排里去掉。"
        )
    lessons = []
    # a lesson 0 before the first keeps its number
    first = 0 if Path(names[0]).name.startswith("00_") else 1
    for number, name in enumerate(names, first):
        lessons.append(_lesson(root, role, name, number))
        if _master(root, name + ANNEX).exists():
            lessons.append(_lesson(root, role, name + ANNEX, number))
    return lessons


def tables_used(lessons: Iterable[Lesson], tables: Iterable[str]) -> list[str]:
    """Tables of the virtual centre that the lessons take, in the order of `tables`.

    A table is taken as an attribute (``hub.roster``) or by its name (``hub.table("roster")``).
    """
    said = set()
    for lesson in lessons:
        for tree in lesson.code():
            for node in ast.walk(tree):
                if isinstance(node, ast.Attribute):
                    said.add(node.attr)
                elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "table":
                    said |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    return [name for name in tables if name in said]


def modules_imported(trees: Iterable[ast.AST]) -> set[str]:
    """Top-level names of the modules that are imported anywhere in the code."""
    found = set()
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found


def _lesson(root: Path, role: Role, name: str, number: int) -> Lesson:
    text = render(_master(root, name), root, role)
    lines = (
        line
        for cell in nbformat.reads(text, as_version=4).cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
    )
    title = next((line[2:].strip() for line in lines if line.startswith("# ")), "")
    if not title:
        raise CourseError(
            f"text/course/{name}.py 没有「# 标题」：请在第一格写上，学员的文件名由它来。"
        )
    mark = "（选读）" if name.endswith(ANNEX) else ""
    return Lesson(name, title, f"{number:02d} {_short(title)}{mark}.ipynb", text)


def _short(title: str) -> str:
    """The title as a file name: up to a colon, without what Windows refuses."""
    head = re.split("[：:]", title.lstrip("：: "))[0]
    plain = FORBIDDEN.sub("", head).strip(" .？。！")
    return plain[:LONGEST].rstrip()


def _master(root: Path, name: str) -> Path:
    return root / "text/course" / f"{name}.py"
