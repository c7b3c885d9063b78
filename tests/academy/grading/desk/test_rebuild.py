"""Of a submission only the learner's text counts; what else was changed is a flag."""

import json

import nbformat
import pytest

from academy.grading.desk.master import read_folder
from academy.grading.desk.rebuild import read_submission
from academy.grading.work.record import Rejected
from tests.academy.grading.small import NOTEBOOK, answer, check, locked, plain, write_master

STUB = "# YOUR CODE HERE\nraise NotImplementedError()"


@pytest.fixture
def assignment(tmp_path):
    cells = [
        locked("import math"),
        answer("a", "x = 1"),
        check("a-test", "assert x == 1\n### BEGIN HIDDEN TESTS\nassert x\n### END HIDDEN TESTS"),
        plain("# try here"),
        answer("b", "y = 2"),
        check("b-test", "assert y == 2"),
    ]
    return write_master(tmp_path / "hw", cells, {"data.csv": b"1"})


@pytest.fixture
def copy(assignment):
    """The released notebook as a plain dict."""
    cells = [
        nbformat.v4.new_code_cell(cell.released, metadata=dict(cell.metadata), id=cell.cell_id)
        for cell in assignment.notebooks[0].cells
    ]
    return json.loads(nbformat.writes(nbformat.v4.new_notebook(cells=cells)))


