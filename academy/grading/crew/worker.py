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
from typing import Any

from academy.grading.wire.channel import Channel, ChannelClosed
from academy.grading.work.job import Job, Work

__all__ = ["serve"]

Send = Callable[[str, str], None]


def serve(descriptor: int) -> None:
    """Life of a worker: what some jobs share, then those jobs, one after the other; and so on.

    Frames in are "work" and "job", with pickles. Each has an answer: "ready" for work, "done" with
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
        work = inbox.get()
        while work is not None:
            work = _grade(work, inbox, busy, send)


def _grade(work: Work, inbox: queue.Queue[Any], busy: threading.Event, send: Send) -> Work | None:
    """Grade the jobs that come; returns other work when it comes, None at the end."""
    busy.set()
    from academy.grading.referee.grader import Grader

    started = False
    try:
        with Grader(work.assignment, work.plan, work.limits, work.require) as grader:
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
