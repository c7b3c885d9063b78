"""Which graded cells does a rendered paper have?  Read from the metadata of source/ notebooks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from academy.masters import MasterError
from academy.papers.blueprint import LEVELS, plain_number
from academy.papers.parts import Part

__all__ = ["Item", "item_metadata", "items"]

FIELDS = ("answer", "topic", "level", "minutes", "steps", "kind", "data")


@dataclass(frozen=True)
class Item:
    """One graded cell of a paper and its place in the blueprint.

    Attributes
    ----------
    grade_id : str
        nbgrader id of the test cell.
    answer_id : str
        Id of the answer cell that the test looks at.
    topic, level, kind : str
        Topic id of syllabus.yml; keys of the blueprint's levels and kinds.
    points, minutes : float
    steps : int
    data : bool
        Whether the item works on the seat's data.
    """

    grade_id: str
    answer_id: str
    topic: str
    level: str
    kind: str
    points: float
    minutes: float
    steps: int
    data: bool


def item_metadata(part: Part) -> dict[str, object]:
    """What rendering writes into a test cell, for `items` to read."""
    plan = part.plan
    minutes = plain_number(plan.minutes)
    values = (part.name, plan.topic, plan.level, minutes, plan.steps, plan.kind, part.data)
    return dict(zip(FIELDS, values, strict=True))


def items(notebook: NotebookNode, path: Path) -> list[Item]:
    """The graded cells of a rendered paper, in order.

    Raises
    ------
    MasterError
        A graded cell lacks its ``item`` metadata or names an unknown level.
    """
    found = []
    for cell in notebook.cells:
        nbgrader = cell.metadata.get("nbgrader", {})
        if not nbgrader.get("grade"):
            continue
        item = cell.metadata.get("item", {})
        missing = [field for field in FIELDS if field not in item]
        if missing or item["level"] not in LEVELS:
            raise MasterError(
                f"{path} 评分格 {nbgrader['grade_id']} 没有细目表的信息"
                f"（{'、'.join(missing) or item['level']}）：请运行 ccom notebooks 重新生成。"
            )
        found.append(
            Item(
                grade_id=nbgrader["grade_id"],
                answer_id=item["answer"],
                topic=item["topic"],
                level=item["level"],
                kind=item["kind"],
                points=float(nbgrader["points"]),
                minutes=float(item["minutes"]),
                steps=int(item["steps"]),
                data=bool(item["data"]),
            )
        )
    return found
