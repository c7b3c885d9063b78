"""What is in an arrival: whose paper, is it this one, is anything written in it, and what is set aside?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat

from academy.clock import utc
from academy.course import Course
from academy.exam.handins.arrivals import Arrival
from academy.exam.handins.claims import Claims
from academy.exam.handins.notebook_file import NotANotebook, NotebookFile, read_notebook
from academy.exam.handins.paper_text import Blank, Shelf, blank_of, written
from academy.exam.handins.unpack import Piece, Unpacked, unpack
from academy.exam.identity import Identity, read_identity
from academy.exam.seating.frozen import handed_out, read_manifest
from academy.exam.sitting import Sitting

__all__ = ["Examiner", "Found", "HandIn", "found_from", "found_out"]


@dataclass(frozen=True)
class HandIn:
    """A notebook of the paper that came in (交卷件).

    Attributes
    ----------
    id : str
        The first eight digits of its SHA-256; what staff name it by.
    arrival, path : str
        The place of the arrival, and where in it the notebook lay.
    name : str
        For the eye.
    at : datetime
        When it was handed in, aware.
    source : str
        Where it came from; see ``arrivals.FROM``.
    sha256, answers : str
        Digest of the file, and of what is graded of it.
    answered : bool
        Whether anything was written into it.
    number : str
        Whose it is; empty where nobody can tell.
    aside : str
        Why it can't count by itself, in Chinese; empty where it can.
    belongs_to : str
        The learner it says it is for; empty where it says nothing.
    concerns : tuple of str
        Numbers of all learners that it, its names or its sender point to.
    """

    id: str
    arrival: str
    path: str
    name: str
    at: datetime
    source: str
    sha256: str
    answers: str
    answered: bool
    number: str
    aside: str
    belongs_to: str
    concerns: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """What an arrival holds: notebooks of the paper, and sentences about everything else."""

    handins: tuple[HandIn, ...]
    aside: tuple[str, ...]


class Examiner:
    """Looks at arrivals of one sitting.

    Parameters
    ----------
    course : the course.
    sitting : the sitting that is collected.
    """

    def __init__(self, course: Course, sitting: Sitting) -> None:
        self._root = course.root
        self._sitting = sitting
        self._claims = Claims(sitting.learners)
        self._shelf = Shelf(course.root, sitting.paper)
        released = course.folder("release", sitting.paper) / f"{sitting.paper}.ipynb"
        self._blanks: dict[str, Blank] = {}
        self._released = released

    def look(self, arrival: Arrival, content: bytes) -> Found:
        """What the arrival holds."""
        unpacked = unpack(arrival.name, content)
        handins: list[HandIn] = []
        aside = list(unpacked.problems)
        others: list[str] = []
        for piece in unpacked.pieces:
            name = unpacked.shown(piece.path)
            try:
                notebook = read_notebook(piece.content)
            except NotANotebook as error:
                (aside if error.broken else others).append(f"{name} {error.reason}。")
                continue
            found = self._handin(arrival, piece, name, notebook)
            if isinstance(found, HandIn):
                handins.append(found)
            else:
                aside.append(found)
        # beside a paper, other files are what the learner worked with
        if not handins:
            aside += _few(others, unpacked)
        return Found(tuple(handins), tuple(aside))

    def _handin(
        self, arrival: Arrival, piece: Piece, name: str, notebook: NotebookFile
    ) -> HandIn | str:
        identity = read_identity(notebook.metadata, notebook.cells)
        blank = self._blank(identity)
        reason = self._shelf.why_not(notebook, blank, identity.paper if identity else "")
        if reason is not None:
            return f"{name} {reason}。"
        claimed = self._claims.in_path(piece.path) | ({arrival.sender} - {""})
        number, aside = "", ""
        if arrival.source == "exchange" and not arrival.sender:
            user = arrival.name.partition("+")[0]
            aside = f"在交换区里以 {user} 的名义交来，本场名单里没有他：请核对学号"
        else:
            if arrival.source == "folder":
                claimed |= self._claims.in_path(arrival.name)
            number, aside = self._owner(identity, claimed)
        answered, answers = written(notebook, blank)
        digest = hashlib.sha256(piece.content).hexdigest()
        return HandIn(
            id=digest[:8],
            arrival=arrival.place,
            path=piece.path,
            name=name,
            at=arrival.when(piece.path),
            source=arrival.source,
            sha256=digest,
            answers=answers,
            answered=answered,
            number=number,
            aside=f"{name}：{aside}。" if aside else "",
            belongs_to=identity.number if identity else "",
            concerns=tuple(sorted(claimed | ({identity.number} if identity else set()))),
        )

    def _owner(self, identity: Identity | None, claimed: set[str]) -> tuple[str, str]:
        """Whose a notebook is, or why nobody can say: first what stands in it, then its names."""
        if identity is None:
            if len(claimed) == 1:
                return next(iter(claimed)), ""
            several = "、".join(sorted(claimed))
            return "", (
                f"文件名像是 {several} 几个人的，里面没写是谁的：问清以后用 ccom choose 指明"
                if claimed
                else "里面没写是谁的，文件名也看不出学号：请改名为「学号_姓名」再收一次"
            )
        whose = f"{identity.number} {identity.name}".strip()
        learner = self._sitting.find(identity.number)
        if learner is None:
            return "", f"是 {whose} 的卷子（场次 {identity.sitting}），他不在本场名单里"
        strangers = claimed - {identity.number}
        if strangers:
            names = "、".join(
                f"{one} {self._sitting.learner(one).name}" for one in sorted(strangers)
            )
            return "", (
                f"以 {names} 的名义交来，里面却是 {whose} 的卷子（座位 {identity.seat}）："
                "没有算作任何人的，请问清是谁答的"
            )
        manifest = read_manifest(
            self._root, self._sitting.name, self._sitting.paper, identity.number
        )
        if manifest is not None and manifest.seat != identity.seat:
            return "", (
                f"写着 {whose}，座位却是 {identity.seat}，不是发给他的 {manifest.seat}："
                "请他交发给他的那一份"
            )
        return identity.number, ""

    def _blank(self, identity: Identity | None) -> Blank:
        """The paper as this learner got it."""
        number = identity.number if identity and self._sitting.find(identity.number) else ""
        if number not in self._blanks:
            self._blanks[number] = blank_of(nbformat.read(self._paper(number), as_version=4))
        return self._blanks[number]

    def _paper(self, number: str) -> Path:
        paper = self._sitting.paper
        for one in (number, ""):
            path = handed_out(self._root, self._sitting.name, one) / paper / f"{paper}.ipynb"
            if path.is_file():
                return path
        return self._released


def found_out(found: Found) -> dict[str, Any]:
    """What was found, for a JSON file."""
    return {"handins": [asdict(one) for one in found.handins], "aside": list(found.aside)}


def found_from(content: dict[str, Any] | None) -> Found | None:
    """What `found_out` made; None where that is not it."""
    try:
        handins = tuple(
            HandIn(
                **one
                | {
                    "at": utc(datetime.fromisoformat(one["at"])),
                    "concerns": tuple(one["concerns"]),
                }
            )
            for one in content["handins"]
        )
        return Found(handins, tuple(content["aside"]))
    except (TypeError, KeyError, ValueError):
        return None


def _few(sentences: list[str], unpacked: Unpacked) -> Iterator[str]:
    """The first sentences, so that a folder of pictures is not a page."""
    yield from sentences[:3]
    if len(sentences) > 3:
        yield f"{unpacked.name}：另有 {len(sentences) - 3} 个文件也不是笔记本。"
    if not unpacked.pieces and not unpacked.problems:
        yield f"{unpacked.name}：里面什么也没有：请学员重交。"
