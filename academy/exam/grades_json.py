"""What did grading find, for other programs to read?  (``ccom grade --json FILE``)"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from academy.course import Course
from academy.grading.desk.batch import Outcome
from academy.syllabus import read_syllabus

__all__ = ["write_grades"]

PASS_PERCENT = 70.0  # where the course has no syllabus that says so


def write_grades(path: Path, course: Course, paper: str, outcomes: Iterable[Outcome]) -> None:
    """Write verdicts and points of every cell; replaces the file as a whole.

    Scores are the referee's: points given by hand and late penalties stand in the gradebook.
    """
    syllabus = course.root / "course/syllabus.yml"
    percent = read_syllabus(syllabus).pass_points if syllabus.exists() else PASS_PERCENT
    submissions: list[dict[str, Any]] = []
    rejected = []
    for outcome in outcomes:
        if outcome.status == "rejected":
            rejected.append({"student": outcome.student, "reason": outcome.message})
        else:
            submissions.append(_submission(outcome, percent))
    content = {"assignment": paper, "submissions": submissions, "rejected": rejected}
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)


def _submission(outcome: Outcome, percent: float) -> dict[str, Any]:
    found = outcome.found
    return {
        "student": outcome.student,
        "score": found["score"],
        "max_score": found["max_score"],
        "passed": found["score"] * 100 >= percent * found["max_score"],
        "digest": found["digest"],
        "seconds": found["seconds"],
        "flags": found["flags"],
        "containment": found["containment"],
        "cells": [cell for cells in found["notebooks"].values() for cell in cells],
    }
