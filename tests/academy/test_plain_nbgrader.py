"""nbgrader 自己的命令在同一个文件夹里照常可用，与 ccom 用同一本成绩册。"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from academy.exam.cycle import grade
from academy.exam.results import read_results
from academy.exam.verdict import terms

pytestmark = [pytest.mark.slow, pytest.mark.kernels]


def _nbgrader(course, *arguments):
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path, "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    return subprocess.run(command, cwd=course.root, env=environment, capture_output=True, text=True)


def _learners(course):
    results = read_results(course, "px", *terms(course.root))
    return results.learners.set_index("学号")


def test_nbgrader_generates_the_same_release(course):
    before = (course.folder("release", "px") / "px.ipynb").read_bytes()

    result = _nbgrader(course, "generate_assignment", "px", "--force")

    assert result.returncode == 0, result.stderr
    assert (course.folder("release", "px") / "px.ipynb").read_bytes() == before


def test_what_nbgrader_grades_ccom_reports_and_the_other_way_round(course, hand_in, right):
    hand_in("S1", right)
    result = _nbgrader(course, "autograde", "px")
    assert result.returncode == 0, result.stderr

    assert _learners(course).loc["S1", ["得分", "说明"]].tolist() == [100, ""]

    hand_in("S2", {"q1": right["q1"]})
    list(grade(course, "px"))
    exported = _nbgrader(course, "export", "--to", "scores.csv")
    assert exported.returncode == 0, exported.stderr
    text = (course.root / "scores.csv").read_text(encoding="utf-8")
    assert ",S1," in text
    assert _learners(course).loc[["S1", "S2"], "得分"].tolist() == [100, 40]


def test_feedback_is_made_for_what_ccom_graded(course, hand_in, right):
    hand_in("S1", right)
    list(grade(course, "px"))

    result = _nbgrader(course, "generate_feedback", "px")

    assert result.returncode == 0, result.stderr
    assert (course.root / "feedback/S1/px/px.html").exists()


def test_cells_that_let_run_all_go_on_get_the_same_points_from_nbgrader_alone(
    course, hand_in, right
):
    """标着 raises-exception 的作答格与评分格，不用裁判的 nbgrader 也照样评：空白 0 分，写错 0 分。"""
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text(encoding="utf-8").replace("use_referee(c)", ""), "utf-8")
    hand_in("S1", {})
    hand_in("S2", right)
    hand_in("S3", {"q1": "q1 = “B”", "q2": right["q2"]})
    hand_in("S4", {"q1": right["q1"], "q2": f"{right['q2']}\n1 / 0"})

    result = _nbgrader(course, "autograde", "px")

    assert result.returncode == 0, result.stderr
    assert _learners(course)["得分"].to_dict() == {"S1": 0, "S2": 100, "S3": 60, "S4": 100}
