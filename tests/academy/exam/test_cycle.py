"""academy.exam：真实 nbgrader 上发卷、收卷、评分；坏答卷各有一句话，好答卷照评。"""

import shutil
from datetime import UTC, datetime, timedelta

import nbformat
import pytest

from academy.clock import TIMEZONE
from academy.course import CourseError
from academy.exam.cycle import default_cohort, grade, release, set_due
from academy.exam.enrolment import add_minutes, make_sitting, withdraw
from academy.exam.handins.collecting import adopt, choose, collect
from academy.exam.handins.known import everything
from academy.exam.journal import entries
from academy.exam.results import read_results
from academy.exam.roster import Learner, enrol
from academy.exam.sitting import open_sitting, sittings
from academy.exam.undo import undo
from academy.exam.verdict import terms

PAPER = "px"


def _results(course):
    return read_results(course, PAPER, *terms(course.root))


def _scores(course):
    return _results(course).learners.set_index("学号")


def _resend(course, hand_in, student, answers):
    """又交一份，考务改用它：评过的不会自己换掉。"""
    sitting = open_sitting(course.root, "px@2025-07")
    known = {arrival.place for arrival, _ in everything(course, sitting)}
    hand_in(student, answers)
    adopt(course, sitting)
    (found,) = [
        found for arrival, found in everything(course, sitting) if arrival.place not in known
    ]
    choose(course, sitting, student, found.handins[0].id, "学员重交")


def test_whole_cycle_through_the_exchange(fresh, right, tmp_path):
    course = fresh
    start = datetime(2025, 7, 18, 15, 30, tzinfo=TIMEZONE)
    learners = [Learner("S1", "王敏"), Learner("S2", "李静"), Learner("S3", "张磊")]
    released = release(course, PAPER, learners, start, 90, shared=True)
    for student, answers in [("S1", right), ("S2", {"q1": right["q1"]})]:
        desk = tmp_path / student / PAPER
        shutil.copytree(course.folder("release", PAPER), desk)
        notebook = nbformat.read(desk / "px.ipynb", as_version=4)
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = answers.get(name, cell.source)
        nbformat.write(notebook, desk / "px.ipynb")
        course.submit(PAPER, student, desk)

    sitting = released.sitting
    collected, not_taken = collect(course, sitting)
    outcomes = list(grade(course, PAPER))

    assert sitting.name == "px@2025-07"
    assert sitting.due() == start + timedelta(minutes=90)
    assert course.due(PAPER) == start + timedelta(minutes=90)
    assert (released.added, released.refused) == (["S1", "S2", "S3"], {})
    assert [row.status for row in collected.rows] == ["迟交", "迟交", "未交卷"]
    assert (collected.aside, not_taken) == ((), [])
    assert [outcome.status for outcome in outcomes] == ["graded", "graded"]
    table = _scores(course)
    assert table.loc["S1", ["得分", "结果"]].tolist() == [100, "合格"]
    assert table.loc["S2", ["得分", "结果"]].tolist() == [40, "不合格"]
    assert table.loc["S3", "结果"] == "未交卷"
    assert table.loc["S1", "迟交"] == "迟交"  # 截止时间早已过去


def test_bad_submissions_are_named_and_the_others_graded(course, hand_in, right):
    hand_in("S1", right)
    folder = hand_in("S2", right)
    (folder / "px.ipynb").write_text('{"cells": [', encoding="utf-8")
    folder = hand_in("S3", right)
    (folder / "px.ipynb").write_bytes(b"%PDF-1.7")
    hand_in("X9", right)

    outcomes = {outcome.student: outcome for outcome in grade(course, PAPER)}

    assert outcomes["S1"].status == "graded"
    assert "submitted/S2/px 里的 px.ipynb 是不完整的笔记本" in outcomes["S2"].message
    assert "px.ipynb 是 PDF，不是笔记本" in outcomes["S3"].message
    assert "学号 X9 不在名单里" in outcomes["X9"].message
    assert _scores(course)["结果"].to_dict() == {
        "S1": "合格",
        "S2": "无法评分",
        "S3": "无法评分",
        "S4": "未交卷",
    }


