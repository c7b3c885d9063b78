"""What is wrong with what a platform exports?  Marks of no record, rows twice, rows of totals."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import pandas as pd

__all__ = ["Export"]


class Export:
    """A clean table that is made dirty step by step; no row gets two defects.

    Each step takes so many rows at random as lie between its two numbers. `table` gives the result
    in the order of the clean rows, extra rows right behind theirs.

    Parameters
    ----------
    rng : stream of the table.
    table : the clean rows.
    value : column of the measured value.

    Examples
    --------
    >>> clean = pd.DataFrame({"时段": ["08:00", "08:30"], "呼入量": [5, 7]})
    >>> Export(np.random.default_rng(0), clean).mark("--", 1, 1).table()["呼入量"].tolist()
    ['--', '7']
    """

    def __init__(
        self, rng: np.random.Generator, table: pd.DataFrame, value: str = "呼入量"
    ) -> None:
        self._rng, self._value = rng, value
        self._rows = table.reset_index(drop=True)
        self._free = np.arange(len(table))
        self._extra: list[pd.DataFrame] = []

    def mark(self, mark: Any, low: int, high: int) -> Self:
        """Values that were not recorded: a mark stands instead."""
        if isinstance(mark, str):
            self._rows[self._value] = self._rows[self._value].astype(str)
        self._rows.loc[self._take(low, high), self._value] = mark
        return self

    def twice(self, low: int, high: int) -> Self:
        """Rows that stand twice, alike in every column."""
        self._extra.append(self._rows.loc[self._take(low, high)])
        return self

    def table(self, *, totals: str = "", by: str = "日期", label: str = "时段") -> pd.DataFrame:
        """The export.

        Parameters
        ----------
        totals : a row a group of `by` with this word in column `label` and the sum of the values
            that are numbers, as the platform adds it.
        """
        rows = pd.concat([self._rows, *self._extra]).sort_index(kind="stable")
        if totals:
            rows = self._with_totals(rows, totals, by, label)
        return rows.reset_index(drop=True)

    def _with_totals(self, rows: pd.DataFrame, totals: str, by: str, label: str) -> pd.DataFrame:
        groups = []
        for key, group in rows.groupby(by, sort=False):
            numbers = pd.to_numeric(group[self._value], errors="coerce").clip(lower=0)
            whole = group.iloc[[-1]].assign(**{by: key, label: totals})
            whole[self._value] = self._typed([int(numbers.sum())], whole.index)
            groups += [group, whole]
        return pd.concat(groups)

    def _typed(self, values: Any, index: pd.Index) -> pd.Series:
        """Values in the column's kind: text once marks stand in it."""
        numbers = pd.Series(np.asarray(values), index=index)
        return numbers.astype(self._rows[self._value].dtype)

    def _take(self, low: int, high: int) -> np.ndarray:
        taken = self._rng.choice(self._free, int(self._rng.integers(low, high + 1)), replace=False)
        self._free = np.setdiff1d(self._free, taken)
        return np.sort(taken)
