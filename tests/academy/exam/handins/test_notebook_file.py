"""academy.exam.handins.notebook_file：笔记本按内容认；不是的，说得出是什么、请学员怎么办。"""

import json

import nbformat
import pytest

from academy.exam.handins import notebook_file
from academy.exam.handins.notebook_file import NotANotebook, read_notebook

NOTEBOOK = json.dumps(
    {
        "cells": [{"cell_type": "code", "source": ["q1 = ", '"答"'], "metadata": {}, "id": "a"}],
        "metadata": {"ccom": {"number": "S1"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    },
    ensure_ascii=False,
)


def _reason(content):
    with pytest.raises(NotANotebook) as refused:
        read_notebook(content)
    return refused.value


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_notebook_of_any_encoding_is_read_and_written_as_utf8(encoding):
    found = read_notebook(NOTEBOOK.encode(encoding))

    assert found.cells[0].source == 'q1 = "答"'
    assert found.metadata == {"ccom": {"number": "S1"}}
    assert found.utf8 == NOTEBOOK.encode()


def test_utf8_stays_byte_for_byte():
    content = (NOTEBOOK + "\n\n").encode()

    assert read_notebook(content).utf8 is content


def test_old_format_is_read():
    old = {"worksheets": [{"cells": [{"cell_type": "code", "input": "x"}]}], "nbformat": 3}

    assert read_notebook(json.dumps(old).encode()).cells[0].source == "x"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空文件"),
        (b" \n\0", "是空文件"),
        (b"Rar!\x1a\x07\x00", "是 RAR 压缩包，不是笔记本：请学员改压成 .zip，或直接发 .ipynb"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "是 7z 压缩包"),
        (b"\x1f\x8b\x08\0", "是 gz 压缩包"),
        (b"%PDF-1.7", "是 PDF，不是笔记本：请学员在 JupyterLab 里对试卷点「文件 → 下载」"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "是旧版 Office 文件"),
        (b"\x89PNG\r\n\x1a\n", "是图片"),
        (b"\xff\xd8\xff\xe0", "是图片"),
        (b"<!DOCTYPE html><html>", "是导出的网页"),
        ("\ufeff<html>".encode(), "是导出的网页"),
        (b"#!/usr/bin/env python\n# In[1]:\n", "是导出的 Python 脚本"),
        (b"# %%\nq1 = 1\n", "是导出的 Python 脚本"),
        (b"q1 = 1", "不是笔记本"),
        (b"[1, 2]", "不是笔记本"),
        (b'{"a": 1}', "不是笔记本"),
        (b"\xff\xff\xff\xff", "不是笔记本"),
        (b"[" * 100_000, "不是笔记本"),
    ],
)
def test_what_it_is_instead_is_said(content, said):
    error = _reason(content)

    assert error.reason.startswith(said)
    assert "请学员" in error.reason
    assert not error.broken


@pytest.mark.parametrize(
    "content",
    [
        NOTEBOOK[:60].encode(),
        NOTEBOOK[:-1].encode(),
        NOTEBOOK.encode()[: NOTEBOOK.encode().index("答".encode()) + 1],  # 断在一个字中间
        NOTEBOOK[:60].encode("utf-16"),
        b"\xef\xbb\xbf" + NOTEBOOK[:60].encode(),
    ],
)
def test_cut_notebook_is_a_broken_one(content):
    error = _reason(content)

    assert error.broken
    assert error.reason.startswith("是不完整的笔记本（没有传完，或被别的软件改坏）：请学员")


def test_empty_notebook_is_a_broken_one():
    empty = _reason(nbformat.writes(nbformat.v4.new_notebook()).encode())
    without = _reason(b'{"nbformat": 4, "metadata": {}}')

    assert empty.broken
    assert empty.reason.startswith("是空的笔记本")
    assert without.broken
    assert without.reason.startswith("里没有单元格")


def test_notebook_is_taken_up_to_the_limit(monkeypatch):
    content = NOTEBOOK.encode()
    monkeypatch.setattr(notebook_file, "MAX_NOTEBOOK_BYTES", len(content))
    assert read_notebook(content).cells

    monkeypatch.setattr(notebook_file, "MAX_NOTEBOOK_BYTES", len(content) - 1)
    assert "太大：请学员点「清除所有输出」再交" in _reason(content).reason


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("word", "Word 文档"),
        ("xl", "Excel 工作簿"),
        ("ppt", "PowerPoint 文件"),
        ("x", "Office 文件"),
    ],
)
def test_office_files_are_told_apart(zipped, folder, kind):
    content = zipped({"[Content_Types].xml": b"<x/>", f"{folder}/a.xml": b"<x/>"})

    assert _reason(content).reason.startswith(f"是 {kind}，不是笔记本")
