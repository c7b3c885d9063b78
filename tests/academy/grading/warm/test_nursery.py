"""When the warm process cannot start, one line says why, and nothing stays behind."""

import subprocess
import sys
import tempfile

import pytest

from academy.grading.errors import RefereeError
from academy.grading.warm import nursery
from academy.grading.warm.nursery import Nursery
from academy.grading.work.record import Limits

WINDOWS = """
import sys
sys.modules["fcntl"] = sys.modules["resource"] = None
from academy.grading.warm.nursery import Nursery
from academy.grading.work.record import Limits
import academy.grading.referee.grader, academy.grading.plan.dry_run
sys.platform = "win32"
try:
    Nursery(Limits())
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def _left(folder):
    # what all workers of this user share stays
    shared = ("referee-slots", "referee-checks-")
    return [path.name for path in folder.iterdir() if not path.name.startswith(shared)]


def test_an_interpreter_that_may_not_be_run_is_one_line(tmp_path, temporary, monkeypatch):
    closed = tmp_path / "python"
    closed.write_text("")
    monkeypatch.setattr(sys, "executable", str(closed))

    with pytest.raises(RefereeError, match="运行") as caught:
        Nursery(Limits())

    assert "\n" not in str(caught.value)
    assert _left(temporary) == []


def test_an_interpreter_that_is_not_there_is_one_line(tmp_path, temporary, monkeypatch):
    monkeypatch.setattr(nursery, "wrap_zygote", lambda command, **_: command)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))

    with pytest.raises(RefereeError, match="启动不了"):
        Nursery(Limits())

    assert _left(temporary) == []


def test_where_honest_work_fails_in_the_cage_nothing_is_graded(temporary, monkeypatch):
    monkeypatch.setattr(nursery, "self_test", lambda: ("隔离之后无法导入 six",))

    with pytest.raises(RefereeError, match="隔离之后无法导入 six"):
        Nursery(Limits())

    assert _left(temporary) == []


def test_on_windows_the_remedy_is_told():
    """那里没有 fcntl 与 resource；导入裁判不出错，开始评分才说改用 WSL。"""
    done = subprocess.run([sys.executable, "-c", WINDOWS], capture_output=True, text=True)

    assert done.stderr == ""
    assert done.stdout.startswith("CageError")
    assert "WSL" in done.stdout
