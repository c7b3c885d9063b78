"""What do the cells of all generated notebooks have in common?"""

from __future__ import annotations

from typing import Any

import nbformat
from nbformat import NotebookNode

from academy.masters import answer_id, has_tag

__all__ = ["RUN_ON", "cell_id", "code_cell", "is_hidden", "markdown_cell", "notebook_text"]

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
# 全部运行 goes on past a cell that fails
RUN_ON = "raises-exception"


def notebook_text(cells: list[NotebookNode], ccom: dict[str, Any] | None = None) -> str:
    """The .ipynb text of the cells; the same cells always give the same bytes.

    Parameters
    ----------
    ccom : what programs, not learners, should know of the notebook.
    """
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    notebook = nbformat.v4.new_notebook(
        cells=cells, metadata=metadata | ({"ccom": ccom} if ccom else {})
    )
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"


def markdown_cell(identifier: str, source: str, **metadata: Any) -> NotebookNode:
    """A markdown cell with its fixed id."""
    return nbformat.v4.new_markdown_cell(source, id=identifier, metadata=metadata)


def code_cell(identifier: str, source: str, **metadata: Any) -> NotebookNode:
    """A code cell with its fixed id, without outputs."""
    return nbformat.v4.new_code_cell(source, id=identifier, metadata=metadata)


def is_hidden(cell: NotebookNode) -> bool:
    """Whether no notebook shows the cell as one: mistakes, an instructor's note, a road in Excel."""
    return "mistakes" in cell.metadata or "excel" in cell.metadata or has_tag(cell, "instructor")


def cell_id(cell: NotebookNode, number: int) -> str:
    """The cell's fixed id: its own name, or its place in the master."""
    return answer_id(cell) or f"cell-{number:03d}"
