"""Who is grading a submission at this moment?  One at a time, whatever thread or program it is."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from academy.grading.desk.plans import hidden_folder
from academy.grading.work.record import Rejected

__all__ = ["submission_lock"]

LOOK_SECONDS = 0.05


@contextmanager
def submission_lock(root: Path, assignment: str, student: str, patience: float) -> Iterator[None]:
    """Hold a learner's submission; who else wants it waits.

    It ends with its holder, however that ends: there is nothing to clean up.

    Parameters
    ----------
    root : the course folder.
    patience : seconds to wait for another holder.

    Raises
    ------
    Rejected
        It is still held elsewhere.
    """
    # here, so that Windows gets as far as being told to use WSL
    import fcntl

    folder = hidden_folder(root) / "locks"
    folder.mkdir(exist_ok=True)
    # a name of our own: the student's may be too long for one more suffix
    name = hashlib.sha256(f"{assignment}\0{student}".encode("utf-8", "surrogatepass")).hexdigest()
    give_up = time.monotonic() + patience
    with (folder / name[:32]).open("wb") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= give_up:
                    raise Rejected(
                        student,
                        f"{student} 的 {assignment} 正在别处评分（另一个终端或 formgrader）：等它评完再运行。",
                    ) from None
            time.sleep(LOOK_SECONDS)
        yield
