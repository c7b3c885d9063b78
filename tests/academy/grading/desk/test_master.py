"""The master's cells by role, and what the learner received of them."""

import pytest
from traitlets.config import Config

from academy.grading.desk.master import read_folder
from academy.grading.errors import AssignmentError
from tests.academy.grading.small import answer, check, locked, plain, write_master

HIDDEN = "assert x\n### BEGIN HIDDEN TESTS\nassert x == 1\n### END HIDDEN TESTS"


def test_roles_points_and_released_text(tmp_path):
    cells = [locked("import math"), plain("1"), answer("a", "x = 1"), check("t", HIDDEN, 3)]

    assignment = write_master(tmp_path / "hw", cells, {"data/a.csv": b"1"})

    read = assignment.notebooks[0].cells
    assert [cell.kind for cell in read] == ["locked", "plain", "answer", "test"]
    assert (read[3].points, read[3].released) == (3, "assert x")
    assert "NotImplementedError" in read[2].released
    assert assignment.files == {"data/a.csv": b"1"}


def test_courses_own_stub_is_used(tmp_path):
    write_master(tmp_path / "hw", [answer("a", "x = 1")])
    config = Config()
    config.ClearSolutions.code_stub = {"python": "# 作答"}

    assert read_folder(tmp_path / "hw", config).notebooks[0].cells[0].released == "# 作答"


def test_digest_changes_with_cells_and_data(tmp_path):
    digests = {
        write_master(tmp_path / name, cells, files).digest
        for name, cells, files in [
            ("a", [locked("x = 1")], {}),
            ("b", [locked("x = 2")], {}),
            ("c", [locked("x = 1")], {"d": b"1"}),
        ]
    }

    assert len(digests) == 3


@pytest.mark.parametrize("version", [0, 1, 2])
def test_old_metadata_are_upgraded(tmp_path, version):
    cell = check("t", "assert True", 2)
    del cell.metadata.nbgrader["task"]
    cell.metadata.nbgrader["schema_version"] = version

    read = write_master(tmp_path / "hw", [cell]).notebooks[0].cells[0]

    assert (read.kind, read.points) == ("test", 2)


def test_folder_without_a_notebook_is_refused(tmp_path):
    with pytest.raises(AssignmentError, match=r"没有 \.ipynb 母本"):
        read_folder(tmp_path)


def test_broken_master_is_refused(tmp_path):
    (tmp_path / "p.ipynb").write_text("{")

    with pytest.raises(AssignmentError, match=r"p\.ipynb 读不出来"):
        read_folder(tmp_path)


def test_id_used_twice_is_refused(tmp_path):
    cells = [locked("x = 1"), locked("x = 2")]
    cells[1]["id"] = "other"

    with pytest.raises(AssignmentError, match="编号 setup 用了两次"):
        write_master(tmp_path / "hw", cells)


def test_test_that_is_not_written_out_is_refused(tmp_path):
    with pytest.raises(AssignmentError, match="AUTOTEST"):
        write_master(tmp_path / "hw", [check("t", "### AUTOTEST f(1)")])
