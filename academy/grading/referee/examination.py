"""How does a cell run in the examiner's process?  With the learner's process answering what it asks.

Both may be lost meanwhile: whoever is, is ended, and a new one runs again what the cells behind need.
"""

from __future__ import annotations

import contextlib
from typing import Any

from academy.grading.referee.outputs import read_outputs
from academy.grading.referee.pair import Pair
from academy.grading.referee.reviving import RevivingLearner
from academy.grading.referee.sides import Clock, ExaminerSide, ProcessLost
from academy.grading.work.assignment import MasterCell
from academy.grading.work.plan import CellPlan
from academy.grading.work.record import Limits

__all__ = ["Examination", "Told"]

Told = tuple[dict[str, Any], list[dict[str, Any]], str]


class Examination:
    """The examiner's process of a pair, and what it has run.

    Parameters
    ----------
    pair : with a fresh process.
    clock : time left for the submission.
    learner : answers what is asked.

    Attributes
    ----------
    stopped : whether the process had to be stopped or ended by itself.
    """

    def __init__(self, pair: Pair, clock: Clock, limits: Limits, learner: RevivingLearner) -> None:
        self._pair, self._clock, self._limits, self._learner = pair, clock, limits, learner
        self._past: list[dict[str, Any]] = []
        self._last: dict[str, Any] = {}
        self.stopped = False

    def run(self, master: MasterCell, plan: CellPlan, count: int, render: bool) -> Told:
        """Run a cell of the master's: report, outputs, trouble ("died", "timeout", …, or none)."""
        self._last = {
            "op": "cell",
            "source": master.source,
            "count": count,
            "render": render,
            "names": list(plan.names),
            "allowed": None if plan.allowed is None else list(plan.allowed),
            "random": plan.random,
            "files": plan.files,
        }
        try:
            return self._exchange(self._last)
        except ProcessLost as trouble:
            self.stopped = True
            self._pair.end_examiner()
            return {}, [], trouble.kind

    def keep_last(self) -> None:
        """Note that cells behind need what the last one made: a new process runs it again."""
        self._past.append(self._last)

    def _process(self) -> ExaminerSide:
        if self._pair.examiner is None:
            self._pair.new_examiner(self._clock)
            for head in self._past:
                self._exchange(head)
        return self._pair.examiner

    def _exchange(self, head: dict[str, Any]) -> Told:
        if head["names"] or head["files"]:
            with contextlib.suppress(ProcessLost):
                self._learner.process()
        examiner = self._process()
        deadline = self._clock.cell()
        examiner.send({**head, "epoch": self._learner.epoch}, b"", deadline)
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
                learner = (
                    self._learner.process() if depth == 1 and not trouble else self._pair.learner
                )
                if learner is None:
                    raise ProcessLost(trouble or "died")
                pass_on = learner.ask if told["op"] == "ask" else learner.answer
                word, body = pass_on(body, call_deadline)
            except ProcessLost as stopped:
                trouble = trouble or stopped.kind
                self._learner.stop()
                depth -= 1
                examiner.send({"op": "gone"}, b"", deadline)
                continue
            depth -= word == "reply"
            examiner.send({"op": word}, body, deadline)
