"""Do two sittings decide alike, and rightly?  Counted from pairs, or expected under normal scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

__all__ = ["Agreement", "agreement", "normal_agreement"]


@dataclass(frozen=True)
class Agreement:
    """How often two pass-fail decisions about the same learner agree.

    Attributes
    ----------
    share : float
        Share of learners decided alike.
    kappa : float
        Cohen's (1960): the same, beyond what chance gives; nan where all are decided alike anyway.
    """

    share: float
    kappa: float


def agreement(first: np.ndarray, second: np.ndarray) -> Agreement:
    """Agreement of two arrays of verdicts."""
    share = float((first == second).mean())
    return Agreement(share, _kappa(share, float(first.mean()), float(second.mean())))


def normal_agreement(mean: float, sd: float, reliability: float, cut: float) -> Agreement:
    """Agreement of two parallel forms whose scores are bivariate normal.

    What Peng & Subkoviak (1980) put in place of Huynh's beta-binomial estimate, and what the table
    in Subkoviak (1988) lists: one form, its mean, SD and reliability are enough.
    """
    z = (cut - mean) / sd
    common = np.linspace(-8, 8, 3201)  # what the two forms share; the rest is independent
    weight = np.exp(-(common**2) / 2)
    below = ndtr((z - np.sqrt(reliability) * common) / np.sqrt(1 - reliability))
    both = float((weight * below**2).sum() / weight.sum())
    one = float(ndtr(z))
    return Agreement(1 - 2 * (one - both), _kappa(1 - 2 * (one - both), 1 - one, 1 - one))


def _kappa(share: float, first: float, second: float) -> float:
    chance = first * second + (1 - first) * (1 - second)
    return (share - chance) / (1 - chance) if chance < 1 else float("nan")
