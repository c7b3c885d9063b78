"""What does the master of an assignment say?  Cells by kind, points, released text, data files."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.nbgraderformat.v3 import MetadataValidatorV3
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearSolutions
from traitlets.config import Config

__all__ = ["KINDS", "Assignment", "AssignmentError", "MasterCell", "MasterNotebook"]

KINDS = ("test", "answer", "manual", "task", "locked", "plain")
IGNORED = {".ipynb_checkpoints", "__pycache__", ".git", ".DS_Store"}


class AssignmentError(ValueError):
    """The master itself cannot be used; the message is Chinese and names the remedy."""


@dataclass(frozen=True)
class MasterCell:
    """One cell of the master.

    Attributes
    ----------
    kind : str
        "test" (autograded), "answer" (solution), "manual" (solution graded by hand), "task",
        "locked" (read-only), "plain" (no nbgrader role).
    released : str
        The text the learner received: solutions, hidden tests and mark schemes taken out.
    """

    kind: str
    cell_type: str
    source: str
    released: str
    grade_id: str | None
    points: float
    cell_id: str | None
    metadata: Mapping[str, Any] = field(hash=False)

    @property
    def is_code(self) -> bool:
        """Whether the cell runs."""
        return self.cell_type == "code"


@dataclass(frozen=True)
class MasterNotebook:
    """One instructor notebook."""

    name: str
    cells: tuple[MasterCell, ...]
    metadata: Mapping[str, Any] = field(hash=False)

    @property
    def reference(self) -> tuple[str, ...]:
        """Sources with the master's own solutions, cell by cell."""
        return tuple(cell.source for cell in self.cells)


@dataclass(frozen=True)
class Assignment:
    """One nbgrader assignment as its instructor wrote it (``source/<name>``)."""

    name: str
    notebooks: tuple[MasterNotebook, ...]
    files: Mapping[str, bytes] = field(hash=False)

    @classmethod
    def read(cls, folder: Path, config: Config | None = None) -> Assignment:
        """Read the instructor's folder.

        Parameters
        ----------
        folder : ``source/<assignment>``; every notebook, and every other file as data.
        config : nbgrader configuration, for a course with its own stub or solution marks.

        Raises
        ------
        AssignmentError
            There is no notebook, or one cannot be read.
        """
        paths = sorted(path for path in folder.glob("*.ipynb") if path.is_file())
        if not paths:
            raise AssignmentError(f"{folder.name} 里没有 .ipynb 母本：请核对作业名与课程文件夹。")
        notebooks = tuple(_read_notebook(path, config or Config()) for path in paths)
        return cls(folder.name, notebooks, _data_files(folder))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all cells and data files."""
        content = [
            (n.name, [(c.kind, c.cell_type, c.source, c.grade_id, c.points) for c in n.cells])
            for n in self.notebooks
        ]
        total = hashlib.sha256(json.dumps(content, ensure_ascii=False).encode())
        for name in sorted(self.files):
            total.update(name.encode() + b"\0" + hashlib.sha256(self.files[name]).digest())
        return total.hexdigest()

    def notebook(self, name: str) -> MasterNotebook:
        """The notebook of that name."""
        return next(notebook for notebook in self.notebooks if notebook.name == name)


def _read_notebook(path: Path, config: Config) -> MasterNotebook:
    try:
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            MetadataValidatorV3().upgrade_cell_metadata(cell)
    except Exception as error:
        raise AssignmentError(f"母本 {path.name} 读不出来：{error}") from error
    released = _released_sources(notebook, config)
    seen: set[str] = set()
    cells = []
    for cell, text in zip(notebook.cells, released, strict=True):
        master = _master_cell(cell, text)
        if master.grade_id in seen:
            raise AssignmentError(f"母本 {path.name}：编号 {master.grade_id} 用了两次，请改名。")
        if master.grade_id:
            seen.add(master.grade_id)
        if "### AUTOTEST" in master.source or "### HASHED AUTOTEST" in master.source:
            raise AssignmentError(
                f"母本 {path.name} 的 {master.grade_id} 里还有 AUTOTEST 指令："
                "请把展开后的测试写进母本。"
            )
        cells.append(master)
    metadata = json.loads(json.dumps(notebook.metadata))
    return MasterNotebook(path.stem, tuple(cells), metadata)


def _master_cell(cell: nbformat.NotebookNode, released: str) -> MasterCell:
    nbgrader = cell.metadata.get("nbgrader") or {}
    grade, solution = bool(nbgrader.get("grade")), bool(nbgrader.get("solution"))
    if nbgrader.get("task"):
        kind = "task"
    elif grade and solution:
        kind = "manual"
    elif solution:
        kind = "answer"
    elif grade:
        kind = "test" if cell.cell_type == "code" else "manual"
    else:
        kind = "locked" if nbgrader.get("locked") else "plain"
    return MasterCell(
        kind=kind,
        cell_type=cell.cell_type,
        source=cell.source,
        released=released,
        grade_id=None if kind == "plain" else nbgrader.get("grade_id"),
        points=float(nbgrader.get("points") or 0),
        cell_id=cell.get("id"),
        metadata=json.loads(json.dumps(cell.metadata)),
    )


def _released_sources(notebook: nbformat.NotebookNode, config: Config) -> list[str]:
    copy = nbformat.from_dict(json.loads(json.dumps(notebook)))
    copy.metadata.setdefault("language_info", {}).setdefault("name", "python")
    resources: dict[str, Any] = {"language": "python"}
    for step in (ClearSolutions, ClearHiddenTests, ClearMarkScheme):
        copy, resources = step(config=config, enforce_metadata=False).preprocess(copy, resources)
    return [cell.source for cell in copy.cells]


def _data_files(folder: Path) -> dict[str, bytes]:
    files = {}
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in IGNORED)
        for name in sorted(names):
            path = Path(parent, name)
            if name in IGNORED or path.is_symlink() or not path.is_file():
                continue
            if path.suffix == ".ipynb" and path.parent == folder:
                continue
            files[path.relative_to(folder).as_posix()] = path.read_bytes()
    return files
