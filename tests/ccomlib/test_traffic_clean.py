"""ccomlib.traffic.clean：每一种脏都被找到、记下、按约定处理。"""

import numpy as np
import pandas as pd
import pytest

from ccomlib import centre, traffic

SLOTS = [f"{hour:02d}:00" for hour in range(9, 17)]


def export(days=70, seed=3):
    """十周导出表，各格都是文字，均值 100 的泊松来电。"""
    dates = pd.date_range("2025-03-03", periods=days)
    calls = np.random.default_rng(seed).poisson(100, days * len(SLOTS))
    return pd.DataFrame(
        {
            "日期": dates.strftime("%Y/%m/%d").repeat(len(SLOTS)),
            "时段": np.tile(SLOTS, days),
            "呼入量": calls.astype(str),
        }
    )


def problems(result):
    return result.log.set_index("问题")


def test_clean_table_needs_no_cleaning():
    result = traffic.clean(export())

    assert result.log.empty
    assert str(result) == "560 行全部可用，没有发现问题。"
    assert result.table["呼入量"].dtype == np.int64
    assert result.table["日期"].iloc[0] == pd.Timestamp("2025-03-03")


def test_flaws_planted_in_the_centre_export_are_all_found():
    """centre.truth.export_flaws：缺失 17、重复 12、无数据 9、空白 8、负数 5、合计 1。"""
    hub = centre.open_centre(seed=2025)
    flaws = hub.truth.export_flaws
    names = {
        "缺失": "缺失时段",
        "重复": "重复行",
        "无数据": "非数字",
        "空白": "空值",
        "合计": "合计行",
    }
    planted = flaws.assign(问题=flaws["瑕疵"].replace(names))[["日期", "时段", "问题"]]

    log = traffic.clean(hub.calls_export).log
    found = log[(log["列"] != "平均处理时长") & ~log["问题"].str.startswith("疑似")]

    assert sorted(map(tuple, found[["日期", "时段", "问题"]].to_numpy())) == sorted(
        map(tuple, planted.to_numpy())
    )


def test_row_numbers_count_from_one_without_the_header():
    raw = export()
    raw.loc[4, "呼入量"] = "--"

    assert problems(traffic.clean(raw)).loc["非数字", "原始行号"] == 5


@pytest.mark.parametrize(
    ("cell", "problem"),
    [("--", "非数字"), ("", "空值"), (None, "空值"), ("-12", "负数"), ("N/A", "非数字")],
)
def test_unusable_value_is_taken_out_and_logged_with_the_original(cell, problem):
    raw = export()
    raw.loc[10, "呼入量"] = cell

    result = traffic.clean(raw)

    assert result.log["问题"].tolist() == [problem]
    assert len(result.table) == len(raw) - 1


def test_total_rows_are_dropped_wherever_they_stand():
    raw = export()
    total = pd.DataFrame({"日期": ["2025-03-03 小计"], "时段": [""], "呼入量": ["800"]})
    raw = pd.concat([raw.iloc[:8], total, raw.iloc[8:]], ignore_index=True)

    result = traffic.clean(raw)

    assert result.log["问题"].tolist() == ["合计行"]
    assert len(result.table) == 560


def test_exact_duplicate_is_dropped():
    raw = export()
    raw = pd.concat([raw, raw.iloc[[7]]], ignore_index=True)

    result = traffic.clean(raw)

    assert result.log[["原始行号", "问题"]].to_numpy().tolist() == [[561, "重复行"]]
    assert len(result.table) == 560


def test_conflicting_duplicate_keeps_the_first_and_marks_it():
    raw = export()
    other = raw.iloc[[7]].assign(呼入量="111")
    result = traffic.clean(pd.concat([raw, other], ignore_index=True))

    assert result.log["问题"].tolist() == ["重复不一致"]
    marked = result.table[result.table["标记"] == "重复不一致"]
    assert marked["呼入量"].tolist() == [int(raw.loc[7, "呼入量"])]


def test_missing_interval_is_listed_and_not_filled():
    result = traffic.clean(export().drop(index=20))

    assert result.log["问题"].tolist() == ["缺失时段"]
    assert result.log["原始行号"].isna().all()
    assert len(result.table) == 559