def test_second_grading_skips_what_has_not_changed(course, hand_in, right):
    hand_in("S1", right)
    hand_in("S2", {})
    list(grade(course, PAPER))

    _resend(course, hand_in, "S2", right)
    again = {outcome.student: outcome.status for outcome in grade(course, PAPER)}

    assert again == {"S1": "skipped", "S2": "graded"}
    assert _scores(course).loc["S2", "得分"] == 100


def test_regrades_are_recorded_and_a_changed_paper_asks_why(course, hand_in, right, monkeypatch):
    monkeypatch.setenv("CCOM_STAFF", "考务甲")
    hand_in("S1", {"q1": right["q1"]})
    hand_in("S2", right)
    list(grade(course, PAPER))
    _resend(course, hand_in, "S1", right)
    list(grade(course, PAPER))
    source = course.root / "source/px/px.ipynb"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("# 小卷", "# 小卷（改）"), encoding="utf-8")

    refused = list(grade(course, PAPER))
    assert [outcome.status for outcome in refused] == ["rejected", "rejected"]
    assert "S1 评过了（100 分），交卷件没有变" in refused[0].message
    assert _scores(course).loc[["S1", "S2"], "得分"].tolist() == [100, 100]
    again = list(grade(course, PAPER, ["S2"], why="题目的文字改了"))
    assert [outcome.status for outcome in again] == ["graded"]

    table = _scores(course)
    assert table.loc["S1", "成绩变动"].startswith("40 → 100（考务甲 ")
    assert table.loc["S1", "成绩变动"].endswith("，换了交卷件：学员重交）")
    assert table.loc["S2", "成绩变动"] == ""  # 重评了，分没有变
    log = [entry for entry in entries(course.root, "px@2025-07") if "graded" in entry.what]
    assert sorted((entry.what, entry.learner, entry.why) for entry in log) == [
        ("graded", "S1", ""),
        ("graded", "S2", ""),
        ("regraded", "S1", "换了交卷件：学员重交"),
        ("regraded", "S2", "题目的文字改了"),
    ]
    assert [(one.number, one.before, one.after) for one in _results(course).changes] == [
        ("S1", 40, 100),
        ("S2", 100, 100),
    ]


def test_force_regrades_everybody_with_a_reason_only(course, hand_in, right):
    hand_in("S1", right)
    list(grade(course, PAPER))

    with pytest.raises(CourseError, match="重评要写明原因"):
        list(grade(course, PAPER, force=True, why=" "))
    (outcome,) = grade(course, PAPER, force=True, why="核对")

    assert outcome.status == "graded"
    assert entries(course.root, "px@2025-07")[-1].why == "核对"


def test_sitting_is_graded_without_the_withdrawn_and_other_sittings(course, hand_in, right):
    make_sitting(course.root, PAPER, "b", [Learner("S9", "别的期")], None, 90)
    enrol(course, [Learner("S9", "别的期")])
    for student in ("S1", "S2", "S9"):
        hand_in(student, right)
    withdraw(course.root, "px@2025-07", "S2", "病假")

    assert [one.student for one in grade(course, "px@2025-07")] == ["S1"]
    asked = {one.student: one.message for one in grade(course, "px@2025-07", ["S2", "S9"])}
    assert "S2 已退出场次 px@2025-07（病假），他的答卷不评" in asked["S2"]
    assert asked["S9"] == "S9 在场次 px@b：请运行 ccom grade px@b。"
    assert [one.student for one in grade(course, "px@b")] == ["S9"]
    assert {entry.learner for entry in entries(course.root, "px@b") if entry.learner} == {"S9"}
    with pytest.raises(CourseError, match="px 有 2 个场次"):
        list(grade(course, PAPER))


def test_sitting_nobody_handed_in_to_says_what_to_run(course, hand_in, right):
    hand_in("S1", right)
    make_sitting(course.root, PAPER, "b", [Learner("S9", "别的期")], None, 90)

    with pytest.raises(CourseError, match="场次 px@b 还没有答卷：请先运行 ccom collect px@b"):
        list(grade(course, "px@b"))


