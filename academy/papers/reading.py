"""What is a paper?  Its master read together with the syllabus and its role's blueprint."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from academy.masters import MasterError, has_tag, read_master
from academy.papers.blueprint import Blueprint, read_blueprint
from academy.papers.parts import Part, read_parts
from academy.syllabus import Role, Syllabus, read_syllabus

__all__ = ["Paper", "read_paper"]


@dataclass(frozen=True)
class Paper:
    """A paper's master and what belongs to it.

    Attributes
    ----------
    name : str
    path : Path
        The master.
    syllabus, role, blueprint
    notebook : NotebookNode
        The master's cells.
    parts : tuple of Part
    """

    name: str
    path: Path
    syllabus: Syllabus
    role: Role
    blueprint: Blueprint
    notebook: NotebookNode
    parts: tuple[Part, ...]

    def __getitem__(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)

    @property
    def setup(self) -> str:
        """The author's own imports."""
        cells = [c.source for c in self.notebook.cells if has_tag(c, "setup")]
        return "\n".join(cells)


def read_paper(path: Path) -> Paper:
    """Read text/source/<paper>/<paper>.py with the syllabus and blueprint of its course folder.

    Raises
    ------
    MasterError
        The paper is no role's, or its master breaks the rules.
    BlueprintError
        The role's blueprint does.
    """
    path = path.resolve()
    root, name = path.parents[3], path.stem
    syllabus_file = root / "course/syllabus.yml"
    syllabus = read_syllabus(syllabus_file) if syllabus_file.exists() else None
    role = syllabus.role_of(name) if syllabus else None
    if role is None:
        raise MasterError(
            f"试卷 {name} 不属于哪个岗位：请在 course/syllabus.yml 那个岗位的 papers 里登记。"
        )
    blueprint = read_blueprint(root, syllabus, role)
    notebook = read_master(path)
    shown = path.relative_to(root)
    parts = tuple(read_parts(notebook, blueprint, shown))
    return Paper(name, path, syllabus, role, blueprint, notebook, parts)
