"""Can an instructor teach the lesson from its notes?  A note for each section, and minutes that add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nbformat import NotebookNode

from academy.masters import Asked, Note, asked, has_tag, read_note
from academy.rendering.cells import is_hidden

__all__ = ["Section", "note_problems", "noted_minutes", "sections"]

HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)
OPENING = "开场"
BECAUSE = "因为"


@dataclass
class Section:
    """From one heading to the next.

    Attributes
    ----------
    heading : str
    guesses : list of Asked
    exercises : list of str
        Names of those in class.
    notes : list of Note
    """

    heading: str
    guesses: list[Asked] = field(default_factory=list)
    exercises: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def sections(master: NotebookNode) -> list[Section]:
    """The lesson's sections in order; the first is what stands above the first heading."""
    guesses = asked(master)
    found = [Section(OPENING)]
    for number, cell in enumerate(master.cells, 1):
        if has_tag(cell, "instructor"):
            found[-1].notes.append(read_note(cell.source, guesses))
        elif cell.cell_type == "markdown" and not (is_hidden(cell) or "explain" in cell.metadata):
            found += map(Section, HEADING.findall(cell.source))
        found[-1].guesses += [one for one in guesses if one.cell == number]
        if "exercise" in cell.metadata and not cell.metadata.get("home"):
            found[-1].exercises.append(cell.metadata["exercise"])
    return found


def noted_minutes(found: list[Section]) -> int:
    """Minutes of all notes."""
    return sum(note.minutes or 0 for section in found for note in section.notes)


def note_problems(master: NotebookNode, minutes: int) -> Iterator[str]:
    """What an instructor would miss, in Chinese sentences.

    Parameters
    ----------
    minutes : of the lesson.
    """
    found = sections(master)
    for section in found:
        if section.heading != OPENING or section.notes or section.guesses:
            yield from (f"讲师提示「{section.heading}」{said}" for said in _missing(section))
    noted = noted_minutes(found)
    if noted != minutes:
        yield f"讲师提示的时间合计 {noted} 分钟，这一课是 {minutes} 分钟"


def _missing(section: Section) -> Iterator[str]:
    notes = section.notes
    if not notes:
        yield "没有写"
        return
    if any(note.minutes is None for note in notes):
        yield "没有时间（写成「时间：5 分钟」）"
    polls = [poll for note in notes for poll in note.polls]
    for one in section.guesses:
        if not any(poll.guess == one.name for poll in polls):
            yield f"没有「投票：{one.name}」"
    for poll in polls:
        if len(poll.options) < 2:
            yield f"的投票「{poll.question}」没有选项（下面一行一个「- A. …」）"
    if not (section.guesses or section.exercises):
        return
    parts = {
        "答案": [one for note in notes for one in note.answers],
        "会答错成": [one for note in notes for one in note.wrong],
        "反问": [one for note in notes for one in note.back],
        "来不及": [one for note in notes for one in note.cut],
    }
    yield from (f"没有「{word}：」" for word, said in parts.items() if not any(said))
    for one in parts["会答错成"]:
        if BECAUSE not in one:
            yield f"的「会答错成：{one}」没有说{BECAUSE}什么"
