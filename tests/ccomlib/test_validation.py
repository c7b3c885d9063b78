"""ccomlib.validation：错在哪个参数、第几个、什么值，一句话说完。"""

import numpy as np
import pandas as pd
import pytest

from ccomlib.validation import (
    as_numbers,
    as_series,
    require_columns,
    require_range,
    rounding,
    same_rows,
    varies,
)


def test_numbers_keep_their_shape():
    assert as_numbers([[1, 2], [3, 4]], "表").shape == (2, 2)
    assert as_numbers(3, "数").shape == ()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([1, float("nan")], "来电量第 2 个是空值"),
        ([1, float("inf")], "来电量第 2 个是 inf"),
        (["12", "--"], "来电量第 2 个是 '--'"),
        (None, "来电量是空值"),
    ],
)
def test_bad_value_is_named_with_its_place(value, words):
    with pytest.raises(ValueError, match=words):
        as_numbers(value, "来电量")


def test_row_label_is_named_when_there_is_one():
    with pytest.raises(ValueError, match="第 2 个（周二）是空值"):
        as_series(pd.Series([1, np.nan], ["周一", "周二"]), "来电量")


def test_table_instead_of_a_column_is_refused():
    with pytest.raises(ValueError, match="应是一列数，但得到 2 维"):
        as_series(pd.DataFrame({"a": [1]}), "来电量")


def test_limits_are_inclusive_unless_said():
    assert require_range([0, 1], "率", 0, 1).tolist() == [0, 1]
    with pytest.raises(ValueError, match="率第 1 个是 0，应大于 0"):
        require_range([0, 1], "率", 0, above=True)
    with pytest.raises(ValueError, match="率第 2 个是 1，应不小于 0 且小于 1"):
        require_range([0, 1], "率", 0, 1, below=True)


def test_missing_columns_are_listed_with_those_there_are():
    with pytest.raises(ValueError, match="话务表缺少列：时段、呼入量。现有列：日期"):
        require_columns(pd.DataFrame({"日期": []}), ["日期", "时段", "呼入量"], "话务表")


def test_rows_without_labels_go_by_their_place():
    assert same_rows(("天数", [1, 2]), ("离职", np.array([0, 1]))) is None
    assert same_rows(("天数", pd.Series([1, 2])), ("离职", [0, 1])) is None
    labels = same_rows(("天数", [1, 2]), ("离职", pd.Series([0, 1], ["A1", "A2"])))
    assert labels.tolist() == ["A1", "A2"]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ((("天数", [1, 2, 3]), ("离职", [0, 1])), "天数有 3 个，离职有 2 个"),
        ((("天数", 3), ("离职", [0])), "天数应是一列，但得到 0 维"),
        ((("天数", "123"), ("离职", [0, 1, 0])), "天数应是一列"),
        ((("天数", [[1], [2]]), ("离职", [0, 1])), "天数应是一列，但得到 2 维"),
        (
            (("天数", pd.Series([1, 2], ["A", "B"])), ("离职", pd.Series([1, 2], ["A", "C"]))),
            "第 2 行的标签不同（天数是 B，离职是 C）",
        ),
    ],
)
def test_rows_that_do_not_match_are_named(columns, words):
    with pytest.raises(ValueError, match=words):
        same_rows(*columns)


def test_rounding_grows_with_the_numbers_and_not_with_their_difference():
    assert varies([0.1, 0.1 + 1e-12])
    assert not varies([0.1, 0.1 + 1e-12], 1e6)
    assert rounding(1.0, [-8.0]) == 8 * rounding(1.0)
