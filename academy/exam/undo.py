"""How is a wrong roster taken back, as if it had never been?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from academy.clock import Clock, utc_now
from academy.course import Course, CourseError
from academy.exam.journal import entries, note
from academy.exam.points import gradebook_numbers, submitted_numbers
from academy.exam.sitting import Sitting, folder_of, open_sitting, sittings, write_sitting
from academy.exam.standing import has_handed_in
from academy.exam.store import SITTINGS, locked, private_folder

__all__ = ["Undone", "last_enrolled", "undo"]

ASIDE = ".undone"  # what was taken back is kept here
HANDED_OUT, ARRIVALS = "handed_out", "arrivals"


@dataclass(frozen=True)
class Undone:
    """What was taken back.

    Attributes
    ----------
    numbers : tuple of str
        Who is not in the sitting any more.
    ghosts : tuple of str
        Who went out of the gradebook too.
    sitting : Sitting or None
        What is left; None where the whole sitting went.
    """

    name: str
    paper: str
    numbers: tuple[str, ...]
    ghosts: tuple[str, ...]
    sitting: Sitting | None


def last_enrolled(course: Course, sitting: Sitting) -> tuple[str, ...]:
    """Whom the last release that was not taken back yet has put into the sitting."""
    rosters: list[list[str]] = []
    for entry in entries(course.root, sitting.name):
        if entry.what == "enrolled":
            rosters.append(entry.facts["numbers"])
        elif entry.what == "undone" and rosters:
            rosters.pop()
    return tuple(number for number in (rosters or [[]])[-1] if sitting.find(number))


def undo(
    course: Course,
    name: str,
    *,
    everybody: bool = False,
    why: str = "",
    who: str | None = None,
    now: Clock = utc_now,
) -> Undone:
    """Take back the last release of a sitting, or all of it.

    Who has nothing else goes out of the gradebook. The files of what was taken back, the log
    among them, are moved to ``sittings/.undone``.

    Raises
    ------
    CourseError
        Somebody concerned has handed in already; names them. Or there is nothing to take back.
    """
    with locked(course.root):
        sitting = open_sitting(course.root, name)
        numbers = (
            tuple(one.number for one in sitting.learners)
            if everybody
            else last_enrolled(course, sitting)
        )
        if not numbers:
            raise CourseError(f"场次 {sitting.name} 没有可以撤回的登记。")
        _require_nothing_handed_in(course, sitting, numbers)
        log = entries(course.root, sitting.name)
        shared = any(entry.facts.get("shared") for entry in log)
        note(
            course.root, sitting.name, "undone",
            why=why, who=who, now=now, numbers=list(numbers),
        )  # fmt: skip
        left = tuple(one for one in sitting.learners if one.number not in numbers)
        aside = private_folder(course.root / SITTINGS / ASIDE)
        aside /= f"{sitting.name}-{now():%Y%m%dT%H%M%S%f}"
        if left:
            remaining = replace(sitting, learners=left)
            write_sitting(course.root, remaining)
            for number in numbers:
                handed_out = folder_of(course.root, sitting.name) / HANDED_OUT / number
                if handed_out.exists():
                    private_folder(aside / HANDED_OUT)
                    handed_out.rename(aside / HANDED_OUT / number)
        else:
            remaining = None
            folder_of(course.root, sitting.name).rename(aside)
            if shared and not sittings(course.root, sitting.paper):
                course.unpublish(sitting.paper)
        ghosts = _remove_ghosts(course, numbers)
    return Undone(sitting.name, sitting.paper, numbers, ghosts, remaining)


def _require_nothing_handed_in(course: Course, sitting: Sitting, numbers: Iterable[str]) -> None:
    arrivals = folder_of(course.root, sitting.name) / ARRIVALS
    busy = [
        number
        for number in numbers
        if has_handed_in(course, sitting, number) or (arrivals / number).exists()
    ]
    if busy:
        raise CourseError(
            f"场次 {sitting.name} 不能撤回：{'、'.join(busy)} 已经交卷。"
            f"请核对名单；只是不该有某几个人的，用 ccom sitting withdraw {sitting.name} 学号 --why 原因。"
        )


def _remove_ghosts(course: Course, numbers: Iterable[str]) -> tuple[str, ...]:
    """Take learners out of the gradebook who sit nothing else and have handed in nothing."""
    enrolled = {one.number for sitting in sittings(course.root) for one in sitting.learners}
    rest = [number for number in numbers if number not in enrolled]
    busy = submitted_numbers(course, rest)
    ghosts = [
        number
        for number in rest
        if number not in busy and not course.folder("submitted", ".", number).exists()
    ]
    known = gradebook_numbers(course)
    gone = tuple(number for number in ghosts if number in known)
    if gone:
        with course.gradebook() as gradebook:
            for number in gone:
                gradebook.remove_student(number)
    return gone
