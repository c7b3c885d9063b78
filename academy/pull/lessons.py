"""How do edits in a lesson's notebook come back?  Cell by cell; answers through their folded cells."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from academy.masters import PLACEHOLDER, MasterError, read_master, remark, solution, stub
from academy.rendering.cells import cell_id, is_hidden
from academy.rendering.lesson import ANSWER_SUFFIX, CHECK_LINE, clean_cell

__all__ = ["pulled_lesson"]


def pulled_lesson(master_path: Path, notebook: Path) -> list[NotebookNode]:
    """The master's cells with the notebook's edits.

    Solutions, mistakes and instructor's notes that the notebook does not show are kept.

    Raises
    ------
    MasterError
        An edit can't be placed (says which cell and what to do).
    """
    master, edited = read_master(master_path), nbformat.read(notebook, as_version=4)
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
    return cells


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
    if known.cell_type == "markdown":
        return remark(known.source, cell.source)
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
