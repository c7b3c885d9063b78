"""academy.rendering.cells：同样的格同样的字节，格的编号固定。"""

import nbformat

from academy.rendering.cells import cell_id, code_cell, is_hidden, markdown_cell, notebook_text


def test_same_cells_give_the_same_valid_bytes():
    def text():
        return notebook_text([markdown_cell("a", "# 题"), code_cell("b", "x = 1", tags=["t"])])

    assert text() == text()
    notebook = nbformat.reads(text(), as_version=4)
    assert [cell.id for cell in notebook.cells] == ["a", "b"]
    assert "outputs" in notebook.cells[1]
    assert text().endswith("}\n")


def test_cell_is_named_by_its_answer_or_its_place():
    named = code_cell("x", "", exercise="ex-a")

    assert cell_id(named, 3) == "ex-a"
    assert cell_id(code_cell("x", ""), 3) == "cell-003"


def test_mistakes_and_notes_are_hidden():
    assert is_hidden(code_cell("x", "", mistakes="q1"))
    assert is_hidden(markdown_cell("x", "", tags=["instructor"]))
    assert not is_hidden(markdown_cell("x", "", tags=["setup"]))
