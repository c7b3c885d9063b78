"""How does a value travel between the two processes?  As plain data of exact types, never a pickle.

A value is written as one tag byte and its content; what is more than an atom or a container is a
*record*: a name from a closed list and plain arguments. Encoding looks at the exact type only and
calls no method of the value; decoding builds nothing but the types listed here and treats every
byte as hostile.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "Codec",
    "NotPlain",
    "Ready",
    "Record",
    "Undecodable",
    "expect_kind",
    "register",
    "writer_of",
]

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 200
Record = tuple[str, tuple[Any, ...]]
SIZE = struct.Struct("<I")
DOUBLE = struct.Struct("<d")
COMPLEX = struct.Struct("<dd")


class NotPlain(TypeError):
    """The value is not plain data; ``kind`` names its type."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Undecodable(ValueError):
    """The bytes are not what an encoder writes."""


class Ready:
    """A record that is written as it stands, in the place of a value."""

    __slots__ = ("record",)

    def __init__(self, record: Record) -> None:
        self.record = record


class Codec:
    """Encodes and decodes values.

    Parameters
    ----------
    export : for a value of no known type, its record; raises `NotPlain` to refuse it.
    adopt : for a record of no known name, its value; raises `Undecodable` to refuse it.
    limit : longest encoding in bytes.
    """

    def __init__(
        self,
        export: Callable[[Any], Record] | None = None,
        adopt: Callable[[str, tuple[Any, ...]], Any] | None = None,
        limit: int = MAX_BYTES,
    ) -> None:
        self.export, self.adopt, self.limit = export, adopt, limit

    def dumps(self, value: Any) -> bytes:
        """Encode.

        Raises
        ------
        NotPlain
            Some part is not plain data, or it is too deep or too large.
        """
        out = bytearray()
        try:
            self._write(out, value, 0)
        except RecursionError:
            raise NotPlain("层次太深的数据") from None
        return bytes(out)

    def loads(self, data: bytes) -> Any:
        """Decode.

        Raises
        ------
        Undecodable
            Anything that `dumps` would not have written.
        """
        reader = _Reader(data, self.adopt)
        try:
            value = reader.read(0)
        except Undecodable:
            raise
        except MemoryError:
            raise
        except Exception as error:
            raise Undecodable(f"{type(error).__name__}: {error}") from None
        if reader.place != len(data):
            raise Undecodable("trailing bytes")
        return value

    def _write(self, out: bytearray, value: Any, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise NotPlain("层次太深的数据")
        if len(out) > self.limit:
            raise NotPlain("太大的数据")
        kind = type(value)
        atom = ATOMS.get(kind)
        if atom is not None:
            atom(out, value)
            return
        group = GROUPS.get(kind)
        if group is not None:
            items = list(value)
            out += group
            out += SIZE.pack(len(items))
            for item in items:
                self._write(out, item, depth + 1)
        elif kind is dict:
            pairs = list(value.items())
            out += b"M"
            out += SIZE.pack(len(pairs))
            for key, item in pairs:
                self._write(out, key, depth + 1)
                self._write(out, item, depth + 1)
        else:
            name, arguments = self._record(kind, value)
            out += b"@"
            _write_text(out, name)
            self._write(out, arguments, depth + 1)

    def _record(self, kind: type, value: Any) -> Record:
        writer = writer_of(kind)
        if writer is not None:
            return writer(value)
        if self.export is None:
            raise NotPlain(kind.__name__)
        return self.export(value)


class _Reader:
    def __init__(self, data: bytes, adopt: Callable[[str, tuple[Any, ...]], Any] | None) -> None:
        self.data, self.place, self.adopt = data, 0, adopt

    def take(self, count: int) -> bytes:
        end = self.place + count
        if end > len(self.data):
            raise Undecodable("cut short")
        part = self.data[self.place : end]
        self.place = end
        return part

    def size(self) -> int:
        count = SIZE.unpack(self.take(4))[0]
        if count > len(self.data) - self.place:
            raise Undecodable("length beyond the end")
        return count

    def text(self) -> str:
        return self.take(self.size()).decode("utf-8", "surrogatepass")

    def read(self, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise Undecodable("too deep")
        tag = self.take(1)
        if tag in SINGLES:
            return SINGLES[tag]
        if tag == b"D":
            return DOUBLE.unpack(self.take(8))[0]
        if tag == b"I":
            return int.from_bytes(self.take(self.size()), "little", signed=True)
        if tag == b"S":
            return self.text()
        if tag == b"B":
            return self.take(self.size())
        if tag == b"C":
            return complex(*COMPLEX.unpack(self.take(16)))
        if tag in CONTAINERS:
            return CONTAINERS[tag]([self.read(depth + 1) for _ in range(self.size())])
        if tag == b"M":
            return {self.read(depth + 1): self.read(depth + 1) for _ in range(self.size())}
        if tag == b"@":
            return self.record(depth)
        raise Undecodable(f"unknown tag {tag!r}")

    def record(self, depth: int) -> Any:
        name = self.text()
        arguments = self.read(depth + 1)
        if type(arguments) is not tuple:
            raise Undecodable("record without arguments")
        reader = READERS.get(name)
        if reader is None and name.startswith(("np.", "pd.")):
            from academy.grading.wire.codec import arrays, frames  # noqa: F401 - register themselves

            reader = READERS.get(name)
        if reader is not None:
            return reader(*arguments)
        if self.adopt is None:
            raise Undecodable(f"unknown record {name!r}")
        return self.adopt(name, arguments)


def _write_int(out: bytearray, value: int) -> None:
    content = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
    out += b"I"
    out += SIZE.pack(len(content))
    out += content


def _write_text(out: bytearray, value: str) -> None:
    content = value.encode("utf-8", "surrogatepass")
    out += SIZE.pack(len(content))
    out += content


def _write_str(out: bytearray, value: str) -> None:
    out += b"S"
    _write_text(out, value)


def _write_bytes(out: bytearray, value: bytes) -> None:
    out += b"B"
    out += SIZE.pack(len(value))
    out += value


def _write_float(out: bytearray, value: float) -> None:
    out += b"D"
    out += DOUBLE.pack(value)


def _write_complex(out: bytearray, value: complex) -> None:
    out += b"C"
    out += COMPLEX.pack(value.real, value.imag)


ATOMS: dict[type, Callable[[bytearray, Any], None]] = {
    type(None): lambda out, _: out.extend(b"N"),
    bool: lambda out, value: out.extend(b"T" if value else b"F"),
    type(...): lambda out, _: out.extend(b"E"),
    type(NotImplemented): lambda out, _: out.extend(b"n"),
    int: _write_int,
    float: _write_float,
    complex: _write_complex,
    str: _write_str,
    bytes: _write_bytes,
}
SINGLES = {b"N": None, b"T": True, b"F": False, b"E": ..., b"n": NotImplemented}
GROUPS = {list: b"L", tuple: b"U", set: b"Z", frozenset: b"z"}
CONTAINERS = {b"L": list, b"U": tuple, b"Z": set, b"z": frozenset}
WRITERS: dict[type, Callable[[Any], Record]] = {Ready: lambda ready: ready.record}
READERS: dict[str, Callable[..., Any]] = {}


def register(kind: type, name: str, arguments: Callable[[Any], tuple], build: Callable) -> None:
    """Add a type to the closed list: how it becomes plain arguments, and how it is built."""
    WRITERS[kind] = lambda value: (name, arguments(value))
    READERS[name] = build


def writer_of(kind: type) -> Callable[[Any], Record] | None:
    """What writes values of exactly that type; None if it is not on the list."""
    writer = WRITERS.get(kind)
    if writer is None and str(kind.__module__).partition(".")[0] in {"numpy", "pandas"}:
        from academy.grading.wire.codec import arrays, frames  # noqa: F401 - register themselves

        writer = WRITERS.get(kind)
    return writer


def expect_kind(*kinds: type) -> Callable[[Any], Any]:
    """A check that a decoded part has one of the exact types."""

    def check(value: Any) -> Any:
        if type(value) not in kinds:
            raise Undecodable(f"unexpected {type(value).__name__}")
        return value

    return check
