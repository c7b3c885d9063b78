"""What does a test see of the learner's functions and objects?  Local stand-ins that ask.

Runs in the examiner's process. Decoding builds plain data and, where the dry run has seen the like
at the same place (`permits`), stand-ins whose every operation is a question to the learner's
process. No line of the learner's is ever executed here.
"""

from __future__ import annotations

import collections
import functools
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from academy.grading.examiner.failures import Failures, Unreadable, holds_data
from academy.grading.examiner.permits import Permits, family
from academy.grading.examiner.stands import (
    Stand,
    StandClass,
    forwarded,
    is_name,
    number_of,
    trusted,
)
from academy.grading.wire import figures
from academy.grading.wire.callables import build_function, describe_function
from academy.grading.wire.codec import Codec, NotPlain, Record, Undecodable
from academy.grading.wire.codec.bases import base_content
from academy.grading.wire.things import (
    PLAIN_TYPES,
    SPECIAL_METHODS,
    from_fields,
    home,
    is_function,
    plain_fields,
    resolve,
)

__all__ = ["Proxies"]

Ask = Callable[..., Any]
# whose classes may stand in a learner's value: making an instance touches nothing outside
HARMLESS_PACKAGES = frozenset(
    {"collections", "datetime", "decimal", "fractions", "numpy", "pandas"}
)
# forwarded by `Stand` itself, under its own rules
BY_STAND = frozenset(f"__{name}__" for name in ("eq", "ne", "hash", "bool", "repr", "str"))
CALLED = "()"


