"""Passed or not?  The one place that holds points against the pass mark."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from academy.syllabus import Syllabus, read_syllabus

__all__ = ["DECIMALS", "FAILED", "PASSED", "PassMark", "terms"]

PASSED, FAILED = "合格", "不合格"
# what is behind these decimals is the noise of a floating sum: parts that make 70 points may
# add up to 69.99999999999999
DECIMALS = 6


@dataclass(frozen=True)
class PassMark:
    """So many points of so many are enough.

    Attributes
    ----------
    pass_points, points : float
        70 of 100 where the course says nothing else.
    """

    pass_points: float = 70.0
    points: float = 100.0

    def needed(self, maximum: float) -> float:
        """Points needed where `maximum` are to be had."""
        return self.pass_points * maximum / self.points

    def passes(self, points: float, maximum: float) -> bool:
        """Whether the points are enough; exactly the mark is, and nothing is where nothing is to be had."""
        needed = self.needed(maximum)
        return maximum > 0 and round(points, DECIMALS) >= round(needed, DECIMALS)

    def verdict(self, points: float, maximum: float) -> str:
        """合格 or 不合格."""
        return PASSED if self.passes(points, maximum) else FAILED


def terms(root: Path) -> tuple[Syllabus, PassMark]:
    """The syllabus of a course folder and its pass mark; the usual ones where it has none."""
    path = root / "course/syllabus.yml"
    if not path.exists():
        return Syllabus({}, pass_points=70, points=100, minutes=90, resits=2), PassMark()
    syllabus = read_syllabus(path)
    return syllabus, PassMark(syllabus.pass_points, syllabus.points)
