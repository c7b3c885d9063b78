"""Does the prose of a lesson say what its outputs show?  Every figure is shown, derived or given."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from academy.masters import GIVEN_TAG, Mark, answer_id, has_tag, marks, plain, solution
from academy.proof.numbers import Figure, equations, in_code, in_outputs, in_prose, in_text
from academy.proof.outcome import error_of

__all__ = ["probe", "prose_problems"]

SECTION = re.compile(r"^#{1,2} ", re.MULTILINE)
OPENING = 16  # characters of a cell that say which one it is
# a note's minutes are its own
MINUTES = re.compile(r"(?<![\d.])\d+\s*分钟")
# what may be chosen, and what learners will answer wrongly, claims nothing
CHOSEN = re.compile(r"^(?:- [A-F]\. |会答错成：).*$", re.MULTILINE)

Outputs = list[dict[str, Any]]


def probe(mark: Mark) -> str:
    """Code that prints a marked figure's value as JSON and leaves nothing behind."""
    if mark.form:
        return f"print(__import__('json').dumps(format({mark.expression}, {mark.form!r})))"
    return (
        "(lambda value: print(__import__('json').dumps("
        f"value if isinstance(value, str) else float(value))))({mark.expression})"
    )


@dataclass(frozen=True)
class _Known:
    """What the reader has before the eyes at a cell.

    Attributes
    ----------
    shown : list of Figure
        In the outputs and the code of the section so far, answered for by a mark or an equation, or
        in the exercise below a stem and in its check.
    given : list of Figure
        Declared given in the lesson so far.
    """

    shown: list[Figure]
    given: list[Figure]

    def has(self, figure: Figure) -> bool:
        """Whether the figure stands there already."""
        return any(map(figure.matches, [*self.shown, *self.given]))

    def nearest(self, figure: Figure) -> Figure | None:
        """The figure of the outputs that it comes closest to: what it may once have been."""
        alike = [one for one in self.shown if one.share == figure.share] or self.shown
        return min(alike, key=lambda one: abs(abs(one.value) - figure.value), default=None)


def prose_problems(
    name: str,
    master: NotebookNode,
    outputs: Mapping[int, Outputs],
    probed: Mapping[tuple[int, int], Outputs],
) -> Iterator[str]:
    """One sentence a figure that is not what the run shows.

    Parameters
    ----------
    name : of the lesson's file.
    outputs : of each code cell, by its place in the master.
    probed : outputs of `probe`, by cell and mark.
    """
    known = _Known([], [])
    for place, cell in enumerate(master.cells):
        if cell.cell_type == "code":
            if "check" not in cell.metadata:
                known.shown.extend(_in_cell(cell))
            known.shown.extend(in_outputs(outputs.get(place, [])))
            continue
        if SECTION.search(cell.source):
            known = _Known([], known.given)
        known.shown.extend(_in_exercise(master, place))
        where = f"{name} 第 {place + 1} 格「{_opening(cell.source)}」"
        text = _said(cell)
        if has_tag(cell, GIVEN_TAG) and not has_tag(cell, "instructor"):
            known.given.extend(in_prose(text))
        for number, mark in enumerate(marks(cell.source)):
            if not mark.expression:
                known.given.extend(in_text(mark.text))
                continue
            problem = _drifted(mark, probed.get((place, number), []))
            if problem:
                yield f"{where}：{problem}"
            # once answered for, it can be said again
            known.shown.extend(in_text(mark.text))
        if has_tag(cell, GIVEN_TAG):
            continue
        for written, terms, result, value in equations(text):
            if value is None or not result.shows(value):
                answer = "除以了零" if value is None else _as_written(value, result)
                yield f"{where}：写的是 {written}，算出来是 {answer}。"
            if all(map(known.has, terms)):
                known.shown.append(result)
        unknown = dict.fromkeys(one for one in in_prose(text) if not known.has(one))
        yield from (f"{where}：{_unshown(one, known.nearest(one))}" for one in unknown)


def _in_cell(cell: NotebookNode) -> Iterator[Figure]:
    """The figures of a code cell; of the typical mistakes none, they are wrong on purpose."""
    if "mistakes" in cell.metadata:
        return
    yield from in_code(solution(cell.source) if answer_id(cell) else cell.source)


def _in_exercise(master: NotebookNode, place: int) -> Iterator[Figure]:
    """The figures that the exercise below a stem computes with: the proof has run them."""
    below = itertools.dropwhile(lambda cell: cell.cell_type != "code", master.cells[place:])
    exercise = next(below, None)
    if exercise is not None and "exercise" in exercise.metadata:
        yield from _in_cell(exercise)
        check = next(below, None)
        if check is not None and "check" in check.metadata:
            yield from _in_cell(check)


def _said(cell: NotebookNode) -> str:
    """The cell as it is read; of an instructor's note without its minutes."""
    text = CHOSEN.sub("　", plain(cell.source))
    return MINUTES.sub("　", text) if has_tag(cell, "instructor") else text


def _drifted(mark: Mark, outputs: Outputs) -> str:
    """What is wrong with a marked figure; empty when nothing is."""
    written = f"写的是 {mark.text}"
    kind, error = error_of(outputs)
    said = "".join(one["text"] for one in outputs if one["output_type"] == "stream")
    if kind or not said:
        return f"{written}，可是 {mark.expression} 算不出来（{kind}：{error}）。请改这个式子。"
    value = json.loads(said)
    figure = next(in_text(mark.text), None)
    if figure is None:
        return "" if value == mark.text else f"{written}，算出来是 {value}（{mark.expression}）。"
    if isinstance(value, str):
        found = next(in_text(value), None)
        same = found is not None and (found.value, found.decimals) == (
            figure.value,
            figure.decimals,
        )
        return "" if same else f"{written}，算出来是 {value}（{mark.expression}）。"
    if figure.shows(value):
        return ""
    return f"{written}，算出来是 {_as_written(value, figure)}（{mark.expression}）。"


def _unshown(figure: Figure, nearest: Figure | None) -> str:
    close = f"（最接近的是 {nearest.text}）" if nearest else ""
    return (
        f"写的是 {figure.text}，这一节到这里的输出里没有这个数{close}。请改成输出里的数，"
        f"或写成 [[{figure.text}|式子]]；不来自数据的写 [[{figure.text}|给定]]。"
    )


def _as_written(value: float, figure: Figure) -> str:
    """The value as the figure would show it, with one more place where that looks the same."""
    if figure.share:
        return f"{value:.{max(figure.decimals - 2, 0) + 1}%}"
    return f"{value:,.{max(figure.decimals, 0) + 1}f}"


def _opening(source: str) -> str:
    words = next((line for line in plain(source).splitlines() if line.strip()), "")
    words = words.lstrip("#> ").strip()
    return words if len(words) <= OPENING else f"{words[:OPENING]}…"
