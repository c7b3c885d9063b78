"""A paper of the dialect, graded: part points as its text says, on every seat, whatever was written."""

import nbformat
import pytest
from traitlets.config.loader import PyFileConfigLoader

from academy.grading.desk.master import read_folder
from academy.grading.desk.rebuild import read_submission
from academy.grading.work.record import Seat
from academy.notebooks import files
from academy.papers import read_paper
from academy.seats import paper_data
from academy.simulate import answer_book
from ccomlib.paper import SEAT_VARIABLE
from tests.academy.small_paper import write_small_course
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def paper(tmp_path_factory, grader_of):
    """The small paper, its instructor's notebook and a grader for it."""
    root = write_small_course(tmp_path_factory.mktemp("small"))
    for path, text in files(root).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    assignment = read_folder(root / "source/x-final", config)
    return read_paper(root / "text/source/x-final/x-final.py"), assignment, grader_of(assignment)


@pytest.fixture
def points(paper, tmp_path):
    """points({"q3": …}, seed): points by part of a submission with these answers."""
    own, assignment, grader = paper

    def grade(answers, seed=0):
        source = own.path.parents[3] / "source/x-final/x-final.ipynb"
        notebook = nbformat.read(source, as_version=4)
        for cell in notebook.cells:
            if cell.id in {part.name for part in own.parts}:
                cell.source = answers.get(cell.id, f"{cell.id} = ...")
        nbformat.write(notebook, tmp_path / "x-final.ipynb")
        data = {
            f"data/{name}.csv": text.encode()
            for name, text in paper_data(own.path.parent, seed).items()
        }
        record = grader.grade(
            read_submission(tmp_path, assignment, "S1"), Seat(data, {SEAT_VARIABLE: str(seed)})
        )
        return {cell.grade_id.removesuffix("-test"): cell.score for cell in record.cells}

    return grade


@pytest.mark.parametrize("seed", [0, 1, 9, 2**63 - 25])
def test_right_answers_get_all_on_every_seat(paper, points, seed):
    right = answer_book(paper[0].path, seed).perfect()

    assert points(right, seed) == dict.fromkeys(("q1", "q2", "q3", "q4", "q5"), 20)


def test_untouched_answers_get_nothing(points):
    assert sum(points({}).values()) == 0


@pytest.mark.parametrize("seed", [0, 5])
def test_each_mistake_gets_the_points_that_its_part_states(paper, points, seed):
    book = answer_book(paper[0].path, seed)
    for part in paper[0].parts:
        for answer, mistake in zip(book.mistakes[part.name], part.mistakes, strict=True):
            assert points({part.name: answer}, seed)[part.name] == mistake.points


@pytest.mark.parametrize(
    "value",
    [
        "-5",
        "1000",
        "float('nan')",
        "float('inf')",
        "True",
        "None",
        "'满分'",
        "'ABCD' * 9",
        "[]",
        "['A', 'B']",
        "{'平均': -1, '最多': 'x'}",
        "{}",
        "lambda: 20",
        "20.0",
        "'２０'",
        "object()",
    ],
)
def test_no_value_gets_less_than_nothing_or_more_than_all(points, value):
    answers = {name: f"{name} = {value}" for name in ("q1", "q2", "q3", "q4", "q5")}

    for score in points(answers).values():
        assert 0 <= score < 20
