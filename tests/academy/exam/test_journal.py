"""academy.exam.journal：发生过什么一行一条，只增不改；谁、何时、为什么。"""

from datetime import UTC, datetime

import pytest

from academy.errors import CourseError
from academy.exam.enrolment import make_sitting
from academy.exam.journal import KINDS, Entry, entries, note, staff
from academy.exam.roster import Learner

AT = datetime(2025, 7, 18, 9, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def root(tmp_path):
    make_sitting(tmp_path, "px", "a", [Learner("S1", "王敏")], None, 90, who="甲", now=lambda: AT)
    return tmp_path


def test_entry_comes_back_as_it_was_noted(root):
    noted = note(
        root, "px@a", "regraded", learner="S1", why="母本改过", who="乙", now=lambda: AT,
        before=41.0, after=100.0,
    )  # fmt: skip

    assert noted == Entry(AT, "regraded", "乙", "S1", "母本改过", {"before": 41.0, "after": 100.0})
    assert entries(root, "px@a")[-1] == noted


def test_making_a_sitting_is_noted_with_everybody(root):
    released, enrolled = entries(root, "px@a")

    assert (released.what, released.who, released.facts["minutes"]) == ("released", "甲", 90)
    assert (enrolled.what, enrolled.facts) == ("enrolled", {"numbers": ["S1"]})


def test_lines_are_only_added(root):
    path = root / "sittings/px@a/log.jsonl"
    before = path.read_bytes()
    note(root, "px@a", "collected", now=lambda: AT)

    assert path.read_bytes().startswith(before)
    assert len(entries(root, "px@a")) == 3


def test_who_is_named_by_the_environment_or_the_login(monkeypatch):
    monkeypatch.setenv("CCOM_STAFF", " 考务甲 ")
    assert staff() == "考务甲"
    monkeypatch.setenv("CCOM_STAFF", "")
    monkeypatch.setenv("LOGNAME", "liwei")
    assert staff() == "liwei"


def test_somebody_without_a_login_is_named_by_number(monkeypatch):
    def unknown():
        raise KeyError("uid not found")

    monkeypatch.delenv("CCOM_STAFF", raising=False)
    monkeypatch.setattr("getpass.getuser", unknown)

    assert staff().isdecimal()


def test_note_is_signed_by_who_works_here(root, monkeypatch):
    monkeypatch.setenv("CCOM_STAFF", "考务丙")

    assert note(root, "px@a", "collected").who == "考务丙"


def test_unknown_kind_is_a_mistake_of_the_caller(root):
    with pytest.raises(ValueError, match="what is 'lost'"):
        note(root, "px@a", "lost")
    assert len(entries(root, "px@a")) == 2


def test_every_kind_has_a_name_for_the_eye():
    assert len(set(KINDS.values())) == len(KINDS)


@pytest.mark.parametrize("line", ["{", "[]", '{"time": "x"}', '{"time": "2025-07-18T09:00:00"}'])
def test_damaged_line_is_named(root, line):
    with (root / "sittings/px@a/log.jsonl").open("a") as file:
        file.write(line + "\n")

    with pytest.raises(CourseError, match=r"sittings/px@a/log.jsonl 第 3 行读不出来"):
        entries(root, "px@a")


def test_sitting_without_a_log_has_no_entries(tmp_path):
    assert entries(tmp_path, "px@a") == []
