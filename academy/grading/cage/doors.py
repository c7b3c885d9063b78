"""Is the cage shut?  Each door is tried, harmlessly, after everything has been set up."""

from __future__ import annotations

import errno
import os
import signal
import socket
from collections.abc import Callable, Iterable

from academy.grading.cage import bubblewrap, calls, linux, rlimits
from academy.grading.cage.level import MECHANISMS, Level
from academy.grading.cage.policy import Policy

__all__ = ["level"]

# which mechanisms, alone or together, give a guarantee
_GIVEN_BY = {
    "files": ("landlock", "bwrap"),
    "network": ("seccomp", "bwrap"),
    "sockets": ("seccomp",),
    "signals": ("seccomp", "landlock", "bwrap"),
    "processes": ("seccomp",),
    "introspection": ("uid", "landlock", "seccomp", "bwrap"),
    "memory": ("rlimits", "cgroup"),
    "disk": ("mounts",),
}


def level(policy: Policy, applied: Iterable[str], notes: Iterable[str]) -> Level:
    """The level that this caged process really has.

    Parameters
    ----------
    policy : that it was caged with.
    applied : mechanisms that were set up without an error.
    notes : Chinese lines on those that were not.
    """
    applied = set(applied)
    trials: dict[str, Callable[[], bool]] = {
        "files": _files,
        "network": lambda: _refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)),
        "sockets": lambda: _refused(lambda: socket.socket(socket.AF_UNIX)),
        "signals": lambda: _refused(lambda: os.kill(os.getppid(), 0)),
        "processes": _processes,
        "introspection": lambda: _refused(lambda: os.open(f"/proc/{os.getppid()}/environ", 0)),
        "memory": lambda: rlimits.memory_is_bounded(policy.memory_bytes),
        "disk": lambda: _room() <= policy.total_bytes,
    }
    held = {}
    for guarantee, givers in _GIVEN_BY.items():
        present = [name for name in givers if name in applied]
        if present and trials[guarantee]():
            held[guarantee] = "+".join(present)
    return Level(held, tuple(name for name in MECHANISMS if name in applied), tuple(notes))


def _refused(act: Callable[[], object]) -> bool:
    try:
        result = act()
    except OSError as error:
        return error.errno in (errno.EPERM, errno.EACCES)
    if isinstance(result, socket.socket):
        result.close()
    elif isinstance(result, int):
        os.close(result)
    return False


def _files() -> bool:
    """Nothing of the grader's to see: the root folder is closed, or not the machine's."""
    return _refused(lambda: os.open("/", os.O_RDONLY)) or bubblewrap.inside()


def _processes() -> bool:
    machine = linux.architecture()
    if machine is None:
        return False
    try:
        child = linux.call(calls.number("clone", machine.column), int(signal.SIGCHLD), 0, 0, 0, 0)
    except OSError:
        return True
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return False


def _room() -> int:
    """Bytes of the mount that the working folder is in."""
    found = os.statvfs(".")
    return found.f_blocks * found.f_frsize
