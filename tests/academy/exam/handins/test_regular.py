"""academy.exam.handins.regular：只读普通文件，不跟链接，不多读一个字节。"""

import os
from datetime import UTC, datetime

import pytest

from academy.exam.handins.regular import read_folder, read_regular
from academy.grading.desk.foreign_folder import Folder


def _read(folder, limit, most):
    with Folder(folder) as opened:
        return read_folder(opened, limit, most)


def test_content_and_time_of_the_last_change(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"xyz")
    os.utime(path, (1_752_825_000, 1_752_825_000))

    assert read_regular(path, 10) == (b"xyz", datetime(2025, 7, 18, 7, 50, tzinfo=UTC))


@pytest.mark.parametrize(("limit", "read"), [(3, True), (2, False)])
def test_file_is_read_up_to_the_limit(tmp_path, limit, read):
    path = tmp_path / "a"
    path.write_bytes(b"xyz")

    if read:
        assert read_regular(path, limit)[0] == b"xyz"
    else:
        with pytest.raises(ValueError, match="太大，没有收"):
            read_regular(path, limit)


def test_links_pipes_folders_and_missing_files_are_refused(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "链接").symlink_to(tmp_path / "a")
    os.mkfifo(tmp_path / "管子")
    (tmp_path / "夹子").mkdir()

    for name, said in [
        ("链接", "是链接"),
        ("管子", "不是普通文件"),
        ("夹子", "不是普通文件"),
        ("没有", "读不出来"),
    ]:
        with pytest.raises(ValueError, match=said):
            read_regular(tmp_path / name, 10)


def test_folder_is_read_without_what_leads_out_of_it(tmp_path):
    folder = tmp_path / "S1"
    (folder / "data").mkdir(parents=True)
    (folder / "px.ipynb").write_bytes(b"{}")
    (folder / "data/a.csv").write_bytes(b"x")
    (folder / "外面").symlink_to(tmp_path)
    (folder / "data/b.csv").symlink_to(folder / "px.ipynb")

    files, left_out = _read(folder, 100, 10)

    assert {path: content for path, (content, _) in files.items()} == {
        "px.ipynb": b"{}",
        "data/a.csv": b"x",
    }
    assert left_out == [
        "外面 是链接，没有收。",
        "data/b.csv 是链接，没有收。",
    ]


def test_folder_is_read_up_to_its_limits(tmp_path):
    for name in "abc":
        (tmp_path / name).write_bytes(b"12345")

    assert len(_read(tmp_path, 15, 3)[0]) == 3
    assert _read(tmp_path, 15, 3)[1] == []
    files, left_out = _read(tmp_path, 15, 2)
    assert (set(files), left_out) == ({"a", "b"}, ["文件超过 2 个，多出的没有收。"])
    files, left_out = _read(tmp_path, 14, 3)
    assert set(files) == {"a", "b"}
    assert "c 有 0 MB，太大" in left_out[0]
