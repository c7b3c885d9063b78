"""What has a name on both sides?  Special methods, functions, plain types, dataclasses by field.

Both processes use it to say what they mean; neither takes the other's word for it.
"""

from __future__ import annotations

import builtins
import dataclasses
import functools
import importlib
import sys
import types
from typing import Any

from academy.grading.wire.codec import Record, Undecodable

__all__ = [
    "FUNCTIONS",
    "PLAIN_TYPES",
    "SPECIAL_METHODS",
    "from_fields",
    "importable",
    "plain_fields",
    "resolve",
]

SPECIAL_METHODS = frozenset(
    f"__{name}__"
    for name in [
        "abs",
        "add",
        "and",
        "bool",
        "bytes",
        "call",
        "ceil",
        "complex",
        "contains",
        "delitem",
        "divmod",
        "enter",
        "eq",
        "exit",
        "float",
        "floor",
        "floordiv",
        "format",
        "ge",
        "getitem",
        "gt",
        "hash",
        "iadd",
        "iand",
        "ifloordiv",
        "imatmul",
        "imod",
        "imul",
        "index",
        "int",
        "invert",
        "ior",
        "ipow",
        "irshift",
        "ilshift",
        "isub",
        "iter",
        "itruediv",
        "ixor",
        "le",
        "len",
        "length_hint",
        "lshift",
        "lt",
        "matmul",
        "missing",
        "mod",
        "mul",
        "ne",
        "neg",
        "next",
        "or",
        "pos",
        "pow",
        "radd",
        "rand",
        "rdivmod",
        "repr",
        "reversed",
        "rfloordiv",
        "rlshift",
        "rmatmul",
        "rmod",
        "rmul",
        "ror",
        "round",
        "rpow",
        "rrshift",
        "rshift",
        "rsub",
        "rtruediv",
        "rxor",
        "setitem",
        "str",
        "sub",
        "truediv",
        "trunc",
        "xor",
    ]
)
FUNCTIONS = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.MethodWrapperType,
    functools.partial,
    type(functools.lru_cache(lambda: None)),
)
PLAIN_TYPES = {
    f"builtins:{name}": value
    for name, value in vars(builtins).items()
    if isinstance(value, type) and name != "type"
}


def plain_fields(value: Any) -> Record | None:
    """A dataclass of an installed library, or a named tuple, by its fields."""
    kind = type(value)
    if issubclass(kind, tuple) and isinstance(vars(kind).get("_fields"), tuple):
        return ("namedtuple", (kind.__name__, list(kind._fields), list(tuple.__iter__(value))))
    if dataclasses.is_dataclass(kind):
        fields = {f.name: getattr(value, f.name, None) for f in dataclasses.fields(kind)}
        if kind.__module__ == "__main__" or not importable(kind):
            return None
        return ("fields", (kind.__module__, kind.__qualname__, fields))
    return None


def from_fields(kind: type, fields: dict[str, Any]) -> Any:
    """A dataclass instance whose fields are set without running its own code."""
    if not dataclasses.is_dataclass(kind) or type(fields) is not dict:
        raise Undecodable(f"{kind!r} is no dataclass")
    if set(fields) != {field.name for field in dataclasses.fields(kind)}:
        raise Undecodable(f"fields of {kind.__name__}")
    value = object.__new__(kind)
    for name, item in fields.items():
        object.__setattr__(value, name, item)
    return value


def importable(thing: Any) -> bool:
    """Whether the thing is what its module has under its name."""
    module = sys.modules.get(getattr(thing, "__module__", None) or "")
    for part in str(getattr(thing, "__qualname__", "")).split("."):
        module = getattr(module, part, None)
    return module is thing


def resolve(module: str, name: str) -> Any:
    """The thing of that name in a module."""
    thing = importlib.import_module(module)
    for part in name.split("."):
        thing = getattr(thing, part)
    return thing
