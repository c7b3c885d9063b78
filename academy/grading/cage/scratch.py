"""What is a caged process given to work on?  A folder made for it, removed afterwards."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

__all__ = [
    "give",
    "make_scratch",
    "read_tree",
    "remove_scratch",
    "scratch_bytes",
    "write_tree",
]


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


def remove_scratch(folder: Path) -> None:
    """Remove the folder and all that is in it, whatever modes and names it was given."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                os.chmod(entry.path, 0o700)
                remove_scratch(Path(entry.path))
            else:
                os.unlink(entry.path)
    os.rmdir(folder)


def scratch_bytes(folder: Path) -> int:
    """Bytes that the files of a folder take; for watching it where its size is not bounded."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_size
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
