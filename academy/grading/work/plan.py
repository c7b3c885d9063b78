"""What did the dry run find out?  For every cell, what the two processes need for it; plain JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

__all__ = ["CellPlan", "NotebookPlan", "Plan"]

VERSION = 3


@dataclass(frozen=True)
class CellPlan:
    """How one cell of the master is run.

    Attributes
    ----------
    examiner : whether the examiner's process runs it.
    names : the learner's names that it looks up in the examiner's process.
    allowed : what the reference gives here beyond plain data, one line each (the examiner's
        `permits` says how); None before that is known.
    random, files : whether random states and files have to be carried over.
    provides : whether a later cell of the examiner's needs what this one makes.
    learner_lines : import lines of a test that the learner's process runs too.
    answers : places of the answer cells that make those names.
    rests : places of the read-only cells whose names it needs in the examiner's process.
    fails : whether a read-only cell of the master's fails in the examiner's process by itself.
    shown : outputs that are the same for every submission.
    same_room : whether this test runs in the learner's own process (同室).
    own : for such a test, names that it looks up and that are not the learner's.
    keeps : names that a read-only cell gives to such tests.
    other_result : whether the reference's test ends in something that is no number of points.
    reference : points that the master's own solution gets here; None where nothing is graded.
    why, remedy : for the instructor: what is remarkable about the cell, and what to write instead.
    """

    examiner: bool = False
    names: tuple[str, ...] = ()
    allowed: tuple[str, ...] | None = ()
    random: bool = False
    files: bool = False
    provides: bool = False
    learner_lines: str = ""
    answers: tuple[int, ...] = ()
    rests: tuple[int, ...] = ()
    fails: bool = False
    shown: tuple[dict[str, Any], ...] | None = None
    same_room: bool = False
    own: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    other_result: bool = False
    reference: float | None = None
    why: str = ""
    remedy: str = ""

    @property
    def objects(self) -> bool:
        """Whether the reference gives objects with methods of its own here."""
        return any(line.startswith("object ") for line in self.allowed or ())


@dataclass(frozen=True)
class NotebookPlan:
    """Plans of a notebook's cells, and how many cells at its top no learner's line can reach."""

    cells: tuple[CellPlan, ...]
    leading: int = 0

    @property
    def has_same_room(self) -> bool:
        """Whether any test runs in the learner's own process."""
        return any(cell.same_room for cell in self.cells)


@dataclass(frozen=True)
class Plan:
    """What `dry_run` found; keep it beside the gradebook, it holds as long as the master does.

    Attributes
    ----------
    assignment_digest : of the master that the plan was made for.
    modules : what the cells import from installed packages; the zygote imports it beforehand.
    packages : packages whose result dataclasses may come over by their fields.
    notes : remarks for the instructor, in Chinese.
    stderr_fails : whether a test that writes to stderr gets no points, as in nbgrader.
    untouched : tests that give points to the paper as it was handed out: notebook, place of the
        cell, what is wrong and what to do.
    """

    assignment_digest: str
    notebooks: Mapping[str, NotebookPlan] = field(hash=False)
    modules: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    stderr_fails: bool = False
    untouched: tuple[tuple[str, int, str], ...] = ()
    version: int = VERSION

    @cached_property
    def _json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    def to_json(self) -> str:
        """The plan as JSON text."""
        return self._json

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """The plan that `to_json` wrote.

        Raises
        ------
        ValueError
            The text is of another version: make the plan again.
        """
        content = json.loads(text)
        if not isinstance(content, dict) or content.get("version") != VERSION:
            raise ValueError("plan of another version")
        notebooks = {
            name: NotebookPlan(tuple(map(_cell, notebook["cells"])), notebook["leading"])
            for name, notebook in content.pop("notebooks").items()
        }
        for name in ("modules", "packages", "notes"):
            content[name] = tuple(content[name])
        content["untouched"] = tuple(map(tuple, content["untouched"]))
        return cls(notebooks=notebooks, **content)


def _cell(content: dict[str, Any]) -> CellPlan:
    for name in ("names", "answers", "rests", "own", "keeps"):
        content[name] = tuple(content[name])
    if content["allowed"] is not None:
        content["allowed"] = tuple(content["allowed"])
    if content["shown"] is not None:
        content["shown"] = tuple(content["shown"])
    return CellPlan(**content)
