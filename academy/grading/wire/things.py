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
    "home",
    "importable",
    "is_function",
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
    types.MethodDescriptorType,
    types.WrapperDescriptorType,
    types.ClassMethodDescriptorType,
)
PLAIN_TYPES = {
    f"builtins:{name}": value
    for name, value in vars(builtins).items()
    if isinstance(value, type) and name != "type"
}


def plain_fields(value: Any) -> Record | None:
    """A namespace, a named tuple or a dataclass of an installed library, by its fields."""
    kind = type(value)
    if kind is types.SimpleNamespace:
        return ("namespace", (dict(vars(value)),))
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


def is_function(value: Any) -> bool:
    """Whether the value is a function of Python's or numpy's own kinds."""
    kind = type(value)
    return kind in FUNCTIONS or (
        kind.__name__ in {"ufunc", "vectorize", "_ArrayFunctionDispatcher"}
        and str(kind.__module__).partition(".")[0] == "numpy"
    )


def importable(thing: Any) -> bool:
    """Whether the thing is what its module has under its name."""
    module = sys.modules.get(getattr(thing, "__module__", None) or "")
    for part in str(getattr(thing, "__qualname__", "")).split("."):
        module = getattr(module, part, None)
    return module is thing


def home(thing: Any) -> tuple[str, str] | None:
    """Module and name under which every process finds that very thing; None if it has none.

    A module has no name in it: ``("math", "")``.

    >>> home(str.upper), home(dict(a=1))
    (('builtins', 'str.upper'), None)
    """
    if type(thing) is types.ModuleType:
        name = thing.__name__
        return (name, "") if name != "__main__" and sys.modules.get(name) is thing else None
    own = getattr(thing, "__module__", None)
    for module in (own, getattr(getattr(thing, "__objclass__", None), "__module__", None)):
        for name in (getattr(thing, "__qualname__", None), getattr(thing, "__name__", None)):
            known = type(module) is str and type(name) is str and module != "__main__"
            if known and _found(module, name) is thing:
                return (module, name)
    return _home_by_search(thing)


def _found(module: str, name: str) -> Any:
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return found


def _home_by_search(thing: Any) -> tuple[str, str] | None:
    """The packages that hold its class, or the object it is a method of, looked through."""
    maker = getattr(thing, "__self__", thing) if is_function(thing) else thing
    module = type(maker).__module__
    while type(module) is str and module not in ("", "builtins", "__main__"):
        for name, value in list(vars(sys.modules.get(module, object)).items()):
            same = value is thing or (is_function(thing) and is_function(value) and value == thing)
            if same and not name.startswith("_"):
                return (module, name)
        module = module.rpartition(".")[0]
    return None


def resolve(module: str, name: str) -> Any:
    """The thing of that name in a module; the module itself where the name is empty."""
    thing = importlib.import_module(module)
    for part in filter(None, name.split(".")):
        thing = getattr(thing, part)
    return thing
