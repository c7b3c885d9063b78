"""academy.exam.store：写到一半断电不留半个文件；同时写的人排队；别人看不见。"""

import os
import subprocess
import sys
import threading

import pytest

from academy.errors import CourseError
from academy.exam.store import append_line, locked, private_folder, read_lines, write_file


def test_file_is_written_whole_and_for_its_owner_only(tmp_path):
    path = tmp_path / "a.json"
    write_file(path, b"old")
    path.chmod(0o644)
    write_file(path, "新的".encode())

    assert path.read_text(encoding="utf-8") == "新的"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]


def test_what_fails_half_way_leaves_the_old_file_and_no_rest(tmp_path, monkeypatch):
    path = tmp_path / "a.json"
    write_file(path, b"old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_file(path, b"new")

    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]


def test_lines_are_added_and_a_line_cut_off_by_a_crash_counts_for_nothing(tmp_path):
    path = tmp_path / "log"
    assert read_lines(path) == []
    append_line(path, "一")
    append_line(path, "二")
    with path.open("ab") as file:
        file.write("断在这".encode()[:-1])

    assert read_lines(path) == ["一", "二"]
    append_line(path, "三")

    assert read_lines(path) == ["一", "二", "三"]
    assert path.read_text(encoding="utf-8") == "一\n二\n三\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_holder_may_enter_again_and_others_wait_for_him(tmp_path):
    order = []

    def other():
        with locked(tmp_path):
            order.append("other")

    with locked(tmp_path):
        thread = threading.Thread(target=other)
        thread.start()
        with locked(tmp_path):
            order.append("first")
        thread.join(0.3)
        order.append("still first")
    thread.join(10)

    assert order == ["first", "still first", "other"]


def test_second_terminal_that_waits_in_vain_is_told(tmp_path):
    code = (
        "import sys, pathlib\n"
        "from academy.exam.store import locked\n"
        "with locked(pathlib.Path(sys.argv[1])):\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        with (
            pytest.raises(CourseError, match="sittings/ 正被另一个程序改着"),
            locked(tmp_path, patience=0.2),
        ):
            pytest.fail("两个程序同时进来了")
        holder.stdin.close()
        holder.wait(10)

    with locked(tmp_path, patience=5):
        assert (tmp_path / "sittings").stat().st_mode & 0o777 == 0o700


def test_lock_is_given_back_when_something_fails_inside(tmp_path):
    with pytest.raises(ZeroDivisionError), locked(tmp_path):
        1 / 0  # noqa: B018

    with locked(tmp_path, patience=0.2):
        pass


def test_private_folder_is_made_with_its_parents_and_left_when_there(tmp_path):
    made = private_folder(tmp_path / "a/b")
    assert made.stat().st_mode & 0o777 == 0o700
    made.chmod(0o750)

    assert private_folder(made).stat().st_mode & 0o777 == 0o750
