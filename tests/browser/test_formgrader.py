"""考务在同一个文件夹里打开 formgrader，看到 ccom 评过的卷，也能当场评一份。"""

import nbformat
import pytest

from academy.course import Course
from academy.exam.cycle import grade
from academy.grading.desk.graded_folder import read_marker

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def handed_in(staff_lab, right_answers):
    """S1 交了、ccom 评过；S2 交了、还没有评。给出 (地址, 课程)。"""
    address, folder = staff_lab
    course = Course(folder)
    for student in ("S1", "S2"):
        desk = course.folder("submitted", "px", student)
        desk.mkdir(parents=True)
        nbformat.write(right_answers(folder), desk / "px.ipynb")
    assert [outcome.status for outcome in grade(course, "px", ["S1"])] == ["graded"]
    return address, course


def test_formgrader_lists_the_paper_and_its_graded_submission(handed_in, page):
    address, _ = handed_in

    page.goto(f"{address}/formgrader/manage_submissions/px")
    row = page.locator("tr", has_text="S1")
    row.first.wait_for(timeout=30_000)
    assert "100" in row.first.inner_text()

    page.goto(f"{address}/formgrader/gradebook/px/px")
    page.get_by_text("Submission #1").first.wait_for(timeout=30_000)


def test_graded_notebook_is_shown_with_its_outputs_and_hidden_tests(handed_in, page):
    address, course = handed_in
    with course.gradebook() as gradebook:
        submission = gradebook.find_submission_notebook("px", "px", "S1").id

    page.goto(f"{address}/formgrader/submissions/{submission}")
    page.get_by_text("BEGIN HIDDEN TESTS").first.wait_for(timeout=30_000)


def test_formgraders_own_autograde_uses_the_referee(handed_in, page):
    address, course = handed_in

    page.goto(f"{address}/formgrader/manage_submissions/px")
    row = page.locator("tr", has_text="S2").first
    row.wait_for(timeout=30_000)
    row.locator(".autograde a").click()
    page.get_by_text("Successfully autograded").first.wait_for(timeout=120_000)

    assert read_marker(course.folder("autograded", "px", "S2"))["score"] == 100
