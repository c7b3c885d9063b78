"""What is a form made of, as far as measuring goes?  From a paper's master, or its blueprint alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from academy.measurement.assumptions import ASSUMED
from academy.measurement.partial import (
    Points,
    choice_points,
    match_points,
    order_points,
    share_points,
)
from academy.papers import Blueprint, Paper, Part, PlannedPart

__all__ = ["Form", "FormPart", "form_of", "planned_form", "question_of"]

# things in an order, statements and options in a matching, where the paper is not written yet
THINGS = 4
QUESTION = re.compile(r"^(.*\d)[a-z]$")


@dataclass(frozen=True)
class FormPart:
    """One scored part: its line of the blueprint, and the points that come out of what is known."""

    plan: PlannedPart
    points: Points


@dataclass(frozen=True)
class Form:
    """The parts of one form, in order, with what the simulation needs of them as arrays."""

    name: str
    parts: tuple[FormPart, ...]

    @cached_property
    def maxima(self) -> np.ndarray:
        """Points to be had, by part."""
        return np.array([one.plan.points for one in self.parts])

    @cached_property
    def minutes(self) -> np.ndarray:
        """Planned minutes, by part."""
        return np.array([one.plan.minutes for one in self.parts])

    @cached_property
    def things(self) -> np.ndarray:
        """How many things there are to know, by part."""
        return np.array([one.points.things for one in self.parts])

    @cached_property
    def needs_role(self) -> np.ndarray:
        """Whether a right answer needs judgement of the role, by part."""
        return np.array([one.plan.skill != "data" for one in self.parts])

    @cached_property
    def needs_data(self) -> np.ndarray:
        """Whether a right answer needs data handling, by part."""
        return np.array([one.plan.skill != "role" for one in self.parts])

    @cached_property
    def testlets(self) -> tuple[str, ...]:
        """The question that each part belongs to."""
        return tuple(question_of(one.plan.part) for one in self.parts)

    @cached_property
    def shared(self) -> np.ndarray:
        """Whether a part shares its question with another."""
        counts = Counter(self.testlets)
        return np.array([counts[name] > 1 for name in self.testlets])


def question_of(part: str) -> str:
    """The question of a part: parts of one question stand on one table.

    >>> question_of("q3a"), question_of("q6")
    ('q3', 'q6')
    """
    found = QUESTION.match(part)
    return found[1] if found else part


def form_of(paper: Paper) -> Form:
    """The form that a paper's master is."""
    return Form(paper.name, tuple(FormPart(part.plan, _points(part)) for part in paper.parts))


def planned_form(name: str, blueprint: Blueprint, assumed: Mapping[str, float] = ASSUMED) -> Form:
    """The form that a blueprint plans, before the paper is written."""
    return Form(name, tuple(FormPart(plan, _planned(plan, assumed)) for plan in blueprint.parts))


def _points(part: Part) -> Points:
    points, kind = part.plan.points, part.plan.kind
    if kind in ("choice", "judge"):
        return choice_points(part.options, points)
    if kind == "order":
        return order_points(part.options, points)
    if kind == "match":
        key = part.stem.key
        return match_points(len(key), part.options, points, once=len(set(key)) == len(key))
    if isinstance(part.shares, Mapping):
        return share_points(len(part.shares), part.shares)
    # without shares a part is right or wrong as a whole, however many values it has
    return share_points(part.blanks if part.shares else 1, points)


def _planned(plan: PlannedPart, assumed: Mapping[str, float]) -> Points:
    if plan.kind in ("choice", "judge"):
        return choice_points(int(assumed["options"]), plan.points)
    if plan.kind == "order":
        return order_points(THINGS, plan.points)
    if plan.kind == "match":
        return match_points(THINGS, THINGS, plan.points, once=False)
    return share_points(1, plan.points)
