"""What can a cell replace to get at the cells behind it?  Noted before, put back after.

The shell's hooks and transformers, Python's builtins, the modules and classes with which tests
compare, tracing, timers. This keeps off what ordinary tricks do. It is no wall: code in the same
interpreter can reach everything that is in it.
"""

from __future__ import annotations

import contextlib
import gc
import signal
import sys
import threading
import types
from collections.abc import Iterator
from typing import Any

from academy.grading.cells.shell import Shell

__all__ = ["Tables"]

MODULES = (
    "ast",
    "builtins",
    "cmath",
    "contextlib",
    "functools",
    "inspect",
    "io",
    "IPython.core.interactiveshell",
    "itertools",
    "math",
    "numpy",
    "numpy.linalg",
    "numpy.testing",
    "numpy.testing._private.utils",
    "operator",
    "pandas",
    "pandas._testing",
    "pandas._testing.asserters",
    "pandas.testing",
    "statistics",
    "types",
    "unittest",
    "unittest.case",
    "unittest.mock",
    "unittest.runner",
)
# what does something; data in a module may change for good reason
ACTIVE = (
    type,
    types.FunctionType,
    types.BuiltinFunctionType,
    types.ModuleType,
    property,
    classmethod,
    staticmethod,
)
MISSING = object()
Entry = tuple[Any, str]


class Tables:
    """The tables of this process as they are now.

    Parameters
    ----------
    shell : the process's IPython.
    """

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._owners = list(_owners(shell))
        self._entries = dict(self._look())
        self._bodies = {
            id(one): (one, one.__code__, one.__defaults__, one.__kwdefaults__)
            for one in self._entries.values()
            if type(one) is types.FunctionType
        }
        self._loaded = dict(sys.modules)
        self._finders = list(sys.meta_path), list(sys.path_hooks)
        self._lists = [(found, list(found)) for found in _hooks(shell)]

    def _look(self) -> Iterator[tuple[tuple[int, str], Any]]:
        for number, owner in enumerate(self._owners):
            for name, value in list(vars(owner).items()):
                if isinstance(value, ACTIVE) or type(value).__name__ == "ufunc":
                    yield (number, name), value

    @contextlib.contextmanager
    def adopting(self) -> Iterator[None]:
        """What changes meanwhile is the master's doing and stays."""
        before = dict(self._look())
        hooks = {id(found): list(found) for found in _hooks(self._shell)}
        yield
        for key, value in self._look():
            if before.get(key, MISSING) is not value:
                self._entries[key] = value
        for found in _hooks(self._shell):
            if hooks.get(id(found)) != found:
                self._lists = [one for one in self._lists if one[0] is not found]
                self._lists.append((found, list(found)))

    def put_back(self) -> None:
        """Make them what they were."""
        _stop_watching()
        for one, code, defaults, by_name in self._bodies.values():
            if one.__code__ is not code:
                one.__code__ = code
            one.__defaults__, one.__kwdefaults__ = defaults, by_name
        now = dict(self._look())
        for (number, name), value in self._entries.items():
            if now.get((number, name), MISSING) is not value:
                _set(self._owners[number], name, value)
        for number, name in now.keys() - self._entries.keys():
            # a module may have got more; what a class or the shell itself has got comes first
            if not isinstance(self._owners[number], types.ModuleType):
                _remove(self._owners[number], name)
        sys.modules.update(self._loaded)
        sys.meta_path[:], sys.path_hooks[:] = self._finders
        for found, content in self._lists:
            found[:] = content
        self._shell.custom_exceptions, self._shell.CustomTB = (), None


def _owners(shell: Shell) -> Iterator[Any]:
    for name in MODULES:
        module = sys.modules.get(name)
        if module is not None:
            yield module
    yield shell
    yield shell.displayhook
    yield shell.display_pub
    yield shell.compile
    for one in (shell, shell.displayhook, shell.display_pub, shell.compile):
        for kind in type(one).__mro__:
            if kind is not object:
                yield kind
    case = getattr(sys.modules.get("unittest"), "TestCase", None)
    if case is not None:
        yield case


def _hooks(shell: Shell) -> Iterator[list[Any]]:
    manager = shell.input_transformer_manager
    yield shell.ast_transformers
    yield shell.input_transformers_post
    yield manager.cleanup_transforms
    yield manager.line_transforms
    yield manager.token_transformers
    yield from shell.events.callbacks.values()


def _set(owner: Any, name: str, value: Any) -> None:
    if isinstance(owner, types.ModuleType):
        vars(owner)[name] = value
    elif isinstance(owner, type):
        type.__setattr__(owner, name, value)
    else:
        vars(owner)[name] = value


def _remove(owner: Any, name: str) -> None:
    if isinstance(owner, type):
        type.__delattr__(owner, name)
    else:
        vars(owner).pop(name, None)


def _stop_watching() -> None:
    """No line of the learner's is called for what runs now, but by what runs itself."""
    for module in (sys, threading):
        module.settrace(None)
        module.setprofile(None)
    monitoring = getattr(sys, "monitoring", None)
    for tool in range(6) if monitoring is not None else ():
        if monitoring.get_tool(tool) is not None:
            monitoring.set_events(tool, 0)
            monitoring.free_tool_id(tool)
    gc.callbacks.clear()
    for timer in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
        signal.setitimer(timer, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)
