"""Where does a lesson stand?  Its role, its topics in words, and the map of the day that it opens."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from academy.masters import read_master
from academy.syllabus import Role, Session, Syllabus, read_syllabus

__all__ = [
    "ANNEX",
    "EVERYBODY",
    "Setting",
    "day_map",
    "days",
    "first_lessons",
    "lesson_setting",
    "setting_of",
]

ANNEX = "_annex"
EVERYBODY = "七个岗位都上"
# a break at least this long is the one for lunch
LUNCH = 60


@dataclass(frozen=True)
class Setting:
    """What the generator adds to a lesson's first cell.

    Attributes
    ----------
    name : str
        As in the syllabus; empty for a master that stands in no course.
    role : str
    topics : tuple of str
        Titles of the syllabus' topics, as the certification notice states them.
    day_map : str
        HTML; empty unless the lesson opens a day.
    annex : bool
        Optional reading at home.
    """

    name: str = ""
    role: str = EVERYBODY
    topics: tuple[str, ...] = ()
    day_map: str = ""
    annex: bool = False


def lesson_setting(
    name: str,
    syllabus: Syllabus,
    titles: Mapping[str, str],
    topics: tuple[str, ...] = (),
    role: Role | None = None,
) -> Setting:
    """The setting of a lesson.

    Parameters
    ----------
    name : as in the syllabus, e.g. ``wfmp/05_requirement``.
    titles : of the lessons, by name.
    topics : ids that the lesson teaches.
    role : whose learners it is for; found by the lesson's folder when not given.
    """
    role = role or syllabus.roles.get(name.split("/")[0])
    opened = [day for day, lesson in first_lessons(role).items() if lesson == name] if role else []
    return Setting(
        name=name,
        role=role.name if role else EVERYBODY,
        topics=tuple(map(syllabus.topic_title, topics)),
        day_map=day_map(role, opened[0], titles, name) if opened else "",
        annex=name.endswith(ANNEX),
    )


def setting_of(path: Path, root: Path, role: Role | None = None) -> Setting:
    """Where the lesson of a master stands in the course."""
    name = path.relative_to(root / "text/course").with_suffix("").as_posix()
    syllabus_file = root / "course/syllabus.yml"
    if not syllabus_file.exists():
        return Setting(name, annex=name.endswith(ANNEX))
    syllabus = read_syllabus(syllabus_file)
    role = role or syllabus.roles.get(name.split("/")[0])
    lessons = [session.lesson for session in role.sessions if session.lesson] if role else []
    titles = {one: _title(root / "text/course" / f"{one}.py") for one in lessons}
    topics = tuple(read_master(path).cells[0].metadata.get("topics", ()))
    return lesson_setting(name, syllabus, titles, topics, role)


def _title(path: Path) -> str:
    """A lesson's first heading, without parsing the master."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    found = re.search(r"^# (?!%%)(.+)$", text, re.MULTILINE)
    return found[1].strip() if found else ""


def first_lessons(role: Role) -> dict[int, str]:
    """The lesson that opens each day, by day."""
    found: dict[int, str] = {}
    for session in role.sessions:
        if session.lesson:
            found.setdefault(session.day, session.lesson)
    return found


def days(role: Role) -> dict[int, list[Session]]:
    """Lessons and papers by day."""
    found: dict[int, list[Session]] = {}
    for session in role.sessions:
        found.setdefault(session.day, []).append(session)
    return found


def day_map(role: Role, day: int, titles: Mapping[str, str], here: str = "") -> str:
    """The day as an HTML table: from when to when, how long, what; breaks in their place.

    Parameters
    ----------
    here : the lesson that shows the map.
    """
    rows = "".join(
        f'<tr style="{style}"><td>{start}–{end}</td>'
        f'<td style="text-align:right">{minutes}</td>'
        f'<td style="text-align:left">{html.escape(what)}</td></tr>'
        for start, end, minutes, what, style in _rows(days(role)[day], titles, here)
    )
    head = '<tr><th>时间</th><th>分钟</th><th style="text-align:left">内容</th></tr>'
    return f"<b>第 {day} 天</b>\n<table>{head}{rows}</table>"


def _rows(
    sessions: list[Session], titles: Mapping[str, str], here: str
) -> Iterator[tuple[str, str, int, str, str]]:
    end = None
    for session in sessions:
        start = _minutes(session.start)
        if end is not None and start > end:
            what = "午休" if start - end >= LUNCH else "休息"
            yield _clock(end), session.start, start - end, what, "color:#767676"
        end = start + session.minutes
        what = titles.get(session.lesson or "", "") or ("结业考试" if session.paper else "")
        now = bool(here) and session.lesson == here
        shown = f"▶ {what}" if now else what or str(session.lesson)
        yield (
            session.start,
            _clock(end),
            session.minutes,
            shown,
            "font-weight:bold" if now else "",
        )


def _minutes(clock: str) -> int:
    hours, minutes = map(int, clock.split(":"))
    return 60 * hours + minutes


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
