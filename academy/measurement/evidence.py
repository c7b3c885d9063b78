"""How well did a real sitting measure?  The simulation's figures, from the points that were given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from academy.measurement.livingston_lewis import Decisions, livingston_lewis
from academy.measurement.reliability import alpha_of_testlets, error_at, standard_error
from ccomlib.item_analysis import cronbach_alpha, item_analysis

__all__ = ["ENOUGH", "FEWEST", "Evidence", "evidence", "item_verdicts"]

FEWEST, ENOUGH = (
    10,
    30,
)  # learners: below the first nothing is told, below the second with a warning
RISK = 0.10  # of a wrong decision, from which on a score does not decide
BEYOND = 1.2816  # of a normal error, in SDs: one side of that risk
SUREST = 0.99  # reliability that a handful of learners may show, and no paper has


@dataclass(frozen=True)
class Evidence:
    """What a sitting's points tell about the paper.

    Attributes
    ----------
    learners, items : int
    cut : float
    alpha, low, high : float
        Coefficient alpha and Feldt's 95% interval.
    testlets : float
        With the parts of one question added up first.
    sem, sem_at_cut : float
        Standard error of measurement, of all and at the pass mark.
    undecided : tuple of float
        Between these points the risk of a wrong decision is above `RISK`.
    within : int
        Learners whose points are there.
    decisions : Decisions or None
        By Livingston & Lewis; None where alpha is 0 or less.
    """

    learners: int
    items: int
    cut: float
    alpha: float
    low: float
    high: float
    testlets: float
    sem: float
    sem_at_cut: float
    undecided: tuple[float, float]
    within: int
    decisions: Decisions | None

    def sentences(self) -> list[str]:
        """The figures with what they take for granted, in Chinese."""
        told = [
            f"信度 α = {self.alpha:.2f}（95% 区间 {self.low:.2f} 到 {self.high:.2f}，{self.items} 题、"
            f"{self.learners} 人）；同一大题的小题先合并，是 {self.testlets:.2f}。"
            "假定各题量的是同一件事、误差互不相干；同一张表的题一起对错时 α 偏高，看后一个。"
        ]
        if self.decisions is None:
            told.append(
                "α 不大于 0：各题不是一起高、一起低，标准误与判定的一致说不出来，请先看各题。"
            )
        else:
            left, right = self.undecided
            one = self.decisions
            told += [
                f"测量标准误 {self.sem:.1f} 分，{self.cut:g} 分处 {self.sem_at_cut:.1f} 分"
                "（Keats 1957：假定误差像二项分布，中间大、两头小）。",
                f"得 {left:.0f} 到 {right:.0f} 分的 {self.within} 人，合格与否这份卷判不准："
                f"判错的机会在 {RISK:.0%} 以上（假定误差是正态的，不看各人别的成绩）。",
                f"同样的人再考一份平行的卷，判定相同的约 {one.consistency.share:.0%}（κ {one.consistency.kappa:.2f}）；"
                f"与真分数该判的相同的约 {one.accuracy:.0%}，误合格 {one.false_pass:.0%}、误不合格 {one.false_fail:.0%}"
                "（Livingston 与 Lewis 1995，由这一次考试估计：假定真分数是贝塔分布、误差是二项分布）。",
            ]
        if self.learners < ENOUGH:
            told.append(
                f"只有 {self.learners} 人，不到 {ENOUGH} 人，这些数与各题的区分度都摇摆得厉害，只作参考。"
            )
        return told


def evidence(
    points: pd.DataFrame,
    maxima: Mapping[str, float],
    questions: Mapping[str, str],
    cut: float,
) -> Evidence | str:
    """Measure a sitting; one Chinese sentence where there is nothing to be told.

    Parameters
    ----------
    points : a row a learner, a column an item; what was not graded counts as 0.
    maxima, questions : points to be had and the question, by item.
    cut : points needed to pass.
    """
    if len(points) < FEWEST:
        return (
            f"有分的 {len(points)} 人，不到 {FEWEST} 人：信度、标准误与判定的一致都算不准，不报。"
        )
    if points.shape[1] < 2:
        return "只有一道题，说不出各题是否一致，信度不报。"
    points = points.fillna(0.0)
    table = points.to_numpy()
    totals = table.sum(axis=1)
    if np.ptp(totals) < 1e-9:
        return f"{len(points)} 人的总分都一样，分不出谁高谁低，信度不报。"
    own = [maxima[name] for name in points]
    maximum = float(sum(own))
    if np.isin(np.round(totals, 6), (0.0, round(maximum, 6))).all():
        return f"{len(points)} 人不是满分就是 0 分，看不出误差有多大，信度不报。"
    found = cronbach_alpha(points)
    at_cut = float(error_at(cut, totals, found.alpha, maximum))
    undecided = (max(0.0, cut - BEYOND * at_cut), min(maximum, cut + BEYOND * at_cut))
    names = [questions[name] for name in points]
    several = len(set(names)) > 1
    return Evidence(
        learners=len(points),
        items=points.shape[1],
        cut=cut,
        alpha=found.alpha,
        low=found.low,
        high=found.high,
        testlets=float(alpha_of_testlets(table, names, own)) if several else float("nan"),
        sem=float(standard_error(totals, found.alpha)),
        sem_at_cut=at_cut,
        undecided=undecided,
        within=int(((totals >= undecided[0]) & (totals <= undecided[1])).sum()),
        decisions=livingston_lewis(totals, min(found.alpha, SUREST), cut, maximum)
        if found.alpha > 0
        else None,
    )


def item_verdicts(points: pd.DataFrame, maxima: Mapping[str, float]) -> list[str]:
    """What `ccomlib.item_analysis` says of each item; empty where there are too few learners for it."""
    points = points.fillna(0.0)
    if len(points) < FEWEST or points.shape[1] < 2 or np.ptp(points.sum(axis=1)) < 1e-9:
        return [""] * points.shape[1]
    own = {name: maxima[name] for name in points}
    return item_analysis(points, full_marks=own).table["判断"].tolist()
