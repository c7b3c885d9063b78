"""Where are a role's papers not alike?  Work, values, tolerance and reading of each part, side by side.

The simulation takes the blueprint's word that parallel parts take the same steps; what can be counted
in the masters is held against each other here.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from academy.papers import Paper, Part

__all__ = ["operations", "unlike_rows"]

# so much more work or reading in one paper than in another is worth a look (our own judgement);
# a few operations more are a matter of how the reference answer is written
MORE, FEW = 1.5, 4
COUNTED = (
    ast.Call, ast.BinOp, ast.BoolOp, ast.UnaryOp, ast.Compare, ast.Subscript, ast.IfExp,
    ast.comprehension,
)  # fmt: skip


def unlike_rows(papers: Sequence[Paper]) -> list[dict[str, str]]:
    """A row a difference: part, what differs, and what it is in each paper."""
    rows = []
    for name in [part.name for part in papers[0].parts] if len(papers) > 1 else []:
        parts = [paper[name] for paper in papers]
        for label, told, unlike in ASPECTS:
            found = [told(part) for part in parts]
            if unlike(found):
                shown = {paper.name: _shown(one) for paper, one in zip(papers, found, strict=True)}
                rows.append({"题": name, "不一样": label, **shown})
    return rows


def operations(source: str) -> int:
    """How many calls, calculations, comparisons and look-ups a piece of Python has.

    >>> operations("q = calls.sum() / len(days)")
    3
    """
    return sum(isinstance(node, COUNTED) for node in ast.walk(ast.parse(source)))


def _work(part: Part) -> int:
    return operations(part.solution) if part.plan.kind == "data" else 0


def _tolerance(part: Part) -> tuple[float, float]:
    return part.tolerance.relative, part.tolerance.absolute


def _much(found: Sequence[int]) -> bool:
    return max(found) >= MORE * min(found) and max(found) - min(found) >= FEW


def _any(found: Sequence[object]) -> bool:
    return len(set(found)) > 1


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        relative, absolute = value
        said = [f"相对 {relative:g}"] * bool(relative) + [f"绝对 {absolute:g}"] * bool(absolute)
        return "、".join(said) or "要正好"
    return str(value)


ASPECTS: tuple[tuple[str, Callable[[Part], object], Callable[[Sequence], bool]], ...] = (
    ("参考答案的运算数", _work, _much),
    ("要填几个值", lambda part: part.blanks, _any),
    ("允许误差", _tolerance, _any),
    ("选项数", lambda part: part.options, _any),
    ("题干字数", lambda part: len(part.text), _much),
)
