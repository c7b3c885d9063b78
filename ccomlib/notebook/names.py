"""一格会给哪些名字新的值？哪些写了却没有填进去？"""

from __future__ import annotations

import ast
import re
import unicodedata
import warnings
from collections.abc import Iterator

from ccomlib.notebook.source import ONLY_PARSE

__all__ = ["BLANK_NAME", "binds", "first_names", "unfilled", "unwritten"]

# 作答格里留给学员填的地方
BLANK_NAME = "____"

# 读不懂的一格里，行首「名字 =」就是它想填的
WANTED = re.compile(r"^[ \t]*([^\W\d]\w*)[ \t]*(?:[-+*/]?=(?!=)|:)", re.MULTILINE)
BLOCKS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def binds(source: str) -> frozenset[str]:
    """一格（运行到底的话）会给值的名字；读不懂的程序按行首的等号认。

    >>> sorted(binds("a = 1\\nfor b in a: c = b\\ndef f(x): y = x"))
    ['a', 'b', 'c', 'f']
    >>> sorted(binds("q1 ＝ “C”"))
    ['q1']
    """
    tree = _tree(source)
    if tree is None:
        return frozenset(WANTED.findall(unicodedata.normalize("NFKC", source)))
    return frozenset(_bound(tree))


def unwritten(source: str) -> dict[str, str]:
    """写了答案、却没有填进名字的地方：名字 → 一句话。

    >>> unwritten('q1 == "C"')
    {'q1': '第 1 行用了两个等号，那是比较；填答案只用一个：写成 q1 = "C"'}
    >>> unwritten('q1 = ...\\n"C"')
    {'q1': '第 2 行的 "C" 没有填进 q1：写成 q1 = "C"'}
    """
    tree = _tree(source)
    if tree is None:
        return {}
    found = {}
    blank = None
    for node in tree.body:
        text = ast.get_source_segment(source, node) or ""
        if (
            isinstance(node, ast.AnnAssign)
            and node.value is None
            and isinstance(node.target, ast.Name)
        ):
            name = node.target.id
            value = ast.get_source_segment(source, node.annotation)
            found[name] = f"第 {node.lineno} 行的冒号要换成等号：写成 {name} = {value}"
        elif (
            isinstance(node, ast.Assign)
            and _is_blank(node.value)
            and isinstance(node.targets[0], ast.Name)
        ):
            blank = node.targets[0].id
        elif isinstance(node, ast.Expr):
            compared = _compared_name(node.value)
            if compared:
                right = ast.get_source_segment(source, node.value.comparators[0])
                found[compared] = (
                    f"第 {node.lineno} 行用了两个等号，那是比较；填答案只用一个：写成 {compared} = {right}"
                )
            elif blank and isinstance(node.value, ast.Constant) and node.value.value is not ...:
                found[blank] = (
                    f"第 {node.lineno} 行的 {text} 没有填进 {blank}：写成 {blank} = {text}"
                )
    return found


def first_names(source: str, line: int | None, verbs: frozenset[str]) -> frozenset[str]:
    """第 `line` 行（没有就是任何一行）的检查看的是哪些名字；`verbs` 是检查的叫法。

    >>> sorted(first_names('answered(q1, "letters", what="q1")', 1, frozenset({"answered"})))
    ['q1']
    """
    tree = _tree(source)
    names: set[str] = set()
    for node in ast.walk(tree) if tree else ():
        if not isinstance(node, ast.Call):
            continue
        if line is not None and not node.lineno <= line <= node.end_lineno:
            continue
        called = (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        if called in verbs and node.args:
            names |= {n.id for n in ast.walk(node.args[0]) if isinstance(n, ast.Name)}
    return frozenset(names)


def unfilled(source: str) -> int | None:
    """第几行还有没有填的 ____；都填了就没有。

    >>> unfilled("x = 48 * ____ / 1800"), unfilled("x = 48  # ____")
    (1, None)
    """
    tree = _tree(source)
    lines = (
        node.lineno
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, ast.Name) and node.id == BLANK_NAME
    )
    return min(lines, default=None)


def _tree(source: str) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return compile(source, "<cell>", "exec", ONLY_PARSE)
        except (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError):
            return None


def _bound(node: ast.AST) -> Iterator[str]:
    """名字，不进到函数与类里面去。"""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, BLOCKS):
            yield child.name
        elif isinstance(child, ast.alias):
            yield (child.asname or child.name).partition(".")[0]
        elif isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
            yield child.id
        elif not isinstance(
            child, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
        ):
            yield from _bound(child)


def _is_blank(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        return node.id == BLANK_NAME
    return isinstance(node, ast.Constant) and node.value is ...


def _compared_name(node: ast.AST) -> str | None:
    if not isinstance(node, ast.Compare) or not isinstance(node.left, ast.Name):
        return None
    return node.left.id if len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq) else None
