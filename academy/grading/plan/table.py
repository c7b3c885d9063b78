"""How is an assignment graded, cell by cell?  The table of ``ccom grade --check``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from academy.grading.work.assignment import Assignment, MasterCell, MasterNotebook
from academy.grading.work.plan import CellPlan, Plan

__all__ = ["table_of"]

SHIELDED, SAME_ROOM, MANUAL, REFUSED = "隔开", "同室", "人工", "不收"


def table_of(
    assignment: Assignment, plan: Plan, refused: Mapping[tuple[str, int], str]
) -> list[dict[str, str]]:
    """One row for each graded cell, and for each other cell there is something to say about.

    Parameters
    ----------
    refused : why the course does not take a cell, by notebook and place.
    """
    free = {(name, place): reason for name, place, reason in plan.untouched}
    return [
        row
        for master in assignment.notebooks
        for row in _rows(master, plan.notebooks[master.name].cells, refused, free)
    ]


def _rows(
    master: MasterNotebook,
    plans: tuple[CellPlan, ...],
    refused: Mapping[tuple[str, int], str],
    free: Mapping[tuple[str, int], str],
) -> Iterator[dict[str, str]]:
    for place, (cell, plan) in enumerate(zip(master.cells, plans, strict=True)):
        graded = cell.kind in ("test", "manual", "task") and cell.grade_id is not None
        if not graded and not plan.why:
            continue
        reason = refused.get((master.name, place))
        given, _, remedy = free.get((master.name, place), "").partition("：")
        why = plan.why or ("鸭子类型：只检验得了行为。" if plan.objects else "")
        reached = "" if plan.reference is None else f"{plan.reference:g} / {cell.points:g}"
        yield {
            "笔记本": master.name,
            "单元格": cell.grade_id or f"第 {place + 1} 格",
            "怎样评": REFUSED if reason else _way(cell, plan),
            "参考答案": reached or (f"– / {cell.points:g}" if graded else ""),
            "为什么": why + (f"{given}。" if given else ""),
            "怎样改": plan.remedy + remedy,
        }


def _way(cell: MasterCell, plan: CellPlan) -> str:
    if cell.kind in ("manual", "task"):
        return MANUAL
    if cell.kind != "test":
        return ""
    return SAME_ROOM if plan.same_room else SHIELDED
