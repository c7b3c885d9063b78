"""What is taught to whom, when, and by which notebook?  Reads course/syllabus.yml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from academy.errors import CourseError

__all__ = ["Resit", "Role", "Session", "Syllabus", "read_syllabus"]


@dataclass(frozen=True)
class Session:
    """One place in the timetable: a lesson or a paper."""

    day: int
    start: str
    minutes: int
    lesson: str | None
    paper: str | None


@dataclass(frozen=True)
class Resit:
    """When a resit is held.

    Attributes
    ----------
    number : int
        1 for the first resit.
    date : str
        Month and day, as the role's ``dates``.
    """

    number: int
    date: str
    start: str
    minutes: int


@dataclass(frozen=True)
class Role:
    """One key role: its topics, lessons, timetable and papers.

    Attributes
    ----------
    chapters : tuple of tuple of str
        Topic ids of the first, second and third chapter.
    resits : tuple of Resit
        When a paper after the first is sat.
    """

    code: str
    slug: str
    name: str
    topics: dict[str, str]
    chapters: tuple[tuple[str, ...], ...]
    lessons: dict[str, tuple[str, ...]]
    sessions: tuple[Session, ...]
    papers: tuple[str, ...]
    resits: tuple[Resit, ...]

    def chapter_of(self, topic: str) -> int:
        """Number of the chapter, from 1, that a topic of the role stands in."""
        return next(n for n, topics in enumerate(self.chapters, 1) if topic in topics)


@dataclass(frozen=True)
class Syllabus:
    """The whole programme.

    Attributes
    ----------
    roles : dict of str to Role
        By slug.
    pass_points, points, minutes, resits : int
        The examination's terms.
    """

    roles: dict[str, Role]
    pass_points: int
    points: int
    minutes: int
    resits: int

    def role_of(self, paper: str) -> Role | None:
        """The role that a paper examines; None for a paper of no role (a practice course)."""
        return next((role for role in self.roles.values() if paper in role.papers), None)

    def topic_title(self, topic: str) -> str:
        """Title of a topic as the certification notice states it."""
        for role in self.roles.values():
            if topic in role.topics:
                return role.topics[topic]
        return topic


def read_syllabus(path: Path) -> Syllabus:
    """Read course/syllabus.yml.

    Parameters
    ----------
    path : the file.

    Raises
    ------
    CourseError
        It is no YAML, or something that every syllabus or role states is missing.
    """
    try:
        return _syllabus(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise CourseError(f"{path} 读不懂（{str(error).splitlines()[0]}），请改。") from None
    except (KeyError, TypeError, AttributeError) as error:
        raise CourseError(
            f"{path} 缺了东西或写错了地方（{type(error).__name__}: {error}）：请对照入库的大纲补好。"
        ) from None


def _syllabus(data: dict) -> Syllabus:
    common = _topics(data["common"]["chapter1"])
    assessment = data["assessment"]
    return Syllabus(
        roles={entry["slug"]: _role(entry, common) for entry in data["roles"]},
        pass_points=assessment["pass_points"],
        points=assessment["points"],
        minutes=assessment["minutes"],
        resits=assessment["resits"],
    )


def _topics(chapter: dict) -> dict[str, str]:
    return {topic["id"]: topic["title"] for topic in chapter["topics"]}


def _role(entry: dict, common: dict[str, str]) -> Role:
    sessions = tuple(
        Session(day["day"], item["start"], item["minutes"], item.get("lesson"), item.get("paper"))
        for day in entry.get("timetable", [])
        for item in day.get("sessions", [])
    )
    chapters = (common, _topics(entry["chapter2"]), _topics(entry["chapter3"]))
    return Role(
        code=entry["code"],
        slug=entry["slug"],
        name=entry["name"],
        topics=chapters[0] | chapters[1] | chapters[2],
        chapters=tuple(map(tuple, chapters)),
        lessons={lesson["name"]: tuple(lesson["topics"]) for lesson in entry.get("lessons", [])},
        sessions=sessions,
        papers=tuple(entry.get("papers", [])),
        resits=tuple(
            Resit(one["resit"], one["date"], one["start"], one["minutes"])
            for one in entry.get("timetable", [])
            if "resit" in one
        ),
    )
