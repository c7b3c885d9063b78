"""Who comes to the end?  Log-normal answer times (van der Linden 2006), parts done in order."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

__all__ = ["reached", "reaching"]


def reached(
    minutes: np.ndarray, speed: np.ndarray, rng: np.random.Generator, spread: float, limit: float
) -> tuple[np.ndarray, np.ndarray]:
    """Which parts each learner finishes in time, and the minutes that all parts would take.

    Parameters
    ----------
    minutes : mean minutes of a learner of speed 0, by part.
    spread : SD of the logarithm of one part's time.
    """
    noise = spread * rng.normal(size=(len(speed), len(minutes))) - spread**2 / 2
    times = (minutes * np.exp(noise - speed[:, None])).cumsum(axis=1)
    return times <= limit, times[:, -1]


def reaching(minutes: np.ndarray, speed: np.ndarray, spread: float, limit: float) -> np.ndarray:
    """Chance of finishing each part in time; the sum of times is taken as log-normal (Fenton 1960)."""
    mean = minutes.cumsum()
    squares = (minutes**2).cumsum() * np.expm1(spread**2)
    log_variance = np.log1p(squares / mean**2)
    middle = np.log(mean) - log_variance / 2
    late = np.log(limit) - (middle - speed[:, None])
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(log_variance > 0, ndtr(late / np.sqrt(log_variance)), late >= 0)
