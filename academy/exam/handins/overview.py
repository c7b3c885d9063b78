"""Who has handed in, who is missing, who is late, what was set aside and why?  Reads and never writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from academy.clock import shown
from academy.course import Course
from academy.exam.handins.arrivals import Arrival, arrivals, read_found
from academy.exam.handins.counting import CHOSEN, Decision, decide
from academy.exam.handins.examining import Found, HandIn, found_from
from academy.exam.handins.placing import Placed, as_placed, is_graded, placed
from academy.exam.journal import entries
from academy.exam.seating.frozen import read_manifest
from academy.exam.sitting import Enrolled, Sitting

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ASK",
    "HERE",
    "LATE",
    "MISSING",
    "Aside",
    "Collected",
    "Looked",
    "Row",
    "chosen_by_staff",
    "everything",
    "inspect",
    "of_learner",
]

Looked = list[tuple[Arrival, Found | None]]

HERE, LATE, MISSING, ASK = "已收", "迟交", "未交卷", "待定"
BY_RULE = ""  # in the place of a choice: staff left it to the rule again


@dataclass(frozen=True)
class Row:
    """One learner of a sitting.

    Attributes
    ----------
    number, name : str
    status : str
        `HERE`, `LATE`, `MISSING` or `ASK`.
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
    settled : bool
        Whether the learner that it came from has a paper that counts all the same.
    """

    sentence: str
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

    def table(self) -> pd.DataFrame:
        """A row a learner: 学号 姓名 收卷 交卷时间 交卷件 说明."""
        import pandas as pd

        return pd.DataFrame(
            [
                (
                    row.number, row.name, row.status, shown(row.at, seconds=True), row.handin,
                    row.note,
                )
                for row in self.rows
            ],
            columns=["学号", "姓名", "收卷", "交卷时间", "交卷件", "说明"],
        )  # fmt: skip

    def sentence(self) -> str:
        """The state in one Chinese sentence."""
        parts = [
            f"{name} {self.count(status)} 人"
            for status, name in (
                (HERE, "按时交卷"), (LATE, "迟交"), (ASK, "待定"), (MISSING, "未交卷"),
            )
            if self.count(status)
        ]  # fmt: skip
        aside = f"；搁置 {len(self.aside)} 件" if self.aside else ""
        return f"{self.sitting}：{len(self.rows)} 人，{'、'.join(parts) or '名单是空的'}{aside}。"


def inspect(course: Course, sitting: Sitting) -> Collected:
    """What has come in, as far as `collect` has looked at it."""
    looked = list(everything(course, sitting))
    chosen = chosen_by_staff(course, sitting)
    rows, decisions = [], {}
    for learner in sitting.active:
        picked = chosen.get(learner.number, BY_RULE)
        decision = decide(
            of_learner(looked, learner.number, picked),
            lambda at, number=learner.number: sitting.is_late(number, at),
            picked,
        )
        decisions[learner.number] = decision
        rows.append(_row(course, sitting, learner, decision))
    rows = [_with_asides(row, looked) for row in rows]
    return Collected(sitting.name, tuple(rows), tuple(_asides(sitting, looked, rows, decisions)))


def everything(course: Course, sitting: Sitting) -> Iterator[tuple[Arrival, Found | None]]:
    """Every arrival with what was found in it; None where it was not looked at yet."""
    for arrival in arrivals(course.root, sitting.name):
        yield arrival, found_from(read_found(course.root, sitting.name, arrival))


def of_learner(looked: Looked, number: str, chosen: str) -> list[HandIn]:
    """The hand-ins of a learner that can count, and the one that staff chose whatever it is."""
    return [
        one
        for _, found in looked
        if found is not None
        for one in found.handins
        if (one.number == number and not one.aside) or one.sha256 == chosen
    ]


def chosen_by_staff(course: Course, sitting: Sitting) -> dict[str, str]:
    """SHA-256 of the hand-in that staff chose last, by learner."""
    return {
        entry.learner: entry.facts.get("sha256", BY_RULE)
        for entry in entries(course.root, sitting.name)
        if entry.what == "chosen" and entry.facts.get("rule") == CHOSEN
    }


def _row(course: Course, sitting: Sitting, learner: Enrolled, decision: Decision) -> Row:
    number = learner.number
    lies = placed(course.root, sitting.name, number)
    graded = is_graded(course, sitting, number)
    notes = list(_notes(course, sitting, number, decision, lies, graded))
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
    graded: datetime | None,
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
        if graded is not None and graded < lies.placed:
            yield "改用了这一份，还没有重评：请运行 ccom grade。"
    if counts is not None and not decision.ask:
        if not counts.answered:
            yield "交来的是没有作答的卷子。"
        if not counts.belongs_to and read_manifest(
            course.root, sitting.name, sitting.paper, number
        ):
            yield "卷子里没有写是谁的，按名字认作他的，请核对。"


def _with_asides(row: Row, looked: Looked) -> Row:
    """A learner without a paper is told of what came from the learner all the same."""
    if row.status != MISSING:
        return row
    count = sum(
        arrival.sender == row.number
        or any(row.number in one.concerns for one in (found.handins if found else ()))
        for arrival, found in looked
    )
    return replace(row, note=f"{row.note}有 {count} 件搁置，见下。") if count else row


def _asides(
    sitting: Sitting,
    looked: Looked,
    rows: list[Row],
    decisions: dict[str, Decision],
) -> Iterator[Aside]:
    """What does not count and what is odd, each once, what is open first."""
    here = {row.number for row in rows if row.status in (HERE, LATE)}
    known = [one for _, found in looked if found is not None for one in found.handins]
    # another file name told whose it is, or staff did
    accepted = {one.sha256: one.number for one in known if one.number and not one.aside}
    accepted |= {
        decision.counts.sha256: number
        for number, decision in decisions.items()
        if decision.counts is not None
    }
    sentences: dict[str, bool] = {}
    for arrival, found in looked:
        settled = arrival.sender in here
        for sentence in (*arrival.remarks, *(found.aside if found else ())):
            sentences.setdefault(sentence, settled)
        if found is None:
            sentences.setdefault(f"{arrival.name} 还没有看过：请再运行一次 ccom collect。", False)
            continue
        for one in found.handins:
            gone = sitting.find(one.number) if one.number else None
            if one.aside:
                if one.sha256 in accepted and set(one.concerns) <= {accepted[one.sha256]}:
                    continue
                sentences.setdefault(one.aside, set(one.concerns) <= here and bool(one.concerns))
            elif gone is not None and gone.withdrawn is not None:
                sentences.setdefault(
                    f"{one.name}：{one.number} 已经退出这一场（{gone.withdrawn.why}），没有采用。",
                    True,
                )
    for number, decision in decisions.items():
        for sentence in decision.others:
            sentences.setdefault(sentence, number in here)
    found_all = [Aside(sentence, settled) for sentence, settled in sentences.items()]
    yield from sorted(found_all, key=lambda one: one.settled)
