"""What lies in a learner's folder?  Read with care: it may hold anything."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from academy.grading.work.text import clean_text

__all__ = [
    "MAX_NOTEBOOK_BYTES",
    "LearnerCell",
    "cells_of",
    "read_cells",
    "read_files",
]

MAX_NOTEBOOK_BYTES = 50_000_000
MAX_FILE_BYTES = 32_000_000
MAX_FILES = 500
MAX_CELLS = 5_000
MAX_SOURCE = 1_000_000
OWN_FILES = {"timestamp.txt", "submission_secret.txt"}
SKIPPED_FOLDERS = {".ipynb_checkpoints", "__pycache__", ".git", ".cache"}


@dataclass(frozen=True)
class LearnerCell:
    """What is read of a learner's cell."""

    cell_type: str
    source: str
    grade_id: str | None = None
    cell_id: str | None = None


def read_cells(path: Path) -> list[LearnerCell]:
    """The cells of a notebook file of format 3 or 4; only text is looked at.

    Raises
    ------
    ValueError
        Why nothing can be read, in Chinese.
    """
    if path.is_symlink():
        raise ValueError("是链接，不能采用")
    try:
        raw_text = _read_regular(path, MAX_NOTEBOOK_BYTES)
    except OSError:
        raise ValueError("不在交卷里") from None
    try:
        content = json.loads(raw_text.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ValueError("不是完好的笔记本文件") from None
    return cells_of(content)


def cells_of(content: Any) -> list[LearnerCell]:
    """The cells of a notebook's JSON; see `read_cells`.

    Raises
    ------
    ValueError
        Why it is none, in Chinese.
    """
    if not isinstance(content, dict):
        raise ValueError("不是完好的笔记本文件")
    raw = content.get("cells")
    if raw is None and isinstance(content.get("worksheets"), list):
        raw = [
            cell
            for sheet in content["worksheets"]
            if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)
            for cell in sheet["cells"]
        ]
    if not isinstance(raw, list):
        raise ValueError("里没有单元格")
    if len(raw) > MAX_CELLS:
        raise ValueError(f"有 {len(raw)} 个单元格，超过 {MAX_CELLS} 个")
    return [cell for cell in map(_learner_cell, raw) if cell is not None]


def _learner_cell(raw: Any) -> LearnerCell | None:
    if not isinstance(raw, dict):
        return None
    source = raw.get("source", raw.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        source = ""
    # lone surrogates cannot be written to any file or sent to any process
    source = source[:MAX_SOURCE].encode("utf-8", "replace").decode("utf-8")
    kind = raw.get("cell_type")
    metadata = raw.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    cell_id = raw.get("id")
    return LearnerCell(
        "code" if kind == "code" else "raw" if kind == "raw" else "markdown",
        source,
        grade_id if isinstance(grade_id, str) else None,
        cell_id if isinstance(cell_id, str) else None,
    )


def read_files(folder: Path, notebooks: set[str], flags: list[str]) -> Iterator[tuple[str, bytes]]:
    """Regular files beside the notebooks; links and special files are flagged, never followed."""
    count = size = 0
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        for name in list(folders):
            if Path(parent, name).is_symlink():
                folders.remove(name)
                flags.append(f"文件夹 {clean_text(name)} 是链接，没有采用。")
        for name in sorted(names):
            path = Path(parent, name)
            relative = path.relative_to(folder).as_posix()
            if relative in notebooks or relative in OWN_FILES:
                continue
            try:
                content = _read_regular(path, MAX_FILE_BYTES - size)
                relative.encode()
            except (OSError, ValueError):
                flags.append(f"文件 {clean_text(relative)} 是链接、特殊文件或太大，没有采用。")
                continue
            count, size = count + 1, size + len(content)
            if count > MAX_FILES:
                flags.append(f"随卷文件超过 {MAX_FILES} 个，多出的没有采用。")
                return
            yield relative, content


def _read_regular(path: Path, limit: int) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise ValueError("不是普通文件")
        if status.st_size > limit:
            raise ValueError(f"有 {status.st_size} 字节，超过 {limit} 字节：请学员清除输出后重交")
        return file.read(limit + 1)
