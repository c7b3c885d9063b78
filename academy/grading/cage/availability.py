"""What can this machine give?  A child is caged once, for trial, and asked."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from academy.grading.cage.bubblewrap import wrap_zygote
from academy.grading.cage.cgroups import worker_group
from academy.grading.cage.identity import worker_uid
from academy.grading.cage.level import Level
from academy.grading.cage.policy import CageError, require_platform
from academy.grading.cage.remembered import remembered
from academy.grading.cage.scratch import make_scratch
from academy.grading.cage.surroundings import zygote_environment

__all__ = ["available", "self_test"]

_TRIAL_SLOT = 999
_SECONDS = 60
_MEMORY, _PROCESSES = 4 * 1024**3, 512


def available() -> Level:
    """The level that a submission would be graded at here (tried once since it started).

    Raises
    ------
    CageError
        On Windows, or where the trial child did not come up.
    """
    return _tried()[0]


def self_test() -> tuple[str, ...]:
    """Chinese lines on what a caged child cannot import although it is installed; empty is good."""
    return _tried()[1]


@cache
def _tried() -> tuple[Level, tuple[str, ...]]:
    require_platform()
    found = remembered("trial", _try, _is_good)
    return _level(found), tuple(found["problems"])


def _try() -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="cage-") as name:
        folder = Path(name)
        uid = worker_uid(_TRIAL_SLOT)
        scratch = make_scratch(folder, 1, uid)
        command = [sys.executable, "-m", "academy.grading.cage.trial", str(scratch)]
        command.append("" if uid is None else str(uid))
        return _run(wrap_zygote(command, writable=[folder]), zygote_environment(folder))


def _level(found: dict[str, Any]) -> Level:
    return Level(found["held"], tuple(found["mechanisms"]), tuple(found["notes"]))


def _is_good(found: dict[str, Any]) -> bool:
    return not found["problems"] and not _level(found).missing(["all"])


def _run(command: list[str], environment: dict[str, str]) -> dict:
    group = worker_group(_MEMORY, _PROCESSES)
    try:
        with subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as process:
            process.stdout.readline()  # ready: what is added now forks later
            if group is not None:
                group.add(process.pid)
            try:
                output, errors = process.communicate("\n", timeout=_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                raise CageError(f"试隔离一个进程，{_SECONDS} 秒没有结果。") from None
    finally:
        if group is not None:
            group.close()
    try:
        return json.loads(output)
    except ValueError:
        last = errors.strip().splitlines()[-1:] or ["没有说明"]
        raise CageError(f"试隔离一个进程失败：{last[0]}") from None
