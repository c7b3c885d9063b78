"""Can this master be graded in two processes?  Its own solution must get full points.

First the master's cells, tests left out, run in a learner's process, and after each solution cell
the names are looked through: what is new, what was changed, what was imported. From that and the
text of the cells follows the plan. Then the master's solution is graded by that plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from academy.grading.errors import DryRunError, RefereeError
from academy.grading.plan.advice import (
    advice,
    cell_name,
    imported,
    installed,
    refuse_dangers,
)
from academy.grading.plan.names import CellNames, closure, import_lines, look_at, modules_in
from academy.grading.plan.untouched import untouched_points
from academy.grading.referee.grader import NO_SEAT, Grader
from academy.grading.referee.pair import Pair
from academy.grading.referee.session import Ran
from academy.grading.referee.sides import Clock, ProcessLost
from academy.grading.warm.nursery import Nursery
from academy.grading.work.assignment import Assignment, MasterNotebook
from academy.grading.work.plan import CellPlan, NotebookPlan, Plan
from academy.grading.work.record import Limits
from academy.grading.work.submission import reference_submission
from academy.grading.work.text import clean_text

__all__ = ["dry_run"]

ANSWERS = ("answer", "manual")
SHARED = ("locked", "plain")


def dry_run(
    assignment: Assignment, limits: Limits | None = None, nursery: Nursery | None = None
) -> Plan:
    """Grade the master's own solution and find out what the tests need.

    Parameters
    ----------
    nursery : a warm process to use and leave open; by default one of its own.

    Raises
    ------
    DryRunError
        The solution does not get full points, or a test cannot work across two processes.
    """
    limits = limits or Limits()
    modules = imported(assignment)
    packages = tuple(sorted({name.partition(".")[0] for name in modules}))
    own = nursery or Nursery(limits, modules)
    try:
        return _dry_run(assignment, limits, own, modules, packages)
    finally:
        if nursery is None:
            own.close()


def _dry_run(
    assignment: Assignment,
    limits: Limits,
    nursery: Nursery,
    modules: tuple[str, ...],
    packages: tuple[str, ...],
) -> Plan:
    notebooks = {
        master.name: _first_plan(master, nursery, assignment, limits)
        for master in assignment.notebooks
    }
    plan = Plan(assignment.digest, notebooks, modules, packages)
    submission = reference_submission(assignment)
    results: dict[str, list[Ran]] = {}
    loaded: list[str] = []
    try:
        with Grader(assignment, plan, limits, nursery=nursery) as grader:
            for master in assignment.notebooks:
                session, _ = grader.open_session(
                    master,
                    submission.notebooks[master.name],
                    submission,
                    NO_SEAT,
                    assignment.files,
                    Clock(limits),
                )
                session.watch = True
                results[master.name] = session.run()
                loaded += session.modules
    except RefereeError as error:
        raise DryRunError(assignment.name, str(error)) from None
    for master in assignment.notebooks:
        _require_full_points(master, notebooks[master.name], results[master.name])
    final = {
        master.name: _final_plan(notebooks[master.name], results[master.name])
        for master in assignment.notebooks
    }
    plan = replace(
        plan,
        notebooks=final,
        modules=tuple(dict.fromkeys((*modules, *installed(loaded, assignment)))),
    )
    free = untouched_points(assignment, plan, limits, nursery)
    return replace(
        plan,
        untouched=tuple((one.cell, one.reason) for one in free),
        notes=(*_notes(assignment, final), *(f"{one.cell}：{one.reason}" for one in free)),
    )


def _first_plan(
    master: MasterNotebook, nursery: Nursery, assignment: Assignment, limits: Limits
) -> NotebookPlan:
    survey = _survey(master, nursery, assignment, limits)
    looks = [look_at(cell.source) if cell.is_code else CellNames() for cell in master.cells]
    modules = frozenset().union(*(modules_in(c.source) for c in master.cells if c.is_code))
    inside: dict[str, frozenset[str]] = {}
    makers: dict[str, set[int]] = {}
    cells: list[CellPlan] = []
    answered = len(master.cells)
    for place, (cell, look) in enumerate(zip(master.cells, looks, strict=True)):
        if cell.kind in ANSWERS and cell.is_code:
            for name in look.binds | (look.changes - modules) | survey[place]:
                makers.setdefault(name, set()).add(place)
                inside.pop(name, None)
            answered = min(answered, place)
            cells.append(CellPlan())
            continue
        if not cell.is_code or cell.kind not in (*SHARED, "test"):
            cells.append(CellPlan())
            continue
        inside |= look.inside
        needs = closure(look.needs | _bodies(look), inside) & set(makers)
        cells.append(
            CellPlan(
                examiner=True,
                names=tuple(sorted(needs)),
                allowed=None if cell.kind == "test" else (),
                random=look.seeds,
                files=look.touches_files and place > answered,
                learner_lines=import_lines(cell.released) if cell.kind == "test" else "",
                answers=tuple(sorted({p for name in needs for p in makers[name]})),
            )
        )
        if cell.kind in SHARED:
            for name in look.binds - look.needs:
                makers.pop(name, None)
        refuse_dangers(master, cell, needs)
    return NotebookPlan(tuple(_with_later_needs(master, cells, looks)), _leading(master))


def _bodies(look: CellNames) -> frozenset[str]:
    """What the functions made in a cell look up; they may be called in it."""
    return frozenset().union(*look.inside.values()) - look.binds


def _with_later_needs(
    master: MasterNotebook, cells: list[CellPlan], looks: list[CellNames]
) -> Iterator[CellPlan]:
    """Leave out cells of the learner's names that nothing later needs; mark those that provide."""
    for place, plan in enumerate(cells):
        if not plan.examiner:
            yield plan
            continue
        later: set[str] = set()
        for other, look in zip(cells[place + 1 :], looks[place + 1 :], strict=True):
            if other.examiner:
                later |= look.needs | _bodies(look)
        provides = bool(looks[place].binds & later)
        idle = master.cells[place].kind in SHARED and plan.names and not provides
        yield replace(plan, provides=provides, examiner=not idle)


