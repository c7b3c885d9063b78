"""academy.grading.cage.availability：试一次就知道这台机器给得了什么。"""

import json
import subprocess
import sys

import pytest

from academy.grading import cage
from academy.grading.cage import availability


def test_this_machine_holds_everything():
    level = cage.available()

    assert level.missing(["all"]) == ()
    assert level.notes == ()


def test_a_caged_child_imports_unseen_modules():
    assert cage.self_test() == ()


def test_it_is_tried_once():
    assert cage.available() is cage.available()


def test_the_level_is_the_one_submissions_get(world):
    """试的与真的用同样的手段（control group 归整个工位，不算在这里）。"""
    if world.root != (cage.worker_uid(0) is not None) or "bwrap" not in world.name:
        return

    tried = [name for name in cage.available().mechanisms if name != "cgroup"]

    assert "+".join(tried) == world.run("")["level"]


def test_a_trial_that_breaks_off_is_told_in_one_line():
    command = [sys.executable, "-c", "print(); input(); raise SystemExit('坏了')"]

    with pytest.raises(cage.CageError, match="^试隔离一个进程失败：坏了$"):
        availability._run(command, {"PYTHONUTF8": "1"})


def test_a_trial_that_hangs_is_ended(monkeypatch):
    monkeypatch.setattr(availability, "_SECONDS", 0.5)
    command = [sys.executable, "-c", "print(flush=True); import time; time.sleep(60)"]

    with pytest.raises(cage.CageError, match="秒没有结果"):
        availability._run(command, {})


def test_windows_is_sent_to_wsl_before_anything_starts(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")

    with pytest.raises(cage.CageError, match="请安装 WSL"):
        availability._tried.__wrapped__()


def test_the_package_imports_where_unix_modules_are_missing():
    """Windows 没有 resource、fcntl、pwd：引用 academy.grading.cage 不能因此失败。"""
    code = """
import sys
for name in ("resource", "fcntl", "pwd", "termios", "grp"):
    sys.modules[name] = None
from academy.grading import cage
import json
print(json.dumps(sorted(cage.__all__)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=None
    )

    assert json.loads(done.stdout) == sorted(cage.__all__)
