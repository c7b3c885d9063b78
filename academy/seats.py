"""What does a seat get?  The data files and the order of the options, from the seat's seed."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbformat import NotebookNode

from academy.course import Course, CourseError
from ccomlib.paper import option_order, relabel

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "option_texts",
    "paper_data",
    "permute_options",
    "seat_letters",
    "write_data",
    "write_seat",
]

OPTION = re.compile(r"^- ([A-H])\. (.+)$", re.MULTILINE)


def paper_data(master_folder: Path, seed: int) -> dict[str, str]:
    """CSV texts of a seat's tables, by name (with a byte-order mark, so that Excel reads them).

    Parameters
    ----------
    master_folder : folder of the paper's master; its ``seat.py`` has ``tables(seed)``, which
        returns a dict of name to DataFrame.
    seed : the seat.
    """
    path = master_folder / "seat.py"
    spec = importlib.util.spec_from_file_location(f"seat_{master_folder.name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {name: _csv(table) for name, table in module.tables(seed).items()}


def write_data(master_folder: Path, seed: int, into: Path) -> None:
    """Write a seat's data files into the folder ``data`` below `into`."""
    folder = into / "data"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in paper_data(master_folder, seed).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")


def write_seat(course: Course, paper: str, seed: int, into: Path) -> Path:
    """Write one seat's paper: the released notebook with its own data and option order.

    Returns
    -------
    Path
        The folder ``into/<paper>``.

    Raises
    ------
    CourseError
        The paper is unknown or not released yet.
    """
    course.require_paper(paper)
    released = course.folder("release", paper)
    if not (released / f"{paper}.ipynb").exists():
        raise CourseError(
            f"试卷 {paper} 还没有学员卷：请先运行 ccom notebooks 或 ccom release {paper}。"
        )
    folder = into / paper
    shutil.copytree(released, folder, dirs_exist_ok=True)
    path = folder / f"{paper}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if "options" in cell.metadata:
            cell.source = permute_options(cell.source, cell.metadata["options"], seed)
    nbformat.write(notebook, path)
    master_folder = course.root / "text/source" / paper
    if (master_folder / "seat.py").exists():
        write_data(master_folder, seed, folder)
    return folder


def permute_options(source: str, item: str, seed: int) -> str:
    """The item's text with its option lines 「- A. …」 in the seat's order."""
    texts = [found[2] for found in OPTION.finditer(source)]
    order = iter(option_order(seed, item, len(texts)))
    letters = iter("ABCDEFGH")
    return OPTION.sub(lambda _: f"- {next(letters)}. {texts[next(order)]}", source)


def option_texts(notebook: NotebookNode) -> dict[str, list[str]]:
    """The options of each choice item of a paper, in the order in which they stand."""
    return {
        cell.metadata["options"]: [found[2] for found in OPTION.finditer(cell.source)]
        for cell in notebook.cells
        if "options" in cell.metadata
    }


def seat_letters(answer: str, item: str, count: int, seed: int) -> str:
    """An answer cell's source with the master's letters turned into the seat's."""
    order = option_order(seed, item, count)
    return re.sub(r'"([A-H]+)"', lambda found: f'"{relabel(found[1], order)}"', answer)


def _csv(table: pd.DataFrame) -> str:
    return "\ufeff" + table.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")
