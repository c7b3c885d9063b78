"""academy.exam.results：按场次：谁怎样、考过几次、能不能补考；平均只算算数的人。"""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from academy.errors import CourseError
from academy.exam import results as results_module
from academy.exam.enrolment import add_minutes, withdraw
from academy.exam.journal import note
from academy.exam.results import COLUMNS, read_results
from academy.exam.verdict import terms
from ccomlib.item_analysis import cronbach_alpha

START = datetime(2025, 7, 18, 7, 30, tzinfo=UTC)
DUE = START + timedelta(minutes=90)
FINAL, FIRST, SECOND = "wfmp-final", "wfmp-resit1", "wfmp-resit2"


def _results(course, name=FINAL):
    return read_results(course, name, *terms(course.root))


def _row(results, number):
    return results.learners.set_index("学号").loc[number]


def test_only_the_sittings_learners_are_listed(school, sit, give):
    sit(FINAL, "S1", "S2")
    sit(FINAL, "S3", "S4", cohort="2025-08")
    sit(FIRST, "S5")
    give("S1", 40, 60)
    give("S3", 0, 0)

    results = _results(school, "wfmp-final@2025-07")

    assert results.learners["学号"].tolist() == ["S1", "S2"]
    assert list(results.learners.columns) == list(COLUMNS)
    assert results.graded["学号"].tolist() == ["S1"]
    assert results.sentence() == (
        "wfmp-final@2025-07：2 人应考，合格 1 人、未交卷 1 人，平均 100.0 分（70 分合格）。"
    )
    with pytest.raises(CourseError, match="有 2 个场次"):
        _results(school)


def test_learners_stand_by_number_whatever_the_rosters_order(school, sit, give):
    sit(FINAL, "S3", "S1", "S2")
    give("S3", 40, 60)

    results = _results(school)

    assert results.learners["学号"].tolist() == ["S1", "S2", "S3"]
    assert results.of_result("未交卷")["学号"].tolist() == ["S1", "S2"]
    assert results.of_result("合格", "不合格")["学号"].tolist() == ["S3"]


def test_what_comes_next_is_open_as_long_as_a_paper_waits_for_its_grade(
    school, sit, give, hand, collected
):
    final = sit(FINAL, "S1", "S2").name
    give("S1", 40, 0)
    give("S2", 40, 0)
    collected(final, START + timedelta(days=1))
    sit(FIRST, "S1", start=START + timedelta(days=10))
    hand("S1", FIRST, START + timedelta(days=10))

    assert _results(school).learners["补考"].tolist() == ["", FIRST]


def test_question_that_nobody_was_asked_counts_for_nothing(school, sit, give, monkeypatch):
    """题库里后来添的题，成绩册里没有。"""
    sit(FINAL, "S1")
    give("S1", 40, 0)
    monkeypatch.setattr(results_module, "maxima", lambda *_: {"q1-test": 40.0})

    results = _results(school)

    assert results.maximum == 40
    assert results.items["题"].tolist() == ["q1-test"]


def test_exactly_seventy_passes_and_a_hundredth_less_does_not(school, sit, give):
    sit(FINAL, "S1", "S2", "S3")
    give("S1", 40, 30)
    give("S2", 40, 29.99)
    give("S3", 39.7, 30.3)  # 浮点的和

    assert _results(school).learners["结果"].tolist() == ["合格", "不合格", "合格"]


