"""Which system calls may a caged process make?  Only those of honest, threaded computation.

A classic BPF program is built here, instruction by instruction: what is not allowed answers
EPERM, calls newer than our table answer ENOSYS (so that libc falls back), calls in another
processor's convention kill the process.
"""

from __future__ import annotations

import ctypes
import errno
import struct
from dataclasses import dataclass
from functools import cache

from academy.grading.cage import calls, linux

__all__ = ["available", "install", "program"]

_LOAD, _AND = 0x20, 0x54
_JUMP_EQUAL, _JUMP_GREATER_EQUAL, _RETURN = 0x15, 0x35, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_PRETEND = _ERRNO  # errno 0: the call returns 0 and has done nothing
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_X32 = 0x40000000
_SET_MODE_FILTER = 1
_ANY_BITS = 0xFFFFFFFF
_OWN_PID = 0x7FFFFFF1  # placeholder in the cached program

_SET_ID_BITS = 0o6000
_CLONE_THREAD = 0x00010000
_CLONE_NAMESPACES = 0x7E020080
_AF_UNIX, _SOCK_STREAM, _SOCK_TYPE_MASK = 1, 1, 0xF
# FIOCLEX and the like, FIONREAD, FIONBIO; TCGETS and TIOCGWINSZ answer isatty()
_IOCTLS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
# duplicating, flags, record locks, pipe sizes; never who gets the signals of a descriptor
_FCNTLS = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1031, 1032)
# names of threads and memory, and what only reads
_PRCTLS = (2, 3, 15, 16, 21, 23, 39, 0x53564D41)


@dataclass(frozen=True)
class _Rule:
    """Argument word `word` (two 32-bit words an argument), masked, must be one of `values`."""

    word: int
    values: tuple[int, ...]
    mask: int = _ANY_BITS


def _low(argument: int) -> int:
    return 2 * argument


_JUDGED: dict[str, tuple[tuple[_Rule, ...], int]] = {
    "open": ((_Rule(_low(2), (0,), _SET_ID_BITS),), errno.EPERM),
    "openat": ((_Rule(_low(3), (0,), _SET_ID_BITS),), errno.EPERM),
    "creat": ((_Rule(_low(1), (0,), _SET_ID_BITS),), errno.EPERM),
    "clone": ((_Rule(_low(0), (_CLONE_THREAD,), _CLONE_THREAD | _CLONE_NAMESPACES),), errno.EPERM),
    "fcntl": ((_Rule(_low(1), _FCNTLS),), errno.EPERM),
    "ioctl": ((_Rule(_low(1), _IOCTLS),), errno.ENOTTY),
    "prctl": ((_Rule(_low(0), _PRCTLS),), errno.EPERM),
    "prlimit64": ((_Rule(_low(0), (0, _OWN_PID)),), errno.EPERM),
    "sched_setaffinity": ((_Rule(_low(0), (0, _OWN_PID)),), errno.EPERM),
    "kill": ((_Rule(_low(0), (_OWN_PID,)),), errno.EPERM),
    "tgkill": ((_Rule(_low(0), (_OWN_PID,)),), errno.EPERM),
    "rt_sigqueueinfo": ((_Rule(_low(0), (_OWN_PID,)),), errno.EPERM),
    "rt_tgsigqueueinfo": ((_Rule(_low(0), (_OWN_PID,)),), errno.EPERM),
    # asyncio wakes itself through a stream pair; a datagram pair could be aimed at an address
    "socketpair": (
        (_Rule(_low(0), (_AF_UNIX,)), _Rule(_low(1), (_SOCK_STREAM,), _SOCK_TYPE_MASK)),
        errno.EPERM,
    ),
    # no address: send() on a channel that was open already
    "sendto": ((_Rule(_low(4), (0,)), _Rule(_low(4) + 1, (0,))), errno.EPERM),
}

