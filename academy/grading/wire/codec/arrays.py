"""How do numpy values travel?  As raw numbers with their dtype and shape."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from academy.grading.wire.codec.core import NotPlain, Undecodable, register
from academy.grading.wire.codec.values import LIST, TEXT

__all__: list[str] = []

KINDS = frozenset("biufcSUMm")


def _dtype(text: Any) -> np.dtype:
    if len(TEXT(text)) > 40:
        raise Undecodable("dtype")
    dtype = np.dtype(text)
    if dtype.kind not in KINDS or dtype.hasobject or dtype.fields or dtype.subdtype:
        raise Undecodable(f"dtype {dtype}")
    return dtype


def _array(value: np.ndarray) -> tuple[Any, ...]:
    if value.dtype.kind == "O":
        return (None, value.shape, value.ravel().tolist())
    if value.dtype.kind not in KINDS:
        raise NotPlain(f"dtype {value.dtype} 的数组")
    return (value.dtype.str, value.shape, value.tobytes())


def _as_array(text: Any, shape: Any, content: Any) -> np.ndarray:
    if type(shape) is not tuple or not all(type(n) is int and n >= 0 for n in shape):
        raise Undecodable("shape")
    if len(shape) > 32:
        raise Undecodable("too many dimensions")
    if text is None:
        if len(LIST(content)) != math.prod(shape):
            raise Undecodable("array size")
        array = np.empty(len(content), dtype=object)
        for place, item in enumerate(content):
            array[place] = item
        return array.reshape(shape)
    dtype = _dtype(text)
    if type(content) is not bytes or math.prod(shape) * dtype.itemsize != len(content):
        raise Undecodable("array size")
    if dtype.itemsize == 0:
        return np.zeros(shape if math.prod(shape) < 1_000_000 else 0, dtype)
    return np.frombuffer(content, dtype).reshape(shape).copy()


def _scalar(text: Any, content: Any) -> np.generic:
    dtype = _dtype(text)
    if type(content) is not bytes or len(content) != dtype.itemsize:
        raise Undecodable("scalar size")
    if not content:
        return dtype.type()
    return np.frombuffer(content, dtype)[0]


register(np.ndarray, "np.array", _array, _as_array)
for _kind in set(np.sctypeDict.values()):
    if np.dtype(_kind).kind in KINDS:
        register(_kind, "np.scalar", lambda v: (v.dtype.str, v.tobytes()), _scalar)
for _dtype_class in {type(np.dtype(kind)) for kind in set(np.sctypeDict.values())}:
    register(
        _dtype_class,
        "np.dtype",
        lambda v: (v.str,),
        lambda text: np.dtype(object) if text == "|O" else _dtype(text),
    )

GENERATORS = {"PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"}


def _generator(name: Any, state: Any) -> np.random.BitGenerator:
    if name not in GENERATORS or type(state) is not dict:
        raise Undecodable("bit generator")
    bits = getattr(np.random, name)(0)
    bits.state = state
    return bits


def _bits(value: Any) -> tuple[Any, ...]:
    bits = value.bit_generator if isinstance(value, np.random.Generator) else value._bit_generator
    if type(bits).__name__ not in GENERATORS:
        raise NotPlain(type(bits).__name__)
    return (type(bits).__name__, bits.state)


register(
    np.random.Generator,
    "np.generator",
    _bits,
    lambda name, state: np.random.Generator(_generator(name, state)),
)
register(
    np.random.RandomState,
    "np.randomstate",
    _bits,
    lambda name, state: np.random.RandomState(_generator(name, state)),
)
