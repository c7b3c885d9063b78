"""删、加、改、换笔记本的格子与元数据，旁边放别的文件：只是记一笔，不得分也不失分。"""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from academy.grading.work.record import Rejected

from .conftest import ANSWERS, TESTS, TOKEN

HONEST = {"q1": 0, "q2": 10, "q3": 10}


def _cell(notebook, grade_id):
    return next(
        c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def _scores(record):
    return {cell.grade_id.removesuffix("-test"): cell.score for cell in record.cells}


def more_points(notebook):
    _cell(notebook, "q1-test").metadata.nbgrader.points = 1000


def graded_cell_becomes_answer(notebook):
    _cell(notebook, "q1-test").metadata.nbgrader.update(grade=False, solution=True)
    _cell(notebook, "q1-test").source = "pass"


def own_test(notebook):
    _cell(notebook, "q1-test").source = "assert True"


def skipping_tags(notebook):
    for cell in notebook.cells:
        cell.metadata["tags"] = ["skip-execution", "raises-exception", "remove-cell"]


def forged_checksums(notebook):
    for cell in notebook.cells:
        cell.metadata.setdefault("nbgrader", {})["checksum"] = "0" * 32


def other_kernel(notebook):
    notebook.metadata["kernelspec"] = {"name": "bash", "display_name": "Bash", "language": "bash"}


def no_metadata(notebook):
    notebook.metadata.clear()


def full_outputs(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [new_output("execute_result", data={"text/plain": "10"})]
            cell.execution_count = 99


def setup_changed(notebook):
    _cell(notebook, "setup").source = "np = None\ndata = None"


def setup_deleted(notebook):
    notebook.cells.remove(_cell(notebook, "setup"))


def graded_cells_deleted(notebook):
    notebook.cells = [c for c in notebook.cells if not c.metadata.get("nbgrader", {}).get("grade")]


def graded_cell_duplicated(notebook):
    copy = nbformat.from_dict(_cell(notebook, "q1-test"))
    copy.id = "copied"
    copy.source = "x = 'passed'"
    notebook.cells.insert(2, copy)


def reordered(notebook):
    notebook.cells.reverse()


def graded_cells_become_text(notebook):
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.cell_type = "markdown"
            cell.pop("outputs", None)
            cell.pop("execution_count", None)


def unknown_graded_cell(notebook):
    role = {"grade": True, "solution": False, "locked": True, "points": 500, "task": False}
    cell = new_code_cell(
        "1", metadata={"nbgrader": role | {"grade_id": "bonus", "schema_version": 3}}
    )
    notebook.cells.append(cell)


FORGERIES = [
    more_points,
    graded_cell_becomes_answer,
    own_test,
    skipping_tags,
    forged_checksums,
    other_kernel,
    no_metadata,
    full_outputs,
    setup_changed,
    setup_deleted,
    graded_cells_deleted,
    graded_cell_duplicated,
    reordered,
    graded_cells_become_text,
    unknown_graded_cell,
]


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
def test_a_forged_notebook_gains_and_loses_nothing(grade, paper, fill, forge):
    notebook = fill(paper)
    forge(notebook)

    record = grade(notebook)

    assert _scores(record) == HONEST
    assert record.max_score == 30


@pytest.mark.parametrize(
    "forge",
    [own_test, setup_changed, graded_cells_deleted, graded_cell_duplicated],
    ids=lambda f: f.__name__,
)
def test_what_was_changed_is_flagged(grade, paper, fill, forge):
    notebook = fill(paper)
    forge(notebook)

    assert grade(notebook).flags


def test_an_untouched_honest_copy_has_no_flag(grade, paper, fill):
    assert grade(fill(paper)).flags == ()


def test_a_deleted_answer_is_not_attempted(grade, paper, fill):
    notebook = fill(paper)
    notebook.cells.remove(_cell(notebook, "q2"))

    assert _scores(grade(notebook)) == {"q1": 0, "q2": 0, "q3": 10}


def test_a_renamed_answer_does_not_count_for_another(grade, paper, fill):
    notebook = fill(paper, q1="x = 1")
    _cell(notebook, "q2").metadata.nbgrader.grade_id = "mine"

    assert _scores(grade(notebook))["q1"] == 0


FILES = {
    "numpy.py": "def isclose(*a, **k): return True",
    "pandas.py": "raise SystemExit",
    "ccomlib.py": "raise SystemExit",
    "json.py": "raise SystemExit",
    "sitecustomize.py": "raise SystemExit",
    "usercustomize.py": "raise SystemExit",
    "conftest.py": "raise SystemExit",
    "evil.pth": "import os; os._exit(0)",
    "numbers.csv": "n\n99\n",
    "nbgrader_config.py": "raise SystemExit",
    "ipython_config.py": "c = get_config()\nc.InteractiveShellApp.exec_lines = ['x = 1']",
}


def test_stray_files_change_nothing(grade, paper, fill):
    assert _scores(grade(fill(paper), FILES)) == HONEST


def test_the_masters_data_wins_over_the_learners_copy(points):
    source = f'import csv\nx = "{TOKEN}" if open("numbers.csv").read() == "n\\n1\\n2\\n" else "?"'

    assert points(files={"numbers.csv": "n\n99\n"}, q1=source)["q1"] == 10


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\x00\xff", b'{"cells": 3}'],
    ids=["empty", "cut", "a list", "null", "binary", "cells a number"],
)
def test_a_broken_file_is_refused_with_a_reason(grade, content):
    with pytest.raises(Rejected) as refused:
        grade(content)

    assert "请" in refused.value.reason
    assert "\n" not in refused.value.reason


def test_a_cell_that_is_no_cell_earns_nothing(grade):
    record = grade(b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [1]}')

    assert record.score == 0


def test_a_huge_file_is_refused(grade):
    with pytest.raises(Rejected, match="请学员清除输出后重交"):
        grade(b" " * 60_000_000)


def test_a_format_3_notebook_is_graded(grade, paper, fill):
    old = nbformat.convert(fill(paper), 3)

    record = grade(json.dumps(old).encode())

    assert _scores(record) == HONEST


def test_a_link_in_place_of_the_notebook_is_refused(grader, assignment, tmp_path, hostile_course):
    from academy.grading.desk.rebuild import read_submission

    folder = tmp_path / "submitted/S1/px"
    folder.mkdir(parents=True)
    (folder / "px.ipynb").symlink_to(hostile_course / "source/px/px.ipynb")

    with pytest.raises(Rejected):
        read_submission(folder, assignment, "S1")


HONEST_HABITS = {
    "a warning on stderr": "import warnings\nwarnings.warn('小心')\nimport sys\nprint('看这里', file=sys.stderr)\n",
    "prints": "print('我算一下')\n",
    "a displayed table": "data\n",
    "a Chinese name": "我的数 = 3\n",
    "a slow but allowed cell": "import time\ntime.sleep(1)\n",
    "magic": "%matplotlib inline\n",
    "an annotation": "y: int = 3\n",
}


@pytest.mark.parametrize("habit", HONEST_HABITS.values(), ids=HONEST_HABITS.keys())
def test_an_honest_habit_costs_nothing(points, habit):
    assert points(q1=habit + ANSWERS["q1"]) == {"q1": 10, "q2": 10, "q3": 10}


def test_own_helper_cells_and_notes_are_kept(grade, paper, fill):
    notebook = fill(paper, q2="def f(n):\n    return helper(n)")
    place = notebook.cells.index(_cell(notebook, "q2"))
    notebook.cells.insert(place, new_code_cell("def helper(n):\n    return n * n"))
    notebook.cells.insert(place, new_markdown_cell("我的笔记"))
    for number, cell in enumerate(c for c in notebook.cells if c.cell_type == "code"):
        cell.execution_count = 50 - number

    assert _scores(grade(notebook)) == HONEST


def test_a_crash_in_another_cell_costs_nothing(grade, paper, fill):
    notebook = fill(paper, **ANSWERS)
    notebook.cells.insert(2, new_code_cell("1 / 0"))
    notebook.cells.insert(3, new_code_cell("this is no code"))

    assert _scores(grade(notebook)) == {"q1": 10, "q2": 10, "q3": 10}


def test_the_same_bytes_give_the_same_digest(grade, paper, fill):
    notebook = fill(paper, q1="print('a')\nx = 1 / 0")

    assert grade(notebook).digest == grade(notebook).digest


def test_no_hidden_test_is_needed_to_name_the_assignment():
    """对照：隐藏测试里确有秘密，上面的零分才有意义。"""
    assert TOKEN in TESTS["q1"]
