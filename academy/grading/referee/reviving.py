"""How does a learner's process come back after it was lost?  A new one runs again what ran before."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass

from academy.grading.referee.pair import Pair
from academy.grading.referee.sides import Clock, LearnerSide, ProcessLost

__all__ = ["Past", "RevivingLearner"]


@dataclass(frozen=True)
class Past:
    """A cell that the process has run.

    Attributes
    ----------
    keeps : names that a cell of the master's gives to tests in the same room; None for others.
    own : for such a test, the names that are the master's; None for cells that are none.
    """

    source: str
    count: int
    keeps: tuple[str, ...] | None = None
    own: tuple[str, ...] | None = None


class RevivingLearner:
    """The learner's process of a pair, and what it has run.

    Parameters
    ----------
    pair : with a fresh process.
    clock : time left for the submission.
    stage : names that the master's cells have made in it by now, where tests will run in it;
        None where none will.

    Attributes
    ----------
    epoch : how many processes there were before this one.
    stopped : whether one had to be stopped or ended by itself.
    """

    def __init__(self, pair: Pair, clock: Clock, stage: Iterable[str] | None) -> None:
        self._pair, self._clock = pair, clock
        self._stage = None if stage is None else list(stage)
        self._past: list[Past] = []
        self.epoch = 0
        self.stopped = False
        # if it is lost already, the first question finds out
        with contextlib.suppress(ProcessLost):
            self._set_stage()

    def ran(self, cell: Past) -> None:
        """Note a cell that ran to its end."""
        self._past.append(cell)

    def stop(self) -> None:
        """End the process."""
        self.stopped = True
        self._pair.end_learner()

    def process(self) -> LearnerSide:
        """The process; after a stop, a new one in which the cells before ran again."""
        while self._pair.learner is None:
            self.epoch += 1
            self._pair.new_learner(self._clock)
            self._set_stage()
            past, self._past = self._past, []
            for number, cell in enumerate(past):
                try:
                    self._run_again(cell)
                except ProcessLost:
                    # this one stops the process now: it is left out from here on
                    self._past += past[number + 1 :]
                    self.stop()
                    break
                self._past.append(cell)
            if self._clock.expired and self._pair.learner is None:
                raise ProcessLost("timeout")
        return self._pair.learner

    def _set_stage(self) -> None:
        if self._stage is not None:
            self._pair.learner.stage(self._stage, self._clock.cell())

    def _run_again(self, cell: Past) -> None:
        learner, deadline = self._pair.learner, self._clock.cell()
        if cell.own is not None:
            learner.test(cell.source, cell.count, False, cell.own, deadline)
            return
        token = learner.start(cell.source, cell.count, False, deadline, cell.keeps)
        learner.finish(token, deadline)
