"""What does a simulated examination tell?  Figures of forms, pairs of forms, three tries; targets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from academy.measurement.decisions import Agreement
from academy.measurement.livingston_lewis import Decisions

__all__ = ["TARGETS", "FormFigures", "PairFigures", "Study", "Target", "Tries"]

# alpha, agreement of two forms, difference of their means, points of who knows only the data
TARGETS = {"alpha": 0.84, "agreement": 0.85, "difference": 2.0, "data_only": 60.0}


@dataclass(frozen=True)
class Target:
    """One figure held against what is wanted of it."""

    label: str
    found: float
    wanted: str
    met: bool


@dataclass(frozen=True)
class FormFigures:
    """How one form measures.

    Attributes
    ----------
    name : str
    mean, sd, passed : float
    alpha, testlets, strata : float
        Coefficient alpha; with testlets added up (Raju); stratified by chapter.
    squared_correlation : float
        Of points and true points: the reliability itself, which only a simulation can see.
    sem, sem_at_cut : float
        Standard error of measurement, of all, and of those whose true score is at the pass mark.
    consistency : Agreement
        Of two sittings of this form.
    accuracy, false_pass, false_fail : float
        Against the true score; the latter two as shares of all.
    estimated : Decisions
        What Livingston & Lewis make of one sitting and its alpha.
    normal : Agreement
        What the normal approximation (Peng & Subkoviak 1980) makes of it.
    """

    name: str
    mean: float
    sd: float
    passed: float
    alpha: float
    testlets: float
    strata: float
    squared_correlation: float
    sem: float
    sem_at_cut: float
    consistency: Agreement
    accuracy: float
    false_pass: float
    false_fail: float
    estimated: Decisions
    normal: Agreement


@dataclass(frozen=True)
class PairFigures:
    """How alike two forms are.

    Attributes
    ----------
    agreement : Agreement
        Of the verdicts on the same learners.
    difference, likely : float
        Difference of the forms' means: mean over draws of the items, and what nine of ten stay below.
    correlation : float
    """

    first: str
    second: str
    agreement: Agreement
    difference: float
    likely: float
    correlation: float


@dataclass(frozen=True)
class Tries:
    """What three tries do to those around the pass mark.

    Attributes
    ----------
    below : float
        Share of learners whose true score is below the pass mark.
    first, lucky : float
        Share of those who pass at the first try, and within all tries.
    undeserved : float
        Share of the certificates that such learners get.
    unlucky : float
        Share of those at or above the mark who fail all tries.
    """

    below: float
    first: float
    lucky: float
    undeserved: float
    unlucky: float


@dataclass(frozen=True, eq=False)
class Study:
    """What the simulation found.

    Attributes
    ----------
    size, seed : int
    cut, maximum, limit : float
        Pass mark, points, minutes.
    ability : tuple of float
        Mean and spread of the calibrated cohort.
    forms, pairs, tries
    data_only, role_only : float
        Expected points of who handles data perfectly and knows nothing of the role; and the reverse.
    minutes : ndarray
        Minutes that each learner needs for the form shown.
    totals, true : ndarray
        Points and true points on the form shown.
    parts : DataFrame
        A row a part of the form shown: 题 分值 得分率 区分度 误差占比.
    """

    size: int
    seed: int
    cut: float
    maximum: float
    limit: float
    ability: tuple[float, float]
    forms: tuple[FormFigures, ...]
    pairs: tuple[PairFigures, ...]
    tries: Tries
    data_only: float
    role_only: float
    minutes: np.ndarray
    totals: np.ndarray
    true: np.ndarray
    parts: pd.DataFrame

    @property
    def late(self) -> float:
        """Share of learners who would need more minutes than there are."""
        return float((self.minutes > self.limit).mean())

    def targets(self) -> list[Target]:
        """Each target with what was found: the worst of the forms, or of their pairs."""
        alpha = min(one.alpha for one in self.forms)
        found = [Target("信度 α", alpha, "不低于 0.84", alpha >= TARGETS["alpha"])]
        if self.pairs:
            alike = min(one.agreement.share for one in self.pairs)
            apart = max(one.difference for one in self.pairs)
            found += [
                Target("两份卷判定一致", alike, "不低于 0.85", alike >= TARGETS["agreement"]),
                Target("两份卷平均分之差", apart, "不超过 2 分", apart <= TARGETS["difference"]),
            ]
        low = self.data_only < TARGETS["data_only"]
        return [*found, Target("只会数据处理的人", self.data_only, "低于 60 分", low)]
