"""Which parts does a paper's master have?  Stem, answer, test and mistakes of each, in one place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from academy.grading.plan.names import look_at
from academy.masters import MasterError, Mistake, blanks, mistakes, solution
from academy.papers.blueprint import Blueprint, PlannedPart
from academy.papers.stems import LETTERS, Stem, choice_stem, match_stem, order_stem
from ccomlib.scoring import match_points, order_points

__all__ = ["FORMS", "STEMS", "Part", "Tolerance", "read_parts", "stem_of"]

# metadata of a stem, and the kinds of the blueprint that it may be
STEMS = {
    "choice": ("choice", "judge"),
    "order": ("order",),
    "match": ("match",),
    "data": ("data",),
}
READERS = {"choice": choice_stem, "order": order_stem, "match": match_stem}
FORMS = ("number", "integer", "text", "list", "dict")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Tolerance:
    """How near a number must be: relatively, or absolutely; 0 for exactly."""

    relative: float = 0.0
    absolute: float = 0.0


@dataclass(frozen=True)
class Part:
    """One scored part of a paper.

    Attributes
    ----------
    name : str
        Name of the answer.
    plan : PlannedPart
        Its line of the blueprint.
    title : str
        Heading of the stem, as 「第 3 题 a」.
    text : str
        The stem as the learner reads it on seat 0, without what rendering adds.
    stem : Stem or None
        Options and key, for an answer in letters.
    answer : str
        The answer cell with its solution block.
    body : str
        The test's own computation; binds ``right``.
    form : str
        One of `FORMS`, or "letters".
    blanks : int
        How many values the answer has.
    tolerance : Tolerance
    shares : bool or dict of str to float
        Whether each value earns its share of the points, or how many points each earns.
    mistakes : tuple of Mistake
    """

    name: str
    plan: PlannedPart
    title: str
    text: str
    stem: Stem | None
    answer: str
    body: str
    form: str
    blanks: int
    tolerance: Tolerance
    shares: bool | Mapping[str, float]
    mistakes: tuple[Mistake, ...]

    @property
    def solution(self) -> str:
        """The reference answer, in the letters of seat 0."""
        return solution(self.answer)

    @property
    def key_function(self) -> str:
        """The test's computation as a function of its own, so that its names meet no others."""
        lines = ["paper = open_paper()", *self.body.splitlines(), "return right"]
        body = "\n".join(f"    {line}" if line else "" for line in lines)
        return f"def {self.key_name}():\n{body}"

    @property
    def key_name(self) -> str:
        """Name of `key_function`."""
        return f"right_{self.name}"

    @property
    def data(self) -> bool:
        """Whether the right answer depends on the seat's data."""
        return self.plan.kind in ("data", "judge")

    @property
    def options(self) -> int:
        """How many options the seat permutes."""
        return len(self.stem.options) if self.stem else 0


def stem_of(cell: NotebookNode) -> tuple[str, str] | None:
    """Kind and name of a stem cell."""
    return next(((kind, cell.metadata[kind]) for kind in STEMS if kind in cell.metadata), None)


def read_parts(notebook: NotebookNode, blueprint: Blueprint, path: Path) -> list[Part]:
    """The parts of a paper, in the order of its stems.

    Raises
    ------
    MasterError
        A part is incomplete, or the parts are not those of the blueprint.
    """
    cells = {
        word: {c.metadata[word]: c for c in notebook.cells if word in c.metadata}
        for word in ("answer", "test")
    }
    stems = [(*stem_of(cell), cell) for cell in notebook.cells if stem_of(cell)]
    _require_blueprint([(kind, name) for kind, name, _ in stems], blueprint, path)
    for word, found in cells.items():
        for name in found:
            if name not in {name for _, name, _ in stems}:
                raise MasterError(f"{path}：{word} 格 {name} 没有题干，请核对名字。")
    wrong: dict[str, list[Mistake]] = {}
    for mistake in mistakes(notebook, path):
        wrong.setdefault(mistake.answer_id, []).append(mistake)
    parts = [
        _part(
            kind,
            cell,
            blueprint[name],
            cells["answer"].get(name),
            cells["test"].get(name),
            tuple(wrong.get(name, ())),
            f"{path} 题 {name}",
        )
        for kind, name, cell in stems
    ]
    _require_own_names(parts, path)
    return parts


def _part(
    kind: str,
    cell: NotebookNode,
    plan: PlannedPart,
    answer: NotebookNode | None,
    test: NotebookNode | None,
    wrong: tuple[Mistake, ...],
    where: str,
) -> Part:
    title = HEADING.search(cell.source)
    if not title:
        raise MasterError(f"{where}：题干要有一行标题，如「## 第 3 题 a」。")
    if kind == "data":
        return _data_part(cell, plan, title[1].strip(), answer, test, wrong, where)
    if answer is not None:
        raise MasterError(f"{where}：{plan.kind} 题的作答格由生成器写，请删去 answer 格。")
    stem = READERS[kind](cell.source, where)
    judged = plan.kind == "judge"
    if judged == bool(stem.key) or judged == (test is None):
        raise MasterError(
            f"{where}：选择题在选项里写「[x]」；看数据选择（judge）不写「[x]」，"
            "用 test 格算出 right，是第几个选项。"
        )
    name = plan.part
    body = test.source if test is not None else ""
    if judged:
        _require_right(body, where)
    return Part(
        name=name,
        plan=plan,
        title=title[1].strip(),
        text=stem.text,
        stem=stem,
        answer=_letters_answer(name, stem, body),
        body=body,
        form="letters",
        blanks=1,
        tolerance=Tolerance(),
        shares=False,
        mistakes=_letter_mistakes(name, plan, stem, body),
    )


