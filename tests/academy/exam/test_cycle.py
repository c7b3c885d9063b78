"""academy.exam：真实 nbgrader 上发卷、收卷、评分；坏答卷各有一句话，好答卷照评。"""

import shutil
from datetime import datetime, timedelta

import nbformat
import pandas as pd
import pytest

from academy.clock import TIMEZONE
from academy.course import CourseError
from academy.exam.cycle import collect, grade, release
from academy.exam.report import screen_table, write_report
from academy.exam.results import read_results
from academy.exam.roster import Learner
from academy.exam.verdict import terms

PAPER = "px"


def _results(course):
    return read_results(course, PAPER, *terms(course.root))


def _scores(course):
    return _results(course).learners.set_index("学号")


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

    students, problems = collect(course, PAPER)
    outcomes = list(grade(course, PAPER))

    sitting = released.sitting
    assert sitting.name == "px@2025-07"
    assert sitting.due() == start + timedelta(minutes=90)
    assert course.due(PAPER) == start + timedelta(minutes=90)
    assert (released.added, released.refused) == (["S1", "S2", "S3"], {})
    assert (students, problems) == (["S1", "S2"], [])
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
    (folder / "px.ipynb").rename(folder / "我的答案.docx")
    hand_in("X9", right)

    outcomes = {outcome.student: outcome for outcome in grade(course, PAPER)}

    assert outcomes["S1"].status == "graded"
    assert "submitted/S2/px/px.ipynb 打不开" in outcomes["S2"].message
    assert "submitted/S3/px 里没有笔记本（我的答案.docx）" in outcomes["S3"].message
    assert "学号 X9 不在名单里" in outcomes["X9"].message
    assert _scores(course)["结果"].to_dict() == {
        "S1": "合格",
        "S2": "无法评分",
        "S3": "无法评分",
        "S4": "未交卷",
    }


def test_renamed_notebook_is_recognised_by_its_cells(course, hand_in, right):
    hand_in("S1", right, name="王敏-最终版.ipynb")

    (outcome,) = grade(course, PAPER)

    assert outcome.status == "graded"
    assert "王敏-最终版.ipynb 已按内容认作 px.ipynb" in outcome.message
    assert _scores(course).loc["S1", "得分"] == 100


def test_some_other_notebook_is_not_taken_for_the_paper(course):
    folder = course.folder("submitted", PAPER, "S1")
    folder.mkdir(parents=True)
    other = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    nbformat.write(other, folder / "练习.ipynb")

    (outcome,) = grade(course, PAPER)

    assert outcome.status == "rejected"
    assert "练习.ipynb 不是试卷 px" in outcome.message


def test_second_grading_skips_what_has_not_changed(course, hand_in, right):
    hand_in("S1", right)
    hand_in("S2", {})
    list(grade(course, PAPER))

    hand_in("S2", right)
    again = {outcome.student: outcome.status for outcome in grade(course, PAPER)}

    assert again == {"S1": "skipped", "S2": "graded"}
    assert _scores(course).loc["S2", "得分"] == 100


def test_interrupted_grading_keeps_what_is_done_and_goes_on(course, hand_in, right):
    for student in ("S1", "S2", "S3"):
        hand_in(student, right)

    def interrupt(outcome):
        if outcome.student == "S2":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(grade(course, PAPER, workers=1, done=interrupt))

    outcomes = [(outcome.student, outcome.status) for outcome in grade(course, PAPER)]

    assert outcomes == [("S1", "skipped"), ("S2", "skipped"), ("S3", "graded")]
    assert _scores(course).loc[["S1", "S2", "S3"], "得分"].tolist() == [100, 100, 100]


def test_submissions_from_a_folder_are_recognised_by_number(course, hand_in, right, tmp_path):
    inbox = tmp_path / "钉钉"
    inbox.mkdir()
    made = hand_in("S1", right)
    shutil.move(made / "px.ipynb", inbox / "S1_王敏_px.ipynb")
    shutil.rmtree(made)
    (inbox / "S11_谁.ipynb").write_text("{}", encoding="utf-8")

    students, problems = collect(course, PAPER, inbox)

    assert students == ["S1"]
    assert problems == ["S11_谁.ipynb：开头不是名单里的学号，没有收；请改名为「学号_px」再收一次。"]


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


def test_report_files_agree_with_the_gradebook(course, hand_in, right, tmp_path):
    hand_in("S1", right)
    hand_in("S2", {"q2": right["q2"]})
    list(grade(course, PAPER))
    results = _results(course)

    files = write_report(results, tmp_path / "results")

    assert [path.suffix for path in files] == [".xlsx", ".csv", ".html"]
    table = pd.read_csv(files[1], dtype={"学号": str}).set_index("学号")
    assert table["得分"].dropna().to_dict() == {"S1": 100, "S2": 60}
    assert table.loc["S2", "c1.history CCOM的历史发展"] == 0
    excel = pd.read_excel(files[0], sheet_name="成绩", dtype={"学号": str}).set_index("学号")
    assert excel["得分"].dropna().to_dict() == {"S1": 100, "S2": 60}
    page = files[2].read_text(encoding="utf-8")
    assert "合格 1 人" in page
    assert page.count("data:image/png;base64,") == 2
    assert "S2    李静  60" in screen_table(results)


def test_names_are_escaped_in_the_page(course, hand_in, right, tmp_path):
    release(course, PAPER, [Learner("S1", "<script>x</script>")], None, 90, cohort="2025-07")
    results = _results(course)

    page = write_report(results, tmp_path)[2].read_text(encoding="utf-8")

    assert "<script>x" not in page
