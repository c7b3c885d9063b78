"""Bytes that a learner's process might send in the place of a value: some of nothing, most nearly right."""

from __future__ import annotations

import array
import collections
import datetime as dt
import decimal
import fractions
import re
import types
import uuid
import zoneinfo
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from matplotlib.figure import Figure

from academy.grading.wire import figures
from academy.grading.wire.codec import Codec, NotPlain, Ready
from academy.grading.wire.codec.core import READERS, writer_of

__all__ = ["JSON", "SAMPLES", "data", "hostile_encodings", "hostile_values", "mutated"]

ZONE = zoneinfo.ZoneInfo("Asia/Shanghai")
SAMPLES: list[Any] = [
    range(1, 9, 2),
    slice(1, None, 2),
    bytearray(b"abc"),
    memoryview(b"abcd").cast("B", [2, 2]),
    dt.date(2025, 7, 18),
    dt.time(8, 30, tzinfo=ZONE, fold=1),
    dt.datetime(2025, 7, 18, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=8), "x")),
    dt.timedelta(1, 2, 3),
    decimal.Decimal("1.50"),
    fractions.Fraction(1, 3),
    collections.OrderedDict(a=1),
    collections.Counter("aab"),
    collections.deque([1, 2], 3),
    collections.defaultdict(list, a=[1]),
    collections.ChainMap({"a": 1}, {"b": 2}),
    types.MappingProxyType({"a": 1}),
    collections.UserList([1]),
    array.array("i", [1, 2, 3]),
    uuid.UUID(int=5),
    re.compile("a+b", re.I),
    {"a": 1}.keys(),
    {"a": 1}.items(),
    np.arange(6).reshape(2, 3),
    np.array(["x", "长"]),
    np.array([(1, 2.5)], dtype=[("a", "i4"), ("b", "f8", (2,))]),
    np.array([1, "x", None], dtype=object),
    np.float32(1.5),
    np.datetime64("2025-07-18"),
    np.dtype("f8"),
    np.array([[1, 2]]).view(np.matrix),
    np.poly1d([1, 2]),
    np.ma.MaskedArray([1, 2]),
    np.polynomial.Chebyshev([1, 2, 3]),
    np.random.default_rng(1),
    np.random.RandomState(1),
    np.random.Generator(np.random.Philox(1)),
    pd.Series([1.5, 2.5], index=["a", "b"], name="s"),
    pd.Series(pd.array([1, None], dtype="Int64")),
    pd.Series(["a", None], dtype="str"),
    pd.Series(pd.Categorical(["x", "y", "x"])),
    pd.Series(pd.arrays.SparseArray([0, 0, 1])),
    pd.Series(pd.interval_range(0, 3)),
    pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}),
    pd.DataFrame({"t": pd.date_range("2025-07-18", periods=3, tz="Asia/Shanghai")}),
    pd.date_range("2025-07-18", periods=3, freq="D"),
    pd.period_range("2025-07", periods=3, freq="M"),
    pd.MultiIndex.from_product([["a", "b"], [1, 2]]),
    pd.RangeIndex(3),
    pd.Timestamp("2025-07-18", tz="Asia/Shanghai"),
    pd.Timedelta("1h"),
    pd.Period("2025-07", "M"),
    pd.Interval(0, 1),
    pd.NaT,
    pd.NA,
]
# whatever a learner may write where a file or a frame has JSON
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
# what only the examiner's side reads: its stand-ins, the charts
ADOPTED: list[tuple[str, tuple[Any, ...]]] = [
    ("function", (5, {"name": "f", "doc": None, "parameters": [("x", 1, True, 2)], "async": False})),
    ("class", (7, "Row", [(7, "Row", ["__len__"])], "object", None)),
    ("object", (8, ("class", (7, "Row", [(7, "Row", ["__len__"])], "object", None)), ["__len__"])),
    ("object", (9, ("type", ("io:StringIO",)), ["__next__"])),
    ("library", ("numpy", "median", "function", (5, {"name": "median"}))),
    ("library", ("os", "system", "function", (5, {"name": "system"}))),
    ("library", ("math", "", "", ())),
    ("either", ("iterator", (5, "It"), (8, ("type", ("io:StringIO",)), []))),
    ("derived", ([1, 2], True, (8, ("type", ("io:StringIO",)), []))),
    ("examiners", (0,)),
    ("iterator", (5, "generator")),
    ("coroutine", (5,)),
    ("exception", ({"classes": [("__main__", "Own", 3), ("builtins", "ValueError", 0)],
                    "arguments": ("x",), "text": "x", "attributes": {"a": 1}},)),
    ("exception", ({"classes": [("builtins", "StopIteration", 0)], "arguments": (1,)},)),
    ("exception", ({"classes": [("builtins", "UnicodeDecodeError", 0)], "arguments": ("x",)},)),
    ("masked", (np.arange(2), np.array([True, False]), False)),
    ("type", ("builtins:int",)),
    ("type", ("subprocess:Popen",)),
    ("namespace", ({"a": 1},)),
    ("namedtuple", ("Point", ["x", "y"], [1, 2])),
    ("fields", ("scipy.optimize", "OptimizeResult", {"x": 1})),
    ("figure", ([], [6.4, 4.8], ["", "", ""])),
    ("axes", (0, [], [6.4, 4.8], ["", "", ""])),
]  # fmt: skip


