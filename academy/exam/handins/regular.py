"""How is a file of unknown origin read?  A regular one only, no link followed, so many bytes and no more."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

from academy.grading.desk.foreign_folder import CLOSED, DEEP, FILE, LINK, Folder, FolderRefused

__all__ = ["read_folder", "read_regular"]

# a pipe of that name must not make us wait; Windows knows neither
FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
)
LEFT_OUT = {LINK: "是链接", DEEP: "套得太深，或名字太长", CLOSED: "没有权限读"}


def read_regular(path: Path, limit: int) -> tuple[bytes, datetime]:
    """Content and time of the last change (aware, UTC) of a regular file.

    Raises
    ------
    ValueError
        Why it was not read, in Chinese.
    """
    try:
        if path.is_symlink():  # for systems where opening can't refuse it
            raise ValueError("是链接，没有收：请换成文件本身再收一次")
        descriptor = os.open(path, FLAGS)
    except OSError as error:
        raise ValueError(f"读不出来（{error.strerror}）：请看文件的权限") from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise ValueError("不是普通文件，没有收")
    with open(descriptor, "rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError(_too_big(status))
    return content, datetime.fromtimestamp(status.st_mtime, UTC)


def read_folder(
    folder: Folder, limit: int, most: int
) -> tuple[dict[str, tuple[bytes, datetime]], list[str]]:
    """The regular files below a folder, by path, with their times; and what was left out, in Chinese.

    Parameters
    ----------
    limit, most : bytes and files in total.

    Raises
    ------
    FolderRefused
        There are too many files in it.
    """
    files: dict[str, tuple[bytes, datetime]] = {}
    left_out = []
    for entry in folder.walk():
        shown = entry.path.encode("utf-8", "replace").decode()
        if entry.kind != FILE:
            left_out.append(f"{shown} {LEFT_OUT.get(entry.kind, '不是普通文件')}，没有收。")
            continue
        if len(files) == most:
            left_out.append(f"文件超过 {most} 个，多出的没有收。")
            break
        try:
            status, content = entry.head(limit + 1)
        except FolderRefused as refused:
            left_out.append(f"{shown} 没有收：{refused}。")
            continue
        if len(content) > limit:
            left_out.append(f"{shown} {_too_big(status)}。")
            continue
        limit -= len(content)
        files[shown] = (content, datetime.fromtimestamp(status.st_mtime, UTC))
    return files, left_out


def _too_big(status: os.stat_result) -> str:
    return f"有 {status.st_size / 1e6:.0f} MB，太大，没有收：请学员清除输出、只交笔记本"
