"""Files travel between the scratch folders; code and names that lead out of them do not."""

import contextlib
import os
import time

import pytest

from academy.grading.wire.files import (
    MAX_DEPTH,
    MAX_FILES,
    changed_files,
    file_digest,
    file_digests,
    is_data_name,
    list_files,
    look_for_files,
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


def test_1500_nested_folders_cost_their_own_files(tmp_path, nested):
    write_files({"a.csv": b"1", "z/b.csv": b"2"})
    nested(tmp_path)
    started = time.process_time()

    assert look_for_files() == (["a.csv", "z/b.csv"], "deep")
    assert changed_files({}) == {"a.csv": b"1", "z/b.csv": b"2"}
    assert time.process_time() - started < 1


@pytest.mark.parametrize(("depth", "found"), [(MAX_DEPTH - 1, ""), (MAX_DEPTH, "deep")])
def test_files_count_down_to_the_last_level(depth, found):
    path = "d/" * depth
    write_files({f"{path}x.csv": b"1"})

    assert look_for_files() == ([] if found else [f"{path}x.csv"], found)


@pytest.mark.parametrize(("more", "found"), [(0, ""), (1, "many")])
def test_files_beyond_the_number_are_left_out_the_deepest_first(more, found):
    write_files({f"d/{n:03}": b"" for n in range(MAX_FILES - 1 + more)} | {"z": b""})

    names, left_out = look_for_files()

    assert (names[0], len(names), left_out) == ("z", MAX_FILES, found)


def test_hidden_folders_and_what_is_no_file_are_passed_over(tmp_path):
    write_files({".git/x": b"1", ".hidden": b"2"})
    os.mkfifo(tmp_path / "pipe")

    assert list_files() == [".hidden"]


def test_a_file_that_goes_while_its_folder_is_read_takes_no_other_with_it(tmp_path, monkeypatch):
    write_files({"a": b"1", "gone": b"2", "z": b"3"})
    real = os.scandir

    @contextlib.contextmanager
    def scandir(folder):
        with real(folder) as entries:
            found = list(entries)
        (tmp_path / "gone").unlink()
        yield iter(found)

    monkeypatch.setattr(os, "scandir", scandir)

    assert list_files() == ["a", "z"]


def test_digests_are_of_what_is_there(tmp_path):
    write_files({"a": b"1", "d/b": b"2"})
    (tmp_path / "link").symlink_to("nowhere")

    assert file_digests() == {"a": file_digest(b"1"), "d/b": file_digest(b"2")}


def test_a_file_that_has_gone_is_not_there(tmp_path):
    write_files({"a": b"1"})

    assert changed_files({}, ["gone", "a"]) == {"a": b"1"}
