"""Which two processes does a notebook have?  One for the learner's cells, one for the tests."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from academy.grading.nursery import Child, Nursery
from academy.grading.outputs import sane_outputs
from academy.grading.record import Limits
from academy.grading.sides import Clock, ExaminerSide, LearnerSide, Trouble

__all__ = ["Led", "Pair"]


@dataclass(frozen=True)
class Led:
    """A cell that was begun in both processes before the submission came."""

    learner: Callable[[float], list[dict[str, Any]]]
    examiner: Callable[[float], dict[str, Any]]


class Pair:
    """Two children of the zygote, locked in and with the files of a submission.

    Parameters
    ----------
    seed : of the random generators that learners use unseeded.
    limits : of the submission.
    packages : whose result dataclasses the examiner may rebuild by field.
    """

    def __init__(
        self, nursery: Nursery, seed: int, limits: Limits, packages: Iterable[str] = ()
    ) -> None:
        self._nursery, self._seed, self._limits = nursery, seed, limits
        self._packages = sorted(packages)
        self._children: list[Child] = []
        self.led: list[Led] = []
        self._learners: dict[str, bytes] = {}
        self._examiners: dict[str, bytes] = {}
        self._environment: dict[str, str] = {}
        self.learner: LearnerSide | None = LearnerSide(self._spawn("learner"), limits.output_bytes)
        self.examiner: ExaminerSide | None = ExaminerSide(self._spawn("examiner"))

    def _spawn(self, role: str) -> Child:
        child = self._nursery.spawn(role, self._seed, self._limits, self._packages)
        self._children.append(child)
        return child

    def wait_ready(self) -> tuple[str, list[str]]:
        """Wait until both are locked in; the level and what it holds."""
        for side in (self.learner, self.examiner):
            side.child.wait_ready()
        learner, examiner = self.learner.child, self.examiner.child
        return learner.level, sorted(set(learner.held) & set(examiner.held))

    def give_files(
        self,
        learners: Mapping[str, bytes],
        examiners: Mapping[str, bytes],
        environment: Mapping[str, str],
        clock: Clock,
    ) -> None:
        """Fill both folders and set the examiner's variables; new processes get the same."""
        self._learners = {**self._learners, **learners}
        self._examiners = {**self._examiners, **examiners}
        self._environment = dict(environment)
        with contextlib.suppress(Trouble):
            self.learner.give_files(dict(learners), clock.cell())
        self.examiner.give_files(dict(examiners), self._environment, clock.cell())

    def lead(self, head: dict[str, Any], clock: Clock) -> None:
        """Begin one of the master's leading cells in both processes."""
        learner, examiner, deadline = self.learner, self.examiner, clock.cell()
        token = learner.start(head["source"], head["count"], head["render"], deadline)
        examiner.send({**head, "render": False, "epoch": 0}, b"", deadline)

        def examiner_report(until: float) -> dict[str, Any]:
            report, body = examiner.receive(until)
            sane_outputs(json.loads(body), 0)
            return report

        self.led.append(Led(lambda until: learner.finish(token, until)[0], examiner_report))

    def modules(self) -> list[str]:
        """What both processes have imported; asked in the dry run."""
        deadline = time.monotonic() + 10
        names: dict[str, None] = {}
        if self.examiner is not None:
            self.examiner.send({"op": "modules"}, b"", deadline)
            names |= dict.fromkeys(self.examiner.receive(deadline)[0]["modules"])
        if self.learner is not None:
            names |= dict.fromkeys(self.learner.survey(deadline)["modules"])
        return list(names)

    def end_learner(self) -> None:
        """End the learner's process."""
        if self.learner is not None:
            self._end(self.learner.child)
            self.learner = None
            self.led.clear()

    def end_examiner(self) -> None:
        """End the examiner's process."""
        if self.examiner is not None:
            self._end(self.examiner.child)
            self.examiner = None

    def new_learner(self, clock: Clock) -> None:
        """Start another learner's process with the same files."""
        child = self._spawn("learner")
        child.wait_ready()
        self.learner = LearnerSide(child, self._limits.output_bytes)
        self.learner.give_files(self._learners, clock.cell())

    def new_examiner(self, clock: Clock) -> None:
        """Start another examiner's process with the same files."""
        child = self._spawn("examiner")
        child.wait_ready()
        self.examiner = ExaminerSide(child)
        self.examiner.give_files(self._examiners, self._environment, clock.cell())

    def _end(self, child: Child) -> None:
        self._children.remove(child)
        child.end()

    def end(self) -> None:
        """End both."""
        for child in self._children:
            child.end()
        self._children.clear()
        self.learner = self.examiner = None
