"""Does every exercise and every item do what it promises?  Runs a master in a real kernel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from academy.masters import (
    Mistake,
    answer_id,
    has_tag,
    items,
    mistakes,
    read_master,
    solution,
    stub,
)
from academy.running import run_notebook
from academy.seats import OPTION, seat_letters
from ccomlib.paper import SEAT_VARIABLE

__all__ = ["Proof", "prove_lesson", "prove_paper"]

KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}


@dataclass
class Proof:
    """What was found out about one master.

    Attributes
    ----------
    problems : list of str
        One sentence a broken promise; empty when all is well.
    reference_points : float
        Points of the reference answers (papers only).
    untouched_points : float
        Points of the untouched paper.
    """

    problems: list[str] = field(default_factory=list)
    reference_points: float = 0.0
    untouched_points: float = 0.0


@dataclass(frozen=True)
class _Trial:
    """One answer tried against one check: what is put in, what must come out."""

    kind: str
    answer: str
    check: str
    points: float = 0.0
    mistake: Mistake | None = None


def prove_lesson(path: Path, seconds: int = 60) -> Proof:
    """Run a lesson with, at each exercise, the stub, every mistake and then the right answer.

    Parameters
    ----------
    path : the master.
    seconds : longest time for one cell.
    """
    master = read_master(path)
    wrong = _by_answer(mistakes(master, path))
    stubs = {answer_id(cell): cell.source for cell in master.cells if answer_id(cell)}
    proof = Proof()
    cells: list[tuple[NotebookNode, _Trial | None]] = []
    for cell in _shown(master):
        name = cell.metadata.get("check")
        if name is None:
            cells.append((_code(solution(cell.source) if answer_id(cell) else cell.source), None))
            continue
        if name not in stubs:
            proof.problems.append(f"检查格 {name} 没有对应的练习")
            continue
        if not wrong.get(name):
            proof.problems.append(f"练习 {name} 没有典型错答")
        for trial in _lesson_trials(name, stubs[name], wrong.get(name, [])):
            cells += [(_code(trial.answer), None), (_code(cell.source), trial)]
    _run(cells, path.parent, seconds, {}, proof)
    for (cell, trial), name in zip(cells, range(len(cells)), strict=True):
        _judge_lesson(cell, trial, name, proof)
    checked = {cell.metadata["check"] for cell in master.cells if "check" in cell.metadata}
    proof.problems += [f"练习 {name} 没有检查格" for name in stubs if name not in checked]
    return proof


def prove_paper(path: Path, folder: Path, seed: int, seconds: int = 60) -> Proof:
    """Run a paper on one seat with, at each item, the stub, every mistake and the right answer.

    Parameters
    ----------
    path : the master.
    folder : the seat's paper folder (with data/).
    seed : the seat.
    """
    master = read_master(path)
    wrong = _by_answer(mistakes(master, path))
    options = {
        c.metadata["options"]: len(OPTION.findall(c.source))
        for c in master.cells
        if "options" in c.metadata
    }
    graded = {item.grade_id: item for item in items(master, path)}
    proof = Proof()
    right: dict[str, str] = {}
    stubs: dict[str, str] = {}
    setup: list[tuple[NotebookNode, _Trial | None]] = []
    tests: list[NotebookNode] = []

    def seated(name: str, source: str) -> str:
        return seat_letters(source, name, options[name], seed) if name in options else source

    for cell in _shown(master):
        name = answer_id(cell)
        if name:
            right[name], stubs[name] = seated(name, solution(cell.source)), stub(cell.source)
        elif cell.metadata.get("nbgrader", {}).get("grade_id") in graded:
            tests.append(cell)
        else:
            setup.append((_code(cell.source), None))
    cells = setup + [(_code(source), None) for source in stubs.values()]
    # last item first, the others unanswered: an item that leans on an earlier one fails here
    for cell in reversed(tests):
        item = graded[cell.metadata["nbgrader"]["grade_id"]]
        blank = stubs[item.answer_id]
        trials = [_Trial("stub", blank, item.grade_id, item.points)]
        trials += [
            _Trial("mistake", seated(item.answer_id, one.source), item.grade_id, item.points, one)
            for one in wrong.get(item.answer_id, [])
        ]
        trials.append(_Trial("right", right[item.answer_id], item.grade_id, item.points))
        for trial in trials:
            cells += [(_code(trial.answer), None), (_code(cell.source), trial)]
        cells.append((_code(blank), None))
    _run(cells, folder, seconds, {SEAT_VARIABLE: str(seed)}, proof)
    _judge_paper(cells, wrong, proof)
    proof.problems += [f"答案格 {name} 没有典型错答" for name in right if not wrong.get(name)]
    return proof


def _lesson_trials(name: str, source: str, wrong: list[Mistake]) -> Iterator[_Trial]:
    yield _Trial("stub", stub(source), name)
    for mistake in wrong:
        yield _Trial("mistake", mistake.source, name, mistake=mistake)
    yield _Trial("right", solution(source), name)


def _judge_lesson(cell: NotebookNode, trial: _Trial | None, place: int, proof: Proof) -> None:
    kind, text = _error(cell)
    if trial is None:
        if kind and not _is_trial_answer(cell):
            proof.problems.append(f"第 {place} 格出错 {kind}：{text}\n{cell.source}")
    elif trial.kind == "right" and kind:
        proof.problems.append(f"练习 {trial.check}：参考答案没有通过（{kind}：{text}）")
    elif trial.kind == "stub" and kind != "NotAttempted":
        proof.problems.append(
            f"练习 {trial.check}：没动过的格应说还没有作答，却是 {kind or '通过'}：{text}"
        )
    elif trial.kind == "mistake":
        mistake = trial.mistake
        if kind != "Incorrect" or not mistake.message or mistake.message not in text:
            proof.problems.append(
                f"练习 {trial.check} 错答「{mistake.name}」应得到「{mistake.message}」，却是 {kind or '通过'}：{text}"
            )


def _judge_paper(
    cells: list[tuple[NotebookNode, _Trial | None]], wrong: dict[str, list[Mistake]], proof: Proof
) -> None:
    earned: dict[int, float] = {}
    for cell, trial in cells:
        kind, text = _error(cell)
        if trial is None:
            if kind and not _is_trial_answer(cell):
                proof.problems.append(f"出错 {kind}：{text}\n{cell.source}")
            continue
        points = 0.0 if kind else trial.points
        if trial.kind == "right":
            proof.reference_points += points
            if kind:
                proof.problems.append(f"评分格 {trial.check}：参考答案没有得分（{kind}：{text}）")
        elif trial.kind == "stub":
            proof.untouched_points += points
            if kind != "NotAttempted":
                proof.problems.append(
                    f"评分格 {trial.check}：没动过的格应说还没有作答，却是 {kind or '得分'}：{text}"
                )
        else:
            earned[id(trial.mistake)] = earned.get(id(trial.mistake), 0.0) + points
    for mistake in (one for group in wrong.values() for one in group):
        got = earned.get(id(mistake), 0.0)
        if mistake.points is None or abs(got - mistake.points) > 1e-9:
            proof.problems.append(
                f"{mistake.answer_id} 错答「{mistake.name}」应得 {mistake.points} 分，却得 {got:g} 分"
            )


def _run(
    cells: list[tuple[NotebookNode, _Trial | None]],
    folder: Path,
    seconds: int,
    environment: dict[str, str],
    proof: Proof,
) -> None:
    notebook = nbformat.v4.new_notebook(cells=[cell for cell, _ in cells], metadata=KERNEL)
    run_notebook(notebook, folder, seconds=seconds, allow_errors=True, environment=environment)
    for place, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                proof.problems.append(
                    f"第 {place} 格写了 stderr：{output.text.strip()[:300]}\n{cell.source}"
                )


def _shown(master: NotebookNode) -> list[NotebookNode]:
    return [c for c in master.cells if c.cell_type == "code" and not has_tag(c, "mistake")]


def _by_answer(found: list[Mistake]) -> dict[str, list[Mistake]]:
    groups: dict[str, list[Mistake]] = {}
    for mistake in found:
        groups.setdefault(mistake.answer_id, []).append(mistake)
    return groups


def _code(source: str) -> NotebookNode:
    return nbformat.v4.new_code_cell(source)


def _is_trial_answer(cell: NotebookNode) -> bool:
    return cell.source.startswith("# 错因")


def _error(cell: NotebookNode) -> tuple[str, str]:
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            return output.ename, output.evalue
    return "", ""
