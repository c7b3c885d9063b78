"""What does the learner get of an answer cell, and what is its reference answer?"""

from __future__ import annotations

import ast
import re

from ccomlib.notebook import BLANK_NAME

__all__ = ["PLACEHOLDERS", "blanks", "placeholder", "solution", "stub"]

# what stands where a solution was: lessons leave ____ to be filled in, papers ...
PLACEHOLDERS = {mark: f"# 把上面的 {mark} 换成你的答案" for mark in (BLANK_NAME, "...")}
BLOCK = re.compile(
    r"^(?P<indent>[ \t]*)### BEGIN SOLUTION\n(?P<body>.*?)^[ \t]*### END SOLUTION$",
    re.DOTALL | re.MULTILINE,
)


def placeholder(source: str) -> str:
    """The comment that takes the place of a solution block.

    >>> placeholder("x = 48 * ____")
    '# 把上面的 ____ 换成你的答案'
    """
    return PLACEHOLDERS[BLANK_NAME if BLANK_NAME in BLOCK.sub("", source) else "..."]


def stub(source: str) -> str:
    """What the learner gets: solution blocks replaced by one comment line.

    >>> stub("x = ...\\n### BEGIN SOLUTION\\nx = 1\\n### END SOLUTION")
    'x = ...\\n# 把上面的 ... 换成你的答案'
    """
    line = placeholder(source)
    return BLOCK.sub(lambda found: found["indent"] + line, source)


def solution(source: str) -> str:
    """The reference answer: the solution blocks with the code around a function body.

    >>> solution("x = ...\\n### BEGIN SOLUTION\\nx = 1\\n### END SOLUTION")
    'x = 1'
    >>> solution("x = 2 * ____\\n### BEGIN SOLUTION\\nx = 2 * 3\\n### END SOLUTION\\ny = x")
    'x = 2 * 3\\ny = x'
    """
    source = BLOCK.sub(lambda found: found["body"].rstrip("\n"), source)
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if _is_placeholder(node):
            for number in range(node.lineno - 1, node.end_lineno):
                lines[number] = None
    return "\n".join(line for line in lines if line is not None).strip("\n")


def blanks(source: str) -> tuple[str, int]:
    """Form of the answer that a stub asks for ("dict", "list" or "" for one value) and its blanks.

    >>> blanks("x = {'a': ..., 'b': ...}")
    ('dict', 2)
    >>> blanks("x = ...")
    ('', 1)
    """
    for node in ast.walk(ast.parse(stub(source))):
        if _is_placeholder(node):
            kind = {ast.Dict: "dict", ast.List: "list"}.get(type(node.value), "")
            return kind, sum(_is_blank(one) for one in ast.walk(node.value))
    return "", 0


def _is_placeholder(node: ast.AST) -> bool:
    """``x = ...``, ``x = 48 * ____``, ``x = {"a": ..., "b": ...}`` or a bare ``...``"""
    if not isinstance(node, (ast.Assign, ast.Expr)):
        return False
    return any(_is_blank(one) for one in ast.walk(node.value))


def _is_blank(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        return node.id == BLANK_NAME
    return isinstance(node, ast.Constant) and node.value is ...
