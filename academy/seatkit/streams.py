"""Where does a seat's chance come from?  One stream of random numbers for each name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["Seat"]


@dataclass(frozen=True)
class Seat:
    """A seat of a paper; calling it with a name opens the stream of that name.

    The same seat and name always give the same numbers; another name gives numbers that know
    nothing of these, so a table that is added or changed leaves the others as they are.

    Parameters
    ----------
    paper : name of the paper.
    seed : the seat's secret number, 0 or more.

    Examples
    --------
    >>> seat = Seat("wfmp-final", 7)
    >>> bool(seat("calls").integers(100) == seat("calls").integers(100))
    True
    """

    paper: str
    seed: int

    def __call__(self, name: str) -> np.random.Generator:
        """The stream of that name, from its beginning."""
        return np.random.default_rng([self.seed, *f"{self.paper}/{name}".encode()])
