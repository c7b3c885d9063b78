"""What does a worker process do?  It grades the submissions that come over its socket, in order."""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import sys
import threading
from multiprocessing.connection import Connection
from typing import Any

__all__ = ["serve"]


def serve(descriptor: int) -> None:
    """Life of a worker: the work that all jobs share, then one job after the other.

    Messages in are pickled ``Work`` and ``Job``s; out go pairs ("done", record), ("trouble", why)
    before it ends over a fault of the program, ("hopeless", why) when it can't grade at all.
    The end of the connection is the end of the worker, also in the middle of a job.
    """
    connection = Connection(descriptor)
    inbox: queue.Queue[Any] = queue.Queue()
    busy = threading.Event()

    def read() -> None:
        # always reading: the coordinator never waits for a busy worker
        try:
            while True:
                inbox.put(pickle.loads(connection.recv_bytes()))
        except (EOFError, OSError):
            inbox.put(None)
            if busy.is_set():
                os.kill(os.getpid(), signal.SIGINT)

    def send(kind: str, text: str) -> None:
        connection.send_bytes(pickle.dumps((kind, text)))

    threading.Thread(target=read, daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        _work(inbox, busy, send)


def _work(inbox: queue.Queue[Any], busy: threading.Event, send: Any) -> None:
    work = inbox.get()
    if work is None:
        return
    busy.set()
    from academy.grading.referee.grader import Grader

    started = False
    try:
        with Grader(work.assignment, work.plan, work.limits, work.require) as grader:
            started = True
            while True:
                busy.clear()
                job = inbox.get()
                busy.set()
                if job is None:
                    return
                send("done", grader.grade(job.submission, job.seat).to_json())
    except BrokenPipeError:
        raise
    except Exception as error:
        why = str(error) if not started else f"评分程序出错（{type(error).__name__}：{error}）。"
        send("trouble" if started else "hopeless", why)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
