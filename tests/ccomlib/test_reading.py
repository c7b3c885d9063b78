"""ccomlib.reading：一列列读成统一的样子，读不懂的说出是第几个。"""

import pandas as pd
import pytest

from ccomlib.reading import (
    one_moment,
    read_counts,
    read_flags,
    read_labels,
    read_moments,
    read_rows,
    read_varied_numbers,
)


def test_reading_keeps_labels_and_names_the_row():
    column = pd.Series(["收费", None], index=["T1", "T2"])

    assert read_labels(pd.Series(["A1", 1001.0], index=["x", "y"]), "工号").tolist() == [
        "A1",
        "1001",
    ]
    with pytest.raises(ValueError, match=r"原因第 2 个（T2）是空值"):
        read_labels(column, "原因")
    with pytest.raises(ValueError, match="时间第 1 个是 '下周'"):
        read_moments(["下周"], "时间")
    with pytest.raises(ValueError, match="回复第 2 个是 '也许'"):
        read_flags(["是", "也许"], "回复")


def test_excel_serial_dates_are_read():
    assert read_moments([46083], "日期").dt.strftime("%Y-%m-%d").tolist() == ["2026-03-02"]


@pytest.mark.parametrize("blank", [None, float("nan"), pd.NaT, pd.NA, " \u3000"])
def test_every_kind_of_blank_is_called_blank(blank):
    with pytest.raises(ValueError, match="原因第 1 个是空值"):
        read_labels([blank], "原因")


def test_a_blank_moment_may_be_left_open():
    assert read_moments(["2026-03-02", None], "办结时间", blank=True).isna().tolist() == [
        False,
        True,
    ]
    with pytest.raises(ValueError, match="办结时间第 2 个是空值"):
        read_moments(["2026-03-02", None], "办结时间")


def test_a_column_is_wanted_not_a_word():
    with pytest.raises(ValueError, match="应是一列值，但得到 str"):
        read_labels("收费", "原因")


def test_one_moment_names_the_argument():
    with pytest.raises(ValueError, match="as_of是 '下周'"):
        one_moment("下周", "as_of")


def test_an_empty_table_is_refused():
    with pytest.raises(ValueError, match="投诉表没有行"):
        read_rows(pd.DataFrame({"原因": []}), ["原因"], "投诉表")


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ({"收费": -1}, "件数的 收费 是 -1"),
        ({"收费": 1.5}, "件数的 收费 是 1.5"),
        ({}, "件数是空的"),
        (pd.Series([1, 2], ["收费", "收费"]), "收费 出现不止一次"),
    ],
)
def test_counts_are_whole_and_not_negative(counts, message):
    with pytest.raises(ValueError, match=message):
        read_counts(counts, "件数")


def test_zero_is_a_count():
    assert read_counts({"收费": 0}, "件数").tolist() == [0]


def test_numbers_that_vary_keep_their_row_labels():
    table = pd.DataFrame({"分": [1, 2, 3, 4], "组": list("甲乙丙丁")}, index=list("abcd"))

    found = read_varied_numbers(table, None)

    assert list(found.columns) == ["分"]
    assert found.index.tolist() == list("abcd")


def test_three_rows_are_too_few_and_four_are_enough():
    table = pd.DataFrame({"分": [1, 2, 3, 4]})

    assert len(read_varied_numbers(table, ["分"])) == 4
    with pytest.raises(ValueError, match="只有 3 行，少于 4 行"):
        read_varied_numbers(table.head(3), ["分"])
