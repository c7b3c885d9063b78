"""How is a file of unknown origin read?  A regular one only, no link followed, so many bytes and no more."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

__all__ = ["read_folder", "read_regular"]

# a pipe of that name must not make us wait; Windows knows neither
FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
)


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
        raise ValueError(
            f"有 {status.st_size / 1e6:.0f} MB，太大，没有收：请学员清除输出、只交笔记本"
        )
    return content, datetime.fromtimestamp(status.st_mtime, UTC)


def read_folder(
    folder: Path, limit: int, most: int
) -> tuple[dict[str, tuple[bytes, datetime]], list[str]]:
    """The regular files below a folder, by path, with their times; and what was left out, in Chinese.

    Parameters
    ----------
    limit, most : bytes and files in total.
    """
    files: dict[str, tuple[bytes, datetime]] = {}
    left_out = []
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in [one for one in folders if Path(parent, one).is_symlink()]:
            folders.remove(name)
            left_out.append(f"文件夹 {_inside(Path(parent, name), folder)} 是链接，没有收。")
        for name in sorted(names):
            path = Path(parent, name)
            if len(files) == most:
                left_out.append(f"文件超过 {most} 个，多出的没有收。")
                return files, left_out
            try:
                content, at = read_regular(path, limit)
            except ValueError as error:
                left_out.append(f"{_inside(path, folder)} {error}。")
                continue
            limit -= len(content)
            files[_inside(path, folder)] = (content, at)
    return files, left_out


def _inside(path: Path, folder: Path) -> str:
    text = path.relative_to(folder).as_posix()
    return text.encode("utf-8", "replace").decode()
