"""How does a whole zygote run in namespaces of its own?  Inside bubblewrap, where that works.

No other process, no network, no message queue of the machine exists there, and of its files only
those bound read-only. As root, the zygote keeps the capabilities to become a worker's user, to give
it its folder and to end its children; as an ordinary user it has none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from academy.grading.cage import surroundings
from academy.grading.cage.remembered import remembered

__all__ = ["inside", "usable", "wrap_zygote"]

_NAMESPACES = ("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts")
_ROOT_KEEPS = ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP", "CAP_KILL", "CAP_CHOWN")
_PROBE_SECONDS = 20


def wrap_zygote(
    command: Sequence[str],
    *,
    writable: Iterable[Path] = (),
    readable: Iterable[Path] = (),
    environment: Mapping[str, str] | None = None,
) -> list[str]:
    """`command` run inside bubblewrap; `command` itself where bubblewrap is missing or refused.

    Inherited descriptors stay open (``pass_fds`` of ``subprocess.Popen``). The namespaces end with
    the command: a zygote that ends when its channel closes leaves nothing behind. Process numbers
    inside are not those outside: ask the zygote to end one of its children.

    Parameters
    ----------
    command : program and arguments.
    writable : folders of the grader that the zygote needs for its children's scratch folders.
    readable : more to read than :func:`~academy.grading.cage.default_readable`.
    environment : the whole environment; by default
        :func:`~academy.grading.cage.zygote_environment`.
    """
    if not usable():
        return list(command)
    return _command(command, writable, readable, environment)


def _command(
    command: Sequence[str],
    writable: Iterable[Path] = (),
    readable: Iterable[Path] = (),
    environment: Mapping[str, str] | None = None,
) -> list[str]:
    words = [shutil.which("bwrap"), *_NAMESPACES, "--new-session", "--clearenv"]
    for name, value in (environment or surroundings.zygote_environment()).items():
        words += ["--setenv", name, value]
    words += ["--cap-drop", "ALL"]
    if os.geteuid() == 0:
        for capability in _ROOT_KEEPS:
            words += ["--cap-add", capability]
    else:
        words.append("--unshare-user")
    words += ["--perms", "0755", "--tmpfs", "/tmp", "--proc", "/proc", "--dev", "/dev"]
    made = {Path("/"), Path("/tmp"), Path("/proc"), Path("/dev")}
    for flag, paths in (("--ro-bind", surroundings.default_readable()), ("--ro-bind", readable)):
        for path in filter(os.path.exists, paths):
            words += [*_way(path, made), *_bind(flag, path)]
    for path in writable:
        words += [*_way(path, made), "--bind", os.fspath(path), os.fspath(path)]
    return [*words, "--remount-ro", "/", "--chdir", "/", "--", *command]


def _way(path: Path, made: set[Path]) -> list[str]:
    """Open folders down to `path`: bubblewrap itself would copy a closed home's mode."""
    words = []
    for folder in reversed(path.parents):
        if folder not in made:
            made.add(folder)
            words += ["--perms", "0755", "--dir", os.fspath(folder)]
    made.add(path)
    return words


def _bind(flag: str, path: Path) -> list[str]:
    if path.is_symlink():
        return ["--symlink", os.readlink(path), os.fspath(path)]
    return [flag, os.fspath(path), os.fspath(path)]


@cache
def usable() -> bool:
    """Whether Python starts inside bubblewrap on this machine, for this user (tried once)."""
    if sys.platform != "linux" or shutil.which("bwrap") is None:
        return False
    return remembered("bubblewrap", _starts, bool)


def _starts() -> bool:
    try:
        done = subprocess.run(
            _command([sys.executable, "-c", "import ctypes"]),
            env={},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PROBE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


@cache
def inside() -> bool:
    """Whether this process runs inside bubblewrap: its first process and its root folder say so."""
    try:
        with open("/proc/1/comm", encoding="utf-8") as name:
            if name.read().strip() != "bwrap":
                return False
        with open("/proc/self/mountinfo", encoding="utf-8") as mounts:
            root = next(line for line in mounts if line.split()[4] == "/")
    except (OSError, StopIteration):
        return False
    return " - tmpfs " in root
