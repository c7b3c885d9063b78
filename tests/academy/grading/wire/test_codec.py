"""Plain data arrive as they were sent; nothing else arrives at all."""

import array
import collections
import datetime as dt
import decimal
import fractions
import inspect
import math
import pathlib
import pickle
import re
import sys
import types
import uuid
import zoneinfo

import numpy as np
import pandas as pd
import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from academy.grading.wire.codec import MAX_DEPTH, Codec, NotPlain, Ready, Undecodable
from academy.grading.wire.codec.arrays import masked_array

CODEC = Codec()
ATOMS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.binary()
    | st.complex_numbers()
)
HASHABLE = st.none() | st.booleans() | st.integers() | st.text() | st.binary()
DATA = st.recursive(
    ATOMS | st.dates() | st.datetimes() | st.timedeltas() | st.decimals(allow_nan=False),
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(HASHABLE, inner)
        | st.sets(HASHABLE)
        | st.frozensets(HASHABLE)
    ),
    max_leaves=20,
)


@given(DATA)
def test_plain_data_survive(value):
    back = CODEC.loads(CODEC.dumps(value))

    assert type(back) is type(value)
    assert repr(back) == repr(value) or back == value


@given(st.binary(max_size=200))
def test_random_bytes_never_do_more_than_be_refused(data):
    try:
        CODEC.loads(data)
    except Undecodable:
        return


@given(DATA, st.data())
def test_damaged_bytes_never_do_more_than_be_refused(value, data):
    encoded = bytearray(CODEC.dumps(value))
    for _ in range(3):
        encoded[data.draw(st.integers(0, len(encoded) - 1))] = data.draw(st.integers(0, 255))
    try:
        CODEC.loads(bytes(encoded))
    except Undecodable:
        return


