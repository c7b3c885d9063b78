"""How does the hand-in that counts get into ``submitted/``, and is it still what lies there?"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from academy.clock import Clock, utc, utc_now
from academy.course import Course, CourseError
from academy.exam.handins.arrivals import (
    arrivals,
    arrivals_folder,
    original,
    read_json,
    write_json,
)
from academy.exam.handins.examining import HandIn
from academy.exam.handins.notebook_file import read_notebook
from academy.exam.handins.unpack import Piece, unpack
from academy.exam.sitting import Sitting
from academy.exam.store import private_folder
from academy.grading.cage import remove_tree
from academy.grading.desk.foreign_folder import FolderRefused, kind_of
from academy.grading.desk.handed_in import submission_digest
from academy.grading.desk.submitted import Submitted

__all__ = ["NotOurs", "Placed", "as_placed", "is_graded", "place", "placed", "take_back"]

COUNTS = "counts.json"
TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
# files beside the notebook; as many and as much as the referee takes
MAX_BESIDE, MAX_BESIDE_BYTES = 500, 32_000_000
LONGEST_NAME = 240  # bytes of one part of a path; most file systems take 255


class NotOurs(CourseError):
    """Something else stands in the place of a learner's folder in ``submitted/``."""


@dataclass(frozen=True)
class Placed:
    """What lies in ``submitted/<number>/<paper>``.

    Attributes
    ----------
    id, sha256, name : str
        The hand-in.
    at : datetime
        When it was handed in.
    rule : str
        By which rule it counts.
    placed : datetime
        When it was put there.
    digest : str
        Of the folder.
    """

    id: str
    sha256: str
    name: str
    at: datetime
    rule: str
    placed: datetime
    digest: str


def placed(root: Path, sitting: str, number: str) -> Placed | None:
    """What was put into ``submitted/`` for a learner."""
    content = read_json(_record(root, sitting, number))
    try:
        times = {name: utc(datetime.fromisoformat(content[name])) for name in ("at", "placed")}
        return Placed(**content | times)
    except (TypeError, KeyError, ValueError):
        return None


def as_placed(course: Course, sitting: Sitting, number: str) -> bool:
    """Whether ``submitted/`` holds what was put there, or nothing where nothing was."""
    submitted = Submitted(course.coursedir, sitting.paper)
    known = placed(course.root, sitting.name, number)
    if not submitted.has(number):
        return known is None
    if known is None:
        return False
    try:
        with submitted.open(number) as folder:
            return submission_digest(folder) == known.digest
    except FolderRefused:
        return False


def is_graded(course: Course, sitting: Sitting, number: str) -> bool:
    """Whether the learner's paper was graded."""
    paper = sitting.paper
    return (course.folder("autograded", paper, number) / f"{paper}.ipynb").exists()


def place(
    course: Course,
    sitting: Sitting,
    number: str,
    handin: HandIn,
    rule: str,
    now: Clock = utc_now,
) -> Placed:
    """Make ``submitted/<number>/<paper>`` from a hand-in, as a whole; the caller holds the lock.

    The notebook gets the paper's name, whatever the learner called it; files beside it keep theirs
    below the folder.

    Raises
    ------
    NotOurs
        The learner's folder leads elsewhere.
    """
    root, paper = course.root, sitting.paper
    files = _files(root, sitting, handin)
    target = course.folder("submitted", paper, number)
    _require_own(target.parent, course)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{paper}.", dir=target.parent))
    try:
        for path, content in files.items():
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            with (fresh / path).open("xb") as file:
                file.write(content)
        stamp = f"{utc(handin.at):%Y-%m-%d %H:%M:%S.%f} UTC\n"  # as nbgrader writes it
        (fresh / TIMESTAMP).write_text(stamp, encoding="utf-8")
        fresh.chmod(0o755)
        record = Placed(
            handin.id, handin.sha256, handin.name, utc(handin.at), rule, utc(now()),
            submission_digest(fresh),
        )  # fmt: skip
        # first: should we stop between, what lies there is not taken for what was put there
        path = _record(root, sitting.name, number)
        private_folder(path.parent)
        write_json(path, asdict(record))
        _clear(target)
        fresh.rename(target)
    except BaseException:
        with contextlib.suppress(OSError):
            remove_tree(fresh)
        raise
    return record


def take_back(course: Course, sitting: Sitting, number: str) -> None:
    """Take a learner's paper out of ``submitted/``; the arrival stays. The caller holds the lock.

    Raises
    ------
    NotOurs
        The learner's folder leads elsewhere.
    """
    folder = course.folder("submitted", sitting.paper, number)
    _require_own(folder.parent, course)
    _clear(folder)
    _record(course.root, sitting.name, number).unlink(missing_ok=True)


def _files(root: Path, sitting: Sitting, handin: HandIn) -> dict[str, bytes]:
    """The notebook under the paper's name, and what lay beside it."""
    arrival = next(one for one in arrivals(root, sitting.name) if one.place == handin.arrival)
    pieces = unpack(arrival.name, original(root, sitting.name, arrival)).pieces
    notebook = next(one for one in pieces if one.path == handin.path)
    files = {f"{sitting.paper}.ipynb": read_notebook(notebook.content).utf8}
    taken = {name.casefold() for name in (*files, TIMESTAMP)}
    size = 0
    for path, content in _beside(notebook, pieces):
        # nbgrader's key to the learner's feedback; nobody else has one
        if path == SECRET and handin.source != "exchange":
            continue
        if not _fits(path.casefold(), taken):
            continue
        size += len(content)
        if len(files) > MAX_BESIDE or size > MAX_BESIDE_BYTES:
            break
        taken.add(path.casefold())
        files[path] = content
    return files


def _beside(notebook: Piece, pieces: list[Piece]) -> Iterator[tuple[str, bytes]]:
    """Files in the notebook's folder and below it, but no notebooks."""
    folder = PurePosixPath(notebook.path).parent
    for piece in pieces:
        path = PurePosixPath(piece.path)
        if piece.path and folder in path.parents and path.suffix.lower() != ".ipynb":
            yield str(path.relative_to(folder)), piece.content


def _fits(path: str, taken: set[str]) -> bool:
    """Whether a file can stand there: no file has the name of another or of its folder."""
    parts = PurePosixPath(path)
    return (
        path not in taken
        and not any(str(above) in taken for above in parts.parents)
        and not any(other.startswith(f"{path}/") for other in taken)
        and all(len(part.encode()) <= LONGEST_NAME for part in parts.parts)
    )


def _clear(target: Path) -> None:
    """Take whatever stands there out of the way at once, then remove it."""
    if target.is_symlink():
        target.unlink()
    elif target.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        target.rename(old / target.name)
        with contextlib.suppress(OSError):
            remove_tree(old)


def _require_own(folder: Path, course: Course) -> None:
    """The learner's own folder in submitted/ is one, or not there yet: what is written stays in it."""
    try:
        mode = os.lstat(folder).st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(mode):
        raise NotOurs(
            f"{folder.relative_to(course.root)} 是{kind_of(mode)}：submitted/ 只由收卷来写，请删掉它再收一次。"
        )


def _record(root: Path, sitting: str, number: str) -> Path:
    return arrivals_folder(root, sitting) / number / COUNTS
