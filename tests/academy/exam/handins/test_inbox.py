"""academy.exam.handins.inbox：从哪里来、什么时候来、谁交的；读不了的说一句，留在原处。"""

import os
from datetime import UTC, datetime, timedelta

import pytest

from academy.exam.enrolment import make_sitting
from academy.exam.handins.inbox import NotTaken, from_exchange, from_folder, from_submitted
from academy.exam.handins.unpack import unpack
from academy.exam.roster import Learner

NOW = datetime(2025, 7, 18, 10, 0, tzinfo=UTC)


def _now():
    return NOW


@pytest.fixture
def come(inbox, sitting):
    return lambda: [take() for take in from_folder(inbox, sitting, _now)]


def test_entries_come_with_sender_and_time(put, come):
    put("S1_王敏.ipynb", b"1", minutes=5)
    put("随便.ipynb", b"2", minutes=0)

    one, other = come()

    assert (one.name, one.sender, one.content, one.source) == (
        "S1_王敏.ipynb",
        "S1",
        b"1",
        "folder",
    )
    assert one.at == datetime(2025, 7, 18, 8, 55, tzinfo=UTC)
    assert (other.sender, other.is_folder) == ("", False)


def test_name_that_points_to_two_learners_has_no_sender(put, come):
    put("S1_李静.ipynb", b"1")

    assert [one.sender for one in come()] == [""]


def test_folder_is_packed_with_the_time_of_each_file(put, come):
    put("S1/px.ipynb", b"1", minutes=20)
    put("S1/data/a.csv", b"2", minutes=5)
    put("S1/.ipynb_checkpoints/px.ipynb", b"3")
    put("S1/timestamp.txt", b"2020-01-01 00:00:00 UTC")

    (one,) = come()

    assert one.is_folder
    assert {piece.path: piece.content for piece in unpack("", one.content).pieces} == {
        "px.ipynb": b"1",
        "data/a.csv": b"2",
    }
    assert {path: at.minute for path, at in one.times.items()} == {"px.ipynb": 40, "data/a.csv": 55}
    assert one.at.minute == 55  # 最后动过的那个文件


@pytest.mark.parametrize(("ahead", "counts_as_now"), [(10, False), (11, True)])
def test_clock_may_be_ten_minutes_ahead(put, come, ahead, counts_as_now):
    path = put("S1.ipynb", b"1")
    at = (NOW + timedelta(minutes=ahead)).timestamp()
    os.utime(path, (at, at))

    (one,) = come()

    assert (one.at == NOW) is counts_as_now
    assert bool(one.remarks) is counts_as_now


RECEIVED = datetime(2025, 7, 18, 8, 58, tzinfo=UTC)


def test_when_staff_say_when_it_came_the_files_own_times_do_not_count(inbox, sitting, put):
    """从钉钉下载下来的文件，时间是下载的时间。"""
    put("S1.ipynb", b"1", minutes=-5)
    put("S2/px.ipynb", b"2", minutes=-5)

    coming = [take() for take in from_folder(inbox, sitting, _now, RECEIVED)]

    assert [one.at for one in coming] == [RECEIVED, RECEIVED]
    assert [one.times for one in coming if one.is_folder] == [{}]


def test_what_came_in_the_future_is_doubted_also_when_staff_say_so(inbox, sitting, put):
    put("S1.ipynb", b"1")

    (take,) = from_folder(inbox, sitting, _now, NOW + timedelta(hours=1))

    assert take().at == NOW
    assert take().remarks


def test_name_that_is_no_text_is_shown_all_the_same(inbox, come):
    (inbox / os.fsdecode(b"S1_\xff\xfe.ipynb")).write_bytes(b"1")

    (one,) = come()

    assert one.sender == "S1"
    one.name.encode()


@pytest.fixture
def exchange(course):
    """exchange(文件夹名, 文件)：交换区里的一份。"""
    inbound = course.exchange_root / "ccom/inbound"

    def put(name, **files):
        folder = inbound / name
        folder.mkdir(parents=True)
        for path, content in files.items():
            (folder / f"{path}.ipynb").write_bytes(content)
        return folder

    inbound.mkdir(parents=True)
    return put


