"""Who sits the examination?  Learners with two skills and a speed, drawn around a cohort's ability."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from academy.measurement.assumptions import ASSUMED

__all__ = ["Learners", "draw_learners"]


@dataclass(frozen=True, eq=False)
class Learners:
    """A cohort.

    Attributes
    ----------
    data, role : ndarray
        Skill in data handling and judgement of the role, on the scale of the difficulties.
    speed : ndarray
        How much faster than planned, in logarithms; 0 is as planned.
    """

    data: np.ndarray
    role: np.ndarray
    speed: np.ndarray

    def __len__(self) -> int:
        return len(self.data)

    def at(self, mean: float, spread: float) -> Learners:
        """The same learners around another mean, wider or closer apart."""
        return Learners(mean + spread * self.data, mean + spread * self.role, self.speed)


def draw_learners(
    size: int, rng: np.random.Generator, assumed: Mapping[str, float] = ASSUMED
) -> Learners:
    """Learners of mean skill 0 and spread 1; `Learners.at` moves them."""
    together, fast = assumed["skills.correlation"], assumed["speed.correlation"]
    data, other, own = rng.normal(size=(3, size))
    return Learners(
        data=data,
        role=together * data + np.sqrt(1 - together**2) * other,
        speed=assumed["speed.spread"] * (fast * data + np.sqrt(1 - fast**2) * own),
    )