STAMPS = pd.date_range("2025-01-01", periods=3, freq="D")
VALUES = [
    ...,
    NotImplemented,
    "中文\ud800",
    10**40,
    range(1, 9, 2),
    slice(1, None, 2),
    bytearray(b"x"),
    dt.time(1, 2, tzinfo=dt.UTC),
    dt.datetime(2025, 1, 1, tzinfo=zoneinfo.ZoneInfo("Asia/Shanghai")),
    decimal.Decimal("1.10"),
    fractions.Fraction(1, 3),
    collections.OrderedDict(a=1),
    collections.Counter("aab"),
    collections.deque([1], 3),
    collections.defaultdict(list, {1: [2]}),
    collections.ChainMap({"a": 1}, {"b": 2}),
    types.MappingProxyType({"a": 1}),
    collections.UserDict(a=1),
    collections.UserList([1, 2]),
    collections.UserString("a"),
    array.array("d", [1.5, 2]),
    pathlib.Path("数据/a.csv"),
    pathlib.PurePosixPath("a"),
    uuid.UUID(int=7),
    re.compile("a+", re.IGNORECASE),
    dt.time(1, tzinfo=dt.timezone(dt.timedelta(hours=8), "北京")),
    dt.datetime(2025, 1, 1, tzinfo=tz.gettz("Asia/Shanghai")),
    dt.datetime(2025, 1, 1, tzinfo=tz.tzutc()),
    dt.datetime(2025, 1, 1, tzinfo=tz.tzoffset("北京", 28800)),
    {1: 2}.keys(),
    {1: 2}.items(),
    np.float64(1.5),
    np.int32(3),
    np.bool_(True),
    np.str_("a"),
    np.datetime64("2025-01-01"),
    np.dtype("f8"),
    np.dtype([("a", "i4"), ("b", "f8", (2,))]),
    np.zeros(1, "i4,f4")[0],
    np.poly1d([1, 2, 3], variable="z"),
    np.polynomial.Chebyshev([1, 2, 3]),
    pd.Timestamp("2025-01-01", tz="Asia/Shanghai"),
    pd.Timestamp("2025-01-01", tz=tz.gettz("Asia/Shanghai")),
    pd.Timedelta("1D"),
    pd.NaT,
    pd.NA,
    pd.Period("2025-01"),
    pd.Interval(0, 1),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_richer_values_survive(value):
    back = CODEC.loads(CODEC.dumps(value))

    assert type(back) is type(value)
    assert repr(back) == repr(value)


ARRAYS = [
    np.arange(6).reshape(2, 3),
    np.arange(6).reshape(2, 3).T,
    np.array(["a", None, 1], object),
    np.array(["a", "字"]),
    np.array(3.0),
    np.zeros((0, 3)),
    np.array(["2025-01-01"], "M8[D]"),
    np.zeros(2, "i4,f4"),
    np.array([("a", (1, 2))], np.dtype([("n", "U1"), ("p", "i4", (2,))], align=True)),
]


def test_a_view_of_bytes_survives():
    view = memoryview(array.array("d", [1.5, 2.5]))

    back = CODEC.loads(CODEC.dumps(view))

    assert (type(back), back.format, back.tolist()) == (memoryview, "d", [1.5, 2.5])


@pytest.mark.parametrize("array", ARRAYS, ids=lambda a: f"{a.dtype}{a.shape}")
def test_arrays_survive(array):
    back = CODEC.loads(CODEC.dumps(array))

    assert type(back) is type(array)
    assert back.dtype == array.dtype
    np.testing.assert_array_equal(back, array)
    back[...] = back


KINDS_OF_ARRAY = [
    np.array([[1, 2], [3, 4]]).view(np.matrix),
    np.rec.array([(1, 2.5)], dtype=[("a", int), ("b", float)]),
    np.ma.array([1, 2]),
]


@pytest.mark.parametrize("array", KINDS_OF_ARRAY, ids=lambda a: type(a).__name__)
def test_numpys_own_kinds_of_array_survive(array):
    back = CODEC.loads(CODEC.dumps(array))

    assert type(back) is type(array)
    assert (back == array).all()


def test_hidden_values_are_for_the_reader_to_decide_on():
    """`assert_array_equal` takes a masked value for equal to anything."""
    hidden = np.ma.array([1, 2], mask=[True, False])
    seen = []

    def adopt(name, arguments):
        seen.append(name)
        return masked_array(*arguments)

    with pytest.raises(Undecodable):
        CODEC.loads(CODEC.dumps(hidden))
    back = Codec(adopt=adopt).loads(CODEC.dumps(hidden))
    assert seen == ["masked"]
    assert back.mask.tolist() == [True, False]
    assert Codec(adopt=adopt).loads(CODEC.dumps(np.ma.masked)) is np.ma.masked


INDEXES = [
    STAMPS,
    STAMPS.tz_localize("Asia/Shanghai"),
    pd.RangeIndex(2, 9, 3, name="n"),
    pd.MultiIndex.from_product([["a", "b"], [1, 2]], names=["x", "y"]),
    pd.IntervalIndex.from_breaks([0, 1, 2]),
    pd.period_range("2025-01", periods=3, freq="M"),
    pd.CategoricalIndex(["a", "b"]),
    pd.TimedeltaIndex(["1D", "2D"]),
    pd.Index(["甲", "乙"], name="组"),
]


@pytest.mark.parametrize("index", INDEXES, ids=lambda index: type(index).__name__)
def test_indexes_survive(index):
    back = CODEC.loads(CODEC.dumps(index))

    pd.testing.assert_index_equal(back, index, exact=True)
    assert getattr(back, "freq", None) == getattr(index, "freq", None)


FRAMES = [
    pd.DataFrame(
        {
            "日期": STAMPS,
            "x": [1.0, math.nan, 3.0],
            "s": ["a", None, "c"],
            "c": pd.Categorical(["a", "b", "a"], ordered=True),
            "n": pd.array([1, None, 3], "Int64"),
            "b": pd.array([True, None, False], "boolean"),
            "o": [1, "x", None],
        },
        index=["甲", "乙", "丙"],
    ),
    pd.DataFrame(),
    pd.DataFrame([[1, 2]], columns=["a", "a"]),
    pd.DataFrame({"s": pd.arrays.SparseArray([0, 0, 3, 4, 0]), "t": [1, 2, 3, 4, 5]}),
    pd.DataFrame({"s": pd.arrays.SparseArray([math.nan, 1.5], kind="block")}),
    pd.DataFrame({"s": pd.date_range("2025-01-01", periods=2, tz=tz.gettz("Asia/Shanghai"))}),
    pd.DataFrame({"g": [1, 1, 2], "v": [1, 2, 3]}).groupby("g").agg(["sum", "mean"]),
]


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: str(frame.shape))
def test_frames_survive(frame):
    back = CODEC.loads(CODEC.dumps(frame))

    pd.testing.assert_frame_equal(back, frame)
    for name in range(frame.shape[1]):
        pd.testing.assert_series_equal(back.iloc[:, name], frame.iloc[:, name])