def _leading(master: MasterNotebook) -> int:
    """How many cells stand before the first cell that is the learner's or a test."""
    for place, cell in enumerate(master.cells):
        if cell.kind not in SHARED and cell.is_code:
            return place
    return len(master.cells)


def _survey(
    master: MasterNotebook, nursery: Nursery, assignment: Assignment, limits: Limits
) -> dict[int, frozenset[str]]:
    """For every solution cell: the names that it made or changed."""
    pair = Pair(nursery, 0, limits)
    clock = Clock(limits)
    found: dict[int, frozenset[str]] = {}
    try:
        pair.wait_ready()
        pair.give_files(assignment.files, assignment.files, {}, clock)
        before = pair.learner.survey(clock.cell())["names"]
        for place, cell in enumerate(master.cells):
            source = import_lines(cell.released) if cell.kind == "test" else cell.source
            if not cell.is_code or not source.strip():
                found[place] = frozenset()
                continue
            _run_reference(pair, master, place, source, clock)
            after = pair.learner.survey(clock.cell())["names"]
            found[place] = frozenset(name for name in after if after[name] != before.get(name))
            before = after
    except ProcessLost as trouble:
        raise DryRunError(master.name, f"参考答案运行中断（{trouble.kind}）。") from None
    finally:
        pair.end()
    return found


def _run_reference(
    pair: Pair, master: MasterNotebook, place: int, source: str, clock: Clock
) -> None:
    deadline = clock.cell()
    outputs, fine = pair.learner.finish(
        pair.learner.start(source, place + 1, False, deadline), deadline
    )
    error = next((o for o in outputs if o["output_type"] == "error"), None)
    if fine or error is None or "raises-exception" in master.cells[place].metadata.get("tags", []):
        return
    text = clean_text(f"{error['ename']}：{error['evalue']}", 300)
    hint = ""
    if error["ename"] == "NameError":
        hint = "（若这个名字是评分格里才有的，请移到只读格里）"
    raise DryRunError(cell_name(master, place), f"参考答案自己出错，{text}{hint}。")


def _require_full_points(master: MasterNotebook, plan: NotebookPlan, results: list[Ran]) -> None:
    for place, ran in enumerate(results):
        record = ran.record
        if master.cells[place].kind != "test" or record is None:
            continue
        if record.score == record.max_score:
            continue
        why = clean_text(f"{ran.report.get('ename', '')} {ran.report.get('evalue', '')}", 300)
        remedy = advice(master.cells[place], plan.cells[place])
        raise DryRunError(
            cell_name(master, place),
            f"参考答案只得 {record.score:g}/{record.max_score:g} 分，{record.message}{why}{remedy}",
        )


def _final_plan(plan: NotebookPlan, results: list[Ran]) -> NotebookPlan:
    cells = []
    for place, (cell, ran) in enumerate(zip(plan.cells, results, strict=True)):
        shown = tuple(ran.outputs) if place < plan.leading and ran.count is not None else None
        cells.append(replace(cell, allowed=tuple(ran.report.get("allowed", ())), shown=shown))
    return NotebookPlan(tuple(cells), plan.leading)


def _notes(assignment: Assignment, plans: dict[str, NotebookPlan]) -> Iterator[str]:
    for master in assignment.notebooks:
        for place, plan in enumerate(plans[master.name].cells):
            if plan.objects:
                yield (
                    f"{cell_name(master, place)}：参考答案给的是带方法的对象，"
                    "这一格只能检验它的行为（鸭子类型），检验不了它的类型。"
                )
