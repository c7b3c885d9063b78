"""Does a paper keep its promises on a seat?  Full points, none, and what each mistake deserves."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from academy.masters import Mistake, stub
from academy.papers import Paper, Part, read_paper
from academy.proof.outcome import Proof, error_of, said_on_stderr
from academy.rendering.paper import setup_source, test_source
from academy.running import run_cells
from academy.seats import write_data
from academy.simulate import seated
from ccomlib.paper import SEAT_VARIABLE

__all__ = ["prove_paper", "prove_seat"]


@dataclass(frozen=True)
class _Step:
    """One cell to run and what it is for.

    Attributes
    ----------
    kind : "setup", "answer" (its outcome shows in the test behind it), "stub", "mistake", "right"
    """

    source: str
    kind: str = "setup"
    part: Part | None = None
    mistake: Mistake | None = None


def prove_paper(path: Path, seed: int = 0, seconds: float = 60) -> Proof:
    """Prove a paper on a seat whose data are made for it.

    Parameters
    ----------
    path : the master.
    seed : the seat.
    """
    with tempfile.TemporaryDirectory() as folder:
        if (path.parent / "seat.py").exists():
            write_data(path.parent, seed, Path(folder))
        return prove_seat(read_paper(path), Path(folder), seed, seconds)


def prove_seat(paper: Paper, folder: Path, seed: int, seconds: float = 60) -> Proof:
    """Prove a paper in a seat's folder: at each part the stub, every mistake and the right answer.

    Parameters
    ----------
    folder : the seat's paper folder (with data/).
    """
    steps = list(_steps(paper, seed))
    outputs = run_cells(
        [step.source for step in steps],
        folder,
        seconds=seconds,
        environment={SEAT_VARIABLE: str(seed)},
    )
    proof = Proof()
    for step, shown in zip(steps, outputs, strict=True):
        kind, text = error_of(shown)
        if said_on_stderr(shown):
            proof.problems.append(f"写了 stderr：{said_on_stderr(shown)[:300]}\n{step.source}")
        if step.kind == "setup" and kind:
            proof.problems.append(f"出错 {kind}：{text}\n{step.source}")
        if step.kind in ("stub", "mistake", "right"):
            points = 0.0 if kind else _points(shown, step.part)
            _judge(step, points, f"{kind}：{text}" if kind else "", proof)
    return proof


def _steps(paper: Paper, seed: int) -> Iterator[_Step]:
    yield _Step(setup_source(paper))
    yield from (_Step(c.source) for c in paper.notebook.cells if _is_plain_code(c))
    for part in paper.parts:
        yield _Step(stub(part.answer))
    # last part first, the others unanswered: a part that leans on an earlier one fails here
    for part in reversed(paper.parts):
        test = test_source(part)
        yield _Step(stub(part.answer), "answer")
        yield _Step(test, "stub", part)
        for mistake in part.mistakes:
            yield _Step(seated(part, mistake.source, seed), "answer")
            yield _Step(test, "mistake", part, mistake)
        yield _Step(seated(part, part.solution, seed), "answer")
        yield _Step(test, "right", part)
        yield _Step(stub(part.answer), "answer")


def _is_plain_code(cell: Any) -> bool:
    """A code cell of the author's own, with no part in the examination."""
    return cell.cell_type == "code" and not cell.metadata


def _points(outputs: list[dict[str, Any]], part: Part) -> float:
    """Points as nbgrader and the referee give them: a result is the score, no result is all."""
    for output in outputs:
        if output["output_type"] == "execute_result":
            return float(output["data"]["text/plain"])
    return part.plan.points


def _judge(step: _Step, points: float, error: str, proof: Proof) -> None:
    part, full = step.part, step.part.plan.points
    if step.kind == "right":
        proof.reference_points += points
        if points != full:
            proof.problems.append(f"{part.name}：参考答案得 {points:g}/{full:g} 分（{error}）")
    elif step.kind == "stub":
        proof.untouched_points += points
        if not error.startswith("NotAttempted"):
            proof.problems.append(
                f"{part.name}：没动过的格应说还没有作答，却是 {error or f'得 {points:g} 分'}"
            )
    elif points != step.mistake.points or points >= full:
        proof.problems.append(
            f"{part.name} 错答「{step.mistake.name}」应得 {step.mistake.points:g} 分"
            f"（不到 {full:g} 分），却得 {points:g} 分"
        )
    elif error and not error.startswith("Incorrect"):
        proof.problems.append(
            f"{part.name} 错答「{step.mistake.name}」没有得出答案来（{error}），请改这个错答"
        )
