"""What runs the cells?  ``python -m academy.running.zygote``: imports everything, forks for each order.

Orders come as lines of JSON on standard input; for each cell of an order one line of JSON with its
outputs goes to standard output.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import json
import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from typing import Any

from academy.grading.cells.shell import INLINE, make_shell
from academy.grading.warm.zygote import preload
from ccomlib import MODULES

__all__ = ["main"]

STACK = (
    "numpy",
    "pandas",
    "matplotlib.pyplot",
    "matplotlib_inline.backend_inline",
    "IPython.core.pylabtools",
    "ipywidgets",
    *(f"ccomlib.{name}" for name in MODULES),
)
# every lesson opens the same centre; its queue is drawn once here, not once a lesson
CENTRE, DRAWN = "open_centre(", ("calls_interval", "staff_interval")
OUTPUT_BYTES = 50_000_000
GRACE_SECONDS = 5


def main() -> None:
    """Serve until standard input closes."""
    os.environ["MPLBACKEND"] = INLINE
    answers = os.dup(1)
    os.dup2(2, 1)
    preload(list(STACK))
    _freeze()
    with os.fdopen(answers, "wb") as out:
        for line in sys.stdin.buffer:
            order = json.loads(line)
            if any(CENTRE in source for source in order["sources"]):
                _draw()
            for outputs in _run(order):
                out.write(json.dumps(outputs).encode() + b"\n")
                out.flush()


@functools.cache
def _draw() -> None:
    """Draw the centre's large tables, so that children have them without time of their own."""
    from ccomlib.centre import open_centre

    hub = open_centre()
    for name in DRAWN:
        hub.table(name)
    _freeze()


def _freeze() -> None:
    """A collection in a child would copy every page of what is here."""
    gc.collect()
    gc.freeze()


def _run(order: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    """The outputs of each cell; a child that dies or hangs leaves an error in its cell."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _child(order, writing)
    os.close(writing)
    done, trouble = 0, ""
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        lines = _Lines(pipe)
        while done < len(order["sources"]) and not trouble:
            line, trouble = lines.next(order["seconds"] + GRACE_SECONDS)
            if not trouble:
                yield json.loads(line)
                done += 1
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    for _ in order["sources"][done:]:
        yield [_error("RunStopped", trouble)]


class _Lines:
    """Lines of a pipe, each within a time."""

    def __init__(self, pipe) -> None:
        self._pipe, self._rest = pipe, b""

    def next(self, seconds: float) -> tuple[bytes, str]:
        """The next line, or the reason why there is none."""
        end = time.monotonic() + seconds
        while b"\n" not in self._rest:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self._pipe], [], [], left)[0]:
                return b"", "运行超时，停掉了"
            more = self._pipe.read(1 << 16)
            if not more:
                return b"", "进程中途退出了"
            self._rest += more
        line, self._rest = self._rest.split(b"\n", 1)
        return line, ""


def _child(order: dict[str, Any], writing: int) -> None:
    status = 1
    try:
        os.environ.update(order["environment"])
        os.chdir(order["folder"])
        sys.path.insert(0, "")
        shell, outputs, capture = make_shell(OUTPUT_BYTES, plain_tracebacks=True)
        signal.signal(signal.SIGALRM, _too_long)
        for count, source in enumerate(order["sources"], 1):
            with _alarm(order["seconds"]):
                shell.run_as(count, source)
            capture.collect()
            _write_all(writing, json.dumps(outputs.take()).encode() + b"\n")
        status = 0
    finally:
        os._exit(status)


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _too_long(*_: object) -> None:
    raise TimeoutError("运行超时")


def _write_all(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]


def _error(name: str, text: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": name, "evalue": text, "traceback": []}


if __name__ == "__main__":
    main()
