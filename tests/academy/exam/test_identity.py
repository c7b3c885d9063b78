"""academy.exam.identity：卷子自己说是谁的，元数据与第一格各说一遍，都不露座位的秘密。"""

import nbformat
import pytest

from academy.exam.identity import CELL, Identity, draw_seat_id, read_identity, stamp
from academy.grading.desk.intake import LearnerCell, cells_of

WHOSE = Identity("S1", "王敏", "px", "px@2025-07", "KMRT-WXDF")


def _notebook():
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# 小卷", id="cell-001")])


def test_stamped_paper_says_whose_it_is_twice():
    notebook = _notebook()
    stamp(notebook, WHOSE)
    nbformat.validate(notebook)
    cells = cells_of(notebook)

    assert read_identity(notebook.metadata, cells) == WHOSE
    assert read_identity({}, cells) == WHOSE
    assert read_identity(notebook.metadata, []) == WHOSE
    assert [cell.id for cell in notebook.cells] == [CELL, "cell-001"]


def test_stamp_replaces_an_earlier_one():
    notebook = _notebook()
    stamp(notebook, WHOSE)
    other = Identity("S2", "李静", "px", "px@2025-07", "CDFH-JKLM")
    stamp(notebook, other)

    assert [cell.id for cell in notebook.cells] == [CELL, "cell-001"]
    assert read_identity({}, cells_of(notebook)) == other


def test_name_cannot_break_out_of_its_row():
    notebook = _notebook()
    stamp(notebook, Identity("S1", "王|敏\n| 学号 | S2 |", "px", "px@2025-07", "X"))

    assert read_identity({}, cells_of(notebook)).number == "S1"


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"ccom": None},
        {"ccom": []},
        {"ccom": {"number": "S1"}},
        {"ccom": {"number": 1, "name": "", "paper": "px", "sitting": "", "seat": ""}},
        {"ccom": {"number": "", "name": "", "paper": "px", "sitting": "", "seat": ""}},
        {"ccom": {"number": "S1", "name": "", "paper": "", "sitting": "", "seat": ""}},
        {"ccom": {"number": "S" * 201, "name": "", "paper": "px", "sitting": "", "seat": ""}},
    ],
)
def test_what_is_not_whole_says_nothing(metadata):
    assert read_identity(metadata, [LearnerCell("markdown", "| 学号 | S1 |", None, "别的")]) is None


def test_text_is_only_believed_in_the_cell_that_was_made_for_it():
    notebook = _notebook()
    stamp(notebook, WHOSE)
    forged = [LearnerCell("markdown", notebook.cells[0].source, None, "cell-001")]

    assert read_identity({}, forged) is None


def test_seat_ids_differ():
    assert len({draw_seat_id() for _ in range(200)}) == 200
