"""Which parallel forms does a role's examination have?  Its papers, or what its blueprint plans."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from academy.errors import CcomError
from academy.masters import MasterError
from academy.measurement.forms import Form, form_of, planned_form
from academy.papers import Blueprint, read_blueprint, read_paper
from academy.syllabus import Syllabus

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
    planned : tuple of str
        Papers that are not written yet, or not to this blueprint: taken as it plans them.
    """

    blueprint: Blueprint
    forms: tuple[Form, ...]
    chapters: tuple[int, ...]
    planned: tuple[str, ...]


def forms_of_role(root: Path, syllabus: Syllabus, paper: str) -> RoleForms:
    """The forms of the role that a paper examines.

    Raises
    ------
    CcomError
        The paper is no role's.
    BlueprintError
        The role has no sound blueprint.
    """
    role = syllabus.role_of(paper)
    if role is None:
        raise CcomError(
            f"试卷 {paper} 不属于哪个岗位：请在 course/syllabus.yml 那个岗位的 papers 里登记。"
        )
    blueprint = read_blueprint(root, syllabus, role)
    forms, planned = [], []
    for name in role.papers:
        master = root / "text/source" / name / f"{name}.py"
        try:
            forms.append(form_of(read_paper(master)) if master.exists() else None)
        except MasterError:
            # the blueprint is changed first and the papers follow: no reason not to simulate it
            forms.append(None)
        if forms[-1] is None:
            forms[-1] = planned_form(name, blueprint)
            planned.append(name)
    return RoleForms(
        blueprint=blueprint,
        forms=tuple(forms),
        chapters=tuple(role.chapter_of(one.topic) for one in blueprint.parts),
        planned=tuple(planned),
    )