class Proxies:
    """The stand-ins of one learner process, and the codec that makes them.

    Parameters
    ----------
    ask : sends a question to the learner's process and returns its answer.
    packages : names of packages whose dataclasses may be rebuilt from their fields.

    Attributes
    ----------
    permits : what the running cell may get beyond plain data.
    """

    def __init__(self, ask: Ask, packages: frozenset[str] = frozenset()) -> None:
        self.codec = Codec(self._export, self._adopt)
        self.packages = packages
        self.permits = Permits()
        self.callbacks: list[Any] = []
        self.ask = ask
        self._sent: dict[int, tuple[int, Any]] = {}
        self._sources: tuple[str, ...] = ()
        self.forget()

    def forget(self) -> None:
        """Begin anew: the learner's process was started again."""
        self._functions: dict[int, Any] = {}
        self._classes: dict[int, StandClass] = {}
        self._objects: dict[int, Stand] = {}
        self._tuples: dict[tuple[str, ...], type] = {}
        self._origins: dict[int, dict[str, None]] = {}
        self._failures = Failures()

    @contextmanager
    def reading(self, *sources: str) -> Iterator[None]:
        """While what is decoded comes from there."""
        before, self._sources = self._sources, sources
        try:
            yield
        finally:
            self._sources = before

    def sources(self, operation: str, arguments: tuple[Any, ...]) -> tuple[str, ...]:
        """Where the answer to a question comes from."""
        if operation in ("getattr", "setattr", "delattr"):
            return (f".{arguments[1]}",)
        if operation == "special" and arguments[1] != "__call__":
            return (f"%{family(arguments[1])}",)
        ending = {"call": CALLED, "special": CALLED, "next": "[]", "await": "!"}.get(operation)
        if ending is None:
            return ()
        return tuple(f"{one}{ending}" for one in self._origins.get(arguments[0], ("?",)))

    def attribute(self, number: int, owner: str, name: str) -> Any:
        """An attribute of the learner's object or class of that number."""
        if not self.permits.allows_asking(name):
            raise AttributeError(f"{owner!r} object has no attribute {name!r}")
        value = self.ask("getattr", number, name)
        self.permits.note_asked(name)
        return value

    def exception(self, described: Any, operation: str, arguments: tuple[Any, ...]) -> Any:
        """The local exception for one that was raised over there during that operation."""
        protocol = operation == "special" and arguments[1] in ("__next__", "__anext__")
        return self._failures.raised(described, self.permits, protocol)

    def _export(self, value: Any) -> Record:
        kind = type(value)
        number = self._number_of(value)
        if number is not None:
            return ("handle", (number,))
        named = (
            home(value)
            if is_function(value) or isinstance(value, (type, types.ModuleType))
            else None
        )
        if named is not None:
            return ("import", named)
        if callable(value) and not isinstance(value, type):
            if id(value) not in self._sent:
                self._sent[id(value)] = (len(self.callbacks), value)
                self.callbacks.append(value)
            return ("callback", (self._sent[id(value)][0], describe_function(value)))
        record = figures.describe(value) or plain_fields(value)
        if record is None:
            content = base_content(value)
            if content is None:
                raise NotPlain(kind.__name__)
            record = ("plain", (content,))
        return record

    def _number_of(self, value: Any) -> int | None:
        if isinstance(type(value), StandClass):
            return number_of(value)
        if isinstance(value, StandClass):
            return type.__getattribute__(value, "__grading_class__")
        return getattr(value, "__grading_number__", None) if is_function(value) else None

    def _adopt(self, name: str, arguments: tuple[Any, ...]) -> Any:
        make = getattr(self, f"_adopt_{name}", None)
        if make is not None:
            return make(*arguments)
        drawing = figures.rebuild(name, arguments)
        if drawing is None:
            raise Undecodable(f"unknown record {name!r}")
        return drawing

    def _came(self, number: Any) -> int:
        """Note where a thing of the learner's came from."""
        if type(number) is not int:
            raise Undecodable("number")
        self._origins.setdefault(number, {}).update(dict.fromkeys(self._sources))
        return number

    def _adopt_function(self, number: int, description: dict) -> Any:
        if self._came(number) not in self._functions:
            if type(description) is not dict:
                raise Undecodable("function")
            forward = functools.partial(self._forward, number)
            function = build_function(description, forward)
            function.__grading_number__ = number
            self._functions[number] = function
        return self._functions[number]

    def _forward(self, number: int, args: tuple, kwargs: dict) -> Any:
        return self.ask("call", number, args, kwargs)

    def _adopt_library(self, module: str, name: str, instead: str, described: tuple) -> Any:
        """A thing of a library: itself where the reference had it, or else as the learner's own."""
        if type(module) is not str or type(name) is not str:
            raise Undecodable("library")
        if self.permits.allows("library", f"{module}:{name}"):
            return resolve(module, name)
        found = trusted(module, name)
        if is_function(found) and name.rpartition(".")[2] in self.permits.words:
            return found
        if instead == "function":
            return self._adopt_function(*described)
        if instead == "object":
            return self._adopt_object(*described)
        raise Unreadable("模块")

    def _adopt_either(self, kind: str, arguments: tuple, described: tuple) -> Any:
        """An object that can be called or stepped through: it may be no more than that."""
        if self._has_objects():
            return self._adopt_object(*described)
        if kind == "function":
            return self._adopt_function(*arguments)
        return self._adopt_iterator(*arguments)

    def _adopt_derived(self, content: Any, own: bool, described: tuple) -> Any:
        """A value of a class that is derived from a plain one."""
        if own is True and self._has_objects():
            return self._adopt_object(*described, derived=True)
        return content

    def _has_objects(self) -> bool:
        return self.permits.allows("object", *self._sources)

    def _adopt_examiners(self, number: int) -> Any:
        if type(number) is not int or not 0 <= number < len(self.callbacks):
            raise Undecodable("examiner's function")
        value = self.callbacks[number]
        if not is_function(value) and not self.permits.allows("back", *self._sources):
            raise Unreadable(type(value).__name__)
        return value

    def _adopt_iterator(self, number: int, kind: str) -> Any:
        self._came(number)

        # a generator of our own: each step is a question
        def steps():
            while True:
                more, value = self.ask("next", number)
                if more is not True:
                    return
                yield value

        return steps()

    def _adopt_coroutine(self, number: int) -> Any:
        self._came(number)

        async def run():
            return self.ask("await", number)

        return run()

    def _adopt_exception(self, described: dict) -> BaseException:
        return self._failures.make(described, self.permits)

    def _adopt_masked(self, *content: Any) -> Any:
        from academy.grading.wire.codec.arrays import masked_array

        if not self.permits.allows("masked", *self._sources):
            raise Unreadable("有遮住的值的数组")
        return masked_array(*content)

    def _adopt_type(self, key: str) -> type:
        if key in PLAIN_TYPES:
            return PLAIN_TYPES[key]
        module, _, name = key.partition(":")
        found = trusted(module, name)
        if isinstance(found, type) and module.partition(".")[0] in HARMLESS_PACKAGES:
            return found
        if not self.permits.allows("library", key):
            raise Unreadable(f"类 {name}")
        return resolve(module, name)

    def _adopt_namespace(self, fields: dict) -> types.SimpleNamespace:
        for name, value in fields.items():
            if not name.isidentifier() or name.startswith("__"):
                raise Unreadable("名字不寻常的 SimpleNamespace")
            self._require_data(name, value)
        return types.SimpleNamespace(**fields)

    def _adopt_namedtuple(self, name: str, fields: list, values: list) -> tuple:
        if not all(type(one) is str and is_name(one) for one in [name, *fields]):
            raise Undecodable("named tuple")
        for one, value in zip(fields, values, strict=True):
            self._require_data(one, value)
        kind = self._tuples.get((name, *fields))
        if kind is None:
            kind = self._tuples[(name, *fields)] = collections.namedtuple(name, fields)
        return kind(*values)

    def _adopt_fields(self, module: str, name: str, fields: dict) -> Any:
        if type(module) is not str or module.partition(".")[0] not in self.packages:
            raise Unreadable(str(name))
        found = trusted(module, name)
        if not isinstance(found, type) or not self.permits.allows("record", f"{module}:{name}"):
            raise Unreadable(str(name))
        for one, value in fields.items():
            self._require_data(one, value)
        return from_fields(found, fields)

    def _require_data(self, name: str, value: Any) -> None:
        if not holds_data(name, value, self.permits):
            raise Unreadable("带函数的数据")

    def _adopt_class(
        self, number: int, name: str, lineage: list, base: str, doc: str | None
    ) -> type:
        root = PLAIN_TYPES.get(f"builtins:{base}")
        if isinstance(root, type) and issubclass(root, BaseException):
            classes = [("__main__", n, i) for i, n, _ in lineage]
            return self._failures.class_of([*classes, ("builtins", base, 0)])
        if not self._has_objects():
            raise Unreadable(f"类 {name}")
        return self._class(number, name, lineage, doc)

    def _class(self, number: int, name: str, lineage: list, doc: Any) -> StandClass:
        made: StandClass = Stand
        for one, its_name, specials in reversed(lineage):
            if type(its_name) is not str:
                raise Undecodable("class")
            made = self._make(made, one, its_name, specials, doc)
        if made is Stand:
            made = self._make(made, number, str(name), [], doc)
        return made

    def _make(
        self, base: StandClass, number: int, name: str, specials: list, doc: Any
    ) -> StandClass:
        if self._came(number) in self._classes:
            return self._classes[number]
        claimed = SPECIAL_METHODS.intersection(specials)
        body: dict[str, Any] = {
            "__module__": "__main__",
            "__doc__": doc if type(doc) is str else None,
            "__slots__": (),
            "__grading_class__": number,
            "__grading_proxies__": self,
            "__grading_specials__": base.__grading_specials__ | claimed,
        }
        for special in claimed - BY_STAND:
            body[special] = forwarded(special)
        made = StandClass(name, (base,), body)
        self._classes[number] = made
        return made

    def _adopt_object(
        self, number: int, described: tuple, specials: list, derived: bool = False
    ) -> Any:
        kind, content = described
        if not self._has_objects():
            raise Unreadable(str(content[0 if kind == "type" else 1]).rpartition(":")[2])
        if self._came(number) in self._objects:
            return self._objects[number]
        if kind == "type":
            made = self._make(Stand, -number, content[0].rpartition(":")[2], specials, None)
        else:
            its_number, name, lineage, _, doc = content
            made = self._class(its_number, name, lineage, doc)
        if derived:
            type.__setattr__(made, "__grading_content__", True)
        thing = object.__new__(made)
        object.__setattr__(thing, "__grading_number__", number)
        self._objects[number] = thing
        return thing
