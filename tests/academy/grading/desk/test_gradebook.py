"""academy.grading.desk.gradebook：一次一人写，要么全写要么不写；没有成绩册也不新建一本。"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from nbgrader.api import Student
from sqlalchemy import func, select

from academy.grading.desk.gradebook import OpenGradebook


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
