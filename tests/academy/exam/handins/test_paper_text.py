"""academy.exam.handins.paper_text：是不是这份试卷，写没写东西；一半算是，少一格不算。"""

import nbformat
import pytest

from academy.exam.handins.notebook_file import read_notebook
from academy.exam.handins.paper_text import Blank, Shelf, blank_of, written
from academy.grading.desk.intake import LearnerCell
from academy.simulate import fill_in


def _cell(name, source="x", cell_id=None, kind="code"):
    return LearnerCell(kind, source, name, cell_id)


FOUR = Blank(
    {"q1": "q1 = ..."}, frozenset({"q1", "q1-test", "q2", "q2-test"}), {"i1": "q1"}, frozenset()
)


@pytest.mark.parametrize(
    ("names", "holds"),
    [
        (["q1", "q1-test", "q2", "q2-test"], True),
        (["q1", "q2"], True),  # 正好一半
        (["q1"], False),
        (["q1", "q1", "q1"], False),  # 同一格复制三次还是一格
        (["x", "y", "z"], False),
        ([], False),
    ],
)
def test_half_of_the_cells_make_it_the_paper(names, holds):
    assert FOUR.holds([_cell(name) for name in names]) is holds


def test_cell_is_known_by_its_own_id_where_the_metadata_is_gone():
    assert FOUR.grade_id(_cell(None, cell_id="i1")) == "q1"
    assert FOUR.grade_id(_cell("q2", cell_id="i1")) == "q2"
    assert FOUR.grade_id(_cell("别的", cell_id="i9")) is None


def test_paper_without_cells_is_none():
    assert not Blank({}, frozenset(), {}, frozenset()).holds([])


@pytest.fixture
def px(hall):
    return hall / "release/px/px.ipynb"


def _read(notebook):
    return read_notebook(nbformat.writes(notebook).encode())


@pytest.mark.parametrize(
    ("answers", "answered"),
    [
        ({}, False),
        ({"q1": "q1 = ...\n# 把上面的 ... 换成你的答案  \n"}, False),  # 只多了空白
        ({"q1": "   \n"}, False),  # 清空了
        ({"q1": 'q1 = "A"'}, True),
        ({"q2": "q2 = 3"}, True),
    ],
)
def test_answered_is_what_differs_from_the_stub(px, answers, answered):
    blank = blank_of(nbformat.read(px, as_version=4))

    assert written(_read(fill_in(px, answers)), blank)[0] is answered


def _digest(px, change):
    notebook = fill_in(px, {"q1": 'q1 = "A"'})
    change(notebook)
    return written(_read(notebook), blank_of(nbformat.read(px, as_version=4)))[1]


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (
            lambda nb: nb.cells[-1].update(outputs=[nbformat.v4.new_output("stream", text="x")]),
            True,
        ),
        (lambda nb: nb.cells[-1].update(execution_count=7), True),
        (lambda nb: nb.cells.append(nbformat.v4.new_markdown_cell("记一笔")), True),
        (lambda nb: nb.cells.append(nbformat.v4.new_code_cell("")), True),
        (lambda nb: nb.cells.append(nbformat.v4.new_code_cell("q1 = 'B'")), False),
        (lambda nb: nb.cells[3].update(source='q1 = "B"'), False),
    ],
)
def test_digest_is_of_what_is_graded(px, change, same):
    assert (_digest(px, change) == _digest(px, lambda nb: None)) is same


@pytest.fixture
def shelf(hall, px):
    """shelf(笔记本, 自称哪份卷)：不是 px 的理由。"""
    blank = blank_of(nbformat.read(px, as_version=4))
    books = Shelf(hall, "px")
    return lambda notebook, named="": books.why_not(_read(notebook), blank, named)


def test_paper_is_the_paper_with_or_without_saying_so(shelf, px):
    notebook = nbformat.read(px, as_version=4)

    assert shelf(notebook) is None
    assert shelf(notebook, "px") is None
    assert shelf(notebook, "py").startswith("是试卷 py 的卷子，不是 px")


def test_parallel_paper_with_the_same_cell_names_is_told_by_its_text(shelf, hall):
    other = nbformat.read(hall / "release/py/py.ipynb", as_version=4)

    assert shelf(other).startswith("是试卷 py 的卷子，不是 px")


def test_options_in_another_order_are_the_same_paper(shelf, px):
    notebook = nbformat.read(px, as_version=4)
    for cell in notebook.cells:
        if "options" in cell.metadata:
            cell.source = cell.source.replace("- A. 甲", "- A. 丁").replace("- D. 丁", "- D. 甲")

    assert shelf(notebook) is None


def test_paper_whose_statements_the_learner_deleted_is_still_the_paper(shelf, px):
    notebook = nbformat.read(px, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]

    assert shelf(notebook) is None


def test_paper_whose_cells_lost_their_names_is_said_to_be_converted(shelf, px):
    notebook = nbformat.read(px, as_version=4)
    for place, cell in enumerate(notebook.cells):
        cell.id = f"new-{place}"
        cell.metadata.pop("nbgrader", None)

    assert shelf(notebook).startswith("题目是 px 的，作答格的编号却丢了")


def test_other_paper_whose_cells_lost_their_names_is_still_that_paper(shelf, hall):
    notebook = nbformat.read(hall / "release/py/py.ipynb", as_version=4)
    for place, cell in enumerate(notebook.cells):
        cell.id = f"new-{place}"
        cell.metadata.pop("nbgrader", None)

    assert shelf(notebook).startswith("是试卷 py 的卷子")


def test_lesson_is_named_by_its_title_also_when_worked_in(shelf, hall):
    lesson = nbformat.read(hall / "course/wfmp/01_why.ipynb", as_version=4)
    lesson.cells[-1].source += "\n# 我的笔记"

    assert shelf(lesson).startswith("是课程《排班为什么难？》的笔记本，不是试卷 px")


def test_stranger_is_none_of_ours(shelf):
    stranger = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import pandas as pd")])

    assert shelf(stranger).startswith("不是试卷 px，题目都对不上")
