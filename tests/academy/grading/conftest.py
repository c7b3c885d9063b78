"""One warm process for all tests of the referee, and assignments that are dry-run once."""

from contextlib import ExitStack
from functools import partial
from threading import Lock

import pytest

import academy.grading.desk.service
import academy.grading.plan.dry_run
import academy.grading.referee.grader
from academy.grading.plan.dry_run import dry_run
from academy.grading.referee.grader import Grader
from academy.grading.warm.nursery import Nursery
from academy.grading.work.record import Limits
from tests.academy.grading.homework import RIGHT, write_homework
from tests.academy.grading.small import hand_in

LIMITS = Limits(cell_seconds=3, call_seconds=1.5, total_seconds=60)


@pytest.fixture(scope="session")
def warm():
    """A zygote with the scientific stack."""
    nursery = Nursery(LIMITS, ["scipy.stats", "ccomlib"])
    yield nursery
    nursery.close()


@pytest.fixture(scope="session")
def grader_of(warm):
    """grader_of(assignment, limits): a grader for an assignment, after its dry run."""
    graders = []

    def make(assignment, limits=LIMITS):
        plan = dry_run(assignment, limits, nursery=warm)
        grader = Grader(assignment, plan, limits, nursery=warm)
        grader.__enter__()
        graders.append(grader)
        return grader

    yield make
    for grader in graders:
        grader.__exit__(None, None, None)


@pytest.fixture(scope="session")
def use_warm(warm):
    """use_warm(monkeypatch): dry runs and `grade_course` take the warm process, here and now.

    For tests whose claim is not about workers: those start a process and a zygote each.
    """

    class Here:
        """In the place of worker processes: this process, one submission at a time."""

        at_once = 1

        def __init__(self, _, first=None):
            if first is not None:
                first.stop()
            self.work, self.open, self.alone = None, ExitStack(), Lock()

        def grade(self, work, job, turn=0):
            with self.alone:
                if work is not self.work:
                    self.open.close()
                    made = Grader(
                        work.assignment, work.plan, work.limits, work.require, nursery=warm
                    )
                    self.work, self.grader = work, self.open.enter_context(made)
                return self.grader.grade(job.submission, job.seat)

        def close(self):
            with self.alone:
                self.open.close()

    def dry_run_here(assignment, limits=None, **settings):
        return dry_run(assignment, limits, nursery=warm, **settings)

    def patch(monkeypatch):
        monkeypatch.setattr(academy.grading.desk.service, "Pool", Here)
        monkeypatch.setattr(academy.grading.plan.dry_run, "dry_run", dry_run_here)
        # what nbgrader autograde opens, late
        monkeypatch.setattr(academy.grading.referee.grader, "Grader", partial(Grader, nursery=warm))

    return patch


@pytest.fixture
def warmed(use_warm, monkeypatch):
    """`use_warm` for one test."""
    use_warm(monkeypatch)


@pytest.fixture(scope="session")
def assignment(tmp_path_factory):
    """The homework."""
    return write_homework(tmp_path_factory.mktemp("source") / "hw")


@pytest.fixture(scope="session")
def grader(assignment, grader_of):
    """A grader for it."""
    return grader_of(assignment)


@pytest.fixture
def grade(grader, assignment, tmp_path):
    """grade({"total": source}, before=…, after=…): right answers but for those given."""

    def run(answers=(), **extra):
        made = hand_in(tmp_path / "in", assignment, {**RIGHT, **dict(answers)}, **extra)
        return grader.grade(made)

    return run
