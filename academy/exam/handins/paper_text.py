"""Which paper or lesson is a notebook, and what has the learner written into it?"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from academy.exam.handins.notebook_file import AGAIN, NotebookFile
from academy.exam.identity import CELL
from academy.grading.desk.intake import LearnerCell

__all__ = ["Blank", "Shelf", "blank_of", "written"]

OPTION = re.compile(r"^- [A-H]\. ")
SHORTEST = 4  # of a line that tells papers apart
ENOUGH = 0.3  # of the lines of another paper or a lesson


@dataclass(frozen=True)
class Blank:
    """A paper as it was handed out.

    Attributes
    ----------
    stubs : mapping of str to str
        Source of every answer cell, by its grade_id.
    cells : frozenset of str
        grade_id of every cell that has one.
    ids : mapping of str to str
        grade_id by the cell's own id, for notebooks whose metadata an editor dropped.
    lines : frozenset of str
        The lines that the learner was given, outside the answer cells.
    """

    stubs: Mapping[str, str]
    cells: frozenset[str]
    ids: Mapping[str, str]
    lines: frozenset[str]

    def grade_id(self, cell: LearnerCell) -> str | None:
        """Which of the paper's cells a learner's cell is."""
        return cell.grade_id if cell.grade_id in self.cells else self.ids.get(cell.cell_id or "")

    def holds(self, cells: Iterable[LearnerCell]) -> bool:
        """Whether at least half of the paper's cells are there."""
        found = {self.grade_id(cell) for cell in cells} - {None}
        return len(found) * 2 >= len(self.cells) > 0


def blank_of(notebook: NotebookNode) -> Blank:
    """What a paper looks like before anybody writes into it."""
    marks = [(cell, cell.metadata.get("nbgrader", {})) for cell in notebook.cells]
    named = [(cell, mark) for cell, mark in marks if mark.get("grade_id")]
    return Blank(
        stubs={mark["grade_id"]: cell.source for cell, mark in named if mark.get("solution")},
        cells=frozenset(mark["grade_id"] for _, mark in named),
        ids={cell.id: mark["grade_id"] for cell, mark in named if "id" in cell},
        lines=_lines(
            cell.source
            for cell, mark in marks
            if not mark.get("solution") and cell.get("id") != CELL
        ),
    )


def written(notebook: NotebookFile, blank: Blank) -> tuple[bool, str]:
    """Whether any answer is there, and a digest of all that is graded.

    Outputs, counters and surrounding blanks count for nothing, so that two copies of which one was
    only run once more are the same.
    """
    answered = False
    graded = []
    for cell in notebook.cells:
        name, source = blank.grade_id(cell), cell.source.strip()
        if name in blank.stubs and source and source != blank.stubs[name].strip():
            answered = True
        if source and (name in blank.stubs or (name is None and cell.cell_type == "code")):
            graded.append([name, cell.cell_type, source])
    return answered, hashlib.sha256(json.dumps(graded).encode()).hexdigest()


class Shelf:
    """The papers and lessons of a course, to tell which of them a notebook is.

    Parameters
    ----------
    root : the course folder.
    paper : the paper that is collected.
    """

    def __init__(self, root: Path, paper: str) -> None:
        self._root = root
        self._paper = paper

    def why_not(self, notebook: NotebookFile, blank: Blank, named: str) -> str | None:
        """Why a notebook is not the paper, in Chinese, to stand after its name; None where it is.

        Parameters
        ----------
        blank : the paper.
        named : the paper that the notebook says it is; empty where it says nothing.
        """
        if named and named != self._paper:
            return f"是试卷 {named} 的卷子，不是 {self._paper}：请学员交 {self._paper} 的笔记本"
        lines = _lines(cell.source for cell in notebook.cells)
        other = None if named else self._other(lines, blank.lines)
        if other is not None:
            return f"是试卷 {other} 的卷子，不是 {self._paper}：请学员交 {self._paper} 的笔记本"
        if blank.holds(notebook.cells):
            return None
        if len(lines & blank.lines) * 2 >= len(blank.lines):
            return f"题目是 {self._paper} 的，作答格的编号却丢了（转换或复制出来的）：{AGAIN}"
        lesson = max(self._lessons, key=lambda one: _share(lines, one[1]), default=None)
        if lesson is not None and _share(lines, lesson[1]) >= ENOUGH:
            return f"是课程《{lesson[0]}》的笔记本，不是试卷 {self._paper}：请学员交 {self._paper} 的笔记本"
        return f"不是试卷 {self._paper}，题目都对不上：请学员交 {self._paper} 的笔记本"

    def _other(self, lines: frozenset[str], own: frozenset[str]) -> str | None:
        """Another paper that the lines are more like, by what only one of the two has."""
        for name, theirs in self._papers:
            share = _share(lines, theirs - own)
            if share >= ENOUGH and share > _share(lines, own - theirs):
                return name
        return None

    @cached_property
    def _papers(self) -> list[tuple[str, frozenset[str]]]:
        paths = sorted((self._root / "release").glob("*/*.ipynb"))
        others = [path for path in paths if path.parent.name != self._paper]
        return [(path.parent.name, blank_of(_read(path)).lines) for path in others]

    @cached_property
    def _lessons(self) -> list[tuple[str, frozenset[str]]]:
        found = []
        for path in sorted((self._root / "course").glob("*/*.ipynb")):
            cells = _read(path).cells
            title = next((line for cell in cells for line in cell.source.splitlines()), "")
            found.append((title.lstrip("# ") or path.stem, _lines(one.source for one in cells)))
        return found


def _read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def _lines(sources: Iterable[str]) -> frozenset[str]:
    """The lines of cells; the letter of an option is left out, for it depends on the seat."""
    lines = (OPTION.sub("", line.strip()) for source in sources for line in source.splitlines())
    return frozenset(line for line in lines if len(line) >= SHORTEST)


def _share(lines: frozenset[str], of: frozenset[str]) -> float:
    return len(lines & of) / len(of) if of else 0.0
