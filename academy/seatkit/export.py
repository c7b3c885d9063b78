"""What is wrong with what a platform exports?  Gaps, marks, rows twice, totals, tests, second batches."""

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

    def gaps(self, low: int, high: int) -> Self:
        """Rows that are not there at all."""
        self._rows = self._rows.drop(index=self._take(low, high))
        return self

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

    def resent(
        self, low: int, high: int, *, more: tuple[int, int], **labels: tuple[Any, Any]
    ) -> Self:
        """Rows that came again in a second batch with another value.

        Parameters
        ----------
        more : least and greatest difference of the value.
        labels : by column, what stands in the first and in the second batch.
        """
        rows = self._labelled(self._take(low, high), labels)
        added = self._rng.integers(more[0], more[1] + 1, len(rows))
        rows[self._value] = self._typed(rows[self._value].astype(int) + added, rows.index)
        self._extra.append(rows)
        return self

    def probes(
        self, low: int, high: int, *, value: tuple[int, int], **labels: tuple[Any, Any]
    ) -> Self:
        """Extra rows that measure nothing: tests of the line with small values.

        Parameters
        ----------
        value : least and greatest value.
        labels : by column, what stands in usual rows and in these.
        """
        rows = self._labelled(self._take(low, high), labels)
        small = self._rng.integers(value[0], value[1] + 1, len(rows))
        rows[self._value] = self._typed(small, rows.index)
        self._extra.append(rows)
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

    def _labelled(self, taken: np.ndarray, labels: dict[str, tuple[Any, Any]]) -> pd.DataFrame:
        """A copy of the taken rows with labels of their own; all other rows get the usual ones."""
        for column, (usual, _) in labels.items():
            self._rows[column] = usual
            self._extra = [part.assign(**{column: usual}) for part in self._extra]
        return self._rows.loc[taken].assign(**{name: other for name, (_, other) in labels.items()})

    def _typed(self, values: Any, index: pd.Index) -> pd.Series:
        """Values in the column's kind: text once marks stand in it."""
        numbers = pd.Series(np.asarray(values), index=index)
        return numbers.astype(self._rows[self._value].dtype)

    def _take(self, low: int, high: int) -> np.ndarray:
        taken = self._rng.choice(self._free, int(self._rng.integers(low, high + 1)), replace=False)
        self._free = np.setdiff1d(self._free, taken)
        return np.sort(taken)
