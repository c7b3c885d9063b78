"""How is a master read and written?  The py:percent text and its cells' metadata."""

from __future__ import annotations

import re
from pathlib import Path

import jupytext
from nbformat import NotebookNode

from academy.errors import CcomError

__all__ = [
    "MasterError",
    "answer_id",
    "has_tag",
    "is_second",
    "read_master",
    "title_of",
    "write_master",
]

# what an author may write behind `# %%`
HEADER = re.compile(r"^# %%.*$", re.MULTILINE)
ESCAPED = re.compile(r"(?<!\\)\\u([0-9a-f]{4})")
TITLE = ("minutes", "topics", "kind")
LESSON = (
    "tags", *TITLE, "warmup", "reading", "actual", "digits",
    "exercise", "home", "excel", "value", "check", "explain", "mistakes",
)  # fmt: skip
PAPER = ("choice", "order", "match", "data", "answer", "test", "form", "tol", "atol", "parts")
NOT_OURS = ("slideshow", "collapsed", "trusted", "jupyter", "editable")
JUPYTEXTS = ("cell_marker", "lines_to_next_cell", "lines_to_end_of_cell_marker")
# each of these gives a cell a name of its own
NAMES = (
    "reading", "exercise", "excel", "check", "mistakes",
    "choice", "order", "match", "data", "answer", "test",
)  # fmt: skip


class MasterError(CcomError, ValueError):
    """A master breaks the rules; the message names file, cell and remedy (in Chinese)."""


def read_master(path: Path) -> NotebookNode:
    """Read a py:percent master.

    Raises
    ------
    MasterError
        A solution block is not closed, a word behind `# %%` is unknown, or a name is used twice.
    """
    notebook = jupytext.read(path, fmt="py:percent")
    seen: set[tuple[str, str]] = set()
    for number, cell in enumerate(notebook.cells, 1):
        opened, closed = (cell.source.count(f"### {word} SOLUTION") for word in ("BEGIN", "END"))
        if opened != closed:
            raise MasterError(
                f"{path} 第 {number} 格：BEGIN SOLUTION 与 END SOLUTION 不成对，请补上。"
            )
        for word in cell.metadata:
            if word not in (*LESSON, *PAPER, *NOT_OURS, *JUPYTEXTS):
                raise MasterError(
                    f"{path} 第 {number} 格：不认得 {word}，可以写的是 {'、'.join((*LESSON, *PAPER))}。"
                )
        for word in NAMES:
            name = (word, cell.metadata.get(word, ""))
            if name in seen:
                raise MasterError(
                    f'{path} 第 {number} 格：{word}="{name[1]}" 用了两次，请改名或并成一格。'
                )
            if name[1]:
                seen.add(name)
    return notebook


def write_master(notebook: NotebookNode) -> str:
    """Text of a master in its normal form (what `read_master` reads back unchanged)."""
    notebook.metadata = {
        "jupytext": {
            "cell_markers": '"""',
            "notebook_metadata_filter": "-all",
            "cell_metadata_filter": ",".join([*LESSON, *PAPER, *(f"-{w}" for w in NOT_OURS)]),
        }
    }
    return HEADER.sub(_readable, jupytext.writes(notebook, fmt="py:percent"))


def _readable(header: re.Match) -> str:
    """A cell's header with its Chinese as Chinese; jupytext escapes it."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), header[0])


def has_tag(cell: NotebookNode, tag: str) -> bool:
    """Whether the cell carries the tag."""
    return tag in cell.metadata.get("tags", [])


def answer_id(cell: NotebookNode) -> str | None:
    """Name of an answer cell: an exercise of a lesson or an answer of a paper."""
    return cell.metadata.get("exercise") or cell.metadata.get("answer")


def is_second(notebook: NotebookNode) -> bool:
    """Whether the title cell of a lesson's master states its minutes."""
    return bool(notebook.cells) and "minutes" in notebook.cells[0].metadata


def title_of(notebook: NotebookNode) -> str:
    """The first heading of a master; empty without one."""
    lines = (line for cell in notebook.cells for line in cell.source.splitlines())
    return next((line.removeprefix("# ").strip() for line in lines if line.startswith("# ")), "")
