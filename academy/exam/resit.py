"""Who may sit which paper next, and who may not, and why?  (补考)"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from academy.course import Course
from academy.exam.attempts import Attempt, Attempts, papers_of_role, read_attempts
from academy.exam.sitting import Enrolled, Sitting
from academy.exam.standing import WITHDRAWN
from academy.exam.verdict import PassMark
from academy.syllabus import Syllabus

__all__ = ["Candidate", "candidates", "next_paper", "refusal", "refusals", "write_rosters"]


@dataclass(frozen=True)
class Candidate:
    """A learner who has not passed, and what comes next.

    Attributes
    ----------
    paper : str or None
        The paper of the next sitting; None where there is none.
    reason : str
        Why there is none, in Chinese; empty where there is one.
    """

    learner: Enrolled
    attempts: Attempts
    paper: str | None
    reason: str


def refusal(attempts: Attempts, paper: str, resits: int, *, of_role: bool = True) -> str:
    """Why a learner may not sit a paper, in Chinese; empty where he may.

    Parameters
    ----------
    attempts : what he has sat of the role's papers up to now.
    resits : how many resits the syllabus allows.
    of_role : whether the paper is a role's; a practice paper is not limited in number.
    """
    if attempts.passed:
        passed = next(one for one in attempts.counting if one.passed)
        return f"已经合格（{_points(passed)}），不用再考。"
    if paper in attempts.seen:
        seen = next(one for one in attempts.all if one.saw_paper and one.paper == paper)
        if not seen.settled:
            return f"已经在 {seen.sitting} 考这份试卷：不能同时考两场。"
        return f"考过这份试卷（{_points(seen)}），补考要换一份。"
    if attempts.pending is not None:
        waiting = attempts.pending
        return f"{waiting.sitting} 还没有成绩（{waiting.result}）：先收卷、评分，或让他退出那一场。"
    if of_role:
        return _used_up(attempts, resits)
    return ""


def refusals(
    course: Course,
    sitting: str,
    paper: str,
    numbers: Iterable[str],
    syllabus: Syllabus,
    mark: PassMark,
) -> dict[str, str]:
    """Who of `numbers` may not be enrolled in a sitting of the paper, by number with the reason.

    Parameters
    ----------
    sitting : name of the sitting; what was sat in it does not count against enrolling in it.
    """
    papers = papers_of_role(syllabus, paper)
    of_role = syllabus.role_of(paper) is not None
    known = read_attempts(course, papers, mark, without=sitting)
    reasons = {
        number: refusal(known[number], paper, syllabus.resits, of_role=of_role)
        for number in numbers
        if number in known
    }
    return {number: reason for number, reason in reasons.items() if reason}


def next_paper(attempts: Attempts, papers: tuple[str, ...]) -> str | None:
    """The first of the role's papers that the learner has not had before."""
    return next((paper for paper in papers if paper not in attempts.seen), None)


def candidates(
    course: Course, sitting: Sitting, syllabus: Syllabus, mark: PassMark
) -> list[Candidate]:
    """Everybody who took part in the sitting and has not passed, in any attempt up to now."""
    papers = papers_of_role(syllabus, sitting.paper)
    of_role = syllabus.role_of(sitting.paper) is not None
    known = read_attempts(course, papers, mark)
    found = []
    for learner in sitting.active:
        attempts = known[learner.number]
        if attempts.passed:
            continue
        paper = next_paper(attempts, papers)
        if paper is None:
            reason = (
                _used_up(attempts, syllabus.resits) if of_role else ""
            ) or "几份试卷都考过了。"
        else:
            reason = refusal(attempts, paper, syllabus.resits, of_role=of_role)
        found.append(Candidate(learner, attempts, None if reason else paper, reason))
    return found


def write_rosters(found: Iterable[Candidate], sitting: Sitting, folder: Path) -> dict[str, Path]:
    """Write a roster for each paper of the next sittings, as ``ccom release`` reads it.

    Returns
    -------
    dict of str to Path
        The roster by paper; empty where nobody may sit again.
    """
    by_paper: dict[str, list[Enrolled]] = {}
    for one in found:
        if one.paper is not None:
            by_paper.setdefault(one.paper, []).append(one.learner)
    written = {}
    for paper, learners in by_paper.items():
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(("学号", "姓名"))
        writer.writerows((one.number, one.name) for one in learners)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{sitting.name}-补考-{paper}.csv"
        path.write_text("\ufeff" + text.getvalue(), encoding="utf-8", newline="")
        written[paper] = path
    return written


def _used_up(attempts: Attempts, resits: int) -> str:
    """That no resit is left, in Chinese; empty where one is."""
    if len(attempts.counting) <= resits:
        return ""
    held = "、".join(_points(one) for one in attempts.counting)
    return f"{resits} 次补考都用过了（{held}）。"


def _points(attempt: Attempt) -> str:
    if attempt.points is not None:
        return f"{attempt.sitting}，{attempt.points:g} 分"
    suffix = "，交过卷" if attempt.result == WITHDRAWN else ""
    return f"{attempt.sitting}，{attempt.result}{suffix}"
