"""Which two processes does a notebook have?  One for the learner's cells, one for the tests."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Mapping

from academy.grading.errors import RefereeError
from academy.grading.referee.sides import Clock, ExaminerSide, LearnerSide, ProcessLost
from academy.grading.warm.nursery import Nursery
from academy.grading.warm.offspring import BROKEN, Child, Template
from academy.grading.work.record import Limits

__all__ = ["Pair"]


class Pair:
    """Two children of the zygote, locked in and with the files of a submission.

    Parameters
    ----------
    seed : of the random generators that learners use unseeded.
    limits : of the submission.
    packages : whose result dataclasses the examiner may rebuild by field.
    templates : processes to fork from, by role, in which the leading cells have run.
    """

    def __init__(
        self,
        nursery: Nursery,
        seed: int,
        limits: Limits,
        packages: Iterable[str] = (),
        templates: Mapping[str, Template] | None = None,
    ) -> None:
        self._nursery, self._seed, self._limits = nursery, seed, limits
        self._packages = sorted(packages)
        self._templates = templates or {}
        self._children: list[Child] = []
        self._learners: dict[str, bytes] = {}
        self._examiners: dict[str, bytes] = {}
        self._environment: dict[str, str] = {}
        self.learner: LearnerSide | None = LearnerSide(self._spawn("learner"), limits.output_bytes)
        self.examiner: ExaminerSide | None = ExaminerSide(self._spawn("examiner"))

    @property
    def planted(self) -> bool:
        """Whether the notebook's leading cells have run in both, now and after a restart."""
        return bool(self._templates)

    def _spawn(self, role: str) -> Child:
        child = self._nursery.spawn(
            role, self._seed, self._limits, self._packages, self._templates.get(role)
        )
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
        with contextlib.suppress(ProcessLost):
            self.learner.give_files(dict(learners), clock.cell())
        self._furnish_examiner(dict(examiners), clock)

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
        self._furnish_examiner(self._examiners, clock)

    def _furnish_examiner(self, files: dict[str, bytes], clock: Clock) -> None:
        # nothing of the learner's is in this: their time does not run out over it
        try:
            self.examiner.give_files(files, self._environment, clock.ours())
        except ProcessLost:
            raise RefereeError(BROKEN) from None

    def _end(self, child: Child) -> None:
        self._children.remove(child)
        child.end()

    def end(self) -> None:
        """End both."""
        for child in self._children:
            child.end()
        self._children.clear()
        self.learner = self.examiner = None
