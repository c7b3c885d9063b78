"""How do an instructor's edits in a notebook come back to its master?"""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from academy.manifest import Manifest, below
from academy.masters import PLACEHOLDER, MasterError, read_master, solution, stub, write_master
from academy.rendering import ANSWER_SUFFIX, CHECK_LINE, cell_id, clean_cell, is_hidden

__all__ = ["pull"]


def pull(notebook: Path, root: Path) -> Path:
    """Bring an instructor's edits in a generated notebook back to its master.

    Solutions, mistakes and instructor's notes that the notebook does not show are kept.

    Returns
    -------
    Path
        The master that was rewritten.

    Raises
    ------
    MasterError
        The notebook has no master, or an edit can't be placed (says which cell and what to do).
    """
    path = _master_of(notebook, root)
    master, edited = read_master(path), nbformat.read(notebook, as_version=4)
    by_id = {cell_id(cell, number): cell for number, cell in enumerate(master.cells, 1)}
    hidden_after = _hidden_after(master)
    answers = {c.id: c.source for c in edited.cells if c.id.endswith(ANSWER_SUFFIX)}
    cells = list(hidden_after.get(None, []))
    for cell in edited.cells:
        if cell.id in answers:
            continue
        known = by_id.get(cell.id)
        if known is None:
            cells.append(clean_cell(cell, cell.id))
            continue
        known = known.copy()
        known.source = _edited_source(known, cell, answers, notebook)
        cells += [known, *hidden_after.get(cell.id, [])]
    text = write_master(nbformat.v4.new_notebook(cells=cells))
    path.write_text(text, encoding="utf-8", newline="\n")
    # its edits are in the master now: the generator may write it anew
    Manifest.read(root).adopting(below(notebook, root), notebook.read_bytes()).write(root)
    return path


def _master_of(notebook: Path, root: Path) -> Path:
    """course/a/b.ipynb -> text/course/a/b.py"""
    try:
        relative = notebook.resolve().relative_to(root.resolve())
    except ValueError:
        raise MasterError(
            f"{notebook} 不在课程文件夹 {root} 里：请指明 course/ 或 source/ 里的笔记本。"
        ) from None
    master = root / "text" / relative.with_suffix(".py")
    if not master.exists():
        raise MasterError(
            f"{notebook} 没有母本 {master.relative_to(root)}：新笔记本请先在 text/ 建母本。"
        )
    return master


def _hidden_after(master: NotebookNode) -> dict[str | None, list[NotebookNode]]:
    """Cells that no notebook shows, by the id of the visible cell before them."""
    hidden: dict[str | None, list[NotebookNode]] = {}
    last = None
    for number, cell in enumerate(master.cells, 1):
        if is_hidden(cell) or "explain" in cell.metadata:
            hidden.setdefault(last, []).append(cell)
        else:
            last = cell_id(cell, number)
    return hidden


def _edited_source(
    known: NotebookNode, cell: NotebookNode, answers: dict[str, str], notebook: Path
) -> str:
    """The master's source of a cell after the instructor's edit of its notebook form."""
    if "check" in known.metadata:
        return cell.source.removeprefix(CHECK_LINE).lstrip("\n")
    exercise = known.metadata.get("exercise")
    if not exercise or "### BEGIN SOLUTION" not in known.source:
        return cell.source
    source = known.source
    folded = re.search(
        r"```python\n(.*?)\n```", answers.get(exercise + ANSWER_SUFFIX, ""), re.DOTALL
    )
    if folded and folded[1] != solution(source):
        source = _replace_block(source, folded[1])
    if cell.source == stub(known.source):
        return source
    if PLACEHOLDER not in cell.source:
        raise MasterError(
            f"{notebook} 练习 {exercise}：「{PLACEHOLDER}」这一行不见了，放不回参考答案；请恢复这一行，或直接改母本。"
        )
    block = re.search(
        r"^[ \t]*### BEGIN SOLUTION.*?### END SOLUTION$", source, re.DOTALL | re.MULTILINE
    )
    return re.sub(
        r"^[ \t]*" + re.escape(PLACEHOLDER), lambda _: block[0], cell.source, flags=re.MULTILINE
    )


def _replace_block(source: str, answer: str) -> str:
    """The solution block of a one-block exercise with another answer in it."""
    if re.search(r"^(async )?def |^class ", source, re.MULTILINE):
        raise MasterError("函数练习的参考答案请在母本里改：它的外层与答案分不开。")
    head, rest = source.split("### BEGIN SOLUTION\n", 1)
    tail = rest.split("### END SOLUTION", 1)[1]
    return f"{head}### BEGIN SOLUTION\n{answer}\n### END SOLUTION{tail}"
