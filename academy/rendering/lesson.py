"""How does a lesson's master become its notebook?  Stubs, folded checks, folded answers, readings."""

from __future__ import annotations

from nbformat import NotebookNode

from academy.masters import (
    answer_id,
    has_tag,
    is_second,
    plain_master,
    shown_lines,
    solution,
    stub,
)
from academy.rendering.cells import RUN_ON, cell_id, code_cell, is_hidden, markdown_cell
from academy.rendering.setting import Setting
from academy.rendering.words import (
    excel_block,
    reading_source,
    shown_exercise,
    shown_markdown,
    shown_title,
)
from ccomlib.notebook.names import first_names

__all__ = [
    "ANSWER_SUFFIX",
    "CHECK_LINE",
    "HIDE",
    "SETUP_LINE",
    "answer_name",
    "clean_cell",
    "lesson_cells",
    "lesson_facts",
]

ANSWER_SUFFIX = "-answer"
CHECK_LINE = "# 检查：运行这一格"
SETUP_LINE = "# 准备：先运行这一格"
# tag of a code cell whose source stays folded until it is clicked on
HIDE = "hide"


def lesson_cells(master: NotebookNode, setting: Setting | None = None) -> list[NotebookNode]:
    """Cells of a lesson: stubs in the exercises, each reference answer folded after its check.

    Parameters
    ----------
    setting : where the lesson stands; for the title cell of a lesson that states its minutes.
    """
    master = plain_master(master)
    explained = {c.metadata["explain"]: c.source for c in master.cells if "explain" in c.metadata}
    tasks = _tasks(master)
    cells: list[NotebookNode] = []
    pending: NotebookNode | None = None
    for number, cell in enumerate(master.cells, 1):
        if is_hidden(cell) or "explain" in cell.metadata:
            continue
        if pending is not None and "check" not in cell.metadata:
            cells.append(pending)
            pending = None
        cells.append(_shown(cell, cell_id(cell, number)))
        if number == 1 and is_second(master):
            minutes = cell.metadata["minutes"]
            cells[-1].source = shown_title(cell.source, minutes, setting or Setting())
        elif number in tasks:
            cells[-1].source = shown_exercise(cells[-1].source, **tasks[number])
        if has_tag(cell, "setup") and is_second(master):
            _fold(cells[-1], SETUP_LINE)
        if "check" in cell.metadata:
            _fold(cells[-1], CHECK_LINE)
        if "check" in cell.metadata or answer_id(cell):
            _let_run_on(cells[-1])
        exercise = cell.metadata.get("exercise")
        if exercise:
            folded = _folded_answer(solution(cell.source), explained.get(exercise, ""))
            pending = markdown_cell(exercise + ANSWER_SUFFIX, folded)
        elif pending is not None:
            cells.append(pending)
            pending = None
    if pending is not None:
        cells.append(pending)
    return cells


def lesson_facts(master: NotebookNode, setting: Setting) -> dict[str, object]:
    """What a program should know of a lesson's notebook; empty without stated minutes."""
    if not is_second(master):
        return {}
    title = master.cells[0].metadata
    return {
        "lesson": setting.name,
        "minutes": title["minutes"],
        "topics": list(title.get("topics", [])),
    }


def answer_name(check: str) -> str:
    """The name that a check looks at."""
    return min(first_names(check, None, frozenset({"expect"})), default="答案")


def clean_cell(cell: NotebookNode, identifier: str, source: str | None = None) -> NotebookNode:
    """A clean copy: own id, no outputs, only the metadata that a notebook needs."""
    make = markdown_cell if cell.cell_type == "markdown" else code_cell
    kept = {"tags": cell.metadata["tags"]} if "tags" in cell.metadata else {}
    if has_tag(cell, HIDE):
        kept["jupyter"] = {"source_hidden": True}
    return make(identifier, cell.source if source is None else source, **kept)


def _shown(cell: NotebookNode, identifier: str) -> NotebookNode:
    if "reading" in cell.metadata:
        return code_cell(identifier, reading_source(cell), jupyter={"source_hidden": True})
    source = shown_markdown(cell) if cell.cell_type == "markdown" else stub(cell.source)
    return clean_cell(cell, identifier, source=source)


def _tasks(master: NotebookNode) -> dict[int, dict[str, object]]:
    """By the number of the Markdown cell that sets an exercise: is it for home, its road in Excel."""
    checks = {c.metadata["check"]: c.source for c in master.cells if "check" in c.metadata}
    roads = {c.metadata["excel"]: c.source for c in master.cells if "excel" in c.metadata}
    found: dict[int, dict[str, object]] = {}
    task = 0
    for number, cell in enumerate(master.cells, 1):
        if cell.cell_type == "markdown" and not (is_hidden(cell) or "explain" in cell.metadata):
            task = number
        name = cell.metadata.get("exercise")
        if name and task:
            road = roads.get(name, "")
            found[task] = {
                "home": bool(cell.metadata.get("home")),
                "excel": excel_block(road, answer_name(checks.get(name, ""))) if road else "",
            }
    return found


def _fold(cell: NotebookNode, line: str) -> None:
    """Fold the source away below a line that says what the cell is for."""
    cell.source = f"{line}\n{cell.source}"
    cell.metadata["jupyter"] = {"source_hidden": True}


def _let_run_on(cell: NotebookNode) -> None:
    """Let 全部运行 go on past a cell that fails: what a learner writes wrong hides nothing behind it."""
    cell.metadata["tags"] = [*cell.metadata.get("tags", []), RUN_ON]


def _folded_answer(code: str, explanation: str) -> str:
    parts = [
        "<details><summary>参考答案</summary>",
        f"```python\n{code}\n```",
        shown_lines(explanation),
        "</details>",
    ]
    return "\n\n".join(part for part in parts if part)
