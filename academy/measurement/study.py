"""How well would a role's papers measure?  A cohort sits all forms; some sit one of them twice.

Many draws of the items, a share of the learners for each; the first form's cohort is calibrated to
the mean and SD that the targets speak of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from academy.measurement.answering import Sitting, expected_points, expected_share, sit
from academy.measurement.assumptions import ASSUMED
from academy.measurement.calibration import calibrated
from academy.measurement.decisions import agreement, normal_agreement
from academy.measurement.figures import FormFigures, PairFigures, Study, Tries
from academy.measurement.forms import Form
from academy.measurement.items import draw_items
from academy.measurement.learners import Learners, draw_learners
from academy.measurement.livingston_lewis import livingston_lewis
from academy.measurement.reliability import (
    alpha,
    alpha_of_testlets,
    standard_error,
    stratified_alpha,
)

__all__ = ["DRAWS", "STAGES", "study"]

DRAWS = 50  # of the items; each has its share of the learners
EACH = 200  # learners at least for a draw: alpha of few learners is too low on average
WINDOW = 3  # points around the pass mark that count as at it
STAGES = ("定这一期的水平", "各卷考一次", "同一份卷再考一次", "算真分数", "算信度与判定")


def study(
    forms: Sequence[Form],
    chapters: Sequence[int],
    *,
    cut: float,
    limit: float,
    size: int = 20_000,
    seed: int = 1,
    shown: int = 0,
    assumed: Mapping[str, float] = ASSUMED,
    progress: Callable[[str], None] = lambda stage: None,
) -> Study:
    """Let a cohort sit the forms.

    Parameters
    ----------
    forms : parallel forms; the first is the one that is sat first.
    chapters : of each part.
    cut, limit : points needed, minutes given.
    size : learners, rounded down to so many for each draw of the items.
    shown : place of the form whose parts, totals and minutes are kept.
    progress : told each of `STAGES` when it begins.
    """
    count = min(DRAWS, max(1, size // EACH))
    draws = np.repeat(np.arange(count), max(2, size // count))
    streams = np.random.SeedSequence(seed).spawn(3 + 2 * len(forms))
    items = [
        one[draws] for one in draw_items(forms, count, np.random.default_rng(streams[0]), assumed)
    ]
    maximum = float(forms[0].maxima.sum())
    drawn = draw_learners(len(draws), np.random.default_rng(streams[1]), assumed)

    def sat(place: int, learners: Learners, stream: np.random.SeedSequence) -> Sitting:
        rng = np.random.default_rng(stream)
        return sit(forms[place], items[place], learners, rng, assumed, limit)

    progress(STAGES[0])
    ability = calibrated(
        lambda mean, spread: sat(0, drawn.at(mean, spread), streams[2]).totals,
        assumed["cohort.mean"],
        assumed["cohort.sd"],
        maximum,
    )
    learners = drawn.at(*ability)
    progress(STAGES[1])
    sittings = [sat(place, learners, streams[3 + place]) for place in range(len(forms))]
    progress(STAGES[2])
    again = [sat(place, learners, streams[place - len(forms)]) for place in range(len(forms))]
    progress(STAGES[3])
    points = [
        expected_points(form, own, learners, assumed, limit)
        for form, own in zip(forms, items, strict=True)
    ]
    progress(STAGES[4])
    true = [one.sum(axis=1) for one in points]
    return Study(
        size=len(draws),
        seed=seed,
        cut=cut,
        maximum=maximum,
        limit=limit,
        ability=ability,
        forms=tuple(
            _form(form, chapters, first, second, own, cut, count)
            for form, first, second, own in zip(forms, sittings, again, true, strict=True)
        ),
        pairs=tuple(
            _pair(forms[a].name, forms[b].name, sittings[a].totals, sittings[b].totals, true[a] - true[b], cut, count)
            for a, b in combinations(range(len(forms)), 2)
        ),
        tries=_tries([one.totals >= cut for one in sittings], np.mean(true, axis=0) >= cut),
        data_only=_lopsided(forms[shown], assumed, knows_role=False),
        role_only=_lopsided(forms[shown], assumed, knows_role=True),
        minutes=sittings[shown].minutes,
        totals=sittings[shown].totals,
        true=true[shown],
        parts=_parts(forms[shown], sittings[shown], points[shown]),
    )  # fmt: skip


def _form(
    form: Form,
    chapters: Sequence[int],
    one: Sitting,
    again: Sitting,
    true: np.ndarray,
    cut: float,
    count: int,
) -> FormFigures:
    totals, maximum = one.totals, float(form.maxima.sum())
    by_draw = one.points.reshape(count, -1, len(form.parts))
    reliability = float(alpha(by_draw).mean())
    passed, deserved = totals >= cut, true >= cut
    near = np.abs(true - cut) <= WINDOW
    return FormFigures(
        name=form.name,
        mean=float(totals.mean()),
        sd=float(totals.std(ddof=1)),
        passed=float(passed.mean()),
        alpha=reliability,
        testlets=float(alpha_of_testlets(by_draw, form.testlets, form.maxima).mean()),
        strata=float(stratified_alpha(by_draw, [str(one) for one in chapters]).mean()),
        squared_correlation=float(np.corrcoef(totals, true)[0, 1] ** 2),
        sem=float(standard_error(totals, reliability)),
        sem_at_cut=float(np.sqrt(((totals - true)[near] ** 2).mean())) if near.any() else np.nan,
        consistency=agreement(passed, again.totals >= cut),
        accuracy=float((passed == deserved).mean()),
        false_pass=float((passed & ~deserved).mean()),
        false_fail=float((~passed & deserved).mean()),
        estimated=livingston_lewis(totals, reliability, cut, maximum),
        normal=normal_agreement(totals.mean(), totals.std(ddof=1), reliability, cut),
    )


def _pair(
    first: str,
    second: str,
    one: np.ndarray,
    other: np.ndarray,
    apart: np.ndarray,
    cut: float,
    count: int,
) -> PairFigures:
    # of true points, so that the luck of the learners is not taken for a difference of the forms
    differences = np.abs(apart.reshape(count, -1).mean(axis=1))
    return PairFigures(
        first=first,
        second=second,
        agreement=agreement(one >= cut, other >= cut),
        difference=float(differences.mean()),
        likely=float(np.quantile(differences, 0.9)),
        correlation=float(np.corrcoef(one, other)[0, 1]),
    )


def _tries(passed: Sequence[np.ndarray], deserved: np.ndarray) -> Tries:
    """Forms one after the other until one is passed; nobody learns in between."""
    ever = np.any(passed, axis=0)

    def share(who: np.ndarray, of: np.ndarray) -> float:
        return float((who & of).sum() / of.sum()) if of.any() else float("nan")

    return Tries(
        below=float((~deserved).mean()),
        first=share(passed[0], ~deserved),
        lucky=share(ever, ~deserved),
        undeserved=share(~deserved, ever),
        unlucky=share(~ever, deserved),
    )


def _lopsided(form: Form, assumed: Mapping[str, float], *, knows_role: bool) -> float:
    """Expected points with one skill only, and all the time that is needed."""
    if knows_role:
        steps = np.array([one.plan.steps for one in form.parts])
        chance = np.where(form.needs_data, assumed["layman.step"] ** steps, 1.0)
    else:
        chance = np.where(form.needs_role, assumed["layman.role"], 1.0)
    return float(expected_share(form, chance[None, :]).sum())


def _parts(form: Form, sitting: Sitting, expected: np.ndarray) -> pd.DataFrame:
    totals, error = sitting.totals, sitting.points - expected
    whole = error.sum(axis=1)
    plans = [one.plan for one in form.parts]
    columns = list(sitting.points.T)
    return pd.DataFrame(
        {
            "题": [plan.part for plan in plans],
            "分值": form.maxima,
            "得分率": sitting.points.mean(axis=0) / form.maxima,
            "区分度": [np.corrcoef(own, totals - own)[0, 1] for own in columns],
            "误差占比": [np.cov(own, whole)[0, 1] / whole.var(ddof=1) for own in error.T],
        }
    )
