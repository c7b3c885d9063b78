"""What stands in a test for an object or class of the learner's?  Something local that only asks."""

from __future__ import annotations

import keyword
import sys
import types
from collections.abc import Callable
from typing import Any

__all__ = ["Stand", "StandClass", "forwarded", "is_name", "trusted"]


class Stand:
    """Base of the stand-ins for learners' objects."""

    __slots__ = ("__grading_number__", "__weakref__")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__grading_"):
            raise AttributeError(name)
        return self.__grading_ask__("getattr", self.__grading_number__, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self.__grading_ask__("setattr", self.__grading_number__, name, value)

    def __delattr__(self, name: str) -> None:
        self.__grading_ask__("delattr", self.__grading_number__, name)


class StandClass(type):
    """Class of the stand-ins for learners' classes: calling one makes an instance over there."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        return cls.__grading_ask__("call", cls.__grading_class__, args, kwargs)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__grading_"):
            raise AttributeError(name)
        return cls.__grading_ask__("getattr", cls.__grading_class__, name)


def forwarded(special: str) -> Callable:
    """A special method that asks for its namesake over there."""

    def method(self, *args, **kwargs):
        number = object.__getattribute__(self, "__grading_number__")
        return type(self).__grading_ask__("special", number, special, args, kwargs)

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
