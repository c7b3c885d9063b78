"""Which parallel forms does a role's examination have?  Its papers, or what its blueprint plans."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from academy.masters import MasterError
from academy.measurement.forms import Form, form_of, planned_form
from academy.papers import Blueprint, Paper, read_blueprint, read_paper
from academy.syllabus import Role, Syllabus

__all__ = ["RoleForms", "forms_of_role"]


@dataclass(frozen=True)
class RoleForms:
    """A role's forms in the order they are sat.

    Attributes
    ----------
    blueprint : Blueprint
    forms : tuple of Form
    chapters : tuple of int
        Of each part.
    papers : tuple of Paper
        Those that are written.
    planned : tuple of str
        Names of those that are not written yet, or not to this blueprint: taken as it plans them.
    """

    blueprint: Blueprint
    forms: tuple[Form, ...]
    chapters: tuple[int, ...]
    papers: tuple[Paper, ...]
    planned: tuple[str, ...]


def forms_of_role(root: Path, syllabus: Syllabus, role: Role) -> RoleForms:
    """The forms of a role's papers.

    Raises
    ------
    BlueprintError
        The role has no sound blueprint.
    """
    blueprint = read_blueprint(root, syllabus, role)
    papers, forms = [], []
    for name in role.papers:
        paper = _written(root / "text/source" / name / f"{name}.py")
        papers.append(paper)
        forms.append(form_of(paper) if paper else planned_form(name, blueprint))
    return RoleForms(
        blueprint=blueprint,
        forms=tuple(forms),
        chapters=tuple(role.chapter_of(one.topic) for one in blueprint.parts),
        papers=tuple(paper for paper in papers if paper),
        planned=tuple(n for n, paper in zip(role.papers, papers, strict=True) if not paper),
    )


def _written(master: Path) -> Paper | None:
    """The paper; None where it is not there, or not to its blueprint."""
    try:
        return read_paper(master) if master.exists() else None
    except MasterError:
        # the blueprint is changed first and the papers follow: no reason not to simulate it
        return None
