"""How is a whole worker kept from taking the machine's memory?  A control group, where one can be made.

The limits of single processes are rlimits; the group bounds a zygote and all its children
together, with what rlimits do not count (files in memory, pipes, page tables).
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

__all__ = ["Group", "inside", "worker_group"]

_PREFIX = "ccom-referee-"
_ROOT = Path("/sys/fs/cgroup")


class Group:
    """Control-group folders of one worker; made by :func:`worker_group`."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders = folders

    def add(self, pid: int) -> None:
        """Move process `pid` and all its descendants into the group, also those that it starts now."""
        moved: set[int] = set()
        # children of a moved process start in the group: once a look finds nobody new, all are in it
        while new := [one for one in _tree(pid) if one not in moved]:
            for one in new:
                for folder in self.folders:
                    with suppress(ProcessLookupError):
                        (folder / "cgroup.procs").write_text(str(one), encoding="utf-8")
            moved.update(new)

    def close(self) -> None:
        """Remove the group; its processes must have ended."""
        for folder in self.folders:
            with suppress(OSError):
                folder.rmdir()


def worker_group(memory_bytes: int, processes: int) -> Group | None:
    """A new group for one worker; None where the machine does not let this user make one.

    Parameters
    ----------
    memory_bytes : for all processes of the worker together; the kernel ends a child above it.
    processes : processes and threads together.
    """
    if sys.platform != "linux":
        return None
    _sweep()
    name = f"{_PREFIX}{os.getpid()}-{os.urandom(4).hex()}"
    for make in (_unified, _by_controller):
        try:
            return make(name, memory_bytes, processes)
        except OSError:
            continue
    return None


def _unified(name: str, memory_bytes: int, processes: int) -> Group:
    return _make(
        {
            _ROOT / name: {
                "memory.max": memory_bytes,
                "memory.oom.group": 0,
                "pids.max": processes,
            }
        }
    )


def _by_controller(name: str, memory_bytes: int, processes: int) -> Group:
    return _make(
        {
            _ROOT / "memory" / name: {"memory.limit_in_bytes": memory_bytes},
            _ROOT / "pids" / name: {"pids.max": processes},
        }
    )


def _make(settings: dict[Path, dict[str, int]]) -> Group:
    """Make the folders and write their limits; all or nothing."""
    made = []
    try:
        for folder, values in settings.items():
            folder.mkdir()
            made.append(folder)
            for name, value in values.items():
                # opened without creating: a limit that the kernel does not offer is an error
                with open(folder / name, "r+", encoding="utf-8") as limit:
                    limit.write(str(value))
    except OSError:
        Group(tuple(made)).close()
        raise
    return Group(tuple(made))


def _tree(pid: int) -> list[int]:
    """`pid` and its descendants."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdecimal():
            with suppress(OSError):
                text = Path("/proc", name, "stat").read_text(encoding="utf-8", errors="replace")
                parent = int(text.rpartition(")")[2].split()[1])
                children.setdefault(parent, []).append(int(name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def _sweep() -> None:
    """Remove the groups of graders that were killed before they could."""
    for folder in (_ROOT, _ROOT / "memory", _ROOT / "pids"):
        for left in folder.glob(f"{_PREFIX}*"):
            owner = left.name.removeprefix(_PREFIX).partition("-")[0]
            if owner.isdecimal() and not Path("/proc", owner).exists():
                with suppress(OSError):
                    left.rmdir()


def inside() -> bool:
    """Whether this process is in a worker's group."""
    try:
        groups = Path("/proc/self/cgroup").read_text(encoding="utf-8")
    except OSError:
        return False
    return f"/{_PREFIX}" in groups
