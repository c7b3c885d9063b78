"""How is one notebook of a submission graded?  Cell after cell, in the two processes."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field
from typing import Any

from academy.grading.errors import RefereeError
from academy.grading.referee.examination import Examination
from academy.grading.referee.outputs import interruption
from academy.grading.referee.pair import Pair
from academy.grading.referee.reviving import Past, RevivingLearner
from academy.grading.referee.sides import Clock, ProcessLost
from academy.grading.referee.verdicts import judge, manual_record, own_error
from academy.grading.work.assignment import MasterCell, MasterNotebook
from academy.grading.work.plan import CellPlan, NotebookPlan
from academy.grading.work.record import CellRecord, Limits
from academy.grading.work.submission import RebuiltCell
from academy.grading.work.text import clean_text

__all__ = ["Ran", "Session"]

STOPPED = {
    "died": "程序中途退出了，后面的单元格照常运行。",
    "timeout": "运行超时，已经停下，后面的单元格照常运行。",
    "unreadable": "送来的结果无法辨认。",
    "disk": "写的文件太多，已经停下，后面的单元格照常运行。",
}
NOTHING = CellPlan()


@dataclass
class Ran:
    """What running one cell of the rebuilt notebook gave; ``survey`` only in a rehearsal."""

    outputs: list[dict[str, Any]] = field(default_factory=list)
    count: int | None = None
    record: CellRecord | None = None
    report: dict[str, Any] = field(default_factory=dict)
    survey: dict[str, Any] | None = None

    @property
    def stderr(self) -> bool:
        """Whether it wrote to stderr."""
        return any(one.get("name") == "stderr" for one in self.outputs)


class Session:
    """Grades one rebuilt notebook.

    Parameters
    ----------
    pair : two fresh processes with the files of this submission in their folders; ended by `run`.
    clock : time left for the submission.
    reuse : whether cells that no learner's line can reach show what they showed in the dry run.
    stderr_fails : whether a test that writes to stderr gets no points.

    Attributes
    ----------
    watch : set for a trial of the master's: a read-only cell that fails stops nothing, and `modules`
        are asked for in the end.
    rehearse : set to have the learner's process surveyed after each cell.
    at_first : names that there were before the first one.
    spent : seconds by kind of cell.
    modules : what the processes had imported in the end, if `watch` is set.
    """

    def __init__(
        self,
        master: MasterNotebook,
        plan: NotebookPlan,
        cells: tuple[RebuiltCell, ...],
        pair: Pair,
        clock: Clock,
        limits: Limits,
        reuse: bool,
        stderr_fails: bool = False,
    ) -> None:
        self.master, self.plan, self.cells = master, plan, cells
        self._pair, self._clock, self._limits, self._reuse = pair, clock, limits, reuse
        self._stderr_fails = stderr_fails
        self._learner = RevivingLearner(pair, clock, _lasting_names(plan, pair.planted))
        self._examiner = Examination(pair, clock, limits, self._learner)
        self._own_errors: dict[int, str] = {}
        self._lost: dict[int, str] = {}
        self._stopped = ""
        self._count = 0
        self.watch = self.rehearse = False
        self.at_first: dict[str, Any] | None = None
        self.spent: dict[str, float] = {}
        self.modules: list[str] = []
        self._output_left = limits.output_bytes

    def run(self) -> list[Ran]:
        """Run all cells; the processes are ended afterwards."""
        try:
            self.at_first = self._survey()
            return [self._cell(place, cell) for place, cell in enumerate(self.cells)]
        finally:
            self.modules = self._pair.modules() if self.watch else []
            self._pair.end()

    def _cell(self, place: int, cell: RebuiltCell) -> Ran:
        started = time.perf_counter()
        ran = self._run_cell(place, cell)
        if ran.count is not None:
            kind = "extra" if cell.master is None else self.master.cells[cell.master].kind
            self.spent[kind] = self.spent.get(kind, 0.0) + time.perf_counter() - started
        if ran.count is not None:
            ran.survey = self._survey()
        return ran

    def _survey(self) -> dict[str, Any] | None:
        """The names that there are by now, in a rehearsal."""
        with contextlib.suppress(ProcessLost):
            if self.rehearse:
                return self._learner.process().survey(self._clock.cell())["names"]
        return None

    def _run_cell(self, place: int, cell: RebuiltCell) -> Ran:
        master = self.master.cells[cell.master] if cell.master is not None else None
        ran = Ran()
        if cell.cell_type == "code" and cell.source.strip():
            self._count += 1
            ran.count = self._count
            if master is not None and master.kind == "test":
                self._test(master, self.plan.cells[cell.master], ran)
            elif master is not None and master.kind in ("locked", "plain"):
                self._shared(master, cell, place, ran)
            else:
                ran.outputs = self._learner_cell(cell.source, self._count)
                if cell.master is not None:
                    own = own_error(cell.source, ran.outputs, self._stopped)
                    self._own_errors[cell.master] = own
        if master is not None and master.kind in ("manual", "task") and master.grade_id:
            ran.record = manual_record(
                master.grade_id, master.points, cell.touched or master.kind == "task"
            )
        return ran

    def _learner_cell(
        self, source: str, count: int, render: bool = True, keeps: tuple[str, ...] | None = None
    ) -> list[dict[str, Any]]:
        self._stopped = ""
        if self._clock.expired:
            return [interruption("整份答卷的时间用完了，没有运行。")]
        try:
            learner = self._learner.process()
            deadline = self._clock.cell()
            token = learner.start(source, count, render, deadline, keeps)
            outputs, _ = learner.finish(token, deadline)
        except ProcessLost as trouble:
            self._learner.stop()
            self._stopped = STOPPED[trouble.kind].rstrip("。")
            return [interruption(STOPPED[trouble.kind])]
        self._learner.ran(Past(source, count, keeps))
        return self._within_limit(outputs)

    def _within_limit(self, outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        size = sum(len(str(output)) for output in outputs)
        if size > self._output_left:
            outputs = [interruption("输出太多，没有保留。")]
        self._output_left -= min(size, self._output_left)
        return outputs

    def _shared(self, master: MasterCell, cell: RebuiltCell, place: int, ran: Ran) -> None:
        """A cell that runs in both processes."""
        plan = self.plan.cells[cell.master]
        early = self._reuse and not cell.touched and self._is_leading(place)
        shown = plan.shown if early else None
        if self._pair.planted and shown is not None:
            ran.outputs = [dict(output) for output in shown]
            return
        keeps = None if cell.touched else plan.keeps
        ran.outputs = self._learner_cell(cell.source, ran.count, shown is None, keeps)
        if shown is not None:
            ran.outputs = [dict(output) for output in shown]
        if plan.examiner:
            self._share_with_examiner(master, plan, place, ran)

    def _share_with_examiner(
        self, master: MasterCell, plan: CellPlan, place: int, ran: Ran
    ) -> None:
        """Run a cell of the master's for the tests that need it; without it, they are lost."""
        number = self.cells[place].master
        lost = next(filter(None, map(self._lost.get, plan.rests)), "")
        if self._clock.expired or lost:
            self._lost[number] = lost or "timeout"
            return
        ran.report, _, trouble = self._examiner.run(master, plan, ran.count, render=False)
        trouble = trouble or ("died" if ran.report.get("gone") else "")
        if trouble:
            self._lost[number] = trouble
            return
        self._examiner.keep_last()
        blameless = plan.names or plan.files or plan.fails or self.watch
        if ran.report.get("status") != "ok" and not blameless:
            why = f"{ran.report.get('ename', '')}：{ran.report.get('evalue', '')}"
            raise RefereeError(
                f"{self.master.name} 的只读格 {master.grade_id or place + 1} 在评卷的进程里出错"
                f"（{clean_text(why, 300)}）：请先修好母本或数据。"
            )

    @property
    def troubled(self) -> bool:
        """Whether a process had to be stopped or ended by itself."""
        return self._examiner.stopped or self._learner.stopped

    def _is_leading(self, place: int) -> bool:
        return place < self.plan.leading and all(
            cell.master == number and not cell.touched
            for number, cell in enumerate(self.cells[: place + 1])
        )

    def _test(self, master: MasterCell, plan: CellPlan, ran: Ran) -> None:
        if plan.learner_lines and not self._clock.expired:
            self._learner_cell(plan.learner_lines, ran.count, False)
        attempted = not plan.answers or any(
            cell.touched for cell in self.cells if cell.master in plan.answers
        )
        lost = next(filter(None, map(self._lost.get, plan.rests)), "")
        if self._clock.expired or lost:
            report, outputs, trouble = {}, [], lost or "timeout"
        elif plan.same_room:
            report, outputs, trouble = self._test_in_the_room(master, plan, ran.count)
        else:
            report, outputs, trouble = self._examiner.run(master, plan, ran.count, render=True)
            report = _with_shown_error(report, outputs)
            if plan.provides and not trouble:
                self._examiner.keep_last()
        ran.outputs = self._within_limit(outputs)
        if trouble:
            ran.outputs = [*ran.outputs, interruption(STOPPED[trouble])]
        ran.report = report
        ran.record = judge(
            master.grade_id,
            master.points,
            report,
            trouble,
            attempted,
            next(filter(None, map(self._own_errors.get, plan.answers)), ""),
            other_result=plan.other_result,
            stderr=self._stderr_fails and ran.stderr,
            same_room=plan.same_room,
        )

    def _test_in_the_room(
        self, master: MasterCell, plan: CellPlan, count: int
    ) -> tuple[dict[str, Any], list[dict], str]:
        """Run a test in the learner's own process: report, outputs, trouble."""
        try:
            learner = self._learner.process()
            deadline = self._clock.cell()
            report, outputs = learner.test(master.source, count, True, plan.own, deadline)
        except ProcessLost as trouble:
            self._learner.stop()
            return {}, [], trouble.kind
        self._learner.ran(Past(master.source, count, own=plan.own))
        return report, outputs, ""


def _with_shown_error(report: dict[str, Any], outputs: list[dict[str, Any]]) -> dict[str, Any]:
    """As in nbgrader, an error that is shown counts, also where a magic has caught it."""
    error = next((one for one in outputs if one["output_type"] == "error"), None)
    if error is None or report.get("status") != "ok":
        return report
    name = error["ename"]
    told = {"status": "error", "ename": name, "evalue": error["evalue"]}
    return {**report, **told, "assertion": name == "AssertionError"}


def _lasting_names(plan: NotebookPlan, planted: bool) -> list[str] | None:
    """What the master's cells have made before the process is there, for tests in the same room."""
    if not plan.has_same_room:
        return None
    made = plan.cells[: plan.leading] if planted else ()
    return [name for cell in made for name in cell.keeps]
