"""A cell in the examiner's process: what it tells, what is lost with it, and what a new process knows."""

import pytest

from academy.grading.referee.examination import Examination
from academy.grading.referee.pair import Pair
from academy.grading.referee.reviving import Past, RevivingLearner
from academy.grading.referee.sides import Clock
from academy.grading.work.plan import CellPlan
from academy.grading.work.record import Limits
from tests.academy.grading.small import check, write_master

LIMITS = Limits(cell_seconds=3, call_seconds=1, total_seconds=20)
SOURCES = {
    "makes": "cases = [1]",
    "dies": "import os\nos._exit(1)",
    "loops": "while True:\n    pass",
    "uses": "assert cases == [1]\nprint(cases)",
    "asks": "assert f(3) == 9",
}
LEARNERS = "def f(n):\n    return n * n"
HANGS = "def f(n):\n    while True:\n        pass"


@pytest.fixture
def room(warm, tmp_path):
    """room(): an examination with fresh processes; and its cells by name."""
    cells = [check(name, source) for name, source in SOURCES.items()]
    master = write_master(tmp_path / "hw", cells).notebooks[0]
    clock, pair = Clock(LIMITS), Pair(warm, 0, LIMITS)
    pair.wait_ready()
    pair.give_files({}, {}, {}, clock)
    learner = RevivingLearner(pair, clock, None)
    examination = Examination(pair, clock, LIMITS, learner)
    cells = {cell.grade_id: cell for cell in master.cells}

    def answer(source):
        process = learner.process()
        deadline = clock.cell()
        process.finish(process.start(source, 1, False, deadline), deadline)
        learner.ran(Past(source, 1))

    def run(name, **plan):
        return examination.run(cells[name], CellPlan(examiner=True, **plan), 1, render=True)

    yield examination, run, answer
    pair.end()


@pytest.mark.parametrize(("name", "kind"), [("dies", "died"), ("loops", "timeout")])
def test_a_new_process_runs_again_what_was_kept(room, name, kind):
    examination, run, _ = room
    run("makes")
    examination.keep_last()

    assert run(name) == ({}, [], kind)
    assert examination.stopped
    report, outputs, trouble = run("uses")
    assert (report["status"], trouble) == ("ok", "")
    assert outputs[0]["text"] == "[1]\n"


def test_what_was_not_kept_is_gone_with_the_process(room):
    _, run, _ = room
    run("makes")
    run("dies")

    assert run("uses")[0]["ename"] == "NameError"


def test_the_learners_process_answers(room):
    examination, run, answer = room
    answer(LEARNERS)

    report, _, trouble = run("asks", names=("f",))

    assert (report["status"], trouble, examination.stopped) == ("ok", "", False)


def test_a_learner_who_does_not_answer_costs_that_cell_and_not_the_examiner(room):
    examination, run, answer = room
    answer(HANGS)

    report, _, trouble = run("asks", names=("f",))

    assert (report["gone"], trouble, examination.stopped) == (True, "timeout", False)
    assert run("makes")[0]["status"] == "ok"
