"""Which nbgrader course is this, and how does one ask nbgrader for its steps?"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps.api import NbGraderAPI
from nbgrader.utils import temp_attrs
from sqlalchemy.exc import SAWarning
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader
from traitlets.log import get_logger

from academy.errors import CourseError
from academy.nbgrader_words import in_chinese
from academy.times import TIMEZONE

__all__ = ["Course", "CourseError"]


class Course:
    """One nbgrader course folder, driven through nbgrader's own API.

    Parameters
    ----------
    root : Path
        Folder with nbgrader_config.py, source/ and so on.

    Raises
    ------
    CourseError
        The folder has no nbgrader_config.py.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        config_file = self.root / "nbgrader_config.py"
        if not config_file.exists():
            raise CourseError(
                f"{self.root} 里没有 nbgrader_config.py：请到课程文件夹里运行，或用 --course 指明。"
            )
        config: Config = PyFileConfigLoader(config_file.name, path=str(self.root)).load_config()
        config.setdefault("CourseDirectory", Config()).setdefault("root", str(self.root))
        _put_alembic_on_path()
        _silence_nbgrader()
        exchange = config.get("Exchange", {}).get("root")
        if exchange:
            _shared_folder(Path(exchange))
        self.api = NbGraderAPI(config=config, log_level="WARN")
        self.coursedir = self.api.coursedir

    def folder(self, step: str, paper: str, student: str = ".") -> Path:
        """Folder of a step: "source", "release", "submitted" or "autograded"."""
        directory = getattr(self.coursedir, f"{step}_directory")
        return Path(self.coursedir.format_path(directory, student, paper))

    def papers(self) -> list[str]:
        """Names of the papers in source/."""
        return sorted(self.api.get_source_assignments())

    def require_paper(self, paper: str) -> None:
        """Refuse an unknown paper, naming the known ones."""
        if paper not in self.papers():
            known = "、".join(self.papers()) or "（还没有试卷）"
            raise CourseError(f"没有试卷 {paper!r}：source/ 里有 {known}。请核对试卷名。")

    @contextmanager
    def gradebook(self) -> Iterator[Gradebook]:
        """nbgrader's gradebook, closed afterwards."""
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            yield gradebook

    def generate(self, paper: str) -> None:
        """source/ -> release/, as ``nbgrader generate_assignment --force``."""
        with _without_nbgraders_warnings():
            result = self.api.generate_assignment(paper, force=True, create=True)
        _require_success(result, f"生成学员卷 {paper}")

    def set_due(self, paper: str, due: datetime) -> None:
        """Set the paper's due time (aware datetime)."""
        with self.gradebook() as gradebook:
            gradebook.update_or_create_assignment(paper, duedate=due.isoformat())

    def due(self, paper: str) -> datetime | None:
        """The due time in Chinese time, if the paper was released with one."""
        with self.gradebook() as gradebook:
            try:
                due = gradebook.find_assignment(paper).duedate
            except MissingEntry:
                return None
        return due.replace(tzinfo=ZoneInfo("UTC")).astimezone(TIMEZONE) if due else None

    def publish(self, paper: str) -> None:
        """release/ -> exchange; a paper published before is replaced."""
        with temp_attrs(self.coursedir, assignment_id=paper):
            app = self.api.exchange.ReleaseAssignment(
                coursedir=self.coursedir, authenticator=self.api.authenticator, parent=self.api
            )
            app.force = True
            app.start()

    def submit(self, paper: str, student: str, folder: Path) -> None:
        """Hand in `folder` (named like the paper) for `student`, as ``nbgrader submit`` does."""
        with temp_attrs(self.coursedir, assignment_id=paper, student_id=student):
            app = self.api.exchange.Submit(
                coursedir=self.coursedir, authenticator=self.api.authenticator, parent=self.api
            )
            app.assignment_dir = str(folder.parent)
            app.cache = str(folder.parent / ".cache")
            app.start()

    def collect(self, paper: str) -> None:
        """exchange -> submitted/."""
        with _without_nbgraders_warnings():
            result = self.api.collect(paper, update=True)
        _require_success(result, f"收卷 {paper}")


def _require_success(result: dict[str, Any], step: str) -> None:
    if result["success"]:
        return
    lines = result.get("error", "").strip().splitlines()
    # nbgrader's bare except swallows Ctrl-C too
    if lines and lines[-1].startswith("KeyboardInterrupt"):
        raise KeyboardInterrupt
    log = result.get("log", "")
    errors = [line for line in log.splitlines() if "[ERROR]" in line]
    # what nbgrader says in its last line is often only that something was wrong before
    known = in_chinese("\n".join(lines + log.splitlines()))
    if known is None:
        detail = (errors or lines or ["没有说明"])[-1].replace("[ERROR] ", "").strip()
        known = f"nbgrader 说「{detail}」，请把这一句发给课程的维护人"
    raise CourseError(f"{step} 没有成功：{known}。")


@contextmanager
def _without_nbgraders_warnings() -> Iterator[None]:
    # nbgrader 0.9.6 adds rows in an order that SQLAlchemy 2.1 warns of; the rows are written
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        yield


def _put_alembic_on_path() -> None:
    # nbgrader starts `alembic` by name when it makes a new gradebook
    folder = str(Path(sys.executable).parent)
    parts = os.environ.get("PATH", "").split(os.pathsep)
    if folder not in parts:
        os.environ["PATH"] = os.pathsep.join([folder, *parts])


def _silence_nbgrader() -> None:
    # capture_log still gets everything; the terminal shows our own sentences
    logger = get_logger()
    logger.propagate = False
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def _shared_folder(folder: Path) -> None:
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o777)
