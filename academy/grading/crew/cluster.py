"""How are submissions graded on a Dask cluster?  (``ccom grade --scheduler ADDRESS``)"""

from __future__ import annotations

import atexit
import contextlib
import pickle
import threading
from collections.abc import Iterable, Iterator
from typing import Any

from academy.grading.crew.pool import TRIES
from academy.grading.errors import GradingError
from academy.grading.work.job import Job, Trouble, Work
from academy.grading.work.record import GradedRecord

__all__ = ["grade_remotely", "run_on_cluster"]

CLUSTER_SECONDS = 20


def run_on_cluster(
    work: Work, jobs: Iterable[Job], address: str
) -> Iterator[tuple[Job, GradedRecord | Trouble]]:
    """Grade on the Dask cluster whose scheduler is at `address`; results come as they are finished.

    Raises
    ------
    GradingError
        ``distributed`` is not installed, the scheduler does not answer, or no worker can grade.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise GradingError(
            "没有装 distributed，用不了 --scheduler：请 pip install 'ccom-courseware[cluster]'，或去掉 --scheduler 在本机评。"
        ) from None
    try:
        client = Client(address, timeout=CLUSTER_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise GradingError(
            f"连不上 Dask 调度器 {address}（{type(error).__name__}）：请核对地址，先启动 dask scheduler。"
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=CLUSTER_SECONDS)
        except TimeoutError:
            raise GradingError(
                f"Dask 调度器 {address} 没有工作进程：请先运行 dask worker {address}。"
            ) from None
        shared = pickle.dumps(work)
        waiting = iter(jobs)
        flying: dict[Any, Job] = {}
        finished = as_completed(loop=client.loop)

        def fill() -> None:
            while len(flying) < 2 * max(1, sum(client.nthreads().values())):
                job = next(waiting, None)
                if job is None:
                    return
                future = client.submit(
                    grade_remotely, shared, pickle.dumps(job), pure=False, retries=TRIES - 1
                )
                flying[future] = job
                finished.add(future)

        fill()
        while flying:
            future = next(finished)
            job = flying.pop(future)
            error = future.exception()
            if isinstance(error, GradingError):
                raise error
            answer = (
                Trouble(job.student, f"集群没能评完（{type(error).__name__}）。")
                if error is not None
                else GradedRecord.from_json(future.result())
            )
            future.release()
            fill()
            yield job, answer


def grade_remotely(shared: bytes, job: bytes) -> str:
    """What a Dask worker does: one submission, as the JSON of its record."""
    task: Job = pickle.loads(job)
    with _kept.grader(shared) as grader:
        return grader.grade(task.submission, task.seat).to_json()


class _Kept:
    """Warm graders of this Dask worker; one for each thread that grades."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shared = b""
        self._idle: list[Any] = []

    @contextlib.contextmanager
    def grader(self, shared: bytes) -> Iterator[Any]:
        """A grader for the work, taken from the idle ones or started."""
        with self._lock:
            if shared != self._shared:
                self._close()
                self._shared = shared
            grader = self._idle.pop() if self._idle else None
        if grader is None:
            from academy.grading.referee.grader import Grader

            work: Work = pickle.loads(shared)
            grader = Grader(work.assignment, work.plan, work.limits, work.require)
            grader.__enter__()
        try:
            yield grader
        except BaseException:
            grader.__exit__(None, None, None)
            raise
        with self._lock:
            if shared == self._shared:
                self._idle.append(grader)
                return
        grader.__exit__(None, None, None)

    def close(self) -> None:
        """Stop them all."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        for grader in self._idle:
            grader.__exit__(None, None, None)
        self._idle = []


_kept = _Kept()
atexit.register(_kept.close)
