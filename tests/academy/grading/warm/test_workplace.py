"""A worker's folder and number end with it, also when it was killed."""

import os
import subprocess
import sys
import tempfile

import pytest

from academy.grading.errors import RefereeError
from academy.grading.warm import workplace
from academy.grading.warm.workplace import LOCK, give_back, make_folder, take_slot

HOLD = "import sys; from academy.grading.warm.workplace import *; print(make_folder()[0], flush=True); sys.stdin.read()"


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def other():
    """另一个工人，占着自己的文件夹。"""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        process.folder = process.stdout.readline().strip()
        yield process
        process.kill()


def test_a_killed_workers_folder_is_removed_by_the_next(other):
    left = os.path.join(other.folder, "scratch-x", "closed")
    os.makedirs(left)
    os.chmod(left, 0)
    other.kill()
    other.wait()

    folder, lock = make_folder()

    assert not os.path.exists(other.folder)
    assert folder.is_dir()
    give_back(folder, lock)


def test_a_living_workers_folder_stays(other):
    give_back(*make_folder())

    assert os.path.exists(other.folder)


def test_a_folder_that_is_just_being_made_stays(temporary):
    fresh = temporary / "referee-fresh"
    fresh.mkdir()

    give_back(*make_folder())

    assert fresh.is_dir()


def test_a_link_is_not_followed(temporary):
    aim = temporary / "other"
    aim.mkdir()
    (aim / LOCK).touch()
    (temporary / "referee-link").symlink_to(aim)

    give_back(*make_folder())

    assert (aim / LOCK).exists()


def test_nothing_stays_after_giving_back(temporary):
    folder, lock = make_folder()
    (folder / "scratch-a/b").mkdir(parents=True)

    give_back(folder, lock)

    assert list(temporary.iterdir()) == []


def test_no_two_workers_have_the_same_number():
    taken = [take_slot() for _ in range(3)]
    numbers = [slot for slot, _ in taken]
    for _, lock in taken:
        if lock is not None:
            os.close(lock)

    assert numbers == ([0, 1, 2] if os.geteuid() == 0 else [None] * 3)


def _of_somebody_else(folder, monkeypatch):
    folder.mkdir()
    somebody = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody)


def _open_to_all(folder, monkeypatch):
    folder.mkdir()
    folder.chmod(0o777)


def _a_link(folder, monkeypatch):
    (folder.parent / "elsewhere").mkdir()
    folder.symlink_to("elsewhere")


@pytest.mark.parametrize("put", [_of_somebody_else, _open_to_all, _a_link])
def test_numbers_are_not_taken_in_a_folder_that_others_may_write_to(temporary, put, monkeypatch):
    monkeypatch.setattr(workplace, "worker_uid", lambda slot: 200000 + slot)
    put(temporary / "referee-slots", monkeypatch)

    with pytest.raises(RefereeError, match="referee-slots 不是评分人自己的文件夹"):
        take_slot()
    assert not any((temporary / "referee-slots").iterdir())
