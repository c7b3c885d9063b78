"""Whatever is handed in as a notebook is graded or refused, gets no points unearned, and costs nobody else any."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.grading.desk.intake import cells_of
from academy.grading.desk.notebook_json import parse_notebook
from academy.grading.desk.rebuild import read_submission
from academy.grading.work.record import Limits, Rejected
from tests.academy.grading.fuzz import few
from tests.academy.grading.fuzz.hostile_bytes import JSON, mutated
from tests.academy.grading.fuzz.hostile_cells import CELLS, POINTS, RIGHT, answers, lines
from tests.academy.grading.small import NOTEBOOK, hand_in, verdicts, write_master

CORPUS = sorted((Path(__file__).with_name("corpus") / "notebooks").glob("*"))
GRADE_IDS = st.sampled_from(["a", "f", "s", "a-test", "setup", "A", "a ", ""]) | JSON
CELL = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw", "heading"]) | JSON,
        "source": st.sampled_from(list(RIGHT.values())) | st.text() | st.lists(st.text()) | JSON,
        "input": JSON,
        "id": st.sampled_from(["a", "f-test", "setup"]) | JSON,
        "metadata": st.fixed_dictionaries(
            {"nbgrader": st.fixed_dictionaries({"grade_id": GRADE_IDS}) | JSON}
        )
        | JSON,
        "outputs": JSON,
    },
)
BOOK = st.fixed_dictionaries(
    {"cells": st.lists(CELL | JSON, max_size=8) | JSON},
    optional={"nbformat": JSON, "metadata": JSON, "worksheets": st.lists(JSON, max_size=2)},
) | st.fixed_dictionaries(
    {"worksheets": st.lists(st.fixed_dictionaries({"cells": st.lists(CELL)}) | JSON, max_size=3)}
)


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    """The master."""
    return write_master(tmp_path_factory.mktemp("source") / "hw", CELLS)


@pytest.fixture(scope="module")
def sorter(paper, grader_of):
    """A grader for it that does not wait long."""
    return grader_of(paper, Limits(cell_seconds=1.5, call_seconds=1, total_seconds=12))


@pytest.fixture(scope="module")
def honest(paper, tmp_path_factory):
    """The bytes of an honest notebook."""
    folder = tmp_path_factory.mktemp("honest")
    hand_in(folder, paper, RIGHT)
    return (folder / f"{NOTEBOOK}.ipynb").read_bytes()


def _read(paper, folder, content):
    """What is graded of a notebook of these bytes; None where it is refused."""
    (folder / f"{NOTEBOOK}.ipynb").write_bytes(content)
    try:
        made = read_submission(folder, paper, "S1")
    except Rejected as refused:
        assert refused.reason.startswith(f"{NOTEBOOK}.ipynb")  # noqa: PT017
        return None
    rebuilt = made.notebooks[NOTEBOOK]
    masters = paper.notebooks[0].cells
    assert [cell.master for cell in rebuilt if cell.master is not None] == list(range(len(masters)))
    for cell in rebuilt:
        cell.source.encode()
        if cell.master is not None and masters[cell.master].kind in ("test", "locked"):
            assert cell.source == masters[cell.master].source
    return made


@given(st.data())
@few(60)
def test_bytes_of_a_notebook_are_read_or_refused(paper, honest, tmp_path_factory, drawn):
    content = drawn.draw(mutated(honest) | st.binary(max_size=80))

    _read(paper, tmp_path_factory.mktemp("in"), content)


@given(BOOK | JSON)
@few(80)
def test_json_of_any_form_is_read_or_refused(paper, tmp_path_factory, book):
    _read(paper, tmp_path_factory.mktemp("in"), json.dumps(book).encode())


@given(st.binary(max_size=60) | JSON.map(json.dumps).map(str.encode).flatmap(mutated))
@few(80)
def test_a_refusal_says_why_in_chinese(content):
    try:
        cells_of(parse_notebook(content))
    except ValueError as refused:
        assert any("\u4e00" <= letter <= "\u9fff" for letter in str(refused))  # noqa: PT017


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_what_once_broke_something_is_read_or_refused(paper, sorter, tmp_path, path):
    made = _read(paper, tmp_path, path.read_bytes())

    if made is not None:
        sorter.grade(made)


@given(answers(), lines(), lines())
@few(8)
def test_hostile_cells_earn_nothing_and_cost_the_next_one_nothing(
    paper, sorter, tmp_path_factory, written, before, after
):
    sources, right, hostile = written
    folder = tmp_path_factory.mktemp("in")
    made = _hand_in(folder, paper, sources, before, after)

    record = sorter.grade(made)

    scores = {cell.grade_id: cell.score for cell in record.cells}
    assert scores.keys() == POINTS.keys()
    for name in RIGHT:
        if name not in right:
            assert scores[f"{name}-test"] == 0, (name, sources, before, after)
        elif not (hostile or before.strip() or after.strip()):
            assert scores[f"{name}-test"] == POINTS[f"{name}-test"]
    json.dumps([one.notebook for one in record.notebooks], ensure_ascii=False).encode()
    following = sorter.grade(_hand_in(tmp_path_factory.mktemp("in"), paper, RIGHT, "", ""))
    assert verdicts(following) == dict.fromkeys(POINTS, "passed")


def _hand_in(folder, paper, sources, before, after):
    """As `hand_in`, but with text that no editor would write."""
    hand_in(folder, paper, RIGHT)
    path = folder / f"{NOTEBOOK}.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    for cell in book["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = sources.get(grade_id, cell["source"])
    extra = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    book["cells"] = [{**extra, "source": before}, *book["cells"], {**extra, "source": after}]
    path.write_text(json.dumps(book), encoding="utf-8")
    return read_submission(folder, paper, "学员")
