"""How does each learner of a sitting stand: absent, graded, late, withdrawn?  Only reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.utils import parse_utc

from academy.clock import shown, utc
from academy.course import Course
from academy.exam.handins.overview import ASIDE, ASK, Collected, inspect
from academy.exam.journal import Entry, entries
from academy.exam.points import totals
from academy.exam.sitting import Enrolled, Sitting
from academy.exam.verdict import FAILED, PASSED, PassMark
from academy.grading.desk.graded_folder import read_marker
from academy.grading.referee.verdicts import SAME_ROOM

__all__ = [
    "ABSENT",
    "REJECTED",
    "RESULTS",
    "UNGRADED",
    "WITHDRAWN",
    "Standing",
    "handed_in_at",
    "has_handed_in",
    "is_over",
    "standings",
]

ABSENT, UNGRADED, REJECTED, WITHDRAWN = "未交卷", "待评分", "无法评分", "退出"
# every result, in the order of the summary
RESULTS = (PASSED, FAILED, ABSENT, UNGRADED, REJECTED, WITHDRAWN)
GRADING = ("graded", "regraded")


@dataclass(frozen=True)
class Standing:
    """How one learner stands.

    Attributes
    ----------
    points : float or None
        None without a grade that counts.
    result : str
        One of `RESULTS`.
    handed_in : datetime or None
        When the submission that counts came; None where that is not known.
    late : bool
    note : str
        What staff should know, in Chinese.
    """

    learner: Enrolled
    points: float | None
    result: str
    handed_in: datetime | None = None
    late: bool = False
    note: str = ""


def standings(
    course: Course, sitting: Sitting, maximum: float, mark: PassMark
) -> dict[str, Standing]:
    """Standing by number, of everybody on the sitting's roster.

    Parameters
    ----------
    maximum : points to be had in the paper.
    """
    log = entries(course.root, sitting.name)
    collected = inspect(course, sitting)
    points = totals(course, sitting.paper, [one.number for one in sitting.learners])
    return {
        one.number: _standing(
            course, sitting, one, log, collected, points.get(one.number), maximum, mark
        )
        for one in sitting.learners
    }


def has_handed_in(course: Course, sitting: Sitting, number: str) -> bool:
    """Whether a submission of the learner is there."""
    return course.folder("submitted", sitting.paper, number).exists()


def handed_in_at(course: Course, paper: str, number: str) -> datetime | None:
    """What the submission's timestamp.txt says (UTC); None where it says nothing readable."""
    path = course.folder("submitted", paper, number) / "timestamp.txt"
    try:
        return utc(parse_utc(_short_text(path)))
    except (OSError, ValueError, TypeError, AttributeError, OverflowError):
        return None


def is_over(course: Course, sitting: Sitting) -> bool:
    """Whether who has handed in nothing is absent for good: collected after the last due time.

    Without a clock, whether anything was collected.
    """
    collected = [one.time for one in entries(course.root, sitting.name) if one.what == "collected"]
    if sitting.last_due is not None:
        return any(time > sitting.last_due for time in collected)
    return bool(collected)


def _standing(
    course: Course,
    sitting: Sitting,
    learner: Enrolled,
    log: list[Entry],
    collected: Collected,
    points: float | None,
    maximum: float,
    mark: PassMark,
) -> Standing:
    number, paper = learner.number, sitting.paper
    own = [entry for entry in log if entry.learner == number]
    if learner.withdrawn is not None:
        gone = learner.withdrawn
        return Standing(learner, None, WITHDRAWN, note=f"{shown(gone.at)} 退出：{gone.why}。")
    row = collected.find(number)
    if not has_handed_in(course, sitting, number):
        if row.status == ASK:
            return Standing(learner, None, UNGRADED, note=row.note)
        if row.status == ASIDE:
            return Standing(learner, None, REJECTED, note=collected.why_aside(number))
        return Standing(learner, None, ABSENT, note=collected.why_aside(number))
    at = handed_in_at(course, paper, number)
    late = at is not None and sitting.is_late(number, at)
    last = next((entry for entry in reversed(own) if entry.what in _MATTERS), None)
    graded = course.folder("autograded", paper, number)
    if points is not None and (graded / f"{paper}.ipynb").exists():
        marker = read_marker(graded)
        note = (
            "不是裁判评的。" if marker is None else "".join([*marker["flags"], _same_room(marker)])
        )
        if last is not None and last.what == "rejected":
            note += f"最近一次没能评：{last.why}"
        note += row.note
        return Standing(learner, points, mark.verdict(points, maximum), at, late, note)
    if last is not None and last.what == "rejected":
        return Standing(learner, None, REJECTED, at, late, last.why)
    note = f"{row.note}请运行 ccom grade {sitting.name}。"
    return Standing(learner, None, UNGRADED, at, late, note)


_MATTERS = (*GRADING, "rejected")


def _same_room(marker: dict[str, Any]) -> str:
    """Which points rest on what the learner's own process said."""
    cells = [cell for cells in marker["notebooks"].values() for cell in cells]
    names = [cell["grade_id"] for cell in cells if cell.get("same_room")]
    return f"{'、'.join(names)} 是{SAME_ROOM}" if names else ""


def _short_text(path: Path) -> str:
    """The text of a regular file that is no longer than a time is; it may hold anything."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > 200:
        raise ValueError(path)
    return path.read_text(encoding="utf-8").strip()
