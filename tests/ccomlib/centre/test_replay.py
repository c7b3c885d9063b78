"""重演：什么都不改就是数据里的那四周，改了哪一样就只动哪一样。"""

import numpy as np
import pandas as pd
import pytest

from ccomlib import criteria
from ccomlib.centre import shift_types

MONDAYS = pd.to_datetime(["2025-07-14", "2025-07-21"])
LATE = "2025-07-14"


def level(run, start, end, days):
    rows = run.calls[run.calls["日期"].isin(days) & run.calls["时段"].between(start, end)]
    return rows["20秒接起量"].sum() / rows["呼入量"].sum()


def test_nothing_changed_is_the_data_itself(any_hub):
    run = any_hub.replay()
    chain = any_hub.staff_interval
    chain = chain[chain["日期"] >= "2025-06-30"].reset_index(drop=True)
    pd.testing.assert_frame_equal(run.calls, any_hub.calls_interval_next)
    pd.testing.assert_frame_equal(run.staff, chain)
    pd.testing.assert_frame_equal(run.roster, any_hub.roster)


def test_the_same_people_call_whatever_is_changed(hub):
    usual, changed = hub.calls_interval_next, hub.replay(overtime=("晚A", 6), draw=2).calls
    assert changed["呼入量"].tolist() == usual["呼入量"].tolist()
    assert changed["接起量"].sum() > usual["接起量"].sum()


def test_a_planned_meeting_leaves_monday_mornings_alone(some_hub):
    moved = some_hub.replay(meeting="周三 14:30", since=LATE)
    usual = some_hub.replay()
    assert level(moved, "08:30", "11:00", MONDAYS) > level(usual, "08:30", "11:00", MONDAYS) + 0.08
    monday = moved.staff[moved.staff["日期"].isin(MONDAYS)]
    assert monday["会议"].abs().max() == 0
    wednesday = moved.staff[(moved.staff["日期"] == "2025-07-16")].set_index("时段")
    before = usual.staff[(usual.staff["日期"] == "2025-07-16")].set_index("时段")
    lessons = (wednesday["培训"] - before["培训"]).loc["14:30":"17:00"]
    assert (lessons > 0).all()


def test_days_before_the_change_keep_their_meeting(hub):
    moved = hub.replay(meeting="周三 14:30", since=LATE)
    first = moved.staff[moved.staff["日期"] == "2025-07-07"]
    assert first["会议"].sum() > 20


def test_people_are_recalled_from_offline_work_in_that_span_alone(hub):
    usual, called = hub.replay().staff, hub.replay(recall=("11:30", "13:30", 12)).staff
    fewer = (usual["其他"] - called["其他"]).groupby(usual["时段"]).mean()
    assert 6 < fewer["11:30":"13:00"].mean() <= 12
    assert fewer.drop(["11:30", "12:00", "12:30", "13:00"]).abs().max() == 0
    assert hub.replay().offline_hours("2025-06-30", "2025-07-27") == pytest.approx(
        usual["其他"].sum() / 2 / 28
    )


def test_meals_move_for_the_shifts_named(hub):
    usual, moved = hub.replay().staff, hub.replay(meals={"晚A": "16:30"}, since=LATE).staff
    eating = (moved["用餐"] - usual["用餐"]).groupby([usual["日期"] >= LATE, usual["时段"]]).sum()
    assert (eating[False] == 0).all()
    assert eating[True]["16:30"] == -eating[True]["17:30"] > 0


def test_overtime_takes_first_rest_days_with_eleven_hours_between(some_hub):
    run = some_hub.replay(overtime=("晚A", 6), since=LATE)
    both = run.roster.merge(some_hub.roster, on=["工号", "日期"], suffixes=("", "原"))
    extra = both[both["班次"] != both["班次原"]]
    assert len(extra) == run.overtime == 6 * 14
    assert (extra["班次"] == "晚A").all()
    assert (extra["班次原"] == "休").all()
    assert (extra["申请"] == "").all()
    assert extra["工号"].value_counts().max() == 1
    grid = run.roster.pivot(index="工号", columns="日期", values="休息")
    for person, day in zip(extra["工号"], extra["日期"], strict=True):
        after = day + pd.Timedelta(days=1)
        assert after not in grid.columns or grid.loc[person, after]

    def broken(table):
        found = criteria.evaluate(table, shifts=shift_types()).violations["规则"]
        return [np.count_nonzero(found == one) for one in ("周内无休息日", "连续工作", "班间休息")]

    assert broken(run.roster) == broken(some_hub.roster)


def test_a_draw_redraws_who_is_away_and_nothing_else(hub):
    first, again = hub.replay(draw=1), hub.replay(draw=1)
    pd.testing.assert_frame_equal(first.calls, again.calls)
    assert not first.staff["缺勤"].equals(hub.replay().staff["缺勤"])
    pd.testing.assert_frame_equal(first.roster, hub.roster)


def test_its_sentence_says_what_was_changed(hub):
    assert "什么都不改" in str(hub.replay())
    run = hub.replay(meeting="周三 14:30", overtime=("晚A", 2))
    assert "周会改在周三 14:30 起" in repr(run)
    assert "每天 2 人加班，上晚A" in repr(run)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"meeting": "14:30"}, "请写成「周三 14:30」"),
        ({"meeting": "周三 14:40"}, "请写整点或半点"),
        ({"meals": {"晚Z": "16:30"}}, "没有班次「晚Z」"),
        ({"recall": ("13:30", "11:30", 5)}, "起点要早于终点"),
        ({"recall": ("11:30", "13:30", 1.5)}, "不小于 0 的整数"),
        ({"overtime": ("晚A", -1)}, "不小于 0 的整数"),
        ({"since": "2025-08-01"}, "2025-06-30 到 2025-07-27"),
    ],
)
def test_a_wrong_change_says_how_to_write_it(hub, wrong, said):
    with pytest.raises(ValueError, match=said):
        hub.replay(**wrong)


def test_moved_people_change_shift_and_nobody_else_does(hub):
    run = hub.replay(move=("中D", "中F", 10), since=LATE)
    both = run.roster.merge(hub.roster, on=["工号", "日期"], suffixes=("", "原来"))
    moved = both[both["班次"] != both["班次原来"]]
    assert set(moved["班次原来"]) == {"中D"}
    assert set(moved["班次"]) == {"中F"}
    assert moved["日期"].min() >= pd.Timestamp(LATE)
    assert moved.groupby("日期").size().max() == 10
    assert run.overtime == 0


def test_nobody_is_moved_into_fewer_than_eleven_hours_of_rest(hub):
    start = shift_types().set_index("班次")["上班"].map(lambda at: int(at[:2]) + int(at[3:]) / 60)
    rows = hub.replay(move=("早B", "晚D", 3)).roster.sort_values(["工号", "日期"])
    rows["次日"] = rows.groupby("工号")["班次"].shift(-1)
    moved = rows.merge(hub.roster, on=["工号", "日期"], suffixes=("", "原来"))
    moved = moved[(moved["班次"] != moved["班次原来"]) & moved["次日"].isin(start.index)]
    rest = 24 + moved["次日"].map(start) - (moved["班次"].map(start) + 8.5)
    assert len(moved) > 0
    assert rest.min() >= 11
