"""Where does the plan of an assignment come from?  From the last dry run, as long as that holds."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from academy.grading.cage import CageError
from academy.grading.crew import early
from academy.grading.desk.machine import require_platform
from academy.grading.desk.settings import Referee
from academy.grading.errors import DryRunError, GradingError, RefereeError
from academy.grading.plan.key import plan_key
from academy.grading.plan.policy import require
from academy.grading.work.assignment import Assignment
from academy.grading.work.plan import Plan

__all__ = ["PLANS", "hidden_folder", "kept_plan", "plan_for"]

PLANS = ".referee"
KEY_LETTERS = 24


def plan_for(root: Path, assignment: Assignment, settings: Referee) -> Plan:
    """The plan of the assignment, if the course takes it as it is.

    What it needs is noted for the worker that gets warm early the next time.

    Raises
    ------
    GradingError
        The course refuses a cell; names it and the reason.
    """
    plan = kept_plan(root, assignment, settings)
    try:
        require(
            assignment,
            plan,
            full_points=settings.full_points,
            all_shielded=settings.shielded == "all",
            free_points=settings.free_points,
        )
    except DryRunError as error:
        raise GradingError(f"{assignment.name}：{error}") from None
    early.note(hidden_folder(root), assignment.name, plan.modules, settings.limits())
    return plan


def kept_plan(root: Path, assignment: Assignment, settings: Referee) -> Plan:
    """The plan of a dry run of the master's own solution; kept until something under it changes.

    Raises
    ------
    GradingError
        The master can't be run.
    """
    require_platform()
    key = plan_key(assignment)[:KEY_LETTERS]
    path = root / PLANS / f"{assignment.name}-{key}.json"
    try:
        plan = Plan.from_json(path.read_text(encoding="utf-8"))
        if plan.stderr_fails == settings.stderr_fails:
            return plan
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return _make_plan(root, path, assignment, settings)


def _make_plan(root: Path, path: Path, assignment: Assignment, settings: Referee) -> Plan:
    # imported late: a plan that holds needs none of it
    from academy.grading.plan.dry_run import dry_run

    try:
        plan = dry_run(assignment, settings.limits(), stderr_fails=settings.stderr_fails)
    except (DryRunError, RefereeError, CageError) as error:
        raise GradingError(f"{assignment.name}：{error}") from None
    hidden_folder(root)
    for old in path.parent.glob(f"{assignment.name}-{'?' * KEY_LETTERS}.json"):
        old.unlink(missing_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.new")
    fresh.write_text(plan.to_json(), encoding="utf-8")
    fresh.replace(path)
    return plan


def hidden_folder(root: Path) -> Path:
    """The referee's own folder in the course, made where it is missing; nobody else reads it."""
    folder = root / PLANS
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
