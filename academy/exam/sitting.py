"""Who sits which paper, from when until when?  (考试场次: one paper, one cohort, one start)"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from academy.clock import utc
from academy.errors import CourseError
from academy.exam.store import SITTINGS, private_folder, write_file

__all__ = [
    "BETWEEN",
    "Enrolled",
    "Sitting",
    "Withdrawal",
    "folder_of",
    "graded_paper",
    "open_sitting",
    "sitting_name",
    "sitting_of",
    "sittings",
    "write_sitting",
]

FILE = "sitting.json"
BETWEEN = "@"  # paper and cohort in a sitting's name
FORBIDDEN = set('*+/\\:?"<>|@ \t')


@dataclass(frozen=True)
class Withdrawal:
    """That a learner does not take part any more: when, who said so and why."""

    at: datetime
    who: str
    why: str


@dataclass(frozen=True)
class Enrolled:
    """A learner of a sitting."""

    number: str
    name: str
    extra_minutes: int = 0
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True)
class Sitting:
    """One paper, one cohort, one start.

    Attributes
    ----------
    name : str
        ``<paper>@<cohort>``, the name of its folder.
    start : datetime or None
        Aware, UTC; None where the sitting has no clock.
    minutes, extra_minutes : int
        How long the examination takes, and what everybody got on top.
    learners : tuple of Enrolled
        Everybody on the roster, the withdrawn too.
    """

    name: str
    paper: str
    cohort: str
    start: datetime | None
    minutes: int
    learners: tuple[Enrolled, ...]
    made: datetime
    extra_minutes: int = 0

    @property
    def active(self) -> tuple[Enrolled, ...]:
        """The learners who take part."""
        return tuple(learner for learner in self.learners if learner.withdrawn is None)

    def find(self, number: str) -> Enrolled | None:
        """The learner with the number, if the sitting has one."""
        return next((one for one in self.learners if one.number == number), None)

    def learner(self, number: str) -> Enrolled:
        """The learner with the number.

        Raises
        ------
        CourseError
            The sitting has none.
        """
        found = self.find(number)
        if found is None:
            raise CourseError(
                f"学号 {number} 不在场次 {self.name} 的名单里：请核对学号，"
                f"要加他就把他写进名单再运行 ccom release {self.paper} --cohort {self.cohort}。"
            )
        return found

    def due(self, number: str | None = None) -> datetime | None:
        """When the time is up, for the sitting or for one learner; None without a start."""
        if self.start is None:
            return None
        extra = self.extra_minutes + (self.learner(number).extra_minutes if number else 0)
        return self.start + timedelta(minutes=self.minutes + extra)

    @property
    def last_due(self) -> datetime | None:
        """When the last learner's time is up."""
        dues = [self.due(), *(self.due(one.number) for one in self.active)]
        return max((due for due in dues if due), default=None)

    def is_late(self, number: str, at: datetime) -> bool:
        """Whether what came at the time is late; within the second that is due it is not."""
        due = self.due(number)
        return due is not None and utc(at).replace(microsecond=0) > due


def sitting_name(paper: str, cohort: str) -> str:
    """The name of a paper's sitting for a cohort.

    Raises
    ------
    CourseError
        No folder can carry the cohort's name.
    """
    if not cohort or cohort.startswith(".") or FORBIDDEN & set(cohort) or not cohort.isprintable():
        raise CourseError(
            f"期的名字 {cohort!r} 不能用：请只用文字、数字、横线和下划线，如 2025-07。"
        )
    return f"{paper}{BETWEEN}{cohort}"


def folder_of(root: Path, name: str) -> Path:
    """The folder of a sitting."""
    return root / SITTINGS / name


def sittings(root: Path, paper: str | None = None) -> list[Sitting]:
    """All sittings of the course, or of one paper, in the order they were made."""
    found = [_read(path) for path in (root / SITTINGS).glob(f"*/{FILE}")]
    wanted = [one for one in found if paper is None or one.paper == paper]
    return sorted(wanted, key=lambda one: (one.made, one.name))


def open_sitting(root: Path, name: str) -> Sitting:
    """A sitting by its name; a paper's name is enough where the paper has only one sitting.

    Raises
    ------
    CourseError
        There is none, or the paper has several; names them.
    """
    known = sittings(root)
    for one in known:
        if one.name == name:
            return one
    of_paper = [one for one in known if one.paper == name]
    if len(of_paper) == 1:
        return of_paper[0]
    if of_paper:
        raise CourseError(
            f"试卷 {name} 有 {len(of_paper)} 个场次：请写明是哪一场，"
            f"{'、'.join(one.name for one in of_paper)}。"
        )
    have = "、".join(one.name for one in known) or "还没有场次"
    raise CourseError(
        f"没有场次 {name!r}（现有：{have}）：请核对名字；还没发卷的，先运行 "
        f"ccom release {name.partition(BETWEEN)[0]} --roster 名单。"
    )


def graded_paper(root: Path, name: str) -> tuple[str, Sitting | None]:
    """What a name given to ``ccom grade`` means: paper and sitting; no sitting for a practice paper."""
    if BETWEEN in name or sittings(root, name):
        sitting = open_sitting(root, name)
        return sitting.paper, sitting
    return name, None


def sitting_of(root: Path, paper: str, number: str) -> Sitting | None:
    """The sitting in which a learner sits a paper; the one he takes part in before others."""
    found = [one for one in sittings(root, paper) if one.find(number)]
    taking_part = [one for one in found if one.learner(number).withdrawn is None]
    return next(reversed(taking_part or found), None)


def write_sitting(root: Path, sitting: Sitting) -> None:
    """Write a sitting down; the caller holds the lock."""
    folder = private_folder(folder_of(root, sitting.name))
    content = {
        "paper": sitting.paper,
        "cohort": sitting.cohort,
        "start": sitting.start.isoformat() if sitting.start else None,
        "minutes": sitting.minutes,
        "extra_minutes": sitting.extra_minutes,
        "made": sitting.made.isoformat(),
        "learners": [_learner_out(one) for one in sitting.learners],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    write_file(folder / FILE, text.encode())


def _learner_out(learner: Enrolled) -> dict[str, Any]:
    gone = learner.withdrawn
    return {
        "number": learner.number,
        "name": learner.name,
        "extra_minutes": learner.extra_minutes,
        "withdrawn": {"at": gone.at.isoformat(), "who": gone.who, "why": gone.why}
        if gone
        else None,
    }


def _read(path: Path) -> Sitting:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Sitting(
            name=path.parent.name,
            paper=content["paper"],
            cohort=content["cohort"],
            start=_moment(content["start"]) if content["start"] else None,
            minutes=content["minutes"],
            extra_minutes=content["extra_minutes"],
            made=_moment(content["made"]),
            learners=tuple(_learner_in(one) for one in content["learners"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise CourseError(
            f"{SITTINGS}/{path.parent.name}/{FILE} 读不出来：请从备份取回这个文件，不要手改它。"
        ) from None


def _learner_in(content: dict[str, Any]) -> Enrolled:
    gone = content["withdrawn"]
    withdrawal = Withdrawal(_moment(gone["at"]), gone["who"], gone["why"]) if gone else None
    return Enrolled(content["number"], content["name"], content["extra_minutes"], withdrawal)


def _moment(text: str) -> datetime:
    return utc(datetime.fromisoformat(text))
