"""academy.papers.items：生成的评分格写着细目表，读回来就是它。"""

import nbformat
import pytest

from academy.masters import MasterError
from academy.papers import items
from academy.rendering import paper_cells


def test_items_are_what_the_blueprint_says(paper):
    found = items(nbformat.v4.new_notebook(cells=paper_cells(paper)), paper.path)

    assert [one.grade_id for one in found] == [f"q{n}-test" for n in range(1, 6)]
    last = found[-1]
    assert (last.answer_id, last.topic, last.level, last.kind) == ("q5", "x.3.b", "apply", "data")
    assert (last.points, last.minutes, last.steps, last.data) == (20, 2.5, 1, True)
    assert [one.data for one in found] == [False, True, False, False, True]


def test_graded_cell_without_a_blueprint_is_refused(paper):
    cells = paper_cells(paper)
    del cells[-2].metadata["item"]["topic"]

    with pytest.raises(MasterError, match="q5-test 没有细目表的信息（topic）"):
        items(nbformat.v4.new_notebook(cells=cells), paper.path)
