"""Real courses' kinds of tests: honest work gets, cell by cell, what nbgrader itself gives it.

kinds_stock.json holds what nbgrader gives (``python -m tests.academy.grading.kinds_stock``); the last
test runs nbgrader for some of them anew.
"""

import json

import pytest

from academy.grading.plan.dry_run import dry_run
from academy.grading.referee.grader import Grader
from academy.grading.work.submission import reference_submission
from tests.academy.grading.conftest import LIMITS
from tests.academy.grading.kinds import KINDS, SUBMISSIONS
from tests.academy.grading.kinds_stock import STORED, stock_scores
from tests.academy.grading.small import hand_in, write_master

STOCK = json.loads(STORED.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", KINDS)
def test_honest_work_gets_what_nbgrader_gives_it(tmp_path, warm, name):
    kind = KINDS[name]
    assignment = write_master(tmp_path / "hw", kind.cells, kind.files)
    plan = dry_run(assignment, LIMITS, nursery=warm, stderr_fails=True)

    with Grader(assignment, plan, LIMITS, nursery=warm) as grader:
        found, rooms = {}, set()
        for submission in SUBMISSIONS:
            answers = kind.answers(submission)
            made = (
                reference_submission(assignment)
                if answers is None
                else hand_in(tmp_path / submission, assignment, answers)
            )
            record = grader.grade(made)
            found[submission] = {cell.grade_id: cell.score for cell in record.cells}
            rooms.add(tuple(cell.grade_id for cell in record.cells if cell.same_room))

    assert found == STOCK[name]
    assert kind.same_room is None or rooms == {kind.same_room}


def test_every_kind_has_its_stored_scores():
    assert {name: list(scores) for name, scores in STOCK.items()} == {
        name: list(SUBMISSIONS) for name in KINDS
    }


@pytest.mark.slow
@pytest.mark.kernels
@pytest.mark.parametrize("name", ["history", "result that is no number", "stderr of a test"])
def test_the_stored_scores_are_nbgraders(tmp_path, name):
    for submission in ("reference", "wrong"):
        scores = stock_scores(KINDS[name], submission, tmp_path / submission)

        assert scores == STOCK[name][submission]
