"""Small assignments written in a test: cells in, an instructor's folder or a submission out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from academy.grading.desk.master import read_folder
from academy.grading.desk.rebuild import read_submission
from academy.grading.work.assignment import Assignment
from academy.grading.work.record import GradedRecord
from academy.grading.work.submission import Submission

NOTEBOOK = "p1"
# where the checkout lies below /tmp, the cage can't cover /tmp: its folder stays elsewhere
BELOW_TMP = Path(__file__).resolve().is_relative_to("/tmp")


def locked(source: str, grade_id: str = "setup") -> nbformat.NotebookNode:
    """A read-only cell."""
    return _cell(source, grade_id, locked=True)


def answer(grade_id: str, solution: str) -> nbformat.NotebookNode:
    """A solution cell; the learner gets nbgrader's stub."""
    return _cell(f"### BEGIN SOLUTION\n{solution}\n### END SOLUTION", grade_id, solution=True)


def check(grade_id: str, source: str, points: float = 1) -> nbformat.NotebookNode:
    """An autograded test cell."""
    return _cell(source, grade_id, grade=True, locked=True, points=points)


def plain(source: str) -> nbformat.NotebookNode:
    """A code cell without a role."""
    return nbformat.v4.new_code_cell(source)


def _cell(source: str, grade_id: str, **role: Any) -> nbformat.NotebookNode:
    nbgrader = {"grade": False, "solution": False, "locked": False, "task": False}
    nbgrader |= {"schema_version": 3, "grade_id": grade_id, "cell_type": "code"} | role
    return nbformat.v4.new_code_cell(source, metadata={"nbgrader": nbgrader}, id=grade_id)


def write_master(
    folder: Path, cells: list[nbformat.NotebookNode], files: Mapping[str, bytes] | None = None
) -> Assignment:
    """Write source/<folder name> and read it as an assignment."""
    folder.mkdir(parents=True)
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    nbformat.write(notebook, folder / f"{NOTEBOOK}.ipynb")
    for name, content in (files or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return read_folder(folder)


def hand_in(
    folder: Path,
    assignment: Assignment,
    answers: Mapping[str, str],
    *,
    before: str = "",
    after: str = "",
    student: str = "学员",
) -> Submission:
    """The released notebook with answers, and extra cells at the top and at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    cells = []
    for cell in assignment.notebooks[0].cells:
        source = answers.get(cell.grade_id, cell.released)
        made = nbformat.v4.new_code_cell if cell.is_code else nbformat.v4.new_markdown_cell
        cells.append(made(source, metadata=dict(cell.metadata), id=cell.cell_id))
    if before:
        cells.insert(0, plain(before))
    if after:
        cells.append(plain(after))
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / f"{NOTEBOOK}.ipynb")
    return read_submission(folder, assignment, student)


def verdicts(record: GradedRecord) -> dict[str, str]:
    """Verdict by cell."""
    return {cell.grade_id: cell.verdict for cell in record.cells}


def outputs(record: GradedRecord, grade_id: str) -> list[dict[str, Any]]:
    """Outputs of a cell of the graded notebook."""
    for cell in record.notebooks[0].notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id:
            return cell["outputs"]
    raise KeyError(grade_id)
