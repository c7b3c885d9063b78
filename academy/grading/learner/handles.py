"""How are the learner's functions, classes and objects named towards the examiner?  By numbers.

Runs in the learner's process. Whatever is no plain data gets a number; the examiner asks for calls
and attributes by number. What is recognised here is a convenience for honest work, never a
safeguard: the examiner's side (`proxies`) trusts none of it.
"""

from __future__ import annotations

import asyncio
import collections
import functools
import types
from collections.abc import Callable
from typing import Any

from academy.grading.wire import figures
from academy.grading.wire.callables import build_function, describe_function
from academy.grading.wire.codec import Codec, NotPlain, Ready, Record, Undecodable
from academy.grading.wire.codec.bases import base_content, has_own_ways
from academy.grading.wire.things import (
    PLAIN_TYPES,
    SPECIAL_METHODS,
    from_fields,
    home,
    importable,
    is_function,
    plain_fields,
    resolve,
)

__all__ = ["Handles", "describe_exception", "run_coroutine"]


class Handles:
    """The numbered things of the learner's process, and the codec that uses the numbers.

    Parameters
    ----------
    callback : calls a function of the examiner's: (number, positional, by name) -> result.
    """

    def __init__(self, callback: Callable[[int, tuple, dict], Any]) -> None:
        self.codec = Codec(self._export, self._adopt)
        self._callback = callback
        self._things: dict[int, Any] = {}
        self._callbacks: dict[int, Any] = {}

    def __getitem__(self, number: int) -> Any:
        return self._things[number]

    def number(self, thing: Any) -> int:
        """The thing's number; it stays alive from now on."""
        self._things[id(thing)] = thing
        return id(thing)

    def _export(self, value: Any) -> Record:
        kind = type(value)
        if issubclass(kind, type):
            return self._class(value)
        if is_function(value):
            return self._function(value)
        if kind is types.ModuleType:
            named = home(value)
            if named is None:
                raise NotPlain(f"模块 {value.__name__}")
            return ("library", (*named, "", ()))
        if kind is types.CoroutineType:
            return ("coroutine", (self.number(value),))
        if issubclass(kind, collections.abc.Iterator):
            steps = (self.number(value), kind.__name__)
            if kind.__module__ != "__main__":
                return ("iterator", steps)
            return ("either", ("iterator", steps, self._described(value)))
        if issubclass(kind, BaseException):
            return ("exception", (describe_exception(value, self),))
        drawing = figures.describe(value)
        if drawing is not None:
            return drawing
        return self._with_content(value) or self._object(value)

    def _function(self, function: Any) -> Record:
        own = getattr(function, "__grading_examiner__", None)
        if own is not None:
            return ("examiners", (own,))
        described = (self.number(function), describe_function(function))
        named = home(function)
        if named is not None:
            return ("library", (*named, "function", described))
        return ("function", described)

    def _with_content(self, value: Any) -> Record | None:
        """A value that has fields or a plain base; beside it the object, if it has ways of its own."""
        fields = plain_fields(value)
        if fields is not None and not (isinstance(value, tuple) and has_own_ways(value)):
            return fields
        content = Ready(fields) if fields is not None else base_content(value)
        if content is None:
            return None
        return ("derived", (content, has_own_ways(value), self._described(value)))

    def _object(self, value: Any) -> Record:
        described = self._described(value)
        named = home(value)
        if named is not None:
            return ("library", (*named, "object", described))
        if callable(value):
            function = (self.number(value), describe_function(value))
            return ("either", ("function", function, described))
        return ("object", described)

    def _described(self, value: Any) -> tuple[Any, ...]:
        kind = type(value)
        return (self.number(value), self._class(kind), _specials(kind))

    def _class(self, kind: type) -> Record:
        key = f"{kind.__module__}:{kind.__qualname__}"
        if PLAIN_TYPES.get(key) is kind:
            return ("type", (key,))
        if kind.__module__ != "__main__" and importable(kind):
            return ("type", (key,))
        lineage = [
            (self.number(one), one.__name__, _specials(one))
            for one in kind.__mro__
            if one.__module__ == "__main__"
        ]
        base = next((o.__name__ for o in kind.__mro__ if o.__module__ == "builtins"), "object")
        return ("class", (self.number(kind), kind.__name__, lineage, base, kind.__doc__))

    def _adopt(self, name: str, arguments: tuple[Any, ...]) -> Any:
        if name == "handle":
            return self._things[arguments[0]]
        if name == "import":
            return resolve(*arguments)
        if name == "fields":
            return from_fields(resolve(*arguments[:2]), arguments[2])
        if name == "namespace":
            return types.SimpleNamespace(**arguments[0])
        if name == "namedtuple":
            kind, fields, values = arguments
            return collections.namedtuple(kind, fields)(*values)
        if name == "masked":
            from academy.grading.wire.codec.arrays import masked_array

            return masked_array(*arguments)
        if name == "callback":
            number, description = arguments
            if number not in self._callbacks:
                forward = functools.partial(self._call_examiner, number)
                function = build_function(description, forward)
                function.__grading_examiner__ = number
                self._callbacks[number] = function
            return self._callbacks[number]
        drawing = figures.rebuild(name, arguments)
        if drawing is None:
            raise Undecodable(name)
        return drawing

    def _call_examiner(self, number: int, args: tuple, kwargs: dict) -> Any:
        return self._callback(number, args, kwargs)


def _specials(kind: type) -> list[str]:
    return sorted(
        name
        for name in SPECIAL_METHODS.intersection(dir(kind))
        if getattr(kind, name) is not getattr(object, name, None)
    )


def describe_exception(error: BaseException, handles: Handles | None = None) -> dict[str, Any]:
    """An exception as plain data: its classes up to the first importable one, arguments, text."""
    try:
        text = str(error)
    except Exception:
        text = ""
    classes = []
    for kind in type(error).__mro__:
        number = handles.number(kind) if handles else 0
        known = kind.__module__ != "__main__" and importable(kind)
        classes.append((kind.__module__, kind.__qualname__, number))
        if known:
            break
    return {
        "classes": classes,
        "arguments": plain_or_none(error.args),
        "attributes": plain_or_none(dict(vars(error))),
        "text": text[:10_000],
        "ordinary": isinstance(error, Exception),
    }


def plain_or_none(value: Any) -> Any:
    """The value if it is plain data, or of classes derived from such."""
    try:
        Codec(_content, limit=1_000_000).dumps(value)
    except NotPlain:
        return None
    return value


def _content(value: Any) -> Record:
    content = base_content(value)
    if content is None:
        raise NotPlain(type(value).__name__)
    return ("plain", (content,))


def run_coroutine(coroutine: types.CoroutineType) -> Any:
    """The result of a coroutine."""
    return asyncio.run(coroutine)
