"""What came out of the cells that a proof ran?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Proof", "error_of", "said_on_stderr"]


@dataclass
class Proof:
    """What was found out about one master.

    Attributes
    ----------
    problems : list of str
        One sentence a broken promise; empty when all is well.
    reference_points : float
        Points of the reference answers (papers only).
    untouched_points : float
        Points of the untouched paper.
    """

    problems: list[str] = field(default_factory=list)
    reference_points: float = 0.0
    untouched_points: float = 0.0


def error_of(outputs: list[dict[str, Any]]) -> tuple[str, str]:
    """Name and text of the error among a cell's outputs; empty without one."""
    for output in outputs:
        if output["output_type"] == "error":
            return output["ename"], output["evalue"]
    return "", ""


def said_on_stderr(outputs: list[dict[str, Any]]) -> str:
    """What a cell wrote to stderr; nbgrader gives no points where a test does."""
    return "".join(
        output["text"]
        for output in outputs
        if output["output_type"] == "stream" and output["name"] == "stderr"
    ).strip()
