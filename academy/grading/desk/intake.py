"""What lies in a learner's folder?  Read with care: it may hold anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from academy.grading.desk.foreign_folder import (
    CLOSED,
    DEEP,
    LINK,
    SPECIAL,
    Folder,
    FolderRefused,
)
from academy.grading.desk.notebook_json import parse_notebook
from academy.grading.work.text import clean_text, is_text

__all__ = [
    "MAX_NOTEBOOK_BYTES",
    "SET_ASIDE",
    "SKIPPED_FOLDERS",
    "TIMESTAMP",
    "LearnerCell",
    "cells_in",
    "cells_of",
    "is_own_file",
    "read_cells",
    "read_files",
]

MAX_NOTEBOOK_BYTES = 50_000_000
MAX_FILE_BYTES = 32_000_000
MAX_FILES = 500
MAX_CELLS = 5_000
MAX_SOURCE = 1_000_000
TIMESTAMP = "timestamp.txt"
SECRET = "submission_secret.txt"
SET_ASIDE = re.compile(r"timestamp\.unreadable(-\d+)?\.txt")
SKIPPED_FOLDERS = {".ipynb_checkpoints", "__pycache__", ".git", ".cache"}
NOT_TAKEN = {
    LINK: "{} 是链接",
    SPECIAL: "{} 是管道、套接字或设备",
    DEEP: "文件夹 {} 套得太深或名字太长",
    CLOSED: "文件夹 {} 没有权限读",
}


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
    with Folder(path.parent) as folder:
        return cells_in(folder, path.name)


def cells_in(folder: Folder, name: str) -> list[LearnerCell]:
    """The cells of a notebook in an open folder; see `read_cells`."""
    return cells_of(parse_notebook(folder.read(name, MAX_NOTEBOOK_BYTES)))


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
        raise ValueError(f"有 {len(raw)} 个单元格，超过 {MAX_CELLS} 个：请学员删掉多余的单元格再交")
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


def is_own_file(name: str) -> bool:
    """Whether the name is that of a file about the time of handing in."""
    return name == TIMESTAMP or SET_ASIDE.fullmatch(name) is not None


def read_files(folder: Folder, notebooks: set[str], flags: list[str]) -> dict[str, bytes]:
    """Regular files beside the notebooks; links and special files are flagged, never followed."""
    files: dict[str, bytes] = {}
    left = MAX_FILE_BYTES
    for entry in folder.walk(SKIPPED_FOLDERS):
        if entry.path in notebooks or entry.path == SECRET:
            continue
        if is_own_file(entry.path.partition("/")[0]):
            continue
        shown = clean_text(entry.path)
        if entry.kind in NOT_TAKEN:
            flags.append(f"{NOT_TAKEN[entry.kind].format(shown)}，没有采用。")
            continue
        if not is_text(entry.path):
            flags.append(f"文件 {shown} 的名字不是 UTF-8，没有采用。")
            continue
        if len(files) == MAX_FILES:
            flags.append(f"随卷文件超过 {MAX_FILES} 个，多出的没有采用。")
            break
        try:
            content = entry.read(left)
        except FolderRefused as refused:
            flags.append(f"文件 {shown} {str(refused).partition('：')[0]}，没有采用。")
            continue
        files[entry.path] = content
        left -= len(content)
    return files
