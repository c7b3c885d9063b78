"""academy.exam.handins.collecting：收到的都留着，算哪一份照规则；每种意外有一句话，谁也不会丢。"""

import json
import os
import shutil
from datetime import timedelta

import nbformat
import pytest

from academy.course import CourseError
from academy.exam.cycle import grade
from academy.exam.enrolment import add_minutes, make_sitting, withdraw
from academy.exam.handins.arrivals import arrivals, original
from academy.exam.handins.collecting import choose, collect
from academy.exam.handins.overview import inspect
from academy.exam.journal import entries
from academy.exam.roster import Learner
from academy.exam.seating.frozen import read_manifest
from academy.exam.sitting import open_sitting
from academy.simulate import fill_in

NAME = "px@2025-07"


def _events(course, what, learner):
    return [
        entry.why
        for entry in entries(course.root, NAME)
        if (entry.what, entry.learner) == (what, learner)
    ]


def test_papers_of_a_folder_go_to_their_learners(course, put, take, paper, right, answers_in):
    put("S1_王敏.ipynb", paper("S1", right("S1")))
    put("S2_李静.ipynb", paper("S2", right("S2")), minutes=-1)

    taken = take()

    assert taken.status() == {"S1": "已收", "S2": "迟交", "S3": "未交卷", "S4": "未交卷"}
    assert answers_in("S1") == right("S1")
    assert answers_in("S2") == right("S2")
    assert (taken.aside, taken.not_taken) == ([], [])
    assert taken.collected.sentence() == f"{NAME}：4 人，按时交卷 1 人、迟交 1 人、未交卷 2 人。"


def test_second_time_changes_nothing(course, put, take, paper, right):
    put("S1_王敏.ipynb", paper("S1", right("S1")))
    put("S2.zip", paper("S2"))
    first = take()
    lines = len([one for one in entries(course.root, NAME) if one.what != "collected"])
    before = {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for folder in ("submitted", f"sittings/{NAME}/arrivals")
        for path in (course.root / folder).rglob("*")
        if path.is_file() and path.name != "found.json"
    }

    second = take()

    assert second.collected == first.collected
    assert len([one for one in entries(course.root, NAME) if one.what != "collected"]) == lines
    for path, (content, changed) in before.items():
        assert (path.read_bytes(), path.stat().st_mtime_ns) == (content, changed)


def test_every_arrival_is_kept_with_its_times_and_hash(course, put, take, paper, right):
    first, second = paper("S1", {"q1": right("S1")["q1"]}), paper("S1", right("S1"))
    put("S1.ipynb", first, minutes=30)
    take()
    put("S1.ipynb", second, minutes=5)  # 同一个名字，后来的内容
    take()

    kept = arrivals(course.root, NAME)

    assert [original(course.root, NAME, one) for one in kept] == [first, second]
    assert [one.collected - one.at > timedelta(hours=1) for one in kept] == [True, True]
    assert [(one.name, one.source, one.sender) for one in kept] == [
        ("S1.ipynb", "folder", "S1")
    ] * 2
    assert len(_events(course, "arrived", "S1")) == 2
    assert "文件时间 2025-07-18 16:30:00" in _events(course, "arrived", "S1")[0]


def test_last_in_time_before_the_deadline_counts(course, put, take, paper, right, answers_in):
    put("S1_1.ipynb", paper("S1", {"q1": 'q1 = "A"'}), minutes=30)
    put("S1_2.ipynb", paper("S1", right("S1")), minutes=5)
    put("S1_3.ipynb", paper("S1", {"q1": 'q1 = "D"'}), minutes=-5)

    taken = take()

    assert answers_in("S1") == right("S1")
    assert taken.rows["S1"].status == "已收"
    assert [one.split("：")[-1] for one in taken.aside] == [
        "后来又交过，没有采用。",
        "截止以后来的，没有采用。",
    ]


@pytest.mark.parametrize(("seconds", "status"), [(0, "已收"), (1, "迟交")])
def test_late_begins_after_the_second_that_is_due(put, take, paper, right, seconds, status):
    put("S1.ipynb", paper("S1", right("S1")), minutes=-seconds / 60)

    assert take().rows["S1"].status == status


