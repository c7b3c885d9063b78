"""What does the course's nbgrader_config.py ask of the referee?  The section ``c.Referee``."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from traitlets import Bool, Enum, Float, Int, List, TraitError, Unicode, validate
from traitlets.config import Config, Configurable

from academy.grading.errors import GradingError
from academy.grading.work.record import Limits, Seat

__all__ = ["ChosenSeat", "Referee", "read_settings"]


EXPECTED = {
    "require": "一列文字",
    "hide_tests": "一列文字",
    "free_points": "True 或 False",
    "seats": "「模块.函数」",
    "workers": "0（按核数）或正整数",
    "full_points": "True 或 False",
    "shielded": '"possible"（能隔开的隔开）或 "all"（都要隔开）',
    "stderr_fails": "True 或 False",
}


class Referee(Configurable):
    """The section ``c.Referee`` of nbgrader_config.py; every trait has a safe default."""

    cell_seconds = Float(30, help="Longest time for one cell, in seconds.").tag(config=True)
    call_seconds = Float(
        10, help="Longest time for one call of a learner's function from a test, in seconds."
    ).tag(config=True)
    submission_seconds = Float(300, help="Longest time for one submission, in seconds.").tag(
        config=True
    )
    memory_mb = Int(2048, help="Memory of each of the two processes, in MiB.").tag(config=True)
    output_mb = Float(10, help="Output of one submission, in MB.").tag(config=True)
    scratch_mb = Int(64, help="Size of the scratch folder, in MiB.").tag(config=True)
    workers = Int(0, help="Submissions graded at a time; 0 means one for each core.").tag(
        config=True
    )
    require = List(
        Unicode(),
        help="Kinds of containment without which nothing is graded; see `ccom grade --check-containment`.",
    ).tag(config=True)
    hide_tests = List(
        Unicode(),
        ["*"],
        help="Patterns of assignments whose feedback shows verdict and points but no hidden test.",
    ).tag(config=True)
    free_points = Bool(
        True,
        help="Whether a test may give points to an answer cell as it was handed out; False refuses"
        " such a paper at release.",
    ).tag(config=True)
    seats = Unicode(
        "",
        help="module.function(course folder, assignment, student) that says whose data a submission was written on.",
    ).tag(config=True)

    full_points = Bool(
        False,
        help="Whether the master's own solution must run without an error and get all points.",
    ).tag(config=True)
    shielded = Enum(
        ["possible", "all"],
        "possible",
        help='Which tests must run apart from the learner\'s process: those that can, or "all".',
    ).tag(config=True)
    stderr_fails = Bool(
        True,
        help="Whether a test that writes to stderr (a warning, too) gets no points, as in nbgrader.",
    ).tag(config=True)

    @validate(
        "cell_seconds", "call_seconds", "submission_seconds", "memory_mb", "output_mb", "scratch_mb"
    )
    def _positive(self, proposal: Any) -> Any:
        if not proposal["value"] > 0:
            raise TraitError(f"{proposal['trait'].name} must be above 0")
        return proposal["value"]

    @validate("workers")
    def _not_negative(self, proposal: Any) -> int:
        if proposal["value"] < 0:
            raise TraitError("workers must not be negative")
        return proposal["value"]

    def limits(self) -> Limits:
        """The limits of one submission."""
        return Limits(
            cell_seconds=self.cell_seconds,
            call_seconds=self.call_seconds,
            total_seconds=self.submission_seconds,
            memory_bytes=self.memory_mb * 1024**2,
            output_bytes=int(self.output_mb * 1_000_000),
            scratch_bytes=self.scratch_mb * 1024**2,
        )

    def worker_count(self) -> int:
        """How many submissions are graded at a time."""
        if self.workers > 0:
            return self.workers
        if hasattr(os, "sched_getaffinity"):
            return len(os.sched_getaffinity(0))
        return os.cpu_count() or 1

    def hides_tests(self, assignment: str) -> bool:
        """Whether feedback on the assignment keeps its hidden tests back."""
        return any(fnmatchcase(assignment, pattern) for pattern in self.hide_tests)

    def seat_of(self) -> Callable[[Path, str, str], ChosenSeat | None] | None:
        """The function named by ``c.Referee.seats``, if any.

        Raises
        ------
        GradingError
            It can't be imported.
        """
        if not self.seats:
            return None
        module, _, name = self.seats.rpartition(".")
        try:
            return getattr(importlib.import_module(module), name)
        except (ImportError, AttributeError, ValueError) as error:
            raise GradingError(
                f"c.Referee.seats 写的 {self.seats!r} 引不进来（{error}）：请改成「模块.函数」。"
            ) from None


def read_settings(config: Config) -> Referee:
    """The section ``c.Referee`` of a course's configuration.

    Raises
    ------
    GradingError
        A name is unknown or a value is none that the setting takes.
    """
    section = config.get("Referee", Config())
    known = sorted(Referee.class_trait_names(config=True))
    for name, value in section.items():
        if name not in known:
            raise GradingError(
                f"nbgrader_config.py 里的 c.Referee.{name} 不认得：可以设置的有 {'、'.join(known)}。"
            )
        try:
            Referee(config=Config(Referee={name: value}))
        except TraitError:
            kind = EXPECTED.get(name, "大于 0 的数")
            raise GradingError(
                f"nbgrader_config.py 里的 c.Referee.{name} 是 {value!r}，应是{kind}。"
            ) from None
    return Referee(config=Config(Referee=section))


@dataclass(frozen=True)
class ChosenSeat:
    """What ``c.Referee.seats`` names returns: whose data a submission was written on.

    Attributes
    ----------
    key : str
        Changes whenever the seat's data or secrets change; never the secret itself.
    make : callable
        Makes the :class:`~academy.grading.work.record.Seat`; called only when it is needed.
    """

    key: str
    make: Callable[[], Seat]
