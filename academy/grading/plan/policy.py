"""Does the course take the plan as it is?  What it may refuse: points missing, one room, free points."""

from __future__ import annotations

from collections.abc import Iterator

from academy.grading.errors import DryRunError
from academy.grading.plan.advice import advice, cell_name
from academy.grading.work.assignment import Assignment, MasterNotebook
from academy.grading.work.plan import CellPlan, Plan

__all__ = ["refusals", "require"]


def require(
    assignment: Assignment,
    plan: Plan,
    *,
    full_points: bool,
    all_shielded: bool,
    free_points: bool = True,
) -> None:
    """Refuse a plan that the course does not want.

    Parameters
    ----------
    full_points : the master's own solution must run and get all points (``c.Referee.full_points``).
    all_shielded : no test may run in the learner's process (``c.Referee.shielded = "all"``).
    free_points : a test may give points to an answer that nobody touched (``c.Referee.free_points``).

    Raises
    ------
    DryRunError
        Names the first such cell, with the reason and the remedy.
    """
    found = refusals(
        assignment,
        plan,
        full_points=full_points,
        all_shielded=all_shielded,
        free_points=free_points,
    )
    for (master, place), reason in found:
        raise DryRunError(cell_name(master, place), reason)


def refusals(
    assignment: Assignment,
    plan: Plan,
    *,
    full_points: bool,
    all_shielded: bool,
    free_points: bool = True,
) -> Iterator[tuple[tuple[MasterNotebook, int], str]]:
    """All cells that the course does not want as they are, and why; settings as in `require`."""
    free = {(name, place): reason for name, place, reason in plan.untouched}
    for master in assignment.notebooks:
        for place, cell in enumerate(plan.notebooks[master.name].cells):
            reason = (
                (full_points and _short(master, place, cell))
                or (all_shielded and cell.same_room and f"{cell.why}{cell.remedy}")
                or (not free_points and free.get((master.name, place)))
            )
            if reason:
                yield (master, place), reason


def _short(master: MasterNotebook, place: int, plan: CellPlan) -> str:
    cell = master.cells[place]
    if cell.kind != "test":
        return plan.why
    if plan.reference == cell.points and not plan.other_result:
        return ""
    remedy = "" if plan.other_result else advice(cell, plan)
    return f"参考答案只得 {plan.reference or 0:g}/{cell.points:g} 分，{plan.why}{remedy}"
