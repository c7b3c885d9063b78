"""How are submissions graded on a Dask cluster?  (``ccom grade --scheduler ADDRESS``)"""

from __future__ import annotations

import atexit
import contextlib
import pickle
import threading
from collections.abc import Iterator
from typing import Any

from academy.errors import CcomError
from academy.grading.crew.pool import TRIES
from academy.grading.errors import GradingError
from academy.grading.work.job import Job, Trouble, Work
from academy.grading.work.record import GradedRecord

__all__ = ["Cluster", "grade_remotely"]

CLUSTER_SECONDS = 20
# workers may join while a small cluster grades
LEAST_AT_ONCE = 8


class Cluster:
    """Grades what any thread hands over, on a Dask cluster.

    Parameters
    ----------
    address : of the cluster's scheduler.

    Attributes
    ----------
    at_once : how many threads that ask keep the cluster busy.

    Raises
    ------
    GradingError
        ``distributed`` is not installed, the scheduler does not answer, or it has no worker.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise GradingError(
                "没有装 distributed，用不了 --scheduler：请 pip install 'ccom-courseware[cluster]'，或去掉 --scheduler 在本机评。"
            ) from None
        try:
            self._client = Client(address, timeout=CLUSTER_SECONDS, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise GradingError(
                f"连不上 Dask 调度器 {address}（{type(error).__name__}）：请核对地址，先启动 dask scheduler。"
            ) from None
        try:
            self._client.wait_for_workers(1, timeout=CLUSTER_SECONDS)
        except TimeoutError:
            self._client.close()
            raise GradingError(
                f"Dask 调度器 {address} 没有工作进程：请先运行 dask worker {address}。"
            ) from None
        self._shared: tuple[Work, bytes] | None = None

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def at_once(self) -> int:
        """How many submissions may be on their way at a time."""
        return max(LEAST_AT_ONCE, 2 * sum(self._client.nthreads().values()))

    def grade(self, work: Work, job: Job, turn: int = 0) -> GradedRecord | Trouble:
        """Have a submission graded, and wait for it.

        Parameters
        ----------
        turn : of those that wait, the smaller ones go first.

        Raises
        ------
        GradingError
            No worker can grade this assignment at all.
        """
        future = self._client.submit(
            grade_remotely,
            self._pickled(work),
            pickle.dumps(job),
            pure=False,
            retries=TRIES - 1,
            priority=-turn,
        )
        try:
            error = future.exception()
            if isinstance(error, GradingError):
                raise error
            if error is not None:
                return Trouble(job.student, f"集群没能评完（{type(error).__name__}）。")
            return GradedRecord.from_json(future.result())
        finally:
            future.release()

    def close(self) -> None:
        """Leave the cluster; what it still grades is given up."""
        self._client.close()

    def _pickled(self, work: Work) -> bytes:
        """The work's pickle, made once for a run."""
        known = self._shared
        if known is None or known[0] is not work:
            known = self._shared = (work, pickle.dumps(work))
        return known[1]


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
            try:
                grader = Grader(work.assignment, work.plan, work.limits, work.require)
                grader.__enter__()
            except CcomError as error:
                # here nothing of this work can be graded, whatever the submission
                raise GradingError(str(error)) from None
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
