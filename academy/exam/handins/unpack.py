"""Which files lie in what came?  Zips are opened, however nested; nothing is ever written by their names."""

from __future__ import annotations

import io
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

__all__ = ["MAX_FILES", "MAX_TOTAL", "Piece", "Unpacked", "is_junk", "pack", "safe_path", "unpack"]

MAX_TOTAL = 200_000_000  # bytes of everything unpacked
MAX_FILES = 2_000
MAX_DEPTH = 4  # zips in zips
MAX_PATH = 200  # characters of a path inside
MADE = (1980, 1, 1, 0, 0, 0)  # the time in our own zips: the same files give the same bytes
JUNK_FOLDERS = {"__MACOSX", "__pycache__", ".ipynb_checkpoints", ".git", ".cache"}
JUNK_FILES = {"thumbs.db", "desktop.ini", "timestamp.txt"}
# Word, Excel and PowerPoint files are zips, too
OFFICE = "[Content_Types].xml"


@dataclass(frozen=True)
class Piece:
    """A file of what came.

    Attributes
    ----------
    path : str
        Where it lay inside, with the zips it lay in as folders; safe to show and to write below a
        folder. Empty for what came as a single file.
    content : bytes
    """

    path: str
    content: bytes


@dataclass
class Unpacked:
    """The files of what came, and a Chinese sentence about each thing that was not taken."""

    name: str
    pieces: list[Piece] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    size: int = 0
    cut: bool = False

    def shown(self, path: str) -> str:
        """A file's name for the eye."""
        return f"{self.name} 里的 {path}" if path else self.name

    def add(self, path: str, content: bytes) -> None:
        """Take a file, if there is room."""
        if len(self.pieces) == MAX_FILES or self.size + len(content) > MAX_TOTAL:
            self.cut = True
            return
        self.pieces.append(Piece(path, content))
        self.size += len(content)


def unpack(name: str, content: bytes) -> Unpacked:
    """Open what came.

    Parameters
    ----------
    name : its name, for sentences.
    content : its bytes.
    """
    found = Unpacked(name)
    _open("", content, found, depth=0)
    if found.cut:
        found.problems.append(
            f"{name}：里面超过 {MAX_FILES} 个文件或 {MAX_TOTAL // 1_000_000} MB，多出的没有看：请学员只交笔记本。"
        )
    return found


def pack(files: Mapping[str, bytes]) -> bytes:
    """Files as one zip; the same files always give the same bytes."""
    buffer = io.BytesIO()
    # not compressed: what comes out of a compressor depends on its version
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            archive.writestr(zipfile.ZipInfo(path, MADE), files[path])
    return buffer.getvalue()


def is_junk(path: str) -> bool:
    """Whether systems and editors put the file there, and nobody handed it in."""
    *folders, name = path.split("/")
    return (
        bool(JUNK_FOLDERS & set(folders))
        or name.lower() in JUNK_FILES
        or name.startswith((".", "~$"))
    )


def safe_path(path: str) -> str | None:
    """The path in one form, printable; None where it leads out of its folder or names nothing."""
    path = unicodedata.normalize("NFC", path).replace("\\", "/")
    if path.startswith("/") or re.match(r"[A-Za-z]:", path) or "\0" in path:
        return None
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if not parts or ".." in parts or len(path) > MAX_PATH:
        return None
    return "/".join("".join(ch if ch.isprintable() else "?" for ch in part) for part in parts)


def _open(path: str, content: bytes, found: Unpacked, depth: int) -> None:
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        found.add(path, content)
        return
    if depth == MAX_DEPTH:
        found.problems.append(
            f"{found.shown(path)}：压缩包套了 {MAX_DEPTH} 层以上，没有打开：请学员只压一层。"
        )
        return
    # each entry of the table at the end begins so; zipfile would make an object of each
    if content.count(b"PK\x01\x02") > 10 * MAX_FILES:
        found.problems.append(
            f"{found.shown(path)}：压缩包里的文件太多，没有打开：请学员只交笔记本。"
        )
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if any(member.filename == OFFICE for member in members):
                found.add(path, content)
                return
            for member, inside in _members(path, members, found):
                _take(archive, member, inside, found, depth)
                if found.cut:
                    return
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError):
        found.problems.append(
            f"{found.shown(path)}：压缩包坏了（下载没有完？），打不开：请学员重新压缩、重发。"
        )


def _members(
    path: str, members: list[zipfile.ZipInfo], found: Unpacked
) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """Files of a zip with their paths; what must not be taken is said."""
    if any(member.flag_bits & 1 for member in members):
        found.problems.append(f"{found.shown(path)}：压缩包有密码，打不开：请学员去掉密码，重发。")
        return
    for member in members:
        if member.is_dir():
            continue
        name = _name(member)
        inside = safe_path(name)
        if inside is None:
            shown = "".join(ch if ch.isprintable() else "?" for ch in name)[:60]
            found.problems.append(
                f"{found.shown(path)}：里面的 {shown} 指向压缩包外面或名字太长，没有采用。"
            )
        elif stat.S_ISLNK(member.external_attr >> 16):
            found.problems.append(f"{found.shown(path)}：里面的 {inside} 是链接，没有采用。")
        elif not is_junk(inside):
            yield member, f"{path}/{inside}".lstrip("/")


def _take(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: str, found: Unpacked, depth: int
) -> None:
    try:
        with archive.open(member) as file:
            # the size that the zip claims counts for nothing
            content = file.read(MAX_TOTAL - found.size + 1)
    except NotImplementedError:
        found.problems.append(
            f"{found.shown(path)}：这种压缩方法打不开：请学员用系统自带的 .zip 压缩，重发。"
        )
        return
    if found.size + len(content) > MAX_TOTAL:
        found.cut = True
        return
    _open(path, content, found, depth + 1)


def _name(member: zipfile.ZipInfo) -> str:
    """The member's name; Chinese Windows writes GBK without saying so."""
    name = member.orig_filename
    if member.flag_bits & 0x800:
        return name
    raw = name.encode("cp437")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
