"""The papers: right answers get all points, blanks none, each typical mistake what it deserves."""

from pathlib import Path

import pytest
from traitlets.config.loader import PyFileConfigLoader

from academy.grading.desk.master import read_folder
from academy.grading.desk.rebuild import read_submission
from academy.papers import read_paper
from academy.simulate import answer_book, fill_in

ROOT = Path(__file__).resolve().parents[3]
PAPERS = sorted(path.name for path in (ROOT / "source").iterdir())


@pytest.fixture(scope="module", params=PAPERS)
def paper(request, grader_of):
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    assignment = read_folder(ROOT / "source" / request.param, config)
    return request.param, assignment, grader_of(assignment)


@pytest.fixture
def grade(paper, tmp_path):
    import nbformat

    name, assignment, grader = paper

    def run(answers):
        filled = fill_in(ROOT / "release" / name / f"{name}.ipynb", answers)
        nbformat.write(filled, tmp_path / f"{name}.ipynb")
        return grader.grade(read_submission(tmp_path, assignment, "S1"))

    return run


def test_right_answers_get_all_and_blanks_get_none(paper, grade):
    book = answer_book(ROOT / "text/source" / paper[0] / f"{paper[0]}.py")

    assert grade(book.perfect()).score == 100
    blank = grade({})
    assert blank.score == 0
    assert {cell.verdict for cell in blank.cells} == {"not_attempted"}


def test_typical_mistakes_get_the_points_that_the_master_states(paper, grade):
    parts = read_paper(ROOT / "text/source" / paper[0] / f"{paper[0]}.py").parts
    waiting = {part.name: list(part.mistakes) for part in parts}
    right = {part.name: part.solution for part in parts}

    while any(waiting.values()):
        tried = {name: queue.pop() for name, queue in waiting.items() if queue}
        record = grade({**right, **{name: one.source for name, one in tried.items()}})
        points = {cell.grade_id: cell.score for cell in record.cells}
        for name, mistake in tried.items():
            assert points[f"{name}-test"] == mistake.points, mistake.name
