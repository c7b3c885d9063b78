"""考务在同一个文件夹里打开 formgrader，看到 ccom 评过的卷。"""

import nbformat
import pytest

from academy.course import Course
from academy.exam.cycle import grade

pytestmark = pytest.mark.slow


def test_formgrader_lists_the_paper_and_its_graded_submission(staff_lab, right_answers, page):
    address, folder = staff_lab
    course = Course(folder)
    desk = course.folder("submitted", "px", "S1")
    desk.mkdir(parents=True)
    nbformat.write(right_answers(folder), desk / "px.ipynb")
    assert [outcome.status for outcome in grade(course, "px")] == ["graded"]

    page.goto(f"{address}/formgrader/manage_submissions/px")
    row = page.locator("tr", has_text="S1")
    row.first.wait_for(timeout=30_000)
    assert "100" in row.first.inner_text()

    page.goto(f"{address}/formgrader/gradebook/px/px")
    page.get_by_text("Submission #1").first.wait_for(timeout=30_000)
