"""How does a small table come from choices?  Cells are values or ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["between", "sheet"]


@dataclass(frozen=True)
class _Range:
    low: float
    high: float
    step: float

    def take(self, rng: np.random.Generator) -> float:
        steps = round((self.high - self.low) / self.step)
        value = self.low + self.step * int(rng.integers(steps + 1))
        return int(value) if float(self.step).is_integer() else round(value, 6)


def between(low: float, high: float, step: float = 1) -> Any:
    """A cell of a sheet: a number from `low` to `high`, both included, in steps."""
    return _Range(low, high, step)


def sheet(
    rng: np.random.Generator,
    columns: str,
    rows: Sequence[Sequence[Any]],
    *,
    shuffle: bool = False,
    labels: str = "",
) -> pd.DataFrame:
    """A table of the rows, each range drawn.

    Parameters
    ----------
    columns : names with blanks between.
    rows : of values and `between`.
    shuffle : whether the rows stand in random order.
    labels : one more first column「情况」whose letters name the rows after they were shuffled.

    Examples
    --------
    >>> sheet(np.random.default_rng(0), "队列 人数", [("报修", between(50, 60)), ("咨询", 40)])
       队列  人数
    0  报修  59
    1  咨询  40
    """
    drawn = [[cell.take(rng) if isinstance(cell, _Range) else cell for cell in row] for row in rows]
    if shuffle:
        drawn = [drawn[place] for place in rng.permutation(len(drawn))]
    table = pd.DataFrame(drawn, columns=columns.split())
    if labels:
        table.insert(0, "情况", list(labels))
    return table
