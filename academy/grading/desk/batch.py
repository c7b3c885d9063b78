"""How are all submissions of an assignment graded?  What ``ccom grade`` does, in any nbgrader course."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from nbgrader.apps.api import NbGraderAPI
from sqlalchemy.exc import OperationalError

from academy.grading.crew.pool import run_local
from academy.grading.desk.desk import Case, Desk
from academy.grading.desk.machine import require_containment
from academy.grading.errors import GradingError
from academy.grading.work.job import Job, Trouble
from academy.grading.work.record import Rejected

__all__ = ["Outcome", "grade_course", "submitted_students"]


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


def submitted_students(api: NbGraderAPI, assignment: str) -> list[str]:
    """Learners with a folder in submitted/, in order."""
    return sorted(api.get_submitted_students(assignment))


def grade_course(
    api: NbGraderAPI,
    assignment: str,
    students: Iterable[str] | None = None,
    *,
    force: bool = False,
    workers: int | None = None,
    scheduler: str | None = None,
    prepare: Callable[[str], str | None] | None = None,
    done: Callable[[Outcome], None] | None = None,
) -> Iterator[Outcome]:
    """Grade submissions; what is graded stays graded whatever comes after.

    Parameters
    ----------
    api : the nbgrader course.
    students : whom to grade; None for everybody with a submission.
    force : also grade again what was graded before from the same bytes.
    workers : how many at a time on this machine; None asks ``c.Referee.workers``.
    scheduler : address of a Dask scheduler to grade there.
    prepare : called with each learner before the submission is read; may put things right and
        return a note, or raise :class:`Rejected`.
    done : told of each outcome as soon as it is there.

    Yields
    ------
    Outcome
        One a learner, in the order of `students`, or sorted.

    Raises
    ------
    GradingError
        Nothing can be graded before something is mended.
    """
    present = submitted_students(api, assignment)
    wanted = present if students is None else list(dict.fromkeys(students))
    if not wanted:
        raise GradingError(
            f"submitted/ 里还没有 {assignment} 的答卷：请先运行 ccom collect {assignment}。"
        )
    with Desk(api.coursedir, api.config, assignment) as desk:
        if scheduler is None:
            require_containment(desk.settings)
        batch = _Batch(desk, wanted, set(present), force, prepare, done)
        if scheduler is None:
            results = run_local(desk.work, batch.jobs(), workers or desk.settings.worker_count())
        else:
            from academy.grading.crew.cluster import run_on_cluster

            results = run_on_cluster(desk.work, batch.jobs(), scheduler)
        for job, answer in results:
            batch.finish(job, answer)
            yield from batch.ready()
        yield from batch.ready()


class _Batch:
    """Submissions on their way; outcomes wait until those before them are there."""

    def __init__(
        self,
        desk: Desk,
        wanted: list[str],
        present: set[str],
        force: bool,
        prepare: Callable[[str], str | None] | None,
        done: Callable[[Outcome], None] | None,
    ) -> None:
        self._desk = desk
        self._wanted = wanted
        self._present = present
        self._force = force
        self._prepare = prepare
        self._done = done
        self._next = 0
        self._cases: dict[str, tuple[Case, str]] = {}
        self._outcomes: dict[str, Outcome] = {}

    def jobs(self) -> Iterator[Job]:
        """The submissions that must be executed, one after the other."""
        for student in self._wanted:
            try:
                job = self._job(student)
            except Rejected as error:
                self._settle(Outcome(student, "rejected", error.reason))
            else:
                if job is not None:
                    yield job

    def finish(self, job: Job, answer: Any) -> None:
        """Write a result down."""
        case, note = self._cases.pop(job.student)
        if isinstance(answer, Trouble):
            self._settle(Outcome(job.student, "rejected", f"{job.student}：{answer.reason}"))
            return
        try:
            found = self._desk.keep(case, job, answer)
        except (OSError, OperationalError) as error:
            raise GradingError(
                f"{job.student} 的成绩写不下去（{error.__cause__ or error}）：请看磁盘空间与权限，"
                "再运行同一条命令；已经评好的都在。"
            ) from error
        self._settle(Outcome(job.student, "graded", note, found))

    def ready(self) -> Iterator[Outcome]:
        """Outcomes whose turn it is."""
        while self._next < len(self._wanted) and self._wanted[self._next] in self._outcomes:
            yield self._outcomes.pop(self._wanted[self._next])
            self._next += 1

    def _job(self, student: str) -> Job | None:
        if student not in self._present:
            name = self._desk.assignment.name
            raise Rejected(student, f"{student} 没有交 {name}：submitted/ 里没有他的文件夹。")
        self._desk.require_known(student)
        note = (self._prepare(student) if self._prepare else None) or ""
        case = self._desk.case(student)
        if case.marker is not None and not self._force:
            self._settle(Outcome(student, "skipped", note, case.marker))
            return None
        job = self._desk.job(case)
        self._cases[student] = (case, note)
        return job

    def _settle(self, outcome: Outcome) -> None:
        self._outcomes[outcome.student] = outcome
        if self._done is not None:
            self._done(outcome)
