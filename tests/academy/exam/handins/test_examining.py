"""academy.exam.handins.examining：先看卷子里写的是谁，再看名字；对不上的说清楚，谁的也不算。"""

import json
from datetime import UTC, datetime

import nbformat
import pytest

from academy.exam.handins.arrivals import Arrival
from academy.exam.handins.examining import Examiner, found_from, found_out
from academy.exam.handins.unpack import pack
from academy.exam.seating.frozen import read_manifest

AT = datetime(2025, 7, 18, 8, 0, tzinfo=UTC)


@pytest.fixture
def look(course, sitting):
    """look(名字, 内容)：里面有什么。"""
    examiner = Examiner(course, sitting)

    def run(name, content, *, sender="", source="folder", times=None):
        folder = isinstance(content, dict)
        arrival = Arrival(
            place=f"{sender or '_unknown'}/x", name=name, at=AT, source=source, sender=sender,
            is_folder=folder, times=times or {}, remarks=(), collected=AT, sha256="0",
        )  # fmt: skip
        return examiner.look(arrival, pack(content) if folder else content)

    return run


def _bare(content):
    notebook = nbformat.reads(content.decode(), as_version=4)
    del notebook.metadata["ccom"], notebook.cells[0]
    return nbformat.writes(notebook).encode()


@pytest.mark.parametrize(
    ("name", "sender", "bare", "number", "aside"),
    [
        ("S1.ipynb", "S1", False, "S1", ""),
        ("下载.ipynb", "", False, "S1", ""),
        ("S1.ipynb", "S1", True, "S1", ""),
        ("下载.ipynb", "", True, "", "里面没写是谁的，文件名也看不出学号"),
        ("S1_李静.ipynb", "", True, "", "文件名像是 S1、S2 几个人的"),
        ("S1_李静.ipynb", "", False, "", "以 S2 李静 的名义交来，里面却是 S1 王敏 的卷子"),
        ("S2.ipynb", "S2", False, "", "以 S2 李静 的名义交来，里面却是 S1 王敏 的卷子"),
    ],
)
def test_whose_it_is(look, paper, name, sender, bare, number, aside):
    content = _bare(paper("S1")) if bare else paper("S1")

    (found,) = look(name, content, sender=sender).handins

    assert found.number == number
    assert aside in found.aside
    assert bool(found.aside) is not bool(number)


def test_paper_of_somebody_not_in_the_sitting(look, paper):
    content = paper(
        "S1", ccom={"number": "S7", "name": "谁", "paper": "px", "sitting": "px@a", "seat": "X"}
    )

    (found,) = look("下载.ipynb", content).handins

    assert "是 S7 谁 的卷子（场次 px@a），他不在本场名单里" in found.aside
    assert found.concerns == ("S7",)


def test_seat_that_was_not_handed_out_to_the_learner(look, paper, course):
    whose = {"number": "S1", "name": "王敏", "paper": "px", "sitting": "px@2025-07"}

    (found,) = look(
        "S1.ipynb", paper("S1", ccom=whose | {"seat": "HHHH-HHHH"}), sender="S1"
    ).handins

    seat = read_manifest(course.root, "px@2025-07", "px", "S1").seat
    assert f"座位却是 HHHH-HHHH，不是发给他的 {seat}" in found.aside


def test_stranger_in_the_exchange_gets_nothing(look, paper):
    (found,) = look("X9+px+t+r", {"px.ipynb": paper("S1")}, source="exchange").handins

    assert found.number == ""
    assert "以 X9 的名义交来，本场名单里没有他" in found.aside


def test_random_part_of_an_exchange_folder_points_to_nobody(look, paper):
    name = "S1+px+2025-07-18 08:00:00 UTC+王敏 李静"

    (found,) = look(name, {"px.ipynb": _bare(paper("S1"))}, sender="S1", source="exchange").handins

    assert (found.number, found.aside) == ("S1", "")


def test_each_notebook_of_a_folder_has_its_own_time_and_owner(look, paper):
    later = datetime(2025, 7, 18, 8, 30, tzinfo=UTC)
    files = {"周五/S1.ipynb": paper("S1"), "周五/S2.ipynb": paper("S2")}

    found = look("全班", files, times={"周五/S1.ipynb": AT, "周五/S2.ipynb": later})

    assert [(one.number, one.at) for one in found.handins] == [("S1", AT), ("S2", later)]
    assert [one.name for one in found.handins] == [
        "全班 里的 周五/S1.ipynb",
        "全班 里的 周五/S2.ipynb",
    ]


def test_files_beside_a_paper_are_no_matter_and_alone_they_are(look, paper):
    files = {f"图{place}.png": b"\x89PNG" for place in range(5)}

    assert look("S1", files | {"px.ipynb": paper("S1")}, sender="S1").aside == ()
    alone = look("S1", files, sender="S1").aside
    assert len(alone) == 4
    assert "是图片" in alone[0]
    assert alone[-1] == "S1：另有 2 个文件也不是笔记本。"


def test_broken_notebook_beside_a_paper_is_said_all_the_same(look, paper):
    found = look("S1", {"px.ipynb": paper("S1"), "px2.ipynb": paper("S1")[:900]}, sender="S1")

    assert len(found.handins) == 1
    assert found.aside[0].startswith("S1 里的 px2.ipynb 是不完整的笔记本")


def test_empty_folder_is_said(look):
    assert look("S1", {}, sender="S1").aside == ("S1：里面什么也没有：请学员重交。",)


def test_what_was_found_comes_back_from_its_file(look, paper, right):
    found = look("S1", {"px.ipynb": paper("S1", right("S1")), "坏.ipynb": b'{"cells"'}, sender="S1")
    text = json.dumps(found_out(found), default=lambda at: at.isoformat())

    assert found_from(json.loads(text)) == found
    assert found.handins[0].answered


@pytest.mark.parametrize("content", [None, {}, {"handins": [{}], "aside": []}, {"handins": 1}])
def test_spoilt_file_is_none(content):
    assert found_from(content) is None


def test_answered_is_judged_by_the_paper_as_it_was_handed_out(look, paper, course):
    released = course.root / "release/px/px.ipynb"
    text = released.read_text(encoding="utf-8")
    released.write_text(text.replace("把上面的", "请把上面的"), encoding="utf-8")

    (found,) = look("S1.ipynb", paper("S1"), sender="S1").handins

    assert not found.answered
