"""How does a small table come from choices?  Cells are values, ranges or lots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["between", "one_of", "sheet"]


@dataclass(frozen=True)
class _Range:
    low: float
    high: float
    step: float

    def take(self, rng: np.random.Generator) -> float:
        steps = round((self.high - self.low) / self.step)
        value = self.low + self.step * int(rng.integers(steps + 1))
        return int(value) if float(self.step).is_integer() else round(value, 6)


@dataclass(frozen=True)
class _Lot:
    values: tuple[Any, ...]

    def take(self, rng: np.random.Generator) -> Any:
        return self.values[int(rng.integers(len(self.values)))]


def between(low: float, high: float, step: float = 1) -> Any:
    """A cell of a sheet: a number from `low` to `high`, both included, in steps."""
    return _Range(low, high, step)


def one_of(*values: Any) -> Any:
    """A cell of a sheet: one of the values."""
    return _Lot(values)


def sheet(
    rng: np.random.Generator,
    columns: str,
    rows: Sequence[Sequence[Any]],
    *,
    shuffle: bool = False,
    labels: str = "",
) -> pd.DataFrame:
    """A table of the rows, each range and lot drawn.

    Parameters
    ----------
    columns : names with blanks between.
    rows : values, `between` or `one_of`.
    shuffle : whether the rows stand in random order.
    labels : one more first column「情况」whose letters name the rows after they were shuffled.

    Examples
    --------
    >>> sheet(np.random.default_rng(0), "队列 人数", [("报修", between(50, 60)), ("咨询", 40)])
       队列  人数
    0  报修  59
    1  咨询  40
    """
    drawn = [[cell.take(rng) if hasattr(cell, "take") else cell for cell in row] for row in rows]
    if shuffle:
        drawn = [drawn[place] for place in rng.permutation(len(drawn))]
    table = pd.DataFrame(drawn, columns=columns.split())
    if labels:
        table.insert(0, "情况", list(labels))
    return table
