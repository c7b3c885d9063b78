"""What is left of a value whose class is derived from a plain one?  The content of its base.

A learner's ``class Row(dict)`` compares as a dict does; so that content goes over, as a value of
the base type itself, and neither its methods nor an equality of its own.
"""

from __future__ import annotations

import enum
import inspect
from collections.abc import Callable
from typing import Any

from academy.grading.wire.codec.core import ATOMS, GROUPS, READERS, writer_of

__all__ = ["base_content", "has_own_ways"]

COPIES: dict[type, Callable[[Any], Any]] = {
    int: int.__int__,
    float: float.__float__,
    complex: complex.__complex__,
    str: str.__str__,
    bytes: lambda value: memoryview(value).tobytes(),
    list: lambda value: list(list.__iter__(value)),
    tuple: lambda value: tuple(tuple.__iter__(value)),
    set: lambda value: set(set.__iter__(value)),
    frozenset: lambda value: frozenset(frozenset.__iter__(value)),
    dict: lambda value: dict(dict.items(value)),
}
ANSWERING = ("__getattr__", "__missing__", "__call__")


def base_content(value: Any) -> Any:
    """The value as one of its nearest plain base type; None if it has no such base."""
    base = _plain_base(type(value))
    if base is None:
        return None
    if base in COPIES:
        return COPIES[base](value)
    name, arguments = writer_of(base)(value)
    reader = READERS.get(name)
    return None if reader is None else reader(*arguments)


def _plain_base(kind: type) -> type | None:
    for base in kind.__mro__[1:]:
        if base in ATOMS or base in GROUPS or base is dict or writer_of(base) is not None:
            return base
    return None


def has_own_ways(value: Any) -> bool:
    """Whether a class derived from a plain one seems to be used for more than its content."""
    kind = type(value)
    if isinstance(value, enum.Enum):
        return False
    for one in kind.__mro__[: kind.__mro__.index(_plain_base(kind) or object)]:
        for name, thing in vars(one).items():
            if name in ANSWERING:
                return True
            acts = inspect.isroutine(thing) or inspect.isdatadescriptor(thing)
            if acts and not name.startswith("_") and one.__module__ == "__main__":
                return True
    return False
