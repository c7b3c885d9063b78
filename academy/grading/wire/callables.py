"""How does a function that lives in the other process look here?  A real function, same signature."""

from __future__ import annotations

import functools
import inspect
import keyword
import unicodedata
from collections.abc import Callable
from typing import Any

from academy.grading.wire.codec import Codec, NotPlain

__all__ = ["build_function", "describe_function"]

KINDS = tuple(inspect._ParameterKind)
PLAIN = Codec(limit=100_000)
Forward = Callable[[tuple, dict], Any]


def describe_function(function: Any) -> dict[str, Any]:
    """Name, parameters and documentation of a function, as plain data."""
    name = getattr(function, "__name__", None)
    doc = getattr(function, "__doc__", None)
    return {
        "name": name if type(name) is str else "function",
        "doc": doc[:10_000] if type(doc) is str else None,
        "parameters": _parameters(function),
        "async": inspect.iscoroutinefunction(inspect.unwrap(function)),
    }


def _parameters(function: Any) -> list[tuple[str, int, bool, Any]] | None:
    try:
        found = inspect.signature(function).parameters.values()
    except (ValueError, TypeError):
        return None
    parameters = []
    for one in found:
        has_default = one.default is not inspect.Parameter.empty
        default = one.default if has_default else None
        try:
            PLAIN.dumps(default)
        except NotPlain:
            default = None
        parameters.append((one.name, KINDS.index(one.kind), has_default, default))
    return parameters


def build_function(description: dict[str, Any], forward: Forward) -> Callable:
    """A function of that description whose calls go to `forward(positional, by_name)`.

    What the caller leaves at its default is not forwarded, so that the other side uses its own.
    """
    parameters = description.get("parameters")
    is_async = bool(description.get("async"))
    function = None
    if type(parameters) is list and _is_sound(parameters):
        function = _compile(parameters, forward, is_async)
    if function is None:
        function = _general(forward, is_async)
    name, doc = description.get("name"), description.get("doc")
    function.__name__ = function.__qualname__ = name if type(name) is str else "function"
    function.__doc__ = doc if type(doc) is str else None
    function.__module__ = "__main__"
    return function


def _is_sound(parameters: list[Any]) -> bool:
    names = set()
    for one in parameters:
        if type(one) is not tuple or len(one) != 4 or type(one[0]) is not str:
            return False
        # as Python reads names: 𝓍 is x
        name = unicodedata.normalize("NFKC", one[0])
        if not one[0].isidentifier() or keyword.iskeyword(name) or name in names:
            return False
        if name.startswith("__grading_") or type(one[1]) is not int or not 0 <= one[1] <= 4:
            return False
        names.add(name)
    return True


def _compile(parameters: list[tuple], forward: Forward, is_async: bool) -> Callable | None:
    namespace: dict[str, Any] = {}
    heads: list[str] = []
    for place, (name, kind, has_default, default) in enumerate(parameters):
        kind_of = KINDS[kind]
        text = {KINDS[2]: f"*{name}", KINDS[4]: f"**{name}"}.get(kind_of, name)
        if has_default and kind_of not in (KINDS[2], KINDS[4]):
            namespace[f"__grading_{place}"] = default
            text += f"=__grading_{place}"
        if kind_of is KINDS[3] and not any(p[1] in (2, 3) for p in parameters[:place]):
            heads.append("*")
        heads.append(text)
        if kind_of is KINDS[0] and not any(p[1] == 0 for p in parameters[place + 1 :]):
            heads.append("/")
    names = ", ".join(p[0] for p in parameters) + ("," if parameters else "")
    source = (
        f"{'async ' if is_async else ''}def __grading_function({', '.join(heads)}):\n"
        f"    return {'await ' if is_async else ''}__grading_forward(({names}))\n"
    )
    namespace["__grading_forward"] = functools.partial(_forward_given, parameters, forward)
    try:
        exec(compile(source, "<learner's function>", "exec"), namespace)
    except SyntaxError:
        return None
    return namespace["__grading_function"]


def _forward_given(parameters: list[tuple], forward: Forward, values: tuple) -> Any:
    positional: list[Any] = []
    by_name: dict[str, Any] = {}
    skipped = False
    rest = any(p[1] == 2 and value for p, value in zip(parameters, values, strict=True))
    for (name, kind, has_default, default), value in zip(parameters, values, strict=True):
        left_out = has_default and value is default and not (rest and kind < 2)
        if kind == 2:
            positional += value
        elif kind == 4:
            by_name |= value
        elif left_out:
            skipped = True
        elif kind == 3 or (kind == 1 and skipped):
            by_name[name] = value
        else:
            positional.append(value)
    return forward(tuple(positional), by_name)


def _general(forward: Forward, is_async: bool) -> Callable:
    if is_async:

        async def function(*args, **kwargs):
            return await forward(args, kwargs)

    else:

        def function(*args, **kwargs):
            return forward(args, kwargs)

    return function