def test_exchange_brings_all_of_this_sitting_and_nobody_elses(course, sitting, exchange):
    make_sitting(course.root, "px", "b", [Learner("S9", "别的期")], None, 90)
    exchange("S1+px+2025-07-18 08:00:00.000000 UTC+abc", px=b"1")
    exchange("S1+px+2025-07-18 08:30:00.000000 UTC", px=b"2")  # 老版本没有后一段
    exchange("S1+py+2025-07-18 08:30:00.000000 UTC+abc", py=b"3")
    exchange("S9+px+2025-07-18 08:30:00.000000 UTC+abc", px=b"4")
    exchange("X9+px+2025-07-18 08:30:00.000000 UTC+abc", px=b"5")
    exchange("S2+px+昨天+abc", px=b"6")
    (course.exchange_root / "ccom/inbound/S3+px+2025-07-18 08:30:00 UTC+l").symlink_to("/etc")

    found = [take() for take in from_exchange(course, sitting, _now)]

    comings = [one for one in found if not isinstance(one, NotTaken)]
    assert [(one.sender, one.at.minute) for one in comings[:2]] == [("S1", 0), ("S1", 30)]
    assert [(one.sender, one.source) for one in comings[2:]] == [
        ("S2", "exchange"),
        ("", "exchange"),
    ]
    assert any("交卷时间读不出来，按文件的时间算" in one for one in comings[2].remarks)
    assert comings[3].name.startswith("X9+px")
    assert [one for one in found if isinstance(one, NotTaken)] == [
        "S3+px+2025-07-18 08:30:00 UTC+l 没有收（S3+px+2025-07-18 08:30:00 UTC+l 是链接，不是文件夹）："
        "请问交的人。"
    ]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2025-07-18 08:00:00.000000 UTC\n", datetime(2025, 7, 18, 8, 0, tzinfo=UTC)),
        ("2025-07-18 16:00:00 Asia/Shanghai", datetime(2025, 7, 18, 8, 0, tzinfo=UTC)),
        ("昨天", None),
        (None, None),
    ],
)
def test_what_lies_in_submitted_has_the_time_it_says_or_the_files(course, sitting, text, at):
    folder = course.folder("submitted", "px", "S1")
    folder.mkdir(parents=True)
    (folder / "px.ipynb").write_bytes(b"1")
    os.utime(folder / "px.ipynb", (NOW.timestamp() - 60,) * 2)
    if text is not None:
        (folder / "timestamp.txt").write_text(text, encoding="utf-8")

    coming = from_submitted(course, sitting, "S1", _now)()

    assert coming.at == (at or NOW - timedelta(seconds=60))
    assert (coming.sender, coming.source) == ("S1", "submitted")


def test_a_folder_that_is_nested_without_end_comes_in_without_it(inbox, come, nested):
    (inbox / "S1").mkdir()
    (inbox / "S1/px.ipynb").write_bytes(b"1")
    nested(inbox / "S1")

    (one,) = come()

    assert [piece.path for piece in unpack("", one.content).pieces] == ["px.ipynb"]
    assert sum("套得太深" in remark for remark in one.remarks) == 1


def test_an_entry_over_which_reading_breaks_is_named_and_the_others_come(
    inbox, put, come, monkeypatch
):
    from academy.exam.handins import inbox as module

    real = module.read_folder

    def read(folder, *limits):
        if folder.has("坏"):
            raise RecursionError("没料到")
        return real(folder, *limits)

    monkeypatch.setattr(module, "read_folder", read)
    put("S1/坏", b"1")
    put("S2/px.ipynb", b"2")

    one, other = come()

    assert one == "S1 读的时候出错（没料到），没有收：请核对它，再收一次。"
    assert other.sender == "S2"


def test_names_that_are_no_utf8_come_in_all_the_same(inbox, course, sitting, exchange, put, come):
    put(os.fsdecode(b"S1_\xd5.ipynb"), b"1")

    (one,) = come()

    one.name.encode()
    assert (one.sender, one.content) == ("S1", b"1")
    exchange(os.fsdecode(b"S2+px+2025-07-18 08:30:00 UTC+\xd5"), px=b"6")
    (take,) = from_exchange(course, sitting, _now)
    take().name.encode()
