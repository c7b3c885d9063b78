"""What stands in a test for an object or class of the learner's?  Something local that only asks.

Never by an equality of its own: two things of the learner's may be compared over there, where the
dry run has seen it; with anything of the test's, only the content of a plain base type counts.
"""

from __future__ import annotations

import keyword
import sys
import types
from collections.abc import Callable
from typing import Any

from academy.grading.examiner.permits import ARITHMETIC, family

__all__ = ["Stand", "StandClass", "forwarded", "is_name", "number_of", "trusted"]

ANSWERED_WITH_NOTHING = frozenset(
    [f"__{side}{name}__" for name in ARITHMETIC for side in ("", "r", "i")]
    + ["__lt__", "__le__", "__gt__", "__ge__"]
)


class StandClass(type):
    """Class of the stand-ins for learners' classes: calling one makes an instance over there."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        return cls.__grading_proxies__.ask("call", cls.__grading_class__, args, kwargs)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__grading_"):
            raise AttributeError(name)
        return cls.__grading_proxies__.attribute(cls.__grading_class__, cls.__name__, name)


class Stand(metaclass=StandClass):
    """Base of the stand-ins for learners' objects."""

    __slots__ = ("__grading_number__", "__weakref__")
    __grading_specials__: frozenset[str] = frozenset()
    __grading_content__ = False

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__grading_"):
            raise AttributeError(name)
        cls = type(self)
        return cls.__grading_proxies__.attribute(number_of(self), cls.__name__, name)

    def __setattr__(self, name: str, value: Any) -> None:
        type(self).__grading_proxies__.ask("setattr", number_of(self), name, value)

    def __delattr__(self, name: str) -> None:
        type(self).__grading_proxies__.ask("delattr", number_of(self), name)

    def __eq__(self, other: object) -> Any:
        return _compare(self, other, "__eq__")

    def __ne__(self, other: object) -> Any:
        return _compare(self, other, "__ne__")

    def __hash__(self) -> int:
        specials = type(self).__grading_specials__
        if "__hash__" in specials and _may(self, "__hash__"):
            return _ask(self, "__hash__", (), {})
        return object.__hash__(self)

    def __bool__(self) -> bool:
        specials = type(self).__grading_specials__
        name = next((one for one in ("__bool__", "__len__") if one in specials), None)
        return bool(_ask(self, name, (), {})) if name and _may(self, name) else True

    def __repr__(self) -> str:
        return _ask(self, "__repr__", (), {})

    def __str__(self) -> str:
        return _ask(self, "__str__", (), {})


def number_of(stand: Stand) -> int:
    """The number that the learner's process knows the object by."""
    return object.__getattribute__(stand, "__grading_number__")


def _may(stand: Stand, special: str) -> bool:
    return type(stand).__grading_proxies__.permits.allows("ask", f"%{family(special)}")


def _ask(stand: Stand, special: str, args: tuple, kwargs: dict) -> Any:
    proxies = type(stand).__grading_proxies__
    return proxies.ask("special", number_of(stand), special, args, kwargs)


def _compare(stand: Stand, other: object, special: str) -> Any:
    cls = type(stand)
    if isinstance(type(other), StandClass):
        if special in cls.__grading_specials__ and _may(stand, special):
            return _ask(stand, special, (other,), {})
    elif cls.__grading_content__:
        content = cls.__grading_proxies__.ask("content", number_of(stand))
        return content == other if special == "__eq__" else content != other
    # as of an object without an equality: itself alone
    return NotImplemented


def forwarded(special: str) -> Callable:
    """A special method that asks for its namesake over there, if the reference was asked for it."""

    def method(self, *args, **kwargs):
        if _may(self, special):
            return _ask(self, special, args, kwargs)
        if special in ANSWERED_WITH_NOTHING:
            return NotImplemented
        raise TypeError(f"{type(self).__name__} has no {special}")

    method.__name__ = special
    return method


def trusted(module: Any, name: Any) -> Any:
    """What a module that is already loaded here has under that name; None if nothing."""
    if type(module) is not str or type(name) is not str or module == "__main__":
        return None
    if module.startswith("academy."):
        return None
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = vars(found).get(part) if isinstance(found, (types.ModuleType, type)) else None
    return found


def is_name(text: str) -> bool:
    """Whether the text can name a field."""
    return text.isidentifier() and not keyword.iskeyword(text) and not text.startswith("_")
