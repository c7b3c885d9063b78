"""academy.exam.ledger：评分记进场次的记录；同一份交卷件再评要说原因，换了的不用。"""

from datetime import UTC, datetime

import pytest

from academy.exam.handins.counting import CHOSEN, LAST
from academy.exam.journal import entries, note
from academy.exam.ledger import NEW_HAND_IN, Ledger
from academy.exam.sitting import open_sitting
from academy.grading.desk.service import Outcome
from academy.grading.work.record import Rejected

AT = datetime(2025, 7, 18, 10, 0, tzinfo=UTC)
FINAL = "wfmp-final"
GRADED = Outcome("S1", "graded")


@pytest.fixture
def ledger(school, sit):
    """ledger(why=…)：一次评分的账。"""
    sit(FINAL, "S1", "S2")

    def opened(**options):
        sitting = open_sitting(school.root, FINAL)
        return Ledger(school, sitting, who="甲", now=lambda: AT, **options)

    return opened


def _log(course):
    log = entries(course.root, "wfmp-final@2025-07")
    return [one for one in log if one.what in ("graded", "regraded", "rejected")]


def test_first_grade_is_noted_with_points_and_hand_in(school, ledger, give):
    book = ledger()
    give("S1", 40, 1)
    book.keep(GRADED)

    (entry,) = _log(school)
    assert (entry.what, entry.learner, entry.who, entry.time) == ("graded", "S1", "甲", AT)
    assert entry.facts["after"] == 41
    assert len(entry.facts["hand_in"]) == 64
    assert "before" not in entry.facts


def _graded_once(ledger, give):
    book = ledger()
    give("S1", 40, 1)
    book.keep(GRADED)


def test_same_hand_in_is_graded_again_only_with_a_reason(school, ledger, give, set_points):
    _graded_once(ledger, give)
    book = ledger(why="  ")

    with pytest.raises(Rejected, match=r"S1 评过了（41 分），交卷件没有变.*--why"):
        book.allow("S1")
    book.keep(Outcome("S1", "rejected", "没有写原因"))
    assert len(_log(school)) == 1  # 分没有动，不是没能评

    book = ledger(why=" 第 2 题的答案改了 ")
    book.allow("S1")
    set_points("S1", 40, 60)
    book.keep(GRADED)

    entry = _log(school)[-1]
    assert (entry.what, entry.why) == ("regraded", "第 2 题的答案改了")
    assert (entry.facts["before"], entry.facts["after"]) == (41, 100)


def test_another_hand_in_is_its_own_reason(school, ledger, give, hand, set_points):
    _graded_once(ledger, give)
    hand("S1", at=AT)
    book = ledger()

    book.allow("S1")
    set_points("S1", 40, 60)
    book.keep(GRADED)

    entry = _log(school)[-1]
    assert (entry.what, entry.why, entry.facts["before"]) == ("regraded", NEW_HAND_IN, 41)
    assert entry.facts["hand_in"] != _log(school)[0].facts["hand_in"]


@pytest.mark.parametrize(
    ("rule", "why"),
    [(CHOSEN, "换了交卷件：学员先发错了草稿"), (LAST, NEW_HAND_IN)],
)
def test_reason_why_staff_chose_the_hand_in_is_the_reason_of_the_new_grade(
    school, ledger, give, hand, set_points, rule, why
):
    _graded_once(ledger, give)
    facts = {"rule": rule, "sha256": "0", "name": "S1.ipynb"}
    note(school.root, "wfmp-final@2025-07", "chosen", learner="S1", why="学员先发错了草稿", **facts)
    hand("S1", at=AT)
    book = ledger()
    set_points("S1", 40, 60)
    book.keep(GRADED)

    assert _log(school)[-1].why == why


def test_reason_given_wins_over_the_new_hand_in(school, ledger, give, hand):
    _graded_once(ledger, give)
    hand("S1", at=AT)
    book = ledger(why="补交")
    book.allow("S1")
    book.keep(GRADED)

    assert _log(school)[-1].why == "补交"


def test_what_nbgrader_graded_without_a_log_wants_a_reason_too(ledger, give):
    give("S1", 40, 1)

    with pytest.raises(Rejected, match="S1 评过了（41 分）"):
        ledger().allow("S1")


def test_what_was_skipped_is_no_event(school, ledger, give):
    _graded_once(ledger, give)
    ledger().keep(Outcome("S1", "skipped"))

    assert len(_log(school)) == 1


def test_what_could_not_be_graded_is_noted_once_with_the_reason(school, ledger, hand):
    hand("S1")
    for message in ("打不开。", "打不开。", "是空的。"):
        ledger().keep(Outcome("S1", "rejected", message))

    assert [(entry.what, entry.why) for entry in _log(school)] == [
        ("rejected", "打不开。"),
        ("rejected", "是空的。"),
    ]


def test_points_in_the_gradebook_without_a_graded_folder_are_no_earlier_grade(
    school, ledger, hand, set_points
):
    hand("S1")
    set_points("S1", 0, 0)
    book = ledger()
    set_points("S1", 40, 60)
    book.keep(GRADED)

    assert _log(school)[-1].what == "graded"
