"""What is a submission worth?  A pure function of master, answers and seat, in contained processes."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from academy.grading.cage import PLACE, Level
from academy.grading.errors import RefereeError
from academy.grading.referee.pair import Pair
from academy.grading.referee.session import Ran, Session
from academy.grading.referee.sides import Clock
from academy.grading.referee.verdicts import manual_record
from academy.grading.warm.nursery import Nursery
from academy.grading.warm.offspring import Template
from academy.grading.wire.files import pack_files
from academy.grading.work.assignment import Assignment, MasterNotebook
from academy.grading.work.plan import Plan
from academy.grading.work.record import GradedRecord, Limits, NotebookRecord, Seat
from academy.grading.work.submission import RebuiltCell, Submission
from academy.grading.work.text import clean_text

__all__ = ["NO_SEAT", "Grader"]

NO_SEAT = Seat()
GRADED = ("test", "manual", "task")
# what a fork of the process that ran it would no longer find
BOUND = re.compile(r"getpid|atexit|tempfile|mkdtemp|mkstemp")


@dataclass
class _Spare:
    """A pair made ready in advance for a notebook."""

    notebook: str
    pair: Pair


class Grader:
    """Grades submissions of one assignment, one after the other.

    Use it as a context manager: the warm process lives as long as the block.

    Parameters
    ----------
    assignment, plan : the master, and what `dry_run` found out about it.
    limits : of one submission.
    require : guarantees or mechanisms that must hold (see `academy.grading.cage`); "all" for all.
    nursery : a warm process to use and leave open; by default one of its own.

    Attributes
    ----------
    timing : seconds by part of the last submission; they add up to its ``seconds``.

    Raises
    ------
    RefereeError
        The plan is for another master, or what is required does not hold here.
    """

    def __init__(
        self,
        assignment: Assignment,
        plan: Plan,
        limits: Limits | None = None,
        require: Iterable[str] = (),
        *,
        nursery: Nursery | None = None,
    ) -> None:
        if plan.assignment_digest != assignment.digest:
            raise RefereeError(f"{assignment.name} 的母本在试跑之后改过：请重新试跑（重新发卷）。")
        self.assignment, self.plan = assignment, plan
        self.limits = limits or Limits()
        self.require = tuple(require)
        self.seed = int.from_bytes(hashlib.sha256(assignment.digest.encode()).digest()[:4])
        self._nursery, self._borrowed = nursery, nursery is not None
        self._spare: _Spare | None = None
        self._templates: dict[str, dict[str, Template]] = {}
        self._seated = False
        # whether children work in the folder of the name in which templates run
        self._movable = False
        self.timing: dict[str, float] = {}

    def __enter__(self) -> Grader:
        if self._nursery is None:
            self._nursery = Nursery(self.limits, self.plan.modules)
        try:
            self._check_containment()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        spare, self._spare = self._spare, None
        if self._borrowed:
            if spare is not None:
                spare.pair.end()
            for templates in self._templates.values():
                for template in templates.values():
                    template.end()
            self._templates.clear()
        elif self._nursery is not None:
            self._nursery.close()
            self._nursery = None

    def grade(self, submission: Submission, seat: Seat | None = None) -> GradedRecord:
        """Grade one submission.

        Raises
        ------
        RefereeError
            A setup cell fails in the examiner's process, or the warm process broke down.
        """
        started = time.perf_counter()
        self.timing = {}
        seat = seat or NO_SEAT
        self._seated = bool(seat.files)
        files = {**self.assignment.files, **seat.files}
        clock = Clock(self.limits)
        notebooks = []
        containment = ""
        for master in self.assignment.notebooks:
            cells = submission.notebooks[master.name]
            if master.name in submission.missing:
                notebooks.append(_notebook_record(master, cells, _not_handed_in(master, cells)))
                continue
            session, containment = self.open_session(master, cells, submission, seat, files, clock)
            results = session.run()
            if session.troubled:
                self._nursery.check()
            for kind, seconds in session.spent.items():
                self._spend(f"{kind} cells", seconds)
            notebooks.append(_notebook_record(master, cells, results))
        seconds = time.perf_counter() - started
        self.timing["rest"] = seconds - sum(self.timing.values())
        return GradedRecord(
            student=submission.student,
            assignment=self.assignment.name,
            notebooks=tuple(notebooks),
            flags=(*submission.flags, *_file_flags(submission.files, files)),
            containment=containment,
            seconds=seconds,
        )

    def open_session(
        self,
        master: MasterNotebook,
        cells: tuple[RebuiltCell, ...],
        submission: Submission,
        seat: Seat,
        files: Mapping[str, bytes],
        clock: Clock,
    ) -> tuple[Session, str]:
        own = {
            name: content
            for name, content in submission.files.items()
            if name not in files and not _in_the_way(name, files)
        }
        untouched = all(
            cell.master == place and not cell.touched
            for place, cell in enumerate(cells[: self.plan.notebooks[master.name].leading])
        )
        started = time.perf_counter()
        pair = self._take_pair(master, planted=untouched and not self._seated)
        level, _ = pair.wait_ready()
        self._spend("processes", time.perf_counter() - started)
        started = time.perf_counter()
        pair.give_files({**own, **files}, files, seat.examiner_environment, clock)
        self._spend("files", time.perf_counter() - started)
        started = time.perf_counter()
        self._make_spare(master)
        self._spend("next processes", time.perf_counter() - started)
        plan = self.plan.notebooks[master.name]
        session = Session(
            master,
            plan,
            cells,
            pair,
            clock,
            self.limits,
            reuse=not self._seated,
            stderr_fails=self.plan.stderr_fails,
        )
        return session, level

    def _spend(self, part: str, seconds: float) -> None:
        self.timing[part] = self.timing.get(part, 0.0) + seconds

    def _take_pair(self, master: MasterNotebook, planted: bool) -> Pair:
        spare, self._spare = self._spare, None
        if spare is not None:
            if spare.notebook == master.name and (planted or not spare.pair.planted):
                return spare.pair
            spare.pair.end()
        return self._new_pair(master if planted else None)

    def _new_pair(self, master: MasterNotebook | None = None) -> Pair:
        templates = self._planted(master) if master is not None else {}
        return Pair(self._nursery, self.seed, self.limits, self.plan.packages, templates)

    def _make_spare(self, master: MasterNotebook) -> None:
        """Make the next notebook's pair ready while this one is graded."""
        notebooks = self.assignment.notebooks
        following = notebooks[(notebooks.index(master) + 1) % len(notebooks)]
        pair = self._new_pair(None if self._seated else following)
        self._spare = _Spare(following.name, pair)

    def _planted(self, master: MasterNotebook) -> dict[str, Template]:
        """Processes in which the leading cells have run, by role; empty where that can't be.

        No learner's line is in reach of those cells, and `dry_run` has seen what they show.
        """
        if master.name not in self._templates:
            self._templates[master.name] = self._plant(master)
        templates = self._templates[master.name]
        return templates if all(one.ready() for one in templates.values()) else {}

    def _plant(self, master: MasterNotebook) -> dict[str, Template]:
        plan = self.plan.notebooks[master.name]
        leading = [
            (cell, one)
            for cell, one in zip(master.cells[: plan.leading], plan.cells, strict=False)
            if cell.is_code and cell.source.strip()
        ]
        sources = [cell.source for cell, _ in leading]
        if (
            not sources
            or not self._movable
            or any(one.shown is None for _, one in leading)
            or any(map(BOUND.search, sources))
        ):
            return {}
        cells, files = list(enumerate(sources, 1)), pack_files(self.assignment.files)
        templates = {}
        for role in ("learner", "examiner"):
            templates[role] = self._nursery.plant(role, self.seed, self.limits, files, cells)
            # one after the other: they run in one folder
            templates[role].ready()
        return templates

    def _check_containment(self) -> None:
        pair = self._new_pair()
        try:
            name, held = pair.wait_ready()
            self._movable = pair.learner.child.folder == os.fspath(PLACE / "work")
        finally:
            pair.end()
        level = Level(dict.fromkeys(held, ""), tuple(name.split("+")))
        missing = level.missing(self.require)
        if missing:
            raise RefereeError(
                f"这台机器守不住 {'、'.join(missing)}（现有 {name}）："
                "请换一台机器，或改 c.Referee.require。"
            )