def test_practice_paper_without_a_sitting_is_graded_as_before(fresh, right_answers):
    enrol(fresh, [Learner("S1", "王敏")])
    fresh.generate(PAPER)
    folder = fresh.folder("submitted", PAPER, "S1")
    folder.mkdir(parents=True)
    nbformat.write(right_answers(fresh.root), folder / "px.ipynb")

    assert [one.status for one in grade(fresh, PAPER)] == ["graded"]
    assert [one.status for one in grade(fresh, PAPER, force=True)] == ["graded"]  # 不问原因
    assert not (fresh.root / "sittings").exists()


@pytest.mark.parametrize(
    ("start", "cohort"),
    [
        (datetime(2025, 7, 31, 23, 30, tzinfo=TIMEZONE), "2025-07"),
        (datetime(2025, 7, 31, 16, 30, tzinfo=UTC), "2025-08"),  # 北京已是 8 月
        (None, "2025-07"),
    ],
)
def test_cohort_is_the_month_of_the_start_in_china_or_of_today(start, cohort, clock):
    assert default_cohort(start, clock) == cohort


def test_release_makes_nothing_where_nobody_may_sit(course, right):
    before = open_sitting(course.root, PAPER)

    with pytest.raises(
        CourseError, match=r"名单里没有人可以考 px：S1 已经在 px@2025-07 考这份试卷"
    ):
        release(course, PAPER, [Learner("S1", "王敏")], None, 90, cohort="b")

    assert sittings(course.root) == [before]


def test_nbgrader_is_told_the_last_due_time_of_all_sittings(fresh):
    start = datetime(2025, 7, 18, 15, 30, tzinfo=TIMEZONE)
    release(fresh, PAPER, [Learner("S1", "王敏")], start, 90, cohort="a")
    assert fresh.due(PAPER) == start + timedelta(minutes=90)
    release(fresh, PAPER, [Learner("S2", "李静")], start + timedelta(days=1), 90, cohort="b")
    assert fresh.due(PAPER) == start + timedelta(days=1, minutes=90)
    undo(fresh, "px@b")
    add_minutes(fresh.root, PAPER, 20, "S1")

    set_due(fresh, PAPER)

    assert fresh.due(PAPER) == start + timedelta(minutes=110)


def test_interrupted_grading_keeps_what_is_done_and_goes_on(course, hand_in, right):
    for student in ("S1", "S2", "S3"):
        hand_in(student, right)

    def interrupt(outcome):
        if outcome.student == "S2":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(grade(course, PAPER, workers=1, done=interrupt))

    outcomes = [(outcome.student, outcome.status) for outcome in grade(course, PAPER)]

    assert outcomes[:2] == [("S1", "skipped"), ("S2", "skipped")]
    # 中断时正在评的那一份，评完了就算数
    assert outcomes[2] in {("S3", "graded"), ("S3", "skipped")}
    assert _scores(course).loc[["S1", "S2", "S3"], "得分"].tolist() == [100, 100, 100]


def test_endless_loop_costs_its_item_not_the_paper(course, hand_in, right):
    course.api.config.Referee.cell_seconds = 3
    hand_in("S1", right | {"q1": "while True:\n    pass"})

    (outcome,) = grade(course, PAPER)

    assert outcome.status == "graded"
    assert _scores(course).loc["S1", "得分"] == 60


def test_unknown_paper_is_refused_with_the_known_ones(course):
    with pytest.raises(CourseError, match="没有试卷 'py'：source/ 里有 px"):
        list(grade(course, "py"))


def test_grading_before_collecting_says_what_to_run(course):
    with pytest.raises(CourseError, match="ccom collect px"):
        list(grade(course, PAPER))


def test_student_without_submission_is_named(course, hand_in, right):
    hand_in("S1", right)

    outcomes = list(grade(course, PAPER, ["S4"]))

    assert [outcome.status for outcome in outcomes] == ["rejected"]
    assert "S4 没有交 px" in outcomes[0].message
