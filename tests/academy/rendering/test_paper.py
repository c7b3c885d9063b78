"""academy.rendering.paper：nbgrader 的教师卷，元数据与检验由生成器写，nbgrader 认它是好的。"""

import re

import nbformat
from nbgrader.nbgraderformat import MetadataValidator

from academy.rendering import notebook_text, paper_cells
from academy.rendering.paper import test_source as source_of_test


def _by_id(paper):
    return {cell.id: cell for cell in paper_cells(paper)}


def test_cells_stand_in_the_papers_order(paper):
    assert [cell.id for cell in paper_cells(paper)] == [
        "cell-001",
        "setup",
        *(f"q{n}{kind}" for n in range(1, 6) for kind in ("-text", "", "-test")),
        "closing",
    ]


def test_nbgrader_finds_its_metadata_sound(paper):
    notebook = nbformat.reads(notebook_text(paper_cells(paper)), as_version=4)

    MetadataValidator().validate_nb(notebook)

    points = [c.metadata.nbgrader.points for c in notebook.cells if c.id.endswith("-test")]
    assert points == [20] * 5


def test_options_that_a_seat_permutes_carry_their_item(paper):
    cells = _by_id(paper)

    assert [c.metadata.get("options") for c in cells.values() if c.id.endswith("-text")] == [
        "q1",
        "q2",
        "q3",
        "q4",
        None,
    ]
    assert "- A. 加人\n- B. 改班次\n- C. 改需求" in cells["q1-text"].source


def test_run_all_goes_on_past_answers_and_confirmations(paper):
    for name, cell in _by_id(paper).items():
        graded = name not in ("setup",) and cell.cell_type == "code"
        assert ("raises-exception" in cell.metadata.get("tags", [])) == graded


def test_setup_has_the_papers_tools_and_the_authors(paper):
    source = _by_id(paper)["setup"].source

    assert "import math\n\nuse_chinese()\npaper = open_paper()" in source
    compile(source, "setup", "exec")


def test_learner_sees_of_a_test_only_the_confirmation(paper):
    for part in paper.parts:
        shown = re.sub(
            r"### BEGIN HIDDEN TESTS\n.*\n### END HIDDEN TESTS",
            "",
            source_of_test(part),
            flags=re.S,
        )
        assert shown == f'answered({part.name}, "{part.form}", what="{part.title}")\n'


def test_hidden_tests_compare_or_score(paper):
    last = {part.name: source_of_test(part).splitlines()[-2] for part in paper.parts}

    assert last["q1"] == 'expect(q1, choice_key("q1", "B", count=3), what="第 1 题")'
    assert last["q2"] == (
        'expect(q2, choice_key("q2", "ABCDEFGH"[right_q2() - 1], count=3), what="第 2 题")'
    )
    assert (
        last["q3"] == f'order_points(q3, choice_key("q3", "{paper["q3"].stem.key}", count=4), 20)'
    )
    assert last["q4"].startswith('match_points(q4, choice_key("q4", ')
    assert last["q5"] == "share_points(q5, right_q5(), 20, tol=0.01)"


def test_neither_mistakes_nor_notes_are_in_the_notebook(paper):
    text = notebook_text(paper_cells(paper))

    for words in ("错因", "错排", "错配", "讲师提示", "只会加人"):
        assert words not in text
