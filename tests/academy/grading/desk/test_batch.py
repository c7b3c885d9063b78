"""academy.grading.desk.batch：一个作业的全部交卷，坏的说清楚，好的照评。"""

import json
from datetime import datetime

import nbformat
import pytest

from academy.grading.desk import graded_folder
from academy.grading.desk.batch import grade_course
from academy.grading.desk.graded_folder import MARKER, read_marker
from academy.grading.desk.handed_in import submitted_at
from academy.grading.desk.plans import PLANS
from academy.grading.errors import GradingError

pytestmark = pytest.mark.usefixtures("warmed")


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
        "link 是链接，没有采用。",
        "数据文件 data/calls.csv 与发下的不同，评卷用发下的。",
    ]


def test_learners_file_in_the_way_of_the_masters_does_not_matter(course, hand_in, right):
    folder = hand_in("S1", right)
    (folder / "data").write_text("不是文件夹")

    (outcome,) = _grade(course)

    assert outcome.found["score"] == 100
    assert outcome.found["flags"] == ["随卷文件 data 占了发下的数据的位置，没有采用。"]
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

    with monkeypatch.context() as patched:
        patched.setattr(graded_folder, "_write_new", full)
        with pytest.raises(GradingError, match="S1 的成绩写不下去.*磁盘"):
            _grade(course)
    assert _scores(course) == {"S1": 0, "S2": 100}
    assert read_marker(course.folder("autograded", "px", "S1"))["score"] == 0

    assert [o.status for o in _grade(course)] == ["graded", "skipped"]
    assert _scores(course) == {"S1": 100, "S2": 100}


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