def _not_handed_in(master: MasterNotebook, cells: tuple[RebuiltCell, ...]) -> list[Ran]:
    """No points, whatever a test would say of nothing: as nbgrader does for a missing notebook."""
    return [
        Ran(record=manual_record(origin.grade_id, origin.points, attempted=False))
        if (origin := master.cells[cell.master]).kind in GRADED and origin.grade_id
        else Ran()
        for cell in cells
    ]


def _notebook_record(
    master: MasterNotebook, cells: tuple[RebuiltCell, ...], results: list[Ran]
) -> NotebookRecord:
    shown = []
    records = []
    for number, (cell, ran) in enumerate(zip(cells, results, strict=True)):
        origin = master.cells[cell.master] if cell.master is not None else None
        content: dict[str, Any] = {
            "cell_type": cell.cell_type,
            "id": (origin.cell_id if origin else None) or f"cell-{number}",
            "metadata": dict(origin.metadata) if origin else {},
            "source": cell.source,
        }
        if cell.cell_type == "code":
            content |= {"execution_count": ran.count, "outputs": ran.outputs}
        shown.append(content)
        if ran.record is not None:
            records.append(ran.record)
    notebook = {
        "cells": shown,
        "metadata": dict(master.metadata),
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return NotebookRecord(master.name, tuple(records), notebook)


def _in_the_way(name: str, files: Mapping[str, bytes]) -> bool:
    """Whether a file of that name takes the place of a data folder, or needs one of a data file's."""
    return any(other.startswith(f"{name}/") or name.startswith(f"{other}/") for other in files)


def _file_flags(own: Mapping[str, bytes], files: Mapping[str, bytes]) -> list[str]:
    changed = [
        f"数据文件 {name} 与发下的不同，评卷用发下的。"
        for name in sorted(files)
        if name in own and own[name] != files[name]
    ]
    stray = [
        f"随卷文件 {clean_text(name)} 占了发下的数据的位置，没有采用。"
        for name in sorted(own)
        if _in_the_way(name, files)
    ]
    return changed + stray
