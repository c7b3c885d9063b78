"""What lies in a folder that somebody else filled?  Opened part by part, no link followed, all bounded.

Names in it were chosen by a learner: nothing is ever read or written through a link, a pipe or a
device of that name. What is written goes to a new file, which then takes its place as a whole.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from academy.grading.work.text import clean_text

__all__ = [
    "CLOSED",
    "DEEP",
    "FILE",
    "LINK",
    "SPECIAL",
    "Entry",
    "Folder",
    "FolderRefused",
    "kind_of",
]

MAX_DEPTH = 32
MAX_NAMES = 100_000
MAX_PATH = 1_000  # bytes of a path inside; where it is written again, more stands before it
FILE, LINK, SPECIAL, DEEP, CLOSED = "file", "link", "special", "deep", "closed"

# Windows opens nothing by descriptor: there, links are looked for beforehand
BY_DESCRIPTOR = os.open in os.supports_dir_fd and os.scandir in os.supports_fd
_SAFE = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_NONBLOCK", "O_BINARY"))
_TO_READ = os.O_RDONLY | _SAFE
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _SAFE
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE


class FolderRefused(ValueError):
    """The folder, or a file of it, is not read; says why in Chinese, to stand after its name."""


def kind_of(mode: int) -> str:
    """What something of that mode is called in Chinese."""
    for test, name in (
        (stat.S_ISLNK, "链接"),
        (stat.S_ISDIR, "文件夹"),
        (stat.S_ISREG, "文件"),
        (stat.S_ISFIFO, "管道"),
        (stat.S_ISSOCK, "套接字"),
    ):
        if test(mode):
            return name
    return "设备文件"


@dataclass(frozen=True)
class Entry:
    """Something below the folder that is no folder to go on into; good while the walk stands at it.

    Attributes
    ----------
    path : str
        Below the folder, with slashes; bytes that are no UTF-8 stand as lone surrogates.
    kind : str
        `FILE`; `LINK`; `SPECIAL` (pipe, socket, device); `DEEP` (a folder too far down, or a path
        too long); `CLOSED` (a folder that this user may not look into).
    """

    path: str
    kind: str
    _place: Folder = field(repr=False)

    def read(self, limit: int) -> bytes:
        """A file's content; see `Folder.read`."""
        return self._place.read(self.path.rpartition("/")[2], limit)

    def head(self, limit: int) -> tuple[os.stat_result, bytes]:
        """What is known of a file, and its first bytes; see `Folder.head`."""
        return self._place.head(self.path.rpartition("/")[2], limit)

    def target(self) -> bytes:
        """What a link says."""
        return self._place.target(self.path.rpartition("/")[2])


