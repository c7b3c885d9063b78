"""academy.grading.batch：一个作业的全部交卷，断了接着评，坏的说清楚，好的照评。"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import nbformat
import psutil
import pytest
from nbgrader.api import SubmittedAssignment

from academy.grading import graded_folder
from academy.grading.batch import grade_course
from academy.grading.desk import PLANS
from academy.grading.graded_folder import MARKER, read_marker, submitted_at
from academy.grading.settings import GradingError

ROOT = Path(__file__).resolve().parents[3]


def _grade(course, students=None, **options):
    return list(grade_course(course.api, "px", students, workers=1, **options))


def _scores(course):
    with course.gradebook() as gradebook:
        return {s.student.id: s.score for s in gradebook.assignment_submissions("px")}


def test_outcomes_come_in_the_order_asked_for(course, hand_in, right):
    for student in ("S1", "S2", "S3"):
        hand_in(student, right)

    assert [o.student for o in _grade(course)] == ["S1", "S2", "S3"]
    again = list(grade_course(course.api, "px", ["S3", "S4", "S1", "S3"], workers=2, force=True))
    assert [(o.student, o.status) for o in again] == [
        ("S3", "graded"),
        ("S4", "rejected"),
        ("S1", "graded"),
    ]


def test_same_bytes_give_the_same_digest_and_are_skipped(course, hand_in, right):
    hand_in("S1", right)
    (first,) = _grade(course)
    (skipped,) = _grade(course)
    (forced,) = _grade(course, force=True)

    assert (first.status, skipped.status, forced.status) == ("graded", "skipped", "graded")
    assert first.found["digest"] == skipped.found["digest"] == forced.found["digest"]


def test_changed_master_is_tried_again_and_everybody_graded_again(course, hand_in, right):
    hand_in("S1", right)
    _grade(course)
    (plan,) = (course.root / PLANS).glob("px-*.json")
    path = course.folder("source", "px") / "px.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].source += "\nassert True"
    nbformat.write(notebook, path)

    (outcome,) = _grade(course)

    assert outcome.status == "graded"
    (fresh,) = (course.root / PLANS).glob("px-*.json")
    assert fresh.name != plan.name


def test_master_whose_solution_fails_is_refused_with_the_cell(course, hand_in, right):
    hand_in("S1", right)
    path = course.folder("source", "px") / "px.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = cell.source.replace('q1 = "B"', 'q1 = "C"')
    nbformat.write(notebook, path)

    with pytest.raises(GradingError, match="px：试跑没有通过，.*q1-test"):
        _grade(course)
    assert _scores(course) == {}


def test_points_that_differ_from_the_gradebook_are_refused(course, hand_in, right):
    hand_in("S1", right)
    path = course.folder("source", "px") / "px.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "q1-test":
            cell.metadata.nbgrader.points = 41
    nbformat.write(notebook, path)

    with pytest.raises(GradingError, match=r"source/px/px.ipynb 的评分格与成绩册里的不一致"):
        _grade(course)


def test_what_must_hold_and_does_not_is_a_refusal_before_anything(
    course, hand_in, right, monkeypatch
):
    from academy.grading import cage

    hand_in("S1", right)
    course.api.config.Referee.require = ["all"]
    monkeypatch.setattr(cage, "available", lambda: cage.Level({}))

    with pytest.raises(GradingError, match="c.Referee.require 要求的 files、network.*守不住"):
        _grade(course)
    course.api.config.Referee.require = ["firewall"]
    with pytest.raises(GradingError, match="「firewall」不认识"):
        _grade(course)
    assert not course.folder("autograded", "px", "S1").exists()


@pytest.mark.parametrize(
    "stamp", ["", "明天", "99999999999", "2025-07-18 99:99:99 UTC", "\x00", "9" * 300]
)
def test_garbage_timestamp_is_put_aside(tmp_path, stamp):
    (tmp_path / "timestamp.txt").write_text(stamp)
    odd = ["交卷时间读不出来，原件是 timestamp.unreadable.txt。"]

    assert submitted_at(tmp_path) == (None, odd)
    assert not (tmp_path / "timestamp.txt").exists()
    assert submitted_at(tmp_path) == (None, odd)


def test_timestamp_that_is_a_link_is_not_followed(tmp_path):
    (tmp_path / "other").write_text("2025-07-18 08:00:00 UTC")
    (tmp_path / "timestamp.txt").symlink_to(tmp_path / "other")

    assert submitted_at(tmp_path)[0] is None


def test_time_is_read_as_formgrader_reads_it(course, hand_in, right):
    folder = hand_in("S1", right)
    (folder / "timestamp.txt").write_text("2025-07-18 08:00:00.123456 UTC\n")

    assert submitted_at(folder) == (datetime(2025, 7, 18, 8, 0, 0, 123456), [])
    assert submitted_at(folder)[0] == course.coursedir.get_existing_timestamp(str(folder))


def test_garbage_timestamp_is_a_flag_and_formgraders_list_works(course, hand_in, right):
    folder = hand_in("S1", right)
    (folder / "timestamp.txt").write_text("明天")

    (outcome,) = _grade(course)

    assert outcome.found["score"] == 100
    assert outcome.found["flags"] == ["交卷时间读不出来，原件是 timestamp.unreadable.txt。"]
    assert [s["autograded"] for s in course.api.get_submissions("px")] == [True]
    assert [o.status for o in _grade(course)] == ["skipped"]


def test_timestamp_in_the_future_is_a_flag(course, hand_in, right):
    folder = hand_in("S1", right)
    (folder / "timestamp.txt").write_text("2999-01-01 00:00:00 UTC")

    (outcome,) = _grade(course)

    assert "在将来" in outcome.found["flags"][0]
    assert outcome.found["score"] == 100


def test_autograded_folder_is_what_nbgrader_would_leave(course, hand_in, right):
    folder = hand_in("S1", right)
    (folder / "timestamp.txt").write_text("2025-07-18 08:00:00 UTC")
    (folder / "图.png").write_bytes(b"png")
    (folder / "data").mkdir()
    (folder / "data/calls.csv").write_text("改过")
    (folder / "link").symlink_to("/etc/passwd")

    (outcome,) = _grade(course)

    graded = course.folder("autograded", "px", "S1")
    assert sorted(p.relative_to(graded).as_posix() for p in graded.rglob("*") if p.is_file()) == [
        MARKER,
        "data/calls.csv",
        "px.ipynb",
        "timestamp.txt",
        "图.png",
    ]
    master = course.folder("source", "px") / "data/calls.csv"
    assert (graded / "data/calls.csv").read_bytes() == master.read_bytes()
    assert {p.stat().st_mode & 0o777 for p in graded.rglob("*") if p.is_file()} == {0o444}
    notebook = nbformat.read(graded / "px.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert outcome.found["flags"] == [
        "文件 link 是链接、特殊文件或太大，没有采用。",
        "数据文件 data/calls.csv 与发下的不同，评卷用发下的。",
    ]


def test_learners_file_in_the_way_of_the_masters_does_not_matter(course, hand_in, right):
    folder = hand_in("S1", right)
    (folder / "data").write_text("不是文件夹")

    (outcome,) = _grade(course)

    assert outcome.status == "graded"
    assert (course.folder("autograded", "px", "S1") / "data/calls.csv").exists()


def test_full_disk_leaves_the_earlier_state_and_the_rerun_finishes(
    course, hand_in, right, monkeypatch
):
    hand_in("S1", {})
    hand_in("S2", right)
    _grade(course)
    hand_in("S1", right)
    real = graded_folder._write_new

    def full(path, content):
        if path.name == MARKER:
            raise OSError(28, "No space left on device")
        real(path, content)

    monkeypatch.setattr(graded_folder, "_write_new", full)
    with pytest.raises(GradingError, match="S1 的成绩写不下去.*磁盘"):
        _grade(course)
    assert _scores(course) == {"S1": 0, "S2": 100}
    assert read_marker(course.folder("autograded", "px", "S1"))["score"] == 0
    monkeypatch.undo()

    assert [o.status for o in _grade(course)] == ["graded", "skipped"]
    assert _scores(course) == {"S1": 100, "S2": 100}


def _running(words):
    """带着这个词的子进程；已经退出、还没有收走的不算。"""
    found = []
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if words in child.cmdline():
                found.append(child)
    return found


def _workers():
    return _running("academy.grading.worker")


@pytest.mark.parametrize("victim", ["academy.grading.worker", "academy.grading.zygote"])
def test_killed_process_costs_nobody_anything(course, hand_in, right, victim):
    for student in ("S1", "S2", "S3"):
        hand_in(student, right)
    killed = []

    def kill(_):
        if not killed:
            for child in _running(victim):
                child.kill()
                killed.append(child.pid)

    outcomes = _grade(course, done=kill)

    assert killed
    assert [(o.status, o.found["score"]) for o in outcomes] == [("graded", 100)] * 3
    assert _scores(course) == {"S1": 100, "S2": 100, "S3": 100}


def test_submission_that_kills_every_worker_is_left_out_and_the_others_graded(
    course, hand_in, right, monkeypatch
):
    from academy.grading import pool

    hand_in("S1", right)
    hand_in("S2", right)
    give = pool._Worker.give

    def deadly(worker, job):
        give(worker, job)
        if job.student == "S1":
            os.kill(worker._process.pid, signal.SIGKILL)

    monkeypatch.setattr(pool._Worker, "give", deadly)
    outcomes = _grade(course)

    assert [o.status for o in outcomes] == ["rejected", "graded"]
    assert "S1：评分进程 3 次意外退出" in outcomes[0].message
    assert _scores(course) == {"S2": 100}


def test_coordinator_killed_in_the_middle_loses_and_doubles_nothing(course, hand_in, right):
    students = [f"S{number}" for number in range(1, 5)]
    for student in students:
        hand_in(student, right)
    command = [sys.executable, "-m", "academy.cli", "grade", "px", "--workers", "1"]
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from academy.cli import main; raise SystemExit(main())",
            *command[3:],
        ],
        cwd=course.root,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
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


def test_second_grading_at_the_same_time_is_refused(course, hand_in, right):
    hand_in("S1", right)
    hand_in("S2", right)
    running = grade_course(course.api, "px", workers=1)
    next(running)

    with pytest.raises(GradingError, match="px 正在别处评分"):
        _grade(course)
    assert [o.status for o in running] == ["graded"]
    assert [o.status for o in _grade(course)] == ["skipped", "skipped"]


def test_workers_end_with_the_run(course, hand_in, right):
    hand_in("S1", right)
    outcomes = grade_course(course.api, "px", workers=1)
    next(outcomes)
    assert _workers()
    outcomes.close()

    assert _workers() == []


def test_marker_holds_every_cell_and_no_hidden_test(course, hand_in, right):
    hand_in("S1", right | {"q1": 'q1 = "A"'})
    _grade(course)

    text = (course.folder("autograded", "px", "S1") / MARKER).read_text(encoding="utf-8")

    cells = json.loads(text)["notebooks"]["px"]
    assert [(c["grade_id"], c["score"], c["verdict"]) for c in cells] == [
        ("q1-test", 0, "failed"),
        ("q2-test", 60, "passed"),
    ]
    assert "choice_key" not in text
