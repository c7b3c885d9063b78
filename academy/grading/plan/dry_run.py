"""How is each cell of this master graded, so that its own solution gets what nbgrader gives it?

First a rehearsal: all cells in one process, as in nbgrader's kernel. Then trials with the tests in
the examiner's process; a test whose result is another one there, or that fails for another reason,
moves into the learner's process (同室), and where that is not enough, the tests before it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from academy.grading.errors import DryRunError, RefereeError
from academy.grading.plan.advice import advice, cell_name, imported, installed
from academy.grading.plan.needs import ANSWERS, SHARED, first_plan
from academy.grading.plan.rehearsal import Rehearsed, reference_error, rehearse
from academy.grading.plan.untouched import untouched_points
from academy.grading.referee.grader import NO_SEAT, Grader
from academy.grading.referee.session import Ran
from academy.grading.referee.sides import Clock
from academy.grading.warm.nursery import Nursery
from academy.grading.work.assignment import Assignment, MasterCell, MasterNotebook
from academy.grading.work.plan import CellPlan, NotebookPlan, Plan
from academy.grading.work.record import Limits
from academy.grading.work.submission import reference_submission
from academy.grading.work.text import clean_text

__all__ = ["dry_run"]

# apart; what differs in one room; with what stands before it; without the master's own names
TRIALS = 4
Reasons = dict[int, tuple[str, str]]
BEFORE = "后面同室的格要它先在那里跑过。", "请让每一格测试不靠前面的测试留下的东西。"
UNSTEADY = "参考答案每次得的分不一样。", "请给随机数定种子。"


def dry_run(
    assignment: Assignment,
    limits: Limits | None = None,
    nursery: Nursery | None = None,
    *,
    stderr_fails: bool = False,
) -> Plan:
    """Grade the master's own solution and find out what the tests need.

    No cell refuses an assignment; what a course does not want is for `require` to say.

    Parameters
    ----------
    nursery : a warm process to use and leave open; by default one of its own.
    stderr_fails : whether a test that writes to stderr gets no points, as in nbgrader.

    Raises
    ------
    DryRunError
        The master can't be run at all.
    """
    limits = limits or Limits()
    modules = imported(assignment)
    own = nursery or Nursery(limits, modules)
    try:
        return _DryRun(assignment, limits, own, modules, stderr_fails).plan()
    except RefereeError as error:
        raise DryRunError(assignment.name, str(error)) from None
    finally:
        if nursery is None:
            own.close()


class _DryRun:
    def __init__(
        self,
        assignment: Assignment,
        limits: Limits,
        nursery: Nursery,
        modules: tuple[str, ...],
        stderr_fails: bool,
    ) -> None:
        self.assignment, self.limits, self.nursery = assignment, limits, nursery
        self.modules, self.stderr_fails = modules, stderr_fails
        self.rehearsed = {
            master.name: rehearse(master, nursery, assignment, limits, stderr_fails)
            for master in assignment.notebooks
        }
        self.loaded: list[str] = []

    def plan(self) -> Plan:
        """The plan after as many trials as it takes."""
        reasons: dict[str, Reasons] = {name: {} for name in self.rehearsed}
        for trial in range(TRIALS):
            plan = self._first_plan(reasons, keep_own=trial < TRIALS - 1)
            results = self._try(plan)
            off = {
                master.name: list(_differing(master, self.rehearsed[master.name], results))
                for master in self.assignment.notebooks
            }
            if not any(off.values()):
                break
            for master in self.assignment.notebooks:
                if off[master.name]:
                    found = plan.notebooks[master.name].cells
                    more = _move(master, found, off[master.name], results[master.name], trial)
                    reasons[master.name] = more | reasons[master.name]
        return self._final_plan(plan, results, off)

    def _first_plan(self, reasons: Mapping[str, Reasons], keep_own: bool) -> Plan:
        notebooks = {
            master.name: first_plan(
                master, self.rehearsed[master.name], reasons[master.name], keep_own=keep_own
            )
            for master in self.assignment.notebooks
        }
        packages = tuple(sorted({name.partition(".")[0] for name in self.modules}))
        return Plan(
            self.assignment.digest,
            notebooks,
            self.modules,
            packages,
            stderr_fails=self.stderr_fails,
        )

    def _try(self, plan: Plan) -> dict[str, list[Ran]]:
        """What the master's solution gives by the plan."""
        submission = reference_submission(self.assignment)
        results: dict[str, list[Ran]] = {}
        with Grader(self.assignment, plan, self.limits, nursery=self.nursery) as grader:
            for master in self.assignment.notebooks:
                session, _ = grader.open_session(
                    master,
                    submission.notebooks[master.name],
                    submission,
                    NO_SEAT,
                    self.assignment.files,
                    Clock(self.limits),
                )
                session.watch = True
                results[master.name] = session.run()
                self.loaded += session.modules
        return results

    def _final_plan(
        self, plan: Plan, results: Mapping[str, list[Ran]], off: Mapping[str, list[int]]
    ) -> Plan:
        notebooks = {
            master.name: _final_notebook(
                master,
                plan.notebooks[master.name],
                [one.ran for one in self.rehearsed[master.name]],
                results[master.name],
                off[master.name],
            )
            for master in self.assignment.notebooks
        }
        modules = dict.fromkeys((*self.modules, *installed(self.loaded, self.assignment)))
        made = replace(plan, notebooks=notebooks, modules=tuple(modules))
        free = untouched_points(self.assignment, made, self.limits, self.nursery)
        return replace(
            made,
            untouched=tuple((one.notebook, one.place, one.reason) for one in free),
            notes=(
                *_notes(self.assignment, notebooks),
                *(f"{one.cell}：{one.reason}" for one in free),
            ),
        )