@pytest.fixture
def read(assignment, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()

    def run(content):
        path = folder / f"{NOTEBOOK}.ipynb"
        if isinstance(content, dict):
            content = json.dumps(content)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_submission(folder, assignment, "S1")

    run.folder = folder
    return run


def sources(submission):
    return [cell.source for cell in submission.notebooks[NOTEBOOK]]


def cell_of(copy, grade_id):
    return next(
        cell
        for cell in copy["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    )


def test_untouched_copy_has_no_flags(read, copy, assignment):
    submission = read(copy)

    assert submission.flags == ()
    assert sources(submission)[2] == assignment.notebooks[0].cells[2].source
    assert [cell.touched for cell in submission.notebooks[NOTEBOOK]] == [False] * 6


def test_answers_are_taken_over_and_tests_are_not(read, copy):
    cell_of(copy, "a")["source"] = "x = 5"
    cell_of(copy, "a-test")["source"] = "pass"
    cell_of(copy, "setup")["source"] = "import os"

    submission = read(copy)

    assert sources(submission)[:2] == ["import math", "x = 5"]
    assert "assert x == 1" in sources(submission)[2]
    assert submission.flags == (
        "p1：只读格 setup 被改过，评卷用母本。",
        "p1：评分格 a-test 被改过，评卷用母本。",
    )


def test_extra_cells_stay_where_they_stood(read, copy):
    copy["cells"].insert(2, nbformat.v4.new_code_cell("helper = 1"))
    copy["cells"].append(nbformat.v4.new_markdown_cell("笔记"))

    submission = read(copy)

    assert sources(submission)[2] == "helper = 1"
    assert sources(submission)[-1] == "笔记"
    assert submission.flags == ()


def test_deleted_cells_come_back(read, copy):
    copy["cells"] = [cell for cell in copy["cells"] if cell["id"] not in ("a-test", "b")]

    submission = read(copy)

    assert len(sources(submission)) == 6
    assert sources(submission)[4] == ""
    assert submission.flags == (
        "p1：评分格 a-test 被删，已补上。",
        "p1：作答格 b 被删或改了名，按没有作答评卷。",
    )


def test_split_answer_runs_whole(read, copy):
    """JupyterLab's split gives both halves the same id."""
    second = json.loads(json.dumps(cell_of(copy, "a")))
    cell_of(copy, "a")["source"] = "half = 1"
    second |= {"source": "x = half", "id": "other"}
    copy["cells"].insert(2, second)

    submission = read(copy)

    assert sources(submission)[1:3] == ["half = 1", "x = half"]
    assert submission.flags == ("p1：作答格 a 出现 2 次。",)


def test_copy_of_the_stub_does_not_undo_the_answer(read, copy):
    second = json.loads(json.dumps(cell_of(copy, "a"))) | {"id": "other"}
    cell_of(copy, "a")["source"] = "x = 1"
    copy["cells"].insert(2, second)

    assert sources(read(copy))[1] == "x = 1"
    assert STUB not in sources(read(copy))[:3]


def test_renamed_answer_is_known_by_its_cell_id(read, copy):
    cell_of(copy, "a")["metadata"] = {}
    copy["cells"][1]["source"] = "x = 1"

    submission = read(copy)

    assert sources(submission)[1] == "x = 1"
    assert submission.flags == ("p1：作答格 a 改了名，按单元格编号认出。",)


def test_masters_order_counts(read, copy):
    copy["cells"] = copy["cells"][::-1]

    submission = read(copy)

    assert sources(submission)[0] == "import math"
    assert submission.flags == ("p1：单元格换了次序，评卷按母本的次序。",)


def test_retyped_answer_is_code_again(read, copy):
    cell_of(copy, "a").update(cell_type="markdown", source="x = 1")

    submission = read(copy)

    assert submission.notebooks[NOTEBOOK][1].cell_type == "code"
    assert submission.flags == ("p1：作答格 a 改了类型，已改回。",)


def test_metadata_of_the_copy_count_for_nothing(read, copy):
    forged = {"grade": True, "grade_id": "a", "points": 100, "locked": False, "solution": False}
    cell_of(copy, "a")["metadata"] = {"nbgrader": forged, "tags": ["skip-execution"]}

    submission = read(copy)

    assert submission.notebooks[NOTEBOOK][1].master == 1
    assert submission.flags == ()


def test_format_3_is_read(read, copy):
    cell_of(copy, "a")["source"] = ["x = ", "1"]
    for cell in copy["cells"]:
        cell["input"] = cell.pop("source")
    old = {"nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": copy["cells"]}]}

    assert sources(read(old))[1] == "x = 1"


GARBAGE = {
    "nothing": b"",
    "not json": b"{",
    "not utf-8": b"\xff\xfe\x00",
    "a number": b"1",
    "no cells": b'{"nbformat": 4}',
    "deep": b"[" * 100_000,
    "huge number": b'{"cells": ' + b"9" * 5000 + b"}",
    "many cells": b'{"cells": [' + b"1," * 6000 + b"1]}",
}


@pytest.mark.parametrize("content", GARBAGE.values(), ids=GARBAGE)
def test_unreadable_notebook_is_rejected_with_a_reason(read, content):
    with pytest.raises(Rejected) as rejected:
        read(content)

    assert rejected.value.student == "S1"
    assert rejected.value.reason.startswith("p1.ipynb ")


ODD = [
    {"cells": [1, None, {"cell_type": 3}, {"metadata": []}, {"source": {"a": 1}}]},
    {"cells": [{"cell_type": "code", "source": "\ud800", "metadata": {"nbgrader": 1}}]},
    {
        "cells": [
            {"cell_type": "code", "source": ["a", 1], "metadata": {"nbgrader": {"grade_id": []}}}
        ]
    },
]


@pytest.mark.parametrize("content", ODD)
def test_odd_cells_are_borne(read, content):
    submission = read(content)

    "".join(sources(submission)).encode()


def test_links_are_never_followed(read, copy, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("x")
    (read.folder / "link.csv").symlink_to(secret)
    (read.folder / "folder").symlink_to(tmp_path)

    submission = read(copy)

    assert submission.files == {}
    assert len(submission.flags) == 2


def test_notebook_that_is_a_link_is_rejected(read, copy, tmp_path):
    (tmp_path / "other.ipynb").write_text(json.dumps(copy))
    (read.folder / f"{NOTEBOOK}.ipynb").symlink_to(tmp_path / "other.ipynb")

    with pytest.raises(Rejected, match="是链接"):
        read_submission(read.folder, read_folder(tmp_path / "hw"), "S1")


def test_own_files_come_along(read, copy):
    (read.folder / "mine.py").write_text("z = 1")
    (read.folder / "timestamp.txt").write_text("2025-01-01")

    assert read(copy).files == {"mine.py": b"z = 1"}


def test_renamed_notebook_is_named_in_the_rejection(read, copy, assignment):
    (read.folder / "p1 (1).ipynb").write_text(json.dumps(copy))

    with pytest.raises(Rejected, match=r"p1 \(1\)\.ipynb"):
        read_submission(read.folder, assignment, "S1")