def test_extra_minutes_of_one_learner_count_for_that_one(course, put, take, paper, right):
    add_minutes(course.root, "px", 10, "S1")
    for number in ("S1", "S2"):
        put(f"{number}.ipynb", paper(number, right(number)), minutes=-5)

    taken = take()

    assert (taken.rows["S1"].status, taken.rows["S2"].status) == ("已收", "迟交")


def test_two_different_answered_papers_at_once_stop_and_ask(
    course, put, take, paper, right, answers_in
):
    put("S1.ipynb", paper("S1", {"q1": 'q1 = "A"'}))
    put("S1 (1).ipynb", paper("S1", right("S1")))

    taken = take()

    assert taken.rows["S1"].status == "待定"
    assert "同时有 2 份不同的答卷" in taken.rows["S1"].note
    for name in ("S1.ipynb", "S1 (1).ipynb"):
        assert name in taken.rows["S1"].note
    assert answers_in("S1") is None

    picked = next(one for one in arrivals(course.root, NAME) if one.name == "S1 (1).ipynb")
    chosen = choose(
        course, open_sitting(course.root, "px"), "S1", picked.sha256[:8], "学员来电确认"
    )

    assert chosen.name == "S1 (1).ipynb"
    assert answers_in("S1") == right("S1")
    assert _events(course, "chosen", "S1") == ["学员来电确认"]
    assert take().rows["S1"].status == "已收"
    assert answers_in("S1") == right("S1")


def test_ask_takes_an_ungraded_paper_back_until_staff_say(course, put, take, paper, answers_in):
    put("S1.ipynb", paper("S1", {"q1": 'q1 = "A"'}))
    take()
    put("S1 (1).ipynb", paper("S1", {"q1": 'q1 = "B"'}))

    assert take().rows["S1"].status == "待定"
    assert answers_in("S1") is None
    assert not course.folder("submitted", "px", "S1").exists()


def test_copy_beside_the_untouched_original_counts_and_the_blank_is_said(
    put, take, paper, right, answers_in, zipped
):
    put("S1.zip", zipped({"px.ipynb": paper("S1"), "px-Copy1.ipynb": paper("S1", right("S1"))}))
    put("S2.ipynb", paper("S2"), minutes=1)
    put("S2(1).ipynb", paper("S2", right("S2")), minutes=20)

    taken = take()

    assert taken.status()["S1"] == taken.status()["S2"] == "已收"
    assert (answers_in("S1"), answers_in("S2")) == (right("S1"), right("S2"))
    assert all("没有作答的原件，没有采用" in one for one in taken.aside)
    assert {one.split("（")[0] for one in taken.aside} == {"S1.zip 里的 px.ipynb", "S2.ipynb"}


def test_paper_in_which_nothing_is_written_counts_where_there_is_no_other(put, take, paper):
    put("S1.ipynb", paper("S1"))

    row = take().rows["S1"]

    assert row.status == "已收"
    assert "没有作答的卷子" in row.note


def test_copies_that_were_only_run_again_are_the_same(put, take, paper, right):
    notebook = nbformat.reads(paper("S1", right("S1")).decode(), as_version=4)
    notebook.cells[-1].outputs = [nbformat.v4.new_output("stream", text="跑过")]
    put("S1.ipynb", paper("S1", right("S1")))
    put("S1(1).ipynb", nbformat.writes(notebook).encode())

    taken = take()

    assert taken.rows["S1"].status == "已收"
    assert "答得一样" in taken.aside[0]


def test_identical_bytes_are_no_new_hand_in_however_late(course, put, take, paper, right):
    content = paper("S1", right("S1"))
    put("S1.ipynb", content, minutes=5)
    take()
    put("S1.ipynb", content, minutes=-60)
    put("S1_再发.ipynb", content, minutes=-60)

    taken = take()

    assert taken.rows["S1"].status == "已收"
    assert len(arrivals(course.root, NAME)) == 1
    assert len(_events(course, "arrived", "S1")) == 1


