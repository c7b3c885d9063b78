"""Points only for what the examiner's process proves."""

import pytest

from academy.grading.referee.verdicts import WAITING, judge, manual_record

OK = {"status": "ok"}
CASES = {
    "finished": (OK, "", 4, "passed"),
    "full number": ({**OK, "value": {"number": 4.0}}, "", 4, "passed"),
    "some points": ({**OK, "value": {"number": 1.5}}, "", 1.5, "partial"),
    "no points": ({**OK, "value": {"number": 0.0}}, "", 0, "failed"),
    "too many points": ({**OK, "value": {"number": 5.0}}, "", 0, "error"),
    "below zero": ({**OK, "value": {"number": -1.0}}, "", 0, "error"),
    "not a number": ({**OK, "value": {"other": "bool"}}, "", 0, "error"),
    "assertion": (
        {"status": "error", "ename": "AssertionError", "assertion": True},
        "",
        0,
        "failed",
    ),
    "not attempted": (
        {"status": "error", "ename": "NotAttempted", "assertion": True},
        "",
        0,
        "not_attempted",
    ),
    "exception": ({"status": "error", "ename": "KeyError"}, "", 0, "error"),
    "silence": ({}, "", 0, "died"),
    "died": (OK, "died", 0, "died"),
    "timeout": (OK, "timeout", 0, "timeout"),
    "garbled": (OK, "unreadable", 0, "unreadable"),
    "caught by the test": ({**OK, "gone": True}, "", 0, "died"),
    "unreadable": ({**OK, "unreadable": "x 是 Cheat"}, "", 0, "unreadable"),
}


@pytest.mark.parametrize(("report", "trouble", "score", "verdict"), CASES.values(), ids=CASES)
def test_points_follow_the_proof(report, trouble, score, verdict):
    record = judge("q", 4, report, trouble, True)

    assert (record.score, record.verdict) == (score, verdict)
    assert "\n" not in record.message


def test_failure_of_an_untouched_answer_is_not_attempted():
    failure = {"status": "error", "ename": "NameError"}

    assert judge("q", 4, failure, "", False).verdict == "not_attempted"
    assert judge("q", 4, OK, "", False).verdict == "passed"


def test_messages_tell_nothing_of_the_test():
    report = {"status": "error", "ename": "AssertionError", "assertion": True, "evalue": "5 != 7"}

    assert judge("q", 4, report, "", True).message == "没有通过。"


def test_cells_marked_by_hand_wait():
    assert manual_record("q", 4, True).message == WAITING
    assert manual_record("q", 4, False).verdict == "not_attempted"
