"""academy.exam.handins.overview：谁交了、谁缺、谁迟、什么搁置；每人一行，每件事一句话。"""

import pytest

from academy.exam.handins.overview import Aside, Collected, Row, inspect
from academy.exam.sitting import open_sitting

TWO = Collected(
    "px@a",
    (Row("S1", "王敏", "已收"), Row("S2", "李静", "搁置"), Row("S3", "张磊", "搁置")),
    (
        Aside("甲。", ("S2",), False),
        Aside("乙。", ("S1", "S2"), False),
        Aside("丙。", ("S1",), True),
    ),
)


def test_sentence_counts_each_status_that_occurs():
    assert TWO.sentence() == "px@a：3 人，按时交卷 1 人、搁置 2 人。"
    assert Collected("px@a", (), ()).sentence() == "px@a：0 人，名单是空的。"
    assert (TWO.count("搁置"), TWO.count("待定")) == (2, 0)


@pytest.mark.parametrize(("number", "said"), [("S1", "乙。丙。"), ("S2", "甲。乙。"), ("S3", "")])
def test_learner_is_told_of_what_concerns_him(number, said):
    assert TWO.why_aside(number) == said


def test_row_is_found_by_number():
    assert TWO.find("S2").name == "李静"
    assert TWO.find("S9") is None


def test_nobody_has_handed_in_yet(course):
    collected = inspect(course, open_sitting(course.root, "px"))

    assert [row.status for row in collected.rows] == ["未交卷"] * 4
    assert collected.aside == ()


def test_open_matters_come_before_settled_ones(put, take, paper, right):
    put("S1.ipynb", paper("S1", right("S1")))
    put("S1.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    put("S2.pdf", b"%PDF-1.7")

    taken = take()

    assert [(one.concerns, one.settled) for one in taken.collected.aside] == [
        (("S2",), False),
        (("S1",), True),
    ]


def test_very_same_file_of_two_learners_is_said_to_both(put, take, paper, right):
    import nbformat

    notebook = nbformat.reads(paper("S1", right("S1")).decode(), as_version=4)
    del notebook.metadata["ccom"], notebook.cells[0]
    content = nbformat.writes(notebook).encode()
    put("S1.ipynb", content)
    put("S2.ipynb", content)

    rows = take().rows

    assert "与 S2 交来的文件一个字节也不差，请核对。" in rows["S1"].note
    assert "与 S1 交来的文件一个字节也不差，请核对。" in rows["S2"].note


def test_arrival_that_was_not_looked_at_yet_is_said(course, put, take, paper, right):
    put("S1.ipynb", paper("S1", right("S1")))
    take()
    for path in (course.root / "sittings").rglob("found.json"):
        path.unlink()

    collected = inspect(course, open_sitting(course.root, "px"))

    assert "S1.ipynb 还没有看过：请再运行一次 ccom collect。" in collected.aside[0].sentence
    assert take().aside == []
