"""ccomlib.display：表写得像报表；存着的值一个也不变。"""

import re

import numpy as np
import pandas as pd
import pytest

from ccomlib.centre import open_centre
from ccomlib.display import column_unit, learn_units, show_table, table_html, uninstall
from ccomlib.erlang import required_agents, service_curve


def cells(html):
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def column(name, values, **options):
    return [row[-1] for row in cells(table_html(pd.DataFrame({name: values}), **options))[1:]]


@pytest.mark.parametrize(
    ("name", "values", "written"),
    [
        ("呼入量", [225.333, 96.5], ["225 通", "96 通"]),
        ("在岗人数", [17.619, 24.0], ["17.6 人", "24.0 人"]),
        ("在岗人数", [8, 9], ["8 人", "9 人"]),
        ("平均处理时长", [248.31], ["248 秒"]),
        ("呼入量", [4654, 12], ["4,654 通", "12 通"]),
        ("满意度", [4.376], ["4.38 分"]),
        ("一次解决率", [79.3], ["79.3%"]),  # 登记的单位就是 %
        ("放弃率", [0.4386, 0.2], ["44%", "20%"]),
        ("放弃率", [0.82, 0.864], ["82.0%", "86.4%"]),  # 差不到十个点，写一位小数
        ("放弃率", [0.004, 0.2], ["0.4%", "20.0%"]),
        ("离职率", [27.2], ["27.2"]),  # 大于 2 的不是比例
        ("系数", [1.0715, -0.093], ["1.071", "−0.093"]),
        ("需要", [36.0, 17.619], ["36.0", "17.6"]),
        ("数值", [235.0, 0.0312], ["235", "0.031"]),
        ("p", [3e-7, 0.04], ["3e−07", "0.04"]),
        ("差", [-0.0001, 0.5], ["−0.0001", "0.5"]),
        ("平均等待(秒)", [np.inf, 199.481], ["无限大", "199"]),
        ("平均等待(秒)", [-np.inf, np.nan], ["负无限大", "—"]),
        ("兑现", [True, False], ["是", "否"]),
        ("怎样算", [len, "求和"], ["（函数）", "求和"]),
        ("题01", [1, 0], ["1", "0"]),
        ("日期", pd.to_datetime(["2025-06-23"]), ["2025-06-23 周一"]),
        ("受理时间", pd.to_datetime(["2025-06-23 08:30"]), ["2025-06-23 08:30"]),
        ("月份", pd.to_datetime(["2025-06-01", None]), ["2025-06", "—"]),
        ("月末日期", pd.to_datetime(["2025-06-30"]), ["2025-06-30 周一"]),
        ("办结时间", pd.to_datetime([None, "2025-06-23"]), ["—", "2025-06-23 周一"]),
    ],
)
def test_a_value_is_written_as_a_manager_writes_it(name, values, written):
    open_centre(2025)

    assert column(name, values) == written


def test_rounding_to_nothing_leaves_no_minus():
    assert column("在岗人数", [-0.04, 12.5]) == ["0.0 人", "12.5 人"]


def test_a_row_number_that_means_nothing_is_not_written_and_a_label_is():
    table = pd.DataFrame({"呼入量": [1, 2, 3]})

    assert cells(table_html(table[table["呼入量"] > 1])) == [["呼入量"], ["2 通"], ["3 通"]]
    named = table.set_axis(pd.Index(["08:30", "09:00", "09:30"], name="时段"))
    assert cells(table_html(named))[:2] == [["时段", "呼入量"], ["08:30", "1 通"]]
    counted = pd.DataFrame({"人数": [3]}, index=pd.Index([4.0], name="人"))
    assert cells(table_html(counted))[1] == ["4", "3 人"]


def test_levels_of_rows_and_columns_are_all_written():
    table = pd.DataFrame(
        [[1, 2]],
        index=pd.MultiIndex.from_tuples([("咨询", "08:30")], names=["队列", "时段"]),
        columns=pd.MultiIndex.from_tuples([("周一", "呼入量"), ("周二", "呼入量")]),
    )

    assert cells(table_html(table)) == [
        ["队列", "时段", "周一 呼入量", "周二 呼入量"],
        ["咨询", "08:30", "1 通", "2 通"],
    ]


@pytest.mark.parametrize(("count", "shown"), [(30, 30), (31, 13)])
def test_a_long_table_is_cut_in_the_middle_and_says_how_long_it_is(count, shown):
    rows = cells(table_html(pd.DataFrame({"件数": range(count)})))[1:]

    assert len(rows) == shown
    assert (["……共 31 行"] in rows) == (count == 31)
    assert rows[-1] == [f"{count - 1} 件"]


def test_units_of_the_call_come_before_those_that_are_known():
    table = pd.DataFrame({"呼入量": [0.5], "别的": [3]})

    html = show_table(table, units={"呼入量": "%", "别的": "台"}, title="一<二")._repr_html_()

    assert cells(html)[1] == ["50%", "3 台"]
    assert "一&lt;二" in html
    assert column("放弃率", [0.5], units={"放弃率": ""}) == ["0.5"]


def test_a_series_is_a_table_of_one_column():
    assert cells(table_html(pd.Series([1.5], name="系数"))) == [["系数"], ["1.5"]]
    assert cells(table_html(pd.Series([1.5]))) == [["值"], ["1.5"]]


def test_text_cannot_break_the_page():
    assert "<script>" not in table_html(pd.DataFrame({"<script>": ["<script>"]}))


def test_an_empty_table_is_its_header():
    assert cells(table_html(pd.DataFrame({"呼入量": []}))) == [["呼入量"]]


def test_every_unit_of_the_centre_is_known_and_none_is_said_twice():
    """同名的列在各张表里单位相同，认名字就够。"""
    hub = open_centre(2025)
    for name in hub.tables()["表名"]:
        for row in hub.columns(name).itertuples():
            if row.单位:
                assert column_unit(row.列名) == row.单位


def test_a_unit_once_learnt_is_written():
    learn_units({"只在这里的列": "箱"})

    assert column("只在这里的列", [3]) == ["3 箱"]


def test_the_values_stay_as_they_are():
    table = pd.DataFrame({"放弃率": [0.4386]})
    table_html(table)

    assert table["放弃率"].tolist() == [0.4386]


def test_a_result_shows_its_sentence_and_no_programmers_words():
    for result in (service_curve(20, 360, range(4, 9)), required_agents([5, 9], 360)):
        html = result._repr_html_()
        assert html.startswith(f"<p><b>{result}</b></p>")
        assert not re.search(r"dtype|\binf\b|&lt;function|None", html)


def test_outside_a_notebook_there_is_nothing_to_take_away():
    uninstall()
