"""How do edits in a lesson's notebook come back?  Cell by cell; answers through their folded cells."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from academy.masters import (
    MasterError,
    placeholder,
    plain,
    read_master,
    remark,
    solution,
    stub,
)
from academy.rendering.cells import cell_id, is_hidden
from academy.rendering.lesson import (
    ANSWER_SUFFIX,
    CHECK_LINE,
    SETUP_LINE,
    clean_cell,
    lesson_cells,
)
from academy.rendering.setting import Setting
from academy.rendering.words import reading_source, reading_text

__all__ = ["pulled_lesson"]


def pulled_lesson(
    master_path: Path, notebook: Path, setting: Setting | None = None
) -> list[NotebookNode]:
    """The master's cells with the notebook's edits.

    Solutions, mistakes and instructor's notes that the notebook does not show are kept.

    Parameters
    ----------
    setting : what the notebook was made with.

    Raises
    ------
    MasterError
        An edit can't be placed (says which cell and what to do).
    """
    master, edited = read_master(master_path), nbformat.read(notebook, as_version=4)
    by_id = {cell_id(cell, number): cell for number, cell in enumerate(master.cells, 1)}
    made = {cell.id: cell.source for cell in lesson_cells(master, setting)}
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
        known.source = _edited_source(known, made[cell.id], cell, answers, notebook)
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
    known: NotebookNode, made: str, cell: NotebookNode, answers: dict[str, str], notebook: Path
) -> str:
    """The master's source of a cell after the instructor's edit of its notebook form."""
    where = f"{notebook} {cell.id}"
    if "reading" in known.metadata:
        read = known.copy()
        read.source = plain(known.source)
        return remark(known.source, _edited_reading(read, made, cell.source, where))
    if known.cell_type == "markdown":
        words = _edited_words(plain(known.source), made, cell.source, where)
        return remark(known.source, words)
    if "check" in known.metadata:
        return cell.source.removeprefix(CHECK_LINE).lstrip("\n")
    exercise = known.metadata.get("exercise")
    if not exercise or "### BEGIN SOLUTION" not in known.source:
        return cell.source.removeprefix(f"{SETUP_LINE}\n")
    source = known.source
    folded = re.search(
        r"```python\n(.*?)\n```", answers.get(exercise + ANSWER_SUFFIX, ""), re.DOTALL
    )
    if folded and folded[1] != solution(source):
        source = _replace_block(source, folded[1])
    if cell.source == stub(known.source):
        return source
    line = placeholder(known.source)
    if line not in cell.source:
        raise MasterError(
            f"{notebook} 练习 {exercise}：「{line}」这一行不见了，放不回参考答案；请恢复这一行，或直接改母本。"
        )
    block = re.search(
        r"^[ \t]*### BEGIN SOLUTION.*?### END SOLUTION$", source, re.DOTALL | re.MULTILINE
    )
    return re.sub(r"^[ \t]*" + re.escape(line), lambda _: block[0], cell.source, flags=re.MULTILINE)


def _edited_reading(known: NotebookNode, made: str, new: str, where: str) -> str:
    """The Markdown of a reading after an edit inside its code."""
    text = reading_text(new)
    before = reading_text(made)
    if new == made:
        return known.source
    if text is None or before is None or new.replace(text, before) != made:
        raise _refusal(where)
    trial = known.copy()
    trial.source = text
    if reading_source(trial) == new:
        return text
    return _edited_words(known.source, before, text, where)


def _edited_words(source: str, old: str, new: str, where: str) -> str:
    """The author's Markdown, edited where the notebook shows it as the author wrote it."""
    if old == source:
        return new
    lines, shown, edited = source.splitlines(), old.splitlines(), new.splitlines()
    # which of the author's lines a shown line is; the generator's own lines are none
    same = difflib.SequenceMatcher(None, shown, lines, autojunk=False).get_matching_blocks()
    place = {one.a + step: one.b + step for one in same for step in range(one.size)}
    changes = difflib.SequenceMatcher(None, shown, edited, autojunk=False).get_opcodes()
    for kind, start, end, new_start, new_end in reversed(changes):
        if kind == "equal":
            continue
        places = [place.get(one) for one in range(start, end)]
        if kind == "insert":
            places = [place[start - 1] + 1] if start - 1 in place else [place.get(start)]
        if None in places or places != list(range(places[0], places[0] + len(places))):
            raise _refusal(where)
        stop = places[0] if kind == "insert" else places[-1] + 1
        lines[places[0] : stop] = edited[new_start:new_end]
    return "\n".join(lines)


def _replace_block(source: str, answer: str) -> str:
    """The solution block of a one-block exercise with another answer in it."""
    if re.search(r"^(async )?def |^class ", source, re.MULTILINE):
        raise MasterError("函数练习的参考答案请在母本里改：它的外层与答案分不开。")
    head, rest = source.split("### BEGIN SOLUTION\n", 1)
    tail = rest.split("### END SOLUTION", 1)[1]
    return f"{head}### BEGIN SOLUTION\n{answer}\n### END SOLUTION{tail}"


def _refusal(where: str) -> MasterError:
    return MasterError(
        f"{where}：改到了由生成器写的部分（岗位与时长、课表、折起的答案、术语与速查的样子、讲解的程序），"
        "请直接改 text/course 里的母本。"
    )
