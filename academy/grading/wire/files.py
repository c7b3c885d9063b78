"""Which files lie in a scratch folder, and how do they get from one to the other?"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

__all__ = [
    "changed_files",
    "file_digest",
    "is_data_name",
    "list_files",
    "pack_files",
    "read_file",
    "unpack_files",
    "write_files",
]

MAX_FILE = 16 * 1024 * 1024
MAX_FILES = 200
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
    """Names of the regular files below the working folder."""
    names = []
    for parent, folders, files in os.walk("."):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(parent, name)
            if stat.S_ISREG(os.lstat(path).st_mode):
                names.append(os.path.relpath(path).replace(os.sep, "/"))
    return names[:MAX_FILES]


def read_file(name: str) -> bytes:
    """The file's content, cut at the longest size that travels."""
    with open(name, "rb") as file:
        return file.read(MAX_FILE)


def changed_files(known: Mapping[str, str]) -> dict[str, bytes]:
    """Files of the working folder whose digest is not the known one."""
    changed = {}
    for name in list_files():
        content = read_file(name)
        if known.get(name) != file_digest(content):
            changed[name] = content
    return changed


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