def _charts() -> list[tuple[str, tuple[Any, ...]]]:
    """Records of charts with a bit of everything on them."""
    flat, round_, deep = Figure(), Figure(), Figure()
    left, right = flat.subplots(1, 2)
    left.plot([1, 2, 3], label="线")
    left.bar([1, 2], [3, 4])
    left.scatter([1, 2], [3, 4], c=[0.1, 0.9])
    left.fill_between([1, 2, 3], [0, 1, 0])
    left.set_xticks([1, 2], ["甲", "乙"])
    left.set_yscale("log")
    left.legend()
    right.imshow([[1, 2], [3, 4]])
    right.contourf([[1, 2], [3, 4]])
    round_.add_subplot(projection="polar").plot([0, 1], [1, 2])
    deep.add_subplot(projection="3d").plot([0, 1], [1, 2], [2, 3])
    return [figures.describe(one) for one in (flat, round_, deep, right)]


ADOPTED += _charts()
# numbers and names at which something ends
EDGES = (
    st.none()
    | st.booleans()
    | st.sampled_from([0, -1, 1, 255, 623, 625, 2**31, 2**63, -(2**63) - 1, 10**40])
    | st.floats()
    | st.text(max_size=8)
    | st.binary(max_size=8)
    | st.sampled_from(["", "__class__", "\ud800", "x" * 300, "|O", "V8", "<U9999999", "M8[ns]"])
    | st.sampled_from(SAMPLES)
)


def _tree(value: Any) -> Any:
    """The value with the records of its parts in the place of the parts."""
    kind = type(value)
    writer = None if kind is Ready else writer_of(kind)
    if writer is not None:
        try:
            name, arguments = writer(value)
        except NotPlain:
            return value
        return Ready((name, _tree(arguments)))
    if kind in (list, tuple):
        return kind(_tree(one) for one in value)
    if kind is dict:
        return {key: _tree(one) for key, one in value.items()}
    return value


def _one_in(times: int) -> st.SearchStrategy[bool]:
    # the ends of a range come up too often
    return st.sampled_from([False] * (times - 1) + [True])


@st.composite
def _bent(draw: st.DrawFn, value: Any, chance: int) -> Any:
    """The value with a part of it replaced here and there."""
    if draw(_one_in(chance + 1)):
        return draw(EDGES)
    kind = type(value)
    if kind is Ready:
        name, arguments = value.record
        if draw(_one_in(10)):
            name = draw(NAMES)
        bent = draw(_bent(arguments, chance + 2))
        return Ready((name, bent if type(bent) is tuple else arguments))
    if kind in (list, tuple) and value:
        place = draw(st.integers(0, len(value) - 1))
        parts = list(value)
        parts[place] = draw(_bent(parts[place], 6))
        if draw(_one_in(10)):
            del parts[place]
        return kind(parts)
    if kind is dict and value:
        key = draw(st.sampled_from(list(value)))
        return {**value, key: draw(_bent(value[key], 6))}
    return draw(EDGES) if draw(st.booleans()) else value


TREES = [_tree(value) for value in SAMPLES]
NAMES = st.sampled_from(sorted({*READERS, *(name for name, _ in ADOPTED)}))
TREES += [Ready(one) for one in ADOPTED]


def hostile_values() -> st.SearchStrategy[Any]:
    """Values with records in them that no honest writer would have made."""
    records = st.sampled_from(TREES).flatmap(lambda tree: _bent(tree, 30))
    odd = st.builds(
        lambda name, parts: Ready((name, tuple(parts))), NAMES, st.lists(EDGES, max_size=5)
    )
    nested = st.tuples(records, records) | st.dictionaries(EDGES.filter(_may_be_key), records)
    return st.one_of(records, records, records, odd, nested)


def _may_be_key(value: Any) -> bool:
    return type(value) in (int, str, float, bytes)


def _written(value: Any) -> bytes:
    try:
        return Codec().dumps(value)
    except (NotPlain, TypeError, ValueError):
        return b"N"


@st.composite
def mutated(draw: st.DrawFn, content: bytes) -> bytes:
    """The bytes with some cut, changed, put in, or given twice."""
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(content)))
        how = draw(st.integers(0, 4))
        more = draw(st.binary(min_size=1, max_size=4))
        if how == 0:
            content = content[:at]
        elif how == 1:
            content = content[:at] + more + content[at + len(more) :]
        elif how == 2:
            content = content[:at] + more + content[at:]
        elif how == 3:
            content = content[:at] + content[at + len(more) :]
        else:
            content = content[:at] + content[at // 2 : at] + content[at:]
    return content


def hostile_encodings() -> st.SearchStrategy[bytes]:
    """Bytes for `Codec.loads`."""
    written = hostile_values().map(_written)
    return st.one_of(written, written, written.flatmap(mutated), st.binary(max_size=40))


def data() -> st.SearchStrategy[Any]:
    """Values as honest answers have them, of every kind that travels."""
    atoms = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()
    keys = st.integers() | st.text()
    return st.recursive(
        atoms | st.sampled_from(SAMPLES),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.lists(inner, max_size=4).map(tuple)
            | st.dictionaries(keys, inner, max_size=4)
        ),
        max_leaves=8,
    )
