"""How are kernel calls made that Python has no function for?  Through libc's ``syscall``."""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from functools import cache

__all__ = ["Architecture", "architecture", "call", "load", "mount", "prctl", "unshare"]

CLONE_NEWNS = 0x00020000
CLONE_NEWUSER = 0x10000000

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECUREBITS = 28
PR_CAPBSET_DROP = 24
PR_SET_NO_NEW_PRIVS = 38

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18


class Architecture:
    """What differs between processors: the audit number and the column of the call table."""

    def __init__(self, name: str, audit: int, column: int) -> None:
        self.name = name
        self.audit = audit
        self.column = column


_ARCHITECTURES = {
    "x86_64": Architecture("x86_64", 0xC000003E, 0),
    "aarch64": Architecture("aarch64", 0xC00000B7, 1),
    "arm64": Architecture("aarch64", 0xC00000B7, 1),
}


def architecture() -> Architecture | None:
    """The running processor's; None where the call numbers are unknown (also a 32-bit Python)."""
    if sys.platform != "linux" or sys.maxsize < 2**32:
        return None
    return _ARCHITECTURES.get(platform.machine())


@cache
def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return libc


def load() -> None:
    """Look up the functions of libc that are called here, once for all forked children."""
    libc = _libc()
    for name in ("prctl", "unshare", "mount"):
        getattr(libc, name)


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def call(number: int, *arguments: object) -> int:
    """Make system call `number`; integers, bytes, None and ctypes pointers are passed on.

    Raises
    ------
    OSError
        The kernel refused, with its errno.
    """
    passed = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return _checked(_libc().syscall(ctypes.c_long(number), *passed), f"syscall {number}")


def prctl(option: int, *arguments: int) -> int:
    """``prctl(2)``; arguments left out are 0."""
    values = [*arguments, 0, 0, 0, 0][:4]
    passed = [ctypes.c_ulong(value) for value in values]
    return _checked(_libc().prctl(ctypes.c_int(option), *passed), f"prctl {option}")


def unshare(flags: int) -> None:
    """``unshare(2)``: namespaces of one's own."""
    _checked(_libc().unshare(ctypes.c_int(flags)), "unshare")


def mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """``mount(2)``."""
    _checked(
        _libc().mount(
            os.fsencode(source),
            os.fsencode(target),
            None if kind is None else kind.encode(),
            ctypes.c_ulong(flags),
            options.encode() if options else None,
        ),
        f"mount {target}",
    )
