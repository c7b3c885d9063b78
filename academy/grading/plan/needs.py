"""What does each cell of a master need in the examiner's process, and which must stay in the learner's?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from academy.grading.plan.advice import danger
from academy.grading.plan.names import CellNames, closure, import_lines, look_at, modules_in
from academy.grading.plan.rehearsal import Rehearsed
from academy.grading.work.assignment import MasterCell, MasterNotebook
from academy.grading.work.plan import CellPlan, NotebookPlan

__all__ = ["first_plan"]

ANSWERS = ("answer", "manual")
SHARED = ("locked", "plain")


def first_plan(
    master: MasterNotebook,
    rehearsed: list[Rehearsed],
    reasons: Mapping[int, tuple[str, str]],
    *,
    keep_own: bool = True,
) -> NotebookPlan:
    """The plan of a notebook as its text and its rehearsal suggest it.

    Parameters
    ----------
    reasons : places of tests that are to run in the learner's own process, with why and remedy.
    keep_own : whether such tests find the master's own values for names that are not the learner's.
    """
    looks = [look_at(cell.source) if cell.is_code else CellNames() for cell in master.cells]
    reasons = _hidden_names(master, looks) | dict(reasons)
    state = _State(frozenset().union(*(modules_in(c.source) for c in master.cells if c.is_code)))
    cells: list[CellPlan] = []
    for place, (cell, look) in enumerate(zip(master.cells, looks, strict=True)):
        if not cell.is_code or cell.kind == "task":
            cells.append(CellPlan())
        elif cell.kind in ANSWERS:
            state.answer(place, look, rehearsed[place])
            cells.append(CellPlan())
        elif cell.kind == "test":
            plan = state.test(place, cell, look, reasons.get(place), keep_own)
            told = rehearsed[place].ran.report.get("value") or {}
            cells.append(replace(plan, other_result="other" in told))
        else:
            cells.append(state.shared(place, look))
    cells = list(_with_learner_lines(master, cells, looks))
    return NotebookPlan(tuple(_with_later_needs(master, cells, looks)), _leading(master))


@dataclass
class _State:
    """What is known of the names on the way through a notebook.

    Attributes
    ----------
    modules : names of modules: a method of theirs changes no name.
    makers : for each name of the learner's, places of the answer cells that make it.
    inside : for each function, what its body looks up.
    masters : for each name of the master's, places of the read-only cells that give it a value.
    roomy : names that only the learner's process has, because a test made them there.
    """

    modules: frozenset[str]
    makers: dict[str, set[int]] = field(default_factory=dict)
    inside: dict[str, frozenset[str]] = field(default_factory=dict)
    masters: dict[str, set[int]] = field(default_factory=dict)
    roomy: set[str] = field(default_factory=set)
    answered: bool = False

    def answer(self, place: int, look: CellNames, rehearsed: Rehearsed) -> None:
        """An answer cell: what it makes and changes is the learner's."""
        for name in look.binds | (look.changes - self.modules) | rehearsed.changed:
            self.makers.setdefault(name, set()).add(place)
            self.inside.pop(name, None)
        self.answered = True

    def _needs(self, look: CellNames) -> frozenset[str]:
        self.inside |= look.inside
        return closure(look.needs | _bodies(look), self.inside)

    def _plan(self, look: CellNames, all_needs: frozenset[str]) -> CellPlan:
        needs = all_needs & set(self.makers)
        return CellPlan(
            examiner=True,
            names=tuple(sorted(needs)),
            allowed=(),
            random=look.seeds,
            files=look.touches_files and self.answered,
            answers=_places(self.makers, needs),
            rests=_places(self.masters, all_needs),
        )

    def test(
        self,
        place: int,
        cell: MasterCell,
        look: CellNames,
        reason: tuple[str, str] | None,
        keep_own: bool,
    ) -> CellPlan:
        """A test: in the examiner's process unless there is a reason against it."""
        needs = self._needs(look)
        plan = self._plan(look, needs)
        why, remedy = reason or danger(cell, needs & set(self.makers)) or ("", "")
        born = sorted(needs & self.roomy)
        if born and not why:
            why = f"要用 {'、'.join(born)}，是前面同室的一格里才有的。"
            remedy = "请把它移到只读格里。"
        if not why:
            self.roomy -= look.binds - look.needs
            lines = import_lines(cell.released)
            return replace(plan, allowed=None, learner_lines=lines)
        own = sorted(needs - set(self.makers)) if keep_own else ()
        self.roomy |= look.binds
        return CellPlan(
            names=plan.names,
            answers=plan.answers,
            same_room=True,
            own=tuple(own),
            why=why,
            remedy=remedy,
        )

    def shared(self, place: int, look: CellNames) -> CellPlan:
        """A read-only cell, in both processes where it can be."""
        needs = self._needs(look)
        plan = replace(self._plan(look, needs), keeps=tuple(sorted(look.binds)))
        if needs & self.roomy:
            self.roomy |= look.binds
            return CellPlan(keeps=plan.keeps)
        self.roomy -= look.binds
        for name in look.binds:
            self.masters.setdefault(name, set()).add(place)
        for name in look.binds - look.needs:
            self.makers.pop(name, None)
            self.masters[name] = {place}
        return plan


