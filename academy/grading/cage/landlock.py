"""What may a caged process touch in the file system?  Landlock: a list of folders, nothing else.

Reading below the readable folders, reading and writing below the scratch folder, a few devices.
From ABI 4 also no TCP, from ABI 6 no abstract unix socket and no signal outside the cage.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from academy.grading.cage import calls, linux

__all__ = ["abi", "restrict"]

_WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG = 1 << 4, 1 << 5, 1 << 7, 1 << 8
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_READ = _READ_FILE | _READ_DIR
# no links, sockets, devices: whoever looks into the scratch folder finds files and folders
_WORK = _READ | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG
_WORK |= _REFER | _TRUNCATE
_ON_FILES = _READ_FILE | _WRITE_FILE | _TRUNCATE

_HANDLED_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
_TCP_BIND_AND_CONNECT = 3
_ABSTRACT_SOCKETS_AND_SIGNALS = 3
_PATH_BENEATH = 1
_VERSION = 1


def _number(name: str) -> int | None:
    machine = linux.architecture()
    return None if machine is None else calls.number(name, machine.column)


@cache
def abi() -> int:
    """Landlock version of the running kernel; 0 where there is none."""
    number = _number("landlock_create_ruleset")
    if number is None:
        return 0
    try:
        return linux.call(number, None, ctypes.c_size_t(0), _VERSION)
    except OSError:
        return 0


def restrict(
    readable: Iterable[Path], writable: Iterable[Path], devices: Iterable[Path] = ()
) -> None:
    """Deny this thread every file outside the given ones from now on, irrevocably.

    Needs ``no_new_privs``. Paths that are not there are left out.

    Parameters
    ----------
    readable : folders and files to read; nothing in them can be run.
    writable : folders in which files may be made, changed and removed.
    devices : files such as ``/dev/null`` to read and write.
    """
    version = abi()
    handled = next(
        rights
        for first, rights in sorted(_HANDLED_BY_ABI.items(), reverse=True)
        if version >= first
    )
    network = _TCP_BIND_AND_CONNECT if version >= 4 else 0
    scoped = _ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    attribute = struct.pack("=QQQ", handled, network, scoped)[:size]
    ruleset = linux.call(_number("landlock_create_ruleset"), attribute, ctypes.c_size_t(size), 0)
    try:
        for paths, rights in ((readable, _READ), (writable, _WORK), (devices, _ON_FILES)):
            for path in paths:
                _allow(ruleset, path, rights & handled)
        linux.call(_number("landlock_restrict_self"), ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # not there, or out of reach anyway
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            rights &= _ON_FILES
        rule = struct.pack("=Qi", rights, place)
        linux.call(_number("landlock_add_rule"), ruleset, _PATH_BENEATH, rule, 0)
    finally:
        os.close(place)
