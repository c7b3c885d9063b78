"""Who may write the gradebook?  One at a time, each in a transaction of its own; a locked one is waited for."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from nbgrader.coursedir import CourseDirectory
from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from academy.grading.errors import GradingError

__all__ = ["OpenGradebook"]

Result = TypeVar("Result")

# how long another program may hold it, and how often we look
PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.25
LOOK_SECONDS = 1.0
_log = logging.getLogger(__name__)


class OpenGradebook:
    """The gradebook of a course, for any number of threads, until it is closed.

    It makes none: a course whose gradebook is missing has no assignments yet.
    """

    def __init__(self, coursedir: CourseDirectory) -> None:
        # SQLite itself waits that long for a lock before it says so
        sqlite = coursedir.db_url.startswith("sqlite")
        options = {"connect_args": {"timeout": LOOK_SECONDS}} if sqlite else {}
        self._engine = create_engine(coursedir.db_url, **options)
        self._alone = threading.Lock()

    def __enter__(self) -> OpenGradebook:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def exists(self) -> bool:
        """Whether there is a gradebook of nbgrader's."""
        url = self._engine.url
        if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
            # merely looking would make an empty one
            return False
        return self.patiently(lambda: inspect(self._engine).has_table("assignment"))

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that nobody else of this process writes beside; all of it is kept, or nothing."""
        with self._alone, Session(self._engine) as session, session.begin():
            yield session

    def in_transaction(self, act: Callable[[Session], Result]) -> Result:
        """What `act` returns, called in a transaction; again from its beginning after a lock.

        Raises
        ------
        GradingError
            Another program holds the gradebook and does not let go.
        """

        def once() -> Result:
            with self.transaction() as session:
                return act(session)

        return self.patiently(once)

    def patiently(self, act: Callable[[], Result]) -> Result:
        """What `act` returns; while another program holds the gradebook, it is waited for, and said.

        Raises
        ------
        GradingError
            It does not let go.
        """
        give_up, said = time.monotonic() + PATIENCE_SECONDS, False
        while True:
            try:
                return act()
            except OperationalError as error:
                # formgrader or another nbgrader command is writing at this moment
                if "locked" not in str(error.orig):
                    raise
                name = Path(self._engine.url.database or "成绩册").name
                if time.monotonic() >= give_up:
                    raise GradingError(
                        f"成绩册 {name} 正被别的程序用着，等了 {PATIENCE_SECONDS:g} 秒也没有放开："
                        "请关掉 formgrader、数据库工具和别的 ccom，再运行同一条命令；已经评好的都在。"
                    ) from None
                if not said:
                    said = True
                    _log.warning(
                        "成绩册 %s 正被别的程序用着，等它放开（最多 %g 秒）……",
                        name,
                        PATIENCE_SECONDS,
                    )
            time.sleep(PAUSE_SECONDS)

    def close(self) -> None:
        """Close the database."""
        self._engine.dispose()
