"""Who grades, as long as a server runs?  One service a course: warm workers, one gradebook, any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import OperationalError
from traitlets.config import Config

from academy.errors import CcomError
from academy.grading.crew import early
from academy.grading.crew.cluster import Cluster
from academy.grading.crew.pool import Dismissed, Pool
from academy.grading.desk.desk import Desk
from academy.grading.desk.gradebook import OpenGradebook
from academy.grading.desk.graded_folder import FATAL, read_marker
from academy.grading.desk.machine import require_containment, require_platform
from academy.grading.desk.settings import read_settings
from academy.grading.errors import GradingError
from academy.grading.work.job import Trouble
from academy.grading.work.record import Rejected
from academy.grading.work.text import clean_text

__all__ = ["Checks", "GradingService", "Outcome"]


@dataclass(frozen=True)
class Outcome:
    """What grading did with one learner's submission.

    Attributes
    ----------
    student : str
    status : str
        "graded", "skipped" (graded before, from the same) or "rejected".
    message : str
        What staff should know, in Chinese; empty where there is nothing to say.
    found : dict
        What the referee found (see ``marker_of``); empty for a rejected submission.
    """

    student: str
    status: str
    message: str = ""
    found: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Checks:
    """What the caller wants a say in; called in the thread that grades, for several at a time.

    Attributes
    ----------
    check_in : called with each learner before the submission is read; may put things right and
        return a note, or raise :class:`Rejected`.
    regrade : called with a learner who is about to be graded again; may raise :class:`Rejected`.
    """

    check_in: Callable[[str], str | None] | None = None
    regrade: Callable[[str], None] | None = None


NO_CHECKS = Checks()
# the turn of a submission that somebody waits for: before those of a whole class
AT_ONCE = -1


class GradingService:
    """Grades submissions of a course until it is closed; any thread may ask.

    What it has learnt stays with it: assignments with their plans, warm workers, the gradebook. A
    submission is graded by one thread at a time, also where another program grades; different ones
    go side by side. A changed master or gradebook is noticed with the next call.

    Parameters
    ----------
    coursedir, config : the nbgrader course.
    workers : submissions executed at a time on this machine; None asks ``c.Referee.workers``.
    scheduler : address of a Dask scheduler to grade there.

    Raises
    ------
    GradingError
        Nothing can be graded on this machine, or the configuration must be mended.
    """

    def __init__(
        self,
        coursedir: CourseDirectory,
        config: Config,
        *,
        workers: int | None = None,
        scheduler: str | None = None,
    ) -> None:
        require_platform()
        self._settings = read_settings(config)
        self._coursedir, self._config = coursedir, config
        self._workers = workers or self._settings.worker_count()
        self._scheduler = scheduler
        self._book = OpenGradebook(coursedir)
        self._crew: Pool | Cluster | None = None
        self._desks: dict[str, Desk] = {}
        self._opening: dict[str, threading.Lock] = {}
        self._change = threading.Condition()
        self._asking = 0
        self._closed = False

    def __enter__(self) -> GradingService:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def grade(
        self, assignment: str, student: str, *, force: bool = False, checks: Checks = NO_CHECKS
    ) -> Outcome:
        """Grade what the learner handed in, and wait for it.

        Parameters
        ----------
        force : also grade again what was graded before from the same bytes.

        Raises
        ------
        GradingError
            Nothing can be graded before something is mended.
        """
        with self._asked():
            desk = self._desk(assignment)
            return self._grade(desk, self._open_crew(), student, force, checks, AT_ONCE)

    def grade_all(
        self,
        assignment: str,
        students: Iterable[str],
        *,
        force: bool = False,
        checks: Checks = NO_CHECKS,
        done: Callable[[Outcome], None] | None = None,
    ) -> Iterator[Outcome]:
        """Grade what some learners handed in; what is graded stays graded whatever comes after.

        Parameters
        ----------
        force : also grade again what was graded before from the same bytes.
        done : told of each outcome as soon as it is there, by one thread at a time; also of what
            was in hand when the iterator was given up or the service was closed.

        Yields
        ------
        Outcome
            One a learner, in their order.

        Raises
        ------
        GradingError
            Nothing can be graded before something is mended.
        """
        wanted = list(dict.fromkeys(students))
        with self._asked():
            desk, crew = self._desk(assignment), self._open_crew()
        telling = threading.Lock()

        def grade(turn: int, student: str) -> Outcome:
            with self._asked():
                outcome = self._grade(desk, crew, student, force, checks, turn)
                if done is not None:
                    with telling:
                        done(outcome)
                return outcome

        threads = ThreadPoolExecutor(crew.at_once, thread_name_prefix="grading")
        try:
            flying = [threads.submit(grade, *one) for one in enumerate(wanted)]
            waiting: dict[str, Outcome] = {}
            order = iter(wanted)
            following = next(order, None)
            for future in as_completed(flying):
                outcome = future.result()
                waiting[outcome.student] = outcome
                while following in waiting:
                    yield waiting.pop(following)
                    following = next(order, None)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """End the workers, also in the middle of a submission, and close the gradebook."""
        with self._change:
            self._closed = True
            crew, self._crew = self._crew, None
        if crew is not None:
            crew.close()
        with self._change:
            # what has its result is written down to the end, and told
            self._change.wait_for(lambda: self._asking == 0)
        self._book.close()

    @contextmanager
    def _asked(self) -> Iterator[None]:
        with self._change:
            if self._closed:
                raise Dismissed
            self._asking += 1
        try:
            yield
        finally:
            with self._change:
                self._asking -= 1
                self._change.notify_all()

    def _desk(self, assignment: str) -> Desk:
        with self._change:
            opening = self._opening.setdefault(assignment, threading.Lock())
        # a dry run takes seconds: others' assignments need not wait for it
        with opening:
            desk = self._desks.get(assignment)
            if desk is None or not desk.holds():
                desk = Desk(self._book, self._coursedir, self._config, assignment)
                self._desks[assignment] = desk
            return desk

    def _open_crew(self) -> Pool | Cluster:
        if self._scheduler is None and self._crew is None:
            require_containment(self._settings)
        with self._change:
            if self._closed:
                raise Dismissed
            if self._crew is None:
                self._crew = (
                    Cluster(self._scheduler)
                    if self._scheduler
                    else Pool(self._workers, first=early.take())
                )
            return self._crew

    def _grade(
        self,
        desk: Desk,
        crew: Pool | Cluster,
        student: str,
        force: bool,
        checks: Checks,
        turn: int,
    ) -> Outcome:
        try:
            desk.require_submission(student)
            desk.require_known(student)
            with desk.alone_with(student):
                return _grade_alone(desk, crew, student, force, checks, turn)
        except Rejected as error:
            return Outcome(student, "rejected", error.reason)
        except GradingError:
            raise
        except Exception as error:
            return _set_aside(desk, student, error)


def _set_aside(desk: Desk, student: str, error: Exception) -> Outcome:
    """What becomes of a submission over which something broke; the others go on.

    Raises
    ------
    GradingError
        Not the submission broke it: the next one would meet the same.
    """
    if isinstance(error, OperationalError) or (
        isinstance(error, OSError) and (error.errno in FATAL or not desk.can_write())
    ):
        raise GradingError(
            f"{clean_text(student)} 的成绩写不下去（{error.__cause__ or error}）：请看磁盘空间与权限，"
            "再运行同一条命令；已经评好的都在。"
        ) from error
    what = clean_text(str(error) if isinstance(error, CcomError) else repr(error), 300)
    remedy = "" if isinstance(error, CcomError) else "请把这一句和他交来的文件夹发给课程的维护人。"
    return Outcome(
        student, "rejected", f"{clean_text(student)} 的答卷没有评，先搁置（{what}）。{remedy}"
    )


def _grade_alone(
    desk: Desk, crew: Pool | Cluster, student: str, force: bool, checks: Checks, turn: int
) -> Outcome:
    note = (checks.check_in(student) if checks.check_in else None) or ""
    case = desk.case(student)
    if case.marker is not None and not force:
        return Outcome(student, "skipped", note, case.marker)
    if checks.regrade and read_marker(desk.folder(student)) is not None:
        checks.regrade(student)
    job = desk.job(case)
    answer = crew.grade(desk.work, job, turn)
    if isinstance(answer, Trouble):
        return Outcome(student, "rejected", f"{student}：{answer.reason}")
    return Outcome(student, "graded", note, desk.keep(case, job, answer))
