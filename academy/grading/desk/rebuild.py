"""Which lines of a submission count?  The master's notebook with the learner's answers in it.

The graded notebook is the master's, cell by cell and in the master's order. Of the learner's copy
only source text is taken over: the answer cells (by ``grade_id``), changed cells without a role,
and the learner's own extra cells, each after the master's cell behind which it stood. Everything
else that was changed is a flag.

Where an answer's id stands more than once (a split or copied cell), copies that still are the
released stub count for nothing; the last of the others is the answer, as in nbgrader, and the
ones before it run as extra cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from academy.grading.desk.foreign_folder import Folder, FolderRefused
from academy.grading.desk.intake import LearnerCell, cells_in, read_files
from academy.grading.work.assignment import Assignment, MasterCell, MasterNotebook
from academy.grading.work.record import Rejected
from academy.grading.work.submission import LEARNERS, RebuiltCell, Submission
from academy.grading.work.text import clean_text

__all__ = ["read_submission"]


def read_submission(folder: Path | Folder, assignment: Assignment, student: str) -> Submission:
    """Read ``submitted/<student>/<assignment>``.

    Parameters
    ----------
    folder : where it lies, or that folder opened already.

    Raises
    ------
    Rejected
        No notebook of the assignment can be read.
    """
    try:
        if isinstance(folder, Folder):
            return _read(folder, assignment, student)
        with Folder(folder.parent, folder.name) as opened:
            return _read(opened, assignment, student)
    except FolderRefused as refused:
        raise Rejected(student, f"{student} 交来的 {assignment.name} {refused}。") from None


def _read(folder: Folder, assignment: Assignment, student: str) -> Submission:
    flags: list[str] = []
    notebooks: dict[str, tuple[RebuiltCell, ...]] = {}
    reasons = []
    missing = set()
    names = {f"{master.name}.ipynb" for master in assignment.notebooks}
    for master in assignment.notebooks:
        name = f"{master.name}.ipynb"
        try:
            cells = cells_in(folder, name)
        except ValueError as error:
            reasons.append(f"{name} {error}" if folder.has(name) else f"{name} 不在交卷里")
            missing.add(master.name)
            notebooks[master.name] = _rebuild(master, [], flags, missing=True)
            continue
        notebooks[master.name] = _rebuild(master, cells, flags)
    if len(reasons) == len(assignment.notebooks):
        others = [n for n in folder.names() if n.endswith(".ipynb") and n not in names]
        hint = f"（文件夹里另有 {clean_text('、'.join(others))}，文件名不能改）" if others else ""
        remedy = "" if any("：请" in reason for reason in reasons) else "：请学员重新交卷"
        raise Rejected(student, f"{'；'.join(reasons)}{hint}{remedy}。")
    flags += [f"{reason.partition('：请')[0]}，按没有作答评卷。" for reason in reasons]
    files = read_files(folder, names, flags)
    return Submission(student, notebooks, files, tuple(flags), frozenset(missing))


def _rebuild(
    master: MasterNotebook, cells: list[LearnerCell], flags: list[str], missing: bool = False
) -> tuple[RebuiltCell, ...]:
    places = {cell.grade_id: place for place, cell in enumerate(master.cells) if cell.grade_id}
    copies: dict[int, list[int]] = {}
    for number, cell in enumerate(cells):
        if cell.grade_id in places:
            copies.setdefault(places[cell.grade_id], []).append(number)
    chosen: dict[int, int] = {}
    dropped: set[int] = set()
    for place, numbers in copies.items():
        _choose(master.cells[place], place, numbers, cells, chosen, dropped)
    matched = {number: place for place, number in chosen.items()}
    _match_without_role(master, cells, matched, dropped)
    place_of = {place: number for number, place in matched.items()}
    if not missing:
        flags += _flags(master, cells, place_of, copies)

    extras: dict[int, list[RebuiltCell]] = {}
    anchor = -1
    for number, cell in enumerate(cells):
        if number in matched:
            anchor = matched[number]
        elif number not in dropped and cell.source.strip():
            extras.setdefault(anchor, []).append(RebuiltCell(None, cell.cell_type, cell.source))
    rebuilt = list(extras.get(-1, []))
    for place, cell in enumerate(master.cells):
        number = place_of.get(place)
        own = cells[number] if number is not None else None
        rebuilt.append(_rebuilt_cell(place, cell, own))
        rebuilt += extras.get(place, [])
    return tuple(rebuilt)


def _choose(
    cell: MasterCell,
    place: int,
    numbers: list[int],
    cells: list[LearnerCell],
    chosen: dict[int, int],
    dropped: set[int],
) -> None:
    if cell.kind not in LEARNERS:
        chosen[place] = numbers[0]
        dropped.update(numbers[1:])
        return
    stubs = [n for n in numbers if _same(cells[n].source, cell.released)]
    written = [n for n in numbers if n not in stubs]
    chosen[place] = (written or stubs)[-1]
    dropped.update(n for n in stubs if n != chosen[place])


def _match_without_role(
    master: MasterNotebook, cells: list[LearnerCell], matched: dict[int, int], dropped: set[int]
) -> None:
    """Cells without a role by equal text, then any cell by the id that the file format gives it."""
    free = [n for n in range(len(cells)) if n not in matched and n not in dropped]
    taken = set(matched.values())
    for place, cell in enumerate(master.cells):
        if place in taken or cell.grade_id:
            continue
        for number in free:
            if cells[number].cell_type == cell.cell_type and _same(
                cells[number].source, cell.released
            ):
                matched[number] = place
                taken.add(place)
                free.remove(number)
                break
    by_id = {cell.cell_id: place for place, cell in enumerate(master.cells) if cell.cell_id}
    for number in free:
        place = by_id.get(cells[number].cell_id)
        if place is not None and place not in taken:
            matched[number] = place
            taken.add(place)


def _rebuilt_cell(place: int, cell: MasterCell, own: LearnerCell | None) -> RebuiltCell:
    if cell.kind in LEARNERS:
        source = own.source if own else ""
        touched = own is not None and not _same(source, cell.released)
        return RebuiltCell(place, cell.cell_type, source, touched)
    if cell.kind == "plain" and own and own.cell_type == cell.cell_type:
        return RebuiltCell(place, cell.cell_type, own.source, not _same(own.source, cell.released))
    return RebuiltCell(place, cell.cell_type, cell.source, False)


def _flags(
    master: MasterNotebook,
    cells: list[LearnerCell],
    place_of: dict[int, int],
    copies: dict[int, list[int]],
) -> Iterator[str]:
    where = f"{master.name}："
    for place, cell in enumerate(master.cells):
        if not cell.grade_id:
            continue
        number = place_of.get(place)
        name = f"{where}{_word(cell)} {cell.grade_id} "
        if number is None:
            yield name + (
                "被删或改了名，按没有作答评卷。" if cell.kind in LEARNERS else "被删，已补上。"
            )
            continue
        own = cells[number]
        if own.grade_id != cell.grade_id:
            yield name + "改了名，按单元格编号认出。"
        if len(copies.get(place, [])) > 1:
            yield name + f"出现 {len(copies[place])} 次。"
        if own.cell_type != cell.cell_type:
            yield name + "改了类型，已改回。"
        if cell.kind not in LEARNERS and not (
            _same(own.source, cell.released) or _same(own.source, cell.source)
        ):
            yield name + "被改过，评卷用母本。"
    order = [place_of[p] for p, c in enumerate(master.cells) if c.grade_id and p in place_of]
    if order != sorted(order):
        yield where + "单元格换了次序，评卷按母本的次序。"


def _word(cell: MasterCell) -> str:
    return {"test": "评分格", "answer": "作答格", "manual": "作答格", "task": "任务格"}.get(
        cell.kind, "只读格"
    )


def _same(one: str, other: str) -> bool:
    return one.strip() == other.strip()
