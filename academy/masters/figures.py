"""Which figures of a lesson's prose are marked, and what does the reader see of the mark?

An author writes in a markdown cell::

    最差的是 08:30，只接起 [[44%|low]]，少 [[8.4 人|gap.min():.1f]]。
    目标是 [[80%|给定]]。

The reader sees 「最差的是 08:30，只接起 44%，少 8.4 人。目标是 80%。」 The proof of the lesson evaluates
the expression behind ``|`` at that place of the run and compares; 给定 says that the figure comes
from outside the data: the situation, a definition, a law.  A markdown cell with
``tags=["given"]`` declares all its figures so.
"""

from __future__ import annotations

import ast
import difflib
import re
from dataclasses import dataclass

from nbformat import NotebookNode

from academy.masters.reading import MasterError

__all__ = ["GIVEN", "GIVEN_TAG", "Mark", "marks", "plain", "plain_master", "remark"]

GIVEN = "给定"
GIVEN_TAG = "given"
MARK = re.compile(r"\[\[(?P<text>[^\[\]|\n]+)\|(?P<rest>[^\n]+?)\]\](?!\])")


@dataclass(frozen=True)
class Mark:
    """A marked figure.

    Attributes
    ----------
    text : str
        As the reader sees it.
    expression : str
        What gives it; empty for a given figure.
    form : str
        Format of the value; empty where the figure is compared by rounding.
    """

    text: str
    expression: str = ""
    form: str = ""


def marks(source: str) -> list[Mark]:
    """The marked figures of a cell, in order.

    >>> marks("接起 [[44%|low]]，少 [[8.4 人|gap[1:3].min():.1f]]，目标 [[80%|给定]]")
    [Mark(text='44%', expression='low', form=''), Mark(text='8.4 人', expression='gap[1:3].min()', form='.1f'), Mark(text='80%', expression='', form='')]

    Raises
    ------
    MasterError
        What stands behind ``|`` is no expression.
    """
    return [_mark(found["text"].strip(), found["rest"].strip()) for found in MARK.finditer(source)]


def plain(source: str) -> str:
    """The cell as the reader sees it.

    >>> plain("接起 [[44%|low]]。")
    '接起 44%。'
    """
    return MARK.sub(lambda found: found["text"], source)


def plain_master(master: NotebookNode) -> NotebookNode:
    """A copy of the master whose prose is as the reader sees it."""
    copy = master.copy()
    copy.cells = [cell.copy() for cell in master.cells]
    for cell in copy.cells:
        if cell.cell_type == "markdown":
            cell.source = plain(cell.source)
    return copy


def remark(source: str, edited: str) -> str:
    """An edited cell with the marks of the master's: a line that reads as before keeps its own.

    >>> remark("甲 [[1 人|a]]\\n乙 [[2 人|b]]", "甲 1 人\\n乙 3 人")
    '甲 [[1 人|a]]\\n乙 3 人'
    """
    old, new = source.splitlines(), edited.splitlines()
    shown = [plain(line) for line in old]
    for first, second, size in difflib.SequenceMatcher(
        None, shown, new, autojunk=False
    ).get_matching_blocks():
        new[second : second + size] = old[first : first + size]
    return "\n".join(new)


def _mark(text: str, rest: str) -> Mark:
    if rest == GIVEN:
        return Mark(text)
    if _is_expression(rest):
        return Mark(text, rest)
    expression, found, form = rest.rpartition(":")
    if found and _is_expression(expression):
        return Mark(text, expression.strip(), form.strip())
    raise MasterError(
        f"[[{text}|{rest}]]：「|」后面应是一个式子（可以再写 :.1f 这样的格式）或「{GIVEN}」，请改正。"
    )


def _is_expression(text: str) -> bool:
    try:
        ast.parse(text.strip(), mode="eval")
    except SyntaxError:
        return False
    return True
