"""academy.exam.attempts：每人考过几次、各多少分、哪次最好；退出的不算一次。"""

from datetime import UTC, datetime, timedelta

import pytest

from academy.exam.attempts import Attempt, Attempts, papers_of_role, read_attempts
from academy.exam.enrolment import withdraw
from academy.exam.journal import note
from academy.exam.verdict import terms

START = datetime(2025, 7, 18, 7, 30, tzinfo=UTC)
PAPERS = ("wfmp-final", "wfmp-resit1", "wfmp-resit2")
LATER = START + timedelta(days=1)


def _attempts(course, **options):
    return read_attempts(course, PAPERS, terms(course.root)[1], **options)


def test_papers_of_a_role_come_from_the_syllabus(school):
    syllabus, _ = terms(school.root)

    assert papers_of_role(syllabus, "wfmp-resit1") == PAPERS
    assert papers_of_role(syllabus, "px") == ("px",)


def test_attempts_come_in_the_order_they_were_sat_with_the_best_named(school, sit, give):
    sit("wfmp-resit1", "S1", start=START + timedelta(days=30))
    sit("wfmp-final", "S1", "S2", start=START, at=START + timedelta(days=40))  # 补登记的
    sit("wfmp-resit2", "S1", start=START + timedelta(days=60))
    give("S1", 20, 30)
    give("S1", 40, 25, "wfmp-resit1")
    give("S1", 40, 20, "wfmp-resit2")
    give("S2", 40, 30)

    found = _attempts(school)

    assert [(one.paper, one.points, one.result) for one in found["S1"].all] == [
        ("wfmp-final", 50, "不合格"),
        ("wfmp-resit1", 65, "不合格"),
        ("wfmp-resit2", 60, "不合格"),
    ]
    assert found["S1"].best.paper == "wfmp-resit1"
    assert not found["S1"].passed
    assert (found["S2"].passed, found["S2"].best.points) == (True, 70)
    assert [one.maximum for one in found["S1"].all] == [100, 100, 100]


def test_one_sitting_can_be_left_out(school, sit, give):
    name = sit("wfmp-final", "S1").name
    sit("wfmp-resit1", "S1", start=LATER)

    assert [one.paper for one in _attempts(school, without=name)["S1"].all] == ["wfmp-resit1"]


def test_other_papers_are_not_attempts_of_the_role(school, sit):
    sit("wfmp-final", "S1")

    assert read_attempts(school, ("wfmp-resit1",), terms(school.root)[1]) == {}


def test_absence_settles_only_when_collected_after_the_end(school, sit, collected):
    name = sit("wfmp-final", "S1").name
    assert _attempts(school)["S1"].pending.result == "未交卷"

    collected(name, START + timedelta(minutes=90))
    assert _attempts(school)["S1"].pending is not None
    collected(name, START + timedelta(minutes=91))

    own = _attempts(school)["S1"]
    assert own.pending is None
    assert len(own.counting) == 1
    assert own.best is None


def test_what_is_handed_in_and_not_graded_is_pending_however_late_it_is(
    school, sit, hand, collected
):
    name = sit("wfmp-final", "S1").name
    hand("S1")
    collected(name, LATER)

    assert _attempts(school)["S1"].pending.result == "待评分"


def test_withdrawn_learner_keeps_the_attempt_and_a_paper_not_handed_in(school, sit, give):
    name = sit("wfmp-final", "S1", "S2").name
    give("S2", 40, 60)
    withdraw(school.root, name, "S1", "病假")
    withdraw(school.root, name, "S2", "替考")

    found = _attempts(school)

    assert [len(found[number].counting) for number in ("S1", "S2")] == [0, 0]
    assert [found[number].seen for number in ("S1", "S2")] == [(), ("wfmp-final",)]
    assert [found[number].pending for number in ("S1", "S2")] == [None, None]
    assert [found[number].best for number in ("S1", "S2")] == [None, None]
    assert not found["S2"].passed  # 退出的那次 100 分不算


def test_file_that_can_not_count_uses_up_the_attempt_when_collected_after_the_end(
    school, sit, came, collected
):
    name = sit("wfmp-final", "S1").name
    came("S1.ipynb", "%PDF-1.7")
    collected(name, START + timedelta(minutes=90))
    assert _attempts(school)["S1"].pending.result == "无法评分"

    collected(name, START + timedelta(minutes=91))

    own = _attempts(school)["S1"]
    assert (own.pending, len(own.counting), own.seen) == (None, 1, ("wfmp-final",))


def test_paper_that_could_not_be_graded_is_pending_however_late_it_is(school, sit, hand, collected):
    name = sit("wfmp-final", "S1").name
    hand("S1")
    note(school.root, name, "rejected", learner="S1", why="x")
    collected(name, LATER)

    assert _attempts(school)["S1"].pending.result == "无法评分"


def test_withdrawn_learner_of_whom_a_file_came_has_seen_the_paper(school, sit, came, collected):
    name = sit("wfmp-final", "S1", "S2").name
    withdraw(school.root, name, "S1", "病假")
    withdraw(school.root, name, "S2", "病假")
    came("S1.ipynb", "%PDF-1.7")
    collected(name, LATER)

    found = _attempts(school)

    assert [found[number].seen for number in ("S1", "S2")] == [("wfmp-final",), ()]
    assert [len(found[number].counting) for number in ("S1", "S2")] == [0, 0]


def _attempt(paper, points, maximum=100.0, result="不合格"):
    return Attempt(f"{paper}@a", paper, points, maximum, result, settled=True, saw_paper=True)


@pytest.mark.parametrize(
    ("given", "best"),
    [
        ([("a", 50, 100), ("b", 60, 100)], "b"),
        ([("a", 60, 100), ("b", 50, 100)], "a"),
        ([("a", 60, 100), ("b", 60, 100)], "a"),  # 一样的取早的
        ([("a", 60, 100), ("b", 35, 50)], "b"),  # 比的是得分率
        ([("a", None, 100), ("b", 0, 100)], "b"),
        ([("a", 10, 0), ("b", 1, 100)], "b"),  # 没有分可得的不比
    ],
)
def test_best_is_the_highest_share_and_the_earlier_of_equals(given, best):
    attempts = Attempts(tuple(_attempt(*one) for one in given))

    assert attempts.best.paper == best
