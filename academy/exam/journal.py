"""What happened in a sitting, when, who did it and why?  The append-only log.jsonl."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from academy.clock import Clock, utc, utc_now
from academy.errors import CourseError
from academy.exam.store import SITTINGS, append_line, locked, read_lines

__all__ = ["KINDS", "Entry", "entries", "note", "staff"]

LOG = "log.jsonl"
STAFF_VARIABLE = "CCOM_STAFF"  # where several people share one login

# what can happen, and its name for the eye
KINDS = {
    "released": "发卷",
    "enrolled": "登记",
    "undone": "撤回登记",
    "withdrawn": "退出",
    "restored": "恢复",
    "extended": "加时",
    "rescheduled": "改开考时间",
    "seated": "抽座位",
    "handed_out": "发座位的卷子",
    "collected": "收卷",
    "arrived": "收到",
    "chosen": "采用",
    "set_aside": "搁置",
    "graded": "评分",
    "regraded": "重评",
    "rejected": "没能评",
}
OWN = ("time", "what", "who", "learner", "why")


@dataclass(frozen=True)
class Entry:
    """One line of the log.

    Attributes
    ----------
    time : datetime
        Aware, UTC.
    what : str
        One of `KINDS`.
    who : str
        The member of staff who did it.
    learner : str
        The number of the learner concerned; empty where it concerns the sitting.
    why : str
        The reason, in Chinese; may be empty.
    facts : mapping
        What else is known, by name.
    """

    time: datetime
    what: str
    who: str
    learner: str = ""
    why: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def staff() -> str:
    """Who works at this terminal: ``CCOM_STAFF``, or the login."""
    named = os.environ.get(STAFF_VARIABLE, "").strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return str(os.getuid()) if hasattr(os, "getuid") else "？"


def note(
    root: Path,
    sitting: str,
    what: str,
    *,
    learner: str = "",
    why: str = "",
    who: str | None = None,
    now: Clock = utc_now,
    **facts: Any,
) -> Entry:
    """Add a line to a sitting's log.

    Parameters
    ----------
    root, sitting : the course folder and the sitting's name.
    what : one of `KINDS`.
    facts : anything JSON can say.
    """
    if what not in KINDS:
        raise ValueError(f"what is {what!r}; known are {', '.join(KINDS)}")
    entry = Entry(utc(now()), what, who or staff(), learner, why, facts)
    line = {"time": entry.time.isoformat(), "what": what, "who": entry.who}
    line |= {"learner": learner, "why": why} | facts
    with locked(root):
        append_line(root / SITTINGS / sitting / LOG, json.dumps(line, ensure_ascii=False))
    return entry


def entries(root: Path, sitting: str) -> list[Entry]:
    """The log of a sitting, oldest first.

    Raises
    ------
    CourseError
        A line can't be read; names it.
    """
    path = root / SITTINGS / sitting / LOG
    found = []
    for row, line in enumerate(read_lines(path), 1):
        try:
            content = json.loads(line)
            time = utc(datetime.fromisoformat(content["time"]))
            what, who = content["what"], content["who"]
        except (ValueError, KeyError, TypeError):
            raise CourseError(
                f"{SITTINGS}/{sitting}/{LOG} 第 {row} 行读不出来：请从备份取回这个文件，不要手改它。"
            ) from None
        facts = {name: value for name, value in content.items() if name not in OWN}
        found.append(
            Entry(time, what, who, content.get("learner", ""), content.get("why", ""), facts)
        )
    return found
