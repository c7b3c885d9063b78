"""How does a test run among the learner's own cells (同室), where it can't run apart from them?

After a fresh start of the shell's tables, with the master's own values for the names that are not
the learner's, and with a proof in its last line. Who forges such a result has to do so on purpose
and from inside: a function that the test calls can look for the proof, change the test's variables
or what it compares with, and read its text. That is why every such result says where it comes from.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import math
from collections.abc import Iterable, Iterator
from typing import Any

from academy.grading.cells.shell import Shell
from academy.grading.learner.tables import MISSING, Tables

__all__ = ["Room"]

REPORT = "__grading_report__"


class Room:
    """The learner's process as a place for tests.

    Parameters
    ----------
    shell : the process's IPython, before any line of the learner's.
    names : what the master's own cells have given a value by now.
    """

    def __init__(self, shell: Shell, names: Iterable[str]) -> None:
        self._shell = shell
        self._tables = Tables(shell)
        self._kept: dict[str, Any] = {}
        self._keep(names)

    def _keep(self, names: Iterable[str]) -> None:
        namespace = self._shell.user_ns
        self._kept |= {name: namespace[name] for name in names if name in namespace}

    @contextlib.contextmanager
    def keeping(self, names: list[str]) -> Iterator[None]:
        """Around a cell of the master's: what it gives these names is what tests find there."""
        with self._tables.adopting():
            yield
        self._keep(names)

    def test(self, head: dict[str, Any]) -> dict[str, Any]:
        """Run a test; what there is to say of it, but for its outputs."""
        shell, reached = self._shell, []

        def report(proof: str, value: Any = None) -> Any:
            reached.append(proof)
            return value

        self._tables.put_back()
        shell.ast_transformers.append(_Proof(head["proof"]))
        try:
            with self._own(head["own"]):
                shell.user_ns[REPORT] = report
                result = shell.run_as(head["count"], head["source"], head["render"])
        finally:
            shell.user_ns.pop(REPORT, None)
            shell.ast_transformers[:] = [
                one for one in shell.ast_transformers if type(one) is not _Proof
            ]
        error = result.error_before_exec or result.error_in_exec
        return {
            "ok": bool(result.success),
            "proof": reached[-1] if reached else "",
            "ename": type(error).__name__ if error is not None else "",
            "assertion": isinstance(error, AssertionError),
            "value": None if result.result is None else _number(result.result),
        }

    @contextlib.contextmanager
    def _own(self, names: list[str]) -> Iterator[None]:
        """The master's values for names that are not the learner's, as long as the test runs."""
        namespace, before, given = self._shell.user_ns, {}, {}
        for name in names:
            if name in self._kept:
                given[name] = self._kept[name]
            elif name in namespace and hasattr(builtins, name):
                given[name] = getattr(builtins, name)
        for name, value in given.items():
            before[name] = namespace.get(name, MISSING)
            namespace[name] = value
        try:
            yield
        finally:
            for name, value in before.items():
                if namespace.get(name) is given[name] and value is not given[name]:
                    if value is MISSING:
                        del namespace[name]
                    else:
                        namespace[name] = value


class _Proof(ast.NodeTransformer):
    """Makes the last line of a test hand over the proof, and the result with it."""

    def __init__(self, proof: str) -> None:
        self._proof = proof

    def visit_Module(self, tree: ast.Module) -> ast.Module:
        """The only node there is anything to do for."""
        if not self._proof:
            return tree
        call = ast.Call(ast.Name(REPORT, ast.Load()), [ast.Constant(self._proof)], [])
        # what a magic runs inside the test is no test
        self._proof = ""
        last = tree.body[-1] if tree.body else None
        if isinstance(last, ast.Expr):
            call.args.append(last.value)
            last.value = ast.copy_location(call, last.value)
        else:
            tree.body.append(ast.Expr(call))
        return ast.fix_missing_locations(tree)


def _number(value: Any) -> dict[str, Any]:
    """A result as the examiner's process tells it: a number, or what it is instead."""
    if hasattr(value, "item") and type(value).__module__ == "numpy":
        try:
            value = value.item()
        except ValueError:
            return {"other": "数组"}
    if type(value) in (int, float) and math.isfinite(value):
        return {"number": float(value)}
    return {"other": type(value).__name__[:80]}
