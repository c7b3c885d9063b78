"""How do the files of the sittings survive a crash, a second terminal and other people's eyes?"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from academy.errors import CourseError

__all__ = ["SITTINGS", "append_line", "locked", "private_folder", "read_lines", "write_file"]

SITTINGS = "sittings"
PATIENCE = 30.0  # seconds


@contextmanager
def locked(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Keep every other writer of the course's sittings out; may be entered again by the holder.

    Raises
    ------
    CourseError
        Somebody else holds it for longer than `patience` seconds.
    """
    folder = private_folder(root / SITTINGS)
    lock = FileLock(folder / ".lock", is_singleton=True)
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        raise CourseError(
            f"{SITTINGS}/ 正被另一个程序改着，等了 {patience:g} 秒：等它做完，再运行同一条命令。"
        ) from None
    try:
        yield
    finally:
        lock.release()


def private_folder(folder: Path) -> Path:
    """The folder, made where it is missing; only its owner can look into it."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def write_file(path: Path, content: bytes) -> None:
    """Write a file of the owner's, whole or not at all."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600
    fresh = Path(name)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def append_line(path: Path, line: str) -> None:
    """Add a line to a file; a line that a crash cut off before is taken away.

    The caller holds the lock.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with open(descriptor, "r+b") as file:
        content = file.read()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            file.truncate(whole)
        file.seek(whole)
        file.write(line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def read_lines(path: Path) -> list[str]:
    """The whole lines of a file; none where it is missing. A line that was cut off was never written."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return []
    return content[: content.rfind(b"\n") + 1].decode().splitlines()


def _sync_folder(folder: Path) -> None:
    """Make a rename last; where a folder can't be opened (Windows), the system does it."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
