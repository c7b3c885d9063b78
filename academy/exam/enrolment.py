"""How does a sitting come about, and how are its learners and its clock changed?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from academy.clock import Clock, shown, utc, utc_now
from academy.errors import CourseError
from academy.exam.journal import note, staff
from academy.exam.sitting import (
    Enrolled,
    Sitting,
    Withdrawal,
    open_sitting,
    sitting_name,
    sitting_of,
    sittings,
    write_sitting,
)
from academy.exam.store import locked

if TYPE_CHECKING:
    from academy.exam.roster import Learner

__all__ = ["add_minutes", "make_sitting", "reschedule", "restore", "withdraw"]


def make_sitting(
    root: Path,
    paper: str,
    cohort: str,
    learners: Iterable[Learner],
    start: datetime | None,
    minutes: int,
    *,
    who: str | None = None,
    now: Clock = utc_now,
) -> tuple[Sitting, list[str]]:
    """Make a sitting, or add learners to one that is there; nobody is taken away.

    Parameters
    ----------
    start : aware datetime or None
        None leaves a sitting that is there as it is, and makes a new one without a clock.

    Returns
    -------
    sitting : Sitting
    added : list of str
        Numbers that were not in it before. Names are brought up to date.

    Raises
    ------
    CourseError
        The sitting is there with another start.
    """
    name = sitting_name(paper, cohort)
    start = utc(start) if start else None
    with locked(root):
        known = next((one for one in sittings(root, paper) if one.name == name), None)
        if known is not None and start is not None and start != known.start:
            raise CourseError(
                f"场次 {name} 已经有了，开考时间是 {shown(known.start) or '没有定'}，不是 {shown(start)}："
                f"要改时间用 ccom sitting start {name} 时间；是另一期，用 --cohort 写明另一个名字。"
            )
        sitting = known or Sitting(name, paper, cohort, start, minutes, (), utc(now()))
        by_number = {one.number: one for one in sitting.learners}
        added = []
        for learner in learners:
            old = by_number.get(learner.number)
            if old is None:
                added.append(learner.number)
            by_number[learner.number] = replace(
                old or Enrolled(learner.number, learner.name), name=learner.name
            )
        sitting = replace(sitting, learners=tuple(by_number.values()))
        write_sitting(root, sitting)
        if known is None:
            note(root, name, "released", who=who, now=now, start=_iso(start), minutes=minutes)
        if added:
            note(root, name, "enrolled", who=who, now=now, numbers=added)
    return sitting, added


def withdraw(
    root: Path, name: str, number: str, why: str, *, who: str | None = None, now: Clock = utc_now
) -> Sitting:
    """Let a learner take part no more; what he handed in is kept and does not count.

    Raises
    ------
    CourseError
        He is not in the sitting, is withdrawn already, or there is no reason.
    """
    if not why.strip():
        raise CourseError("退出要写明原因：请加 --why 原因，如 --why 病假。")
    with locked(root):
        sitting = open_sitting(root, name)
        gone = sitting.learner(number).withdrawn
        if gone is not None:
            raise CourseError(
                f"{number} 已经在 {shown(gone.at)} 退出场次 {sitting.name}（{gone.why}）。"
            )
        withdrawal = Withdrawal(utc(now()), who or staff(), why.strip())
        sitting = _change(root, sitting, number, withdrawn=withdrawal)
        note(root, sitting.name, "withdrawn", learner=number, why=why.strip(), who=who, now=now)
    return sitting


def restore(
    root: Path,
    name: str,
    number: str,
    *,
    why: str = "",
    who: str | None = None,
    now: Clock = utc_now,
) -> Sitting:
    """Let a withdrawn learner take part again.

    Raises
    ------
    CourseError
        He is not withdrawn, or sits the paper elsewhere by now.
    """
    with locked(root):
        sitting = open_sitting(root, name)
        if sitting.learner(number).withdrawn is None:
            raise CourseError(f"{number} 没有退出场次 {sitting.name}，不用恢复。")
        other = sitting_of(root, sitting.paper, number)
        if other is not None and other.name != sitting.name and not other.learner(number).withdrawn:
            raise CourseError(
                f"{number} 在场次 {other.name} 考同一份试卷 {sitting.paper}：要恢复，先让他退出那一场。"
            )
        sitting = _change(root, sitting, number, withdrawn=None)
        note(root, sitting.name, "restored", learner=number, why=why, who=who, now=now)
    return sitting


def add_minutes(
    root: Path,
    name: str,
    minutes: int,
    number: str | None = None,
    *,
    why: str = "",
    who: str | None = None,
    now: Clock = utc_now,
) -> Sitting:
    """Set the extra minutes of the whole sitting, or of one learner on top of that.

    Raises
    ------
    CourseError
        There is no clock to add to, or the minutes are below 0.
    """
    if minutes < 0:
        raise CourseError(f"加时应是 0 或正的分钟数，现在是 {minutes}：0 表示取消加时。")
    with locked(root):
        sitting = open_sitting(root, name)
        if sitting.start is None:
            raise CourseError(
                f"场次 {sitting.name} 没有开考时间，也就没有截止："
                f"先用 ccom sitting start {sitting.name} 时间 定下来，再加时。"
            )
        if number is None:
            sitting = replace(sitting, extra_minutes=minutes)
            write_sitting(root, sitting)
        else:
            sitting = _change(root, sitting, number, extra_minutes=minutes)
        note(
            root, sitting.name, "extended",
            learner=number or "", why=why, who=who, now=now, minutes=minutes,
        )  # fmt: skip
    return sitting


def reschedule(
    root: Path,
    name: str,
    start: datetime,
    *,
    why: str = "",
    who: str | None = None,
    now: Clock = utc_now,
) -> Sitting:
    """Give a sitting another start."""
    with locked(root):
        old = open_sitting(root, name)
        sitting = replace(old, start=utc(start))
        write_sitting(root, sitting)
        note(
            root, sitting.name, "rescheduled",
            why=why, who=who, now=now, before=_iso(old.start), start=_iso(sitting.start),
        )  # fmt: skip
    return sitting


def _change(root: Path, sitting: Sitting, number: str, **changes: object) -> Sitting:
    """The sitting with one learner changed, written down."""
    sitting.learner(number)
    changed = tuple(
        replace(one, **changes) if one.number == number else one for one in sitting.learners
    )
    sitting = replace(sitting, learners=changed)
    write_sitting(root, sitting)
    return sitting


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
