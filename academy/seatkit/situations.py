"""Which level does a situation call for?  Gauges with bands, and rows that lie where they should."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

__all__ = ["Gauge", "situations"]


@dataclass(frozen=True)
class Gauge:
    """A measure and the band of its values at each level, well inside the thresholds.

    Attributes
    ----------
    name : column of the table.
    bands : lowest and highest value, both included, at level 0, 1, 2 …
    step : step of the values.
    """

    name: str
    bands: Sequence[tuple[float, float]]
    step: float = 1

    def at(self, rng: np.random.Generator, level: int) -> float:
        """A value of that level."""
        low, high = self.bands[level]
        value = low + self.step * int(rng.integers(round((high - low) / self.step) + 1))
        return int(value) if float(self.step).is_integer() else round(value, 6)


def situations(
    rng: np.random.Generator,
    gauges: Sequence[Gauge],
    rows: Sequence[Sequence[int]],
    *,
    labels: Sequence[str] = "一二三四五六",
    shuffle: bool = True,
) -> pd.DataFrame:
    """A table 情况 and a column a gauge.

    Parameters
    ----------
    rows : for each situation the level of each gauge.
    labels : names of the situations in the order in which they stand.
    """
    order = rng.permutation(len(rows)) if shuffle else range(len(rows))
    drawn = [
        [gauge.at(rng, level) for gauge, level in zip(gauges, rows[place], strict=True)]
        for place in order
    ]
    table = pd.DataFrame(drawn, columns=[gauge.name for gauge in gauges])
    table.insert(0, "情况", list(labels)[: len(table)])
    return table
