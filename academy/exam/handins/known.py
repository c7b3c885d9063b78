"""What is known of the hand-ins of a sitting: arrivals, what was found in them, what staff chose?"""

from __future__ import annotations

from collections.abc import Iterator

from academy.course import Course
from academy.exam.handins.arrivals import Arrival, arrivals, read_found
from academy.exam.handins.counting import CHOSEN
from academy.exam.handins.examining import Found, HandIn, found_from
from academy.exam.journal import Entry
from academy.exam.sitting import Sitting

__all__ = ["BY_RULE", "Looked", "chosen_by_staff", "everything", "how_many_came", "of_learner"]

Looked = list[tuple[Arrival, Found | None]]

BY_RULE = ""  # in the place of a choice: staff left it to the rule again


def everything(course: Course, sitting: Sitting) -> Iterator[tuple[Arrival, Found | None]]:
    """Every arrival with what was found in it; None where it was not looked at yet."""
    for arrival in arrivals(course.root, sitting.name):
        yield arrival, found_from(read_found(course.root, sitting.name, arrival))


def how_many_came(looked: Looked, number: str) -> int:
    """How many arrivals are from a learner or hold a paper of the learner's, whether they count or not."""
    return sum(
        arrival.sender == number
        or any(one.number == number for one in (found.handins if found else ()))
        for arrival, found in looked
    )


def of_learner(looked: Looked, number: str, chosen: str) -> list[HandIn]:
    """The hand-ins of a learner that can count, and the one that staff chose whatever it is."""
    return [
        one
        for _, found in looked
        if found is not None
        for one in found.handins
        if (one.number == number and not one.aside)
        or (one.sha256 == chosen and one.number in ("", number))
    ]


def chosen_by_staff(log: list[Entry]) -> dict[str, str]:
    """SHA-256 of the hand-in that staff chose last, by learner."""
    return {
        entry.learner: entry.facts.get("sha256", BY_RULE)
        for entry in log
        if entry.what == "chosen" and entry.facts.get("rule") == CHOSEN
    }