def test_mean_topics_and_items_are_of_those_who_count(school, sit, give, hand):
    sit(FINAL, "S1", "S2", "S3", "S4", "S5")
    give("S1", 40, 60)
    give("S2", 20, 0)
    give("S3", 40, 60)
    withdraw(school.root, FINAL, "S3", "替考")
    hand("S4")

    results = _results(school)

    assert results.sentence() == (
        "wfmp-final@2025-07：4 人应考，合格 1 人、不合格 1 人、未交卷 1 人、待评分 1 人、退出 1 人，"
        "平均 60.0 分（70 分合格）。"
    )
    assert results.topic_rates().to_dict() == {"c1.history": 0.75, "wfmp.2.workload": 0.5}
    assert results.topic_max.to_dict() == {"c1.history": 40, "wfmp.2.workload": 60}
    items = results.items.set_index("题")
    assert items["平均得分"].to_dict() == {"q1-test": 30, "q2-test": 30}
    assert items["得分率"].to_dict() == {"q1-test": 0.75, "q2-test": 0.5}
    wide = results.wide().set_index("学号")
    assert wide.loc["S2", "c1.history CCOM的历史发展"] == 20
    assert wide.loc["S3", "c1.history CCOM的历史发展":].isna().all()


def test_late_is_counted_and_the_own_due_time_shown(school, sit, give):
    sit(FINAL, "S1", "S2", "S3")
    add_minutes(school.root, FINAL, 15, "S2")
    for number, seconds in (("S1", 1), ("S2", 1), ("S3", 0)):
        give(number, 40, 60, at=DUE + timedelta(seconds=seconds))

    results = _results(school)

    assert results.learners["迟交"].tolist() == ["迟交", "", ""]
    assert results.learners["截止"].tolist() == ["", "2025-07-18 17:15", ""]
    assert results.learners["交卷时间"].tolist()[0] == "2025-07-18 17:00:01"
    assert results.late["学号"].tolist() == ["S1"]
    assert "，迟交 1 人，平均" in results.sentence()


def test_attempts_best_and_what_comes_next_are_shown(school, sit, give, collected):
    final = sit(FINAL, "S1", "S2", "S3", "S4").name
    give("S1", 40, 60)
    give("S2", 40, 10)
    give("S3", 0, 0)
    collected(final, START + timedelta(days=1))
    sit(FIRST, "S2", "S3", "S4", start=START + timedelta(days=10))
    give("S2", 40, 40, FIRST)
    give("S3", 40, 5, FIRST)
    collected("wfmp-resit1@2025-07", START + timedelta(days=11))

    first = _results(school, FIRST)

    assert first.learners["学号"].tolist() == ["S2", "S3", "S4"]
    assert _row(first, "S2")[["各次考试", "最好", "总评", "补考"]].tolist() == [
        "wfmp-final 50、wfmp-resit1 80",
        80,
        "合格",
        "",
    ]
    assert _row(first, "S3")[["各次考试", "最好", "总评", "补考"]].tolist() == [
        "wfmp-final 0、wfmp-resit1 45",
        45,
        "未合格",
        SECOND,
    ]
    absent = _row(first, "S4")
    assert absent[["各次考试", "总评", "补考"]].tolist() == [
        "wfmp-final 未交卷、wfmp-resit1 未交卷",
        "",
        SECOND,
    ]
    assert np.isnan(absent["最好"])
    assert [one.learner.number for one in first.resits] == ["S3", "S4"]
    # 正考那场里也看得到补考合格了
    final = _results(school, FINAL)
    assert _row(final, "S2")[["得分", "结果", "最好", "总评"]].tolist() == [
        50,
        "不合格",
        80,
        "合格",
    ]
    assert _row(final, "S1")[["各次考试", "最好", "总评"]].tolist() == ["", 100, "合格"]


def test_used_up_resits_are_said(school, sit, give):
    for days, paper in enumerate((FINAL, FIRST, SECOND)):
        sit(paper, "S1", start=START + timedelta(days=days))
        give("S1", 0, 0, paper)

    assert _row(_results(school, SECOND), "S1")["补考"].startswith("不能：2 次补考都用过了（")


