"""academy.grading.desk.locks：一份答卷一次一人评，别的答卷不用等；持有人死了，锁也就没了。"""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from academy.grading.desk.locks import submission_lock
from academy.grading.work.record import Rejected

ROOT = Path(__file__).resolve().parents[4]
HOLDER = """
import sys, time
from pathlib import Path
from academy.grading.desk.locks import submission_lock
with submission_lock(Path(sys.argv[1]), "hw", "S1", 0):
    print("held", flush=True)
    time.sleep(60)
"""


def _lock(root, student="S1", assignment="hw", patience=0.0):
    return submission_lock(root, assignment, student, patience)


@pytest.fixture
def holder(tmp_path):
    """另一个进程，拿着 S1 的 hw。"""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_the_same_submission_is_refused_with_the_reason(tmp_path):
    with (
        _lock(tmp_path),
        pytest.raises(Rejected, match="S1 的 hw 正在别处评分.*等它评完"),
        _lock(tmp_path),
    ):
        raise AssertionError


def test_others_need_not_wait(tmp_path):
    with _lock(tmp_path), _lock(tmp_path, "S2"), _lock(tmp_path, assignment="hw2"):
        pass


def test_names_cannot_be_taken_for_each_other(tmp_path):
    with _lock(tmp_path, "b", "a"), _lock(tmp_path, "", "ab"), _lock(tmp_path, "\udc80", "a"):
        pass


def test_it_is_free_after_the_block_and_after_an_error(tmp_path):
    with pytest.raises(ZeroDivisionError), _lock(tmp_path):
        raise ZeroDivisionError
    with _lock(tmp_path):
        pass
    with _lock(tmp_path):
        pass


def test_who_wants_it_waits_for_another_thread(tmp_path):
    entered, order = threading.Event(), []

    def first():
        with _lock(tmp_path):
            entered.set()
            time.sleep(0.2)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    entered.wait()
    with _lock(tmp_path, patience=30):
        order.append("second")
    thread.join()

    assert order == ["first", "second"]


def test_another_process_keeps_it_until_it_dies(tmp_path, holder):
    with pytest.raises(Rejected, match="正在别处评分"), _lock(tmp_path):
        raise AssertionError
    holder.kill()
    with _lock(tmp_path, patience=30):
        pass


def test_a_very_long_name_has_a_lock_too(tmp_path):
    with _lock(tmp_path, "学" * 85):
        pass
