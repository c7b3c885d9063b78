"""Files travel between the scratch folders; code and names that lead out of them do not."""

import pytest

from academy.grading.wire.files import (
    changed_files,
    file_digest,
    is_data_name,
    pack_files,
    unpack_files,
    write_files,
)


@pytest.fixture(autouse=True)
def _scratch(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_packed_files_come_out_again():
    files = {"a.csv": b"1", "data/中.csv": b"", "b": b"\0" * 9}

    assert unpack_files(pack_files(files)) == files
    assert unpack_files(pack_files({})) == {}


def test_written_files_are_the_changed_ones(tmp_path):
    write_files({"a.csv": b"1", "data/b.csv": b"2"})

    assert changed_files({}) == {"a.csv": b"1", "data/b.csv": b"2"}
    assert changed_files({"a.csv": file_digest(b"1"), "data/b.csv": "old"}) == {"data/b.csv": b"2"}


def test_nothing_is_written_outside(tmp_path):
    write_files({"../out": b"x", str(tmp_path.parent / "out"): b"x", "a/../../out": b"x"})

    assert not (tmp_path.parent / "out").exists()
    assert changed_files({}) == {}


def test_links_are_not_read(tmp_path):
    (tmp_path / "link").symlink_to("/etc/hostname")

    assert changed_files({}) == {}


@pytest.mark.parametrize("name", ["out.csv", "data/结果.xlsx", "figure.png", "no_suffix"])
def test_data_may_lie_beside_the_tests(name):
    assert is_data_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "statistics.py",
        "a/b.PYC",
        "x.so",
        "model.pkl",
        "x.py.csv",
        "a.npy",
        ".config",
        "../x",
        "",
        3,
    ],
)
def test_code_and_pickles_may_not(name):
    assert not is_data_name(name)
