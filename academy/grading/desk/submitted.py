"""Who has something in ``submitted/``, and where does it lie?  Names of learners' folders, not theirs to choose."""

from __future__ import annotations

import os
import stat
from functools import cached_property
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from academy.grading.desk.foreign_folder import Folder

__all__ = ["Submitted"]

_NOBODY = "\0"


class Submitted:
    """The submissions of one assignment.

    Parameters
    ----------
    coursedir : the nbgrader course.
    assignment : name of the assignment.
    """

    def __init__(self, coursedir: CourseDirectory, assignment: str) -> None:
        self._coursedir = coursedir
        self._assignment = assignment

    def path(self, student: str) -> Path:
        """``submitted/<student>/<assignment>``"""
        directory = self._coursedir.submitted_directory
        return Path(self._coursedir.format_path(directory, student, self._assignment))

    def open(self, student: str) -> Folder:
        """The learner's folder; down to the learners' own part of the path, links are the staff's.

        Raises
        ------
        FolderRefused
            It is missing, a link, or no folder.
        """
        parts = self.path(student).parts
        return Folder(Path(*parts[: self._ours]), *parts[self._ours :])

    def has(self, student: str) -> bool:
        """Whether anything lies where the learner's folder should be, or the learner's place is taken."""
        parts = self.path(student).parts
        place = Path(*parts[: self._ours + 1])
        try:
            own = stat.S_ISDIR(os.lstat(place).st_mode)
        except (OSError, ValueError):
            return False
        return not own or os.path.lexists(self.path(student))

    def students(self) -> list[str] | None:
        """Learners with a submission, in order; also where a link or a pipe lies in its place.

        An ordinary file beside the learners' folders is nobody's unless it is called like one. None
        where the course does not give each learner a folder of that name.
        """
        parts = self.path(_NOBODY).parts
        if parts[self._ours] != _NOBODY:
            return None
        try:
            with os.scandir(Path(*parts[: self._ours])) as entries:
                return sorted(entry.name for entry in entries if self._is_learners(entry))
        except (FileNotFoundError, NotADirectoryError):
            return []

    def _is_learners(self, entry: os.DirEntry[str]) -> bool:
        if entry.name.startswith("."):
            return False
        if entry.is_file(follow_symlinks=False):
            return "." not in entry.name
        # a link to nowhere, a pipe: nobody can tell for which assignment
        return not os.path.isdir(entry.path) or os.path.lexists(self.path(entry.name))

    @cached_property
    def _ours(self) -> int:
        """How many parts of the path are the same for all learners."""
        one, other = self.path(_NOBODY).parts, self.path(f"{_NOBODY}{_NOBODY}").parts
        return next(place for place, part in enumerate(one) if part != other[place])
