"""academy.grading.desk.gradebook_writer：同样的成绩，写进成绩册与 nbgrader 自己写的逐行一样，而且要么全写要么不写。"""

import json
import shutil
import warnings
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Comment, Grade, SubmittedNotebook
from sqlalchemy import event
from sqlalchemy.exc import OperationalError, SAWarning

from academy.course import Course
from academy.grading.desk.gradebook import OpenGradebook
from academy.grading.desk.gradebook_writer import GradebookWriter
from academy.grading.errors import GradingError
from academy.grading.referee.verdicts import SAME_ROOM
from academy.grading.work.record import CellRecord, GradedRecord, NotebookRecord

CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "probe"
c.LateSubmissionPlugin.penalty_method = "zero"
"""


def _cell(kind, name, source, points=None):
    """一格：test、answer、manual、text（人工评的文字）、task。"""
    nbgrader = {
        "grade": kind in ("test", "manual", "text"),
        "solution": kind in ("answer", "manual", "text"),
        "locked": kind in ("test", "task"),
        "task": kind == "task",
        "grade_id": name,
        "schema_version": 3,
    }
    if points is not None:
        nbgrader["points"] = points
    make = new_code_cell if kind in ("test", "answer", "manual") else new_markdown_cell
    return make(source, metadata={"nbgrader": nbgrader})


ONE = [
    new_code_cell("import math"),
    _cell("answer", "a", "x = 1\n### BEGIN SOLUTION\nx = 2\n### END SOLUTION"),
    _cell("test", "a-test", "assert x == 2", 3),
    _cell("test", "part", "1.5 if x == 2 else 0.5", 2),
    _cell("manual", "code", "### BEGIN SOLUTION\npass\n### END SOLUTION", 4),
    _cell("text", "essay", "写一句。", 5),
]
TWO = [
    _cell("answer", "b", "### BEGIN SOLUTION\ny = 3\n### END SOLUTION"),
    _cell("test", "b-test", "assert y == 3", 6),
    _cell("task", "draw", "画一张图。", 7),
]
# 每个学员改哪几格；没写的照发下去的样子
ANSWERS = {
    "all": {"a": "x = 2", "code": "z = 1", "essay": "我写了。", "b": "y = 3"},
    "none": {},
    "wrong": {"a": "x = 5", "b": "raise ValueError"},
    "late": {"a": "x = 2", "b": "y = 3"},
}


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """nbgrader 自己发的作业 ps 与四份交卷。"""
    folder = tmp_path_factory.mktemp("probe") / "course"
    source = folder / "source/ps"
    source.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    nbformat.write(new_notebook(cells=ONE), source / "one.ipynb")
    nbformat.write(new_notebook(cells=TWO), source / "two.ipynb")
    course = Course(folder)
    course.generate("ps")
    course.set_due("ps", datetime.fromisoformat("2025-07-18T08:00:00+00:00"))
    for student, answers in ANSWERS.items():
        desk = folder / "submitted" / student / "ps"
        shutil.copytree(folder / "release/ps", desk)
        for path in desk.glob("*.ipynb"):
            notebook = nbformat.read(path, as_version=4)
            for cell in notebook.cells:
                name = cell.metadata.get("nbgrader", {}).get("grade_id")
                cell.source = answers.get(name, cell.source)
            nbformat.write(notebook, path)
        hour = 9 if student == "late" else 7
        (desk / "timestamp.txt").write_text(f"2025-07-18 0{hour}:00:00 UTC")
    return folder


@pytest.fixture(scope="module")
def stock(released, tmp_path_factory):
    """同一门课，nbgrader 自己评的。"""
    folder = tmp_path_factory.mktemp("stock") / "course"
    shutil.copytree(released, folder)
    course = Course(folder)
    for student in ANSWERS:
        _autograde(course, student)
    return course


def _autograde(course, student):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # nbgrader 0.9.6 自己的
        result = course.api.autograde("ps", student)
    assert result["success"], result


@pytest.fixture
def course(released, tmp_path):
    folder = tmp_path / "course"
    shutil.copytree(released, folder)
    return Course(folder)


def _rows(course):
    """成绩册里这份作业的每一行，不带随机编号。"""
    with course.gradebook() as gradebook:
        grades = {
            (g.student.id, g.notebook.name, g.name): (
                g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade, g.score, g.max_score,
            )
            for g in gradebook.db.query(Grade)
        }  # fmt: skip
        comments = {
            (c.student.id, c.notebook.name, c.name): (c.auto_comment, c.manual_comment)
            for c in gradebook.db.query(Comment)
        }
        notebooks = {
            (n.student.id, n.name): (n.late_submission_penalty, n.flagged, n.assignment.timestamp)
            for n in gradebook.db.query(SubmittedNotebook)
        }
        assignments = [s.to_dict() | {"id": None} for s in gradebook.assignment_submissions("ps")]
    return grades, comments, notebooks, sorted(assignments, key=lambda row: row["student"])


def _record(stock, student):
    """照 nbgrader 评出来的分与笔记本手工做的记录。"""
    scores = {key[1:]: row[0] for key, row in _rows(stock)[0].items() if key[0] == student}
    notebooks = []
    for path in sorted(stock.folder("autograded", "ps", student).glob("*.ipynb")):
        notebook = json.loads(json.dumps(nbformat.read(path, as_version=4)))
        cells = []
        for cell in notebook["cells"]:
            nbgrader = cell["metadata"].get("nbgrader", {})
            nbgrader.pop("checksum", None)
            if nbgrader.get("grade"):
                score = scores[path.stem, nbgrader["grade_id"]] or 0.0
                verdict = "passed" if score == nbgrader["points"] else "failed"
                cells.append(
                    CellRecord(nbgrader["grade_id"], score, nbgrader["points"], verdict, "")
                )
        notebooks.append(NotebookRecord(path.stem, tuple(cells), notebook))
    return GradedRecord(student, "ps", tuple(notebooks), (), "uid", 0.1)


def _times():
    early = datetime(2025, 7, 18, 7)
    return {student: early + timedelta(hours=2 * (student == "late")) for student in ANSWERS}


@contextmanager
def _writer(course, name="ps"):
    with OpenGradebook(course.coursedir) as book:
        yield GradebookWriter(book, course.coursedir, course.config, name)


def _write_all(course, stock):
    with _writer(course) as writer:
        for student, at in _times().items():
            writer.write(_record(stock, student), at)


def test_rows_equal_those_of_nbgrader(course, stock):
    _write_all(course, stock)

    assert _rows(course) == _rows(stock)


def test_points_from_the_same_room_are_said_at_the_answer_above(course, stock):
    def roomy(record):
        notebooks = [
            replace(one, cells=tuple(replace(c, same_room=c.grade_id in ("part", "b-test")) for c in one.cells))
            for one in record.notebooks
        ]  # fmt: skip
        return replace(record, notebooks=tuple(notebooks))

    with _writer(course) as writer:
        for student, at in _times().items():
            writer.write(roomy(_record(stock, student)), at)

    comments = {place: auto for place, (auto, _) in _rows(course)[1].items()}
    assert comments["all", "one", "a"] == f"part 是{SAME_ROOM}"
    assert comments["all", "two", "b"] == f"b-test 是{SAME_ROOM}"
    assert comments["none", "two", "b"] == f"No response. b-test 是{SAME_ROOM}"
    assert comments["all", "one", "code"] is None
    with _writer(course) as writer:
        writer.write(_record(stock, "all"), _times()["all"])
    assert _rows(course)[1]["all", "one", "a"][0] is None


def test_second_grading_keeps_what_a_person_wrote_as_nbgrader_does(course, stock, tmp_path):
    folder = tmp_path / "stock"
    shutil.copytree(stock.root, folder)
    again = Course(folder)
    _write_all(course, stock)
    for one in (course, again):
        with one.gradebook() as gradebook:
            by_hand = gradebook.find_grade("code", "one", "ps", "all")
            by_hand.manual_score, by_hand.needs_manual_grade = 3.5, False
            overruled = gradebook.find_grade("a-test", "one", "ps", "wrong")
            overruled.manual_score, overruled.extra_credit = 1, 0.5
            drawn = gradebook.find_grade("draw", "two", "ps", "all")
            drawn.manual_score, drawn.needs_manual_grade = 7, False
            gradebook.find_comment("essay", "one", "ps", "none").manual_comment = "请补写。"
            gradebook.db.commit()

    _write_all(course, stock)
    for student in ANSWERS:
        _autograde(again, student)

    assert _rows(course) == _rows(again)


def test_writing_twice_changes_nothing(course, stock):
    _write_all(course, stock)
    before = _rows(course)
    _write_all(course, stock)

    assert _rows(course) == before


def test_failure_in_the_middle_leaves_the_earlier_state(course, stock, monkeypatch):
    _write_all(course, stock)
    before = _rows(course)
    better = _record(stock, "all")

    def broken(*_):
        raise OSError("disk full")

    with _writer(course) as writer:
        monkeypatch.setattr(writer, "_penalise", broken)
        with pytest.raises(OSError, match="disk full"):
            writer.write(GradedRecord("wrong", "ps", better.notebooks, (), "", 0), None)

    assert _rows(course) == before


def test_full_disk_leaves_no_half_submission(course, stock):
    record = _record(stock, "all")
    with _writer(course) as writer:

        def limit(connection, _):
            pages = connection.execute("pragma page_count").fetchone()[0]
            connection.execute(f"pragma max_page_count={pages + 2}")

        event.listen(writer._book._engine, "connect", limit)
        writer._book._engine.dispose()
        written = []

        def write_until_full():
            for number in range(1000):
                student = f"s{number:04d}"
                writer.write(GradedRecord(student, "ps", record.notebooks, (), "", 0), None)
                written.append(student)

        with pytest.raises(OperationalError, match="full"):
            write_until_full()

    grades, comments, notebooks, _ = _rows(course)
    assert sorted({key[0] for key in grades}) == written
    assert len(grades) == 6 * len(written)
    assert len(comments) == 5 * len(written)
    assert len(notebooks) == 2 * len(written)


def test_database_that_stays_locked_is_an_error_and_not_half_written(course, stock, monkeypatch):
    monkeypatch.setattr("academy.grading.desk.gradebook.PAUSE_SECONDS", 0.01)
    monkeypatch.setattr("academy.grading.desk.gradebook.PATIENCE_SECONDS", 0.2)
    calls = []

    def locked(*_):
        calls.append(1)
        raise OperationalError("update", {}, Exception("database is locked"))

    with _writer(course) as writer:
        monkeypatch.setattr(writer, "_write", locked)
        with pytest.raises(GradingError, match="正被别的程序用着"):
            writer.write(_record(stock, "all"), None)

    assert len(calls) > 1
    assert _rows(course)[0] == {}


def test_submission_is_one_transaction(course, stock):
    with _writer(course) as writer:
        commits = []
        event.listen(writer._book._engine, "commit", lambda _: commits.append(1))
        writer.write(_record(stock, "all"), None)

    assert len(commits) == 1


def test_penalty_goes_when_the_submission_is_no_longer_late(course, stock):
    _write_all(course, stock)
    assert _rows(course)[2]["late", "one"][0] == 4.5

    with _writer(course) as writer:
        writer.write(_record(stock, "late"), datetime(2025, 7, 18, 7))

    assert _rows(course)[2]["late", "one"][0] is None


def test_assignment_that_was_not_generated_is_named_with_the_remedy(course):
    with pytest.raises(GradingError, match="成绩册里没有作业 nix：请先运行 ccom release nix"):
        _writer(course, "nix").__enter__()


def test_only_known_students_where_the_course_says_so(course):
    with _writer(course) as writer:
        assert writer.may_grade("whoever")

    course.api.config.Autograde.create_student = False
    with course.gradebook() as gradebook:
        gradebook.update_or_create_student("S1")
    with _writer(course) as writer:
        assert writer.may_grade("S1")
        assert not writer.may_grade("S2")


def test_a_student_who_is_enrolled_later_may_be_graded_at_once(course):
    course.config.Autograde.create_student = False
    with _writer(course) as writer:
        assert not writer.may_grade("S3")
        with course.gradebook() as gradebook:
            gradebook.update_or_create_student("S3")

        assert writer.may_grade("S3")


def test_it_notices_that_the_assignment_was_made_again(course, stock):
    with _writer(course) as writer:
        writer.write(_record(stock, "all"), None)
        assert writer.holds()

        path = course.folder("source", "ps") / "one.ipynb"
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") == "a-test":
                cell.metadata.nbgrader.points += 1
        nbformat.write(notebook, path)
        course.generate("ps")

        assert not writer.holds()
