"""academy.exam.tables：终端里的表对得齐，空的地方是一横，记录读得懂。"""

from datetime import UTC, datetime

import pytest

from academy.exam.attempts import Attempt, Attempts
from academy.exam.enrolment import add_minutes, make_sitting, withdraw
from academy.exam.journal import Entry
from academy.exam.resit import Candidate
from academy.exam.roster import Learner
from academy.exam.sitting import Enrolled
from academy.exam.tables import (
    attempts_text,
    candidate_row,
    learner_row,
    log_row,
    sitting_row,
    text_table,
)

START = datetime(2025, 7, 18, 7, 30, tzinfo=UTC)


def test_chinese_counts_two_columns_and_nothing_is_a_dash():
    rows = [
        {"学号": "S1", "姓名": "王敏敏", "得分": 69.5},
        {"学号": "S22", "姓名": "Li", "得分": float("nan")},
        {"学号": "S3", "姓名": None, "得分": 100.0},
    ]

    assert text_table(rows) == (
        "学号  姓名    得分\nS1    王敏敏  69.5\nS22   Li      —\nS3    —      100"
    )


def test_wide_column_sets_the_width_and_no_line_ends_in_spaces():
    table = text_table([{"a": "x", "b": "长长长"}, {"a": "yyyy", "b": ""}])

    assert table == "a     b\nx     长长长\nyyyy"


def test_no_rows_are_no_table():
    assert text_table([]) == ""


@pytest.fixture
def sitting(tmp_path):
    learners = [Learner("S1", "王敏"), Learner("S2", "李静")]
    made = make_sitting(tmp_path, "px", "a", learners, START, 90)[0]
    add_minutes(tmp_path, made.name, 10)
    add_minutes(tmp_path, made.name, 5, "S1")
    return withdraw(tmp_path, made.name, "S2", "病假", who="甲", now=lambda: START)


def test_sitting_in_the_list(sitting):
    assert sitting_row(sitting) == {
        "场次": "px@a",
        "试卷": "px",
        "期": "a",
        "开考": "2025-07-18 15:30",
        "时长": "90+10",
        "截止": "2025-07-18 17:10",
        "学员": 1,
        "退出": 1,
    }


def test_sitting_without_a_clock_or_withdrawals_shows_dashes(tmp_path):
    made = make_sitting(tmp_path, "px", "a", [Learner("S1", "王敏")], None, 90)[0]
    row = sitting_row(made)

    assert (row["开考"], row["时长"], row["截止"], row["退出"]) == (None, "90", None, None)


def test_learner_in_the_list(sitting):
    first, second = (learner_row(sitting, one) for one in sitting.learners)

    assert first == {
        "学号": "S1",
        "姓名": "王敏",
        "加时": 5,
        "截止": "2025-07-18 17:15",
        "退出": None,
    }
    assert (second["加时"], second["退出"]) == (None, "2025-07-18 15:30 甲：病假")


def test_log_line_says_what_in_chinese_and_leaves_out_what_is_for_machines():
    facts = {"before": 41.0, "after": 100.0, "hand_in": "abc", "numbers": ["S1", "S2"], "x": None}
    entry = Entry(START, "regraded", "甲", "S1", "题改了", facts)

    assert log_row(entry) == {
        "时间": "2025-07-18 15:30:00",
        "什么": "重评",
        "谁": "甲",
        "学号": "S1",
        "原因": "题改了",
        "细节": "原来 41；得分 100；学号 S1、S2",
    }
    bare = log_row(Entry(START, "collected", "甲"))
    assert (bare["学号"], bare["原因"], bare["细节"]) == (None, None, None)


def _attempt(paper, points, result="不合格"):
    return Attempt(f"{paper}@a", paper, points, 100.0, result, settled=True, saw_paper=True)


def test_attempts_and_what_comes_next():
    attempts = Attempts((_attempt("final", 62.0), _attempt("resit1", None, "未交卷")))
    learner = Enrolled("S1", "王敏")

    assert attempts_text(attempts) == "final 62、resit1 未交卷"
    assert candidate_row(Candidate(learner, attempts, "resit2", "")) == {
        "学号": "S1",
        "姓名": "王敏",
        "考过": "final 62、resit1 未交卷",
        "下一份": "resit2",
        "不能补考": None,
    }
    assert candidate_row(Candidate(learner, attempts, None, "用完了。"))["不能补考"] == "用完了。"
