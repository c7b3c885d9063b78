"""Who grades on this machine?  Worker processes that stay warm, for whoever asks, from any thread.

Executing one submission is a pure function of (assignment, plan, limits, submission, seat). Worker
processes do it; work whose worker dies is done again. Whoever asks waits, so that no more is in
memory than there are threads that ask.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from academy.grading.errors import GradingError
from academy.grading.wire.channel import Channel, ChannelClosed, Garbled
from academy.grading.work.job import Job, Soon, Trouble, Work
from academy.grading.work.record import GradedRecord, Limits

__all__ = ["TRIES", "Dismissed", "Pool", "Worker"]

TRIES = 3
DIED = f"评分进程 {TRIES} 次意外退出，这一份没有评。"
GOODBYE_SECONDS = 10
# how long a submission may be passed over for others of the assignment that a worker is warm for
PATIENCE_SECONDS = 10


class Dismissed(GradingError):
    """The pool was closed before the submission was graded."""

    def __init__(self) -> None:
        super().__init__("评分已经停了：请重新开始。")


@dataclass(eq=False)
class _Errand:
    """A submission that waits for a worker, and where its result is awaited."""

    work: Work
    job: bytes
    turn: int = 0
    answer: Future[tuple[str, str]] = field(default_factory=Future)
    since: float = field(default_factory=time.monotonic)


class Pool:
    """Grades what any thread hands over, with up to `size` worker processes.

    Workers are started when there is something to do and kept until the pool is closed. A worker is
    warm for one assignment at a time; it takes what it is warm for first, and of that what comes
    first by its turn.

    Parameters
    ----------
    size : worker processes.
    first : a worker that was started already.

    Attributes
    ----------
    at_once : how many threads that ask keep all workers busy: while one submission is executed,
        the next one is read and the one before is written down.
    """

    def __init__(self, size: int, first: Worker | None = None) -> None:
        self.size, self.at_once = size, 2 * size
        self._first = first
        self._waiting: deque[_Errand] = deque()
        self._change = threading.Condition()
        self._idle = 0
        self._posts: list[_Post] = []
        self._workers: set[Worker] = set()
        self._closed = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def grade(self, work: Work, job: Job, turn: int = 0) -> GradedRecord | Trouble:
        """Have a submission graded, and wait for it.

        Parameters
        ----------
        turn : of those that wait, the smaller ones go first.

        Raises
        ------
        GradingError
            No worker can grade this assignment at all.
        Dismissed
            The pool was closed meanwhile.
        """
        errand = _Errand(work, pickle.dumps(job), turn)
        with self._change:
            if self._closed:
                raise Dismissed
            self._waiting.append(errand)
            if len(self._waiting) > self._idle and len(self._posts) < self.size:
                self._posts.append(_Post(self))
            self._change.notify()
        kind, text = errand.answer.result()
        return GradedRecord.from_json(text) if kind == "done" else Trouble(job.student, text)

    def close(self) -> None:
        """End the workers, also in the middle of a submission; who waits is told."""
        with self._change:
            self._closed = True
            for errand in self._waiting:
                errand.answer.set_exception(Dismissed())
            self._waiting.clear()
            for worker in self._workers:
                worker.dismiss()
            first, self._first = self._first, None
            self._change.notify_all()
        for post in self._posts:
            post.join()
        if first is not None:
            first.stop()

    def _next(self, warm_for: Work | None) -> _Errand | None:
        """The errand for a worker that is warm for that work; None when the pool is closed."""
        with self._change:
            self._idle += 1
            self._change.wait_for(lambda: self._waiting or self._closed)
            self._idle -= 1
            if self._closed:
                return None
            errand = self._waiting[0]
            if time.monotonic() - errand.since < PATIENCE_SECONDS:
                mine = [one for one in self._waiting if one.work is warm_for]
                errand = min(mine or self._waiting, key=_turn)
            self._waiting.remove(errand)
            return errand

    def _first_of_its_kind(self, errand: _Errand) -> _Errand:
        """What should go before it after all, having come while the worker got warm."""
        with self._change:
            same = [one for one in self._waiting if one.work is errand.work]
            first = min([errand, *same], key=_turn)
            if first is not errand:
                self._waiting.remove(first)
                self._waiting.appendleft(errand)
            return first

    def _new_worker(self) -> Worker:
        with self._change:
            if self._closed:
                raise Dismissed
            worker, self._first = self._first or Worker(), None
            self._workers.add(worker)
            return worker

    def _end(self, worker: Worker) -> None:
        """See to it that the worker's process has ended."""
        worker.stop()
        with self._change:
            self._workers.discard(worker)


def _turn(errand: _Errand) -> tuple[int, float]:
    return errand.turn, errand.since


class _Post:
    """A place for one worker process, with the thread that sees to it."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._worker: Worker | None = None
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Wait for the end of the worker."""
        self._thread.join()

    def _serve(self) -> None:
        while (errand := self._pool._next(self._worker and self._worker.work)) is not None:
            try:
                if self._warm_up(errand.work):
                    errand = self._pool._first_of_its_kind(errand)
                errand.answer.set_result(self._carry_out(errand))
            except BaseException as error:
                errand.answer.set_exception(error)
                self._let_go()
        self._let_go()

    def _carry_out(self, errand: _Errand) -> tuple[str, str]:
        kind, text = "trouble", DIED
        for _ in range(TRIES):
            if self._warm_up(errand.work):
                kind, text = self._worker.grade(errand.job)
                if kind == "done":
                    break
                self._let_go()
        return kind, text

    def _warm_up(self, work: Work) -> bool:
        """Have a worker that is warm for the work; False if it died over that."""
        self._worker = self._worker or self._pool._new_worker()
        kind, text = self._worker.warm_up(work)
        if kind != "ready":
            self._let_go()
        if kind == "hopeless":
            raise GradingError(text)
        return kind == "ready"

    def _let_go(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            self._pool._end(worker)


class Worker:
    """A worker process of this machine."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        environment = dict(os.environ)
        path = [str(Path(__file__).resolve().parents[3]), environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, path))
        with theirs:
            # a session of its own: Ctrl-C reaches the coordinator, which says goodbye
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "academy.grading.crew.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=environment,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._channel = Channel(ours)
        self.work: Work | None = None

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    def prepare(self, modules: list[str], limits: Limits) -> None:
        """Have it import the modules before it knows the work; it does not answer to that."""
        with contextlib.suppress(ChannelClosed):
            self._channel.send({"op": "soon"}, pickle.dumps(Soon(tuple(modules), limits)))

    def warm_up(self, work: Work) -> tuple[str, str]:
        """Get warm for the work: ("ready", ""), ("trouble", why) or ("hopeless", why)."""
        if work is self.work:
            return "ready", ""
        self.work = None
        answer = self._ask("work", pickle.dumps(work))
        if answer[0] == "ready":
            self.work = work
        return answer

    def grade(self, job: bytes) -> tuple[str, str]:
        """What becomes of a submission: ("done", record) or ("trouble", why)."""
        return self._ask("job", job)

    def _ask(self, kind: str, body: bytes) -> tuple[str, str]:
        try:
            self._channel.send({"op": kind}, body)
            head, text = self._channel.receive()
            return head["op"], text.decode()
        except (ChannelClosed, Garbled):
            return "trouble", DIED

    def dismiss(self) -> None:
        """End the conversation: the worker tidies up and ends, and who listens to it is told."""
        with contextlib.suppress(OSError):
            self._channel.end.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        """See to it that the process has ended."""
        self.dismiss()
        try:
            self._process.wait(GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._channel.close()
