"""How does a caged process see the file system?  Read-only, but for a bounded folder in memory.

The mounts belong to the process and vanish with it: nothing to clean up, even after a kill.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterable
from pathlib import Path

from academy.grading.cage import calls, linux

__all__ = ["freeze", "mount_scratch", "own_view", "own_view_as_user", "show"]

_SAFE = linux.MS_NOSUID | linux.MS_NODEV
_FILES_PER_MIB = 256
_HERE, _RECURSIVE = -100, 0x8000
_READ_ONLY, _NO_SETUID = 1, 2


def own_view() -> None:
    """A private copy of the mount table, for a process with CAP_SYS_ADMIN."""
    linux.unshare(linux.CLONE_NEWNS)
    linux.mount("none", "/", None, linux.MS_REC | linux.MS_PRIVATE)


def own_view_as_user() -> None:
    """A private mount table for an ordinary user, through a user namespace.

    Raises
    ------
    OSError
        The machine does not let ordinary users have one.
    """
    uid, gid = os.getuid(), os.getgid()
    # /proc/self belongs to root after a change of user, unless the process may be inspected
    linux.prctl(linux.PR_SET_DUMPABLE, 1)
    linux.unshare(linux.CLONE_NEWUSER | linux.CLONE_NEWNS)
    _tell("setgroups", "deny")
    _tell("uid_map", f"{uid} {uid} 1")
    _tell("gid_map", f"{gid} {gid} 1")


def _tell(name: str, text: str) -> None:
    with open(f"/proc/self/{name}", "w", encoding="utf-8") as file:
        file.write(text)


def mount_scratch(folder: Path, size: int, owner: int | None = None) -> None:
    """Mount `size` bytes of memory at `folder`, with a bounded number of files."""
    options = f"size={size},nr_inodes={max(1024, size // 2**20 * _FILES_PER_MIB)},mode=700"
    if owner is not None:
        options += f",uid={owner},gid={owner}"
    linux.mount("scratch", os.fspath(folder), "tmpfs", _SAFE | linux.MS_NOEXEC, options)


def freeze() -> None:
    """Make every mount of a private view read-only: contents, modes, owners, times.

    Raises
    ------
    OSError
        The kernel is older than 5.12.
    """
    number = calls.number("mount_setattr", linux.architecture().column)
    attributes = struct.pack("=4Q", _READ_ONLY | _NO_SETUID, 0, 0, 0)
    linux.call(number, _HERE, b"/", _RECURSIVE, attributes, len(attributes))


def show(paths: Iterable[Path], can_enter: Callable[[Path], bool]) -> None:
    """Make `paths` reachable through folders closed to others, and only them, in a private view.

    Over the topmost closed folder comes an empty one, into which `paths` are bound read-only. A
    path that is itself closed stays so.

    Parameters
    ----------
    paths : folders or files behind closed ones.
    can_enter : function of a folder: may the later user pass through it?
    """
    os.umask(0o022)
    covers: dict[Path, list[Path]] = {}
    for path in paths:
        parents = reversed(path.parents)
        closed = next((folder for folder in parents if not can_enter(folder)), None)
        if closed is not None:
            covers.setdefault(closed, []).append(path)
    for cover, below in covers.items():
        opened = [(path, os.open(path, os.O_PATH)) for path in below]
        linux.mount("closed", os.fspath(cover), "tmpfs", _SAFE, "size=1m,mode=755")
        for path, place in opened:
            _bind(place, path)
            os.close(place)
        flags = linux.MS_REMOUNT | linux.MS_RDONLY | _SAFE
        linux.mount("closed", os.fspath(cover), None, flags)


def _bind(place: int, path: Path) -> None:
    if os.path.isdir(f"/proc/self/fd/{place}"):
        path.mkdir(parents=True, exist_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    linux.mount(f"/proc/self/fd/{place}", os.fspath(path), None, linux.MS_BIND | linux.MS_REC)
    flags = linux.MS_BIND | linux.MS_REMOUNT | linux.MS_RDONLY | _SAFE
    linux.mount("none", os.fspath(path), None, flags)
