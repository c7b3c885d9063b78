"""What may one caged process use, and on which platforms is there a cage at all?"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from academy.errors import CcomError

__all__ = ["CageError", "Policy", "require_platform"]

_WINDOWS = (
    "Windows 上没有评分所需的隔离手段：请安装 WSL（Windows 的 Linux 子系统），在 WSL 里评分。"
)


class CageError(CcomError):
    """The process cannot be caged here at all; one Chinese line says what to do."""


@dataclass(frozen=True)
class Policy:
    """What one caged process may use.

    Parameters
    ----------
    scratch : folder from :func:`make_scratch`, whose files the process gets.
    memory_bytes : private memory of the process.
    file_bytes : size of one file.
    readable : more to read than :func:`~academy.grading.cage.default_readable`.
    uid : from :func:`worker_uid`; None keeps the user.
    scratch_bytes : size of all files that it writes; by default ``file_bytes``.
    cpu_seconds : processor time in all; None for no limit.
    keep_fds : descriptors to keep besides 0, 1, 2; None closes none.
    environment : variables besides those of :func:`~academy.grading.cage.environment`.
    """

    scratch: Path
    memory_bytes: int
    file_bytes: int
    readable: tuple[Path, ...] = ()
    uid: int | None = None
    scratch_bytes: int | None = None
    cpu_seconds: int | None = None
    keep_fds: tuple[int, ...] | None = None
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def total_bytes(self) -> int:
        """Size of all files that the process writes."""
        return self.scratch_bytes or self.file_bytes


def require_platform() -> None:
    """Refuse a platform that has nothing to hold a process with.

    Raises
    ------
    CageError
        On Windows.
    """
    if sys.platform == "win32":
        raise CageError(_WINDOWS)
