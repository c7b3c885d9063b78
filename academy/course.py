"""Which nbgrader course is this, and how does one ask nbgrader for its steps?"""

from __future__ import annotations

import logging
import os
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache, cached_property
from glob import glob
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import nbgrader.api
from alembic.script import ScriptDirectory
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import temp_attrs
from sqlalchemy.exc import SAWarning
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader
from traitlets.log import get_logger

from academy.clock import TIMEZONE
from academy.errors import CourseError
from academy.nbgrader_words import in_chinese

__all__ = ["Course", "CourseError"]

# nbgrader's steps change the process: its working folder, its loggers, the course's own settings
_ONE_STEP = threading.RLock()


class Course:
    """One nbgrader course folder, driven through nbgrader's own API.

    Opening a course reads its settings and changes nothing: neither the folder nor the process.
    It may be used by several threads; nbgrader's own steps go one at a time.

    Parameters
    ----------
    root : Path
        Folder with nbgrader_config.py, source/ and so on.

    Attributes
    ----------
    config : Config
        What nbgrader_config.py says.
    coursedir : CourseDirectory
        nbgrader's names of the course's folders.

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
        self.config = config
        self.coursedir = CourseDirectory(config=config)

    @cached_property
    def api(self) -> NbGraderAPI:
        """nbgrader's own interface; made when it is first needed, because it looks for the exchange."""
        with _step():
            return NbGraderAPI(coursedir=self.coursedir, config=self.config, log_level="WARN")

    def folder(self, step: str, paper: str, student: str = ".") -> Path:
        """Folder of a step: "source", "release", "submitted" or "autograded"."""
        directory = getattr(self.coursedir, f"{step}_directory")
        return Path(self.coursedir.format_path(directory, student, paper))

    @property
    def exchange_root(self) -> Path | None:
        """The exchange's folder; None where the course has an exchange of another kind."""
        root = getattr(self.api.exchange.List(parent=self.api), "root", None)
        return Path(root).absolute() if root else None

    def papers(self) -> list[str]:
        """Names of the papers in source/."""
        step = self.coursedir.source_directory
        name = re.compile(self.coursedir.format_path(step, ".", "(?P<paper>.*)", escape=True))
        folders = filter(os.path.isdir, glob(self.coursedir.format_path(step, ".", "*")))
        return sorted(found["paper"] for found in map(name.match, folders) if found)

    def require_paper(self, paper: str) -> None:
        """Refuse an unknown paper, naming the known ones."""
        if paper not in self.papers():
            known = "、".join(self.papers()) or "（还没有试卷）"
            raise CourseError(f"没有试卷 {paper!r}：source/ 里有 {known}。请核对试卷名。")

    @contextmanager
    def gradebook(self) -> Iterator[Gradebook]:
        """nbgrader's gradebook, closed afterwards."""
        with _step():
            opened = Gradebook(self.coursedir.db_url, self.coursedir.course_id)
        with opened as gradebook:
            yield gradebook

    def generate(self, paper: str) -> None:
        """source/ -> release/, as ``nbgrader generate_assignment --force``."""
        with _step():
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
        with self._exchange(), temp_attrs(self.coursedir, assignment_id=paper):
            app = self.api.exchange.ReleaseAssignment(
                coursedir=self.coursedir, authenticator=self.api.authenticator, parent=self.api
            )
            app.force = True
            app.start()

    def unpublish(self, paper: str) -> None:
        """Take a paper out of the exchange's outbound folder."""
        with self._exchange():
            result = self.api.unrelease(paper)
        _require_success(result, f"把 {paper} 从交换区撤下")

    def submit(self, paper: str, student: str, folder: Path) -> None:
        """Hand in `folder` (named like the paper) for `student`, as ``nbgrader submit`` does."""
        with (
            self._exchange(),
            temp_attrs(self.coursedir, assignment_id=paper, student_id=student),
        ):
            app = self.api.exchange.Submit(
                coursedir=self.coursedir, authenticator=self.api.authenticator, parent=self.api
            )
            app.assignment_dir = str(folder.parent)
            app.cache = str(folder.parent / ".cache")
            app.start()

    @contextmanager
    def _exchange(self) -> Iterator[None]:
        """A step that needs the exchange's folder, which everybody may write to."""
        root = self.config.get("Exchange", {}).get("root")
        if root:
            _shared_folder(Path(root))
        with _step():
            yield


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
def _step() -> Iterator[None]:
    """One step of nbgrader's: alone, its log not on the terminal."""
    # nbgrader starts the program `alembic`, found by PATH, for every gradebook it makes
    schema = temp_attrs(nbgrader.api, get_alembic_version=_schema_version)
    with _ONE_STEP, warnings.catch_warnings(), schema, _quiet():
        # nbgrader 0.9.6 adds rows in an order that SQLAlchemy 2.1 warns of; the rows are written
        warnings.simplefilter("ignore", SAWarning)
        yield


@cache
def _schema_version() -> str | None:
    """The newest schema of nbgrader's gradebook, as ``alembic heads`` says it."""
    migrations = Path(nbgrader.__file__).with_name("alembic")
    return ScriptDirectory(str(migrations)).get_current_head()


@contextmanager
def _quiet() -> Iterator[None]:
    # capture_log still gets everything; the terminal shows our own sentences
    logger, silent = get_logger(), logging.NullHandler()
    propagate, level = logger.propagate, logger.level
    logger.propagate = False
    logger.addHandler(silent)
    try:
        yield
    finally:
        logger.removeHandler(silent)
        logger.propagate = propagate
        logger.setLevel(level)


def _shared_folder(folder: Path) -> None:
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o777)
