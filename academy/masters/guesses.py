"""Which guesses does a lesson ask for?  Reads the calls of ``guess`` in its code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

__all__ = ["Asked", "asked"]


@dataclass(frozen=True)
class Asked:
    """One guess of a lesson.

    Attributes
    ----------
    name : str
    question : str
    unit : str
        Of a number; empty for a choice.
    options : tuple of str
        Of a choice, without letters.
    cell : int
        Its cell's number in the master, from 1.
    """

    name: str
    question: str
    unit: str
    options: tuple[str, ...]
    cell: int


def asked(notebook: NotebookNode) -> list[Asked]:
    """All guesses of a master, in order."""
    return [
        one
        for number, cell in enumerate(notebook.cells, 1)
        if cell.cell_type == "code" and "guess(" in cell.source
        for one in _of_cell(cell.source, number)
    ]


def _of_cell(source: str, number: int) -> Iterator[Asked]:
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "guess"):
            continue
        said = [_value(one) for one in node.args] + ["", ""]
        named = {one.arg: _value(one.value) for one in node.keywords}
        options = tuple(named.get("options") or ())
        unit = str(named.get("unit") or "")
        yield Asked(str(said[0]), str(said[1]), unit, options, number)


def _value(node: ast.expr) -> object:
    """The value of a literal; what is computed can't be polled and counts as absent."""
    try:
        return ast.literal_eval(node)
    except ValueError:
        return ""
