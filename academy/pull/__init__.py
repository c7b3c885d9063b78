"""How do an instructor's edits in a notebook come back to its master?"""

from __future__ import annotations

from pathlib import Path

import nbformat

from academy.lab import LAB
from academy.manifest import Manifest, below
from academy.masters import MasterError, write_master
from academy.pull.lessons import pulled_lesson
from academy.pull.papers import pulled_paper
from academy.rendering import setting_of

__all__ = ["pull"]


def pull(notebook: Path, root: Path) -> Path:
    """Bring an instructor's edits in a generated notebook back to its master.

    Returns
    -------
    Path
        The master that was rewritten.

    Raises
    ------
    MasterError
        The notebook has no master, or an edit can't be placed (says which cell and what to do).
    """
    name = below(notebook, root)
    working_copy = name.startswith(f"{LAB}/")
    name = name.removeprefix(f"{LAB}/")
    path = root / "text" / Path(name).with_suffix(".py")
    if not path.exists():
        raise MasterError(
            f"{notebook} 没有母本 {path.relative_to(root)}：新笔记本请先在 text/ 建母本。"
        )
    if name.startswith("course/"):
        cells = pulled_lesson(path, notebook, setting_of(path, root))
    else:
        cells = pulled_paper(path, notebook)
    text = write_master(nbformat.v4.new_notebook(cells=cells))
    path.write_text(text, encoding="utf-8", newline="\n")
    if working_copy:
        return path
    # its edits are in the master now: the generator may write it anew
    Manifest.read(root).adopting(name, notebook.read_bytes()).write(root)
    return path
