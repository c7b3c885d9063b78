"""One warm process for all tests of the referee, and assignments that are dry-run once."""

import pytest

from academy.grading.dry_run import dry_run
from academy.grading.nursery import Nursery
from academy.grading.record import Limits
from academy.grading.referee import Referee

LIMITS = Limits(cell_seconds=6, call_seconds=3, total_seconds=60)


@pytest.fixture(scope="session")
def warm():
    """A zygote with the scientific stack."""
    nursery = Nursery(LIMITS, ["scipy.stats", "ccomlib"])
    yield nursery
    nursery.close()


@pytest.fixture(scope="session")
def desk(warm):
    """desk(assignment, limits): a referee for an assignment, after its dry run."""
    referees = []

    def open_desk(assignment, limits=LIMITS):
        plan = dry_run(assignment, limits, nursery=warm)
        referee = Referee(assignment, plan, limits, nursery=warm)
        referee.__enter__()
        referees.append(referee)
        return referee

    yield open_desk
    for referee in referees:
        referee.__exit__(None, None, None)
