"""The master's cells by role, and what the learner received of them."""

import re

import pytest
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from academy.grading.desk.master import read_assignment, read_folder
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


BROKEN = {
    b"{": "不是完好的 JSON，请用 JupyterLab 打开、存好，或从母本重新生成。",
    "{中".encode("gbk"): "不是 UTF-8 编码，请另存为 UTF-8。",
    b"[]": "不合笔记本的格式",
    b'{"nbformat": 9, "nbformat_minor": 0, "metadata": {}, "cells": []}': "笔记本",
}


@pytest.mark.parametrize("content", BROKEN)
def test_a_master_that_cannot_be_read_is_refused_in_chinese(tmp_path, content):
    (tmp_path / "p.ipynb").write_bytes(content)

    with pytest.raises(AssignmentError, match=r"p\.ipynb 读不出来：") as refused:
        read_folder(tmp_path)

    said = str(refused.value).partition("读不出来：")[2]
    assert BROKEN[content] in said
    # names and classes apart, nothing of nbformat's English
    assert not re.search("[a-z]+ [a-z]+ [a-z]+", said)


def test_a_master_that_is_no_utf8_is_an_error_of_the_course(tmp_path):
    course = CourseDirectory(root=str(tmp_path))
    folder = tmp_path / "source/hw"
    folder.mkdir(parents=True)
    (folder / "p.ipynb").write_bytes(b"\xff\xfe{")

    with pytest.raises(AssignmentError, match="不是 UTF-8 编码"):
        read_assignment(course, Config(), "hw")


def test_id_used_twice_is_refused(tmp_path):
    cells = [locked("x = 1"), locked("x = 2")]
    cells[1]["id"] = "other"

    with pytest.raises(AssignmentError, match="编号 setup 用了两次"):
        write_master(tmp_path / "hw", cells)


def test_test_that_is_not_written_out_is_refused(tmp_path):
    with pytest.raises(AssignmentError, match="AUTOTEST"):
        write_master(tmp_path / "hw", [check("t", "### AUTOTEST f(1)")])