def test_changes_are_shown_with_who_and_why(school, sit, give, set_points):
    name = sit(FINAL, "S1", "S2", "S3").name
    for number in ("S1", "S2", "S3"):
        give(number, 40, 1)
        note(school.root, name, "graded", learner=number, after=41.0)
    set_points("S1", 40, 60)
    at = lambda: START  # noqa: E731
    facts = {"before": 41.0, "after": 100.0}
    note(school.root, name, "regraded", learner="S1", why="题改了", who="甲", now=at, **facts)
    same = {"before": 41.0, "after": 41.0}
    note(school.root, name, "regraded", learner="S2", why="重评", who="甲", now=at, **same)
    set_points("S3", 40, 30)

    results = _results(school)

    assert results.learners["成绩变动"].tolist() == [
        "41 → 100（甲 2025-07-18 15:30，题改了）",
        "",  # 重评了，分没有变
        "41 → 70（成绩册里改的（人工给分或 nbgrader 重评），没有记录）",
    ]
    assert [one.number for one in results.changes] == ["S1", "S2", "S3"]


def test_hand_ins_set_aside_are_listed_and_told_with_the_learner(school, sit, came):
    sit(FINAL, "S1", "S2")
    came("S1_我的.ipynb", "{")

    results = _results(school)

    (one,) = results.set_aside
    assert "S1_我的.ipynb" in one.sentence
    assert (one.concerns, one.settled) == (("S1",), False)
    assert _row(results, "S1")[["结果", "说明"]].tolist() == ["无法评分", one.sentence]
    assert _row(results, "S2")[["结果", "说明"]].tolist() == ["未交卷", ""]


def test_discrimination_is_the_correlation_with_the_rest(school, sit, give):
    sit(FINAL, "S1", "S2", "S3", "S4")
    q1, q2 = [40, 20, 40, 0], [60, 10, 30, 20]
    for number, *points in zip(("S1", "S2", "S3", "S4"), q1, q2, strict=True):
        give(number, *points)

    items = _results(school).items.set_index("题")

    # 只有两题：其余各题就是另一题
    assert items["区分度"].tolist() == pytest.approx([np.corrcoef(q1, q2)[0, 1]] * 2)


@pytest.mark.parametrize("points", [[(40, 60), (20, 30)], [(40, 60), (40, 20), (40, 10)]])
def test_discrimination_needs_three_learners_and_some_spread(school, sit, give, points):
    numbers = ("S1", "S2", "S3")[: len(points)]
    sit(FINAL, *numbers)
    for number, (q1, q2) in zip(numbers, points, strict=True):
        give(number, q1, q2)

    assert _results(school).items["区分度"].isna().all()


def test_sitting_nobody_has_handed_in_has_results_too(school, sit):
    sit(FINAL, "S1", "S2")

    results = _results(school)

    assert results.sentence() == "wfmp-final@2025-07：2 人应考，未交卷 2 人（70 分合格）。"
    assert len(results.graded) == 0
    assert results.topic_rates().isna().all()


def test_quality_is_told_from_those_who_count(school, sit, give):
    numbers = [f"S{n}" for n in range(1, 13)]
    sit(FINAL, *numbers)
    points = [
        (40, 60), (40, 50), (35, 60), (30, 45), (30, 30), (25, 50),
        (20, 30), (20, 40), (15, 20), (10, 30), (40, 20), (5, 60),
    ]  # fmt: skip
    for number, (q1, q2) in zip(numbers, points, strict=True):
        give(number, q1, q2)
    withdraw(school.root, FINAL, "S12", "替考")

    results = _results(school)

    counting = points[:11]
    assert results.measured.learners == 11
    assert results.measured.alpha == pytest.approx(cronbach_alpha(counting).alpha)
    assert results.measured.cut == 70
    assert results.quality()[0].startswith(f"信度 α = {results.measured.alpha:.2f}")
    assert "只有 11 人，不到 30 人" in results.quality()[-1]
    assert results.items["判断"].tolist() == ["可用", "可用"]


def test_quality_of_a_handful_is_not_told(school, sit, give):
    sit(FINAL, "S1", "S2")
    give("S1", 40, 60)

    results = _results(school)

    assert results.quality() == [
        "有分的 1 人，不到 10 人：信度、标准误与判定的一致都算不准，不报。"
    ]
    assert results.items["判断"].tolist() == ["", ""]