def test_missing_interval_is_filled_with_the_median_of_its_weekday_and_slot():
    """第 20 行是 3 月 5 日（周三）13:00；其余 9 个周三 13:00 的中位数，四舍五入到整数。"""
    raw = export()
    others = raw.loc[20 + 56 * np.arange(1, 10), "呼入量"].astype(int)

    result = traffic.clean(raw.drop(index=20), fill="median")

    filled = result.table[result.table["标记"] == "补值"]
    assert len(result.table) == 560
    assert filled["呼入量"].tolist() == [np.median(others)]


def test_unusable_value_is_filled_too():
    raw = export()
    raw.loc[20, "呼入量"] = "--"

    result = traffic.clean(raw, fill="median")

    assert len(result.table) == 560
    assert result.log["问题"].tolist() == ["非数字"]
    assert result.log["处理"].str.contains("补上").all()


def test_whole_missing_day_is_one_line_and_never_filled():
    raw = export()
    result = traffic.clean(raw[raw["日期"] != "2025/03/19"], fill="median")

    assert result.log[["日期", "问题"]].to_numpy().tolist() == [["2025-03-19", "整天缺失"]]
    assert len(result.table) == 552


def test_hours_the_centre_is_closed_are_not_missing():
    """周末 15:00 起不开：不算缺失。"""
    raw = export()
    closed = pd.to_datetime(raw["日期"]).dt.day_of_week.ge(5) & raw["时段"].ge("15:00")

    assert traffic.clean(raw[~closed]).log.empty


def test_outage_is_marked_and_kept():
    """均值 100 的时段掉到 3：离中位数约 97，远过 5 × √100 = 50。"""
    raw = export()
    raw.loc[100, "呼入量"] = "3"

    result = traffic.clean(raw)

    assert result.log["问题"].tolist() == ["疑似偏低"]
    assert result.table.loc[result.table["标记"] == "疑似偏低", "呼入量"].tolist() == [3]


def test_marked_holiday_is_not_an_outlier():
    raw = export().assign(节假日="")
    day = raw["日期"] == "2025/04/04"
    raw.loc[day, ["呼入量", "节假日"]] = ["30", "清明"]

    result = traffic.clean(raw)

    assert result.log.empty
    assert (result.table["标记"] == "节假日").sum() == 8


def test_formats_of_an_acd_export_are_read():
    raw = pd.DataFrame(
        {
            "日期": ["2025年3月3日", "2025-3-3", "20250303"],
            "时段": ["9:00-9:30", "０９：３０", "1000"],
            "呼入量": ["1,025", " 98 ", "１０２"],
        }
    )

    table = traffic.clean(raw).table

    assert table["时段"].tolist() == ["09:00", "09:30", "10:00"]
    assert table["呼入量"].tolist() == [1025, 98, 102]
    assert table["星期"].tolist() == ["周一"] * 3


def test_mixed_queues_are_refused_until_the_key_names_them():
    raw = pd.concat([export().assign(队列="咨询"), export(seed=4).assign(队列="报修")])

    with pytest.raises(ValueError, match="请先筛选一个队列或合计"):
        traffic.clean(raw)
    assert traffic.clean(raw, key=("日期", "时段", "队列")).log.empty


def test_cleaned_table_goes_straight_into_the_model():
    hub = centre.open_centre(seed=2025)
    result = traffic.clean(hub.calls_export, fill="median")

    model = traffic.build_model(result.table, by_month=False)

    assert model.days_used == 56


def test_the_original_table_is_left_alone():
    raw = export()
    before = raw.copy()

    traffic.clean(raw)

    pd.testing.assert_frame_equal(raw, before)


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        (lambda t: t.drop(columns="呼入量"), {}, "缺少列：呼入量"),
        (lambda t: t.iloc[:0], {}, "没有一行数据"),
        (lambda t: t.assign(呼入量="--"), {}, "没有一行可用"),
        (lambda t: t, {"fill": "mean"}, "fill 是 'mean'"),
        (lambda t: t, {"limit": 0}, "limit.*应大于 0"),
        (lambda t: t, {"key": ("时段",)}, "key 里没有日期"),
    ],
)
def test_bad_arguments_are_refused(change, options, message):
    with pytest.raises(ValueError, match=message):
        traffic.clean(change(export()), **options)


def test_plot_and_summary_show_the_problems():
    raw = export()
    raw.loc[10, "呼入量"] = "--"
    result = traffic.clean(raw)

    assert result.summary().to_numpy().tolist() == [["非数字", 1, "删去，视为缺失"]]
    assert result.plot().get_xlabel() == "处数（处）"
