"""What can stop grading, and who can mend it?  Every message is one Chinese line with the remedy."""

from __future__ import annotations

from academy.errors import CcomError

__all__ = ["AssignmentError", "DryRunError", "GradingError", "RefereeError"]


class GradingError(CcomError):
    """Nothing can be graded before staff mend something in the course."""


class AssignmentError(GradingError):
    """The master itself cannot be used."""


class DryRunError(GradingError):
    """The master cannot be graded as it is; ``cell`` names the cell, ``reason`` says why."""

    def __init__(self, cell: str, reason: str) -> None:
        super().__init__(cell, reason)
        self.cell, self.reason = cell, reason

    def __str__(self) -> str:
        return f"试跑没有通过，{self.cell}：{self.reason}"


class RefereeError(CcomError):
    """The referee itself cannot work on this machine, or its warm process broke down."""
