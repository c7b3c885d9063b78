"""What does a worker process do?  It grades the submissions that come over its socket, in order."""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from academy.errors import CcomError
from academy.grading.wire.channel import Channel, ChannelClosed
from academy.grading.work.job import Job, Soon, Work

if TYPE_CHECKING:
    from academy.grading.warm.nursery import Nursery

__all__ = ["serve"]

Send = Callable[[str, str], None]


def serve(descriptor: int) -> None:
    """Life of a worker: what some jobs share, then those jobs, one after the other; and so on.

    Frames in are "soon", "work" and "job", with pickles. Each of the last two has an answer: "ready" for work, "done" with
    a record for a job; "trouble" with the reason before it ends over a fault of the program,
    "hopeless" with the reason when it can't grade at all. The end of the connection is the end of
    the worker, also in the middle of a job.
    """
    channel = Channel(socket.socket(fileno=descriptor))
    inbox: queue.Queue[Any] = queue.Queue()
    busy = threading.Event()

    def read() -> None:
        # always reading: the coordinator never waits for a busy worker
        try:
            with contextlib.suppress(ChannelClosed):
                while True:
                    inbox.put(pickle.loads(channel.receive()[1]))
        finally:
            inbox.put(None)
            if busy.is_set():
                os.kill(os.getpid(), signal.SIGINT)

    def send(kind: str, text: str) -> None:
        channel.send({"op": kind}, text.encode())

    threading.Thread(target=read, daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt, ChannelClosed):
        work, nursery = inbox.get(), None
        if isinstance(work, Soon):
            busy.set()
            nursery = _nursery(work)
            busy.clear()
            work = inbox.get()
        try:
            while work is not None:
                work, nursery = _grade(work, inbox, busy, send, nursery), None
        finally:
            if nursery is not None:
                nursery.close()


def _nursery(soon: Soon) -> Nursery | None:
    """A zygote that has imported the modules; None where it can't be, which the work will find, too."""
    from academy.grading.warm.nursery import Nursery

    try:
        return Nursery(soon.limits, soon.modules)
    except CcomError:
        return None


def _grade(
    work: Work,
    inbox: queue.Queue[Any],
    busy: threading.Event,
    send: Send,
    nursery: Nursery | None,
) -> Work | None:
    """Grade the jobs that come; returns other work when it comes, None at the end.

    Parameters
    ----------
    nursery : one that was made ready beforehand, used if it is the right one, and closed.
    """
    busy.set()
    from academy.grading.referee.grader import Grader

    if nursery is not None and not nursery.is_for(work.limits, work.plan.modules):
        nursery.close()
        nursery = None
    started = False
    try:
        with (
            nursery or contextlib.nullcontext(),
            Grader(
                work.assignment, work.plan, work.limits, work.require, nursery=nursery
            ) as grader,
        ):
            started = True
            send("ready", "")
            while True:
                busy.clear()
                job: Job | Work | None = inbox.get()
                busy.set()
                if not isinstance(job, Job):
                    return job
                send("done", grader.grade(job.submission, job.seat).to_json())
    except ChannelClosed:
        raise
    except Exception as error:
        why = str(error) if not started else f"评分程序出错（{type(error).__name__}：{error}）。"
        send("trouble" if started else "hopeless", why)
        return None


if __name__ == "__main__":
    serve(int(sys.argv[1]))
