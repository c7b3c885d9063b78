"""ccomlib.views：平常的一天、加权、计划与实际；虚拟中心的表与自己的表一样用。"""

import numpy as np
import pandas as pd
import pytest

from ccomlib.centre import open_centre
from ccomlib.views import (
    against_usual,
    between,
    compare,
    daily,
    expected,
    long_roster,
    mean_by,
    pick_slots,
    plain_days,
    rate_by,
    typical_day,
)

HUB = open_centre(2025)


def own(**more):
    """自己的表：没有队列、星期、节假日，两个周一、一个周二。"""
    days = pd.to_datetime(["2026-03-02", "2026-03-03", "2026-03-09"])
    return pd.DataFrame({"日期": days, "时段": "08:30", "呼入量": [100, 40, 300], **more})


@pytest.fixture(scope="module")
def calls():
    return HUB.calls_interval


def test_a_typical_day_is_the_long_way_round(calls):
    """与课上原来的写法逐格相同：筛、分组、平均、合计除以合计。"""
    rows = calls[(calls["队列"] == "咨询") & (calls["星期"] == "周一")]
    odd = rows.loc[(rows["节假日"] != "") | (rows["事件"] != ""), "日期"]
    rows = rows[~rows["日期"].isin(odd)]
    slots = rows.groupby("时段")
    day = HUB.typical_day("咨询", "周一")

    assert day["呼入量"].tolist() == pytest.approx(slots["呼入量"].mean().tolist())
    assert day["在岗人数"].tolist() == pytest.approx(slots["在岗人数"].mean().tolist())
    assert day["20秒接起率"].tolist() == pytest.approx(
        (slots["20秒接起量"].sum() / slots["呼入量"].sum()).tolist()
    )
    weighted = slots.apply(lambda one: np.average(one["平均处理时长"], weights=one["接起量"]))
    assert day["平均处理时长"].tolist() == pytest.approx(weighted.tolist())
    assert day.attrs["days"] == rows["日期"].nunique()


def test_all_queues_together_are_the_sum_of_each(calls):
    each = [HUB.typical_day(queue, "周三") for queue in calls["队列"].unique()]

    together = HUB.typical_day(weekday="周三")

    for column in ("呼入量", "接起量", "在岗人数"):
        assert together[column].tolist() == pytest.approx(sum(one[column] for one in each).tolist())
    seconds = sum(one["平均处理时长"] * one["接起量"] for one in each)
    assert (together["平均处理时长"] * together["接起量"]).tolist() == pytest.approx(
        seconds.tolist()
    )


def test_weekdays_can_be_several_and_the_weekend_is_not_among_the_workdays(calls):
    work, weekend = HUB.typical_day("咨询", "工作日"), HUB.typical_day("咨询", "周末")
    named = typical_day(calls, "咨询", ["周六", "周日"])

    pd.testing.assert_frame_equal(weekend, named)
    assert weekend["呼入量"].sum() < work["呼入量"].sum()


def test_an_own_table_without_queue_weekday_or_holidays_is_enough():
    """手算：两个周一 100 与 300 通，200 与 240 秒，按通数加权 230 秒。"""
    table = own(平均处理时长=[200, 999, 240])

    day = typical_day(table, weekday="周一")

    assert day.loc["08:30", ["呼入量", "平均处理时长"]].tolist() == [200, 230]
    assert list(day.columns) == ["呼入量", "平均处理时长"]
    assert day.attrs["days"] == 2


def test_holidays_and_events_are_left_out_unless_asked_for():
    table = own(节假日=["", "", "春节"], 事件=["", "", ""])

    assert typical_day(table, weekday="周一")["呼入量"].tolist() == [100]
    assert typical_day(table, weekday="周一", plain=False)["呼入量"].tolist() == [200]
    assert len(plain_days(table)) == 2
    assert len(plain_days(own(事件=[None, "停电", " "]))) == 2
    assert len(plain_days(own())) == 3


def test_a_day_with_an_event_in_some_slots_is_left_out_whole():
    """故障只标在它的几个时段；剩下的时段凑不成一天，逐日的合计里不该有它。"""
    table = pd.DataFrame(
        {
            "日期": pd.to_datetime(["2026-03-02", "2026-03-02", "2026-03-09", "2026-03-09"]),
            "时段": ["08:30", "09:00"] * 2,
            "呼入量": [10, 1, 20, 30],
            "事件": ["", "停电", "", ""],
        }
    )

    assert plain_days(table)["呼入量"].tolist() == [20, 30]
    assert daily(table, plain=True)["呼入量"].tolist() == [50]
    assert plain_days(table.drop(columns="日期"))["呼入量"].tolist() == [10, 20, 30]


