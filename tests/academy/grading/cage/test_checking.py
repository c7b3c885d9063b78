"""academy.grading.cage.checking：每一种逃法，隔离外做得成，隔离内做不成。"""

import json
import os
import subprocess
import sys

import pytest

from academy.grading import cage
from academy.grading.cage import attempts, checking

PROBES_AS_JSON = """
import json
from academy.grading import cage
print(json.dumps([(p.attempt, p.held, p.mechanism, p.detail) for p in cage.check_containment()]))
"""


@pytest.fixture(scope="module")
def probes():
    return cage.check_containment()


def test_every_escape_is_held_here(probes):
    assert [str(probe) for probe in probes if not probe.held] == []


def test_every_attempt_is_probed_and_names_its_mechanism(probes):
    expected = {attempt.name for attempt in attempts.ATTEMPTS}
    if attempts.open_device() is None:
        expected.remove(attempts.DEVICE)

    assert {probe.attempt for probe in probes} == expected
    assert all(set(probe.mechanism.split("+")) <= set(cage.MECHANISMS) for probe in probes)


def test_the_report_says_what_happened_on_both_sides(probes):
    fork = next(probe for probe in probes if probe.attempt == "分身（fork）")

    assert str(fork).startswith("守住　分身（fork）（seccomp）：隔离外：分出了一个进程；隔离内：")
    assert "PermissionError" in fork.detail


def test_all_is_held_without_bubblewrap_too():
    """PATH 里没有 bwrap 时。"""
    environment = cage.zygote_environment(more={"PATH": "/nonexistent", "TMPDIR": "/tmp"})
    done = subprocess.run(
        [sys.executable, "-c", PROBES_AS_JSON],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)

    assert [probe for probe in found if not probe[1]] == []
    assert not any("bwrap" in mechanism for _, _, mechanism, _ in found)


def result(through, detail="做成了", held=None):
    return {"through": through, "detail": detail, "held": held or {}, "level": "rlimits"}


def test_an_attempt_that_fails_outside_proves_nothing():
    probe = checking._probe("x", "files", result(False, "没做成"), result(False), (), ())

    assert not probe.held
    assert "隔离外也没有做成（没做成）" in probe.detail


def test_what_is_seen_outside_counts_more_than_what_the_child_says():
    """子进程说没做成，外面的文件却变了。"""
    probe = checking._probe("x", "files", result(True), result(False), (), ("x",))

    assert not probe.held


def test_held_without_a_guarantee_names_the_level():
    probe = checking._probe("x", "disk", result(True), result(False), (), ())

    assert probe.held
    assert probe.mechanism == "rlimits"


def test_nothing_is_left_behind(probes, tmp_path, monkeypatch):
    monkeypatch.setattr(checking.tempfile, "tempdir", str(tmp_path))
    before = len(os.listdir("/proc/self/fd")) if sys.platform == "linux" else 0
    tmp_path.chmod(0o755)

    list(checking.check_containment())

    assert os.listdir(tmp_path) == []
    if sys.platform == "linux":
        assert len(os.listdir("/proc/self/fd")) == before
