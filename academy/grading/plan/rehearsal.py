"""What would nbgrader's own way give the master's solution, cell by cell?  A run of it all in one process.

All cells, tests too, run one after the other in a learner's process, as in nbgrader's kernel but
contained. That says what each test gives, and, from the names that there are after each cell, what
each cell makes and changes.
"""

from __future__ import annotations

from dataclasses import dataclass

from academy.grading.referee.pair import Pair
from academy.grading.referee.session import Ran, Session
from academy.grading.referee.sides import Clock
from academy.grading.warm.nursery import Nursery
from academy.grading.work.assignment import Assignment, MasterNotebook
from academy.grading.work.plan import CellPlan, NotebookPlan
from academy.grading.work.record import Limits
from academy.grading.work.submission import reference_submission
from academy.grading.work.text import clean_text

__all__ = ["Rehearsed", "reference_error", "rehearse"]


@dataclass(frozen=True)
class Rehearsed:
    """What a cell of the master's did.

    Attributes
    ----------
    ran : what it gave.
    changed : names that it made or changed.
    """

    ran: Ran
    changed: frozenset[str] = frozenset()


def rehearse(
    master: MasterNotebook,
    nursery: Nursery,
    assignment: Assignment,
    limits: Limits,
    stderr_fails: bool,
) -> list[Rehearsed]:
    """Run the master's notebook with its own solution, in one process."""
    clock = Clock(limits)
    pair = Pair(nursery, 0, limits)
    try:
        pair.wait_ready()
        pair.give_files(assignment.files, assignment.files, {}, clock)
        # nobody else is in the room: no name is put back, whatever a result is, it counts as stock
        plan = NotebookPlan(
            tuple(
                CellPlan(same_room=cell.kind == "test", other_result=True) for cell in master.cells
            )
        )
        cells = reference_submission(assignment).notebooks[master.name]
        session = Session(
            master, plan, cells, pair, clock, limits, reuse=False, stderr_fails=stderr_fails
        )
        session.watch = session.rehearse = True
        results = session.run()
    finally:
        pair.end()
    found, before = [], session.at_first or {}
    for ran in results:
        after = before if ran.survey is None else ran.survey
        changed = frozenset(name for name in after if after[name] != before.get(name))
        found.append(Rehearsed(ran, changed))
        before = after
    return found


def reference_error(ran: Ran) -> str:
    """The error of a cell of the master's own; empty if there was none."""
    error = next((one for one in ran.outputs if one["output_type"] == "error"), None)
    return clean_text(f"{error['ename']}：{error['evalue']}", 300) if error else ""
