"""What did grading find, for other programs to read?  (``ccom grade --json FILE``)"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from academy.exam.store import write_file
from academy.exam.verdict import PassMark
from academy.grading.desk.service import Outcome

__all__ = ["write_grades"]


def write_grades(path: Path, assignment: str, outcomes: Iterable[Outcome], mark: PassMark) -> None:
    """Write verdicts and points of every cell; replaces the file as a whole.

    Scores are the referee's: points given by hand and late penalties stand in the gradebook.
    """
    submissions: list[dict[str, Any]] = []
    rejected = []
    for outcome in outcomes:
        if outcome.status == "rejected":
            rejected.append({"student": outcome.student, "reason": outcome.message})
        else:
            submissions.append(_submission(outcome, mark))
    content = {"assignment": assignment, "submissions": submissions, "rejected": rejected}
    write_file(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())


def _submission(outcome: Outcome, mark: PassMark) -> dict[str, Any]:
    found = outcome.found
    return {
        "student": outcome.student,
        "score": found["score"],
        "max_score": found["max_score"],
        "passed": mark.passes(found["score"], found["max_score"]),
        "digest": found["digest"],
        "seconds": found["seconds"],
        "flags": found["flags"],
        "containment": found["containment"],
        "cells": [cell for cells in found["notebooks"].values() for cell in cells],
    }
