"""academy.grading.crew.pool 与 cluster：几份同时评、在别的机器上评，结果与一份一份评的一样。"""

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from academy.grading.crew import pool as pool_module
from academy.grading.crew.cluster import Cluster
from academy.grading.crew.pool import Dismissed, Pool, Worker, _Errand
from academy.grading.desk.batch import grade_course
from academy.grading.desk.desk import open_desk
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


@pytest.fixture
def desk(handed_in):
    with open_desk(handed_in.coursedir, handed_in.config, "px") as desk:
        yield desk


@pytest.fixture
def jobs(desk):
    return [desk.job(desk.case(student)) for student in ANSWERS]


def _pids(pool):
    return {worker.pid for worker in pool._workers}


def test_worker_that_cannot_grade_at_all_says_why_at_once(desk, jobs):
    work = replace(desk.work, plan=replace(desk.work.plan, assignment_digest="other"))
    with Pool(1) as pool, pytest.raises(GradingError, match="px 的母本在试跑之后改过"):
        pool.grade(work, jobs[0])


def test_a_pool_that_has_told_so_grades_other_work(desk, jobs):
    broken = replace(desk.work, plan=replace(desk.work.plan, assignment_digest="other"))
    with Pool(1) as pool:
        with pytest.raises(GradingError):
            pool.grade(broken, jobs[0])

        assert pool.grade(desk.work, jobs[0]).score == 100


def test_nothing_to_do_starts_no_worker():
    with Pool(2) as pool:
        assert _pids(pool) == set()


def test_one_after_the_other_needs_one_worker_and_it_stays_warm(desk, jobs):
    with Pool(2) as pool:
        scores, pids = [], []
        for job in jobs:
            scores.append(pool.grade(desk.work, job).score)
            pids.append(_pids(pool))

    assert scores == [100, 60, 60]
    assert len(pids[0]) == 1
    assert pids[0] == pids[1] == pids[2]


def test_a_worker_takes_other_work_when_there_is_no_other(desk, jobs):
    other = replace(desk.work, limits=replace(desk.work.limits, cell_seconds=7))
    with Pool(1) as pool:
        before = pool.grade(desk.work, jobs[0]), _pids(pool)
        between = pool.grade(other, jobs[1]), _pids(pool)

    assert before[0].score == 100
    assert between[0].score == 60
    assert before[1] == between[1]


def test_what_a_worker_is_warm_for_comes_first_but_not_for_ever(monkeypatch):
    """工人手上是甲：排在前面的乙让一让；等得太久了，就轮到它。"""
    pool, warm, other = Pool(0), object(), object()
    pool._waiting.extend([_Errand(other, b"1"), _Errand(warm, b"2")])

    assert pool._next(warm).job == b"2"
    pool._waiting.append(_Errand(warm, b"3"))
    pool._waiting[0].since -= pool_module.PATIENCE_SECONDS
    assert pool._next(warm).job == b"1"
    assert pool._next(None).job == b"3"


def test_of_those_that_wait_the_smallest_turn_goes_first():
    pool, warm = Pool(0), object()
    pool._waiting.extend(_Errand(warm, bytes([turn]), turn) for turn in (3, 1, 2, 1))

    assert [pool._next(warm).job for _ in range(4)] == [b"\1", b"\1", b"\2", b"\3"]


def test_who_comes_while_the_worker_gets_warm_goes_first_by_turn():
    pool, work, other = Pool(0), object(), object()
    third = _Errand(work, b"3", 3)
    pool._waiting.extend([_Errand(other, b"0", 0), _Errand(work, b"2", 2), _Errand(work, b"1", 1)])

    assert pool._first_of_its_kind(third).job == b"1"
    # 让位的那一份还在等
    assert [errand.job for errand in pool._waiting] == [b"3", b"0", b"2"]
    assert pool._first_of_its_kind(_Errand(work, b"x", 1)).job == b"x"


def test_a_class_is_graded_in_order(desk, jobs):
    """一个工人，倒着交给它：它预热好时都在等了，照次序评。"""
    graded = []

    def grade(turn):
        pool.grade(desk.work, jobs[turn], turn)
        graded.append(turn)

    with Pool(1) as pool, ThreadPoolExecutor(3) as threads:
        list(threads.map(grade, [2, 1, 0]))

    assert graded == [0, 1, 2]


def test_seat_reaches_the_worker(desk, jobs):
    submission = jobs[0].submission
    seat = Seat({"data/calls.csv": "日期,呼入量\n2025-01-01,7\n".encode()})
    with Pool(1) as pool:
        scores = [pool.grade(desk.work, Job(submission, s)).score for s in (seat, None)]

    # 第 2 题按五天算平均：座位上只有一天，算出来的平均数就不对了
    assert scores == [40, 100]


def test_closing_tells_everybody_who_waits_and_ends_the_workers(desk, jobs):
    """一份在评（工人还在预热），一份在等，都得到一句话；之后再问，也是这句话。"""
    pool = Pool(1)
    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(pool.grade, desk.work, job) for job in jobs[:2]]
        while not _pids(pool):
            time.sleep(0.01)
        (pid,) = _pids(pool)
        pool.close()

        for answer in asked:
            with pytest.raises(Dismissed, match="评分已经停了"):
                answer.result()
    assert not psutil.pid_exists(pid)
    with pytest.raises(Dismissed):
        pool.grade(desk.work, jobs[2])


def test_a_worker_that_says_nonsense_is_replaced(desk, jobs, monkeypatch):
    real, replaced = Worker.grade, []

    def nonsense(worker, job):
        if not replaced:
            replaced.append(worker.pid)
            monkeypatch.setattr(worker._channel, "limit", 10)
        return real(worker, job)

    monkeypatch.setattr(Worker, "grade", nonsense)
    with Pool(1) as pool:
        assert pool.grade(desk.work, jobs[0]).score == 100
        assert _pids(pool).isdisjoint(replaced)


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


def test_cluster_whose_workers_cannot_grade_at_all_says_why(desk, jobs, cluster):
    work = replace(desk.work, plan=replace(desk.work.plan, assignment_digest="other"))
    with Cluster(cluster[0]) as crew, pytest.raises(GradingError, match="px 的母本在试跑之后改过"):
        crew.grade(work, jobs[0])


def test_scheduler_that_does_not_answer_is_named(handed_in, monkeypatch):
    monkeypatch.setattr("academy.grading.crew.cluster.CLUSTER_SECONDS", 1)

    with pytest.raises(GradingError, match="连不上 Dask 调度器 tcp://127.0.0.1:9"):
        list(grade_course(handed_in.api, "px", scheduler="tcp://127.0.0.1:9"))


def test_missing_distributed_is_said_with_the_remedy(handed_in, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(GradingError, match=r"没有装 distributed.*ccom-courseware\[cluster\]"):
        list(grade_course(handed_in.api, "px", scheduler="tcp://127.0.0.1:9"))
