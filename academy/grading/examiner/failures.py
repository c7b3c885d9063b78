"""Which exception is raised here for one of the learner's?  One that fails the test.

An exception that a loop, a generator or a test framework takes for an order, or that no
``except Exception`` catches, is no answer, unless the reference raises it too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from academy.grading.examiner.permits import Permits
from academy.grading.examiner.stands import StandClass, is_name, trusted
from academy.grading.wire.codec import Undecodable

__all__ = ["Failures", "Steering", "Unreadable", "holds_data", "is_steering"]

STEERING = (StopIteration, StopAsyncIteration)
# whose exceptions say "skip", "stop" or "passed" to those who run tests
FRAMEWORKS = frozenset(
    [
        "unittest",
        "_pytest",
        "pytest",
        "nose",
        "nose2",
        "testtools",
        "hypothesis",
        "doctest",
        "bdb",
        "IPython",
        "nbgrader",
        "nbclient",
        "absl",
        "twisted",
        "trio",
        "anyio",
    ]
)


class Unreadable(BaseException):
    """The learner's value cannot come over; ``kind`` names it. No test may catch it by accident."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Steering(Unreadable):
    """An exception of the learner's that could pass for control flow; ``kind`` is its class."""


class Failures:
    """Makes local exceptions of described ones; each class of the learner's is made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, type], type[BaseException]] = {}

    def make(self, described: Any, permits: Permits) -> BaseException:
        """The local exception for a described one, with data for attributes."""
        if type(described) is not dict or not described.get("classes"):
            raise Undecodable("exception")
        kind = self.class_of(described["classes"])
        arguments = described.get("arguments")
        text = described.get("text") if type(described.get("text")) is str else ""
        try:
            error = kind(*(arguments if type(arguments) is tuple else (text,)))
        except Exception:
            error = kind.__new__(kind, text)
            error.args = (text,)
        for name, value in (described.get("attributes") or {}).items():
            if type(name) is str and is_name(name) and holds_data(name, value, permits):
                try:
                    setattr(error, name, value)
                except (AttributeError, TypeError):
                    continue
        return error

    def raised(self, described: Any, permits: Permits, protocol: bool) -> BaseException:
        """As `make`, for one that is raised.

        Parameters
        ----------
        protocol : whether the end of an iteration is an answer here.

        Raises
        ------
        Steering
            It could pass for control flow of the test.
        """
        error = self.make(described, permits)
        if isinstance(error, STEERING) and protocol:
            return error
        if is_steering(type(error)) and not permits.allows("raise", *_names(type(error))):
            raise Steering(_names(type(error))[-1])
        return error

    def class_of(self, classes: Iterable[Any]) -> type[BaseException]:
        """The class described by its lineage, own classes first, then the first importable one."""
        *own, (module, name, _) = classes
        base = trusted(module, name)
        if not (isinstance(base, type) and issubclass(base, BaseException)):
            own, base = classes, Exception
        for _, name, number in reversed(own):
            if type(name) is not str or type(number) is not int:
                raise Undecodable("exception class")
            made = self._made.get((number, base))
            if made is None:
                made = type(name.rpartition(".")[2], (base,), {"__module__": "__main__"})
                self._made[(number, base)] = made
            base = made
        return base


def _names(kind: type) -> list[str]:
    """Names of the classes of a library that the exception is of."""
    return [
        one.__name__ for one in kind.__mro__ if one.__module__ != "__main__" and is_steering(one)
    ]


def is_steering(kind: type) -> bool:
    """Whether an exception of that class means more than that something failed."""
    return (
        not issubclass(kind, Exception)
        or issubclass(kind, STEERING)
        or any(one.__module__.partition(".")[0] in FRAMEWORKS for one in kind.__mro__)
    )


def holds_data(name: str, value: Any, permits: Permits) -> bool:
    """Whether a field's value is data; what can be called, only where the reference has it."""
    acts = callable(value) or isinstance(type(value), StandClass)
    return not acts or permits.allows("field", name)
