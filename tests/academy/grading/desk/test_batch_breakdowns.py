"""academy.grading.desk.batch：工人、预热进程、评分程序被杀，接着评，一份不少，一份不重。"""

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from nbgrader.api import SubmittedAssignment

from academy.grading.desk.batch import grade_course
from academy.grading.desk.graded_folder import read_marker

ROOT = Path(__file__).resolve().parents[4]


def _grade(course, students=None, **options):
    return list(grade_course(course.api, "px", students, workers=1, **options))


def _scores(course):
    with course.gradebook() as gradebook:
        return {s.student.id: s.score for s in gradebook.assignment_submissions("px")}


def _running(module, process):
    found = []
    for child in process.children(recursive=True):
        # one that is just ending has no command line any more
        with contextlib.suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
            if module in child.cmdline():
                found.append(child)
    return found


def _workers():
    return _running("academy.grading.crew.worker", psutil.Process())


def _victims(module):
    """工人，或工人的预热进程；不是全体测试共用的那一个。"""
    workers = _workers()
    if module == "academy.grading.crew.worker":
        return workers
    return [one for worker in workers for one in _running(module, worker)]


COMMAND = """
from pathlib import Path
from academy.course import Course
from academy.grading.desk.batch import grade_course
for outcome in grade_course(Course(Path.cwd()).api, "px", workers=1):
    print(outcome.student, outcome.status, flush=True)
"""


def _command(course, stdout=subprocess.DEVNULL):
    """另一个进程里评同一份作业。"""
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND],
        cwd=course.root,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=stdout,
    )


@pytest.mark.parametrize("victim", ["academy.grading.crew.worker", "academy.grading.warm.zygote"])
def test_killed_process_costs_nobody_anything(course, hand_in, right, victim):
    for student in ("S1", "S2", "S3"):
        hand_in(student, right)
    killed = []

    def kill(_):
        if not killed:
            for child in _victims(victim):
                killed.append(child.pid)
                # one that another of them takes along is gone already
                with contextlib.suppress(psutil.NoSuchProcess):
                    child.kill()

    outcomes = _grade(course, done=kill)

    assert killed
    assert [(o.status, o.found["score"]) for o in outcomes] == [("graded", 100)] * 3
    assert _scores(course) == {"S1": 100, "S2": 100, "S3": 100}


def test_submission_that_kills_every_worker_is_left_out_and_the_others_graded(
    course, hand_in, right, monkeypatch
):
    from academy.grading.crew import pool

    hand_in("S1", right)
    hand_in("S2", right)
    grade = pool.Worker.grade

    def deadly(worker, job):
        if pickle.loads(job).student == "S1":
            os.kill(worker.pid, signal.SIGKILL)
        return grade(worker, job)

    monkeypatch.setattr(pool.Worker, "grade", deadly)
    outcomes = _grade(course)

    assert [o.status for o in outcomes] == ["rejected", "graded"]
    assert "S1：评分进程 3 次意外退出" in outcomes[0].message
    assert _scores(course) == {"S2": 100}


def test_coordinator_killed_in_the_middle_loses_and_doubles_nothing(course, hand_in, right):
    students = [f"S{number}" for number in range(1, 5)]
    for student in students:
        hand_in(student, right)
    process = _command(course)
    deadline = time.monotonic() + 60
    while not read_marker(course.folder("autograded", "px", "S1")):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.kill()
    process.wait()

    outcomes = _grade(course)

    assert {o.status for o in outcomes} <= {"graded", "skipped"}
    assert outcomes[0].status == "skipped"
    assert _scores(course) == dict.fromkeys(students, 100)
    with course.gradebook() as gradebook:
        assert gradebook.db.query(SubmittedAssignment).count() == 4
    left = [p.name for p in (course.root / "autograded").glob("*/.*")]
    assert left == []


def test_second_grading_at_the_same_time_waits_and_doubles_nothing(course, hand_in, right):
    """第二个终端里的同一条命令：各份各评一次，后到的等先到的评完，一份也不重。"""
    students = [f"S{number}" for number in range(1, 5)]
    for student in students:
        hand_in(student, right)
    running = grade_course(course.api, "px", workers=1)
    first = next(running)
    other = _command(course, stdout=subprocess.PIPE)
    mine = [first, *running]
    said = other.communicate(timeout=120)[0].decode()

    assert other.returncode == 0
    both = [(o.student, o.status) for o in mine] + [
        tuple(line.split()) for line in said.split("\n") if line
    ]
    assert sorted(both) == [(s, status) for s in students for status in ("graded", "skipped")]
    assert _scores(course) == dict.fromkeys(students, 100)


def test_workers_end_with_the_run(course, hand_in, right):
    hand_in("S1", right)
    outcomes = grade_course(course.api, "px", workers=1)
    next(outcomes)
    assert _workers()
    outcomes.close()

    assert _workers() == []
