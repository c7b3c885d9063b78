"""What nbgrader itself gives the kinds: ``python -m tests.academy.grading.kinds_stock [KIND ...]``.

Each submission runs in a kernel of its own, by nbgrader's own Execute and determine_grade. With names,
only these are run again.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import nbformat
from nbgrader.preprocessors import Execute
from nbgrader.utils import determine_grade

from academy.grading.work.assignment import Assignment
from tests.academy.grading.kinds import KINDS, SUBMISSIONS, Kind
from tests.academy.grading.small import write_master

__all__ = ["STORED", "stock_scores"]

STORED = Path(__file__).with_suffix(".json")


def stock_scores(kind: Kind, submission: str, folder: Path) -> dict[str, float]:
    """Points by test cell."""
    assignment = write_master(folder / "hw", kind.cells, kind.files)
    notebook = _handed_in(assignment, kind, submission)
    resources = {"metadata": {"path": str(folder / "hw")}}
    done, _ = Execute().preprocess(notebook, resources)
    return {
        cell.metadata.nbgrader.grade_id: float(determine_grade(cell)[0])
        for cell in done.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }


def _handed_in(assignment: Assignment, kind: Kind, submission: str) -> nbformat.NotebookNode:
    answers = kind.answers(submission)
    notebook = nbformat.v4.new_notebook(metadata=dict(assignment.notebooks[0].metadata))
    for cell in assignment.notebooks[0].cells:
        source = cell.source
        if answers is not None and cell.kind == "answer":
            source = answers.get(cell.grade_id, cell.released)
        made = nbformat.v4.new_code_cell(source, metadata=nbformat.from_dict(cell.metadata))
        notebook.cells.append(made)
    return notebook


def main() -> None:
    """Write the file."""
    stored = json.loads(STORED.read_text()) if STORED.exists() else {}
    for name in sys.argv[1:] or KINDS:
        stored[name] = {}
        for submission in SUBMISSIONS:
            with tempfile.TemporaryDirectory() as folder:
                scores = stock_scores(KINDS[name], submission, Path(folder))
            stored[name][submission] = scores
        print(name, stored[name], flush=True)
        kept = {one: stored[one] for one in KINDS if one in stored}
        text = json.dumps(kept, ensure_ascii=False, indent=1)
        STORED.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
