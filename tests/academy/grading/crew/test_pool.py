"""academy.grading.crew.pool 与 cluster：几份同时评、在别的机器上评，结果与一份一份评的一样。"""

import itertools
import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from academy.grading.crew.pool import run_local
from academy.grading.desk.batch import grade_course
from academy.grading.desk.desk import Desk
from academy.grading.errors import GradingError
from academy.grading.work.job import Job
from academy.grading.work.record import Seat

ROOT = Path(__file__).resolve().parents[4]
ANSWERS = {
    "S1": {},
    "S2": {"q1": 'q1 = "A"'},
    "S3": {"q1": "import os\nos._exit(3)"},
}


@pytest.fixture
def handed_in(course, hand_in, right):
    for student, answers in ANSWERS.items():
        hand_in(student, right | answers)
    return course


def _digests(course, **options):
    outcomes = grade_course(course.api, "px", force=True, **options)
    return {outcome.student: outcome.found["digest"] for outcome in outcomes}


def test_one_and_two_workers_find_the_same(handed_in):
    one, two = (_digests(handed_in, workers=workers) for workers in (1, 2))

    # 次序也一样
    assert list(one.items()) == list(two.items())


def test_only_a_few_submissions_are_read_ahead(handed_in):
    with Desk(handed_in.coursedir, handed_in.api.config, "px") as desk:
        read = []

        def jobs():
            for number, student in zip(range(12), itertools.cycle(ANSWERS), strict=False):
                read.append(number)
                yield desk.job(desk.case(student))

        ahead = [
            len(read) - done for done, _ in enumerate(run_local(desk.work, jobs(), workers=1), 1)
        ]

    assert len(ahead) == 12
    assert max(ahead) <= 2


def test_worker_that_cannot_grade_at_all_says_why_at_once(handed_in):
    with Desk(handed_in.coursedir, handed_in.api.config, "px") as desk:
        work = replace(desk.work, plan=replace(desk.work.plan, assignment_digest="other"))
        jobs = [desk.job(desk.case(student)) for student in ANSWERS]
        with pytest.raises(GradingError, match="px 的母本在试跑之后改过"):
            list(run_local(work, jobs, workers=2))


def test_nothing_to_do_starts_no_worker(handed_in):
    with Desk(handed_in.coursedir, handed_in.api.config, "px") as desk:
        assert list(run_local(desk.work, [], workers=2)) == []


def test_seat_reaches_the_worker(handed_in):
    with Desk(handed_in.coursedir, handed_in.api.config, "px") as desk:
        submission = desk.job(desk.case("S1")).submission
        seat = Seat({"data/calls.csv": "日期,呼入量\n2025-01-01,7\n".encode()})
        results = run_local(desk.work, [Job(submission, seat), Job(submission)], workers=1)
        scores = [record.score for _, record in results]

    # 第 2 题按五天算平均：座位上只有一天，算出来的平均数就不对了
    assert scores == [40, 100]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """本机上一个调度器、两个各自独立的工作进程；给出地址与工作进程。"""
    folder = tmp_path_factory.mktemp("cluster")
    place = folder / "address.json"
    scheduler = _dask("scheduler", place, "--port", "0", "--no-dashboard")
    options = ["--nthreads", "1", "--no-dashboard", "--no-nanny", "--local-directory", str(folder)]
    workers = [_dask("worker", place, *options) for _ in range(2)]
    try:
        deadline = time.monotonic() + 60
        while not place.exists() or not place.read_text():
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield json.loads(place.read_text())["address"], workers
    finally:
        for process in (*workers, scheduler):
            process.terminate()
        for process in (*workers, scheduler):
            process.wait(20)


def _dask(role, place, *options):
    command = [sys.executable, "-m", f"distributed.cli.dask_{role}", "--scheduler-file", place]
    return subprocess.Popen(
        [*command, "--host", "127.0.0.1", *options], cwd=ROOT, stderr=subprocess.DEVNULL
    )


@pytest.mark.usefixtures("warmed")
def test_cluster_finds_the_same_as_this_machine(handed_in, cluster):
    address, _ = cluster

    assert _digests(handed_in, scheduler=address) == _digests(handed_in)


def test_worker_of_the_cluster_that_dies_has_its_work_redone(handed_in, cluster):
    address, workers = cluster
    killed = []

    def kill(_):
        if not killed:
            killed.append(workers[0].pid)
            workers[0].kill()

    outcomes = list(grade_course(handed_in.api, "px", force=True, scheduler=address, done=kill))

    assert killed
    assert [(o.student, o.status) for o in outcomes] == [(s, "graded") for s in ANSWERS]


def test_scheduler_that_does_not_answer_is_named(handed_in, monkeypatch):
    monkeypatch.setattr("academy.grading.crew.cluster.CLUSTER_SECONDS", 1)

    with pytest.raises(GradingError, match="连不上 Dask 调度器 tcp://127.0.0.1:9"):
        list(grade_course(handed_in.api, "px", scheduler="tcp://127.0.0.1:9"))


def test_missing_distributed_is_said_with_the_remedy(handed_in, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(GradingError, match=r"没有装 distributed.*ccom-courseware\[cluster\]"):
        list(grade_course(handed_in.api, "px", scheduler="tcp://127.0.0.1:9"))
