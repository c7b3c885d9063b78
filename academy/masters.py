"""What does a master say?  Reading text/ masters: cells, solutions, mistakes, items."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import jupytext
from nbformat import NotebookNode

from academy.errors import CcomError

__all__ = [
    "LEVELS",
    "PLACEHOLDER",
    "Item",
    "MasterError",
    "Mistake",
    "answer_id",
    "has_tag",
    "items",
    "mistakes",
    "read_master",
    "solution",
    "stub",
    "write_master",
]

PLACEHOLDER = "# 把上面的 ... 换成你的答案"
LEVELS = {"remember": "识记", "understand": "理解", "apply": "应用", "analyse": "分析"}
METADATA = (
    "nbgrader,tags,exercise,check,explain,item,options,mistake,"
    "slideshow,-collapsed,-trusted,-jupyter,-editable"
)
BLOCK = re.compile(
    r"^(?P<indent>[ \t]*)### BEGIN SOLUTION\n(?P<body>.*?)^[ \t]*### END SOLUTION$",
    re.DOTALL | re.MULTILINE,
)


class MasterError(CcomError, ValueError):
    """A master breaks the rules; the message names file, cell and remedy (in Chinese)."""


@dataclass(frozen=True)
class Item:
    """One graded cell of a paper and its place in the blueprint.

    Attributes
    ----------
    grade_id : str
        nbgrader id of the test cell.
    answer_id : str
        Id of the answer cell that the test looks at (``item.answer``).
    topic, level : str
        Topic id of syllabus.yml; key of `LEVELS`.
    points, minutes : float
    data : bool
        Whether the item works on the seat's data.
    """

    grade_id: str
    answer_id: str
    topic: str
    level: str
    points: float
    minutes: float
    data: bool


@dataclass(frozen=True)
class Mistake:
    """A typical wrong answer: which cell it replaces, what it earns, what the learner is told."""

    answer_id: str
    name: str
    source: str
    points: float | None
    message: str


def read_master(path: Path) -> NotebookNode:
    """Read a py:percent master.

    Raises
    ------
    MasterError
        A solution block is not closed, or an id is used twice.
    """
    notebook = jupytext.read(path, fmt="py:percent")
    seen: set[str] = set()
    for number, cell in enumerate(notebook.cells, 1):
        opened, closed = (cell.source.count(f"### {word} SOLUTION") for word in ("BEGIN", "END"))
        if opened != closed:
            raise MasterError(
                f"{path} 第 {number} 格：BEGIN SOLUTION 与 END SOLUTION 不成对，请补上。"
            )
        for name in (
            cell.metadata.get("nbgrader", {}).get("grade_id"),
            cell.metadata.get("exercise"),
        ):
            if name in seen:
                raise MasterError(f"{path} 第 {number} 格：编号 {name!r} 用了两次，请改名。")
            if name:
                seen.add(name)
    return notebook


def write_master(notebook: NotebookNode) -> str:
    """Text of a master in its normal form (what `read_master` reads back unchanged)."""
    notebook.metadata = {
        "jupytext": {
            "cell_markers": '"""',
            "notebook_metadata_filter": "-all",
            "cell_metadata_filter": METADATA,
        }
    }
    return jupytext.writes(notebook, fmt="py:percent")


def has_tag(cell: NotebookNode, tag: str) -> bool:
    """Whether the cell carries the tag."""
    return tag in cell.metadata.get("tags", [])


def answer_id(cell: NotebookNode) -> str | None:
    """Id of an answer cell: an exercise of a lesson or a solution cell of a paper."""
    if has_tag(cell, "mistake"):
        return None
    nbgrader = cell.metadata.get("nbgrader", {})
    if nbgrader.get("solution"):
        return nbgrader["grade_id"]
    return cell.metadata.get("exercise")


def stub(source: str) -> str:
    """What the learner gets: solution blocks replaced by one comment line.

    >>> stub("x = ...\\n### BEGIN SOLUTION\\nx = 1\\n### END SOLUTION")
    'x = ...\\n# 把上面的 ... 换成你的答案'
    """
    return BLOCK.sub(lambda found: found["indent"] + PLACEHOLDER, source)


def solution(source: str) -> str:
    """The reference answer: the solution blocks with the code around a function body.

    >>> solution("x = ...\\n### BEGIN SOLUTION\\nx = 1\\n### END SOLUTION")
    'x = 1'
    """
    source = BLOCK.sub(lambda found: found["body"].rstrip("\n"), source)
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if _is_placeholder(node):
            for number in range(node.lineno - 1, node.end_lineno):
                lines[number] = None
    return "\n".join(line for line in lines if line is not None).strip("\n")


def _is_placeholder(node: ast.AST) -> bool:
    """``x = ...``, ``x = {"a": ..., "b": ...}`` or a bare ``...``"""
    if not isinstance(node, (ast.Assign, ast.Expr)):
        return False
    return any(isinstance(n, ast.Constant) and n.value is ... for n in ast.walk(node.value))


def items(notebook: NotebookNode, path: Path) -> list[Item]:
    """The graded cells of a paper, in order.

    Raises
    ------
    MasterError
        A graded cell lacks its ``item`` metadata or names an unknown level.
    """
    found = []
    for cell in notebook.cells:
        nbgrader = cell.metadata.get("nbgrader", {})
        if not nbgrader.get("grade") or has_tag(cell, "mistake"):
            continue
        grade_id, item = nbgrader["grade_id"], cell.metadata.get("item", {})
        missing = [key for key in ("answer", "topic", "level", "minutes") if key not in item]
        if missing:
            raise MasterError(
                f"{path} 评分格 {grade_id}：item 元数据缺 {'、'.join(missing)}，请补上。"
            )
        if item["level"] not in LEVELS:
            raise MasterError(
                f"{path} 评分格 {grade_id}：level 是 {item['level']!r}，应是 {'、'.join(LEVELS)} 之一。"
            )
        found.append(
            Item(
                grade_id=grade_id,
                answer_id=item["answer"],
                topic=item["topic"],
                level=item["level"],
                points=float(nbgrader["points"]),
                minutes=float(item["minutes"]),
                data=bool(item.get("data", False)),
            )
        )
    return found


def mistakes(notebook: NotebookNode, path: Path) -> list[Mistake]:
    """The typical mistakes of a master.

    A mistake cell carries the tag ``mistake`` and metadata ``mistake={"answer": id, "points": p}``;
    its first comment line 「# 错因：…」 names it, an optional 「# 消息：…」 line is a part of the
    message that a lesson's check must answer with.
    """
    found = []
    for number, cell in enumerate(notebook.cells, 1):
        if not has_tag(cell, "mistake"):
            continue
        metadata = cell.metadata.get("mistake", {})
        cause = re.search(r"^# 错因：(.+)$", cell.source, re.MULTILINE)
        message = re.search(r"^# 消息：(.+)$", cell.source, re.MULTILINE)
        if "answer" not in metadata or not cause:
            raise MasterError(
                f"{path} 第 {number} 格：错答格要有 mistake.answer 元数据和「# 错因：」一行。"
            )
        found.append(
            Mistake(
                answer_id=metadata["answer"],
                name=cause[1].strip(),
                source=cell.source,
                points=metadata.get("points"),
                message=message[1].strip() if message else "",
            )
        )
    return found
