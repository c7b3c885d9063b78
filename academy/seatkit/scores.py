"""What was scored?  Raters with a planted bias, paired scores, a process with a planted shift."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from academy.seatkit.samples import exact

__all__ = ["paired", "process", "ratings"]


def ratings(
    rng: np.random.Generator,
    items: int,
    raters: Mapping[str, tuple[float, float]],
    *,
    mean: float = 85.0,
    spread: float = 5.0,
    highest: float = 100.0,
) -> pd.DataFrame:
    """A row a call: 录音 and a column a rater.

    Parameters
    ----------
    raters : by name, mean bias (exact before rounding) and standard deviation of the rest.
    mean, spread : of what the calls deserve.
    highest : no score is above it.
    """
    deserved = exact(rng, items, mean, spread)
    scores = {
        name: np.minimum(np.round(deserved + exact(rng, items, bias, noise)), highest).astype(int)
        for name, (bias, noise) in raters.items()
    }
    return pd.DataFrame({"录音": [f"R{n:03d}" for n in range(1, items + 1)], **scores})


def paired(
    rng: np.random.Generator,
    count: int,
    *,
    before: tuple[float, float],
    gain: tuple[float, float],
    decimals: int = 0,
) -> pd.DataFrame:
    """A row a person: 前 and 后, with exactly this mean gain and spread of gains before rounding.

    Parameters
    ----------
    before, gain : mean and standard deviation.
    """
    first = exact(rng, count, *before)
    second = first + exact(rng, count, *gain)
    return pd.DataFrame({"前": first.round(decimals), "后": second.round(decimals)})


def process(
    rng: np.random.Generator,
    count: int,
    *,
    mean: float,
    spread: float,
    shift_at: int | None = None,
    shift: float = 0.0,
    decimals: int = 2,
) -> np.ndarray:
    """Values of a steady process that shifts by `shift` standard deviations from `shift_at` on.

    Parameters
    ----------
    mean, spread : exact before rounding, of the values before the shift and around the new level.
    shift_at : place of the first shifted value, from 0; at least 3 values before and behind. None
        for a process that stays.
    """
    sizes = [count] if shift_at is None else [shift_at, count - shift_at]
    levels = [mean, mean + shift * spread]
    parts = [exact(rng, size, level, spread) for size, level in zip(sizes, levels, strict=False)]
    return np.concatenate(parts).round(decimals)
