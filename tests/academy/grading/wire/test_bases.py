"""Of a class derived from a plain one, its base's content is left, and nothing of its own."""

import collections
import datetime as dt
import enum

import numpy as np
import pandas as pd
import pytest

from academy.grading.wire.codec.bases import base_content, has_own_ways


class Lying:
    def __eq__(self, other):
        return True

    __hash__ = None


def derived(base, *arguments):
    return type("Own", (Lying, base), {})(*arguments)


CONTENT = {
    "int": (derived(int, 3), 3),
    "float": (derived(float, -0.0), -0.0),
    "complex": (derived(complex, 1j), 1j),
    "str": (derived(str, "a"), "a"),
    "bytes": (derived(bytes, b"a"), b"a"),
    "list": (derived(list, [1]), [1]),
    "tuple": (derived(tuple, (1,)), (1,)),
    "set": (derived(set, {1}), {1}),
    "frozenset": (derived(frozenset, {1}), frozenset({1})),
    "dict": (derived(dict, {1: 2}), {1: 2}),
    "Counter": (derived(collections.Counter, "aab"), collections.Counter("aab")),
    "OrderedDict": (
        derived(collections.OrderedDict, [(1, 2)]),
        collections.OrderedDict([(1, 2)]),
    ),
    "date": (derived(dt.date, 2025, 1, 1), dt.date(2025, 1, 1)),
    "IntEnum": (enum.IntEnum("Own", "A B").B, 2),
    "StrEnum": (enum.StrEnum("Own", "A B").B, "b"),
    "Flag of int": (enum.IntFlag("Own", "A B").B, 2),
}


@pytest.mark.parametrize(("value", "content"), CONTENT.values(), ids=CONTENT)
def test_the_content_is_of_the_base_type_itself(value, content):
    left = base_content(value)

    assert type(left) is type(content)
    assert repr(left) == repr(content)


def test_arrays_and_frames_keep_their_content():
    array = base_content(np.arange(3).view(type("Own", (np.ndarray,), {})))
    frame = base_content(type("Own", (pd.DataFrame,), {})({"a": [1, 2]}))
    series = base_content(type("Own", (pd.Series,), {})([1, 2], name="a"))

    assert type(array) is np.ndarray
    assert array.tolist() == [0, 1, 2]
    assert type(frame) is pd.DataFrame
    pd.testing.assert_frame_equal(frame, pd.DataFrame({"a": [1, 2]}))
    assert type(series) is pd.Series
    pd.testing.assert_series_equal(series, pd.Series([1, 2], name="a"))


def test_what_has_no_plain_base_has_no_content():
    assert base_content(object()) is None
    assert base_content(enum.Enum("Own", "A").A) is None


def in_notebook(**body):
    return type("Own", (dict,), {"__module__": "__main__", **body})()


def test_methods_and_properties_are_ways_of_its_own():
    assert has_own_ways(in_notebook(most=lambda self: 1))
    assert has_own_ways(in_notebook(most=property(lambda self: 1)))
    assert has_own_ways(in_notebook(__missing__=lambda self, key: 0))
    assert not has_own_ways(in_notebook(__eq__=lambda self, other: True))
    assert not has_own_ways(in_notebook(colour="red"))
    assert not has_own_ways(enum.IntEnum("Own", "A", module="__main__").A)
