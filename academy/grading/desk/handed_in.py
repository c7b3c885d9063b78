"""When was a submission handed in, and is it still the same one?  Asked of an untrusted folder."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nbgrader.utils import parse_utc

from academy.grading.desk.foreign_folder import FILE, LINK, Entry, Folder, FolderRefused
from academy.grading.desk.intake import SET_ASIDE, SKIPPED_FOLDERS, TIMESTAMP, is_own_file

__all__ = ["read_timestamp", "submission_digest", "submitted_at"]

ASIDE = ("timestamp.unreadable", ".txt")
LONGEST_TIMESTAMP = 200
CLOCK_SKEW = timedelta(minutes=10)
# what can count of a submission is less; of what is beyond, the sizes are enough
MAX_HASHED = 256 * 1024**2


def submission_digest(folder: Path | Folder) -> str:
    """SHA-256 of what was handed in; links count as what they say, not where they lead.

    Of a folder that is a link itself, or no folder, nothing is read: it has a digest of its own.
    """
    total = hashlib.sha256()
    try:
        if isinstance(folder, Folder):
            parts = _parts(folder)
        else:
            with Folder(folder.parent, folder.name) as opened:
                parts = _parts(opened)
    except FolderRefused as refused:
        parts = [(b"", str(refused).encode("utf-8", "replace"))]
    for name, content in parts:
        total.update(name + b"\0" + content + b"\0")
    return total.hexdigest()


def _parts(folder: Folder) -> list[tuple[bytes, bytes]]:
    left = [MAX_HASHED]
    found = []
    for entry in folder.walk(SKIPPED_FOLDERS):
        first, slash, _ = entry.path.partition("/")
        if slash and is_own_file(first):
            continue  # nothing in it counts, and its paths get longer when it is put aside
        # the same file, before and after it was put aside
        name = TIMESTAMP if SET_ASIDE.fullmatch(entry.path) else entry.path
        found.append((os.fsencode(name), _content(entry, left)))
    return sorted(found)


def _content(entry: Entry, left: list[int]) -> bytes:
    try:
        if entry.kind == LINK:
            return b"link " + entry.target()
        if entry.kind == FILE:
            status, content = entry.head(left[0])
            left[0] -= len(content)
            return b"file %d " % status.st_size + hashlib.sha256(content).digest()
    except FolderRefused as refused:
        return b"closed " + str(refused).encode("utf-8", "replace")
    return entry.kind.encode()


def submitted_at(folder: Path | Folder) -> tuple[datetime | None, list[str]]:
    """When a submission was handed in (naive UTC), and what is odd about it; see `read_timestamp`."""
    if isinstance(folder, Folder):
        return read_timestamp(folder)[:2]
    with Folder(folder.parent, folder.name) as opened:
        return read_timestamp(opened)[:2]


def read_timestamp(folder: Folder) -> tuple[datetime | None, list[str], bytes]:
    """When a submission was handed in (naive UTC), what is odd about it, and the file as it is.

    An unreadable ``timestamp.txt`` is put aside under another name: left there, it would stop
    formgrader's list of all submissions.
    """
    if not folder.has(TIMESTAMP):
        aside = next(filter(SET_ASIDE.fullmatch, folder.names()), None)
        return None, [_odd(aside)] if aside else [], b""
    try:
        raw = folder.read(TIMESTAMP, LONGEST_TIMESTAMP)
        at = parse_utc(raw.decode().strip())
        late = at > datetime.now(UTC).replace(tzinfo=None) + CLOCK_SKEW
    except (ValueError, TypeError, AttributeError, OverflowError):
        try:
            return None, [_odd(folder.put_aside(TIMESTAMP, *ASIDE))], b""
        except OSError:
            stays = f"交卷时间读不出来，{TIMESTAMP} 也改不了名：请改好文件夹的权限，再把它改名。"
            return None, [stays], b""
    odd = [f"交卷时间 {at:%Y-%m-%d %H:%M:%S}（UTC）在将来，请核对。"] if late else []
    return at, odd, raw


def _odd(aside: str) -> str:
    return f"交卷时间读不出来，原件是 {aside}。"
