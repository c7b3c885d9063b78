"""Who works when?  A roster with two days off a week, and people in whom something is planted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
import pandas as pd

from academy.seatkit.clock import weekdays
from academy.seatkit.drawing import SeatError

__all__ = ["Roster"]

OFF = "休"


class Roster:
    """People x days; whole weeks from a Monday on.

    Everybody has two days off in a row, the same every week, so nobody works more than five days
    running. Each planting takes people whom no other has: they have Saturday and Sunday off, and
    then what was planted.

    Parameters
    ----------
    rng : stream of the table.
    people, weeks : how many.
    start : the first Monday.
    prefix, numbers : staff numbers are `prefix` and some of the range `numbers`.
    shifts : names of the shifts by day.

    Examples
    --------
    >>> table = Roster(np.random.default_rng(0), 4, 2, "2025-07-07").full_week(1).table()
    >>> int((table["班次"] != "休").groupby(table["工号"]).sum().max())
    11
    """

    def __init__(
        self,
        rng: np.random.Generator,
        people: int,
        weeks: int,
        start: str,
        *,
        prefix: str = "A",
        numbers: tuple[int, int] = (1001, 1100),
        shifts: Sequence[str] = ("早A", "早B", "中A", "中B", "晚A", "晚B"),
    ) -> None:
        self._rng, self._people, self._weeks = rng, people, weeks
        self._dates = pd.date_range(start, periods=7 * weeks)
        chosen = rng.choice(np.arange(*numbers), people, replace=False)
        self.staff = [f"{prefix}{number}" for number in np.sort(chosen)]
        self.works = np.ones((people, 7 * weeks), dtype=bool)
        self.shifts = rng.choice(list(shifts), self.works.shape).astype(object)
        for row in self.works:
            off = int(rng.integers(7))
            for week in range(weeks):
                row[[7 * week + off, 7 * week + (off + 1) % 7]] = False
        self._free = list(rng.permutation(people))
        self._words: set[str] = set()
        self._exempt = np.array([], dtype=int)

    def full_week(self, count: int) -> Self:
        """People who work from a Monday to the Sunday; the Monday behind is off."""
        for row in self._planted(count):
            week = 7 * int(self._rng.integers(1, self._weeks - 1)) if self._weeks > 2 else 0
            self.works[row, week : week + 7] = True
            self.works[row, (week + 7) % (7 * self._weeks)] = False
        return self

    def across(self, count: int) -> Self:
        """People with days off in every week who work eight days running, Wednesday to Wednesday."""
        for row in self._planted(count):
            week = 7 * int(self._rng.integers(self._weeks - 1))
            self.works[row, week : week + 14] = True
            self.works[row, [week, week + 1, week + 10, week + 11]] = False
        return self

    def six(self, count: int) -> Self:
        """People who work six days running, Monday to Saturday: as many as may be."""
        for row in self._planted(count):
            self.works[row, 7 * int(self._rng.integers(self._weeks)) + 5] = True
        return self

    def counted(self, word: str, count: int) -> Self:
        """People with a Saturday of `word` and work on the Sunday: too many days if `word` is work."""
        for row in self._planted(count):
            day = 7 * int(self._rng.integers(self._weeks - 1)) + 5
            self.works[row, [day, day + 1]] = True
            self.works[row, day + 2] = False
            self.shifts[row, day] = word
        self._words.add(word)
        return self

    def leave(self, word: str, count: int) -> Self:
        """People with `word` on a Friday and the Sunday around a Saturday of work: no fault."""
        for row in self._planted(count):
            day = 7 * int(self._rng.integers(self._weeks - 1)) + 5
            self.works[row, day] = True
            self.works[row, [day - 1, day + 1]] = False
            self.shifts[row, [day - 1, day + 1]] = word
        self._words.add(word)
        return self

    def nights(
        self,
        names: Sequence[str],
        *,
        top: Sequence[int],
        usual: tuple[int, int],
        none: int,
        exempt: int = 0,
    ) -> Self:
        """Spread night shifts unevenly.

        Parameters
        ----------
        names : names of the night shifts.
        top : nights of the people with the most, each of another person; the first alone is highest.
        usual : least and greatest number of the others.
        none : how many people have none.
        exempt : how many more have none for reasons of health; see `exempted`.
        """
        order = self._rng.permutation(self._people)
        counts = self._rng.integers(usual[0], usual[1] + 1, self._people)
        counts[order[: none + exempt]] = 0
        counts[order[len(order) - len(top) :]] = top
        self._exempt = order[:exempt]
        for row, count in enumerate(counts):
            planted = ~self.works[row] | np.isin(self.shifts[row], list(self._words))
            days = self._rng.choice(np.flatnonzero(~planted), count, replace=False)
            self.shifts[row, days] = self._rng.choice(list(names), count)
        return self

    def exempted(self, column: str = "免夜班") -> pd.DataFrame:
        """A row a person: 工号 and 「是」 for those who are exempt from nights."""
        marks = np.where(np.isin(np.arange(self._people), self._exempt), "是", "")
        return pd.DataFrame({"工号": self.staff, column: marks})

    def table(self) -> pd.DataFrame:
        """A row a person and day: 工号 日期 星期 班次."""
        off = ~self.works & ~np.isin(self.shifts, list(self._words))
        days = len(self._dates)
        return pd.DataFrame(
            {
                "工号": np.repeat(self.staff, days),
                "日期": np.tile(self._dates, self._people),
                "星期": weekdays(self._dates) * self._people,
                "班次": np.where(off, OFF, self.shifts).ravel(),
            }
        )

    def _planted(self, count: int) -> list[int]:
        """People whom no other planting has, with Saturdays and Sundays off."""
        if count > len(self._free):
            raise SeatError(
                f"班表只有 {self._people} 人，要特意安排的人比这还多：请加人或少安排几种。"
            )
        rows, self._free = self._free[:count], self._free[count:]
        for row in rows:
            self.works[row] = np.arange(len(self._dates)) % 7 < 5
        return rows
