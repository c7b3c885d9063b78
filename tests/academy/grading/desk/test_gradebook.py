"""academy.grading.desk.gradebook：一次一人写，要么全写要么不写；没有成绩册也不新建一本。"""

import contextlib
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from nbgrader.api import Student
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

from academy.grading.desk import gradebook
from academy.grading.desk.batch import grade_course
from academy.grading.desk.gradebook import OpenGradebook
from academy.grading.errors import GradingError


@pytest.fixture
def book(course):
    with OpenGradebook(course.coursedir) as book:
        yield book


def _count(book):
    with book.transaction() as session:
        return session.scalar(select(func.count()).select_from(Student))


def test_what_fails_half_way_is_not_kept(book):
    before = _count(book)

    def half():
        with book.transaction() as session:
            session.add(Student(id="new"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()

    assert _count(book) == before


def test_threads_write_one_after_the_other(book):
    inside, most, before = 0, 0, _count(book)
    counting = threading.Lock()

    def write(number):
        nonlocal inside, most
        with book.transaction() as session:
            with counting:
                inside += 1
                most = max(most, inside)
            session.add(Student(id=f"t{number}"))
            session.flush()
            time.sleep(0.01)
            with counting:
                inside -= 1

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(24)))

    assert most == 1
    assert _count(book) == before + 24


def test_a_course_without_a_gradebook_gets_none(tmp_path):
    path = tmp_path / "gradebook.db"

    with OpenGradebook(SimpleNamespace(db_url=f"sqlite:///{path}")) as book:
        assert not book.exists()

    assert not path.exists()


def test_an_empty_file_is_no_gradebook(tmp_path):
    path = tmp_path / "gradebook.db"
    path.touch()

    with OpenGradebook(SimpleNamespace(db_url=f"sqlite:///{path}")) as book:
        assert not book.exists()


def test_nbgraders_own_is_one(book):
    assert book.exists()


@contextlib.contextmanager
def _held(path):
    """另一个程序把成绩册整本锁着。"""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield other
    finally:
        other.close()


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(gradebook, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(gradebook, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(gradebook, "PATIENCE_SECONDS", 0.3)


def test_a_lock_is_waited_for_and_said_once(course, impatient, monkeypatch, caplog):
    monkeypatch.setattr(gradebook, "PATIENCE_SECONDS", 60)
    with (
        OpenGradebook(course.coursedir) as book,
        _held(course.root / "gradebook.db") as other,
        ThreadPoolExecutor(1) as threads,
    ):
        asked = threads.submit(book.exists)
        while not caplog.messages:
            time.sleep(0.01)
        assert not asked.done()
        time.sleep(0.3)
        other.execute("ROLLBACK")

        assert asked.result()
    assert caplog.messages == ["成绩册 gradebook.db 正被别的程序用着，等它放开（最多 60 秒）……"]


def test_a_lock_without_end_is_an_error_with_the_remedy(course, impatient):
    with (
        OpenGradebook(course.coursedir) as book,
        _held(course.root / "gradebook.db"),
        pytest.raises(GradingError, match=r"gradebook\.db 正被别的程序用着.*请关掉 formgrader"),
    ):
        book.in_transaction(lambda session: session.get(Student, "S1"))


def test_grading_begins_when_the_lock_goes(course, hand_in, right, impatient, monkeypatch, warmed):
    """评分开始时锁着，过一会儿放开：照评，不报错。"""
    monkeypatch.setattr(gradebook, "PATIENCE_SECONDS", 60)
    hand_in("S1", right)
    with _held(course.root / "gradebook.db") as other, ThreadPoolExecutor(1) as threads:
        asked = threads.submit(lambda: list(grade_course(course.api, "px", workers=1)))
        time.sleep(0.5)
        assert not asked.done()
        other.execute("ROLLBACK")
        (outcome,) = asked.result()

    assert outcome.found["score"] == 100


def test_what_is_no_lock_is_not_waited_for(course):
    (course.root / "gradebook.db").write_bytes(b"x" * 5000)

    with OpenGradebook(course.coursedir) as book, pytest.raises(DatabaseError):
        book.exists()
