"""What do all three papers of a role examine?  Reads course/blueprints/<role>.yml (双向细目表)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from academy.errors import CcomError
from academy.syllabus import Role, Syllabus

__all__ = [
    "KINDS",
    "LEVELS",
    "SKILLS",
    "Blueprint",
    "BlueprintError",
    "PlannedPart",
    "plain_number",
    "read_blueprint",
]

LEVELS = {"remember": "识记", "understand": "理解", "apply": "应用", "analyse": "分析"}
KINDS = {
    "choice": "选择",
    "judge": "看数据选择",
    "order": "排序",
    "match": "配对",
    "data": "数据",
}
SKILLS = {"role": "岗位判断", "data": "数据处理", "both": "两样都要"}
# where the author does not say: letters ask for the role, what is read off data asks for both
USUAL_SKILL = {"choice": "role", "judge": "both", "order": "role", "match": "role", "data": "both"}
FIELDS = ("part", "topic", "level", "points", "minutes", "steps", "kind")


class BlueprintError(CcomError, ValueError):
    """A blueprint breaks the rules; the message names file, part and remedy (in Chinese)."""


@dataclass(frozen=True)
class PlannedPart:
    """One scored part, the same in all papers of the role.

    Attributes
    ----------
    part : str
        Name of its answer in the papers.
    topic, level, kind : str
        Topic id of the role; keys of `LEVELS` and `KINDS`.
    points, minutes : float
    steps : int
        How many steps of thought or computing it takes.
    skill : str
        Key of `SKILLS`: what a right answer needs.  A data part whose stem says how to compute it
        needs data handling only.
    """

    part: str
    topic: str
    level: str
    points: float
    minutes: float
    steps: int
    kind: str
    skill: str


@dataclass(frozen=True)
class Blueprint:
    """The parts of a role's papers, in order."""

    role: Role
    parts: tuple[PlannedPart, ...]

    def __getitem__(self, part: str) -> PlannedPart:
        return next(one for one in self.parts if one.part == part)

    def chapters(self) -> dict[int, float]:
        """Points by chapter of the syllabus."""
        points: Counter[int] = Counter()
        for one in self.parts:
            points[self.role.chapter_of(one.topic)] += one.points
        return dict(sorted(points.items()))

    def unexamined(self) -> list[str]:
        """Topics of the role without a part."""
        examined = {one.topic for one in self.parts}
        return [topic for topic in self.role.topics if topic not in examined]

    def sentence(self) -> str:
        """Size and shares in one Chinese sentence."""
        shares = "、".join(f"第 {n} 章 {points:g} 分" for n, points in self.chapters().items())
        minutes = sum(one.minutes for one in self.parts)
        left = "、".join(self.unexamined())
        return (
            f"{self.role.name}：{len(self.parts)} 小题，{shares}，约 {minutes:g} 分钟"
            + (f"；没有考到 {left}" if left else "")
            + "。"
        )


def plain_number(value: float) -> int | float:
    """2.0 as 2.

    >>> plain_number(2.0), plain_number(2.5)
    (2, 2.5)
    """
    return int(value) if value == int(value) else value


def read_blueprint(root: Path, syllabus: Syllabus, role: Role) -> Blueprint:
    """Read and check the blueprint of a role.

    Raises
    ------
    BlueprintError
        There is none, a part is incomplete or names another role's topic, or the points are not
        those of an examination.
    """
    path = root / "course/blueprints" / f"{role.slug}.yml"
    name = f"course/blueprints/{role.slug}.yml"
    if not path.exists():
        raise BlueprintError(f"{role.name}还没有细目表：请照 CONTRIBUTING.md「新岗位」写 {name}。")
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise BlueprintError(f"{name} 读不懂（{str(error).splitlines()[0]}），请改。") from None
    entries = (data or {}).get("parts") or []
    parts = tuple(_part(entry, role, f"{name} 第 {n} 行") for n, entry in enumerate(entries, 1))
    twice = [part for part, count in Counter(one.part for one in parts).items() if count > 1]
    if twice:
        raise BlueprintError(f"{name}：小题 {'、'.join(twice)} 写了两次，请改名。")
    total = sum(one.points for one in parts)
    if total != syllabus.points:
        raise BlueprintError(
            f"{name}：各小题合计 {total:g} 分，应是 {syllabus.points} 分，请调整。"
        )
    return Blueprint(role, parts)


def _part(entry: dict[str, Any], role: Role, where: str) -> PlannedPart:
    where = f"{where}（{entry.get('part', '没有 part')}）"
    missing = [field for field in FIELDS if field not in entry]
    unknown = [field for field in entry if field not in (*FIELDS, "skill")]
    if missing or unknown:
        raise BlueprintError(
            f"{where}：要写 {'、'.join(FIELDS)}；"
            + "；".join(
                [f"缺 {'、'.join(missing)}"] * bool(missing)
                + [f"不认得 {'、'.join(unknown)}"] * bool(unknown)
            )
            + "。"
        )
    if entry["topic"] not in role.topics:
        raise BlueprintError(
            f"{where}：主题 {entry['topic']} 不是{role.name}（{role.code}）的，"
            f"请从这里选：{'、'.join(role.topics)}。"
        )
    entry = {"skill": USUAL_SKILL.get(entry["kind"]), **entry}
    for field, known in (("level", LEVELS), ("kind", KINDS), ("skill", SKILLS)):
        if entry[field] not in known:
            raise BlueprintError(
                f"{where}：{field} 是 {entry[field]!r}，应是 {'、'.join(known)} 之一。"
            )
    for field, step in (("points", 0.5), ("minutes", 0.5), ("steps", 1)):
        value = entry[field]
        if not isinstance(value, (int, float)) or value <= 0 or value % step:
            raise BlueprintError(f"{where}：{field} 是 {value!r}，应是 {step:g} 的正整数倍。")
    return PlannedPart(
        part=str(entry["part"]),
        topic=entry["topic"],
        level=entry["level"],
        points=float(entry["points"]),
        minutes=float(entry["minutes"]),
        steps=int(entry["steps"]),
        kind=entry["kind"],
        skill=entry["skill"],
    )
