"""How did points change after they were first given, who changed them, when and why?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from academy.clock import shown
from academy.exam.journal import Entry
from academy.exam.verdict import DECIMALS

__all__ = ["Change", "changes"]

BY_HAND = "成绩册里改的（人工给分或 nbgrader 重评），没有记录"


@dataclass(frozen=True)
class Change:
    """One re-grade.

    Attributes
    ----------
    time : datetime or None
        None where the gradebook was changed and nobody wrote it down.
    before, after : float
        Points; equal where the re-grade changed nothing.
    """

    number: str
    time: datetime | None
    who: str
    before: float
    after: float
    why: str

    @property
    def moved(self) -> bool:
        """Whether the points are others than before."""
        return round(self.after - self.before, DECIMALS) != 0

    def __str__(self) -> str:
        """The change in one line, for the eye."""
        by = f"{self.who} {shown(self.time)}，" if self.time else ""
        return f"{self.before:g} → {self.after:g}（{by}{self.why or '没有写原因'}）"


def changes(log: Iterable[Entry], points: Mapping[str, float]) -> list[Change]:
    """Every re-grade of a sitting, oldest first.

    Parameters
    ----------
    log : the sitting's log.
    points : what stands in the gradebook now, by number; where that is not what the log says last,
        somebody has changed it there.
    """
    found: list[Change] = []
    last: dict[str, float] = {}
    for entry in log:
        if entry.what not in ("graded", "regraded"):
            continue
        number, after = entry.learner, entry.facts["after"]
        if entry.what == "regraded":
            before = entry.facts["before"]
            found += _by_hand(number, last.get(number, before), before)
            found.append(Change(number, entry.time, entry.who, before, after, entry.why))
        last[number] = after
    for number, before in last.items():
        found += _by_hand(number, before, points.get(number, before))
    return found


def _by_hand(number: str, before: float, after: float) -> list[Change]:
    change = Change(number, None, "", before, after, BY_HAND)
    return [change] if change.moved else []
