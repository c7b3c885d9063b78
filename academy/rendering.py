"""How does one master become one notebook?  Lessons with stubs, papers for the instructor."""

from __future__ import annotations

import nbformat
from nbformat import NotebookNode

from academy.masters import answer_id, has_tag, solution, stub

__all__ = [
    "ANSWER_SUFFIX",
    "CHECK_LINE",
    "cell_id",
    "clean_cell",
    "is_hidden",
    "lesson_notebook",
    "notebook_text",
    "paper_notebook",
]

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
ANSWER_SUFFIX = "-answer"
RUN_ON = "raises-exception"  # known to JupyterLab and nbclient
CHECK_LINE = "# 检查：运行这一格"


def lesson_notebook(master: NotebookNode) -> list[NotebookNode]:
    """Cells of a lesson: stubs in the exercises, each reference answer folded after its check."""
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
            pending = nbformat.v4.new_markdown_cell(folded, id=exercise + ANSWER_SUFFIX)
        elif pending is not None:
            cells.append(pending)
            pending = None
    if pending is not None:
        cells.append(pending)
    return cells


def paper_notebook(master: NotebookNode) -> list[NotebookNode]:
    """Cells of an instructor's paper: everything but the mistakes and the instructor's notes."""
    cells = []
    for number, cell in enumerate(master.cells, 1):
        if is_hidden(cell):
            continue
        cells.append(clean_cell(cell, cell_id(cell, number)))
        nbgrader = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and (nbgrader.get("solution") or nbgrader.get("grade")):
            _let_run_on(cells[-1])
    return cells


def notebook_text(cells: list[NotebookNode]) -> str:
    """The .ipynb text of the cells; the same cells always give the same bytes."""
    notebook = nbformat.v4.new_notebook(
        cells=cells,
        metadata={"kernelspec": KERNEL, "language_info": {"name": "python"}},
    )
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"


def is_hidden(cell: NotebookNode) -> bool:
    """Whether no notebook shows the cell: a mistake or an instructor's note."""
    return has_tag(cell, "mistake") or has_tag(cell, "instructor")


def cell_id(cell: NotebookNode, number: int) -> str:
    """The cell's fixed id: its own name, or its place in the master."""
    return (
        answer_id(cell) or cell.metadata.get("nbgrader", {}).get("grade_id") or f"cell-{number:03d}"
    )


def clean_cell(cell: NotebookNode, identifier: str, source: str | None = None) -> NotebookNode:
    """A clean copy: own id, no outputs, only the metadata that a notebook needs."""
    make = (
        nbformat.v4.new_markdown_cell if cell.cell_type == "markdown" else nbformat.v4.new_code_cell
    )
    kept = {
        key: cell.metadata[key]
        for key in ("nbgrader", "tags", "item", "options")
        if key in cell.metadata
    }
    return make(cell.source if source is None else source, id=identifier, metadata=kept)


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
