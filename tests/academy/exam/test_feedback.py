"""academy.exam.feedback：得分与方向一样不差，答案一个字没有。"""

import json

import pytest

from academy.exam.enrolment import withdraw
from academy.exam.feedback import read_feedback
from academy.exam.results import read_results
from academy.exam.verdict import terms

FINAL, FIRST = "wfmp-final", "wfmp-resit1"
NAME = f"{FINAL}@2025-07"


def _feedback(course, name=NAME):
    syllabus, mark = terms(course.root)
    found = read_feedback(course, read_results(course, name, syllabus, mark), syllabus)
    return {one.number: one for one in found}


@pytest.fixture
def say(school):
    """say("S1", q1=("failed", "没有通过。")): what the referee's marker says of the two cells."""

    def put(number, paper=FINAL, **said):
        points = {"q1": 40, "q2": 60}
        cells = [
            {"grade_id": f"{name}-test", "score": score, "max_score": points[name], "verdict": verdict, "message": message}
            for name, (score, verdict, message) in said.items()
        ]  # fmt: skip
        marker = school.folder("autograded", paper, number) / ".graded.json"
        content = {"notebooks": {paper: cells}, "flags": []}
        marker.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    return put


def test_points_topics_and_verdict_are_those_of_the_results(school, sit, give, say):
    sit(FINAL, "S1", "S2")
    give("S1", 40, 30)
    give("S2", 0, 60)
    found = _feedback(school)

    one, other = found["S1"], found["S2"]
    assert (one.name, one.title, one.cohort) == ("王敏", "小卷", "2025-07")
    assert (one.points, one.maximum, one.pass_points, one.result) == (70, 100, 70, "合格")
    assert (other.points, other.result, other.passed) == (60, "不合格", False)
    assert [(t.title, t.points, t.maximum, t.share) for t in one.topics] == [
        ("CCOM的历史发展", 40, 40, 1.0),
        ("业务量预测", 30, 60, 0.5),
    ]
    assert [(q.label, q.points, q.maximum) for q in one.questions] == [
        ("第 1 题", 40, 40),
        ("第 2 题", 30, 60),
    ]
    assert one.handed_in == "2025-07-18 16:30:00"


def test_lessons_to_go_back_to_stand_where_the_share_is_below_the_mark(school, sit, give):
    lesson = school.root / "course/common/01_standard.ipynb"
    lesson.parent.mkdir(parents=True)
    text = {"cells": [{"cell_type": "markdown", "metadata": {}, "source": "# 我的岗位在哪里？"}]}
    rest = {"metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    lesson.write_text(json.dumps(text | rest, ensure_ascii=False), encoding="utf-8")
    sit(FINAL, "S1", "S2")
    give("S1", 27, 60)
    give("S2", 28, 60)
    found = _feedback(school)

    assert found["S1"].topics[0].lessons == ("我的岗位在哪里？",)
    assert found["S2"].topics[0].lessons == ()
    assert found["S1"].topics[1].lessons == ()


SAID = {
    "right": ((40, "passed", ""), 40, "答对了。"),
    "wrong": ((0, "failed", "没有通过。"), 0, "没有答对。"),
    "some": ((20, "partial", "得到部分分数 20。"), 20, "得到部分分数。"),
    "blank": ((0, "not_attempted", "还没有作答。"), 0, "没有作答。"),
    "slip": ((0, "error", "作答格没有运行成功：第 1 行的 C 没有引号，写成 q1 = \"C\"。"), 0, "作答格没有运行成功：第 1 行的 C 没有引号，写成 q1 = \"C\"。"),
    "builtin": ((0, "error", "测试时出错（KeyError）。"), 0, "测试时出错（KeyError）。"),
    "hidden": ((0, "error", "测试时出错（Expected49）。"), 0, "答案没有得出来：运行出错。"),
    "leak": ((0, "failed", "应为 49"), 0, "没有答对。"),
    "timeout": ((0, "timeout", "运行超时。"), 0, "运行超时。"),
    "unknown": ((0, "unreadable", ""), 0, "答案读不出来。"),
    "by hand up": ((0, "failed", "没有通过。"), 40, "人工复核给分。"),
    "by hand down": ((40, "passed", ""), 10, "人工复核给分。"),
}  # fmt: skip


@pytest.mark.parametrize(("said", "points", "sentence"), SAID.values(), ids=SAID)
def test_each_question_has_its_sentence(school, sit, give, say, said, points, sentence):
    sit(FINAL, "S1")
    give("S1", points, 60)
    say("S1", q1=said, q2=(60, "passed", ""))

    assert _feedback(school)["S1"].questions[0].sentence == sentence


def test_a_question_graded_in_the_same_room_says_so(school, sit, give, say):
    sit(FINAL, "S1")
    give("S1", 40, 0)
    say("S1", q1=(40, "passed", ""), q2=(0, "failed", "没有通过。"))
    marker = school.folder("autograded", FINAL, "S1") / ".graded.json"
    content = json.loads(marker.read_text(encoding="utf-8"))
    content["notebooks"][FINAL][0]["same_room"] = True
    marker.write_text(json.dumps(content), encoding="utf-8")

    assert [one.sentence for one in _feedback(school)["S1"].questions] == [
        "答对了。（同室评的：测试与作答在同一个进程里。）",
        "没有答对。",
    ]


@pytest.mark.parametrize(
    ("points", "sentence"), [(40, "答对了。"), (20, "得到部分分数。"), (0, "没有答对。")]
)
def test_what_the_referee_did_not_grade_is_told_by_its_points(school, sit, give, points, sentence):
    sit(FINAL, "S1")
    give("S1", points, 60, flags=None)

    assert _feedback(school)["S1"].questions[0].sentence == sentence


def test_only_who_has_points_that_count_is_told(school, sit, give, hand):
    sit(FINAL, "S1", "S2", "S3", "S4")
    give("S1", 40, 60)
    hand("S2")
    give("S4", 40, 60)
    withdraw(school.root, NAME, "S4", "病假")

    assert set(_feedback(school)) == {"S1"}


def test_what_comes_next_is_told_to_who_has_not_passed(school, sit, give):
    sit(FINAL, "S1", "S2", "S3")
    give("S1", 40, 60)
    give("S2", 0, 60)
    give("S3", 0, 60)
    assert {n: one.following for n, one in _feedback(school).items()} == {
        "S1": "",
        "S2": "可以参加第 1 次补考",
        "S3": "可以参加第 1 次补考",
    }

    sit(FIRST, "S2", "S3", cohort="2025-08")
    give("S2", 0, 60, paper=FIRST)
    give("S3", 40, 60, paper=FIRST)
    assert _feedback(school, f"{FIRST}@2025-08")["S2"].following == "可以参加第 2 次补考"
    assert _feedback(school)["S3"].following == ""

    sit("wfmp-resit2", "S2", cohort="2025-09")
    give("S2", 0, 60, paper="wfmp-resit2")
    assert _feedback(school, "wfmp-resit2@2025-09")["S2"].following.startswith("没有补考的机会了")
