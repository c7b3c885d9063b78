"""How do edits in an instructor's paper come back?  What the generator writes can't be edited there."""

from __future__ import annotations

import textwrap
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from academy.masters import MasterError, has_tag
from academy.papers import Paper, Part, read_paper, stem_of
from academy.papers.wording import directions, titled
from academy.rendering.cells import cell_id, is_hidden
from academy.rendering.paper import TEST_SUFFIX, TEXT_SUFFIX, paper_cells

__all__ = ["pulled_paper"]

# a test's own lines stand in a function
INDENT = "    "


def pulled_paper(master_path: Path, notebook: Path) -> list[NotebookNode]:
    """The master's cells with the notebook's edits.

    Raises
    ------
    MasterError
        An edit is in something that the generator writes; names the cell.
    """
    paper = read_paper(master_path)
    edited = nbformat.read(notebook, as_version=4)
    new = {cell.id: cell.source for cell in edited.cells}
    old = {cell.id: cell.source for cell in paper_cells(paper)}
    taken: set[str] = set()
    cells: dict[str, NotebookNode] = {}
    for number, cell in enumerate(paper.notebook.cells, 1):
        name = _rendered_id(cell, number)
        if name is None or old[name] == new.get(name):
            pass
        elif name in new:
            cell.source = _unrendered(paper, cell, old[name], new[name], f"{notebook} {name}")
        elif name.startswith("cell-"):
            continue
        taken.add(name)
        cells[name or f"hidden-{number}"] = cell
    _refuse_other_edits(old, new, taken, notebook)
    return _with_fresh(cells, edited, old)


def _rendered_id(cell: NotebookNode, number: int) -> str | None:
    """Id of the one notebook cell that shows the author's words of this cell."""
    stem = stem_of(cell)
    if is_hidden(cell):
        return None
    if has_tag(cell, "setup"):
        return "setup"
    if stem:
        return stem[1] + TEXT_SUFFIX
    if "test" in cell.metadata:
        return cell.metadata["test"] + TEST_SUFFIX
    return cell_id(cell, number)


def _unrendered(paper: Paper, cell: NotebookNode, old: str, new: str, where: str) -> str:
    """The author's words after an edit of their notebook form."""
    stem = stem_of(cell)
    if stem and paper[stem[1]].stem:
        return _edited_lines(cell.source, old, new, where)
    if stem:
        return _edited_data_stem(paper[stem[1]], new, where)
    if "answer" in cell.metadata:
        return new
    if "test" in cell.metadata:
        return textwrap.dedent(_between(textwrap.indent(cell.source, INDENT), old, new, where))
    if cell.source in old:
        return _between(cell.source, old, new, where)
    return _edited_cover(cell.source, old, new, where)


def _between(words: str, old: str, new: str, where: str) -> str:
    """The author's words in the notebook's cell, when the generator's around them are as they were."""
    before, found, after = old.partition(words)
    if not (found and new.startswith(before) and new.endswith(after)):
        raise _refusal(where)
    return new[len(before) : len(new) - len(after)]


def _edited_cover(source: str, old: str, new: str, where: str) -> str:
    title, _, situation = source.partition("\n")
    terms = old.removeprefix(title).removesuffix(situation.strip("\n"))
    new_title, found, new_situation = new.partition(terms)
    if not found or not terms.strip():
        raise _refusal(where)
    return f"{new_title}\n\n{new_situation}"


def _edited_data_stem(part: Part, new: str, where: str) -> str:
    size = (
        titled(part.text, part.plan)
        .splitlines()[_heading_line(part)]
        .removeprefix(part.text.splitlines()[_heading_line(part)].rstrip())
    )
    end = f"\n\n{directions(part)}"
    if not new.endswith(end) or new.count(size) != 1:
        raise _refusal(where)
    return new.removesuffix(end).replace(size, "")


def _heading_line(part: Part) -> int:
    return next(n for n, line in enumerate(part.text.splitlines()) if line.startswith("#"))


def _edited_lines(source: str, old: str, new: str, where: str) -> str:
    """A stem with options, edited line by line: what stood in a line stands in the author's too."""
    olds, news = old.splitlines(), new.splitlines()
    if len(olds) != len(news):
        raise _refusal(where)
    lines = source.splitlines()
    for was, now in zip(olds, news, strict=True):
        if was == now:
            continue
        label = (
            was[: was.index(". ") + 2] if was.startswith(("- ", "1", "2", "3", "4", "5")) else ""
        )
        before, after = was.removeprefix(label), now.removeprefix(label)
        places = [n for n, line in enumerate(lines) if before in line]
        if not now.startswith(label) or len(places) != 1:
            raise _refusal(where)
        lines[places[0]] = lines[places[0]].replace(before, after)
    return "\n".join(lines)


def _refuse_other_edits(
    old: dict[str, str], new: dict[str, str], taken: set[str | None], notebook: Path
) -> None:
    for name, source in old.items():
        if name not in taken and not name.startswith("cell-") and new.get(name) != source:
            raise _refusal(f"{notebook} {name}")


def _with_fresh(
    cells: dict[str, NotebookNode], edited: NotebookNode, old: dict[str, str]
) -> list[NotebookNode]:
    """Cells that were added in the notebook, behind the cell that they follow there."""
    order = list(cells.items())
    last = order[0][0]
    for cell in edited.cells:
        if cell.id in old:
            last = cell.id if cell.id in dict(order) else last
            continue
        place = next(n for n, (name, _) in enumerate(order) if name == last) + 1
        fresh = cell.copy()
        fresh.metadata = {}
        order.insert(place, (cell.id, fresh))
        last = cell.id
    return [cell for _, cell in order]


def _refusal(where: str) -> MasterError:
    return MasterError(
        f"{where}：改到了由母本与细目表生成的部分（题号、分值、作答与评分的话、选项的增减），"
        "请直接改 text/source 里的母本。"
    )
