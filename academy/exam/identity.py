"""Whose paper is this notebook?  Written into the paper when it is handed out, read when it comes back.

The notebook's metadata says it to us, its first cell says it to the eye; where an editor dropped the
metadata, the cell is read. Neither holds the seat's secret: the seat's id is drawn apart from it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from academy.grading.desk.intake import LearnerCell

__all__ = ["CELL", "KEY", "Identity", "draw_seat_id", "read_identity", "stamp"]

KEY = "ccom"  # in the notebook's metadata
CELL = "ccom-identity"  # id of the first cell
LETTERS = "CDFHJKLMNPRTWXYZ"
LONGEST = 200
FIELD = re.compile(r"^\| *(学号|姓名|试卷|场次|座位) *\| *(.*?) *\|$", re.MULTILINE)
NAMES = {"学号": "number", "姓名": "name", "试卷": "paper", "场次": "sitting", "座位": "seat"}


@dataclass(frozen=True)
class Identity:
    """Who a paper is for.

    Attributes
    ----------
    number, name : str
        The learner.
    paper, sitting : str
    seat : str
        Id of the seat, for the eye; not the secret code.
    """

    number: str
    name: str
    paper: str
    sitting: str
    seat: str


def draw_seat_id() -> str:
    """An id for a seat that tells nothing of its data, as ``KMRT-WXDF``."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def stamp(notebook: NotebookNode, identity: Identity) -> None:
    """Write into a paper whose it is; what was written before is replaced."""
    notebook.metadata[KEY] = asdict(identity)
    rows = "\n".join(
        f"| {title} | {_plain(getattr(identity, field))} |" for title, field in NAMES.items()
    )
    cell = new_markdown_cell(
        f"**这份试卷只发给一个人，收卷时核对；请不要改动这一格。**\n\n| | |\n| --- | --- |\n{rows}",
        id=CELL,
        metadata={"editable": False, "deletable": False},
    )
    notebook.cells = [cell, *(one for one in notebook.cells if one.get("id") != CELL)]


def read_identity(metadata: Mapping[str, Any], cells: Iterable[LearnerCell]) -> Identity | None:
    """Whose paper a notebook says it is; None where it says nothing whole."""
    found = metadata.get(KEY)
    if not isinstance(found, Mapping):
        source = next((cell.source for cell in cells if cell.cell_id == CELL), "")
        found = {NAMES[title]: value for title, value in FIELD.findall(source)}
    values = {field: found.get(field) for field in NAMES.values()}
    if not all(isinstance(value, str) and len(value) <= LONGEST for value in values.values()):
        return None
    if not (values["number"] and values["paper"]):
        return None
    return Identity(**{field: _plain(value) for field, value in values.items()})


def _plain(text: str) -> str:
    """Text for a table's cell: on one line, without what would end the cell."""
    return "".join(ch if ch.isprintable() and ch != "|" else " " for ch in text).strip()
