"""ccomlib.evaluation.chain：班上的人走到在线，一步一步合得上，少得最多的一步说对。"""

import pandas as pd
import pytest

from ccomlib import centre
from ccomlib.evaluation import loss_chain

# 2026-03-02、03-09 是周一，03-03 是周二
STAFF = pd.DataFrame(
    {
        "日期": pd.to_datetime(["2026-03-02", "2026-03-02", "2026-03-03", "2026-03-09"]),
        "时段": ["09:00", "09:30", "09:30", "09:30"],
        "班上人数": [40.0, 44.0, 40.0, 40.0],
        "小休": [4.0, 4.0, 4.0, 2.0],
        "计划在线": [36.0, 40.0, 36.0, 38.0],
        "缺勤": [2.0, 2.0, 3.0, 2.0],
        "会议": [7.0, 9.0, 0.0, 8.0],
        "错位": [0.0, 1.0, -1.0, 0.0],
        "在线": [27.0, 28.0, 34.0, 28.0],
    }
)


def test_one_half_hour_is_told_step_by_step():
    chain = loss_chain(STAFF, date="2026-03-02", first="09:30", last="09:30")

    assert chain.table["人数"].tolist() == [44, 40, 40, 38, 29, 28, 28]
    assert chain.table.loc["会议", "少了"] == 9
    assert chain.table.loc["会议", "占计划在线"] == 9 / 40
    assert str(chain) == (
        "03-02 09:30：班上 44.0 人，计划在线 40.0 人，实际在线 28.0 人（计划的 70%），"
        "其中缺勤少 2.0 人、会议少 9.0 人、错位少 1.0 人。"
    )


def test_a_weekday_is_the_mean_of_its_half_hours_without_the_days_left_out():
    both = loss_chain(STAFF, weekday="周一", first="09:30")
    one = loss_chain(STAFF, weekday="周一", first="09:30", skip=["2026-03-09"])

    assert both.days == 2
    assert both.table.loc["会议", "少了"] == (9 + 8) / 2
    assert both.online_share == (28 + 28) / (40 + 38)
    assert one.days == 1
    assert one.table.loc["会议", "少了"] == 9


@pytest.mark.parametrize(("first", "mean"), [("09:00", 8.0), ("09:01", 9.0), ("09:30", 9.0)])
def test_the_first_half_hour_counts(first, mean):
    chain = loss_chain(STAFF, date="2026-03-02", first=first)

    assert chain.table.loc["会议", "少了"] == mean


def test_people_who_came_on_top_are_told_as_more():
    chain = loss_chain(STAFF, date="2026-03-03")

    assert "错位多 1.0 人" in str(chain)
    assert chain.largest == "缺勤"


def test_a_day_on_which_nobody_was_lost_says_so():
    table = STAFF.assign(缺勤=0.0, 会议=0.0, 错位=0.0, 在线=STAFF["计划在线"])
    chain = loss_chain(table)

    assert chain.largest == ""
    assert str(chain).endswith("（计划的 100%）。")
    assert chain.plot().get_title().startswith("当天没有少人")


def test_a_table_without_some_steps_is_taken_when_it_adds_up():
    table = STAFF.drop(columns=["会议", "错位"]).assign(在线=STAFF["计划在线"] - STAFF["缺勤"])

    assert loss_chain(table).largest == "缺勤"


@pytest.mark.parametrize(
    ("change", "options", "words"),
    [
        (
            {"在线": 20.0},
            {"date": "2026-03-03"},
            "计划在线 36.0 人减去缺勤、会议、错位是 34.0 人，在线却是 20.0 人",
        ),
        ({"计划在线": 0.0}, {}, "计划在线全是 0"),
        ({"缺勤": -1.0, "在线": -1.0}, {}, "在线"),
        ({}, {"date": "2026-03-02", "weekday": "周一"}, "只写一个"),
        ({}, {"weekday": "星期一"}, "星期「星期一」不认得"),
        ({}, {"date": "2026-03-04"}, "2026-03-04 00:00 到 23:30 没有时段"),
    ],
)
def test_what_does_not_add_up_or_is_not_there_is_refused_with_a_sentence(change, options, words):
    with pytest.raises(ValueError, match=words):
        loss_chain(STAFF.assign(**change), **options)


def test_a_table_without_the_levels_is_refused():
    with pytest.raises(ValueError, match="计划在线"):
        loss_chain(STAFF.drop(columns="计划在线"))


def test_the_planted_monday_meeting_is_the_largest_loss_of_monday_mornings_only():
    """真相：周一 08:30 至 11:30 每半小时两个组开会；别的日子最大的一步是缺勤。"""
    staff = centre.open_centre(seed=2025).staff_interval
    free = ["2025-02-03", "2025-05-05", "2025-06-02"]  # 春节、劳动节、端午：国务院 2025 年放假安排

    mornings = {
        day: loss_chain(staff, weekday=day, first="08:30", last="11:00", skip=free).largest
        for day in ("周一", "周二", "周三", "周四", "周五")
    }

    assert mornings == {
        "周一": "会议",
        "周二": "缺勤",
        "周三": "缺勤",
        "周四": "缺勤",
        "周五": "缺勤",
    }