def test_resent_paper_after_grading_replaces_nothing_and_the_staff_is_told(
    course, put, take, paper, right, answers_in
):
    put("S1.ipynb", paper("S1", {"q1": right("S1")["q1"]}), minutes=20)
    take()
    (outcome,) = grade(course, NAME, workers=1)
    assert outcome.found["score"] == 40
    put("S1_新.ipynb", paper("S1", right("S1")), minutes=1)

    taken = take()

    (old, new) = arrivals(course.root, NAME)
    assert answers_in("S1")["q2"] != right("S1")["q2"]
    note = taken.rows["S1"].note
    assert f"评的是 {old.sha256[:8]}；按规则现在该算 {new.sha256[:8]}（S1_新.ipynb" in note
    assert f"ccom choose {NAME} S1 {new.sha256[:8]}" in note
    assert "已经评过别的，没有自动替换" in _events(course, "set_aside", "S1")[0]
    take()
    assert len(_events(course, "set_aside", "S1")) == 1
    (again,) = grade(course, NAME, workers=1)
    assert (again.status, again.found["score"]) == ("skipped", 40)

    choose(course, open_sitting(course.root, "px"), "S1", new.sha256[:8], "第一份传错了")

    assert "还没有重评" in inspect(course, open_sitting(course.root, "px")).rows[0].note
    (regraded,) = grade(course, NAME, workers=1)
    assert (regraded.status, regraded.found["score"]) == ("graded", 100)
    assert take().rows["S1"].note == ""
    last = entries(course.root, NAME)[-2]
    assert (last.what, last.facts["before"], last.facts["after"]) == ("regraded", 40, 100)


def test_resent_paper_before_grading_takes_its_place(put, take, paper, right, answers_in):
    put("S1.ipynb", paper("S1", {"q1": 'q1 = "A"'}), minutes=20)
    take()
    put("S1_新.ipynb", paper("S1", right("S1")), minutes=1)
    take()

    assert answers_in("S1") == right("S1")


def test_neighbours_paper_is_flagged_and_counts_for_nobody(
    course, put, take, paper, right, answers_in
):
    put("S1_王敏.ipynb", paper("S2", right("S2")))

    taken = take()

    assert (taken.status()["S1"], taken.status()["S2"]) == ("搁置", "未交卷")
    seat = read_manifest(course.root, NAME, "px", "S2").seat
    assert taken.open == [
        f"S1_王敏.ipynb：以 S1 王敏 的名义交来，里面却是 S2 李静 的卷子（座位 {seat}）："
        "没有算作任何人的，请问清是谁答的。"
    ]
    assert taken.rows["S1"].note == "来过 1 件，都不能算，见下。"
    assert answers_in("S1") is answers_in("S2") is None


def test_neighbours_paper_stays_flagged_when_the_neighbour_hands_in_the_same(
    put, take, paper, right
):
    put("S1_王敏.ipynb", paper("S2", right("S2")))
    put("S2_李静.ipynb", paper("S2", right("S2")))

    taken = take()

    assert taken.status()["S2"] == "已收"
    assert "里面却是 S2 李静 的卷子" in taken.open[0]


def test_number_changed_by_hand_does_not_fit_the_seat(put, take, paper, right):
    notebook = nbformat.reads(paper("S2", right("S2")).decode(), as_version=4)
    notebook.metadata["ccom"] |= {"number": "S1", "name": "王敏"}
    put("S1_王敏.ipynb", nbformat.writes(notebook).encode())

    taken = take()

    assert taken.status()["S1"] == "搁置"
    assert "写着 S1 王敏，座位却是" in taken.open[0]


def test_paper_without_a_name_is_known_by_what_stands_in_it(put, take, paper, right, answers_in):
    put("下载 (3).dat", paper("S3", right("S3")))

    assert take().rows["S3"].status == "已收"
    assert answers_in("S3") == right("S3")


@pytest.mark.parametrize("keep", ["metadata", "cell", "nothing"])
def test_paper_that_lost_part_of_what_it_says_is_tolerated_with_a_word(
    put, take, paper, right, keep
):
    notebook = nbformat.reads(paper("S1", right("S1")).decode(), as_version=4)
    if keep != "metadata":
        del notebook.metadata["ccom"]
    if keep != "cell":
        del notebook.cells[0]
    put("S1_王敏.ipynb", nbformat.writes(notebook).encode())

    row = take().rows["S1"]

    assert row.status == "已收"
    assert ("没有写是谁的，按名字认作他的" in row.note) is (keep == "nothing")