class Folder:
    """An open folder of unknown content.

    Parameters
    ----------
    base : a folder of ours; links in its path are the staff's own and are followed.
    parts : names below it, of unknown origin; none may be a link.

    Raises
    ------
    FolderRefused
        One of the parts is no folder, or may not be looked into.
    """

    def __init__(self, base: Path, *parts: str) -> None:
        self._path = os.fspath(base)
        self._descriptor: int | None = None
        try:
            if BY_DESCRIPTOR:
                self._descriptor = os.open(base, _FOLDER & ~getattr(os, "O_NOFOLLOW", 0))
            for part in parts:
                self._enter(part)
        except OSError as error:
            self.close()
            raise FolderRefused(_why(error)) from None
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def read(self, name: str, limit: int) -> bytes:
        """Content of a regular file directly in the folder.

        Raises
        ------
        FolderRefused
            It is not there, no regular file, may not be read, or has more bytes than `limit`.
        """
        status, content = self.head(name, limit + 1)
        if max(status.st_size, len(content)) > limit:
            raise FolderRefused(
                f"有 {status.st_size / 1e6:.1f} MB，超过 {limit / 1e6:g} MB：请学员清除输出后重交"
            )
        return content

    def head(self, name: str, limit: int) -> tuple[os.stat_result, bytes]:
        """What is known of a regular file directly in the folder, and its first bytes.

        Raises
        ------
        FolderRefused
            It is not there, no regular file, or may not be read.
        """
        try:
            self._require_regular(os.lstat(self._at(name), dir_fd=self._descriptor).st_mode)
            descriptor = os.open(self._at(name), _TO_READ, dir_fd=self._descriptor)
            with open(descriptor, "rb") as file:
                status = os.fstat(descriptor)
                self._require_regular(status.st_mode)
                return status, file.read(limit)
        except OSError as error:
            raise FolderRefused(_why(error)) from None

    def target(self, name: str) -> bytes:
        """What a link directly in the folder says."""
        try:
            return os.fsencode(os.readlink(self._at(name), dir_fd=self._descriptor))
        except OSError as error:
            raise FolderRefused(_why(error)) from None

    def has(self, name: str) -> bool:
        """Whether anything of that name lies directly in the folder, be it a link to nowhere."""
        try:
            os.lstat(self._at(name), dir_fd=self._descriptor)
        except OSError:
            return False
        return True

    def has_file(self, name: str) -> bool:
        """Whether a regular file of that name lies directly in the folder."""
        try:
            return stat.S_ISREG(os.lstat(self._at(name), dir_fd=self._descriptor).st_mode)
        except OSError:
            return False

    def names(self) -> list[str]:
        """What lies directly in the folder, in order.

        Raises
        ------
        FolderRefused
            It is too much, or may not be listed.
        """
        return sorted(name for name, _ in self._listed([MAX_NAMES]))

    def walk(self, skipped: Collection[str] = ()) -> Iterator[Entry]:
        """Everything below that is no folder; of each folder first its own files, in order.

        Parameters
        ----------
        skipped : names of folders that are passed over.

        Raises
        ------
        FolderRefused
            There are too many names in it.
        """
        try:
            yield from self._walk("", 0, skipped, [MAX_NAMES])
        except PermissionError as error:
            raise FolderRefused(_why(error)) from None

    def write(self, name: str, content: bytes) -> None:
        """Put a file directly into the folder; whatever had its name before, link or file, is gone.

        Raises
        ------
        OSError
            It can't be written; a folder of that name stays.
        """
        fresh = self._free(f".{os.urandom(6).hex()}")
        descriptor = os.open(self._at(fresh), _NEW, 0o644, dir_fd=self._descriptor)
        try:
            with open(descriptor, "wb") as file:
                file.write(content)
            self._rename(fresh, name)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(self._at(fresh), dir_fd=self._descriptor)
            raise

    def put_aside(self, name: str, stem: str, suffix: str) -> str:
        """Give something another name, which nothing else has; returns it.

        Parameters
        ----------
        stem, suffix : the new name; a number comes between them where it is taken.
        """
        free = self._free(stem, suffix)
        self._rename(name, free)
        return free

    def _free(self, stem: str, suffix: str = "") -> str:
        name, number = f"{stem}{suffix}", 1
        while self.has(name):
            number += 1
            name = f"{stem}-{number}{suffix}"
        return name

    def _rename(self, old: str, new: str) -> None:
        # a link of the new name is replaced, never followed
        os.replace(
            self._at(old),
            self._at(new),
            src_dir_fd=self._descriptor,
            dst_dir_fd=self._descriptor,
        )

    def _walk(
        self, inner: str, depth: int, skipped: Collection[str], left: list[int]
    ) -> Iterator[Entry]:
        listed = sorted(self._listed(left))
        for name, mode in listed:
            path = f"{inner}{name}"
            if not stat.S_ISDIR(mode):
                known = FILE if stat.S_ISREG(mode) else LINK if stat.S_ISLNK(mode) else SPECIAL
                yield Entry(path, DEEP if len(os.fsencode(path)) > MAX_PATH else known, self)
        for name, mode in listed:
            if not stat.S_ISDIR(mode) or name in skipped:
                continue
            path = f"{inner}{name}"
            if depth == MAX_DEPTH or len(os.fsencode(path)) > MAX_PATH:
                yield Entry(path, DEEP, self)
                continue
            try:
                below = self._below(name)
            except OSError:
                yield Entry(path, CLOSED, self)
                continue
            with below:
                try:
                    yield from below._walk(f"{path}/", depth + 1, skipped, left)
                except PermissionError:
                    yield Entry(path, CLOSED, self)

    def _listed(self, left: list[int]) -> Iterator[tuple[str, int]]:
        """Names and modes; `left` is how many more names may come, shared by the whole walk."""
        place = self._path if self._descriptor is None else self._descriptor
        with os.scandir(place) as entries:
            for entry in entries:
                left[0] -= 1
                if left[0] < 0:
                    raise FolderRefused(f"里的文件超过 {MAX_NAMES} 个：请学员只交笔记本")
                try:
                    yield entry.name, entry.stat(follow_symlinks=False).st_mode
                except FileNotFoundError:
                    continue  # it has gone meanwhile

    def _below(self, name: str) -> Folder:
        below = object.__new__(Folder)
        below._path, below._descriptor = self._path, None
        if self._descriptor is not None:
            below._descriptor = os.dup(self._descriptor)
        try:
            below._enter(name)
        except BaseException:
            below.close()
            raise
        return below

    def _enter(self, name: str) -> None:
        mode = os.lstat(self._at(name), dir_fd=self._descriptor).st_mode
        if not stat.S_ISDIR(mode):
            raise FolderRefused(f"{clean_text(name)} 是{kind_of(mode)}，不是文件夹")
        if self._descriptor is not None:
            inner = os.open(name, _FOLDER, dir_fd=self._descriptor)
            os.close(self._descriptor)
            self._descriptor = inner
        self._path = os.path.join(self._path, name)

    def _at(self, name: str) -> str:
        return name if self._descriptor is not None else os.path.join(self._path, name)

    def _require_regular(self, mode: int) -> None:
        if not stat.S_ISREG(mode):
            raise FolderRefused(f"是{kind_of(mode)}，不能采用")


def _why(error: OSError) -> str:
    if error.errno == errno.ENOENT:
        return "不在"
    if error.errno in (errno.EACCES, errno.EPERM):
        return "没有权限读：请改好它的权限"
    if error.errno in (errno.ELOOP, errno.ENOTDIR):
        return "不是文件夹，或是链接"
    name = errno.errorcode.get(error.errno or 0, type(error).__name__)
    return f"读不出来（{name}）：请看存它的盘"
