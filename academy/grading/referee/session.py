"""How is one notebook of a submission graded?  Cell after cell, in the two processes."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from academy.grading.errors import RefereeError
from academy.grading.referee.outputs import interruption, read_outputs
from academy.grading.referee.pair import Pair
from academy.grading.referee.sides import Clock, ExaminerSide, LearnerSide, ProcessLost
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
    """What running one cell of the rebuilt notebook gave."""

    outputs: list[dict[str, Any]] = field(default_factory=list)
    count: int | None = None
    record: CellRecord | None = None
    report: dict[str, Any] = field(default_factory=dict)


class Session:
    """Grades one rebuilt notebook.

    Parameters
    ----------
    pair : two fresh processes with the files of this submission in their folders; ended by `run`.
    clock : time left for the submission.
    reuse : whether cells that no learner's line can reach show what they showed in the dry run.

    Attributes
    ----------
    spent : seconds by kind of cell.
    troubled : whether a process had to be stopped or ended by itself.
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
    ) -> None:
        self.master, self.plan, self.cells = master, plan, cells
        self._pair, self._clock, self._limits, self._reuse = pair, clock, limits, reuse
        self._learner_past: list[tuple[str, int]] = []
        self._examiner_past: list[dict[str, Any]] = []
        self._own_errors: dict[int, str] = {}
        self._stopped = ""
        self._epoch = 0
        self._count = 0
        self.watch = False
        self.troubled = False
        self.spent: dict[str, float] = {}
        self.modules: list[str] = []
        self._output_left = limits.output_bytes

    def run(self) -> list[Ran]:
        """Run all cells; the processes are ended afterwards."""
        try:
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
        return ran

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

    def _learner_cell(self, source: str, count: int, render: bool = True) -> list[dict[str, Any]]:
        self._stopped = ""
        if self._clock.expired:
            return [interruption("整份答卷的时间用完了，没有运行。")]
        try:
            learner = self._learner()
            deadline = self._clock.cell()
            token = learner.start(source, count, render, deadline)
            outputs, _ = learner.finish(token, deadline)
        except ProcessLost as trouble:
            self._stop_learner()
            self._stopped = STOPPED[trouble.kind].rstrip("。")
            return [interruption(STOPPED[trouble.kind])]
        self._learner_past.append((source, count))
        return self._within_limit(outputs)

    def _within_limit(self, outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        size = sum(len(str(output)) for output in outputs)
        if size > self._output_left:
            outputs = [interruption("输出太多，没有保留。")]
        self._output_left -= min(size, self._output_left)
        return outputs

    def _learner(self) -> LearnerSide:
        """The learner's process; after a stop, a new one in which the cells before ran again."""
        while self._pair.learner is None:
            self._epoch += 1
            self._pair.new_learner(self._clock)
            past, self._learner_past = self._learner_past, []
            for number, (source, count) in enumerate(past):
                learner = self._pair.learner
                try:
                    deadline = self._clock.cell()
                    learner.finish(learner.start(source, count, False, deadline), deadline)
                except ProcessLost:
                    # this one stops the process now: it is left out from here on
                    self._learner_past += past[number + 1 :]
                    self._stop_learner()
                    break
                self._learner_past.append((source, count))
            if self._clock.expired and self._pair.learner is None:
                raise ProcessLost("timeout")
        return self._pair.learner

    def _shared(self, master: MasterCell, cell: RebuiltCell, place: int, ran: Ran) -> None:
        """A cell that runs in both processes."""
        plan = self.plan.cells[cell.master]
        early = self._reuse and not cell.touched and self._is_leading(place)
        shown = plan.shown if early else None
        if self._pair.planted and shown is not None:
            ran.outputs = [dict(output) for output in shown]
            return
        ran.outputs = self._learner_cell(cell.source, ran.count, shown is None)
        if shown is not None:
            ran.outputs = [dict(output) for output in shown]
        if not plan.examiner:
            return
        head = self._head(master, plan, ran.count, render=False)
        self._examiner_past.append(head)
        report, _, trouble = self._examine(head)
        ran.report = report
        if (trouble or report.get("status") != "ok") and not plan.names:
            what = clean_text(f"{report.get('ename', trouble)}：{report.get('evalue', '')}", 300)
            raise RefereeError(
                f"{self.master.name} 的只读格 {master.grade_id or place + 1} 在评卷的进程里出错"
                f"（{what}）：请先修好母本或数据。"
            )

    def _stop_learner(self) -> None:
        self.troubled = True
        self._pair.end_learner()

    def _stop_examiner(self) -> None:
        self.troubled = True
        self._pair.end_examiner()

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
        report: dict[str, Any] = {}
        if self._clock.expired:
            trouble = "timeout"
        else:
            head = self._head(master, plan, ran.count, render=True)
            report, outputs, trouble = self._examine(head)
            ran.outputs = self._within_limit(outputs)
            if plan.provides:
                self._examiner_past.append(head)
        if trouble:
            ran.outputs = [*ran.outputs, interruption(STOPPED[trouble])]
        ran.report = report
        own = next(filter(None, map(self._own_errors.get, plan.answers)), "")
        ran.record = judge(master.grade_id, master.points, report, trouble, attempted, own)

    def _head(self, master: MasterCell, plan: CellPlan, count: int, render: bool) -> dict[str, Any]:
        return {
            "op": "cell",
            "source": master.source,
            "count": count,
            "render": render,
            "names": list(plan.names),
            "allowed": None if plan.allowed is None else list(plan.allowed),
            "random": plan.random,
            "files": plan.files,
        }

    def _examine(self, head: Mapping[str, Any]) -> tuple[dict[str, Any], list[dict], str]:
        """Run a cell in the examiner's process: report, outputs, trouble."""
        try:
            return self._exchange(head)
        except ProcessLost as trouble:
            self._stop_examiner()
            return {}, [], trouble.kind

    def _examiner(self) -> ExaminerSide:
        if self._pair.examiner is None:
            self._pair.new_examiner(self._clock)
            for head in self._examiner_past:
                self._exchange(head)
        return self._pair.examiner

    def _exchange(self, head: Mapping[str, Any]) -> tuple[dict[str, Any], list[dict], str]:
        if head["names"] or head["files"]:
            with contextlib.suppress(ProcessLost):
                self._learner()
        examiner = self._examiner()
        deadline = self._clock.cell()
        examiner.send({**head, "epoch": self._epoch}, b"", deadline)
        trouble, depth, call_deadline = "", 0, deadline
        while True:
            told, body = examiner.receive(deadline)
            if told["op"] == "done":
                return told, read_outputs(body, self._limits.output_bytes), trouble
            if told["op"] == "ask":
                if depth == 0:
                    call_deadline = min(deadline, self._clock.call())
                depth += 1
            try:
                learner = self._learner() if depth == 1 and not trouble else self._pair.learner
                if learner is None:
                    raise ProcessLost(trouble or "died")
                pass_on = learner.ask if told["op"] == "ask" else learner.answer
                word, body = pass_on(body, call_deadline)
            except ProcessLost as stopped:
                trouble = trouble or stopped.kind
                self._stop_learner()
                depth -= 1
                examiner.send({"op": "gone"}, b"", deadline)
                continue
            depth -= word == "reply"
            examiner.send({"op": word}, body, deadline)
