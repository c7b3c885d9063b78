"""Who has handed in, who is missing, who is late, what was set aside and why?  Reads and never writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from academy.clock import shown
from academy.course import Course
from academy.exam.handins.counting import Decision, decide
from academy.exam.handins.known import (
    BY_RULE,
    Looked,
    chosen_by_staff,
    everything,
    how_many_came,
    of_learner,
)
from academy.exam.handins.placing import Placed, as_placed, placed
from academy.exam.journal import entries
from academy.exam.seating.frozen import read_manifest
from academy.exam.sitting import Enrolled, Sitting

__all__ = [
    "ASIDE",
    "ASK",
    "HERE",
    "LATE",
    "MISSING",
    "Aside",
    "Collected",
    "Row",
    "inspect",
]

HERE, LATE, ASK, ASIDE, MISSING = "已收", "迟交", "待定", "搁置", "未交卷"


@dataclass(frozen=True)
class Row:
    """One learner of a sitting.

    Attributes
    ----------
    number, name : str
    status : str
        `HERE`, `LATE`, `ASK` (staff must choose), `ASIDE` (came, but nothing that can count) or
        `MISSING`.
    at : datetime or None
        When what lies in submitted/ was handed in.
    handin : str
        Its id and its name, for the eye.
    rule : str
        By which rule it counts.
    note : str
        What staff should know or do, in Chinese.
    """

    number: str
    name: str
    status: str
    at: datetime | None = None
    handin: str = ""
    rule: str = ""
    note: str = ""


@dataclass(frozen=True)
class Aside:
    """Something that was set aside, in a Chinese sentence.

    Attributes
    ----------
    concerns : tuple of str
        Numbers of the learners that it came from or points to.
    settled : bool
        Whether all of them have a paper that counts all the same.
    """

    sentence: str
    concerns: tuple[str, ...]
    settled: bool


@dataclass(frozen=True)
class Collected:
    """What has come in for a sitting."""

    sitting: str
    rows: tuple[Row, ...]
    aside: tuple[Aside, ...]

    def count(self, status: str) -> int:
        """How many learners have the status."""
        return sum(row.status == status for row in self.rows)

    def find(self, number: str) -> Row | None:
        """A learner's row; None for one who does not take part."""
        return next((row for row in self.rows if row.number == number), None)

    def table(self) -> list[dict[str, Any]]:
        """A row a learner, for the terminal."""
        return [
            {
                "学号": row.number,
                "姓名": row.name,
                "收卷": row.status,
                "交卷时间": shown(row.at, seconds=True),
                "交卷件": row.handin,
                "说明": row.note,
            }
            for row in self.rows
        ]

    def sentence(self) -> str:
        """The state in one Chinese sentence."""
        parts = [
            f"{name} {self.count(status)} 人"
            for status, name in (
                (HERE, "按时交卷"), (LATE, "迟交"), (ASK, "待定"), (ASIDE, "搁置"),
                (MISSING, "未交卷"),
            )
            if self.count(status)
        ]  # fmt: skip
        return f"{self.sitting}：{len(self.rows)} 人，{'、'.join(parts) or '名单是空的'}。"

    def why_aside(self, number: str) -> str:
        """What was set aside of a learner, in one line."""
        return "".join(one.sentence for one in self.aside if number in one.concerns)


def inspect(course: Course, sitting: Sitting) -> Collected:
    """What has come in, as far as `collect` has looked at it."""
    looked = list(everything(course, sitting))
    log = entries(course.root, sitting.name)
    chosen = chosen_by_staff(log)
    # the digest of what the grade is for, as the ledger noted it
    graded = {one.learner: one.facts["hand_in"] for one in log if "hand_in" in one.facts}
    decisions = {
        one.number: decide(
            of_learner(looked, one.number, chosen.get(one.number, BY_RULE)),
            lambda at, number=one.number: sitting.is_late(number, at),
            chosen.get(one.number, BY_RULE),
        )
        for one in sitting.active
    }
    rows = []
    for learner in sitting.active:
        decision = decisions[learner.number]
        graded_from = graded.get(learner.number, "")
        row = _row(course, sitting, learner, decision, graded_from)
        rows.append(replace(row, note=row.note + _same_file(learner.number, decisions)))
    rows = [_came(row, looked) for row in rows]
    return Collected(sitting.name, tuple(rows), tuple(_asides(sitting, looked, rows, decisions)))


def _row(
    course: Course, sitting: Sitting, learner: Enrolled, decision: Decision, graded_from: str
) -> Row:
    number = learner.number
    lies = placed(course.root, sitting.name, number)
    notes = list(_notes(course, sitting, number, decision, lies, graded_from))
    if lies is None:
        status = ASK if decision.ask else MISSING
        return Row(number, learner.name, status, note="".join(notes))
    late = sitting.is_late(number, lies.at)
    return Row(
        number,
        learner.name,
        LATE if late else HERE,
        lies.at,
        f"{lies.id} {lies.name}",
        lies.rule,
        "".join(notes),
    )


