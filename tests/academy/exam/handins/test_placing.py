"""academy.exam.handins.placing：submitted/ 只由算数的那一份写成，整个换上，名字不由学员定。"""

import pytest

from academy.exam.handins import placing
from academy.exam.handins.known import everything, of_learner
from academy.exam.handins.placing import NotOurs, as_placed, is_graded, place, placed, take_back
from academy.exam.sitting import open_sitting


@pytest.fixture
def handin(course, put, take, paper, right, zipped):
    """S1 的一份，压缩包里带着别的文件，其中有想占地方的名字。"""
    put(
        "S1.zip",
        zipped(
            {
                "卷/我的.ipynb": paper("S1", right("S1")),
                "卷/px.ipynb/里面.txt": b"1",  # 与笔记本的名字争地方
                "卷/data": b"2",
                "卷/data/calls.csv": b"3",  # 与上一个文件争地方
                "卷/DATA": b"6",  # 不分大小写的文件系统上是同一个名字
                "卷/草稿.IPYNB": b"{}",
                f"卷/{'长' * 81}.txt": b"7",  # 243 字节，多数文件系统写不下
                "卷/submission_secret.txt": b"4",
                "卷/timestamp.txt": b"2020-01-01",
                "外面.txt": b"5",
            }
        ),
    )
    take()
    (one,) = of_learner(list(everything(course, open_sitting(course.root, "px"))), "S1", "")
    return one


def _files(course):
    folder = course.folder("submitted", "px", "S1")
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_only_the_paper_and_what_lay_beside_it_is_written(course, handin):
    files = _files(course)

    assert set(files) == {"px.ipynb", "data", "timestamp.txt"}
    assert files["timestamp.txt"] == b"2025-07-18 08:50:00.000000 UTC\n"
    assert not list(course.folder("submitted", "px", "S1").parent.glob(".*"))


def test_record_says_what_lies_there(course, sitting, handin):
    record = placed(course.root, sitting.name, "S1")

    assert (record.id, record.sha256, record.name) == (handin.id, handin.sha256, handin.name)
    assert record.at == handin.at
    assert as_placed(course, sitting, "S1")
    (course.folder("submitted", "px", "S1") / "data").write_bytes(b"x")
    assert not as_placed(course, sitting, "S1")


def test_nothing_where_nothing_was_put_is_as_it_was_put(course, sitting):
    assert placed(course.root, sitting.name, "S4") is None
    assert as_placed(course, sitting, "S4")
    course.folder("submitted", "px", "S4").mkdir(parents=True)
    assert not as_placed(course, sitting, "S4")


def test_folder_is_swapped_as_a_whole_or_not_at_all(course, sitting, handin, monkeypatch):
    before, record = _files(course), placed(course.root, sitting.name, "S1")

    def full(_):
        raise OSError("磁盘满了")

    monkeypatch.setattr(placing, "submission_digest", full)
    with pytest.raises(OSError, match="磁盘满了"):
        place(course, sitting, "S1", handin, "x")

    assert _files(course) == before
    assert placed(course.root, sitting.name, "S1") == record
    assert not list(course.folder("submitted", "px", "S1").parent.glob(".*"))


def test_interruption_before_the_swap_is_noticed_and_mended(
    course, sitting, handin, take, monkeypatch
):
    def stop(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(placing, "_clear", stop)
    with pytest.raises(KeyboardInterrupt):
        place(course, sitting, "S1", handin, "另一条规则")
    monkeypatch.undo()

    assert placed(course.root, sitting.name, "S1").rule == "另一条规则"
    assert take().rows["S1"].status == "已收"
    assert as_placed(course, sitting, "S1")


@pytest.mark.parametrize(("most", "beside"), [(1, 0), (2, 1)])
def test_files_beside_are_taken_up_to_the_limit(course, sitting, handin, monkeypatch, most, beside):
    monkeypatch.setattr(placing, "MAX_BESIDE", most - 1)
    place(course, sitting, "S1", handin, "x")

    assert len(_files(course)) == 2 + beside


@pytest.mark.parametrize(("size", "beside"), [(0, 0), (1, 1)])
def test_bytes_beside_are_taken_up_to_the_limit(course, sitting, handin, monkeypatch, size, beside):
    monkeypatch.setattr(placing, "MAX_BESIDE_BYTES", size)
    place(course, sitting, "S1", handin, "x")

    assert len(_files(course)) == 2 + beside


def test_taken_back_leaves_nothing(course, sitting, handin):
    take_back(course, sitting, "S1")

    assert not course.folder("submitted", "px", "S1").exists()
    assert placed(course.root, sitting.name, "S1") is None
    assert as_placed(course, sitting, "S1")


def test_link_in_the_place_of_the_folder_is_replaced_not_followed(
    course, sitting, handin, tmp_path
):
    folder = course.folder("submitted", "px", "S1")
    folder.rename(tmp_path / "别处")
    folder.symlink_to(tmp_path / "别处")
    before = {path.name for path in (tmp_path / "别处").iterdir()}

    place(course, sitting, "S1", handin, "x")

    assert not folder.is_symlink()
    assert {path.name for path in (tmp_path / "别处").iterdir()} == before


def test_graded_is_what_has_a_graded_notebook(course, sitting):
    folder = course.folder("autograded", "px", "S1")
    assert not is_graded(course, sitting, "S1")
    folder.mkdir(parents=True)
    assert not is_graded(course, sitting, "S1")
    (folder / "px.ipynb").write_text("{}")
    assert is_graded(course, sitting, "S1")


@pytest.mark.parametrize("text", ["", "[]", '{"id": "x"}'])
def test_spoilt_record_is_none(course, sitting, handin, text):
    path = course.root / f"sittings/{sitting.name}/arrivals/S1/counts.json"
    path.write_text(text)

    assert placed(course.root, sitting.name, "S1") is None


@pytest.fixture
def led_away(course, handin, tmp_path):
    """submitted/S1 是指到课程外面的链接，那里有一份同名的文件夹。"""
    own = course.folder("submitted", "px", "S1").parent
    own.rename(tmp_path / "别处")
    own.symlink_to(tmp_path / "别处")
    return tmp_path / "别处"


def _bytes(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_learners_place_that_is_a_link_is_neither_written_nor_emptied(
    course, sitting, handin, led_away
):
    before = _bytes(led_away)

    for touch in (
        lambda: place(course, sitting, "S1", handin, "x"),
        lambda: take_back(course, sitting, "S1"),
    ):
        with pytest.raises(NotOurs, match="submitted/S1 是链接：.*请删掉它再收一次"):
            touch()

    assert _bytes(led_away) == before
    assert not as_placed(course, sitting, "S1")


def test_a_place_that_leads_away_is_named_and_the_others_are_collected(
    course, put, take, paper, right, led_away
):
    before = _bytes(led_away)
    put("S1_又一份.ipynb", paper("S1", right("S1")) + b" ", minutes=1)
    put("S2.ipynb", paper("S2", right("S2")))

    found = take()

    assert any("submitted/S1 是链接" in one for one in found.not_taken)
    assert found.rows["S2"].status == "已收"
    assert _bytes(led_away) == before


def test_what_is_nested_without_end_is_cleared_away(course, sitting, handin, nested):
    folder = course.folder("submitted", "px", "S1")
    nested(folder)
    assert not as_placed(course, sitting, "S1")

    place(course, sitting, "S1", handin, "x")

    assert as_placed(course, sitting, "S1")
    assert not list(folder.parent.glob(".*"))