@pytest.mark.parametrize(
    ("options", "calls"),
    [
        ({}, [1, 2, 3, 4]),
        ({"first": "9:00"}, [2, 4]),
        ({"last": "8:30"}, [1, 3]),
        ({"since": "2026-03-03"}, [3, 4]),
        ({"until": "2026-03-02"}, [1, 2]),
        ({"weekdays": "周二"}, [3, 4]),
        ({"weekdays": ["周一", "周二"], "skip": ["2026-03-03"]}, [1, 2]),
    ],
)
def test_slots_are_picked_by_day_time_and_weekday(options, calls):
    table = pd.DataFrame(
        {
            "日期": ["2026-03-02"] * 2 + ["2026-03-03"] * 2,
            "时段": ["8:30", "9:00"] * 2,
            "呼入量": [1, 2, 3, 4],
        }
    )

    assert pick_slots(table, **options)["呼入量"].tolist() == calls


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"weekdays": ["周一", "礼拜二"]}, "星期「礼拜二」不认得"),
        ({"first": "早上"}, "first"),
        ({"since": "2026-03-03", "until": "2026-03-02"}, "首日晚于末日"),
    ],
)
def test_slots_that_cannot_be_picked_say_why(options, words):
    with pytest.raises(ValueError, match=words):
        pick_slots(pd.DataFrame({"日期": ["2026-03-02"], "时段": ["08:30"]}), **options)


def test_a_slot_without_calls_has_no_time_and_no_rate():
    table = own(接起量=[0, 1, 0], 平均处理时长=[np.nan, 200, np.nan], 放弃量=[0, 0, 0])
    day = typical_day(table.assign(呼入量=0), weekday="周一")

    assert day[["平均处理时长", "放弃率"]].isna().all(axis=None)


def test_one_day_is_that_day(calls):
    day = HUB.one_day("2025-06-23", "咨询")
    rows = calls[(calls["日期"] == "2025-06-23") & (calls["队列"] == "咨询")]

    assert day["呼入量"].tolist() == rows["呼入量"].tolist()
    assert day["平均处理时长"].tolist() == pytest.approx(rows["平均处理时长"].tolist(), nan_ok=True)


def test_days_are_summed_with_their_weekday(calls):
    table = HUB.daily("报修")

    assert table.loc["2025-06-23", "星期"] == "周一"
    rows = calls[(calls["队列"] == "报修") & (calls["日期"] == "2025-06-23")]
    assert table.loc["2025-06-23", "呼入量"] == rows["呼入量"].sum()
    assert table.loc["2025-06-23", "20秒接起率"] == rows["20秒接起量"].sum() / rows["呼入量"].sum()
    assert "在岗人数" not in table
    assert len(HUB.daily("报修", plain=True)) < len(table)


def test_what_is_expected_are_the_weeks_before_and_never_the_day_itself():
    """手算：第三周的预测是前两周的平均；春节那周不进平均，也照前面的估。"""
    table = pd.DataFrame(
        {
            "日期": pd.date_range("2026-01-05", periods=5, freq="7D"),
            "时段": "08:30",
            "呼入量": [10, 20, 500, 40, 60],
            "节假日": ["", "", "春节", "", ""],
        }
    )

    found = expected(table.sample(frac=1, random_state=1), 2, values=["呼入量"]).sort_index()

    assert found["预测量"].tolist()[2:] == [15, 15, 30]
    assert found["预测量"].isna().tolist() == [True, True, False, False, False]


def test_what_is_expected_keeps_queues_weekdays_and_slots_apart(calls):
    rows = between(calls, "2025-03-01", "2025-04-30")
    rows = rows[rows["时段"].isin(["09:00", "09:30"])]
    found = expected(rows, 3)
    one = found[(found["队列"] == "报修") & (found["星期"] == "周四") & (found["时段"] == "09:30")]
    usual = plain_days(one)

    last = usual.iloc[-1]
    assert last["预测量"] == pytest.approx(usual["呼入量"].iloc[-4:-1].mean())
    assert last["预测处理时长"] == pytest.approx(usual["平均处理时长"].iloc[-4:-1].mean())


def test_a_rate_is_a_sum_over_a_sum_and_low_ones_come_first():
    table = pd.DataFrame(
        {"组": ["甲", "甲", "乙", "丙"], "好": [9, 0, 3, 0], "全": [10, 90, 10, 0]}
    )

    found = rate_by(table, "好", "全", "组")

    assert found.index.tolist() == ["甲", "乙", "丙"]
    assert found["率"].tolist()[:2] == [0.09, 0.3]
    assert np.isnan(found.loc["丙", "率"])
    flags = pd.DataFrame({"组": ["甲", "甲"], "好": [True, False], "全": [1, 1]})
    assert rate_by(flags, "好", "全", ["组"])["率"].tolist() == [0.5]


def test_a_mean_by_calls_is_not_the_mean_of_rows():
    table = pd.DataFrame({"组": ["甲", "甲", "乙"], "时长": [200, 400, np.nan], "通": [3, 1, 5]})

    assert mean_by(table, "时长", "通", "组").loc["甲"].tolist() == [2, 4, 250]
    assert mean_by(table, "时长", None, "组").loc["甲"].tolist() == [2, 300]
    assert "乙" not in mean_by(table, "时长", "通", "组").index


