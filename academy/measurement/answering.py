"""What does a learner know of each part, what points come of it, and what is the true score?

A part that needs both skills needs both at once: the chances multiply (Whitely 1980).  The steps of
such a part follow each other, first to see what is to be computed, then to compute it; who cannot
take one is not carried by the other.  A compensatory model would let perfect data handling stand in
for the role, which is what the papers must not allow and the simulation is to find out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.special import expit

from academy.measurement.assumptions import ASSUMED
from academy.measurement.forms import Form
from academy.measurement.items import Items
from academy.measurement.learners import Learners
from academy.measurement.pace import reached, reaching

__all__ = ["Sitting", "expected_points", "expected_share", "sit"]

NODES = 9  # of the quadrature over what is common to a table or to a part's values


@dataclass(frozen=True, eq=False)
class Sitting:
    """One administration: points by learner and part, and the minutes that all parts would take."""

    points: np.ndarray
    minutes: np.ndarray

    @property
    def totals(self) -> np.ndarray:
        """Points by learner."""
        return self.points.sum(axis=1)


def sit(
    form: Form,
    items: Items,
    learners: Learners,
    rng: np.random.Generator,
    assumed: Mapping[str, float] = ASSUMED,
    limit: float = 90,
) -> Sitting:
    """Let the learners sit a form.

    Parameters
    ----------
    items : a row a learner.
    limit : minutes after which what is not done yet is left.
    """
    knowing = _knowing(form, items, learners, _effects(form, len(learners), rng, assumed))
    points = np.empty(knowing.shape)
    for place, part in enumerate(form.parts):
        table = part.points
        tries = rng.random((len(learners), table.things))
        known = (tries < knowing[:, place, None]).sum(axis=1)
        if table.certain:
            points[:, place] = table.expected[known]
            continue
        luck = rng.random((len(learners), 1))
        steps = table.chances.cumsum(axis=1)[:, :-1]
        points[:, place] = table.values[(luck > steps[known]).sum(axis=1)]
    done, minutes = reached(form.minutes, learners.speed, rng, assumed["time.spread"], limit)
    return Sitting(points * done, minutes)


def expected_points(
    form: Form,
    items: Items,
    learners: Learners,
    assumed: Mapping[str, float] = ASSUMED,
    limit: float = 90,
) -> np.ndarray:
    """True points by learner and part: the mean over endlessly many sittings of the same form."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    spread = np.sqrt(_variance(form, assumed))
    found = np.zeros((len(learners), len(form.parts)))
    for node, weight in zip(nodes, weights / weights.sum(), strict=True):
        found += weight * expected_share(form, _knowing(form, items, learners, node * spread))
    return found * reaching(form.minutes, learners.speed, assumed["time.spread"], limit)


def expected_share(form: Form, knowing: np.ndarray) -> np.ndarray:
    """Expected points by part of who knows each of its things with these chances."""
    found = np.empty(knowing.shape)
    for place, part in enumerate(form.parts):
        chance, means = knowing[..., place], list(part.points.expected)
        # de Casteljau: the binomial mean of the table, one thing at a time
        while len(means) > 1:
            means = [low + (high - low) * chance for low, high in pairwise(means)]
        found[..., place] = means[0]
    return found


def _knowing(form: Form, items: Items, learners: Learners, effect: np.ndarray) -> np.ndarray:
    """Chance of knowing one thing of each part."""
    chance = np.ones((len(learners), len(form.parts)))
    for needed, skill, hard in (
        (form.needs_role, learners.role, items.role),
        (form.needs_data, learners.data, items.data),
    ):
        own = np.broadcast_to(effect, chance.shape)[:, needed] - hard[:, needed]
        chance[:, needed] *= expit(items.slope[:, needed] * (skill[:, None] + own))
    return chance


def _effects(
    form: Form, size: int, rng: np.random.Generator, assumed: Mapping[str, float]
) -> np.ndarray:
    """What a learner finds easier or harder about this table, and about this part's values."""
    names = list(dict.fromkeys(form.testlets))
    table = np.sqrt(assumed["testlet.variance"]) * rng.normal(size=(size, len(names)))
    of_table = table[:, [names.index(name) for name in form.testlets]] * form.shared
    values = np.sqrt(assumed["values.variance"]) * rng.normal(size=of_table.shape)
    return of_table + values * (form.things > 1)


def _variance(form: Form, assumed: Mapping[str, float]) -> np.ndarray:
    of_table = assumed["testlet.variance"] * form.shared
    return of_table + assumed["values.variance"] * (form.things > 1)
