"""ccomlib.validation：错在哪个参数、第几个、什么值，一句话说完。"""

import numpy as np
import pandas as pd
import pytest

from ccomlib.validation import (
    align_labels,
    as_numbers,
    as_series,
    require_call_flow,
    require_columns,
    require_range,
    require_same_length,
    require_share,
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


@pytest.mark.parametrize("value", [0, 1, -0.1, 95])
def test_a_share_lies_strictly_between_nothing_and_all(value):
    assert require_share(0.95, "confidence") == 0.95
    with pytest.raises(ValueError, match=f"confidence 是 {value:g}，应大于 0 且小于 1"):
        require_share(value, "confidence")


def test_columns_of_one_call_have_one_length():
    require_same_length({"来电量": [1, 2], "处理时长": 180, "人数": [3, 4]})
    with pytest.raises(ValueError, match="来电量有 2 个，人数有 3 个"):
        require_same_length({"来电量": [1, 2], "人数": [3, 4, 5]})
    with pytest.raises(ValueError, match="来电量应是一列，但得到 2 维"):
        require_same_length({"来电量": [[1], [2]]})


def test_columns_of_one_call_have_one_set_of_labels():
    one, other = pd.Series([1, 2], ["08:00", "08:30"]), pd.Series([1, 2], ["08:00", "09:00"])

    with pytest.raises(ValueError, match="第 2 行的标签不同（来电量是 08:30，人数是 09:00）"):
        require_same_length({"来电量": one, "人数": other})


def test_labels_are_lent_to_the_column_without_them():
    one, other = align_labels(pd.Series([1, 2]), pd.Series([3, 4], ["甲", "乙"]))

    assert one.index.tolist() == other.index.tolist() == ["甲", "乙"]


def test_labels_in_another_order_are_refused_with_the_row():
    one = pd.Series([1, 2], ["甲", "乙"], name="质检分")
    other = pd.Series([3, 4], ["甲", "丙"], name="满意度")

    with pytest.raises(ValueError, match="第 2 行的标签不同（质检分是 乙，满意度是 丙）"):
        align_labels(one, other)


@pytest.mark.parametrize(
    ("flow", "message"),
    [
        ({"answered": [11]}, "接起量第 1 个是 11，多于呼入量 10"),
        ({"answered": [8], "fast": [9]}, "目标内接起量第 1 个是 9，多于接起量 8"),
        ({"answered": [8], "abandoned": [3]}, "接起量与放弃量之和第 1 个是 11"),
        ({"abandoned": [2], "short": [3]}, "短放弃量第 1 个是 3，多于放弃量 2"),
        ({"answered": [8], "short": [3]}, "接起量与短放弃量之和第 1 个是 11"),
    ],
)
def test_a_call_ends_in_one_place_only(flow, message):
    columns = {name: np.array(value, float) for name, value in flow.items()}
    answered, fast = columns.pop("answered", None), columns.pop("fast", None)

    with pytest.raises(ValueError, match=message):
        require_call_flow(np.array([10.0]), answered, fast, **columns)


def test_calls_that_add_up_exactly_pass():
    ten, eight, two = (np.array([value]) for value in (10.0, 8.0, 2.0))

    require_call_flow(ten, eight, eight, two, two)
