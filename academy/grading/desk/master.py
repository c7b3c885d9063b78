"""Where is the master of an assignment, and what does it say?"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.coursedir import CourseDirectory
from nbgrader.nbgraderformat.v3 import MetadataValidatorV3
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearSolutions
from traitlets.config import Config

from academy.grading.errors import AssignmentError, GradingError
from academy.grading.work.assignment import Assignment, MasterCell, MasterNotebook
from academy.nbgrader_words import in_chinese

__all__ = ["is_folder_name", "master_stamp", "read_assignment", "read_folder"]

IGNORED = {".ipynb_checkpoints", "__pycache__", ".git", ".DS_Store"}


def read_assignment(coursedir: CourseDirectory, config: Config, name: str) -> Assignment:
    """The assignment's master, ``source/<name>``; with AUTOTEST in it, ``source_with_tests/<name>``.

    Raises
    ------
    GradingError
        It is missing or can't be read.
    """
    folder, expanded = _folders(coursedir, name)
    if not is_folder_name(name) or not folder.is_dir():
        raise GradingError(f"没有作业 {name!r}：source/ 里没有它的母本，请核对名字。")
    if any(b"AUTOTEST" in path.read_bytes() for path in folder.glob("*.ipynb") if path.is_file()):
        folder = expanded
        if not folder.is_dir():
            raise GradingError(
                f"{name} 的母本里有 AUTOTEST：请运行 nbgrader generate_assignment {name} "
                "--source_with_tests --force，把测试展开。"
            )
    return read_folder(folder, config)


def is_folder_name(name: str) -> bool:
    """Whether the name of an assignment or a learner leads to a folder of its own, nowhere else."""
    return name not in ("", ".", "..") and "/" not in name and "\0" not in name


def master_stamp(coursedir: CourseDirectory, name: str) -> dict[str, tuple[int, int]]:
    """Time and size of each file of the master: while they stay, so does what it says."""
    found: dict[str, tuple[int, int]] = {}
    for folder in _folders(coursedir, name) if is_folder_name(name) else ():
        for parent, folders, names in os.walk(folder):
            folders[:] = [one for one in folders if one not in IGNORED]
            for path in (os.path.join(parent, one) for one in names):
                with contextlib.suppress(OSError):
                    status = os.stat(path)
                    found[path] = (status.st_mtime_ns, status.st_size)
    return found


def _folders(coursedir: CourseDirectory, name: str) -> tuple[Path, Path]:
    """Where the master is, and where nbgrader puts it with its tests written out."""
    steps = (coursedir.source_directory, coursedir.source_with_tests_directory)
    source, expanded = (Path(coursedir.format_path(step, ".", name)) for step in steps)
    return source, expanded


def read_folder(folder: Path, config: Config | None = None) -> Assignment:
    """Read an instructor's folder.

    Parameters
    ----------
    folder : ``source/<assignment>``; every notebook, and every other file as data.
    config : nbgrader configuration, for a course with its own stub or solution marks.

    Raises
    ------
    AssignmentError
        There is no notebook, or one cannot be read.
    """
    paths = sorted(path for path in folder.glob("*.ipynb") if path.is_file())
    if not paths:
        raise AssignmentError(f"{folder.name} 里没有 .ipynb 母本：请核对作业名与课程文件夹。")
    notebooks = tuple(_read_notebook(path, config or Config()) for path in paths)
    return Assignment(folder.name, notebooks, _data_files(folder))


def _read_notebook(path: Path, config: Config) -> MasterNotebook:
    try:
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            MetadataValidatorV3().upgrade_cell_metadata(cell)
    except Exception as error:
        raise AssignmentError(f"母本 {path.name} 读不出来：{_why(error)}。") from error
    released = _released_sources(notebook, config)
    seen: set[str] = set()
    cells = []
    for cell, text in zip(notebook.cells, released, strict=True):
        master = _master_cell(cell, text)
        if master.grade_id in seen:
            raise AssignmentError(f"母本 {path.name}：编号 {master.grade_id} 用了两次，请改名。")
        if master.grade_id:
            seen.add(master.grade_id)
        if "### AUTOTEST" in master.source or "### HASHED AUTOTEST" in master.source:
            raise AssignmentError(
                f"母本 {path.name} 的 {master.grade_id} 里还有 AUTOTEST 指令："
                "请把展开后的测试写进母本。"
            )
        cells.append(master)
    metadata = json.loads(json.dumps(notebook.metadata))
    return MasterNotebook(path.stem, tuple(cells), metadata)


def _why(error: Exception) -> str:
    """Why a master can't be read, and what to do about it; what nbformat says is English."""
    if isinstance(error, OSError):
        return "打不开，请看文件的权限"
    if isinstance(error, UnicodeDecodeError):
        return "不是 UTF-8 编码，请另存为 UTF-8"
    if isinstance(error, nbformat.reader.NotJSONError | json.JSONDecodeError):
        return "不是完好的 JSON，请用 JupyterLab 打开、存好，或从母本重新生成"
    known = in_chinese(f"{type(error).__name__}: {error}")
    return known or f"不合笔记本的格式（{type(error).__name__}），请用 JupyterLab 打开、存好"


def _master_cell(cell: nbformat.NotebookNode, released: str) -> MasterCell:
    nbgrader = cell.metadata.get("nbgrader") or {}
    grade, solution = bool(nbgrader.get("grade")), bool(nbgrader.get("solution"))
    if nbgrader.get("task"):
        kind = "task"
    elif grade and solution:
        kind = "manual"
    elif solution:
        kind = "answer"
    elif grade:
        kind = "test" if cell.cell_type == "code" else "manual"
    else:
        kind = "locked" if nbgrader.get("locked") else "plain"
    return MasterCell(
        kind=kind,
        cell_type=cell.cell_type,
        source=cell.source,
        released=released,
        grade_id=None if kind == "plain" else nbgrader.get("grade_id"),
        points=float(nbgrader.get("points") or 0),
        cell_id=cell.get("id"),
        metadata=json.loads(json.dumps(cell.metadata)),
    )


def _released_sources(notebook: nbformat.NotebookNode, config: Config) -> list[str]:
    copy = nbformat.from_dict(json.loads(json.dumps(notebook)))
    copy.metadata.setdefault("language_info", {}).setdefault("name", "python")
    resources: dict[str, Any] = {"language": "python"}
    for step in (ClearSolutions, ClearHiddenTests, ClearMarkScheme):
        copy, resources = step(config=config, enforce_metadata=False).preprocess(copy, resources)
    return [cell.source for cell in copy.cells]


def _data_files(folder: Path) -> dict[str, bytes]:
    files = {}
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in IGNORED)
        for name in sorted(names):
            path = Path(parent, name)
            if name in IGNORED or path.is_symlink() or not path.is_file():
                continue
            if path.suffix == ".ipynb" and path.parent == folder:
                continue
            files[path.relative_to(folder).as_posix()] = path.read_bytes()
    return files