class _Cheat(int):
    def __eq__(self, other):
        raise AssertionError("called")

    __hash__ = None


class _Frame(pd.DataFrame):
    pass


REFUSED = {
    "subclass": _Cheat(1),
    "frame subclass": _Frame(),
    "array subclass": np.arange(3).view(type("Own", (np.ndarray,), {})),
    "zone of one's own": dt.time(1, tzinfo=type("Own", (dt.tzinfo,), {})()),
    "factory": collections.defaultdict(lambda: 1),
    "namespace": types.SimpleNamespace(a=1),
    "function": len,
    "object": object(),
    "module": math,
    "structured array of objects": np.zeros(2, "i4,O"),
    "inside": [{"a": (object(),)}],
}


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
def test_everything_else_is_refused(value):
    with pytest.raises(NotPlain):
        CODEC.dumps(value)


def test_depth_and_size_are_bounded():
    deep = []
    for _ in range(MAX_DEPTH):
        deep = [deep]
    assert CODEC.loads(CODEC.dumps(deep)) == deep
    deep = [deep]
    loop = []
    loop.append(loop)

    for value in (deep, loop):
        with pytest.raises(NotPlain, match="层次太深"):
            CODEC.dumps(value)
    with pytest.raises(NotPlain, match="太大"):
        Codec(limit=1000).dumps(["x" * 600] * 3)
    with pytest.raises(Undecodable):
        CODEC.loads(b"L\x01\0\0\0" * (MAX_DEPTH + 1) + b"N")


HOSTILE = {
    "pickle": pickle.dumps(print),
    "length": b"S\xff\xff\xff\xff",
    "list length": b"L\xff\xff\xff\x7f",
    "record": b"@\x02\0\0\0osU\0\0\0\0",
    "trailing": b"NN",
    "key": b"M\x01\0\0\0L\0\0\0\0N",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bytes_are_undecodable(data):
    with pytest.raises(Undecodable):
        CODEC.loads(data)


def _nested(levels):
    return ("sub", _nested(levels - 1), (1,)) if levels else "|u1"


RECORDS = {
    "object dtype": ("np.array", ("|O", (1,), b"12345678")),
    "wrong size": ("np.array", ("<f8", (3,), b"12345678")),
    "negative shape": ("np.array", ("<f8", (-1,), b"")),
    "huge shape": ("np.array", ("|S0", (1 << 40,), b"")),
    "structured": ("np.array", ("i4,f4", (1,), b"12345678")),
    "nested dtype": ("np.array", (_nested(9), (1,), b"1")),
    "overlapping object": ("np.array", (("fields", [("a", "|O", 0)], 8), (1,), b"12345678")),
    "sparse beyond its end": ("pd.sparse", (np.ones(1), np.array([5]), 2, 0.0, "integer")),
    "endless sparse": ("pd.sparse", (np.ones(1), np.array([5]), 1 << 40, 0.0, "integer")),
    "zone file": ("timezone", (("dateutil.gettz", "/etc/passwd"),)),
    "zone above": ("timezone", (("dateutil.gettz", "../../etc/passwd"),)),
    "series of text": ("pd.series", ("abc", 1, 2)),
    "namespace": ("namespace", ([1],)),
    "generator": ("np.generator", ("os", {})),
}


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_forged_records_are_undecodable_or_harmless(record):
    forged = Codec(export=lambda _: record).dumps(object())

    try:
        value = CODEC.loads(forged)
    except Undecodable:
        return
    assert value.size == 0


def test_deep_data_in_deep_calls_are_refused_not_an_error():
    value = []
    for _ in range(MAX_DEPTH - 1):
        value = [value]

    def below(left):
        return below(left - 1) if left else CODEC.dumps(value)

    with pytest.raises(NotPlain, match="层次太深"):
        below(sys.getrecursionlimit() - len(inspect.stack()) - MAX_DEPTH // 2)


def test_a_ready_record_is_written_as_it_is():
    assert CODEC.loads(CODEC.dumps([Ready(("range", (0, 3, 1)))])) == [range(3)]