def _notes(
    course: Course,
    sitting: Sitting,
    number: str,
    decision: Decision,
    lies: Placed | None,
    graded_from: str,
) -> Iterator[str]:
    counts = decision.counts
    if decision.ask:
        several = "、".join(
            f"{one.id}（{one.name}，{shown(one.at, seconds=True)}）" for one in decision.ask
        )
        yield (
            f"同时有 {len(decision.ask)} 份不同的答卷 {several}：问清后运行 "
            f"ccom choose {sitting.name} {number} 编号 --why 原因。"
        )
    elif counts is not None and lies is not None and lies.sha256 != counts.sha256:
        yield (
            f"评的是 {lies.id}；按规则现在该算 {counts.id}（{counts.name}，"
            f"{shown(counts.at, seconds=True)}），没有自动替换：要改评，运行 "
            f"ccom choose {sitting.name} {number} {counts.id} --why 原因，再运行 ccom grade。"
        )
    elif counts is not None and lies is None:
        yield f"评过的那份不是收卷放进去的；收到的是 {counts.id}（{counts.name}）：请核对。"
    if lies is not None:
        if not as_placed(course, sitting, number):
            yield f"submitted/{number}/{sitting.paper} 被别的程序改过：请再运行一次 ccom collect。"
        if graded_from not in ("", lies.digest):
            yield f"成绩是另一份的；改用了这一份，还没有重评：请运行 ccom grade {sitting.name}。"
    if counts is not None and not decision.ask:
        if not counts.answered:
            yield "交来的是没有作答的卷子。"
        if not counts.belongs_to and read_manifest(
            course.root, sitting.name, sitting.paper, number
        ):
            yield "卷子里没有写是谁的，按名字认作他的，请核对。"


def _same_file(number: str, decisions: dict[str, Decision]) -> str:
    """A word where others have handed in the very same bytes."""
    own = decisions[number].counts
    if own is None or not own.answered:
        return ""
    others = [
        other
        for other, decision in decisions.items()
        if other != number and decision.counts and decision.counts.sha256 == own.sha256
    ]
    return f"与 {'、'.join(others)} 交来的文件一个字节也不差，请核对。" if others else ""


def _came(row: Row, looked: Looked) -> Row:
    """A learner's row, where all that came from the learner was set aside."""
    if row.status != MISSING:
        return row
    count = how_many_came(looked, row.number)
    if not count:
        return row
    return replace(row, status=ASIDE, note=f"{row.note}来过 {count} 件，都不能算，见下。")


def _asides(
    sitting: Sitting,
    looked: Looked,
    rows: list[Row],
    decisions: dict[str, Decision],
) -> Iterator[Aside]:
    """What does not count and what is odd, each once, what is open first."""
    known = [one for _, found in looked if found is not None for one in found.handins]
    # another file name told whose it is, or staff did
    accepted = {(one.sha256, one.number) for one in known if one.number and not one.aside}
    accepted |= {
        (decision.counts.sha256, number)
        for number, decision in decisions.items()
        if decision.counts is not None
    }
    sentences: dict[str, set[str]] = {}
    for arrival, found in looked:
        sender = {arrival.sender} - {""}
        for sentence in (*arrival.remarks, *(found.aside if found else ())):
            sentences.setdefault(sentence, sender)
        if found is None:
            sentences.setdefault(f"{arrival.name} 还没有看过：请再运行一次 ccom collect。", sender)
            continue
        for one in found.handins:
            gone = sitting.find(one.number) if one.number else None
            if one.aside:
                owners = {number for sha256, number in accepted if sha256 == one.sha256}
                if not owners or set(one.concerns) - owners:
                    sentences.setdefault(one.aside, set(one.concerns))
            elif gone is not None and gone.withdrawn is not None:
                sentences.setdefault(
                    f"{one.name}：{one.number} 已经退出这一场（{gone.withdrawn.why}），没有采用。",
                    {one.number},
                )
    for number, decision in decisions.items():
        for sentence in decision.others:
            sentences.setdefault(sentence, {number})
    settled = {row.number for row in rows if row.status in (HERE, LATE)}
    settled |= {one.number for one in sitting.learners if one.withdrawn is not None}
    found_all = [
        Aside(sentence, tuple(sorted(concerns)), bool(concerns) and concerns <= settled)
        for sentence, concerns in sentences.items()
    ]
    yield from sorted(found_all, key=lambda one: one.settled)
