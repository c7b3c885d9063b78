"""How long do cells take by themselves?  Run in one warm process: no cage, nothing carried over.

``python -m academy.grading.plain_run`` reads an order in JSON (modules, environment, runs, notebooks
as lists of sources) and prints the seconds of each run. For measuring only.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time

from academy.grading.shell import INLINE, make_shell
from academy.grading.zygote import preload

__all__ = ["main"]

OUTPUT_BYTES = 10_000_000


def main() -> None:
    """Run the order that comes on standard input."""
    order = json.load(sys.stdin)
    preload(order["modules"])
    gc.collect()
    gc.freeze()
    os.environ.update(order["environment"])
    found = [sum(_forked(sources) for sources in order["notebooks"]) for _ in range(order["runs"])]
    print(json.dumps(found))


def _forked(sources: list[str]) -> float:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(writing, repr(_seconds(sources)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        text = answer.read()
    os.waitpid(pid, 0)
    return float(text)


def _seconds(sources: list[str]) -> float:
    os.environ["MPLBACKEND"] = INLINE
    shell, outputs, capture = make_shell(OUTPUT_BYTES)
    sys.path.insert(0, "")
    begin = time.perf_counter()
    for count, source in enumerate(sources, 1):
        shell.run_as(count, source)
        capture.collect()
        outputs.take()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
