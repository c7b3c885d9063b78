"""How does each learner of a sitting get a paper of one's own, and the same one however often?"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import nbformat

from academy.clock import Clock, utc, utc_now
from academy.course import Course, CourseError
from academy.exam.handins.unpack import pack
from academy.exam.identity import Identity, draw_seat_id, stamp
from academy.exam.journal import note
from academy.exam.roster import own_file
from academy.exam.seating.frozen import (
    Manifest,
    freeze,
    handed_out,
    options_digests,
    read_files,
    read_manifest,
    require_same_seed,
)
from academy.exam.seating.seats_file import draw_seats
from academy.exam.sitting import Enrolled, Sitting
from academy.exam.store import SITTINGS, locked, private_folder
from academy.seats import option_texts, write_seat
from ccomlib.paper import option_order

__all__ = ["HandedOut", "copy_out", "freeze_shared", "hand_out", "require_private"]

REPLACED = "_replaced"


@dataclass(frozen=True)
class HandedOut:
    """What `hand_out` did.

    Attributes
    ----------
    fresh, before : tuple of str
        Numbers of the learners who got a paper now, and of those who had one.
    drawn : int
        How many seats were drawn.
    """

    fresh: tuple[str, ...]
    before: tuple[str, ...]
    drawn: int


def hand_out(
    course: Course,
    sitting: Sitting,
    *,
    again: Collection[str] = (),
    why: str = "",
    done: Callable[[str], None] = lambda _: None,
    now: Clock = utc_now,
) -> HandedOut:
    """Draw a seat for everybody who takes part, make the papers and keep them as handed out.

    What was handed out before stays as it is, whatever changed in the course since.

    Parameters
    ----------
    again : numbers of learners whose paper is to be made anew, for the same seed; the old one is
        put aside and no longer accepted.
    why : the reason for that.
    done : told of each learner.

    Raises
    ------
    CourseError
        The paper is not released, the seats file can't be read or contradicts what was handed out,
        or papers are to be made anew without a reason.
    FrozenError
        What was handed out before is not as it was.
    """
    root, paper = course.root, sitting.paper
    if again and not why.strip():
        raise CourseError("重发座位的卷子要写明原因：请加 --why 原因，如 --why 题面有错字。")
    numbers = [learner.number for learner in sitting.active]
    for number in again:
        sitting.learner(number)
    seats, drawn = draw_seats(root, paper, numbers)
    fresh, before = [], []
    for learner in sitting.active:
        with locked(root):
            known = read_manifest(root, sitting.name, paper, learner.number)
            if known is not None and learner.number in again:
                _put_aside(root, known, now)
                note(
                    root, sitting.name, "handed_out", learner=learner.number, why=why, now=now,
                    replaced=known.seat,
                )  # fmt: skip
                known = None
            if known is None:
                made = _make(course, sitting, learner, seats[learner.number, paper], now)
                note(root, sitting.name, "handed_out", learner=learner.number, now=now, seat=made)
                fresh.append(learner.number)
            else:
                require_same_seed(known, seats[learner.number, paper])
                read_files(root, known)
                before.append(learner.number)
        done(learner.number)
    return HandedOut(tuple(fresh), tuple(before), drawn)


def freeze_shared(course: Course, sitting: Sitting, *, now: Clock = utc_now) -> None:
    """Keep the paper that everybody of a sitting gets from the exchange, the committed one.

    A second call changes nothing.

    Raises
    ------
    CourseError
        The paper is not released.
    """
    root, paper = course.root, sitting.paper
    with locked(root):
        if read_manifest(root, sitting.name, paper) is None:
            _keep(course, sitting.name, paper, seed=0, identity=None, now=now)


def copy_out(course: Course, sitting: Sitting, into: Path) -> list[Path]:
    """Copy what was handed out to ``into/<number>/<paper>`` and into a zip a learner, to be sent.

    A zip under an earlier name of the learner's goes away.

    Returns
    -------
    list of Path
        The folders.

    Raises
    ------
    CourseError
        `into` is a folder that everybody can fetch from.
    FrozenError
        What was handed out is not as it was.
    """
    require_private(course, into)
    folders = []
    for learner in sitting.active:
        manifest = read_manifest(course.root, sitting.name, sitting.paper, learner.number)
        if manifest is None:
            continue
        folder = into / learner.number / sitting.paper
        files = read_files(course.root, manifest)
        sent = {f"{sitting.paper}/{path}": content for path, content in files.items()}
        for path, content in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        own_file(into, learner.number, learner.name, ".zip").write_bytes(pack(sent))
        folders.append(folder)
    return folders


def require_private(course: Course, into: Path) -> None:
    """Refuse a folder that everybody can fetch from: release/, source/ and the exchange.

    Raises
    ------
    CourseError
        It is one.
    """
    place = into.resolve()
    public = {
        "release/": course.folder("release", "x").parent,
        "source/": course.folder("source", "x").parent,
        "交换区": course.exchange_root,
    }
    for name, folder in public.items():
        if folder is not None and folder.resolve() in (place, *place.parents):
            raise CourseError(f"{into} 在 {name} 里，人人都取得到：请换一个文件夹。")


def _make(course: Course, sitting: Sitting, learner: Enrolled, seed: int, now: Clock) -> str:
    identity = Identity(learner.number, learner.name, sitting.paper, sitting.name, draw_seat_id())
    _keep(course, sitting.name, sitting.paper, seed, identity, now)
    return identity.seat


def _keep(
    course: Course, sitting: str, paper: str, seed: int, identity: Identity | None, now: Clock
) -> None:
    """Make one paper and freeze it."""
    released = course.folder("release", paper)
    with tempfile.TemporaryDirectory(dir=private_folder(course.root / SITTINGS)) as scratch:
        folder = write_seat(course, paper, seed, Path(scratch))
        if identity is not None:
            path = folder / f"{paper}.ipynb"
            notebook = nbformat.read(path, as_version=4)
            stamp(notebook, identity)
            nbformat.write(notebook, path)
        # the shared paper goes out from release/ as it lies there
        files = _files(folder if identity is not None else released)
    original = nbformat.read(released / f"{paper}.ipynb", as_version=4)
    manifest = Manifest(
        number=identity.number if identity else "",
        paper=paper,
        sitting=sitting,
        seat=identity.seat if identity else "",
        seed=seed,
        orders={
            item: option_order(seed, item, len(texts))
            for item, texts in option_texts(original).items()
        },
        options=options_digests(original),
        files={path: hashlib.sha256(content).hexdigest() for path, content in files.items()},
        made=utc(now()),
    )
    # what an interruption left was never handed out
    shutil.rmtree(handed_out(course.root, sitting, manifest.number) / paper, ignore_errors=True)
    freeze(course.root, manifest, files)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }


def _put_aside(root: Path, manifest: Manifest, now: Clock) -> None:
    folder = handed_out(root, manifest.sitting, manifest.number)
    aside = private_folder(folder.parent / REPLACED)
    folder.rename(aside / f"{manifest.number}-{utc(now()):%Y%m%dT%H%M%SZ}-{manifest.seat}")
