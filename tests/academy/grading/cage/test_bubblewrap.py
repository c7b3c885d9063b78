"""academy.grading.cage.bubblewrap：命令行里只有该有的；没有 bwrap 就原样返回。"""

import subprocess
import sys
from pathlib import Path

import pytest

from academy.grading.cage import bubblewrap, surroundings

COMMAND = [sys.executable, "-c", "pass"]


@pytest.fixture
def built(monkeypatch, tmp_path):
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda _: "/usr/bin/bwrap")
    return bubblewrap._command(COMMAND, writable=[tmp_path], environment={"LANG": "C.UTF-8"})


def pairs(words, flag):
    return [words[i + 1] for i, word in enumerate(words) if word == flag]


def test_namespaces_and_environment_are_its_own(built):
    for flag in ("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--clearenv"):
        assert flag in built
    assert pairs(built, "--setenv") == ["LANG"]
    assert pairs(built, "--cap-drop") == ["ALL"]
    assert built[-len(COMMAND) :] == COMMAND


def test_only_the_given_folder_is_writable(built, tmp_path):
    assert pairs(built, "--bind") == [str(tmp_path)]
    assert set(pairs(built, "--ro-bind")) <= set(map(str, surroundings.default_readable()))


def test_root_keeps_what_changing_users_needs_and_no_more(built, monkeypatch):
    monkeypatch.setattr(bubblewrap.os, "geteuid", lambda: 0)
    as_root = bubblewrap._command(COMMAND)
    monkeypatch.setattr(bubblewrap.os, "geteuid", lambda: 1000)
    as_user = bubblewrap._command(COMMAND)

    kept = {"CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP", "CAP_KILL", "CAP_CHOWN"}
    assert set(pairs(as_root, "--cap-add")) == kept
    assert pairs(as_user, "--cap-add") == []
    assert "--unshare-user" in as_user


def test_every_folder_on_the_way_is_open(built, tmp_path):
    """bwrap 会照抄家目录的 0700，换了用户就进不去。"""
    assert set(map(str, tmp_path.parents)) - {"/", "/tmp"} <= set(pairs(built, "--dir"))


def test_links_stay_links():
    words = bubblewrap._bind("--ro-bind", Path("/lib"))

    assert words[0] in ("--symlink", "--ro-bind")
    assert words[-1] == "/lib"


def test_without_bubblewrap_the_command_stays(monkeypatch):
    monkeypatch.setattr(bubblewrap, "usable", lambda: False)

    assert bubblewrap.wrap_zygote(COMMAND) == COMMAND


@pytest.mark.parametrize(
    "failure", [OSError("no such file"), subprocess.TimeoutExpired("bwrap", 1)]
)
def test_a_bubblewrap_that_does_not_start_is_not_used(monkeypatch, failure):
    def run(*_, **__):
        raise failure

    monkeypatch.setattr(bubblewrap.shutil, "which", lambda _: "/usr/bin/bwrap")
    monkeypatch.setattr(bubblewrap.subprocess, "run", run)

    assert not bubblewrap._starts()


def test_this_process_is_not_inside():
    assert not bubblewrap.inside()


def test_what_is_outside_is_not_there_inside(world):
    """进程、网卡、别人的文件夹，在命名空间里都不存在。"""
    if not world.name.endswith("bwrap"):
        return
    before = """
import os
result["processes"] = sum(name.isdecimal() for name in os.listdir("/proc"))
result["devices"] = [line.split(":")[0].strip() for line in open("/proc/net/dev")][2:]
result["home"] = os.path.exists("/etc/passwd")
result["writable"] = os.access("/usr", os.W_OK) or os.access("/", os.W_OK)
"""
    found = world.run("", before=before)

    assert found["processes"] <= 4
    assert found["devices"] == ["lo"]
    assert not found["home"]
    assert not found["writable"]
