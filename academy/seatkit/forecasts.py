"""How do forecasts of what then came go wrong?  Always low, by luck, or wild on some days."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from academy.seatkit.drawing import apart, draw
from academy.seatkit.samples import signs

__all__ = ["biased", "daily", "lettered", "rivals", "unbiased", "unsteady"]


def daily(history: pd.DataFrame, days: int) -> pd.DataFrame:
    """日期 星期 实际 of the last days of an interval history."""
    whole = history.groupby(["日期", "星期"], sort=False)["呼入量"].sum()
    return whole.rename("实际").reset_index().tail(days).reset_index(drop=True)


def biased(
    rng: np.random.Generator, actual: np.ndarray, low: float, high: float, noise: float = 0.012
) -> np.ndarray:
    """Right in shape, but all of it off by one share between `low` and `high` (negative: too low)."""
    share = rng.uniform(low, high)
    return _whole(actual * (1 + share) * rng.normal(1, noise, len(actual)))


def unbiased(rng: np.random.Generator, actual: np.ndarray, low: float, high: float) -> np.ndarray:
    """Off by a share between `low` and `high` each time, as often above as below."""
    size = rng.uniform(low, high, len(actual))
    return _whole(actual * (1 + signs(rng, len(actual)) * size))


def unsteady(
    rng: np.random.Generator,
    actual: np.ndarray,
    bad: np.ndarray,
    usual: tuple[float, float],
    worse: tuple[float, float],
) -> np.ndarray:
    """As `unbiased`, with larger errors where `bad` is true."""
    size = np.where(bad, rng.uniform(*worse, len(actual)), rng.uniform(*usual, len(actual)))
    return _whole(actual * (1 + signs(rng, len(actual)) * size))


def rivals(
    rng: np.random.Generator, actual: np.ndarray, *, atol: float = 0.001
) -> tuple[np.ndarray, np.ndarray]:
    """Two forecasts by interval: the nearer one is off as a whole, the other only by luck.

    On every seat the one whose total is nearer is not the one whose intervals are, and the mean of
    the intervals' percentages is another number than the share of the whole.

    Parameters
    ----------
    atol : the item's tolerance.
    """

    def make() -> tuple[np.ndarray, np.ndarray]:
        side = rng.choice([-1, 1])
        steady = biased(rng, actual, *np.sort(side * np.array([0.05, 0.09])), noise=0.03)
        return steady, unbiased(rng, actual, 0.10, 0.24)

    def good(pair: tuple[np.ndarray, np.ndarray]) -> dict[str, bool]:
        gaps = [forecast - actual for forecast in pair]
        near, far = (np.abs(gap).sum() / actual.sum() for gap in gaps)
        off, even = (abs(gap.sum()) / actual.sum() for gap in gaps)
        rates = [(np.abs(gap) / actual).mean() for gap in gaps]
        return {
            "合计接近的一份不是准的": bool(near < far - 0.02 and even < off - 0.01),
            "先算误差率再平均就不对": apart([near, far], rates, atol=atol),
        }

    return draw(make, good, what="两份预测")


def lettered(
    rng: np.random.Generator, forecasts: Sequence[np.ndarray], form: str = "{}"
) -> dict[str, np.ndarray]:
    """The forecasts as columns 甲, 乙, 丙 … in random order.

    Parameters
    ----------
    form : name of a column, with {} for the letter.
    """
    order = rng.permutation(len(forecasts))
    return {form.format("甲乙丙丁"[n]): forecasts[place] for n, place in enumerate(order)}


def _whole(values: np.ndarray) -> np.ndarray:
    return np.maximum(np.round(values), 1).astype(int)