def test_first_and_last_day_are_both_in():
    cases = HUB.complaints

    found = between(cases, "2025-03-11", "2025-03-12")

    assert set(found["受理时间"].dt.strftime("%m-%d")) == {"03-11", "03-12"}
    done = between(cases, "2025-03-11", "2025-03-12", "办结时间")
    assert set(done["办结时间"].dt.strftime("%m-%d")) == {"03-11", "03-12"}


def test_plan_and_actual_are_compared_cell_by_cell():
    """手算：少 8.4 与 2，多 3；一格相等。"""
    slots = ["08:30", "09:00", "09:30", "11:30"]
    need = pd.Series([26, 30, 36, 24], index=pd.Index(slots, name="时段"))
    found = compare(need, [17.6, 30, 34, 27], names=("需要", "在岗"))

    assert found.short.round(6).to_dict() == {"08:30": 8.4, "09:30": 2}
    assert found.over.to_dict() == {"11:30": 3}
    assert found.summary().index.tolist() == ["08:30", "11:30", "09:30", "09:00"]
    assert str(found) == (
        "4 格里，在岗比需要少的有 2 格，一共少 10.4 人，少得最多的是 08:30（8.4 人）；"
        "多的有 1 格，一共多 3 人，多得最多的是 11:30（3 人）。"
    )
    assert "−8.4 人" in found._repr_html_()


def test_rows_are_matched_by_their_labels_and_not_by_their_places():
    a = pd.Series([1, 2], index=["甲", "乙"])
    b = pd.Series([5, 1], index=["乙", "甲"])

    assert compare(a, b, unit="件").table["差"].to_dict() == {"甲": 0, "乙": 3}


def test_nothing_different_is_said_so_and_drawn():
    found = compare([1, 2], [1, 2])

    assert str(found) == "2 格里，实际比计划一格不差。"
    assert found.plot().get_title() == "实际处处不少于计划"


def test_the_picture_names_the_worst_cell():
    days = pd.date_range("2026-03-02", periods=3)
    ax = compare(pd.Series([5, 5, 5], days), [5, 1, 6]).plot()

    assert ax.get_title() == "少得最多的是 03-03 周二，少 4 人"
    assert ax.get_ylim()[0] == 0


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: HUB.typical_day("咨讯", "周一"), "没有队列「咨讯」，有：咨询、"),
        (lambda: HUB.typical_day("咨询", "星期一"), "星期「星期一」不认得"),
        (lambda: typical_day(own(), weekday="周五"), "表里没有周五的平常日子"),
        (lambda: typical_day(own(), "咨询"), "队列"),
        (lambda: typical_day(own().drop(columns="时段")), "时段"),
        (lambda: HUB.one_day("2026-01-01"), "从 2025-01-01 到 2025-06-29，请改日期"),
        (lambda: between(pd.DataFrame({"a": [1]}), 1, 2), "没有日期列"),
        (lambda: between(own(), "2026-03-03", "2026-03-02"), "首日晚于末日"),
        (lambda: compare([1, 2], [1]), "不一样长"),
        (lambda: compare(pd.Series([1], ["甲"]), pd.Series([1], ["乙"])), "1 格对不上"),
        (lambda: compare([1, np.nan], [1, 2]), "2 这一格是空的"),
    ],
)
def test_a_wrong_call_is_answered_in_one_sentence(act, words):
    with pytest.raises(ValueError, match=words):
        act()


def test_a_wide_roster_without_days_says_what_to_do():
    with pytest.raises(ValueError, match="没有一列的名字是日期"):
        long_roster(pd.DataFrame({"工号": ["A001"], "周一": ["早A"]}))


def test_a_day_against_the_usual_leaves_itself_and_marked_days_out():
    days = pd.to_datetime(["2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-17"])
    table = pd.DataFrame(
        {
            "日期": days,
            "时段": "08:30",
            "呼入量": [100, 300, 20, 900, 7],
            "事件": ["", "", "", "促销", ""],
        }
    )

    found = against_usual(table, "2026-03-16")

    assert found.names == ("平常的周一", "03-16 周一")
    assert found.table.to_numpy().tolist() == [[200.0, 20.0, -180.0]]
    assert found.unit == "通"


def test_a_day_without_another_of_its_weekday_has_no_usual():
    with pytest.raises(ValueError, match="没有周二的平常日子"):
        against_usual(own(), "2026-03-03")


def test_the_virtual_centre_compares_the_outage_with_ordinary_mondays(calls):
    found = HUB.against_usual("2025-04-21").table
    others = calls[(calls["星期"] == "周一") & (calls["日期"] != "2025-04-21")]
    others = others[(others["节假日"] == "") & (others["事件"] == "")]
    days = others.groupby("时段")["日期"].nunique()

    assert found["平常的周一"].tolist() == pytest.approx(
        (others.groupby("时段")["呼入量"].sum() / days).tolist()
    )
    assert found["04-21 周一"].sum() == calls.loc[calls["日期"] == "2025-04-21", "呼入量"].sum()
