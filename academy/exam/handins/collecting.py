"""How does everything that came in become one paper a learner in ``submitted/``, and nothing get lost?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from academy.clock import Clock, shown, utc_now
from academy.course import Course, CourseError
from academy.exam.handins.arrivals import FROM, Arrival, original, store, write_found
from academy.exam.handins.counting import CHOSEN, decide
from academy.exam.handins.examining import Examiner, Found, HandIn, found_out
from academy.exam.handins.inbox import NotTaken, Take, from_exchange, from_folder, from_submitted
from academy.exam.handins.known import (
    BY_RULE,
    Looked,
    chosen_by_staff,
    everything,
    of_learner,
)
from academy.exam.handins.overview import HERE, LATE, Collected, inspect
from academy.exam.handins.placing import (
    NotOurs,
    as_placed,
    is_graded,
    place,
    placed,
    take_back,
)
from academy.exam.journal import entries, note
from academy.exam.sitting import Sitting, sittings
from academy.exam.store import locked
from academy.grading.desk.submitted import Submitted

__all__ = ["adopt", "choose", "collect"]

Progress = Callable[[Iterable[Any]], Iterable[Any]]
SHORTEST_ID = 4


def collect(
    course: Course,
    sitting: Sitting,
    source: Path | None = None,
    *,
    progress: Progress = iter,
    at: datetime | None = None,
    now: Clock = utc_now,
) -> tuple[Collected, list[str]]:
    """Take in what has come, keep all of it, and put what counts into ``submitted/``.

    Running it again changes nothing where nothing new has come.

    Parameters
    ----------
    source : a folder of files, or None for nbgrader's exchange.
    progress : wraps the entries as they are worked through.
    at : when the files of the folder were received, where staff know better than the files.

    Returns
    -------
    collected : Collected
    not_taken : list of str
        Chinese sentences about entries that could not be read; they stay where they are.

    Raises
    ------
    CourseError
        There is no folder or no exchange to take from.
    """
    if source is None:
        takes = from_exchange(course, sitting, now)
    else:
        takes = from_folder(source, sitting, now, at)
    not_taken = _take_in(course, sitting, takes, progress, now)
    collected = inspect(course, sitting)
    count = collected.count(HERE) + collected.count(LATE)
    note(course.root, sitting.name, "collected", now=now, count=count)
    return collected, not_taken


def adopt(course: Course, sitting: Sitting, now: Clock = utc_now) -> Collected:
    """Take in what others put into ``submitted/``, so that it is kept and only what counts lies there."""
    _take_in(course, sitting, [], iter, now)
    return inspect(course, sitting)


def _take_in(
    course: Course, sitting: Sitting, takes: list[Take], progress: Progress, now: Clock
) -> list[str]:
    """Keep what comes, look at it, and put what counts into ``submitted/``."""
    takes = takes + _foreign(course, sitting, now)
    examiner = Examiner(course, sitting)
    not_taken: list[str] = []
    fresh: set[str] = set()
    for take in progress(takes):
        coming = take()
        if isinstance(coming, NotTaken):
            not_taken.append(str(coming))
            continue
        arrival, is_fresh = store(course.root, sitting.name, coming, now())
        if is_fresh:
            found = _look(course, sitting, examiner, arrival)
            _note_arrival(course, sitting, arrival, found, now)
            fresh.add(arrival.place)
    for arrival, found in everything(course, sitting):
        # who was not on the roster then may be now
        if found is None or found.aside or any(one.aside for one in found.handins):
            _look(course, sitting, examiner, arrival)
    looked = list(everything(course, sitting))
    chosen = chosen_by_staff(entries(course.root, sitting.name))
    for learner in sitting.active:
        number = learner.number
        with locked(course.root):
            try:
                _settle(
                    course, sitting, number, looked, chosen.get(number, BY_RULE), now, fresh=fresh
                )
            except NotOurs as error:
                # this learner's folder leads elsewhere; the others are settled all the same
                not_taken.append(str(error))
    return not_taken


def choose(
    course: Course, sitting: Sitting, number: str, handin: str, why: str, now: Clock = utc_now
) -> HandIn | None:
    """Let staff say which hand-in of a learner counts, also instead of a graded one.

    Parameters
    ----------
    handin : id of the hand-in (at least four digits); empty to leave it to the rule again.
    why : the reason; it stands in the sitting's log.

    Returns
    -------
    HandIn or None
        What counts now.

    Raises
    ------
    CourseError
        There is no reason, no such hand-in, or it is another learner's paper.
    """
    learner = sitting.learner(number)
    if not why.strip():
        raise CourseError("指定交卷件要写明原因：请加 --why 原因，如 --why 学员来电确认。")
    if learner.withdrawn is not None:
        raise CourseError(f"{number} 已经退出这一场（{learner.withdrawn.why}）：先恢复，再指定。")
    root = course.root
    with locked(root):
        looked = list(everything(course, sitting))
        picked = _pick(looked, sitting, number, handin) if handin else None
        note(
            root, sitting.name, "chosen", learner=number, why=why.strip(), now=now, rule=CHOSEN,
            sha256=picked.sha256 if picked else BY_RULE, name=picked.name if picked else "按规则",
        )  # fmt: skip
        return _settle(
            course, sitting, number, looked, picked.sha256 if picked else BY_RULE, now,
            by_staff=True,
        )  # fmt: skip


def _settle(
    course: Course,
    sitting: Sitting,
    number: str,
    looked: Looked,
    chosen: str,
    now: Clock,
    *,
    by_staff: bool = False,
    fresh: Collection[str] = (),
) -> HandIn | None:
    """Put what counts for a learner into ``submitted/``; what was graded stays unless staff say so."""
    root = course.root
    decision = decide(
        of_learner(looked, number, chosen), lambda at: sitting.is_late(number, at), chosen
    )
    counts, lies = decision.counts, placed(root, sitting.name, number)
    graded = is_graded(course, sitting, number)
    same = counts is not None and lies is not None and lies.sha256 == counts.sha256
    if counts is None:
        if decision.ask and lies is not None and not graded:
            take_back(course, sitting, number)
            note(
                root, sitting.name, "set_aside", learner=number, now=now,
                why=f"{lies.name}（{lies.id}）：同时来了不同的答卷，等考务指定。",
            )  # fmt: skip
        if lies is None and not graded:
            take_back(course, sitting, number)  # what others put there is kept by now
        return None
    if same and as_placed(course, sitting, number):
        return counts
    if graded and not (same or by_staff):
        _put_back(course, sitting, number, looked, now)
        if counts.arrival in fresh:
            note(
                root, sitting.name, "set_aside", learner=number, now=now, sha256=counts.sha256,
                why=f"{counts.name}（{counts.id}）：按规则该算这一份，但已经评过别的，没有自动替换。",
            )  # fmt: skip
        return None
    place(course, sitting, number, counts, decision.rule, now)
    if not by_staff:
        note(
            root, sitting.name, "chosen", learner=number, now=now, rule=decision.rule,
            sha256=counts.sha256, name=counts.name, why=f"按规则：{decision.rule}",
        )  # fmt: skip
    return counts


def _put_back(course: Course, sitting: Sitting, number: str, looked: Looked, now: Clock) -> None:
    """Put the graded hand-in back where another program has written over it."""
    lies = placed(course.root, sitting.name, number)
    if lies is None or as_placed(course, sitting, number):
        return
    for one in of_learner(looked, number, lies.sha256):
        if one.sha256 == lies.sha256:
            place(course, sitting, number, one, lies.rule, now)
            return


def _foreign(course: Course, sitting: Sitting, now: Clock) -> list[Take]:
    """What lies in ``submitted/`` and no sitting put there; it is taken in before we write there."""
    of_paper = sittings(course.root, sitting.paper)
    submitted = Submitted(course.coursedir, sitting.paper)
    return [
        from_submitted(course, sitting, learner.number, now)
        for learner in sitting.active
        if submitted.has(learner.number)
        and not any(as_placed(course, one, learner.number) for one in of_paper)
    ]


def _look(course: Course, sitting: Sitting, examiner: Examiner, arrival: Arrival) -> Found:
    found = examiner.look(arrival, original(course.root, sitting.name, arrival))
    write_found(course.root, sitting.name, arrival, found_out(found))
    return found


def _note_arrival(
    course: Course, sitting: Sitting, arrival: Arrival, found: Found, now: Clock
) -> None:
    owners = {one.number for one in found.handins} - {""}
    learner = arrival.sender or (owners.pop() if len(owners) == 1 else "")
    root, name = course.root, sitting.name
    note(
        root, name, "arrived", learner=learner, now=now,
        why=f"{arrival.name}，{FROM[arrival.source]} {shown(arrival.at, seconds=True)}",
        at=arrival.at.isoformat(), sha256=arrival.sha256, place=arrival.place,
        handins=[one.id for one in found.handins],
    )  # fmt: skip
    for sentence in (*arrival.remarks, *found.aside, *(one.aside for one in found.handins)):
        if sentence:
            note(root, name, "set_aside", learner=learner, why=sentence, now=now)


def _pick(looked: Looked, sitting: Sitting, number: str, handin: str) -> HandIn:
    """The hand-in that staff named for a learner."""
    wanted = handin.strip().lower()
    known = [one for _, found in looked if found is not None for one in found.handins]
    matching = {
        one.sha256: one
        # the learner's own comes last: others may have sent the same bytes
        for one in sorted(known, key=lambda one: (one.number == number, one.number == ""))
        if one.sha256.startswith(wanted)
    }
    if len(wanted) < SHORTEST_ID or len(matching) != 1:
        own = {one.id: one.name for one in known if number in (one.number, *one.concerns)}
        have = "、".join(f"{known_id}（{name}）" for known_id, name in own.items()) or "没有收到过"
        raise CourseError(
            f"场次 {sitting.name} 里没有编号是 {handin!r} 的交卷件（{number} 的有：{have}）："
            "编号见 ccom collect 打印的表。"
        )
    (picked,) = matching.values()
    whose = picked.belongs_to or picked.number
    if whose not in ("", number):
        raise CourseError(
            f"{picked.id}（{picked.name}）是 {whose} 的卷子，不能算 {number} 的："
            f"请让 {number} 交自己的那一份。"
        )
    return picked
