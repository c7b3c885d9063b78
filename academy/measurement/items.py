"""How hard are a form's parts, and how well do they tell learners apart?  Drawn from assumptions.

The blueprint's line says what to expect: the role's difficulty from the level, the data's from the
number of steps, discrimination from the kind.  What a line does not say is drawn: once for the
line (the same in all forms), once more for each form (the forms' parts are clones).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from academy.measurement.assumptions import ASSUMED
from academy.measurement.forms import Form

__all__ = ["Items", "draw_items", "expected_items"]


@dataclass(frozen=True, eq=False)
class Items:
    """Parameters of one form's parts, a row a draw.

    Attributes
    ----------
    slope : ndarray
        Discrimination.
    role, data : ndarray
        Difficulty of the role's and the data's part of the work.
    """

    slope: np.ndarray
    role: np.ndarray
    data: np.ndarray

    def __getitem__(self, draws: np.ndarray) -> Items:
        return Items(self.slope[draws], self.role[draws], self.data[draws])


def expected_items(form: Form, assumed: Mapping[str, float] = ASSUMED) -> Items:
    """What the blueprint's lines alone make one expect; a single row."""
    plans = [one.plan for one in form.parts]
    steps = np.array([plan.steps for plan in plans])
    return Items(
        slope=np.array([[assumed[f"slope.{plan.kind}"] for plan in plans]]),
        role=np.array([[assumed[f"role.{plan.level}"] for plan in plans]]),
        data=(assumed["data.first"] + assumed["data.step"] * (steps - 1))[None, :],
    )


def draw_items(
    forms: Sequence[Form],
    draws: int,
    rng: np.random.Generator,
    assumed: Mapping[str, float] = ASSUMED,
) -> list[Items]:
    """Parts of parallel forms, `draws` times; the forms of one draw are clones of each other."""
    shape = (draws, len(forms[0].parts))
    family, clone = assumed["family.spread"], assumed["clone.spread"]
    slopes = np.exp(assumed["slope.spread"] * rng.normal(size=shape))
    role, data = family * rng.normal(size=(2, *shape))
    found = []
    for form in forms:
        expected = expected_items(form, assumed)
        own = clone * rng.normal(size=(2, *shape))
        found.append(
            Items(
                expected.slope * slopes,
                expected.role + role + own[0],
                expected.data + data + own[1],
            )
        )
    return found