def test_unnamed_paper_that_says_nothing_waits_for_a_name(course, put, take, paper, right):
    notebook = nbformat.reads(paper("S1", right("S1")).decode(), as_version=4)
    del notebook.metadata["ccom"], notebook.cells[0]
    content = nbformat.writes(notebook).encode()
    put("最终版.ipynb", content)

    taken = take()

    assert taken.status()["S1"] == "未交卷"
    assert "请改名为「学号_姓名」再收一次" in taken.open[0]
    put("S1_最终版.ipynb", content)
    assert take().status()["S1"] == "已收"
    assert take().aside == []


def test_unnamed_paper_can_be_given_to_its_learner(course, put, take, paper, right, answers_in):
    notebook = nbformat.reads(paper("S1", right("S1")).decode(), as_version=4)
    del notebook.metadata["ccom"], notebook.cells[0]
    put("最终版.ipynb", nbformat.writes(notebook).encode())
    take()
    (arrival,) = arrivals(course.root, NAME)

    choose(course, open_sitting(course.root, "px"), "S1", arrival.sha256[:8], "来电确认")

    assert answers_in("S1") == right("S1")
    assert take().status()["S1"] == "已收"


def _lesson(course):
    return (course.root / "course/wfmp/01_why.ipynb").read_bytes()


def _other_paper(course):
    return (course.root / "release/py/py.ipynb").read_bytes()


def _stranger(course):
    cells = [nbformat.v4.new_code_cell("1 + 1")]
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells)).encode()


def _other_paper_of_a_seat(course):
    other, _ = make_sitting(course.root, "py", "2025-07", [Learner("S1", "王敏")], None, 90)
    from academy.exam.seating.frozen import handed_out
    from academy.exam.seating.handout import hand_out

    hand_out(course, other)
    return (handed_out(course.root, other.name, "S1") / "py/py.ipynb").read_bytes()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (_lesson, "是课程《排班为什么难？》的笔记本，不是试卷 px"),
        (_other_paper, "是试卷 py 的卷子，不是 px"),
        (_other_paper_of_a_seat, "是试卷 py 的卷子，不是 px"),
        (_stranger, "不是试卷 px，题目都对不上"),
    ],
)
def test_what_is_not_the_paper_is_refused_in_one_sentence_never_graded(
    course, put, take, answers_in, content, said
):
    put("S1_王敏.ipynb", content(course))

    taken = take()

    assert taken.status()["S1"] == "搁置"
    assert taken.open == [f"S1_王敏.ipynb {said}：请学员交 px 的笔记本。"]
    assert answers_in("S1") is None


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-be", "utf-8-sig"])
def test_notebook_of_any_encoding_is_taken_and_graded(course, put, take, paper, right, encoding):
    put("S1_王敏.ipynb", paper("S1", right("S1")).decode().encode(encoding))

    assert take().rows["S1"].status == "已收"
    (outcome,) = grade(course, NAME, workers=1)
    assert outcome.found["score"] == 100


@pytest.mark.parametrize(
    "name",
    ["S1_px.ipynb.txt", "S1.json", "S1", "S1_王敏/px/我的.ipynb", "S1_王敏/a/b/c/d.ipynb.txt"],
)
def test_notebook_is_taken_by_its_content_whatever_its_name(
    put, take, paper, right, answers_in, name
):
    put(name, paper("S1", right("S1")))

    assert take().rows["S1"].status == "已收"
    assert answers_in("S1") == right("S1")


def test_zip_of_the_whole_folder_with_gbk_names_brings_the_files_beside(
    course, put, take, paper, right, zipped
):
    files = {
        "王敏的答卷/px.ipynb": paper("S1", right("S1")),
        "王敏的答卷/data/calls.csv": b"x",
        "王敏的答卷/草稿/算.xlsx": b"y",
        "别处.txt": b"z",
    }
    put("S1.zip", zipped(files, names="gbk"))

    assert take().rows["S1"].status == "已收"
    folder = course.folder("submitted", "px", "S1")
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == {"px.ipynb", "timestamp.txt", "data/calls.csv", "草稿/算.xlsx"}
    assert (folder / "timestamp.txt").read_text() == "2025-07-18 08:50:00.000000 UTC\n"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "S1.rar",
            b"Rar!\x1a\x07\x01\x00rest",
            "S1.rar 是 RAR 压缩包，不是笔记本：请学员改压成 .zip",
        ),
        ("S1.7z", b"7z\xbc\xaf\x27\x1crest", "S1.7z 是 7z 压缩包"),
        ("S1.pdf", b"%PDF-1.7 rest", "S1.pdf 是 PDF，不是笔记本：请学员在 JupyterLab 里"),
        ("S1.ipynb", b"%PDF-1.7 rest", "S1.ipynb 是 PDF"),
        ("S1.ipynb", b'{"cells": [', "S1.ipynb 是不完整的笔记本"),
        ("S1.ipynb", b"", "S1.ipynb 是空文件"),
    ],
)
def test_what_is_no_notebook_is_named_with_what_to_ask(put, take, name, content, said):
    put(name, content)

    taken = take()

    assert taken.status()["S1"] == "搁置"
    assert taken.open[0].startswith(said)


