"""How does a lesson's master become its notebook?  Stubs, folded checks, folded answers."""

from __future__ import annotations

from nbformat import NotebookNode

from academy.masters import answer_id, has_tag, plain_master, solution, stub
from academy.rendering.cells import RUN_ON, cell_id, code_cell, is_hidden, markdown_cell

__all__ = ["ANSWER_SUFFIX", "CHECK_LINE", "HIDE", "clean_cell", "lesson_cells"]

ANSWER_SUFFIX = "-answer"
CHECK_LINE = "# 检查：运行这一格"
# tag of a code cell whose source stays folded until it is clicked on
HIDE = "hide"


def lesson_cells(master: NotebookNode) -> list[NotebookNode]:
    """Cells of a lesson: stubs in the exercises, each reference answer folded after its check."""
    master = plain_master(master)
    explained = {c.metadata["explain"]: c.source for c in master.cells if "explain" in c.metadata}
    cells: list[NotebookNode] = []
    pending: NotebookNode | None = None
    for number, cell in enumerate(master.cells, 1):
        if is_hidden(cell) or "explain" in cell.metadata:
            continue
        if pending is not None and "check" not in cell.metadata:
            cells.append(pending)
            pending = None
        cells.append(clean_cell(cell, cell_id(cell, number), source=stub(cell.source)))
        if "check" in cell.metadata:
            _fold_check(cells[-1])
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


def clean_cell(cell: NotebookNode, identifier: str, source: str | None = None) -> NotebookNode:
    """A clean copy: own id, no outputs, only the metadata that a notebook needs."""
    make = markdown_cell if cell.cell_type == "markdown" else code_cell
    kept = {"tags": cell.metadata["tags"]} if "tags" in cell.metadata else {}
    if has_tag(cell, HIDE):
        kept["jupyter"] = {"source_hidden": True}
    return make(identifier, cell.source if source is None else source, **kept)


def _fold_check(cell: NotebookNode) -> None:
    """Fold the source away, for it holds the answer."""
    cell.source = f"{CHECK_LINE}\n{cell.source}"
    cell.metadata["jupyter"] = {"source_hidden": True}


def _let_run_on(cell: NotebookNode) -> None:
    """Let 全部运行 go on past a cell that fails: what a learner writes wrong hides nothing behind it."""
    cell.metadata["tags"] = [*cell.metadata.get("tags", []), RUN_ON]


def _folded_answer(code: str, explanation: str) -> str:
    parts = [
        "<details><summary>参考答案</summary>",
        f"```python\n{code}\n```",
        explanation,
        "</details>",
    ]
    return "\n\n".join(part for part in parts if part)
