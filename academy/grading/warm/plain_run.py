"""How long do cells take by themselves?  Run in one warm process: no cage, nothing carried over.

``python -m academy.grading.warm.plain_run`` reads an order in JSON (modules, environment, runs, notebooks
as lists of kind and source) and prints the seconds by kind of each run. For measuring only.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections import Counter

from academy.grading.cells.shell import INLINE, make_shell
from academy.grading.warm.zygote import preload

__all__ = ["main"]

OUTPUT_BYTES = 10_000_000


def main() -> None:
    """Run the order that comes on standard input."""
    order = json.load(sys.stdin)
    preload(order["modules"])
    gc.collect()
    gc.freeze()
    os.environ.update(order["environment"])
    found = [_run(order["notebooks"]) for _ in range(order["runs"])]
    print(json.dumps(found))


def _run(notebooks: list[list[tuple[str, str]]]) -> dict[str, float]:
    total: Counter[str] = Counter()
    for cells in notebooks:
        total.update(_forked(cells))
    return total


def _forked(cells: list[tuple[str, str]]) -> dict[str, float]:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(writing, json.dumps(_seconds(cells)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        text = answer.read()
    os.waitpid(pid, 0)
    return json.loads(text)


def _seconds(cells: list[tuple[str, str]]) -> dict[str, float]:
    os.environ["MPLBACKEND"] = INLINE
    shell, outputs, capture = make_shell(OUTPUT_BYTES)
    sys.path.insert(0, "")
    spent: Counter[str] = Counter()
    for count, (kind, source) in enumerate(cells, 1):
        begin = time.perf_counter()
        shell.run_as(count, source)
        capture.collect()
        outputs.take()
        spent[kind] += time.perf_counter() - begin
    return spent


if __name__ == "__main__":
    main()
