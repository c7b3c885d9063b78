"""Points only for what the examiner's process proves."""

import pytest

from academy.grading.referee.verdicts import (
    WAITING,
    judge,
    manual_record,
    own_error,
    told_to_learner,
)

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


FAILED = {"status": "error", "ename": "NameError"}


@pytest.mark.parametrize(
    ("report", "verdict"),
    [
        (FAILED, "error"),
        ({"status": "error", "ename": "NotAttempted", "assertion": True}, "error"),
        ({"status": "error", "ename": "Incorrect", "assertion": True}, "failed"),
    ],
)
def test_the_answers_own_error_came_first_and_is_what_is_said(report, verdict):
    record = judge("q", 4, report, "", True, "第 1 行的 “ 是中文引号")

    assert record.message == "作答格没有运行成功：第 1 行的 “ 是中文引号。"
    assert (record.score, record.verdict) == (0, verdict)


def test_own_error_takes_nothing_from_a_pass_and_nothing_is_said_of_an_untouched_cell():
    assert judge("q", 4, OK, "", True, "除数是 0").message == ""
    assert judge("q", 4, OK, "", True, "除数是 0").score == 4
    assert judge("q", 4, FAILED, "", False, "除数是 0").message == "还没有作答。"


def test_something_written_is_never_called_not_attempted():
    report = {"status": "error", "ename": "NotAttempted", "assertion": True}

    assert judge("q", 4, report, "", False).message == "还没有作答。"
    assert judge("q", 4, report, "", True).message.startswith("没有答完")


def _error(kind, message=""):
    return [{"output_type": "error", "ename": kind, "evalue": message, "traceback": []}]


def test_own_error_of_what_ran_to_its_end_is_empty():
    assert own_error("q = 1", [{"output_type": "stream", "name": "stdout", "text": "x"}]) == ""
    assert own_error("raise NotImplementedError", _error("NotImplementedError")) == ""


def test_own_error_reads_magics_as_ipython_does():
    source = "%matplotlib inline\nq1 = “C”"

    assert own_error(source, _error("SyntaxError")).startswith("第 2 行的 “ 是中文引号")


@pytest.mark.parametrize(
    ("source", "kind", "message"),
    [
        ("“" * 4001, "SyntaxError", ""),
        ("q\0", "ValueError", ""),
        ("q = 1", "Forged：满分", "x"),
        ("q = 1", "KeyError", "'" + "x" * 10**6 + "'"),
        ("x\u202e\x1b = “1”", "SyntaxError", ""),
    ],
    ids=["long", "null", "forged", "endless", "odd"],
)
def test_hostile_text_gives_one_short_line(source, kind, message):
    said = own_error(source, _error(kind, message))

    assert said
    assert len(said) <= 200
    assert said.isprintable()
    assert "Forged" not in said


@pytest.mark.parametrize(
    ("verdict", "message", "told"),
    [
        ("error", "作答格没有运行成功：除数是 0。", True),
        ("failed", "作答格没有运行成功：除数是 0。", True),
        ("error", "测试时出错（KeyError）。", True),
        ("error", "测试时出错（Expected49）。", False),
        ("failed", "应为 49", False),
        ("timeout", "运行超时。", True),
    ],
)
def test_learner_is_told_only_what_no_hidden_test_can_say(verdict, message, told):
    assert told_to_learner(verdict, message) == (message if told else "")