def _data_part(
    cell: NotebookNode,
    plan: PlannedPart,
    title: str,
    answer: NotebookNode | None,
    test: NotebookNode | None,
    wrong: tuple[Mistake, ...],
    where: str,
) -> Part:
    if answer is None or test is None:
        raise MasterError(f'{where}：要有 answer="{plan.part}" 与 test="{plan.part}" 各一格。')
    if not wrong:
        raise MasterError(f'{where}：要有 mistakes="{plan.part}" 一格，至少一个典型错答。')
    _require_right(test.source, where)
    found, count = blanks(answer.source)
    form = test.metadata.get("form", found or "number")
    if form not in FORMS or (found and form != found):
        raise MasterError(
            f"{where}：form 是 {form!r}，应与作答格相符，是 {'、'.join(FORMS)} 之一。"
        )
    if count == 0:
        raise MasterError(f"{where}：作答格里要有 `...`，留给学员填。")
    shares = test.metadata.get("parts", False)
    points = sum(shares.values()) if isinstance(shares, Mapping) else plan.points
    if (shares and count < 2) or points != plan.points:
        raise MasterError(
            f"{where}：parts 只用于有几项的答案，各项的分合计要是 {plan.points:g} 分。"
        )
    return Part(
        name=plan.part,
        plan=plan,
        title=title,
        text=cell.source,
        stem=None,
        answer=answer.source,
        body=test.source,
        form=form,
        blanks=count,
        tolerance=Tolerance(test.metadata.get("tol", 0.0), test.metadata.get("atol", 0.0)),
        shares=shares,
        mistakes=wrong,
    )


def _letters_answer(name: str, stem: Stem, body: str) -> str:
    letters = f'"{stem.key}"' if stem.key else f'"{LETTERS[: len(stem.options)]}"[right - 1]'
    lines = [f"{name} = ...", "### BEGIN SOLUTION", *body.splitlines(), f"{name} = {letters}"]
    return "\n".join([*lines, "### END SOLUTION"])


def _letter_mistakes(name: str, plan: PlannedPart, stem: Stem, body: str) -> tuple[Mistake, ...]:
    if not stem.key:
        letters = LETTERS[: len(stem.options)]
        return tuple(
            Mistake(
                name,
                f"选了对的后面第 {step} 个选项",
                f'# 错因：没有看数据\n{body}\n{name} = "{letters}"[(right - 1 + {step}) % {len(letters)}]',
            )
            for step in range(1, len(letters))
        )
    earned = {"order": order_points, "match": match_points}.get(plan.kind)
    return tuple(
        Mistake(
            name,
            cause,
            f'# 错因：{cause}\n{name} = "{letters}"',
            earned(letters, stem.key, plan.points) if earned else 0.0,
        )
        for letters, cause in stem.wrong
    )


def _require_right(body: str, where: str) -> None:
    if "right" not in look_at(body).binds:
        raise MasterError(f"{where}：test 格要算出正确答案，叫做 right。")


def _require_own_names(parts: list[Part], path: Path) -> None:
    """A test that takes a name from an answer would believe the learner."""
    answered = {name: part for part in parts for name in look_at(part.solution).binds}
    for part in parts:
        used = look_at(part.key_function).inside[part.key_name] if part.body else frozenset()
        for name in sorted(used & set(answered)):
            raise MasterError(
                f"{path} 题 {part.name}：test 格用了作答格里的 {name}，那是学员的；请在 test 格里重新算。"
            )


def _require_blueprint(found: list[tuple[str, str]], blueprint: Blueprint, path: Path) -> None:
    names, planned = [name for _, name in found], [one.part for one in blueprint.parts]
    file = f"course/blueprints/{blueprint.role.slug}.yml"
    missing = [name for name in planned if name not in names]
    extra = [name for name in names if name not in planned]
    if missing or extra:
        raise MasterError(
            f"{path} 与 {file} 不符："
            + "；".join(
                [f"卷里没有 {'、'.join(missing)}"] * bool(missing)
                + [f"细目表里没有 {'、'.join(extra)}"] * bool(extra)
            )
            + "，请改其中一处。"
        )
    if names != planned:
        first = next(one for one, other in zip(names, planned, strict=True) if one != other)
        raise MasterError(f"{path}：从 {first} 起次序与 {file} 不同，请照细目表的次序排。")
    for kind, name in found:
        if blueprint[name].kind not in STEMS[kind]:
            raise MasterError(
                f"{path} 题 {name}：题干写成了 {kind}，细目表里是 {blueprint[name].kind}，请改其中一处。"
            )
