"""Which names does a cell make, change and need?  A look at its text, without running it."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from academy.grading.work.python_text import to_python

__all__ = ["CellNames", "closure", "import_lines", "look_at", "modules_in"]

# methods that change their object in place
MUTATING = frozenset(
    [
        "add",
        "append",
        "appendleft",
        "clear",
        "difference_update",
        "discard",
        "extend",
        "extendleft",
        "fill",
        "insert",
        "intersection_update",
        "itemset",
        "partition",
        "pop",
        "popitem",
        "popleft",
        "put",
        "remove",
        "resize",
        "reverse",
        "rotate",
        "setdefault",
        "setflags",
        "sort",
        "symmetric_difference_update",
        "update",
        "move_to_end",
    ]
)
FILE_WORDS = frozenset(
    [
        "open",
        "Path",
        "exists",
        "isfile",
        "isdir",
        "listdir",
        "glob",
        "rglob",
        "iterdir",
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
        "read_csv",
        "read_excel",
        "read_json",
        "read_table",
        "read_parquet",
        "load",
        "loadtxt",
        "genfromtxt",
        "to_csv",
        "to_excel",
        "to_json",
        "savetxt",
        "savefig",
        "unlink",
        "remove",
        "mkdir",
        "stat",
        "getsize",
        "imread",
    ]
)


@dataclass(frozen=True)
class CellNames:
    """What the text of a cell says.

    Attributes
    ----------
    binds : names that get a value at the top level.
    changes : names whose value is stored into or changed by a method.
    needs : global names that are looked up before the cell itself gives them a value.
    inside : for each function and class made here, the global names its body looks up.
    words : every name and attribute in the text.
    """

    binds: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    inside: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)
    words: frozenset[str] = frozenset()

    @property
    def touches_files(self) -> bool:
        """Whether the cell seems to read or write files."""
        return bool(self.words & FILE_WORDS)

    @property
    def seeds(self) -> bool:
        """Whether the cell seems to set the state of a random generator."""
        return bool(self.words & {"seed", "set_state", "setstate"})


@lru_cache(maxsize=1024)
def look_at(source: str) -> CellNames:
    """Read a cell; a cell that is not Python has no names."""
    text = to_python(source)
    try:
        tree = ast.parse(text)
        table = symtable.symtable(text, "<cell>", "exec")
    except (SyntaxError, ValueError, RecursionError):
        return CellNames()
    bound: set[str] = set()
    needs: set[str] = set()
    for statement in tree.body:
        needs |= _loads(statement) - bound
        bound |= _binds(statement)
    top = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    top |= {name for child in _tables(table) for name in _global_stores(child)}
    inside: dict[str, frozenset[str]] = {}
    for child in table.get_children():
        if child.get_type() in ("function", "class"):
            names = frozenset(_global_loads(child))
            inside[child.get_name()] = inside.get(child.get_name(), frozenset()) | names
    return CellNames(
        binds=frozenset(top | bound),
        changes=frozenset(_changed(tree)),
        needs=frozenset(needs),
        inside=inside,
        words=frozenset(_words(tree)),
    )


def closure(names: frozenset[str], inside: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The names and, through the bodies of the functions among them, all that those look up."""
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= inside.get(name, frozenset()) - found
    return frozenset(found)


def modules_in(source: str) -> frozenset[str]:
    """Names that a cell's ``import`` statements give to modules; ``np.sort(x)`` changes no module.

    >>> sorted(modules_in("import numpy as np, os.path\\nfrom data import table"))
    ['np', 'os']
    """
    try:
        tree = ast.parse(to_python(source))
    except SyntaxError:
        return frozenset()
    return frozenset(
        (name.asname or name.name).split(".")[0]
        for node in tree.body
        if isinstance(node, ast.Import)
        for name in node.names
    )


def import_lines(source: str) -> str:
    """The import statements at the top level of a cell."""
    try:
        tree = ast.parse(to_python(source))
    except SyntaxError:
        return ""
    return "\n".join(
        ast.unparse(node) for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))
    )


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _tables(child)


def _global_stores(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_declared_global() and symbol.is_assigned():
            yield symbol.get_name()


def _global_loads(table: symtable.SymbolTable) -> Iterator[str]:
    for one in (table, *_tables(table)):
        for symbol in one.get_symbols():
            if symbol.is_global() and symbol.is_referenced():
                yield symbol.get_name()


def _loads(statement: ast.stmt) -> set[str]:
    text = ast.unparse(ast.Module([statement], []))
    table = symtable.symtable(text, "<statement>", "exec")
    loads = {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    loads |= {name for child in table.get_children() for name in _global_loads(child)}
    loads |= {
        node.target.id
        for node in ast.walk(statement)
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
    }
    return loads


def _binds(statement: ast.stmt) -> set[str]:
    """Names that the statement surely gives a value."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {statement.name}
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return {(a.asname or a.name).partition(".")[0] for a in statement.names} - {"*"}
    if isinstance(statement, (ast.Assign, ast.AnnAssign)):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        return {
            node.id
            for target in targets
            for node in ast.walk(target)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
    if isinstance(statement, ast.With):
        return set().union(*map(_binds, statement.body)) | {
            item.optional_vars.id
            for item in statement.items
            if isinstance(item.optional_vars, ast.Name)
        }
    return set()


def _changed(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Subscript, ast.Attribute)) and not isinstance(node.ctx, ast.Load):
            yield from _root(node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            in_place = any(
                word.arg == "inplace" and getattr(word.value, "value", True)
                for word in node.keywords
            )
            if node.func.attr in MUTATING or in_place:
                yield from _root(node.func.value)
            if node.func.attr == "shuffle" and node.args:
                yield from _root(node.args[0])


def _root(node: ast.AST) -> Iterator[str]:
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id


def _words(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                yield alias.name
