"""How much may one caged process use?  Limits on memory, files, threads and processor time.

Memory is bounded twice. RLIMIT_DATA counts what a process can fill on its own (heap, arrays, thread
stacks) and not the libraries that it maps, so numpy and matplotlib live with it and a learner
sees MemoryError. RLIMIT_AS, measured from what is mapped already, bounds shared mappings too.
"""

from __future__ import annotations

import mmap
import os
import sys
from functools import cache

__all__ = ["apply", "load", "memory_is_bounded", "threads_of_user"]

_OPEN_FILES = 512
_THREADS = 128
# what threads reserve without filling it: malloc arenas, stacks
_RESERVED = 1024**3


def load() -> None:
    """Import what :func:`apply` needs; Windows has no such module, so not at the top."""
    import resource  # noqa: F401


def apply(
    memory_bytes: int, file_bytes: int, cpu_seconds: int | None, threads_running: int | None
) -> None:
    """Set every limit, soft and hard, so that it cannot be raised again.

    Parameters
    ----------
    memory_bytes : private memory of the process.
    file_bytes : size of one file.
    cpu_seconds : processor time; None for no limit.
    threads_running : threads that the user runs already, in all processes: the kernel counts per
        user; None leaves the number of threads alone.
    """
    import resource

    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, file_bytes)
    _lower(resource.RLIMIT_NOFILE, _OPEN_FILES)
    if cpu_seconds is not None:
        _lower(resource.RLIMIT_CPU, cpu_seconds)
    _lower(resource.RLIMIT_DATA, memory_bytes)
    if sys.platform == "linux":
        _lower(resource.RLIMIT_AS, _mapped_bytes() + memory_bytes + _RESERVED)
        for name in ("RLIMIT_MEMLOCK", "RLIMIT_MSGQUEUE", "RLIMIT_NICE", "RLIMIT_RTPRIO"):
            _lower(getattr(resource, name), 0)
        if threads_running is not None:
            _lower(resource.RLIMIT_NPROC, threads_running + _THREADS)


def _lower(limit: int, value: int) -> None:
    import resource

    _, hard = resource.getrlimit(limit)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(limit, (value, value))


def _mapped_bytes() -> int:
    with open("/proc/self/statm", encoding="utf-8") as pages:
        return int(pages.read().split()[0]) * mmap.PAGESIZE


@cache
def threads_of_user(uid: int) -> int:
    """Threads that `uid` runs now, in all processes (looked up once in a process)."""
    count = 0
    for name in os.listdir("/proc"):
        if name.isdecimal():
            try:
                if os.stat(f"/proc/{name}").st_uid == uid:
                    count += len(os.listdir(f"/proc/{name}/task"))
            except OSError:
                continue  # it has ended meanwhile
    return count


def memory_is_bounded(memory_bytes: int) -> bool:
    """Whether asking for one byte too many is refused; asks without filling anything."""
    try:
        mmap.mmap(-1, memory_bytes + mmap.PAGESIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANON).close()
    except (OSError, MemoryError):
        return True
    return False
