"""What can get warm before anybody knows what will be graded?  One worker, on what was graded here last.

The coordinator needs a second or two to import nbgrader and to look at the course; meanwhile a
worker imports what the assignment imported the last time. It is a guess and nothing rests on it: a
worker that was made ready for other modules or limits starts anew.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from academy.grading.crew.pool import Worker
from academy.grading.work.record import Limits

__all__ = ["note", "start", "take"]

_ready: list[Worker] = []
_lock = threading.Lock()


def note(folder: Path, assignment: str, modules: Iterable[str], limits: Limits) -> None:
    """Write down what an assignment needs, for the next time; where it can't be, it is not.

    Parameters
    ----------
    folder : the referee's own folder in the course.
    """
    text = json.dumps({"modules": list(modules), "limits": asdict(limits)})
    path = _path(folder, assignment)
    with suppress(OSError, UnicodeError):
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            fresh = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.new")
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(path)


def start(folder: Path, assignment: str) -> None:
    """Have a worker get warm, if the assignment was graded here before; returns at once."""
    try:
        content = json.loads(_path(folder, assignment).read_text(encoding="utf-8"))
        modules, limits = content["modules"], Limits(**content["limits"])
    except (OSError, ValueError, KeyError, TypeError):
        return
    worker = Worker()
    worker.prepare(modules, limits)
    with _lock:
        _ready.append(worker)


def take() -> Worker | None:
    """The worker that was started, for whoever asks first."""
    with _lock:
        return _ready.pop() if _ready else None


def _path(folder: Path, assignment: str) -> Path:
    return folder / f"{assignment}.warm.json"