def _differing(
    master: MasterNotebook, rehearsed: list[Rehearsed], results: Mapping[str, list[Ran]]
) -> Iterator[int]:
    """Places of tests that give the solution something else than in the rehearsal."""
    for place, (stock, ran) in enumerate(zip(rehearsed, results[master.name], strict=True)):
        if master.cells[place].kind == "test" and not _same(stock.ran, ran):
            yield place


def _same(stock: Ran, ran: Ran) -> bool:
    one, other = stock.record, ran.record
    if one is None or other is None:
        return one is other
    if one.score != other.score:
        return False
    # who gets nothing has shown nothing, but that it fails for the same reason
    failed = one.verdict not in ("passed", "partial")
    return not failed or (
        one.verdict == other.verdict and stock.report.get("ename") == ran.report.get("ename")
    )


def _move(
    master: MasterNotebook,
    cells: tuple[CellPlan, ...],
    off: list[int],
    results: list[Ran],
    trial: int,
) -> Reasons:
    """Tests to move into the learner's process: those, or after a while all up to the last of them."""
    found: Reasons = {}
    for place in off:
        if not cells[place].same_room:
            ran = results[place]
            seen = replace(cells[place], allowed=tuple(ran.report.get("allowed", ())))
            found[place] = _why(ran), advice(master.cells[place], seen)
    if not found or trial:
        for place in range(max(off)):
            if master.cells[place].kind == "test" and not cells[place].same_room:
                found.setdefault(place, BEFORE)
    return found


def _why(ran: Ran) -> str:
    said = ran.record.message if ran.record else ""
    error = clean_text(f"{ran.report.get('ename', '')} {ran.report.get('evalue', '')}", 200).strip()
    return f"隔开评与 nbgrader 不一样。{said}{error}"


def _final_notebook(
    master: MasterNotebook, plan: NotebookPlan, stock: list[Ran], results: list[Ran], off: list[int]
) -> NotebookPlan:
    cells = []
    for place, (cell, one) in enumerate(zip(master.cells, plan.cells, strict=True)):
        ran = results[place]
        if cell.kind == "test":
            made = _final_test(one, stock[place], ran, place in off)
        else:
            made = _final_other(cell, one, stock[place], ran)
        if place < plan.leading and ran.count is not None:
            made = replace(made, shown=tuple(ran.outputs))
        cells.append(made)
    return replace(plan, cells=tuple(cells))


def _final_test(plan: CellPlan, stock: Ran, ran: Ran, unsteady: bool) -> CellPlan:
    why, remedy = UNSTEADY if unsteady else (plan.why, plan.remedy)
    return replace(
        plan,
        allowed=tuple(ran.report.get("allowed", ())),
        reference=stock.record.score if stock.record else None,
        why=why or _short_of(stock),
        remedy=remedy,
    )


def _final_other(cell: MasterCell, plan: CellPlan, stock: Ran, ran: Ran) -> CellPlan:
    allowed = tuple(ran.report.get("allowed", ()))
    fails = plan.examiner and not plan.names and ran.report.get("status") != "ok"
    error = reference_error(stock) if cell.kind in (*ANSWERS, *SHARED) else ""
    if not error or "raises-exception" in cell.metadata.get("tags", []):
        return replace(plan, fails=fails, allowed=allowed)
    hint = "（若这个名字是评分格里才有的，请移到只读格里）" if "NameError" in error else ""
    word = "参考答案" if cell.kind in ANSWERS else "这一格"
    return replace(plan, fails=fails, allowed=allowed, why=f"{word}自己出错，{error}{hint}。")


def _short_of(stock: Ran) -> str:
    """Why the solution does not get all points, or gets them for no good reason."""
    record = stock.record
    if record is not None and record.score != record.max_score:
        said = f"{stock.report.get('ename', '')} {stock.report.get('evalue', '')}"
        return f"{record.message}{clean_text(said, 300).strip()}"
    value = stock.report.get("value") or {}
    if "other" in value:
        return (
            f"评分格的结果是 {clean_text(value['other'])}，不是分数：按满分算（nbgrader 的规矩）。"
        )
    return ""


def _notes(assignment: Assignment, plans: Mapping[str, NotebookPlan]) -> Iterator[str]:
    for master in assignment.notebooks:
        yield from _notes_of(master, plans[master.name].cells)


def _notes_of(master: MasterNotebook, cells: Iterable[CellPlan]) -> Iterator[str]:
    for place, plan in enumerate(cells):
        where = cell_name(master, place)
        if plan.objects:
            yield (
                f"{where}：参考答案给的是带方法的对象，"
                "这一格只能检验它的行为（鸭子类型），检验不了它的类型。"
            )
        if plan.same_room:
            yield f"{where}：同室评（测试与作答在同一个进程里）。{plan.why}{plan.remedy}"
