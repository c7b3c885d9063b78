"""What does the master of an assignment say?  Cells by kind, points, released text, data files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

__all__ = ["KINDS", "Assignment", "MasterCell", "MasterNotebook"]

KINDS = ("test", "answer", "manual", "task", "locked", "plain")


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
