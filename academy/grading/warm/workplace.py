"""What does a worker have to itself on this machine?  A number, and a folder that no crash leaves behind.

Both belong to their owner as long as it holds a lock, which ends with it however it ends.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import tempfile
from pathlib import Path

from academy.grading.cage import is_private, remove_tree, worker_uid
from academy.grading.errors import RefereeError

__all__ = ["give_back", "make_folder", "take_slot"]

PREFIX = "referee-"
LOCK = "owner.lock"
SLOTS = "referee-slots"


def take_slot() -> tuple[int | None, int | None]:
    """A worker number that no other worker has, and its lock; None where users can't be changed.

    Raises
    ------
    RefereeError
        Somebody else has put something in the place of the folder of the numbers.
    """
    if worker_uid(0) is None:
        return None, None
    folder = Path(tempfile.gettempdir(), SLOTS)
    # whoever else may write there could have two workers share a user, or have files made elsewhere
    if not is_private(folder):
        raise RefereeError(f"{folder} 不是评分人自己的文件夹，没有评：请删掉它，再运行。")
    for slot in itertools.count():
        lock = _lock(folder / str(slot))
        if lock is not None:
            return slot, lock
    raise AssertionError


def make_folder() -> tuple[Path, int]:
    """A new folder and its lock, after those of dead workers were removed."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    # under its name only once it is held: a folder without it is just being made
    fresh = folder / f"{LOCK}.new"
    lock = _lock(fresh)
    assert lock is not None
    fresh.rename(folder / LOCK)
    return folder, lock


def give_back(folder: Path, *locks: int | None) -> None:
    """Remove the folder with what is in it, and let go of the locks."""
    for scratch in folder.glob("scratch-*"):
        with contextlib.suppress(OSError):
            remove_tree(scratch)
    with contextlib.suppress(OSError):
        remove_tree(folder)
    for lock in locks:
        if lock is not None:
            os.close(lock)


def _sweep() -> None:
    """Remove the folders of workers that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
                continue
            lock = _lock(folder / LOCK, create=False)
            if lock is not None:
                give_back(folder, lock)


def _lock(path: Path, *, create: bool = True) -> int | None:
    """An open descriptor that holds the lock; None where another process holds it."""
    import fcntl  # here, so that Windows gets as far as being told to use WSL

    flags = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW | (os.O_CREAT if create else 0)
    lock = os.open(path, flags, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock
