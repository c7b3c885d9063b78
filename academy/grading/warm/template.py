"""What if every submission begins with the same cells?  A process that has run them, and forks.

The leading cells of a notebook are the master's alone: no learner's line comes before them. A child
that is forked behind them enters its cage and goes on with the first cell that is a learner's.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from pathlib import Path
from typing import Any

from academy.grading.cage import PLACE, environment, inside_bubblewrap, remove_tree
from academy.grading.cells.shell import make_shell
from academy.grading.warm.child import VARIABLES, reseed
from academy.grading.wire.channel import Channel
from academy.grading.wire.files import changed_files, file_digest, unpack_files, write_files

__all__ = ["run_leading_cells"]

FONTS = {".ttf", ".otf", ".ttc", ".afm"}


def run_leading_cells(channel: Channel) -> None:
    """Run the cells of the order that comes first; the answer says whether forks can go on there.

    They run in a folder of the name, and with the variables, that the forks will have in their
    cages: a path that the cells keep stays right. Only inside bubblewrap is that name free.
    """
    order, body = channel.receive()
    fine = inside_bubblewrap()
    if fine:
        work, home = PLACE / "work", PLACE / "home"
        for folder in (work, home):
            _clear(folder)
        os.chdir(work)
        os.environ.clear()
        os.environ.update(environment(home, PLACE, VARIABLES))
        sys.path[:] = ["", *(entry for entry in sys.path if entry)]
        reseed(order["seed"])
        files = unpack_files(body)
        write_files(files)
        fine = _run(order, files)
    channel.send({"op": "ready", "fine": fine})


def _run(order: dict[str, Any], files: dict[str, bytes]) -> bool:
    examiner = order["role"] == "examiner"
    shell, outputs, capture = make_shell(order["output_bytes"], plain_tracebacks=examiner)
    before, beside = _lasting(), set(os.listdir(PLACE))
    for count, source in order["cells"]:
        result = shell.run_as(count, source, False)
        capture.collect()
        outputs.take()
        if not result.success:
            return False
    known = {name: file_digest(content) for name, content in files.items()}
    strays = set(os.listdir(PLACE)) - beside
    for name in strays:
        # the next template must not take it for something that was there
        _remove(PLACE / name)
    return not strays and _lasting() == before and not changed_files(known)


def _clear(folder: Path) -> None:
    """An empty folder, whatever an earlier template left there."""
    _remove(folder)
    folder.mkdir()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        remove_tree(path)
    else:
        path.unlink(missing_ok=True)


def _lasting() -> tuple[Any, ...]:
    """What a fork would lose or share when it enters its cage."""
    return (
        threading.active_count(),
        _open_files(),
        os.getcwd(),
        dict(os.environ),
    )


def _open_files() -> list[str]:
    """What is open, but for fonts: matplotlib opens them anew after a fork."""
    found = []
    for name in os.listdir("/proc/self/fd"):
        # the folder that was just listed is closed by now
        with contextlib.suppress(FileNotFoundError):
            found.append(os.readlink(f"/proc/self/fd/{name}"))
    return sorted(path for path in found if Path(path).suffix.lower() not in FONTS)
