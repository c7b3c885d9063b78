"""故障当天：时段与时段话务相同；60 人的状态日志与员工日报一秒不差。"""

import numpy as np
import pandas as pd
import pytest

from ccomlib import centre

STATES = {state: f"{state}秒" for state in ("通话", "话后", "空闲", "小休", "培训", "会议", "其他")}
ONLINE = ["通话", "话后", "空闲"]


@pytest.fixture
def day(some_hub):
    """一家中心、日志、计划与这 60 人当天的日报。"""
    log, plan = some_hub.state_log, some_hub.state_plan
    report = some_hub.agent_day
    report = report[report["日期"] == some_hub.truth.outage_date].set_index("工号")
    return some_hub, log, plan, report.loc[log["工号"].unique()]


def seconds(table):
    return (table["结束"] - table["开始"]).dt.total_seconds()


def test_live_day_is_the_outage_day_of_the_intervals(any_hub):
    live = any_hub.live_day
    slots = any_hub.calls_interval
    slots = slots[slots["日期"] == any_hub.truth.outage_date].reset_index(drop=True)
    same = ["日期", "时段", "队列", "呼入量", "接起量", "20秒接起量", "平均处理时长", "在岗人数"]
    pd.testing.assert_frame_equal(live[same], slots[same])
    assert (live["事件"] == slots["事件"]).all()
    assert tuple(live.loc[live["事件"] != "", "时段"].unique()) == any_hub.truth.outage_times


def test_forecast_is_fair_outside_the_outage_and_far_too_high_in_it(some_hub):
    """预测不知道故障与反弹；其余时段合计的误差来自当日效应，四个队列合起来约 4%。"""
    live = some_hub.live_day
    after = live["时段"] >= some_hub.truth.outage_times[0]
    calm = live[~after][["预测量", "呼入量"]].sum()
    down = live[live["事件"] != ""][["预测量", "呼入量"]].sum()
    assert calm["呼入量"] / calm["预测量"] == pytest.approx(1, abs=0.25)
    assert down["呼入量"] < 0.2 * down["预测量"]


def test_fewer_agents_are_on_hand_than_planned(any_hub):
    """缺勤、迟到、周会只会少人；在岗人数四舍五入，取消的课多出来的人不到 2 个。"""
    live = any_hub.live_day
    assert (live["在岗人数"] <= live["计划人数"] + 4).all()
    assert live["在岗人数"].sum() < 0.96 * live["计划人数"].sum()
    planned = any_hub.plan_interval
    planned = planned[planned["日期"] == any_hub.truth.outage_date].reset_index(drop=True)
    assert (live["计划人数"] == planned["计划人数"]).all()
    assert (live["预测量"] == planned["预测量"]).all()


def test_sixty_agents_with_three_events_a_call(day):
    """一通电话三段（空闲、通话、话后），再加小休、用餐等十来段；接连接听的没有空闲。"""
    _, log, plan, report = day
    size = log.groupby("工号").size()
    assert len(size) == 60
    taken = report["接起量"].reindex(size.index)
    assert (size <= 3 * taken + 20).all()
    assert (size >= 2 * taken).all()
    talks = (log["状态"] == "通话").groupby(log["工号"]).sum()
    assert (talks == taken).all()
    assert plan["工号"].unique().tolist() == log["工号"].unique().tolist()


def test_states_follow_each_other_without_gap_or_overlap(day):
    _, log, plan, _ = day
    for table in (log, plan):
        following = table.groupby("工号")["开始"].shift(-1)
        inner = following.notna()
        assert (following[inner] == table.loc[inner, "结束"]).all()
        assert (seconds(table) > 0).all()
    state = log.groupby("工号")["状态"].shift(-1)
    assert (state != log["状态"]).all()


def test_time_in_each_state_is_that_of_the_daily_report(day):
    _, log, _, report = day
    total = seconds(log).groupby([log["工号"], log["状态"]]).sum().unstack(fill_value=0)
    for state, column in STATES.items():
        found = total[state] if state in total else pd.Series(0.0, total.index)
        assert (report[column].reindex(total.index) == found).all(), state
    assert (total["用餐"] == 1_800).all()


def test_plan_is_the_shift_of_the_daily_report(day):
    hub, _, plan, report = day
    shifts = centre.shift_types().set_index("班次")
    midnight = hub.truth.outage_date
    first = plan.groupby("工号")["开始"].min()
    start = midnight + pd.to_timedelta(report["班次"].map(shifts["上班"]) + ":00")
    assert (first == start.reindex(first.index)).all()
    assert (seconds(plan).groupby(plan["工号"]).sum() == 8.5 * 3600).all()
    rest = seconds(plan).where(plan["计划状态"] == "小休", 0).groupby(plan["工号"]).sum()
    assert (rest == 1_800).all()


def test_adherence_from_log_and_plan_is_that_of_the_daily_report(day):
    """逐秒对照：实际与计划同类的秒数（不含用餐）与遵守秒相差不过 1 秒。"""
    _, log, plan, report = day
    log = log.assign(类=log["状态"].where(~log["状态"].isin(ONLINE), "在线"))
    kept = {}
    for agent in report.index:
        mine, planned = log[log["工号"] == agent], plan[plan["工号"] == agent]
        low = np.maximum(mine["开始"].to_numpy()[:, None], planned["开始"].to_numpy())
        high = np.minimum(mine["结束"].to_numpy()[:, None], planned["结束"].to_numpy())
        same = mine["类"].to_numpy()[:, None] == planned["计划状态"].to_numpy()
        same &= (planned["计划状态"] != "用餐").to_numpy()
        overlap = np.maximum((high - low) / np.timedelta64(1, "s"), 0)
        kept[agent] = (overlap * same).sum()
    assert (pd.Series(kept) - report["遵守秒"]).abs().max() <= 1


def test_nobody_talks_much_during_the_outage(day):
    hub, log, _, _ = day
    times = hub.truth.outage_slots
    start = hub.truth.outage_date + pd.Timedelta(minutes=30 * times[0])
    end = hub.truth.outage_date + pd.Timedelta(minutes=30 * (times[-1] + 1))
    inside = (log["结束"].clip(upper=end) - log["开始"].clip(lower=start)).dt.total_seconds()
    inside = inside.clip(lower=0).groupby(log["状态"]).sum()
    online = inside[[name for name in ONLINE if name in inside]]
    assert online["空闲"] / online.sum() > 0.8
