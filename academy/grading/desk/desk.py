"""What does grading one assignment of a course need, and is it in order?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from academy.grading.desk.foreign_folder import Folder, FolderRefused
from academy.grading.desk.gradebook import OpenGradebook
from academy.grading.desk.gradebook_writer import GradebookWriter
from academy.grading.desk.graded_folder import GradedFolders, read_marker
from academy.grading.desk.handed_in import read_timestamp, submission_digest
from academy.grading.desk.locks import submission_lock
from academy.grading.desk.machine import require_platform
from academy.grading.desk.master import is_folder_name, master_stamp, read_assignment
from academy.grading.desk.plans import plan_for
from academy.grading.desk.rebuild import read_submission
from academy.grading.desk.settings import ChosenSeat, read_settings
from academy.grading.desk.submitted import Submitted
from academy.grading.errors import GradingError
from academy.grading.work.job import Job, Work
from academy.grading.work.record import GradedRecord, Rejected, Seat
from academy.grading.work.text import clean_text, is_text

__all__ = ["Case", "Desk", "open_desk"]

# beside the time that the other one may take
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Case:
    """One submission on the desk.

    Attributes
    ----------
    key : str
        Digest of everything that its result depends on.
    marker : dict or None
        What an earlier grading found, if it was made from the same.
    """

    student: str
    key: str
    seat: ChosenSeat | None
    marker: dict[str, Any] | None


class Desk:
    """One assignment of an nbgrader course, ready to be graded; any thread may use it.

    Parameters
    ----------
    book : the course's gradebook; whoever opened it closes it.
    coursedir, config : the nbgrader course.
    name : the assignment.

    Raises
    ------
    GradingError
        Something must be mended before anything can be graded.
    """

    def __init__(
        self, book: OpenGradebook, coursedir: CourseDirectory, config: Config, name: str
    ) -> None:
        require_platform()
        self.settings = read_settings(config)
        self._stamp = master_stamp(coursedir, name)
        self.assignment = read_assignment(coursedir, config, name)
        self.coursedir = coursedir
        self._root = Path(coursedir.root)
        self._submitted = Submitted(coursedir, name)
        self._seat_of = self.settings.seat_of()
        self._writer = GradebookWriter(book, coursedir, config, name)
        self._require_same_cells()
        self._folders = GradedFolders(coursedir, config, name, self.assignment.files, self._writer)
        plan = plan_for(self._root, self.assignment, self.settings)
        limits, require = self.settings.limits(), tuple(self.settings.require)
        self.work = Work(self.assignment, plan, limits, require)

    def holds(self) -> bool:
        """Whether master and gradebook still are what this desk was made from."""
        name = self.assignment.name
        return master_stamp(self.coursedir, name) == self._stamp and self._writer.holds()

    @contextmanager
    def alone_with(self, student: str) -> Iterator[None]:
        """Nobody else grades the learner's submission meanwhile.

        Raises
        ------
        Rejected
            Somebody else does so, and does not come to an end.
        """
        patience = self.settings.submission_seconds + PATIENCE_SECONDS
        with submission_lock(self._root, self.assignment.name, student, patience):
            yield

    def require_submission(self, student: str) -> None:
        """Refuse a learner who has handed nothing in, or no folder.

        Raises
        ------
        Rejected
            Says what lies there instead.
        """
        name = self.assignment.name
        if not is_folder_name(student) or not self._submitted.has(student):
            raise Rejected(student, f"{student} 没有交 {name}：submitted/ 里没有他的文件夹。")
        if not is_text(student):
            raise Rejected(
                student,
                f"submitted/{clean_text(student)}：文件夹的名字不是 UTF-8，没有评：请把它改名为学号。",
            )
        self._open(student).close()

    def require_known(self, student: str) -> None:
        """Refuse a learner whom the gradebook does not know, where the course wants that.

        Raises
        ------
        Rejected
            With the remedy.
        """
        if not self._writer.may_grade(student):
            raise Rejected(
                student,
                f"submitted/{student}：学号 {student} 不在名单里：请核对学号，"
                "或把他补进名单再运行 ccom release。",
            )

    def case(self, student: str) -> Case:
        """Look at a learner's submission.

        Raises
        ------
        Rejected
            The learner has no seat.
        """
        name = self.assignment.name
        seat = self._seat_of(self._root, name, student) if self._seat_of else None
        with self._open(student) as folder:
            digest = submission_digest(folder)
        parts = [self.assignment.digest, digest, seat.key if seat else ""]
        key = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        marker = read_marker(self.folder(student))
        same = marker is not None and marker["key"] == key
        return Case(student, key, seat, marker if same else None)

    def job(self, case: Case) -> Job:
        """The submission read and its seat made.

        Raises
        ------
        Rejected
            There is nothing to grade.
        """
        with self._open(case.student) as folder:
            submission = read_submission(folder, self.assignment, case.student)
        return Job(submission, case.seat.make() if case.seat else None)

    def keep(self, case: Case, job: Job, record: GradedRecord) -> dict[str, Any]:
        """Write the record to the gradebook and autograded/; returns the marker."""
        seat = job.seat or Seat()
        with self._open(case.student) as folder:
            handed_in = read_timestamp(folder)
        own = job.submission.files
        return self._folders.keep(record, case.key, own, seat.files, handed_in)

    def submitted(self, student: str) -> Path:
        """``submitted/<student>/<assignment>``"""
        return self._submitted.path(student)

    def _open(self, student: str) -> Folder:
        try:
            return self._submitted.open(student)
        except FolderRefused as refused:
            raise Rejected(
                student, f"{student} 的 {self.assignment.name} 没有评：submitted/ 里的 {refused}。"
            ) from None

    def folder(self, student: str) -> Path:
        """``autograded/<student>/<assignment>``"""
        return self._folders.path(student)

    def can_write(self) -> bool:
        """Whether what is graded can be written down at all."""
        return self._folders.can_write()

    def graded_notebook(self, record: GradedRecord, name: str) -> dict[str, Any]:
        """A notebook of the record as it goes to autograded/."""
        notebook = next(one for one in record.notebooks if one.name == name)
        return self._writer.with_checksums(notebook)

    def _require_same_cells(self) -> None:
        """The gradebook and source/ must agree, else points would go to the wrong cells."""
        for notebook in self.assignment.notebooks:
            wanted = {
                cell.grade_id: cell.points
                for cell in notebook.cells
                if cell.kind in ("test", "manual", "task")
            }
            if self._writer.points.get(notebook.name) != wanted:
                raise GradingError(
                    f"source/{self.assignment.name}/{notebook.name}.ipynb 的评分格与成绩册里的不一致：母本改过，"
                    f"请重新运行 ccom release 或 nbgrader generate_assignment --force。"
                )


@contextmanager
def open_desk(coursedir: CourseDirectory, config: Config, name: str) -> Iterator[Desk]:
    """A desk with a gradebook that is open as long as the block."""
    with OpenGradebook(coursedir) as book:
        yield Desk(book, coursedir, config, name)
