"""How much of the scores is error?  Alpha by part, by testlet, by stratum; the error at one score.

Scores are arrays with learners in the last axis but one and parts in the last, so that many
administrations are measured at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

__all__ = ["alpha", "alpha_of_testlets", "error_at", "standard_error", "stratified_alpha"]


def alpha(points: np.ndarray) -> np.ndarray:
    """Cronbach's (1951) coefficient alpha, by administration."""
    k = points.shape[-1]
    total = points.sum(axis=-1).var(axis=-1, ddof=1)
    within = points.var(axis=-2, ddof=1).sum(axis=-1)
    return k / (k - 1) * (1 - within / total)


def alpha_of_testlets(
    points: np.ndarray, testlets: Sequence[str], maxima: Sequence[float]
) -> np.ndarray:
    """Reliability with the parts of one testlet added up first, the testlets as long as their points.

    Parts that share a table go right and wrong together, which alpha takes for true differences
    (Sireci, Thissen & Wainer 1991); the sums do not.  Testlets of unequal length need Raju's (1977)
    coefficient; where they are equally long, it is alpha.
    """
    sums = _sums(points, testlets)
    lengths = _sums(np.asarray(maxima, float)[None, :], testlets)[0]
    share = ((lengths / lengths.sum()) ** 2).sum()
    total = points.sum(axis=-1).var(axis=-1, ddof=1)
    return (total - sums.var(axis=-2, ddof=1).sum(axis=-1)) / (total * (1 - share))


def stratified_alpha(points: np.ndarray, strata: Sequence[str]) -> np.ndarray:
    """Alpha of a total of strata that measure different things (Cronbach, Schönemann & McKie 1965).

    A stratum of one part has no alpha of its own; its variance counts as error, as in alpha.
    """
    error = np.zeros(points.shape[:-2])
    for name in dict.fromkeys(strata):
        own = points[..., [one == name for one in strata]]
        variance = own.sum(axis=-1).var(axis=-1, ddof=1)
        error = error + variance * (1 - alpha(own) if own.shape[-1] > 1 else 1)
    return 1 - error / points.sum(axis=-1).var(axis=-1, ddof=1)


def standard_error(totals: np.ndarray, reliability: np.ndarray | float) -> np.ndarray:
    """Standard error of measurement of all learners together."""
    return totals.std(axis=-1, ddof=1) * np.sqrt(1 - np.minimum(reliability, 1))


def error_at(
    score: float, totals: np.ndarray, reliability: np.ndarray | float, maximum: float
) -> np.ndarray:
    """Standard error of measurement at one score (Keats 1957).

    The binomial error variance x(M − x), scaled so that its mean over the learners is the error
    variance that the reliability leaves: large in the middle, none at 0 and at the maximum.
    """
    shape = (totals * (maximum - totals)).mean(axis=-1)
    error = totals.var(axis=-1, ddof=1) * (1 - np.minimum(reliability, 1))
    return np.sqrt(error * score * (maximum - score) / shape)


def _sums(points: np.ndarray, groups: Sequence[str]) -> np.ndarray:
    names = list(dict.fromkeys(groups))
    return np.stack(
        [points[..., [one == name for one in groups]].sum(axis=-1) for name in names], axis=-1
    )
