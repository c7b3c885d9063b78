"""What is a caged process given to work on?  A folder made for it, removed afterwards."""

from __future__ import annotations

import itertools
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

__all__ = [
    "give",
    "is_private",
    "make_scratch",
    "read_tree",
    "remove_tree",
    "scratch_bytes",
    "write_tree",
]

_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


def make_scratch(parent: Path, size: int, uid: int | None = None) -> Path:
    """A new empty folder below `parent`, which only user `uid` may enter.

    What is put into it before :func:`~academy.grading.cage.enter` is there for the caged process;
    what that process writes is bounded by `size` where it gets a mount of its own (the level says
    so) and never reaches this folder then.

    Parameters
    ----------
    parent : folder of the grader; made passable for others.
    size : bytes; refused when not positive.
    uid : owner, from :func:`~academy.grading.cage.worker_uid`; None for the grader's own user.
    """
    if size <= 0:
        raise ValueError(f"size={size}：草稿文件夹的容量要大于 0 字节。")
    folder = Path(tempfile.mkdtemp(prefix="scratch-", dir=parent))
    if uid is not None:
        os.chown(folder, uid, uid)
        os.chmod(parent, stat.S_IMODE(os.stat(parent).st_mode) | stat.S_IXOTH)
    return folder


def is_private(folder: Path) -> bool:
    """Make the folder unless it is there; whether it is this user's own and closed to all others.

    Raises
    ------
    OSError
        It can't be made.
    """
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    status = os.lstat(folder)
    own = stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()
    return own and not status.st_mode & 0o077


def remove_tree(path: Path) -> None:
    """Remove a file, a link itself, or a folder with all that is in it, however deep.

    Folders are moved up into the first one as they are met: no path gets too long, and no more
    than two are open at a time.

    Raises
    ------
    OSError
        It is not there, or something in it can't be removed.
    """
    if not stat.S_ISDIR(os.lstat(path).st_mode):
        os.unlink(path)
        return
    if os.unlink not in os.supports_dir_fd:  # Windows
        shutil.rmtree(path)
        return
    os.chmod(path, 0o700)
    top = os.open(path, _FOLDER)
    try:
        names = itertools.count()
        left = _empty(top, top, names, os.listdir(top))
        while left:
            name = left.pop()
            inner = os.open(name, _FOLDER, dir_fd=top)
            try:
                left += _empty(inner, top, names, os.listdir(inner))
            finally:
                os.close(inner)
            os.rmdir(name, dir_fd=top)
    finally:
        os.close(top)
    os.rmdir(path)


def _empty(folder: int, top: int, names: Iterator[int], inside: list[str]) -> list[str]:
    """Remove the files of a folder and move its folders to the top; returns their new names."""
    moved = []
    for name in inside:
        if not stat.S_ISDIR(os.lstat(name, dir_fd=folder).st_mode):
            os.unlink(name, dir_fd=folder)
            continue
        # a closed folder can neither be opened nor moved by its owner
        os.chmod(name, 0o700, dir_fd=folder)
        fresh = f".{os.getpid()}-{next(names)}-{os.urandom(4).hex()}"
        os.rename(name, fresh, src_dir_fd=folder, dst_dir_fd=top)
        moved.append(fresh)
    return moved


def scratch_bytes(folder: Path) -> int:
    """Bytes that the files of a folder take; for watching it where its size is not bounded."""
    total, left = 0, [os.fspath(folder)]
    while left:
        try:
            with os.scandir(left.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        left.append(entry.path)
                    else:
                        total += entry.stat(follow_symlinks=False).st_size
        except OSError:
            continue  # it has gone meanwhile
    return total


def read_tree(folder: Path) -> dict[str, bytes]:
    """Contents of the files below `folder` by relative name; names of folders end in a slash."""
    found: dict[str, bytes] = {}
    for place, folders, names in os.walk(folder):
        inner = os.path.relpath(place, folder)
        for name in folders:
            found[os.path.join(inner, name, "")] = b""
        for name in names:
            with open(os.path.join(place, name), "rb") as file:
                found[os.path.join(inner, name)] = file.read()
    return found


def write_tree(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write into `folder` what :func:`read_tree` read."""
    for name, content in contents.items():
        if name.endswith("/"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        else:
            (folder / name).write_bytes(content)


def give(folder: Path, uid: int) -> None:
    """Make `uid` the owner of a scratch folder and what is in it, as far as this user may."""
    for path in (folder, *folder.rglob("*")):
        with suppress(OSError):
            os.chown(path, uid, uid, follow_symlinks=False)
