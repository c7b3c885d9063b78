"""一份三题的小作业与一个热着的裁判；每个测试交一份自己的答卷。"""

import copy

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from academy.grading.desk.master import read_folder
from academy.grading.desk.rebuild import read_submission
from academy.grading.plan.dry_run import dry_run
from academy.grading.referee.grader import Grader
from academy.grading.work.record import Limits

TOKEN = "tangerine-7141-lantern"
LIMITS = Limits(
    cell_seconds=2,
    call_seconds=1,
    total_seconds=40,
    memory_bytes=1024**3,
    output_bytes=200_000,
    scratch_bytes=8 * 1024**2,
)
SETUP = """import numpy as np
import pandas as pd

data = pd.DataFrame({"calls": [3, 5, 8], "day": ["一", "二", "三"]})"""
ANSWERS = {
    "q1": f'x = "{TOKEN}"',
    "q2": "def f(n):\n    return n * n",
    "q3": "t = data.calls.sum()",
}
TESTS = {
    "q1": f'assert x == "{TOKEN}"',
    "q2": "assert f(3) == 9\nassert abs(f(1.5) - 2.25) < 1e-9",
    "q3": 'assert np.isclose(t, 16)\npd.testing.assert_series_equal(data["calls"], pd.Series([3, 5, 8], name="calls"))',
}


def _role(grade_id, **flags):
    plain = {"grade": False, "solution": False, "locked": True, "task": False}
    return {"nbgrader": plain | {"grade_id": grade_id, "schema_version": 3} | flags}


def _master():
    cells = [new_markdown_cell("# 小作业"), new_code_cell(SETUP, metadata=_role("setup"))]
    for name, answer in ANSWERS.items():
        source = f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION"
        cells.append(new_code_cell(source, metadata=_role(name, solution=True, locked=False)))
        hidden = f"### BEGIN HIDDEN TESTS\n{TESTS[name]}\n### END HIDDEN TESTS"
        cells.append(new_code_cell(hidden, metadata=_role(f"{name}-test", grade=True, points=10)))
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return new_notebook(cells=cells, metadata=kernel)


@pytest.fixture(scope="session")
def hostile_course(tmp_path_factory):
    """课程文件夹：母本、成绩簿模样的文件、另一名学员的答卷，都含着秘密或可以被改坏。"""
    folder = tmp_path_factory.mktemp("hostile")
    source = folder / "source/px"
    source.mkdir(parents=True)
    nbformat.write(_master(), source / "px.ipynb")
    (source / "numbers.csv").write_text("n\n1\n2\n", encoding="utf-8")
    (folder / "gradebook.db").write_text(f"expected {TOKEN}", encoding="utf-8")
    other = folder / "submitted/other/px"
    other.mkdir(parents=True)
    (other / "px.ipynb").write_text(f"{{{TOKEN}}}", encoding="utf-8")
    for path in folder.rglob("*"):
        path.chmod(0o777 if path.is_dir() else 0o666)
    for path in [folder, *folder.parents][:3]:
        path.chmod(0o755)
    return folder


@pytest.fixture(scope="session")
def assignment(hostile_course):
    return read_folder(hostile_course / "source/px")


@pytest.fixture(scope="session")
def grader(assignment, warm):
    plan = dry_run(assignment, LIMITS, nursery=warm)
    with Grader(assignment, plan, LIMITS, nursery=warm) as grader:
        yield grader


@pytest.fixture
def paper():
    """学员拿到的卷：没有答案，没有隐藏测试。"""
    notebook = copy.deepcopy(_master())
    for cell in notebook.cells:
        role = cell.metadata.get("nbgrader", {})
        if role.get("solution") or role.get("grade"):
            cell.source = "# 在这里作答" if role["solution"] else ""
    return notebook


@pytest.fixture
def fill():
    """fill(卷, q1="…")：换掉作答格的内容；没有提到的题答对。"""

    def put(notebook, **sources):
        answers = {"q1": 'x = "?"', "q2": ANSWERS["q2"], "q3": ANSWERS["q3"]} | sources
        for cell in notebook.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            if grade_id in answers:
                cell.source = answers[grade_id]
        return notebook

    return put


@pytest.fixture
def grade(grader, assignment, tmp_path):
    """grade(笔记本或字节, 旁边的文件)：交上去，评出来。"""

    def hand_in(notebook, files=None):
        folder = tmp_path / "submitted/S1/px"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "px.ipynb"
        if isinstance(notebook, bytes):
            path.write_bytes(notebook)
        else:
            path.write_text(nbformat.writes(notebook), encoding="utf-8")
        for name, content in (files or {}).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content, encoding="utf-8")
        return grader.grade(read_submission(folder, assignment, "S1"))

    return hand_in


@pytest.fixture
def points(grade, paper, fill):
    """points(q1="…")：三题各得几分。"""

    def earned(files=None, **sources):
        record = grade(fill(paper, **sources), files)
        return {cell.grade_id.removesuffix("-test"): cell.score for cell in record.cells}

    return earned
