"""Who may write the gradebook?  One at a time, each in a transaction of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from sqlalchemy import create_engine, inspect
from sqlalchemy.orm import Session

__all__ = ["OpenGradebook"]


class OpenGradebook:
    """The gradebook of a course, for any number of threads, until it is closed.

    It makes none: a course whose gradebook is missing has no assignments yet.
    """

    def __init__(self, coursedir: CourseDirectory) -> None:
        self._engine = create_engine(coursedir.db_url)
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
        return inspect(self._engine).has_table("assignment")

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that nobody else of this process writes beside; all of it is kept, or nothing."""
        with self._alone, Session(self._engine) as session, session.begin():
            yield session

    def close(self) -> None:
        """Close the database."""
        self._engine.dispose()
