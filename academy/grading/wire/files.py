"""Which files lie in a scratch folder, and how do they get from one to the other?"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

__all__ = [
    "LEFT_OUT",
    "changed_files",
    "file_digest",
    "file_digests",
    "is_data_name",
    "list_files",
    "look_for_files",
    "pack_files",
    "read_file",
    "unpack_files",
    "write_files",
]

MAX_FILE = 16 * 1024 * 1024
MAX_FILES = 200
MAX_DEPTH = 32
MAX_NAMES = 20_000
# why files of a learner's are not there for a test
LEFT_OUT = {
    "deep": f"作答写的文件没有全部采用：文件夹套得超过 {MAX_DEPTH} 层。",
    "many": f"作答写的文件没有全部采用：超过 {MAX_FILES} 个文件，或 {MAX_NAMES} 个名字。",
}
# what Python could import, unpickle or read as its own start-up file
CODE = {".py", ".pyc", ".pyd", ".so", ".dll", ".pth", ".pkl", ".pickle", ".joblib", ".npy", ".npz"}


def pack_files(files: Mapping[str, bytes]) -> bytes:
    """Files as one block: a table of names and sizes, then the contents."""
    table = json.dumps([(name, len(content)) for name, content in files.items()]).encode()
    return len(table).to_bytes(4, "little") + table + b"".join(files.values())


def unpack_files(block: bytes) -> dict[str, bytes]:
    """The files of `pack_files`."""
    place = 4 + int.from_bytes(block[:4], "little")
    files = {}
    for name, size in json.loads(block[4:place]):
        files[name] = block[place : place + size]
        place += size
    return files


def write_files(files: Mapping[str, bytes]) -> None:
    """Write below the working folder; names that lead out of it are left out."""
    for name, content in files.items():
        if not _is_inside(name):
            continue
        path = Path(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError:
            continue  # a full folder is the learner's own doing


def list_files() -> list[str]:
    """Names of the regular files below the working folder, the topmost first; see `look_for_files`."""
    return look_for_files()[0]


def look_for_files() -> tuple[list[str], str]:
    """Names of the regular files below the working folder, and why there may be more; see `LEFT_OUT`.

    Folder by folder, the topmost first, so that what is left out lies deepest. Hidden folders are
    passed over, and what is gone or closed meanwhile is not there.
    """
    names: list[str] = []
    looked_at = 0
    level = [""]
    for _ in range(MAX_DEPTH):
        below: list[str] = []
        for folder in level:
            for name, mode in _listed(folder or "."):
                looked_at += 1
                if looked_at > MAX_NAMES or len(names) > MAX_FILES:
                    return names[:MAX_FILES], "many"
                if stat.S_ISREG(mode):
                    names.append(folder + name)
                elif stat.S_ISDIR(mode) and not name.startswith("."):
                    below.append(f"{folder}{name}/")
        level = below
    return names[:MAX_FILES], "many" if len(names) > MAX_FILES else "deep" if level else ""


def _listed(folder: str) -> list[tuple[str, int]]:
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in itertools.islice(entries, MAX_NAMES + 1):
                # gone since it was listed: the others are still there
                with contextlib.suppress(FileNotFoundError):
                    found.append((entry.name, entry.stat(follow_symlinks=False).st_mode))
    except OSError:
        return []
    return sorted(found)


def read_file(name: str) -> bytes:
    """The file's content, cut at the longest size that travels."""
    with open(name, "rb") as file:
        return file.read(MAX_FILE)


def changed_files(known: Mapping[str, str], names: Iterable[str] | None = None) -> dict[str, bytes]:
    """Files of the working folder, or those of the names, whose digest is not the known one."""
    return {
        name: content
        for name, content, digest in _with_digests(list_files() if names is None else names)
        if known.get(name) != digest
    }


def file_digests() -> dict[str, str]:
    """Digest of each file of the working folder, without keeping what is in it."""
    return {name: digest for name, _, digest in _with_digests(list_files())}


def _with_digests(names: Iterable[str]) -> Iterator[tuple[str, bytes, str]]:
    """Name, content and digest of one file after the other."""
    for name in names:
        try:
            content = read_file(name)
        except OSError:
            continue  # closed, or gone meanwhile
        yield name, content, file_digest(content)


def file_digest(content: bytes) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()


def is_data_name(name: object) -> bool:
    """Whether a learner's file of that name may lie beside the tests: data, never code."""
    if type(name) is not str or not _is_inside(name):
        return False
    path = PurePosixPath(name)
    return not (CODE & {suffix.lower() for suffix in path.suffixes}) and not any(
        part.startswith(".") or part == "__pycache__" for part in path.parts
    )


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(name) and "\0" not in name and not path.is_absolute() and ".." not in path.parts