def _places(where: Mapping[str, Collection[int]], names: frozenset[str]) -> tuple[int, ...]:
    return tuple(sorted({place for name in names for place in where.get(name, ())}))


def _bodies(look: CellNames) -> frozenset[str]:
    """What the functions made in a cell look up; they may be called in it."""
    return frozenset().union(*look.inside.values()) - look.binds


def _hidden_names(master: MasterNotebook, looks: list[CellNames]) -> dict[int, tuple[str, str]]:
    """Tests with a name in their hidden part that a later cell of another kind uses."""
    made: set[str] = set()
    found: dict[int, tuple[str, str]] = {}
    for place, (cell, look) in enumerate(zip(master.cells, looks, strict=True)):
        if cell.kind == "test":
            others = zip(master.cells[place + 1 :], looks[place + 1 :], strict=True)
            later = (one.needs | _bodies(one) for other, one in others if other.kind != "test")
            hidden = look.binds - look_at(cell.released).binds - made
            used = sorted(hidden & frozenset().union(*later))
            if used:
                why = f"后面的格要用它的隐藏部分里才有的 {'、'.join(used)}。"
                found[place] = why, "请把它移到只读格里。"
        made |= look.binds
    return found


def _with_learner_lines(
    master: MasterNotebook, cells: list[CellPlan], looks: list[CellNames]
) -> Iterator[CellPlan]:
    """Tests whose names later cells of the learner's process use run there too, as released."""
    for place, (cell, plan) in enumerate(zip(master.cells, cells, strict=True)):
        if cell.kind != "test" or not plan.examiner:
            yield plan
            continue
        released = look_at(cell.released)
        given = released.binds - look_at(plan.learner_lines).binds
        used: set[str] = set()
        for number in range(place + 1, len(cells)):
            if master.cells[number].kind != "test" or cells[number].same_room:
                used |= looks[number].needs | _bodies(looks[number])
        yield replace(plan, learner_lines=cell.released) if given & used else plan


def _with_later_needs(
    master: MasterNotebook, cells: list[CellPlan], looks: list[CellNames]
) -> Iterator[CellPlan]:
    """Leave out cells of the learner's names that nothing later needs; mark those that provide."""
    for place, plan in enumerate(cells):
        if not plan.examiner:
            yield plan
            continue
        later: set[str] = set()
        for other, look in zip(cells[place + 1 :], looks[place + 1 :], strict=True):
            if other.examiner:
                later |= look.needs | _bodies(look)
        provides = bool(looks[place].binds & later)
        idle = master.cells[place].kind in SHARED and plan.names and not provides
        yield replace(plan, provides=provides, examiner=not idle)


def _leading(master: MasterNotebook) -> int:
    """How many cells stand before the first cell that is the learner's or a test."""
    for place, cell in enumerate(master.cells):
        if cell.kind not in SHARED and cell.is_code:
            return place
    return len(master.cells)
