"""What stands in autograded/ for a graded submission, and when was it handed in?

A new folder is written aside and swapped in after the gradebook's commit. The marker file, which
says from what the folder was made, goes before the commit and comes back with the new folder:
whatever is interrupted in between is simply graded again.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from nbformat import from_dict
from nbformat.v4 import writes
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from academy.grading.cage import remove_tree
from academy.grading.desk.gradebook_writer import GradebookWriter
from academy.grading.desk.intake import TIMESTAMP, is_own_file
from academy.grading.work.record import GradedRecord

__all__ = [
    "FATAL",
    "MARKER",
    "GradedFolders",
    "marker_of",
    "notebook_text",
    "read_marker",
]

MARKER = ".graded.json"
# errors that the next submission would meet, too
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
        handed_in: tuple[datetime | None, list[str], bytes],
    ) -> dict[str, Any]:
        """Write the record into the gradebook and into autograded/.

        Parameters
        ----------
        key : digest of everything that the record was made from.
        own_files : what the learner handed in beside the notebooks.
        seat_files : the data of the learner's seat.
        handed_in : when, what is odd about it, and the file that says so.

        Returns
        -------
        dict
            The marker.
        """
        target = self.path(record.student)
        timestamp, notes, raw = handed_in
        fresh = target.with_name(f".{target.name}.new")
        self.clear(record.student)
        try:
            self._write_files(record, fresh, own_files, seat_files)
            if timestamp is not None:
                _write_new(fresh / TIMESTAMP, raw)
            marker = marker_of(record, key, notes)
            text = json.dumps(marker, ensure_ascii=False, indent=1)
            _write_new(fresh / MARKER, text.encode("utf-8", "replace"))
            self._protect(fresh)
            _discard(target / MARKER)
            self._writer.write(record, timestamp)
        except BaseException:
            _discard(fresh)
            raise
        self._swap(fresh, target)
        return marker

    def can_write(self) -> bool:
        """Whether learners' folders can be made in autograded/."""
        place = self.path("-").parent
        while not place.exists():
            place = place.parent
        return place.is_dir() and os.access(place, os.W_OK | os.X_OK)

    def clear(self, student: str) -> None:
        """Remove what an interruption left beside the student's folder."""
        target = self.path(student)
        for name in ("new", "old"):
            _discard(target.with_name(f".{target.name}.{name}"))

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
            _write_new(folder / f"{notebook.name}.ipynb", text.encode("utf-8", "replace"))
        masters = {**self._files, **seat_files}
        for name, content in masters.items():
            if name not in self._own:
                _write_new(folder / name, content)
        for name, content in own_files.items():
            first = name.partition("/")[0]
            # a folder that is called like one of our files would stand in its place
            if first != MARKER and not is_own_file(first) and not name.endswith(".ipynb"):
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
        if os.path.lexists(target):
            target.rename(old)
        fresh.rename(target)
        _discard(old)
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


def _path(coursedir: CourseDirectory, step: str, assignment: str, student: str) -> Path:
    directory = getattr(coursedir, f"{step}_directory")
    return Path(coursedir.format_path(directory, student, assignment))


def _write_new(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)


def _write_beside(path: Path, content: bytes) -> None:
    """Write a learner's file unless something of the master's stands there."""
    try:
        _write_new(path, content)
    except OSError as error:
        if error.errno in FATAL:
            raise


def _discard(path: Path) -> None:
    """Remove whatever has that name: folder, file, link."""
    with contextlib.suppress(OSError):
        remove_tree(path)
