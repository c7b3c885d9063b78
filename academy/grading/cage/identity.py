"""As whom does a caged process run?  As a user who owns nothing, without any capability."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from academy.grading.cage import calls, linux

__all__ = [
    "CAP_SYS_ADMIN",
    "become",
    "can_enter",
    "drop_capabilities",
    "has_capability",
    "out_of_reach",
    "worker_uid",
]

CAP_SETPCAP = 8
CAP_SYS_ADMIN = 21
_LAST_CAPABILITY = 63
_VERSION_3 = 0x20080522
# Above every range that systemd and containers hand out; the second fits where only 65,536 are mapped.
_BASES = (1_900_000_000, 62_000)


def worker_uid(slot: int) -> int | None:
    """An unprivileged user of its own for worker slot `slot`; None unless this is root.

    Give the learner's and the examiner's process a slot each: then not even the file system knows
    them as one.
    """
    if sys.platform != "linux" or os.geteuid() != 0:
        return None
    try:
        lines = Path("/proc/self/uid_map").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    ranges = [tuple(map(int, line.split())) for line in lines]
    for base in _BASES:
        uid = base + slot
        if any(first <= uid < first + length for first, _, length in ranges):
            return uid
    return None


@contextmanager
def _as_user(uid: int) -> Iterator[None]:
    groups, gid = os.getgroups(), os.getegid()
    os.setgroups([])
    os.setegid(uid)
    os.seteuid(uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(gid)
        os.setgroups(groups)


def out_of_reach(paths: Iterable[Path], uid: int) -> tuple[Path, ...]:
    """Those of `paths` that are there for root and that user `uid` cannot read."""
    there = [(path, path.is_dir()) for path in paths if os.path.exists(path)]
    with _as_user(uid):
        return tuple(path for path, folder in there if not _readable(path, folder))


def can_enter(folder: Path, uid: int) -> bool:
    """Whether user `uid` may pass through `folder`; asked as root."""
    with _as_user(uid):
        return os.access(folder, os.X_OK, effective_ids=True)


def _readable(path: Path, folder: bool) -> bool:
    wanted = os.R_OK | os.X_OK if folder else os.R_OK
    return os.access(path, wanted, effective_ids=True)


def become(uid: int) -> None:
    """Run as user and group `uid`, without supplementary groups, for good."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def has_capability(capability: int) -> bool:
    """Whether the process has `capability` in effect."""
    effective = struct.unpack("=6I", _capabilities("capget", bytes(24)))
    low, high = effective[0], effective[3]
    return bool((low | high << 32) >> capability & 1)


def drop_capabilities() -> None:
    """Give up every capability, and the right to gain one again."""
    if has_capability(CAP_SETPCAP):
        for capability in range(_LAST_CAPABILITY + 1):
            try:
                linux.prctl(linux.PR_CAPBSET_DROP, capability)
            except OSError:
                break  # past the last one that this kernel knows
        # root without capabilities stays so: no root rights on exec, for good
        linux.prctl(linux.PR_SET_SECUREBITS, 0b11)
    _capabilities("capset", bytes(24))


def _capabilities(name: str, data: bytes) -> bytes:
    number = calls.number(name, linux.architecture().column)
    header = ctypes.create_string_buffer(struct.pack("=Ii", _VERSION_3, 0), 8)
    buffer = ctypes.create_string_buffer(data, 24)
    linux.call(number, header, buffer)
    return buffer.raw
