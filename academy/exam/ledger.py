"""What does grading write into a sitting's log, and when must it be told why?"""

from __future__ import annotations

from academy.clock import Clock, utc_now
from academy.course import Course, CourseError
from academy.exam.handins.counting import CHOSEN
from academy.exam.journal import Entry, entries, note
from academy.exam.points import totals
from academy.exam.sitting import Sitting
from academy.grading.desk.handed_in import submission_digest
from academy.grading.desk.service import Outcome
from academy.grading.work.record import Rejected

__all__ = ["NEW_HAND_IN", "Ledger", "require_reason"]

NEW_HAND_IN = "换了交卷件"


def require_reason(why: str) -> None:
    """Refuse to grade everybody again without a reason.

    Raises
    ------
    CourseError
        There is none.
    """
    if not why.strip():
        raise CourseError("重评要写明原因：请加 --why 原因，它会记进场次的记录与成绩表。")


class Ledger:
    """One run of grading over a sitting.

    The rule: another hand-in is graded again without asking, its arrival is the reason. The same
    hand-in is graded again (by --force, or because paper, seat or referee changed) only with a
    reason; who is without one keeps the points, and the others go on.

    Parameters
    ----------
    why : the reason of this run, in Chinese; may be empty.
    """

    def __init__(
        self,
        course: Course,
        sitting: Sitting,
        *,
        why: str = "",
        who: str | None = None,
        now: Clock = utc_now,
    ) -> None:
        self._course = course
        self._sitting = sitting
        self._why = why.strip()
        self._who = who
        self._now = now
        self._refused: set[str] = set()
        self._last: dict[str, Entry] = {}
        self._digests: dict[str, str] = {}
        self._chosen: dict[str, str] = {}  # why staff chose the hand-in
        for entry in entries(course.root, sitting.name):
            if entry.what in ("graded", "regraded", "rejected"):
                self._last[entry.learner] = entry
            if entry.what == "chosen":
                self._chosen[entry.learner] = entry.why if entry.facts["rule"] == CHOSEN else ""
            if "hand_in" in entry.facts:
                self._digests[entry.learner] = entry.facts["hand_in"]
        self._before = {
            number: points
            for number, points in totals(course, sitting.paper).items()
            if course.folder("autograded", sitting.paper, number).exists()
        }

    def allow(self, student: str) -> None:
        """Look at somebody who is about to be graded again.

        Raises
        ------
        Rejected
            It is the same hand-in, and nobody said why.
        """
        if self._why or self._is_another(student):
            return
        self._refused.add(student)
        points = self._before.get(student)
        had = f"（{points:g} 分）" if points is not None else ""
        raise Rejected(
            student,
            f"{student} 评过了{had}，交卷件没有变，变的是试卷、座位或裁判：成绩没有动；"
            f"要重评，用 --why 写明原因再运行。",
        )

    def keep(self, outcome: Outcome) -> None:
        """Write down what became of a submission."""
        number = outcome.student
        if outcome.status == "skipped" or number in self._refused:
            return
        if outcome.status == "rejected":
            last = self._last.get(number)
            if last is None or (last.what, last.why) != ("rejected", outcome.message):
                self._note("rejected", number, outcome.message)
            return
        after = totals(self._course, self._sitting.paper, [number])[number]
        digest = self._digest(number)
        if number not in self._before:
            self._note("graded", number, self._why, after=after, hand_in=digest)
            return
        why = self._why or (self._new_hand_in(number) if self._is_another(number) else "")
        self._note(
            "regraded", number, why, before=self._before[number], after=after, hand_in=digest
        )

    def _is_another(self, number: str) -> bool:
        """Whether the hand-in is known to be another than the one that was graded last."""
        return self._digests.get(number, self._digest(number)) != self._digest(number)

    def _new_hand_in(self, number: str) -> str:
        chosen = self._chosen.get(number, "")
        return f"{NEW_HAND_IN}：{chosen}" if chosen else NEW_HAND_IN

    def _digest(self, number: str) -> str:
        return submission_digest(self._course.folder("submitted", self._sitting.paper, number))

    def _note(self, what: str, number: str, why: str, **facts: object) -> None:
        note(
            self._course.root, self._sitting.name, what,
            learner=number, why=why, who=self._who, now=self._now, **facts,
        )  # fmt: skip
