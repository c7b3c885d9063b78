"""What does a test see of the learner's functions and objects?  Local stand-ins that ask.

Runs in the examiner's process. Decoding builds plain data and, where the dry run allowed it,
stand-ins whose every operation is a question to the learner's process. No line of the learner's
is ever executed here.
"""

from __future__ import annotations

import collections
import functools
import types
from collections.abc import Callable
from typing import Any

from academy.grading.examiner.stands import Stand, StandClass, forwarded, is_name, trusted
from academy.grading.wire import figures
from academy.grading.wire.callables import build_function, describe_function
from academy.grading.wire.codec import Codec, NotPlain, Record, Undecodable
from academy.grading.wire.things import (
    FUNCTIONS,
    PLAIN_TYPES,
    SPECIAL_METHODS,
    from_fields,
    importable,
    plain_fields,
)

__all__ = ["Proxies", "Unreadable"]

Ask = Callable[..., Any]
# whose classes may stand in a learner's value: making an instance touches nothing outside
HARMLESS_PACKAGES = frozenset(
    {"collections", "datetime", "decimal", "fractions", "numpy", "pandas"}
)


class Unreadable(BaseException):
    """The learner's value cannot come over; ``kind`` names it. No test may catch it by accident."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Proxies:
    """The stand-ins of one learner process, and the codec that makes them.

    Parameters
    ----------
    ask : sends a question to the learner's process and returns its answer.
    packages : names of packages whose dataclasses may be rebuilt from their fields.
    """

    def __init__(self, ask: Ask, packages: frozenset[str] = frozenset()) -> None:
        self.codec = Codec(self._export, self._adopt)
        self.packages = packages
        self.allow_objects = False
        self.used_objects = False
        self.callbacks: list[Any] = []
        self._ask = ask
        self._known: dict[int, Any] = {}
        self._sent: dict[int, tuple[int, Any]] = {}

    def forget(self) -> None:
        """Begin anew: the learner's process was started again."""
        self._known.clear()

    def exception(self, described: Any) -> Exception:
        """The local exception for one that was raised over there."""
        if type(described) is not dict or not described.get("classes"):
            raise Undecodable("exception")
        kind = self._exception_class(described["classes"], described.get("ordinary") is True)
        arguments = described.get("arguments")
        text = described.get("text") if type(described.get("text")) is str else ""
        try:
            error = kind(*(arguments if type(arguments) is tuple else (text,)))
        except Exception:
            error = Exception.__new__(kind, text)
            error.args = (text,)
        for name, value in (described.get("attributes") or {}).items():
            if type(name) is str and not name.startswith("_"):
                try:
                    setattr(error, name, value)
                except AttributeError:
                    continue
        return error

    def _exception_class(self, classes: Any, ordinary: bool) -> type[Exception]:
        *own, (module, name, _) = classes
        base = trusted(module, name)
        if not ordinary or not (isinstance(base, type) and issubclass(base, Exception)):
            own, base = classes, Exception
        for _, name, number in reversed(own):
            if type(name) is not str or type(number) is not int:
                raise Undecodable("exception class")
            made = self._known.get(number)
            if not (isinstance(made, type) and issubclass(made, Exception)):
                made = type(name.rpartition(".")[2], (base,), {"__module__": "__main__"})
                self._known[number] = made
            base = made
        return base

    def _export(self, value: Any) -> Record:
        kind = type(value)
        number = self._number_of(value)
        if number is not None:
            return ("handle", (number,))
        if kind is types.ModuleType:
            return ("module", (value.__name__,))
        named = (kind in FUNCTIONS or isinstance(value, type)) and importable(value)
        if named and value.__module__ != "__main__":
            return ("import", (value.__module__, value.__qualname__))
        if kind.__name__ == "ufunc" and kind.__module__ == "numpy":
            return ("import", ("numpy", value.__name__))
        if callable(value) and not isinstance(value, type):
            if id(value) not in self._sent:
                self._sent[id(value)] = (len(self.callbacks), value)
                self.callbacks.append(value)
            return ("callback", (self._sent[id(value)][0], describe_function(value)))
        record = figures.describe(value) or plain_fields(value)
        if record is None:
            raise NotPlain(kind.__name__)
        return record

    def _number_of(self, value: Any) -> int | None:
        if isinstance(type(value), StandClass):
            return object.__getattribute__(value, "__grading_number__")
        if isinstance(value, StandClass):
            return type.__getattribute__(value, "__grading_class__")
        return getattr(value, "__grading_number__", None) if type(value) in FUNCTIONS else None

    def _adopt(self, name: str, arguments: tuple[Any, ...]) -> Any:
        make = getattr(self, f"_adopt_{name}", None)
        if make is not None:
            return make(*arguments)
        drawing = figures.rebuild(name, arguments)
        if drawing is None:
            raise Undecodable(f"unknown record {name!r}")
        return drawing

    def _adopt_function(self, number: int, description: dict) -> Any:
        if type(number) is not int or type(description) is not dict:
            raise Undecodable("function")
        if number not in self._known:
            forward = functools.partial(self._forward, number)
            function = build_function(description, forward)
            function.__grading_number__ = number
            self._known[number] = function
        return self._known[number]

    def _forward(self, number: int, args: tuple, kwargs: dict) -> Any:
        return self._ask("call", number, args, kwargs)

    def _adopt_examiners(self, number: int) -> Any:
        return self.callbacks[number]

    def _adopt_iterator(self, number: int, kind: str) -> Any:
        # a generator of our own: each step is a question
        def steps():
            while True:
                more, value = self._ask("next", number)
                if not more:
                    return
                yield value

        return steps()

    def _adopt_coroutine(self, number: int) -> Any:
        async def run():
            return self._ask("await", number)

        return run()

    def _adopt_exception(self, described: dict) -> Exception:
        return self.exception(described)

    def _adopt_type(self, key: str) -> type:
        if key in PLAIN_TYPES:
            return PLAIN_TYPES[key]
        module, _, name = key.partition(":")
        found = trusted(module, name)
        if not isinstance(found, type) or module.partition(".")[0] not in HARMLESS_PACKAGES:
            raise Unreadable(f"类 {name}")
        return found

    def _adopt_namedtuple(self, name: str, fields: list, values: list) -> tuple:
        if not all(type(one) is str and is_name(one) for one in [name, *fields]):
            raise Undecodable("named tuple")
        kind = self._known.get((name, *fields))
        if kind is None:
            kind = collections.namedtuple(name, fields)
            self._known[(name, *fields)] = kind
        return kind(*values)

    def _adopt_fields(self, module: str, name: str, fields: dict) -> Any:
        if type(module) is not str or module.partition(".")[0] not in self.packages:
            raise Unreadable(str(name))
        found = trusted(module, name)
        if not isinstance(found, type):
            raise Unreadable(str(name))
        return from_fields(found, fields)

    def _adopt_class(
        self, number: int, name: str, lineage: list, base: str, doc: str | None
    ) -> type:
        if base != "object":
            root = PLAIN_TYPES.get(f"builtins:{base}")
            if isinstance(root, type) and issubclass(root, Exception):
                classes = [("__main__", n, i) for i, n, _ in lineage]
                return self._exception_class([*classes, ("builtins", base, 0)], True)
        if not self.allow_objects:
            raise Unreadable(f"类 {name}")
        self.used_objects = True
        made: type = Stand
        for one, its_name, specials in reversed(lineage):
            if type(one) is not int or type(its_name) is not str:
                raise Undecodable("class")
            known = self._known.get(one)
            made = known if known is not None else self._make(made, one, its_name, specials, doc)
        if made is Stand:
            made = self._make(made, number, str(name), [], doc)
        return made

    def _make(self, base: type, number: int, name: str, specials: list, doc: Any) -> type:
        body: dict[str, Any] = {
            "__module__": "__main__",
            "__doc__": doc if type(doc) is str else None,
            "__slots__": (),
            "__grading_class__": number,
            "__grading_ask__": staticmethod(self._ask),
        }
        for special in SPECIAL_METHODS.intersection(specials):
            body[special] = forwarded(special)
        if "__eq__" in body and "__hash__" not in body:
            body["__hash__"] = None
        for special in ("__repr__", "__str__"):
            body.setdefault(special, forwarded(special))
        made = StandClass(name, (base,), body)
        self._known[number] = made
        return made

    def _adopt_object(self, number: int, described: tuple, specials: list) -> Any:
        if not self.allow_objects:
            name = described[1][0 if described[0] == "type" else 1]
            raise Unreadable(str(name).rpartition(":")[2])
        self.used_objects = True
        if number in self._known:
            return self._known[number]
        if described[0] == "type":
            name = described[1][0].rpartition(":")[2]
            kind = self._make(Stand, -number, name, specials, None)
        else:
            kind = self._adopt_class(*described[1])
        thing = object.__new__(kind)
        object.__setattr__(thing, "__grading_number__", number)
        self._known[number] = thing
        return thing
