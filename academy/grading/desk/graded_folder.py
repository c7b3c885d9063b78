"""What stands in autograded/ for a graded submission, and when was it handed in?

A new folder is written aside and swapped in after the gradebook's commit. The marker file, which
says from what the folder was made, goes before the commit and comes back with the new folder:
whatever is interrupted in between is simply graded again.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nbformat import from_dict
from nbformat.v4 import writes
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc
from traitlets.config import Config

from academy.grading.desk.gradebook_writer import GradebookWriter
from academy.grading.work.record import GradedRecord

__all__ = [
    "MARKER",
    "GradedFolders",
    "marker_of",
    "notebook_text",
    "read_marker",
    "submission_digest",
    "submitted_at",
]

MARKER = ".graded.json"
TIMESTAMP, UNREADABLE = "timestamp.txt", "timestamp.unreadable.txt"
CLOCK_SKEW = timedelta(minutes=10)
MAX_HASHED = 64 * 1024**2
FATAL = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS}


class GradedFolders:
    """The folders of an assignment in autograded/.

    Parameters
    ----------
    coursedir, config : the nbgrader course.
    assignment : name of the assignment.
    files : its data files; they take the place of the learners' copies.
    writer : writes the gradebook.
    """

    def __init__(
        self,
        coursedir: CourseDirectory,
        config: Config,
        assignment: str,
        files: Mapping[str, bytes],
        writer: GradebookWriter,
    ) -> None:
        converter = Autograde(coursedir=coursedir, config=config)
        self._mode = int(str(converter.permissions), 8)
        self._own = set(converter.exclude_overwriting.get(assignment, []))
        self._shared = coursedir.groupshared
        self._coursedir = coursedir
        self._assignment = assignment
        self._files = files
        self._writer = writer

    def path(self, student: str) -> Path:
        """``autograded/<student>/<assignment>``"""
        return _path(self._coursedir, "autograded", self._assignment, student)

    def keep(
        self,
        record: GradedRecord,
        key: str,
        own_files: Mapping[str, bytes],
        seat_files: Mapping[str, bytes],
    ) -> dict[str, Any]:
        """Write the record into the gradebook and into autograded/.

        Parameters
        ----------
        key : digest of everything that the record was made from.
        own_files : what the learner handed in beside the notebooks.
        seat_files : the data of the learner's seat.

        Returns
        -------
        dict
            The marker.
        """
        target = self.path(record.student)
        submitted = _path(self._coursedir, "submitted", self._assignment, record.student)
        timestamp, notes = submitted_at(submitted)
        fresh = target.with_name(f".{target.name}.new")
        self.clear(record.student)
        try:
            self._write_files(record, fresh, own_files, seat_files)
            if timestamp is not None:
                _write_new(fresh / TIMESTAMP, (submitted / TIMESTAMP).read_bytes())
            marker = marker_of(record, key, notes)
            text = json.dumps(marker, ensure_ascii=False, indent=1)
            _write_new(fresh / MARKER, text.encode())
            self._protect(fresh)
            (target / MARKER).unlink(missing_ok=True)
            self._writer.write(record, timestamp)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        self._swap(fresh, target)
        return marker

    def clear(self, student: str) -> None:
        """Remove what an interruption left beside the student's folder."""
        target = self.path(student)
        for name in ("new", "old"):
            shutil.rmtree(target.with_name(f".{target.name}.{name}"), ignore_errors=True)

    def _write_files(
        self,
        record: GradedRecord,
        folder: Path,
        own_files: Mapping[str, bytes],
        seat_files: Mapping[str, bytes],
    ) -> None:
        folder.mkdir(parents=True)
        for notebook in record.notebooks:
            text = notebook_text(self._writer.with_checksums(notebook))
            _write_new(folder / f"{notebook.name}.ipynb", text.encode())
        masters = {**self._files, **seat_files}
        for name, content in masters.items():
            if name not in self._own:
                _write_new(folder / name, content)
        for name, content in own_files.items():
            if not name.endswith(".ipynb") and name not in (MARKER, TIMESTAMP, UNREADABLE):
                _write_beside(folder / name, content)
        for name in self._own & masters.keys():
            _write_beside(folder / name, masters[name])

    def _protect(self, folder: Path) -> None:
        for parent, _, names in os.walk(folder):
            for name in names:
                Path(parent, name).chmod(self._mode)
            if self._shared:
                os.chmod(parent, 0o2775)

    def _swap(self, fresh: Path, target: Path) -> None:
        old = target.with_name(f".{target.name}.old")
        if target.exists():
            target.rename(old)
        fresh.rename(target)
        shutil.rmtree(old, ignore_errors=True)
        if self._shared:
            target.parent.chmod(0o2775)


def notebook_text(notebook: Mapping[str, Any]) -> str:
    """The notebook as nbgrader writes it."""
    return writes(from_dict(notebook)) + "\n"


def marker_of(record: GradedRecord, key: str, notes: list[str]) -> dict[str, Any]:
    """The marker of a graded folder: what was found, without the notebooks."""
    return {
        "key": key,
        "digest": record.digest,
        "containment": record.containment,
        "seconds": round(record.seconds, 3),
        "score": record.score,
        "max_score": record.max_score,
        "flags": [*record.flags, *notes],
        "notebooks": {n.name: [asdict(cell) for cell in n.cells] for n in record.notebooks},
    }


def read_marker(folder: Path) -> dict[str, Any] | None:
    """The marker of a graded folder; None where the referee has not graded, or not to the end."""
    try:
        content = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and "notebooks" in content else None


def submission_digest(folder: Path) -> str:
    """SHA-256 of the files that were handed in; links count as what they say, not where they lead."""
    total = hashlib.sha256()
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted([*names, *(f for f in folders if Path(parent, f).is_symlink())]):
            path = Path(parent, name)
            relative = os.fsencode(path.relative_to(folder))
            # the same file, before and after it was put aside
            relative = TIMESTAMP.encode() if relative == UNREADABLE.encode() else relative
            total.update(relative + b"\0")
            if path.is_symlink():
                total.update(os.fsencode(path.readlink()))
            elif path.is_file():
                total.update(str(path.stat().st_size).encode() + b"\0")
                with path.open("rb") as file:
                    total.update(file.read(MAX_HASHED))
    return total.hexdigest()


def submitted_at(folder: Path) -> tuple[datetime | None, list[str]]:
    """When a submission was handed in (naive UTC), and what is odd about it.

    An unreadable ``timestamp.txt`` is put aside under another name: left there, it would stop
    formgrader's list of all submissions.
    """
    path, aside = folder / TIMESTAMP, folder / UNREADABLE
    odd = f"交卷时间读不出来，原件是 {UNREADABLE}。"
    if not os.path.lexists(path):
        return None, [odd] if os.path.lexists(aside) else []
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > 200:
            raise ValueError(path)
        at = parse_utc(path.read_text(encoding="utf-8").strip())
        late = at > datetime.now(UTC).replace(tzinfo=None) + CLOCK_SKEW
    except (ValueError, TypeError, AttributeError, OverflowError, OSError):
        path.replace(aside)
        return None, [odd]
    return at, [f"交卷时间 {at:%Y-%m-%d %H:%M:%S}（UTC）在将来，请核对。"] if late else []


def _path(coursedir: CourseDirectory, step: str, assignment: str, student: str) -> Path:
    directory = getattr(coursedir, f"{step}_directory")
    return Path(coursedir.format_path(directory, student, assignment))


def _write_new(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _write_beside(path: Path, content: bytes) -> None:
    """Write a learner's file unless something of the master's stands there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        if error.errno in FATAL:
            raise
