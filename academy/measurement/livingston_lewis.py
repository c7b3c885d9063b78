"""How consistent and how right are the decisions of one sitting?  Livingston & Lewis (1995).

One set of scores and its reliability are enough.  The reliability gives an effective test length:
so many equal right-or-wrong items would measure as well.  True scores follow a four-parameter beta
distribution with the moments of the scores, errors are binomial (fitting after Hanson 1991).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import betainc, roots_jacobi

from academy.measurement.decisions import Agreement

__all__ = ["Beta", "Decisions", "decisions", "effective_length", "fit_beta", "livingston_lewis"]

# true scores are never taken for more alike than an SD of 2 points in 100: the moments of a small
# cohort may say so, or even less than nothing
NARROWEST = 0.02**2


@dataclass(frozen=True)
class Beta:
    """A beta distribution of true scores (shares of the maximum) between `low` and `high`."""

    a: float
    b: float
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True)
class Decisions:
    """What is to be expected of the decisions at one cut.

    Attributes
    ----------
    consistency : Agreement
        Of two parallel forms.
    accuracy : float
        Share decided as the true score would.
    false_pass, false_fail : float
        Shares of all learners.
    length : int
        Effective test length.
    true_scores : Beta
    """

    consistency: Agreement
    accuracy: float
    false_pass: float
    false_fail: float
    length: int
    true_scores: Beta


def livingston_lewis(
    totals: np.ndarray, reliability: float, cut: float, maximum: float
) -> Decisions:
    """Decisions at `cut` estimated from one sitting's totals.

    Parameters
    ----------
    reliability : strictly between 0 and 1.
    """
    length = effective_length(totals, reliability, maximum)
    return decisions(fit_beta(totals / maximum, length), length, cut / maximum)


def effective_length(totals: np.ndarray, reliability: float, maximum: float) -> int:
    """How many equal right-or-wrong items would give scores as reliable."""
    mean, variance = totals.mean(), totals.var()
    exact = (mean * (maximum - mean) - reliability * variance) / (variance * (1 - reliability))
    # four moments need four items
    return max(4, round(float(exact)))


def fit_beta(shares: np.ndarray, length: int) -> Beta:
    """The true-score distribution whose moments are those behind the observed shares.

    Four parameters where they are possible; a bound beyond 0 or 1 is set there and three moments
    are fitted, or two (the usual beta-binomial model).
    """
    scores = shares * length
    raw, falling = [], np.ones_like(scores)
    for step in range(4):
        falling = falling * (scores - step) / (length - step)
        raw.append(float(falling.mean()))
    mean, variance = raw[0], raw[1] - raw[0] ** 2
    if variance < NARROWEST:
        return _two(mean, NARROWEST)
    skew = (raw[2] - 3 * mean * raw[1] + 2 * mean**3) / variance**1.5
    kurtosis = (raw[3] - 4 * mean * raw[2] + 6 * mean**2 * raw[1] - 3 * mean**4) / variance**2
    four = _four(mean, variance, skew, kurtosis)
    if four and four.low >= 0 and four.high <= 1:
        return four
    top = _three(mean, variance, skew)
    if top:
        return top
    mirrored = _three(1 - mean, variance, -skew)
    if mirrored:
        return Beta(mirrored.b, mirrored.a, 0.0, 1 - mirrored.low)
    return _two(mean, variance)


def decisions(true_scores: Beta, length: int, cut: float) -> Decisions:
    """Decisions at a cut (a share of the maximum) under known true scores."""
    needed = int(np.ceil(cut * length - 1e-9))
    # a binomial tail is a polynomial of the true score: this quadrature is exact
    nodes, weights = roots_jacobi(max(64, length), true_scores.b - 1, true_scores.a - 1)
    weights = weights / weights.sum()
    true = true_scores.low + (true_scores.high - true_scores.low) * (nodes + 1) / 2
    passes = betainc(needed, length - needed + 1, true) if needed else np.ones_like(true)
    both, one = float(weights @ passes**2), float(weights @ passes)
    share = 1 - 2 * (one - both)
    chance = one**2 + (1 - one) ** 2
    false_fail, false_pass = _wrong(true_scores, length, cut, needed)
    return Decisions(
        consistency=Agreement(share, (share - chance) / (1 - chance) if chance < 1 else np.nan),
        accuracy=1 - false_fail - false_pass,
        false_pass=false_pass,
        false_fail=false_fail,
        length=length,
        true_scores=true_scores,
    )


def _wrong(true_scores: Beta, length: int, cut: float, needed: int) -> tuple[float, float]:
    """Shares that fail above the cut and pass below it; the step at the cut needs a grid of its own."""
    low, high, a, b = true_scores.low, true_scores.high, true_scores.a, true_scores.b
    edges = np.linspace(0, 1, 20001)
    mass = np.diff(betainc(a, b, edges))
    true = low + (high - low) * (edges[1:] + edges[:-1]) / 2
    passes = betainc(needed, length - needed + 1, true) if needed else np.ones_like(true)
    above = true >= cut
    return float(mass[above] @ (1 - passes[above])), float(mass[~above] @ passes[~above])


def _four(mean: float, variance: float, skew: float, kurtosis: float) -> Beta | None:
    square = skew**2
    below = 6 + 3 * square - 2 * kurtosis
    total = 6 * (kurtosis - square - 1) / below if below else 0.0
    if total <= 0:
        return None
    spread = (total + 2) ** 2 * square + 16 * (total + 1)
    lean = (total + 2) * np.sqrt(square / spread)
    a, b = total / 2 * (1 - lean), total / 2 * (1 + lean)
    if skew < 0:
        a, b = b, a
    if a <= 0 or b <= 0:
        return None
    width = np.sqrt(variance * spread) / 2
    low = mean - width * a / total
    return Beta(float(a), float(b), float(low), float(low + width))


def _three(mean: float, variance: float, skew: float) -> Beta | None:
    """Between a free lower bound and 1."""

    def distance(low: float) -> float:
        one = _two(mean, variance, low)
        total = one.a + one.b
        lean = 2 * (one.b - one.a) * np.sqrt(total + 1)
        return lean / ((total + 2) * np.sqrt(one.a * one.b)) - skew

    # a beta needs variance < (mean − low)(1 − mean)
    most = mean - variance / (1 - mean) - 1e-9
    if most <= 0 or variance >= mean * (1 - mean) or distance(0) * distance(most) > 0:
        return None
    return _two(mean, variance, float(brentq(distance, 0, most)))


def _two(mean: float, variance: float, low: float = 0.0) -> Beta:
    """Between two known bounds, `low` and 1."""
    centre, spread = (mean - low) / (1 - low), variance / (1 - low) ** 2
    centre = min(max(centre, 1e-6), 1 - 1e-6)
    total = max(centre * (1 - centre) / spread - 1, 1e-6)
    return Beta(float(centre * total), float((1 - centre) * total), low, 1.0)
