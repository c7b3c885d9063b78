"""How do sittings, learners and log lines look in the terminal?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from academy.clock import shown
from academy.exam.journal import KINDS, Entry
from academy.exam.sitting import Enrolled, Sitting

if TYPE_CHECKING:
    from academy.exam.resit import Candidate

__all__ = [
    "attempts_text",
    "candidate_row",
    "learner_row",
    "log_row",
    "sitting_row",
    "text_table",
]

# facts that are for machines, not for the eye
HIDDEN = {"hand_in", "shared", "sha256", "place", "at", "rule", "name", "handins"}
FACTS = {
    "numbers": "学号",
    "minutes": "分钟",
    "before": "原来",
    "after": "得分",
    "start": "开考",
    "count": "份数",
    "seat": "座位",
    "replaced": "换下的座位",
}


def text_table(rows: Sequence[Mapping[str, Any]]) -> str:
    """A table for the terminal; a Chinese character counts as two columns.

    Parameters
    ----------
    rows : a mapping a row, all with the same columns.
    """
    if not rows:
        return ""
    cells = [[str(column) for column in rows[0]], *([_text(v) for v in r.values()] for r in rows)]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(cells[0]))]
    return "\n".join(
        "  ".join(
            text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in cells
    )


def sitting_row(sitting: Sitting) -> dict[str, Any]:
    """A sitting in the list of sittings."""
    gone = len(sitting.learners) - len(sitting.active)
    extra = f"+{sitting.extra_minutes}" if sitting.extra_minutes else ""
    return {
        "场次": sitting.name,
        "试卷": sitting.paper,
        "期": sitting.cohort,
        "开考": shown(sitting.start) or None,
        "时长": f"{sitting.minutes}{extra}",
        "截止": shown(sitting.due()) or None,
        "学员": len(sitting.active),
        "退出": gone or None,
    }


def learner_row(sitting: Sitting, learner: Enrolled) -> dict[str, Any]:
    """A learner in the list of a sitting's learners."""
    gone = learner.withdrawn
    return {
        "学号": learner.number,
        "姓名": learner.name,
        "加时": learner.extra_minutes or None,
        "截止": shown(sitting.due(learner.number)) or None,
        "退出": f"{shown(gone.at)} {gone.who}：{gone.why}" if gone else None,
    }


def log_row(entry: Entry) -> dict[str, Any]:
    """A line of a sitting's log."""
    facts = [
        f"{FACTS.get(name, name)} {_fact(value)}"
        for name, value in entry.facts.items()
        if name not in HIDDEN and value is not None
    ]
    return {
        "时间": shown(entry.time, seconds=True),
        "什么": KINDS.get(entry.what, entry.what),
        "谁": entry.who,
        "学号": entry.learner or None,
        "原因": entry.why or None,
        "细节": "；".join(facts) or None,
    }


def candidate_row(candidate: Candidate) -> dict[str, Any]:
    """A learner who has not passed, and what comes next."""
    return {
        "学号": candidate.learner.number,
        "姓名": candidate.learner.name,
        "考过": attempts_text(candidate.attempts),
        "下一份": candidate.paper,
        "不能补考": candidate.reason or None,
    }


def attempts_text(attempts: Any) -> str:
    """All attempts of a learner with their points, oldest first."""
    return "、".join(
        f"{one.paper} {one.result if one.points is None else f'{one.points:g}'}"
        for one in attempts.all
    )


def _fact(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else _text(value)


def _text(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "—"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F or character == "—" else 1 for character in text)
