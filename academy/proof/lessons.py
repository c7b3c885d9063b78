"""Does a lesson keep its promises?  At each exercise the stub, every mistake and the right answer,
and in the prose every figure.

A reading is run as the learner first meets it, before anything was guessed: it must not stop the
run, and its ``actual`` must be a number or an option.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from academy.exports import learners_folder
from academy.masters import (
    Mistake,
    answer_id,
    asked,
    marks,
    mistakes,
    plain_master,
    read_master,
    solution,
    stub,
)
from academy.proof.outcome import Proof, error_of, said_on_stderr
from academy.proof.prose import probe, prose_problems
from academy.rendering.cells import is_hidden
from academy.rendering.lesson import answer_name
from academy.rendering.words import reading_source
from academy.running import run_cells
from ccomlib.notebook.names import unfilled

__all__ = ["prove_lesson"]


@dataclass(frozen=True)
class _Step:
    """One cell to run and what it is for.

    Attributes
    ----------
    kind : "lesson", "answer" (its outcome shows in the check behind it), "stub", "mistake", "excel",
        "right", "figure" (prints a figure of the prose)
    cell : its place in the master
    mark : which figure of the cell
    """

    source: str
    kind: str = "lesson"
    check: str = ""
    mistake: Mistake | None = None
    cell: int = -1
    mark: int = -1


def prove_lesson(path: Path, seconds: float = 60) -> Proof:
    """Run a lesson from its first cell to its last.

    Parameters
    ----------
    path : the master.
    seconds : longest time for one cell.
    """
    master = read_master(path)
    wrong: dict[str, list[Mistake]] = {}
    for mistake in mistakes(master, path):
        wrong.setdefault(mistake.answer_id, []).append(mistake)
    exercises = {answer_id(cell): cell.source for cell in master.cells if answer_id(cell)}
    checked = {cell.metadata["check"] for cell in master.cells if "check" in cell.metadata}
    proof = Proof()
    proof.problems += [f"检查格 {name} 没有对应的练习" for name in sorted(checked - set(exercises))]
    proof.problems += [f"练习 {name} 没有检查格" for name in exercises if name not in checked]
    proof.problems += [f"练习 {name} 没有典型错答" for name in exercises if not wrong.get(name)]
    proof.problems += _guess_problems(master)
    values = {
        c.metadata["excel"]: c.metadata.get("value") for c in master.cells if "excel" in c.metadata
    }
    steps: list[_Step] = []
    readable = plain_master(master).cells
    for place, cell in enumerate(master.cells):
        name = cell.metadata.get("check")
        if cell.cell_type == "markdown":
            found = enumerate(marks(cell.source))
            steps += [
                _Step(probe(one), "figure", cell=place, mark=number)
                for number, one in found
                if one.expression
            ]
        if "reading" in cell.metadata:
            steps.append(_Step(reading_source(readable[place])))
        if cell.cell_type != "code" or is_hidden(cell):
            continue
        if name in exercises:
            excel = values.get(name)
            steps += _trials(name, cell.source, exercises[name], wrong.get(name, []), place, excel)
        elif name is None:
            source = solution(cell.source) if answer_id(cell) else cell.source
            steps.append(_Step(source, cell=place))
    with learners_folder(_course_folder(path)) as folder:
        outputs = run_cells([step.source for step in steps], folder, seconds=seconds)
    ran = list(zip(steps, outputs, strict=True))
    before = ""
    for step, shown in ran:
        kind, text = error_of(shown)
        if step.kind == "stub" and before:
            # the cell stopped at its ____; a kernel's watch makes its check say 还没有作答
            kind = "NotAttempted"
        proof.problems += _problems(step, kind, text, said_on_stderr(shown))
        before = kind if step.kind == "answer" and unfilled(step.source) else ""
    proof.problems += prose_problems(
        path.name,
        master,
        {step.cell: shown for step, shown in ran if step.kind in ("lesson", "right")},
        {(step.cell, step.mark): shown for step, shown in ran if step.kind == "figure"},
    )
    return proof


def _course_folder(master: Path) -> Path:
    """text/course/a/b.py -> course/a"""
    text = master.resolve().parent
    return text.parents[2] / "course" / text.name if len(text.parents) > 2 else text


def _guess_problems(master: NotebookNode) -> Iterator[str]:
    """Guesses without a reading, readings without a guess."""
    names = [one.name for one in asked(master)]
    opened = [cell.metadata["reading"] for cell in master.cells if "reading" in cell.metadata]
    yield from (
        f"猜 {name} 用了两次，请改名" for name in sorted(set(names)) if names.count(name) > 1
    )
    yield from (f"猜 {name} 没有讲解" for name in names if name not in opened)
    yield from (f"讲解 {name} 没有对应的猜" for name in opened if name not in names)


def _trials(
    name: str, check: str, answer: str, wrong: list[Mistake], place: int, excel: object
) -> Iterator[_Step]:
    yield _Step(stub(answer), "answer")
    yield _Step(check, "stub", name)
    for mistake in wrong:
        yield _Step(mistake.source, "answer")
        yield _Step(check, "mistake", name, mistake)
    if excel is not None:
        yield _Step(f"{answer_name(check)} = {excel!r}", "answer")
        yield _Step(check, "excel", name)
    yield _Step(solution(answer), "answer")
    yield _Step(check, "right", name, cell=place)


def _problems(step: _Step, kind: str, text: str, stderr: str) -> Iterator[str]:
    if stderr:
        yield f"写了 stderr：{stderr[:300]}\n{step.source}"
    if step.kind == "lesson" and kind:
        yield f"出错 {kind}：{text}\n{step.source}"
    elif step.kind == "right" and kind:
        yield f"练习 {step.check}：参考答案没有通过（{kind}：{text}）"
    elif step.kind == "excel" and kind:
        yield f"练习 {step.check}：Excel 里得到的值没有通过（{kind}：{text}）"
    elif step.kind == "stub" and kind != "NotAttempted":
        yield f"练习 {step.check}：没动过的格应说还没有作答，却是 {kind or '通过'}：{text}"
    elif step.kind == "mistake":
        wanted = step.mistake.message
        if kind != "Incorrect" or not wanted or wanted not in text:
            yield f"练习 {step.check} 错答「{step.mistake.name}」应得到「{wanted}」，却是 {kind or '通过'}：{text}"
