"""How do numpy values travel?  As raw numbers with their dtype and shape."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from academy.grading.wire.codec.bases import COPIES
from academy.grading.wire.codec.core import (
    READERS,
    WRITERS,
    NotPlain,
    Record,
    Undecodable,
    expect_kind,
    register,
)
from academy.grading.wire.codec.values import INT, LIST, TEXT

__all__ = ["masked_array"]

ARRAY = expect_kind(np.ndarray)

KINDS = frozenset("biufcSUMm")
MAX_NESTING = 5


def _describe_dtype(dtype: np.dtype) -> Any:
    """The dtype's letters; of a structured one, its fields."""
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype
        return ("sub", _describe_dtype(base), shape)
    if dtype.fields is not None:
        fields = [(n, _describe_dtype(dtype.fields[n][0]), dtype.fields[n][1]) for n in dtype.names]
        return ("fields", fields, dtype.itemsize)
    if dtype.kind not in KINDS:
        raise NotPlain(f"dtype {dtype} 的数组")
    return dtype.str


def _dtype(described: Any, nesting: int = 0) -> np.dtype:
    if nesting > MAX_NESTING:
        raise Undecodable("dtype")
    if type(described) is tuple:
        kind, inner, more = described
        if kind == "sub":
            return np.dtype((_dtype(inner, nesting + 1), _shape(more)))
        parts = [(TEXT(name), _dtype(one, nesting + 1), INT(at)) for name, one, at in LIST(inner)]
        names, formats, offsets = (list(column) for column in zip(*parts, strict=True))
        return np.dtype(
            {"names": names, "formats": formats, "offsets": offsets, "itemsize": INT(more)}
        )
    if len(TEXT(described)) > 40:
        raise Undecodable("dtype")
    dtype = np.dtype(described)
    if dtype.kind not in KINDS or dtype.hasobject or dtype.fields or dtype.subdtype:
        raise Undecodable(f"dtype {dtype}")
    return dtype


def _shape(shape: Any) -> tuple[int, ...]:
    if type(shape) is not tuple or not all(type(n) is int and n >= 0 for n in shape):
        raise Undecodable("shape")
    if len(shape) > 32:
        raise Undecodable("too many dimensions")
    return shape


def _array(value: np.ndarray) -> tuple[Any, ...]:
    if value.dtype.kind == "O":
        return (None, value.shape, value.ravel().tolist())
    return (_describe_dtype(value.dtype), value.shape, value.tobytes())


def _as_array(described: Any, shape: Any, content: Any) -> np.ndarray:
    shape = _shape(shape)
    if described is None:
        if len(LIST(content)) != math.prod(shape):
            raise Undecodable("array size")
        array = np.empty(len(content), dtype=object)
        for place, item in enumerate(content):
            array[place] = item
        return array.reshape(shape)
    dtype = _dtype(described)
    if type(content) is not bytes or math.prod(shape) * dtype.itemsize != len(content):
        raise Undecodable("array size")
    if dtype.itemsize == 0:
        return np.zeros(shape if math.prod(shape) < 1_000_000 else 0, dtype)
    return np.frombuffer(content, dtype).reshape(shape).copy()


def _scalar(described: Any, content: Any) -> np.generic:
    dtype = _dtype(described)
    if type(content) is not bytes or len(content) != dtype.itemsize:
        raise Undecodable("scalar size")
    if not content:
        return dtype.type()
    return np.frombuffer(content, dtype)[0]


register(np.ndarray, "np.array", _array, _as_array)
for _kind in {*np.sctypeDict.values(), np.void}:
    if np.dtype(_kind).kind in KINDS or _kind is np.void:
        register(_kind, "np.scalar", lambda v: (_describe_dtype(v.dtype), v.tobytes()), _scalar)
for _dtype_class in {type(np.dtype(kind)) for kind in {*np.sctypeDict.values(), np.void}}:
    register(
        _dtype_class,
        "np.dtype",
        lambda v: (v.str if v.kind == "O" else _describe_dtype(v),),
        lambda text: np.dtype(object) if text == "|O" else _dtype(text),
    )
COPIES[np.ndarray] = lambda value: np.ndarray.view(value, np.ndarray)
register(
    np.matrix,
    "np.matrix",
    lambda v: (np.ndarray.view(v, np.ndarray),),
    lambda array: ARRAY(array).view(np.matrix),
)
register(
    np.recarray,
    "np.recarray",
    lambda v: (np.ndarray.view(v, np.ndarray),),
    lambda array: ARRAY(array).view(np.recarray),
)
register(
    np.poly1d,
    "np.poly1d",
    lambda v: (v.coeffs, v.variable),
    lambda coefficients, letter: np.poly1d(ARRAY(coefficients), variable=TEXT(letter)),
)


def _masked(value: np.ma.MaskedArray) -> Record:
    data = np.ndarray.view(value, np.ndarray)
    if not np.ma.is_masked(value):
        return ("np.unmasked", (data,))
    # not on the list: whoever reads it decides whether values may hide
    return ("masked", (data, np.ma.getmaskarray(value), value is np.ma.masked))


WRITERS[np.ma.MaskedArray] = WRITERS[type(np.ma.masked)] = _masked
READERS["np.unmasked"] = lambda data: np.ma.MaskedArray(ARRAY(data))


def masked_array(data: Any, mask: Any, constant: Any) -> np.ma.MaskedArray:
    """The array of a record "masked"."""
    if constant is True:
        return np.ma.masked
    return np.ma.MaskedArray(ARRAY(data), mask=ARRAY(mask))


SERIES = {
    kind.__name__: kind
    for kind in (
        np.polynomial.Polynomial,
        np.polynomial.Chebyshev,
        np.polynomial.Legendre,
        np.polynomial.Hermite,
        np.polynomial.HermiteE,
        np.polynomial.Laguerre,
    )
}
for _kind in SERIES.values():
    register(
        _kind,
        "np.polynomial",
        lambda v: (type(v).__name__, v.coef, v.domain, v.window, v.symbol),
        lambda name, coef, domain, window, symbol: SERIES[name](
            ARRAY(coef), ARRAY(domain), ARRAY(window), TEXT(symbol)
        ),
    )

GENERATORS = {"PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"}
WORDS, BUFFERED = 624, 4


def _generator(name: Any, state: Any) -> np.random.BitGenerator:
    if name not in GENERATORS or type(state) is not dict:
        raise Undecodable("bit generator")
    # numpy reads on from there without a look at how long the state is
    if name == "MT19937" and not 0 <= INT(state["state"]["pos"]) <= WORDS:
        raise Undecodable("position in the state")
    if name == "Philox" and not 0 <= INT(state["buffer_pos"]) <= BUFFERED:
        raise Undecodable("position in the buffer")
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