_JUDGED_MODES: dict[str, tuple[tuple[_Rule, ...], int]] = {
    "chmod": ((_Rule(_low(1), (0,), _SET_ID_BITS),), errno.EPERM),
    "fchmod": ((_Rule(_low(1), (0,), _SET_ID_BITS),), errno.EPERM),
    "fchmodat": ((_Rule(_low(2), (0,), _SET_ID_BITS),), errno.EPERM),
    "fchmodat2": ((_Rule(_low(2), (0,), _SET_ID_BITS),), errno.EPERM),
}


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _judge(number: int, rules: tuple[_Rule, ...], refusal: int) -> bytes:
    """Instructions for one call with conditions on its arguments."""
    body = b""
    for rule in rules:
        body += _instruction(_LOAD, _ARGUMENTS + 4 * rule.word)
        if rule.mask != _ANY_BITS:
            body += _instruction(_AND, rule.mask)
        for position, value in enumerate(rule.values):
            body += _instruction(_JUMP_EQUAL, value, len(rule.values) - position)
        body += _instruction(_RETURN, _ERRNO | refusal)
    body += _instruction(_RETURN, _ALLOW)
    return _instruction(_JUMP_EQUAL, number, 0, len(body) // 8) + body


def _ranges(numbers: set[int]) -> list[tuple[int, int]]:
    """Runs of consecutive numbers, first and last."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _answer(numbers: set[int], verdict: int) -> bytes:
    """Instructions that answer every one of `numbers` with `verdict`."""
    code = b""
    for first, last in _ranges(numbers):
        if first == last:
            code += _instruction(_JUMP_EQUAL, first, 0, 1)
        else:
            code += _instruction(_JUMP_GREATER_EQUAL, first, 0, 2)
            code += _instruction(_JUMP_GREATER_EQUAL, last + 1, 1, 0)
        code += _instruction(_RETURN, verdict)
    return code


@cache
def program(column: int, audit: int, owns_nothing: bool) -> bytes:
    """The filter as BPF code, with a placeholder where the process' own number belongs.

    Parameters
    ----------
    column, audit : of the processor, see :func:`~academy.grading.cage.linux.architecture`.
    owns_nothing : whether modes and times of files outside are out of reach anyway. If not,
        changing a mode is answered with success and not done, so that honest copying
        (``shutil.copy``) goes on, and changing a time is refused.
    """

    def numbers(*tables: calls.Numbers) -> set[int]:
        found = (pair[column] for table in tables for pair in table.values())
        return {number for number in found if number is not None}

    code = _instruction(_LOAD, _ARCHITECTURE)
    code += _instruction(_JUMP_EQUAL, audit, 1, 0)
    code += _instruction(_RETURN, _KILL)
    code += _instruction(_LOAD, _NUMBER)
    if column == 0:
        code += _instruction(_JUMP_GREATER_EQUAL, _X32, 0, 1)
        code += _instruction(_RETURN, _KILL)
    code += _instruction(_JUMP_GREATER_EQUAL, calls.LAST_KNOWN + 1, 0, 1)
    code += _instruction(_RETURN, _ERRNO | errno.ENOSYS)
    code += _answer(
        numbers(
            calls.FILES,
            calls.WAITING,
            calls.MEMORY,
            calls.THREADS,
            calls.ABOUT_ITSELF,
            calls.OPEN_CHANNELS,
            calls.TIMES if owns_nothing else {},
        ),
        _ALLOW,
    )
    judged = _JUDGED | _JUDGED_MODES if owns_nothing else _JUDGED
    for name, (rules, refusal) in judged.items():
        number = calls.number(name, column)
        if number is not None:
            code += _judge(number, rules, refusal)
    if not owns_nothing:
        code += _answer(numbers(calls.MODES), _PRETEND)
    code += _answer(numbers(calls.UNKNOWN), _ERRNO | errno.ENOSYS)
    return code + _instruction(_RETURN, _ERRNO | errno.EPERM)


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


@cache
def available() -> bool:
    """Whether the kernel takes seccomp filters on a processor that we know."""
    machine = linux.architecture()
    if machine is None:
        return False
    number = calls.number("seccomp", machine.column)
    action = ctypes.c_uint32(_ERRNO)
    try:
        # SECCOMP_GET_ACTION_AVAIL
        return linux.call(number, 2, 0, ctypes.byref(action)) == 0
    except OSError:
        return False


def install(own_pid: int, owns_nothing: bool) -> None:
    """Filter this thread's system calls from now on, irrevocably.

    Needs ``no_new_privs``. Threads started later inherit the filter.

    Parameters
    ----------
    own_pid : number of this process, the only one that it may signal.
    owns_nothing : see :func:`program`.
    """
    machine = linux.architecture()
    template = program(machine.column, machine.audit, owns_nothing)
    code = template.replace(struct.pack("=I", _OWN_PID), struct.pack("=I", own_pid))
    buffer = ctypes.create_string_buffer(code, len(code))
    described = _Filter(len(code) // 8, ctypes.addressof(buffer))
    number = calls.number("seccomp", machine.column)
    linux.call(number, _SET_MODE_FILTER, 0, ctypes.byref(described))
