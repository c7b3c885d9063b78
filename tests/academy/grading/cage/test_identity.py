"""academy.grading.cage.identity：每个工位一个谁也不是的用户。"""

import os
from pathlib import Path

import pytest

from academy.grading.cage import identity


def test_only_root_hands_out_users(monkeypatch):
    monkeypatch.setattr(identity.os, "geteuid", lambda: 1000)

    assert identity.worker_uid(0) is None


def uid_map(monkeypatch, text):
    monkeypatch.setattr(identity.os, "geteuid", lambda: 0)
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: text)


def test_slots_differ(monkeypatch):
    uid_map(monkeypatch, "         0          0 4294967295\n")

    assert len({identity.worker_uid(slot) for slot in range(100)}) == 100
    assert identity.worker_uid(7) == 1_900_000_007


def test_a_container_with_few_users_gets_one_that_is_mapped(monkeypatch):
    """rootless 容器常只映射 65536 个用户。"""
    uid_map(monkeypatch, "0 1000 1\n1 100000 65536\n")

    assert identity.worker_uid(7) == 62_007


def test_a_container_with_one_user_gets_none(monkeypatch):
    uid_map(monkeypatch, "0 1000 1\n")

    assert identity.worker_uid(7) is None


@pytest.mark.parametrize("mode", [0o755, 0o700])
def test_folders_closed_to_others_are_out_of_reach(mode, tmp_path):
    if os.geteuid() != 0:
        return
    folder = Path(os.fsdecode(os.path.realpath("/tmp")), f"reach-{os.getpid()}")
    (folder / "inner").mkdir(parents=True)
    folder.chmod(mode)
    try:
        found = identity.out_of_reach([folder / "inner", folder / "missing"], 1_900_000_000)

        assert found == (() if mode == 0o755 else (folder / "inner",))
        assert identity.can_enter(folder, 1_900_000_000) == (mode == 0o755)
        assert os.geteuid() == 0
    finally:
        (folder / "inner").rmdir()
        folder.rmdir()
