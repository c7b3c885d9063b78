"""What does grading one submission result in?

A submission becomes a :class:`GradedRecord`, or a :class:`Rejected` with the reason why there is
nothing to grade. Records are plain frozen data: they travel between processes and machines as JSON.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from academy.errors import CcomError

__all__ = [
    "VERDICTS",
    "CellRecord",
    "GradedRecord",
    "Limits",
    "NotebookRecord",
    "Rejected",
    "Seat",
]

VERDICTS = (
    "passed",
    "failed",
    "partial",
    "not_attempted",
    "error",
    "died",
    "timeout",
    "unreadable",
)


@dataclass(frozen=True)
class CellRecord:
    """Points and verdict of one graded cell; ``message`` is one Chinese line, or empty.

    ``same_room`` says that the test ran in the learner's own process (同室): its points rest on
    what that process said.
    """

    grade_id: str
    score: float
    max_score: float
    verdict: str
    message: str
    same_room: bool = False

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(f"verdict {self.verdict!r} is none of {', '.join(VERDICTS)}")


@dataclass(frozen=True)
class NotebookRecord:
    """One rebuilt notebook: graded cells in the master's order, and the notebook with outputs."""

    name: str
    cells: tuple[CellRecord, ...]
    notebook: dict[str, Any]


@dataclass(frozen=True)
class GradedRecord:
    """Everything that grading one submission found; the same submission gives the same digest."""

    student: str
    assignment: str
    notebooks: tuple[NotebookRecord, ...]
    flags: tuple[str, ...]
    containment: str
    seconds: float = field(compare=False)

    @property
    def cells(self) -> tuple[CellRecord, ...]:
        """The graded cells of all notebooks, in order."""
        return tuple(cell for notebook in self.notebooks for cell in notebook.cells)

    @property
    def score(self) -> float:
        """Points of all graded cells together."""
        return float(sum(cell.score for cell in self.cells))

    @property
    def max_score(self) -> float:
        """Points that could have been reached."""
        return float(sum(cell.max_score for cell in self.cells))

    @property
    def digest(self) -> str:
        """SHA-256 over everything except the seconds and what the cells put out.

        Outputs are left out because an honest cell may print the time or an address.
        """
        content = asdict(self)
        del content["seconds"]
        for notebook in content["notebooks"]:
            for cell in notebook["notebook"].get("cells", []):
                cell.pop("outputs", None)
        return hashlib.sha256(_canonical(content).encode()).hexdigest()

    def to_json(self) -> str:
        """The record as canonical JSON text."""
        return _canonical(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> GradedRecord:
        """The record that :meth:`to_json` wrote."""
        content = json.loads(text)
        notebooks = tuple(
            NotebookRecord(
                notebook["name"],
                tuple(CellRecord(**cell) for cell in notebook["cells"]),
                notebook["notebook"],
            )
            for notebook in content.pop("notebooks")
        )
        return cls(notebooks=notebooks, flags=tuple(content.pop("flags")), **content)


class Rejected(CcomError):
    """There is nothing to grade; ``reason`` is one Chinese line."""

    def __init__(self, student: str, reason: str) -> None:
        super().__init__(student, reason)
        self.student = student
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.student}：{self.reason}"


@dataclass(frozen=True)
class Limits:
    """What one submission may use; seconds are wall-clock, sizes are bytes."""

    cell_seconds: float = 30
    call_seconds: float = 10
    total_seconds: float = 300
    memory_bytes: int = 2 * 1024**3
    output_bytes: int = 10_000_000
    scratch_bytes: int = 64 * 1024**2


@dataclass(frozen=True)
class Seat:
    """Whose data a submission was written on.

    ``files`` (path inside the assignment to content) replace the assignment's data files for both
    processes; ``examiner_environment`` reaches the examiner's process only.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    examiner_environment: Mapping[str, str] = field(default_factory=dict)


def _canonical(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # a learner's output may hold half of a pair of surrogates, which can be written nowhere
    return text.encode("utf-8", "replace").decode()
