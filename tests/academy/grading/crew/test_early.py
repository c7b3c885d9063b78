"""academy.grading.crew.early：趁读 nbgrader 的工夫，先热一个工人；猜错了就重来，分数一样。"""

import json
from dataclasses import replace

import pytest

from academy.grading.crew import early
from academy.grading.crew.pool import Pool
from academy.grading.plan.dry_run import dry_run
from academy.grading.work.job import Job, Work
from academy.grading.work.record import Limits
from tests.academy.grading.homework import RIGHT, write_homework
from tests.academy.grading.small import hand_in

LIMITS = Limits(cell_seconds=20, call_seconds=10, total_seconds=120)


@pytest.fixture(scope="module")
def work(warm, tmp_path_factory):
    assignment = write_homework(tmp_path_factory.mktemp("early") / "hw")
    return Work(assignment, dry_run(assignment, warm.limits, nursery=warm), LIMITS)


@pytest.mark.parametrize("change", [{}, {"memory_bytes": 1024**3}], ids=["right", "wrong"])
def test_the_worker_that_was_started_grades_whether_the_guess_was_right_or_wrong(
    work, tmp_path, change
):
    early.note(tmp_path, "hw", work.plan.modules, replace(LIMITS, **change))
    early.start(tmp_path, "hw")
    worker = early.take()
    assert worker is not None
    job = Job(hand_in(tmp_path / "in", work.assignment, RIGHT))

    with Pool(1, first=worker) as pool:
        record = pool.grade(work, job)
        assert pool._workers == {worker}

    assert record.score == record.max_score == 20


def test_what_nobody_asked_for_ends_with_the_pool(tmp_path):
    early.note(tmp_path, "hw", [], LIMITS)
    early.start(tmp_path, "hw")
    worker = early.take()

    with Pool(1, first=worker):
        pass

    assert worker._process.poll() is not None


@pytest.mark.parametrize("text", [None, "", "[]", json.dumps({"modules": [], "limits": {"x": 1}})])
def test_without_a_note_that_can_be_read_nothing_is_started(tmp_path, text):
    if text is not None:
        (tmp_path / "hw.warm.json").write_text(text)

    early.start(tmp_path, "hw")

    assert early.take() is None
