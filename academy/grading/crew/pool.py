"""How are many submissions graded at a time on this machine?

Executing one submission is a pure function of (assignment, plan, limits, submission, seat). Worker
processes do it; work whose worker dies is done again. Only a few submissions are in flight, so
memory stays flat.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import socket
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from itertools import islice
from multiprocessing.connection import Connection, wait
from pathlib import Path

from academy.grading.errors import GradingError
from academy.grading.work.job import Job, Trouble, Work
from academy.grading.work.record import GradedRecord

__all__ = ["TRIES", "run_local"]

TRIES = 3
DIED = f"评分进程 {TRIES} 次意外退出，这一份没有评。"
GOODBYE_SECONDS = 10


def run_local(
    work: Work, jobs: Iterable[Job], workers: int
) -> Iterator[tuple[Job, GradedRecord | Trouble]]:
    """Grade on this machine; results come as they are finished.

    Raises
    ------
    GradingError
        No worker can grade at all.
    """
    source = iter(jobs)
    waiting: deque[Job] = deque(islice(source, workers))
    tries: Counter[str] = Counter()
    crew: list[_Worker] = []

    def start() -> None:
        crew.append(_Worker(work))
        crew[-1].give(waiting.popleft())

    try:
        while waiting and len(crew) < workers:
            start()
        while busy := [worker for worker in crew if worker.job]:
            # read ahead while the workers work, so that none of them waits for the next one
            waiting.extend(islice(source, max(0, workers - len(waiting))))
            for connection in wait([worker.connection for worker in busy]):
                worker = next(worker for worker in busy if worker.connection is connection)
                job, answer = worker.answer()
                if isinstance(answer, Trouble):
                    crew.remove(worker)
                    worker.stop()
                    tries[job.student] += 1
                    if tries[job.student] < TRIES:
                        waiting.appendleft(job)
                    if waiting:
                        start()
                    if tries[job.student] < TRIES:
                        continue
                elif waiting:
                    worker.give(waiting.popleft())
                yield job, answer
    finally:
        for worker in crew:
            worker.dismiss()
        for worker in crew:
            worker.stop()


class _Worker:
    """A worker process of this machine and the jobs it was given."""

    def __init__(self, work: Work) -> None:
        ours, theirs = socket.socketpair()
        environment = dict(os.environ)
        path = [str(Path(__file__).resolve().parents[3]), environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, path))
        # a session of its own: Ctrl-C reaches the coordinator, which says goodbye
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "academy.grading.crew.worker", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        theirs.close()
        self.connection = Connection(ours.detach())
        self.job: Job | None = None
        self._send(work)

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    def give(self, job: Job) -> None:
        """Hand over the next job."""
        self.job = job
        self._send(job)

    def answer(self) -> tuple[Job, GradedRecord | Trouble]:
        """The job and its result; trouble when the worker is dead or about to end."""
        job, self.job = self.job, None
        try:
            kind, text = pickle.loads(self.connection.recv_bytes())
        except (EOFError, OSError):
            kind, text = "trouble", DIED
        if kind == "hopeless":
            raise GradingError(text)
        if kind == "trouble":
            return job, Trouble(job.student, text)
        return job, GradedRecord.from_json(text)

    def dismiss(self) -> None:
        """Close the connection: the worker tidies up and ends."""
        self.connection.close()

    def stop(self) -> None:
        """See to it that the process has ended."""
        if not self.connection.closed:
            self.dismiss()
        try:
            self._process.wait(GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _send(self, content: object) -> None:
        # a dead worker is noticed when its answer is read
        with contextlib.suppress(OSError):
            self.connection.send_bytes(pickle.dumps(content))
