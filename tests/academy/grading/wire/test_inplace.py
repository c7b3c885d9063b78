"""What changed in the other process changes here, in the same objects."""

import collections

import numpy as np
import pandas as pd
import pytest

from academy.grading.wire.inplace import restore

CASES = {
    "list": ([1, 2], [3]),
    "dict": ({"a": 1, "b": 2}, {"b": 3, "c": 4}),
    "set": ({1, 2}, {3}),
    "deque": (collections.deque([1]), collections.deque([1, 2])),
    "counter": (collections.Counter("a"), collections.Counter("bb")),
    "bytearray": (bytearray(b"a"), bytearray(b"bc")),
}


@pytest.mark.parametrize(("old", "new"), CASES.values(), ids=CASES)
def test_containers_take_on_the_new_content(old, new):
    restore(old, new)

    assert old == new
    assert old is not new


def test_inner_objects_stay_the_same():
    row, table = [1, 2], {"k": [0]}
    grid = [row, table]

    restore(grid, [[1, 9], {"k": [0, 1]}])

    assert row == [1, 9]
    assert table == {"k": [0, 1]}
    assert grid[0] is row


def test_arrays_and_frames_are_filled_in_place():
    array, frame, series = np.zeros(3), pd.DataFrame({"a": [1]}), pd.Series([1])
    held = frame

    restore(array, np.arange(3.0))
    restore(frame, pd.DataFrame({"a": [1], "b": [2]}))
    restore(series, pd.Series([5], name="n"))

    assert array.tolist() == [0, 1, 2]
    assert held["b"].tolist() == [2]
    assert (series.tolist(), series.name) == ([5], "n")


def test_another_type_changes_nothing():
    old = [1]
    restore(old, (2,))

    assert old == [1]
