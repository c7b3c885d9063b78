"""How many points does a learner get who knows so many of a part's things, and guesses the rest?

A table has a row for each number of things known, from none to all, a column for each number of
points that can come out, and in it the chance.  Points follow `ccomlib.scoring`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations
from math import comb, factorial, perm

import numpy as np

from ccomlib.scoring import match_ladder, order_ladder

__all__ = ["Points", "choice_points", "match_points", "order_points", "share_points"]


@dataclass(frozen=True, eq=False)
class Points:
    """Chances of points by number of things known.

    Attributes
    ----------
    values : ndarray
        Points that can come out, ascending.
    chances : ndarray
        A row a number of things known; rows add up to 1.
    """

    values: np.ndarray
    chances: np.ndarray

    @property
    def things(self) -> int:
        """How many things there are to know."""
        return len(self.chances) - 1

    @property
    def certain(self) -> bool:
        """Whether what is known alone decides: no guessing."""
        return bool((self.chances.max(axis=1) == 1).all())

    @property
    def expected(self) -> np.ndarray:
        """Mean points by number of things known."""
        return self.chances @ self.values


def choice_points(options: int, points: float) -> Points:
    """One of `options`: who does not know takes any."""
    return _table([{points: Fraction(1, options), 0: Fraction(options - 1, options)}, {points: 1}])


def share_points(things: int, points: float | Mapping[str, float]) -> Points:
    """Values of one's own; what is not known earns nothing."""
    if isinstance(points, Mapping):
        return _table(
            [
                _added(
                    (sum(some), Fraction(1, comb(things, known)))
                    for some in combinations(points.values(), known)
                )
                for known in range(things + 1)
            ]
        )
    ladder = match_ladder(things, points)
    return _table([{ladder[things - known]: 1} for known in range(things + 1)])


def order_points(things: int, points: float) -> Points:
    """An order: what is known stands in its place, the rest is put into the free places anyhow."""
    ladder = order_ladder(things, points)
    rows = []
    for known in range(things + 1):
        orders = _orders(things, things - known)
        wrong = sum(
            (orders[:, first] > orders[:, second]).astype(int)
            for first, second in combinations(range(things), 2)
        )
        counts = np.bincount(np.minimum(wrong, len(ladder) - 1), minlength=len(ladder))
        rows.append(
            _added((ladder[n], Fraction(int(one), len(orders))) for n, one in enumerate(counts))
        )
    return _table(rows)


def match_points(things: int, options: int, points: float, *, once: bool) -> Points:
    """Options matched to statements; what is not known is matched anyhow.

    Parameters
    ----------
    once : whether a letter may be used only once, so that the guesses are among those left over.
    """
    ladder = match_ladder(things, points)
    rows = []
    for known in range(things + 1):
        lucky = (_once if once else _any)(things - known, options - known if once else options)
        rows.append(_added((ladder[things - known - hit], one) for hit, one in enumerate(lucky)))
    return _table(rows)


def _any(guesses: int, letters: int) -> list[Fraction]:
    hit = Fraction(1, letters)
    return [comb(guesses, n) * hit**n * (1 - hit) ** (guesses - n) for n in range(guesses + 1)]


def _once(guesses: int, letters: int) -> list[Fraction]:
    """Chance of so many hits where no letter is used twice (inclusion and exclusion)."""
    ways = perm(letters, guesses)
    return [
        Fraction(
            comb(guesses, hits)
            * sum(
                (-1) ** more
                * comb(guesses - hits, more)
                * perm(letters - hits - more, guesses - hits - more)
                for more in range(guesses - hits + 1)
            ),
            ways,
        )
        for hits in range(guesses + 1)
    ]


def _orders(things: int, loose: int) -> np.ndarray:
    """All orders where `loose` of the things change places among themselves."""
    mixed = np.array(list(permutations(range(loose))), dtype=int).reshape(factorial(loose), loose)
    found = []
    for places in combinations(range(things), loose):
        orders = np.tile(np.arange(things), (len(mixed), 1))
        orders[:, places] = np.array(places, dtype=int)[mixed]
        found.append(orders)
    return np.concatenate(found)


def _added(pairs) -> dict[float, Fraction]:
    row: dict[float, Fraction] = {}
    for value, chance in pairs:
        row[value] = row.get(value, Fraction(0)) + chance
    return row


def _table(rows: list[Mapping[float, Fraction | int]]) -> Points:
    values = sorted({value for row in rows for value, chance in row.items() if chance})
    chances = [[float(row.get(value, 0)) for value in values] for row in rows]
    return Points(np.array(values, float), np.array(chances))
