"""列的登记：写清意思与类型；造出来不一样就说出哪张表、哪一列。"""

import pandas as pd
import pytest

from ccomlib.centre.columns import (
    Column,
    check_columns,
    describe_columns,
    flag,
    moment,
    number,
    whole,
    words,
)

COLUMNS = [
    words("工号", "谁"),
    moment("离职日期", "哪一天走的", blank=True),
    whole("接起量", "接了几通", "通"),
    number("满意度", "1 到 5", "分"),
    flag("晋升", "升了"),
]
GOOD = pd.DataFrame(
    {
        "工号": pd.array(["A1", "A2"], dtype="str"),
        "离职日期": pd.to_datetime(["2025-01-01", None]).astype("datetime64[us]"),
        "接起量": [1, 2],
        "满意度": [4.5, 4.0],
        "晋升": [True, False],
    }
)


def test_a_table_as_registered_passes():
    check_columns("x", GOOD, COLUMNS)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (GOOD.drop(columns="晋升"), "表 x 的列与登记的不一样（少了 晋升）"),
        (GOOD.assign(班组="1组"), "（多了 班组）"),
        (GOOD[["离职日期", "工号", "接起量", "满意度", "晋升"]], "（次序不同）"),
        (GOOD.assign(接起量=[1.0, 2.0]), "「接起量」登记的是整数，造出来的是 float64"),
        (GOOD.assign(工号=pd.Series(["A1", "A2"], dtype=object)), "「工号」登记的是文字"),
        (GOOD.assign(满意度=[4.5, None]), "「满意度」有空值，登记的是没有"),
        (
            GOOD.assign(离职日期=GOOD["离职日期"].astype("datetime64[ns]")),
            "「离职日期」登记的是日期，造出来的是 datetime64\\[ns\\]",
        ),
    ],
)
def test_any_other_table_is_refused_with_the_column(table, message):
    with pytest.raises(ValueError, match=message.replace("（", "[（]").replace("）", "[）]")):
        check_columns("x", table, COLUMNS)


def test_a_column_needs_a_known_kind_and_a_meaning():
    with pytest.raises(ValueError, match="列「人数」的类型是 '数'"):
        Column("人数", "数", "几个人")
    with pytest.raises(ValueError, match="列「人数」没有写意思"):
        whole("人数", "", "人")


def test_columns_are_described_one_a_row():
    listing = describe_columns(COLUMNS)

    assert listing["列名"].tolist() == list(GOOD.columns)
    assert listing["可空"].tolist() == ["", "可空", "", "", ""]
    assert listing.loc[2].tolist() == ["接起量", "接了几通", "通", "整数", ""]
