"""Which terms does a lesson define, and what is to be remembered of it?  Lines of its Markdown.

A line of its own, where the term is taught and in the lesson's summary::

    术语：占用率（%）：坐席在忙的时间占在线时间的比例。
    速查：占用率高过 85%，再加来电就要排长队。
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nbformat import NotebookNode

from academy.masters.figures import plain

__all__ = ["Term", "reminders", "shown_lines", "terms"]

TERM = re.compile(r"^术语：([^：（）]+)(?:（([^）]+)）)?：(.+)$", re.MULTILINE)
REMINDER = re.compile(r"^速查：(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Term:
    """A term as the lesson defines it; `unit` is empty where it is not measured."""

    name: str
    unit: str
    meaning: str


def terms(notebook: NotebookNode) -> list[Term]:
    """Terms that a master defines, in order."""
    return [
        Term(name.strip(), unit.strip(), meaning.strip())
        for source in _words(notebook)
        for name, unit, meaning in TERM.findall(source)
    ]


def reminders(notebook: NotebookNode) -> list[str]:
    """Lines for the cheat sheet, in order."""
    return [line.strip() for source in _words(notebook) for line in REMINDER.findall(source)]


def shown_lines(source: str) -> str:
    """The Markdown with our lines as the learner sees them.

    >>> shown_lines("术语：占用率（%）：在忙的时间占在线时间的比例。")
    '> **占用率**（%）：在忙的时间占在线时间的比例。'
    >>> shown_lines("速查：先加后除。")
    '- **记住**：先加后除。'
    """
    source = TERM.sub(
        lambda found: f"> **{found[1]}**{f'（{found[2]}）' if found[2] else ''}：{found[3]}", source
    )
    return REMINDER.sub(lambda found: f"- **记住**：{found[1]}", source)


def _words(notebook: NotebookNode) -> list[str]:
    return [plain(cell.source) for cell in notebook.cells if cell.cell_type == "markdown"]
