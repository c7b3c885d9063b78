"""Which typical mistakes does a master state?  Substitutions on the reference answer, or code.

A cell ``# %% mistakes="q4a"`` holds one mistake or several, each from its line 「# 错因：…」 to the
next::

    # 错因：用乘法补损耗
    # 换：need / (1 - away)
    # 成：need * (1 + away)

「换」 and 「成」 come in pairs and change the reference answer; code of its own replaces it whole.
「# 消息：…」 is a part of what a lesson's check must say, 「# 得分：1」 what a paper gives for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from academy.masters.reading import MasterError, answer_id
from academy.masters.solutions import solution

__all__ = ["Mistake", "mistakes"]

CAUSE = re.compile(r"^# 错因：(.*)$", re.MULTILINE)
NOTE = re.compile(r"^# (消息|得分|换|成)：(.*)$")


@dataclass(frozen=True)
class Mistake:
    """A typical wrong answer: which answer it stands for, what it earns, what the learner is told.

    Attributes
    ----------
    answer_id : str
    name : str
        The cause, in Chinese.
    source : str
        What the learner would have written; its first line is the cause as a comment.
    points : float
        What a paper gives for it.
    message : str
        A part of what a lesson's check says.
    """

    answer_id: str
    name: str
    source: str
    points: float = 0.0
    message: str = ""


def mistakes(notebook: NotebookNode, path: Path) -> list[Mistake]:
    """All mistakes of a master, in order.

    Raises
    ------
    MasterError
        A mistake has no cause, no answer, or a substitution that changes nothing.
    """
    right = {answer_id(c): solution(c.source) for c in notebook.cells if answer_id(c)}
    found = []
    for number, cell in enumerate(notebook.cells, 1):
        name = cell.metadata.get("mistakes")
        if name is None:
            continue
        where = f"{path} 第 {number} 格（{name} 的错答）"
        if name not in right:
            raise MasterError(f"{where}：没有名叫 {name} 的作答格，请核对名字。")
        found += list(_mistakes_of(cell.source, name, right[name], where))
    return found


def _mistakes_of(source: str, name: str, right: str, where: str) -> Iterator[Mistake]:
    head, *rest = CAUSE.split(source)
    if head.strip() or not rest:
        raise MasterError(f"{where}：每个错答从「# 错因：」一行开始，请补上。")
    for cause, body in zip(rest[::2], rest[1::2], strict=True):
        lines = body.strip("\n").splitlines()
        notes = [found.groups() for found in map(NOTE.match, lines) if found]
        code = "\n".join(line for line in lines if not NOTE.match(line)).strip("\n")
        said = dict(notes)
        pairs = _pairs(notes, f"{where}「{cause.strip()}」")
        if pairs and code:
            raise MasterError(
                f"{where}「{cause.strip()}」：既有「换」「成」又有代码，请只留一样（# 错因、# 消息 要写在代码前）。"
            )
        if pairs:
            code = _substituted(right, pairs, f"{where}「{cause.strip()}」")
        if not cause.strip() or not code or code == right:
            raise MasterError(
                f"{where}：错答要有原因，也要有与参考答案不同的代码或「换」「成」，请补上。"
            )
        yield Mistake(
            answer_id=name,
            name=cause.strip(),
            source=f"# 错因：{cause.strip()}\n{code}",
            points=_points(said.get("得分", "0"), where),
            message=said.get("消息", "").strip(),
        )


def _pairs(notes: list[tuple[str, str]], where: str) -> list[tuple[str, str]]:
    words = [(word, text) for word, text in notes if word in "换成"]
    pairs = list(zip(words[::2], words[1::2], strict=False))
    if len(words) % 2 or any((old[0], new[0]) != ("换", "成") for old, new in pairs):
        raise MasterError(f"{where}：「# 换：」与「# 成：」要一行一行成对，请补上。")
    return [(old.strip(), new.strip()) for (_, old), (_, new) in pairs]


def _substituted(right: str, pairs: list[tuple[str, str]], where: str) -> str:
    for old, new in pairs:
        if not old or old not in right:
            raise MasterError(f"{where}：参考答案里没有 {old!r}，换不了；请照参考答案抄一段。")
        right = right.replace(old, new)
    return "\n".join(line.rstrip() for line in right.splitlines())


def _points(text: str, where: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise MasterError(f"{where}：得分是 {text!r}，请写成一个数。") from None
