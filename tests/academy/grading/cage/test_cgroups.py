"""academy.grading.cage.cgroups：整个工位一起有上限，死掉的评分人留下的组会收走。"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from academy.grading.cage import cgroups

GIB = 1024**3
CHILD_OF_CHILD = """
import os, sys, time
child = os.fork()
print(os.getpid(), flush=True)
if child == 0:
    sys.stdin.read(1)
    print(open("/proc/self/cgroup").read().count("ccom-referee-"), flush=True)
else:
    os.wait()
"""


def group_or_none():
    return cgroups.worker_group(GIB, 64)


def test_a_process_and_its_children_are_moved():
    """这台机器不让建组（普通用户）就返回 None，什么也不留下。"""
    group = group_or_none()
    if group is None:
        assert os.geteuid() != 0 or not os.access("/sys/fs/cgroup", os.W_OK)
        return
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD_OF_CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    for _ in range(2):
        process.stdout.readline()
    group.add(process.pid)
    output, _ = process.communicate(b"x")
    group.close()

    assert int(output) >= 1
    assert not any(folder.exists() for folder in group.folders)


def fake_root(monkeypatch, tmp_path):
    monkeypatch.setattr(cgroups, "_ROOT", tmp_path)
    return tmp_path


def test_a_machine_without_groups_gives_none(monkeypatch, tmp_path):
    """普通文件夹里没有 memory.max：建了一半的也删掉。"""
    root = fake_root(monkeypatch, tmp_path)
    (root / "memory").mkdir()

    assert cgroups.worker_group(GIB, 64) is None
    assert [path.name for path in root.rglob("*")] == ["memory"]


def test_groups_of_dead_graders_are_swept(monkeypatch, tmp_path):
    root = fake_root(monkeypatch, tmp_path)
    (root / "pids").mkdir()
    dead = root / "pids/ccom-referee-999999999-abcd"
    alive = root / f"ccom-referee-{os.getpid()}-abcd"
    other = root / "user.slice"
    for folder in (dead, alive, other):
        folder.mkdir()

    cgroups._sweep()

    assert not dead.exists()
    assert alive.exists()
    assert other.exists()


def test_an_ended_process_is_no_error(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    (tmp_path / "cgroup.procs").touch()

    cgroups.Group((tmp_path,)).add(process.pid)

    assert (tmp_path / "cgroup.procs").read_text(encoding="utf-8") == str(process.pid)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("0::/ccom-referee-1-ab\n", True),
        ("4:memory:/ccom-referee-1-ab\n8:pids:/\n", True),
        ("0::/user.slice/session.scope\n", False),
    ],
)
def test_membership_is_read_from_the_kernel(monkeypatch, text, inside):
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: text)

    assert cgroups.inside() is inside


def test_limits_are_written(monkeypatch):
    """内核收下的数就是我们写的数。"""
    group = group_or_none()
    if group is None:
        return
    try:
        names = ("memory.max", "memory.limit_in_bytes")
        written = [
            (folder / name).read_text(encoding="utf-8").strip()
            for folder in group.folders
            for name in names
            if (folder / name).exists()
        ]
    finally:
        group.close()

    assert json.loads(written[0]) == GIB