def test_word_document_is_named_and_settled_once_the_notebook_has_come(
    put, take, paper, right, zipped
):
    put("S1.docx", zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))
    assert take().open[0].startswith("S1.docx 是 Word 文档，不是笔记本")

    put("S1.ipynb", paper("S1", right("S1")))
    taken = take()

    assert taken.open == []
    assert taken.aside[0].startswith("S1.docx 是 Word 文档")


def test_zip_slip_writes_nothing_outside(course, put, take, paper, right, zipped, tmp_path):
    put("S1.zip", zipped({"../../../跑.ipynb": b"{}", "px.ipynb": paper("S1", right("S1"))}))

    taken = take()

    assert taken.rows["S1"].status == "已收"
    assert "指向压缩包外面" in taken.aside[0]
    assert not list(tmp_path.rglob("跑*"))


def test_links_are_never_followed(course, inbox, put, take, paper, right, tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(paper("S1", right("S1")))
    (inbox / "S1.ipynb").symlink_to(secret)
    (inbox / "S2").mkdir()
    (inbox / "S2/px.ipynb").symlink_to(secret)
    (inbox / "S2/data").symlink_to(tmp_path)
    os.mkfifo(inbox / "S3.ipynb")

    taken = take()

    assert taken.status() == {"S1": "未交卷", "S2": "搁置", "S3": "未交卷", "S4": "未交卷"}
    assert any("S1.ipynb：是链接，没有收" in one for one in taken.not_taken)
    assert any("S3.ipynb：不是普通文件" in one for one in taken.not_taken)
    assert any("S2：data 是链接" in one for one in taken.aside)
    assert any("S2：px.ipynb 是链接" in one for one in taken.aside)


def test_submitted_folder_that_is_a_link_is_refused(course, put, take, paper, right, tmp_path):
    (course.root / "submitted").mkdir(exist_ok=True)
    (course.root / "submitted/S1").symlink_to(tmp_path)
    put("S1.ipynb", paper("S1", right("S1")))

    assert any("submitted/S1 是链接" in one for one in take().not_taken)
    assert not (tmp_path / "px").exists()


def test_several_learners_in_one_zip_are_told_apart(put, take, paper, right, answers_in, zipped):
    put(
        "全班.zip",
        zipped({f"{number}.ipynb": paper(number, right(number)) for number in ("S1", "S2")}),
    )

    assert take().status() == {"S1": "已收", "S2": "已收", "S3": "未交卷", "S4": "未交卷"}
    assert (answers_in("S1"), answers_in("S2")) == (right("S1"), right("S2"))


def test_withdrawn_learners_paper_is_kept_and_said(course, put, take, paper, right, answers_in):
    withdraw(course.root, "px", "S1", "病假")
    put("S1.ipynb", paper("S1", right("S1")))

    taken = take()

    assert "S1" not in taken.rows
    assert answers_in("S1") is None
    assert taken.aside == ["S1.ipynb：S1 已经退出这一场（病假），没有采用。"]
    assert len(arrivals(course.root, NAME)) == 1


def test_learner_added_to_the_roster_later_gets_what_had_come(course, put, take, hall, tmp_path):
    # 卷子上写的是本场没有的人；补进名单以后再收一次
    notebook = nbformat.read(course.folder("release", "px") / "px.ipynb", as_version=4)
    put("S9_新来.ipynb", nbformat.writes(notebook).encode())
    assert "看不出学号" in take().open[0]

    make_sitting(course.root, "px", "2025-07", [Learner("S9", "新来")], None, 90)

    assert take().rows["S9"].status == "已收"


def test_time_in_the_future_counts_as_the_time_of_collecting(put, take, paper, right):
    put("S1.ipynb", paper("S1", right("S1")), minutes=-60 * 24 * 400)

    taken = take()

    assert taken.rows["S1"].status == "迟交"
    assert "在将来，按收卷的时间算" in taken.aside[0]


def test_what_others_put_into_submitted_is_kept_before_it_is_replaced(
    course, put, take, paper, right, answers_in
):
    own = course.folder("submitted", "px", "S1")
    own.mkdir(parents=True)
    stray = paper("S1", {"q1": 'q1 = "A"'})
    (own / "px.ipynb").write_bytes(stray)
    (own / "timestamp.txt").write_text("2025-07-18 08:00:00.000000 UTC\n")
    put("S1.ipynb", paper("S1", right("S1")))

    taken = take()

    assert answers_in("S1") == right("S1")
    kept = {one.name: one for one in arrivals(course.root, NAME)}
    assert kept["submitted/S1/px"].at.isoformat() == "2025-07-18T08:00:00+00:00"
    assert "后来又交过" in taken.aside[0]
    # 又被别的程序改了：先留下，再放回该算的那一份
    (own / "px.ipynb").write_bytes(paper("S1", {"q1": 'q1 = "D"'}))
    assert "被别的程序改过" in inspect(course, open_sitting(course.root, "px")).rows[0].note
    take()
    assert len(arrivals(course.root, NAME)) == 3


def test_choice_needs_a_reason_and_a_paper_of_the_learners_own(course, put, take, paper, right):
    put("S1.ipynb", paper("S1", right("S1")))
    put("S2.ipynb", paper("S2", right("S2")))
    take()
    sitting = open_sitting(course.root, "px")
    ids = {one.sender: one.sha256[:8] for one in arrivals(course.root, NAME)}

    with pytest.raises(CourseError, match="要写明原因"):
        choose(course, sitting, "S1", ids["S1"], " ")
    with pytest.raises(CourseError, match="是 S2 的卷子"):
        choose(course, sitting, "S1", ids["S2"], "x")
    with pytest.raises(
        CourseError, match=rf"没有编号是 '00000000' 的交卷件（S1 的有：{ids['S1']}（S1.ipynb））"
    ):
        choose(course, sitting, "S1", "00000000", "x")
    with pytest.raises(CourseError, match="没有编号是 ''|没有编号是 'ab'"):
        choose(course, sitting, "S1", "ab", "x")
    with pytest.raises(CourseError, match="学号 S9 不在场次"):
        choose(course, sitting, "S9", ids["S1"], "x")
    assert _events(course, "chosen", "S2") == ["按规则：截止前最后一份"]


def test_choice_can_be_left_to_the_rule_again(course, put, take, paper, right, answers_in):
    put("S1_1.ipynb", paper("S1", {"q1": 'q1 = "A"'}), minutes=30)
    put("S1_2.ipynb", paper("S1", right("S1")), minutes=5)
    take()
    sitting = open_sitting(course.root, "px")
    first = next(one for one in arrivals(course.root, NAME) if one.name == "S1_1.ipynb")

    choose(course, sitting, "S1", first.sha256[:6].upper(), "学员要求")
    assert answers_in("S1")["q1"] == 'q1 = "A"'
    take()
    assert answers_in("S1")["q1"] == 'q1 = "A"'

    choose(course, sitting, "S1", "", "弄错了")
    assert answers_in("S1") == right("S1")


def test_inspecting_writes_nothing(course, put, take, paper, right):
    put("S1.ipynb", paper("S1", right("S1")))
    put("S2.docx", b"?")
    put("S3.ipynb", paper("S3", {"q1": 'q1 = "A"'}))
    put("S3(1).ipynb", paper("S3", {"q1": 'q1 = "B"'}))
    taken = take()
    before = {path: path.lstat().st_mtime_ns for path in course.root.rglob("*")}

    again = inspect(course, open_sitting(course.root, "px"))

    assert again == taken.collected
    assert {path: path.lstat().st_mtime_ns for path in course.root.rglob("*")} == before


def test_exchange_brings_every_hand_in_not_only_the_latest(
    course, take, paper, right, answers_in, tmp_path
):
    course.publish("px")
    for minute, answers in ((40, {"q1": 'q1 = "A"'}), (50, right("S1")), (59, {"q1": 'q1 = "C"'})):
        desk = tmp_path / f"desk{minute}" / "px"
        desk.mkdir(parents=True)
        (desk / "px.ipynb").write_bytes(paper("S1", answers))
        course.submit("px", "S1", desk)
        (made,) = [
            path
            for path in (course.exchange_root / "ccom/inbound").iterdir()
            if "2025-07-18" not in path.name
        ]
        user, name, _, rest = made.name.split("+")
        at = f"2025-07-18 08:{minute:02d}:00.000000 UTC"
        made.rename(made.with_name("+".join([user, name, at, rest])))

    taken = take(None)

    assert taken.rows["S1"].status == "已收"
    assert answers_in("S1")["q1"] == 'q1 = "C"'
    assert len(arrivals(course.root, NAME)) == 3
    assert (course.folder("submitted", "px", "S1") / "submission_secret.txt").exists()
    assert {one.source for one in arrivals(course.root, NAME)} == {"exchange"}


def test_stranger_in_the_exchange_is_named_whatever_the_paper_says(
    course, take, paper, right, tmp_path
):
    course.publish("px")
    desk = tmp_path / "desk" / "px"
    desk.mkdir(parents=True)
    (desk / "px.ipynb").write_bytes(paper("S1", right("S1")))
    course.submit("px", "X9", desk)

    taken = take(None)

    assert taken.status()["S1"] == "未交卷"
    assert any("在交换区里以 X9 的名义交来，本场名单里没有他" in one for one in taken.open)


def test_exchange_that_nobody_used_is_said(take):
    with pytest.raises(CourseError, match="交换区 .*还没有.*--from"):
        take(None)


def test_folder_that_is_not_there_is_said(take, tmp_path):
    with pytest.raises(CourseError, match="没有文件夹"):
        take(tmp_path / "没有")


def test_paper_that_everybody_shares_is_known_by_the_files_name(hall, tmp_path, inbox, put):
    from academy.course import Course
    from academy.exam.roster import enrol
    from academy.exam.seating.handout import freeze_shared

    folder = tmp_path / "shared"
    shutil.copytree(hall, folder)
    course = Course(folder)
    learners = [Learner("S1", "王敏"), Learner("S2", "李静")]
    enrol(course, learners)
    sitting, _ = make_sitting(folder, "px", "2025-07", learners, None, 90)
    freeze_shared(course, sitting)
    filled = nbformat.writes(fill_in(folder / "release/px/px.ipynb", {"q1": 'q1 = "B"'})).encode()
    put("S1_px.ipynb", filled)
    put("王敏的.ipynb", filled)
    put("李静.ipynb", (folder / "release/py/py.ipynb").read_bytes())

    collected, _ = collect(course, sitting, inbox)

    assert [(row.status, row.note) for row in collected.rows] == [
        ("已收", ""),
        ("搁置", "来过 1 件，都不能算，见下。"),
    ]
    assert "是试卷 py 的卷子" in collected.aside[0].sentence


def test_kept_bytes_that_were_changed_are_never_placed(course, put, take, paper, right):
    put("S1.ipynb", paper("S1", right("S1")))
    take()
    (arrival,) = arrivals(course.root, NAME)
    path = course.root / f"sittings/{NAME}/arrivals/{arrival.place}/original"
    path.write_bytes(path.read_bytes() + b" ")
    shutil.rmtree(course.folder("submitted", "px", "S1"))

    with pytest.raises(Exception, match="不是收到时的字节了"):
        take()


def test_progress_sees_every_entry(put, take, paper):
    for number in ("S1", "S2", "S3"):
        put(f"{number}.ipynb", paper(number))
    seen = []

    def progress(entries):
        for entry in entries:
            seen.append(entry)
            yield entry

    take(progress=progress)

    assert len(seen) == 3


def test_what_was_found_is_data_that_can_be_read_without_us(course, put, take, paper, right):
    put("S1.ipynb", paper("S1", right("S1")))
    take()
    (arrival,) = arrivals(course.root, NAME)
    folder = course.root / f"sittings/{NAME}/arrivals/{arrival.place}"

    found = json.loads((folder / "found.json").read_text(encoding="utf-8"))

    assert found["handins"][0]["number"] == "S1"
    assert found["handins"][0]["answered"] is True
    assert folder.name == f"20250718T085000000000Z-{arrival.sha256[:8]}"
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
