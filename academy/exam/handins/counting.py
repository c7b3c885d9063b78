"""Which of a learner's hand-ins counts?  The last in time before the deadline; where that is not clear, ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from academy.clock import shown
from academy.exam.handins.examining import HandIn

__all__ = ["AT_ONCE", "CHOSEN", "LAST", "Decision", "decide"]

LAST, ONLY_LATE, CHOSEN = "截止前最后一份", "只有迟交的，取最后一份", "考务指定"
# files that came by chat have the time of saving them, one after the other, not of handing in
AT_ONCE = timedelta(seconds=60)


@dataclass(frozen=True)
class Decision:
    """What counts for one learner.

    Attributes
    ----------
    counts : HandIn or None
        None where there is nothing, or staff must choose.
    rule : str
        By which rule, in Chinese.
    late : bool
        Whether what counts came late.
    ask : tuple of HandIn
        The hand-ins between which staff must choose.
    others : tuple of str
        A Chinese sentence about each hand-in that does not count.
    """

    counts: HandIn | None = None
    rule: str = ""
    late: bool = False
    ask: tuple[HandIn, ...] = ()
    others: tuple[str, ...] = ()


def decide(
    handins: Iterable[HandIn], is_late: Callable[[datetime], bool], chosen: str = ""
) -> Decision:
    """Decide between a learner's hand-ins.

    A notebook in which nothing is written never counts against one in which something is. Two that
    differ only in outputs are the same.

    Parameters
    ----------
    handins : the learner's, that can count.
    is_late : whether a time is after the learner's deadline.
    chosen : SHA-256 of the one that staff chose; empty where they did not.
    """
    known = _once_each(handins)
    picked = next((one for one in known if one.sha256 == chosen), None)
    if picked is not None:
        return _decision(picked, CHOSEN, is_late, known)
    written = [one for one in known if one.answered] or known
    in_time = [one for one in written if not is_late(one.at)]
    pool = in_time or written
    if not pool:
        return Decision()
    last = pool[-1]
    at_once = [one for one in pool if _together(one, last)]
    if len({one.answers for one in at_once}) > 1:
        others = [one for one in known if one not in at_once]
        return Decision(
            ask=tuple(at_once), others=tuple(_why_not(one, last, is_late) for one in others)
        )
    return _decision(last, LAST if in_time else ONLY_LATE, is_late, known)


def _once_each(handins: Iterable[HandIn]) -> list[HandIn]:
    """Each file once, at the first time it came; in the order of their times."""
    first: dict[str, HandIn] = {}
    for one in sorted(handins, key=lambda one: (one.at, one.arrival, one.path)):
        first.setdefault(one.sha256, one)
    return list(first.values())


def _together(one: HandIn, last: HandIn) -> bool:
    if one.arrival == last.arrival or one.at == last.at:
        return True
    # only the exchange stamps the moment of handing in
    by_clock = one.source == last.source == "exchange"
    return not by_clock and last.at - one.at < AT_ONCE


def _decision(
    counts: HandIn, rule: str, is_late: Callable[[datetime], bool], known: list[HandIn]
) -> Decision:
    others = tuple(_why_not(one, counts, is_late) for one in known if one is not counts)
    return Decision(counts, rule, is_late(counts.at), others=others)


def _why_not(one: HandIn, counts: HandIn, is_late: Callable[[datetime], bool]) -> str:
    if not one.answered:
        why = "没有作答的原件"
    elif one.answers == counts.answers:
        why = "与采用的那份答得一样"
    elif is_late(one.at):
        why = "截止以后来的"
    elif one.at < counts.at:
        why = "后来又交过"
    else:
        why = "考务另指定了一份"
    return f"{one.name}（{one.id}，{shown(one.at, seconds=True)}）：{why}，没有采用。"
