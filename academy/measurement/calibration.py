"""How able is a cohort of a given mean and SD?  Only ability is moved, never the items."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from academy.errors import CcomError

__all__ = ["UnreachableError", "calibrated"]

NEAR = 0.1  # points


class UnreachableError(CcomError, ValueError):
    """No ability gives the wanted mean and SD (said in Chinese)."""


def calibrated(
    totals: Callable[[float, float], np.ndarray], mean: float, sd: float, maximum: float
) -> tuple[float, float]:
    """Mean and spread of ability at which totals have the wanted mean and SD.

    Parameters
    ----------
    totals : the learners' totals at a mean and a spread of ability, with the same chance every time.

    Raises
    ------
    UnreachableError
        Too few or too unequal parts: luck alone spreads the totals more than that.
    """
    from scipy.optimize import root

    @cache  # the solver asks for its first place three times
    def moments(centre: float, spread: float) -> tuple[float, float]:
        found = totals(centre, float(np.exp(np.clip(spread, -6, 3))))
        return float(found.mean()), float(found.std())

    def away(place: np.ndarray) -> np.ndarray:
        return np.subtract(moments(*map(float, place)), (mean, sd))

    # totals move in steps: differences over 0.05, not over the machine's precision
    found = root(away, [1.0, 0.2], method="hybr", options={"eps": 0.05**2, "xtol": 1e-3})
    missed = away(found.x)
    if np.abs(missed).max() > NEAR:
        raise UnreachableError(
            f"这张细目表凑不出平均 {mean:g}、标准差 {sd:g}（满分 {maximum:g}）的一期学员："
            f"差 {missed[0]:+.1f} 与 {missed[1]:+.1f} 分；小题太少或分值太集中，请拆细。"
        )
    return float(found.x[0]), float(np.exp(found.x[1]))
