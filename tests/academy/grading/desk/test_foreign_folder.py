"""academy.grading.desk.foreign_folder：别人的文件夹，一层一层打开，不跟链接，不无止境地读。"""

import os
from contextlib import contextmanager

import pytest

from academy.grading.desk import foreign_folder
from academy.grading.desk.foreign_folder import Folder, FolderRefused
from academy.grading.desk.handed_in import submission_digest
from academy.grading.desk.intake import read_files


@contextmanager
def _as_ordinary_user():
    """评分的不是 root：没有权限的文件真的读不出来。"""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def folder(tmp_path):
    """一路上人人进得去的文件夹。"""
    made = tmp_path / "px"
    made.mkdir()
    for place in (tmp_path, *tmp_path.parents):
        if place.stat().st_uid == os.getuid() and not place.stat().st_mode & 0o001:
            place.chmod(place.stat().st_mode | 0o011)
    return made


def _kinds(folder):
    with Folder(folder) as opened:
        return {entry.path: entry.kind for entry in opened.walk()}


def test_files_come_before_folders_in_order(folder):
    for name in ("b", "a/z", "a/a", "c"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()

    assert list(_kinds(folder)) == ["b", "c", "a/a", "a/z"]


def test_what_is_no_file_has_its_kind_and_is_never_opened(folder, tmp_path):
    (folder / "link").symlink_to(tmp_path)
    (folder / "loop").symlink_to("loop")
    os.mkfifo(folder / "pipe")

    assert _kinds(folder) == {"link": "link", "loop": "link", "pipe": "special"}


@pytest.mark.parametrize(("depth", "kind"), [(32, "file"), (33, "deep")])
def test_it_goes_so_deep_and_no_deeper(folder, depth, kind):
    place = folder.joinpath(*["d"] * depth)
    place.mkdir(parents=True)
    (place / "f").touch()

    assert list(_kinds(folder).values()) == [kind]


@pytest.mark.parametrize(("length", "kind"), [(1000, "file"), (1001, "deep")])
def test_a_path_has_so_many_bytes_and_no_more(folder, length, kind):
    parts = ["x" * 199] * 4 + ["x" * (length - 800)]
    path = folder.joinpath(*parts)
    path.parent.mkdir(parents=True)
    path.touch()

    assert list(_kinds(folder).values()) == [kind]


@pytest.mark.parametrize("most", [2, 3])
def test_names_are_counted_over_all_folders(folder, monkeypatch, most):
    monkeypatch.setattr(foreign_folder, "MAX_NAMES", most)
    (folder / "a").touch()
    (folder / "d").mkdir()
    (folder / "d/b").touch()

    if most == 3:
        assert len(_kinds(folder)) == 2
    else:
        with pytest.raises(FolderRefused, match="超过 2 个：请学员只交笔记本"):
            _kinds(folder)


@pytest.mark.parametrize(("limit", "fits"), [(3, True), (2, False)])
def test_a_file_is_read_up_to_the_limit(folder, limit, fits):
    (folder / "a").write_bytes(b"xyz")

    with Folder(folder) as opened:
        if fits:
            assert opened.read("a", limit) == b"xyz"
        else:
            with pytest.raises(FolderRefused, match="请学员清除输出后重交"):
                opened.read("a", limit)


def test_no_part_of_the_way_may_be_a_link(folder, tmp_path):
    (tmp_path / "in").symlink_to(folder)
    (folder / "deep").mkdir()
    (folder / "file").touch()

    with Folder(tmp_path / "in", "deep"):
        pass  # what comes first is the staff's own
    for parts, said in (
        (("in", "deep"), "in 是链接，不是文件夹"),
        (("px", "file"), "file 是文件，不是文件夹"),
        (("px", "none"), "不在"),
    ):
        with pytest.raises(FolderRefused, match=said):
            Folder(tmp_path, *parts)


def test_what_this_user_may_not_read_is_said_and_the_rest_read(folder):
    (folder / "a.csv").write_text("1")
    (folder / "closed.csv").write_text("2")
    (folder / "closed.csv").chmod(0)
    (folder / "shut").mkdir(mode=0)
    (folder / "listed").mkdir()
    (folder / "listed/x").touch()
    (folder / "listed").chmod(0o444)
    flags = []

    with _as_ordinary_user():
        with Folder(folder) as opened:
            files = read_files(opened, set(), flags)
        digest = submission_digest(folder)

    assert files == {"a.csv": b"1"}
    assert flags == [
        "文件 closed.csv 没有权限读，没有采用。",
        "文件夹 listed 没有权限读，没有采用。",
        "文件夹 shut 没有权限读，没有采用。",
    ]
    assert len(digest) == 64


def test_a_folder_that_may_not_be_looked_into_is_refused(folder):
    (folder / "S1").mkdir(mode=0)

    with _as_ordinary_user(), pytest.raises(FolderRefused, match="没有权限读：请改好它的权限"):
        Folder(folder, "S1")


def test_writing_takes_the_place_of_a_link_and_never_goes_through_it(folder, tmp_path):
    outside = tmp_path / "outside"
    outside.write_text("kept")
    for name in ("nowhere", "somewhere", "hard", "pipe"):
        if name == "hard":
            os.link(outside, folder / name)
        elif name == "pipe":
            os.mkfifo(folder / name)
        else:
            (folder / name).symlink_to(outside if name == "somewhere" else tmp_path / "new")

    with Folder(folder) as opened:
        for name in ("nowhere", "somewhere", "hard", "pipe", "fresh"):
            opened.write(name, b"new")

    assert outside.read_text() == "kept"
    assert sorted(tmp_path.iterdir()) == [outside, folder]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == dict.fromkeys(
        ("nowhere", "somewhere", "hard", "pipe", "fresh"), b"new"
    )


def test_a_folder_of_the_name_stays_and_nothing_is_left_beside_it(folder):
    (folder / "a").mkdir()

    with Folder(folder) as opened, pytest.raises(OSError, match="directory"):
        opened.write("a", b"x")

    assert [path.name for path in folder.iterdir()] == ["a"]


def test_what_is_put_aside_gets_a_name_that_nothing_else_has(folder):
    (folder / "a.txt").mkdir()
    (folder / "b.txt").mkdir()
    (folder / "b-2.txt").symlink_to("nowhere")

    with Folder(folder) as opened:
        assert opened.put_aside("a.txt", "b", ".txt") == "b-3.txt"

    assert sorted(path.name for path in folder.iterdir()) == ["b-2.txt", "b-3.txt", "b.txt"]


def test_without_descriptors_the_same_is_found(folder, tmp_path, monkeypatch):
    """Windows 没有按描述符打开：先看是不是链接，结果一样。"""
    (folder / "d").mkdir()
    (folder / "d/f").write_text("x")
    (folder / "link").symlink_to(tmp_path)
    before = _kinds(folder)
    monkeypatch.setattr(foreign_folder, "BY_DESCRIPTOR", False)

    assert _kinds(folder) == before == {"link": "link", "d/f": "file"}
    with Folder(tmp_path, "px") as opened:
        opened.write("link", b"y")
        assert [entry.read(9) for entry in opened.walk()] == [b"y", b"x"]
    with pytest.raises(FolderRefused, match="不是文件夹"):
        Folder(folder, "link")
