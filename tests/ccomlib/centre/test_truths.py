"""教的方法找得回埋下的数，十颗种子都在各自的区间里。期望值来自 hub.truth。"""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2

from ccomlib import erlang
from ccomlib.centre.calendar import days
from ccomlib.centre.demand import standard_aht
from ccomlib.centre.truth import planted

# 一颗种子 99.9% 的区间：十颗种子都落在里面，碰巧不在的机会约 1%
Z = 3.29


def plain(table):
    return table[(table["节假日"] == "") & (table["事件"] == "")]


def test_patience_is_recovered_from_the_single_calls(some_hub):
    """总等待 ÷ 放弃量；约 3,800 通放弃，标准误 1.6%。"""
    calls = some_hub.calls_sample
    found = erlang.estimate_patience(calls["等待秒"], calls["结果"] == "放弃")
    low, high = 2 * found.total_wait / chi2.ppf([0.9995, 0.0005], 2 * found.abandons)
    assert low < some_hub.truth.patience < high
    assert found.high - found.low < 0.1 * some_hub.truth.patience


def test_waiting_only_of_those_who_left_is_far_too_short(some_hub):
    """只取放弃者的平均等待：错法要错得看得出来。"""
    calls = some_hub.calls_sample
    left = calls.loc[calls["结果"] == "放弃", "等待秒"].mean()
    assert left < 0.5 * some_hub.truth.patience


def test_the_hazard_of_hanging_up_is_the_same_at_every_wait(some_hub):
    """指数分布：等了多久都一样容易挂断；按等待分三段，各段单独估计都对得上。"""
    calls = some_hub.calls_sample
    wait, left = calls["等待秒"].to_numpy(), (calls["结果"] == "放弃").to_numpy()
    for low, high in ((5, 20), (20, 60), (60, 200)):
        risk = np.clip(wait - low, 0, high - low).sum()
        count = (left & (wait >= low) & (wait < high)).sum()
        assert abs(risk / count / some_hub.truth.patience - 1) < Z / np.sqrt(count)


def test_erlang_a_gives_the_service_level_of_the_centre(some_hub):
    """白天平常日子：来量用当天合计 × 时段占比（一格的实际来量忽高忽低，代进去会偏低约 3 个点）。

    剩下的差来自下班前讲完最后一通、在岗人数四舍五入，不过 2 个百分点。
    """
    truth = some_hub.truth
    table = plain(some_hub.calls_interval)
    day = table.groupby(["日期", "队列"])["呼入量"].transform("sum")
    off = table["星期"].isin(["周六", "周日"]).astype(int).to_numpy()
    queue = table["队列"].map(("咨询", "报修", "订单", "投诉").index).to_numpy()
    slot = (table["时段"].str[:2].astype(int) * 2 + (table["时段"].str[3:] == "30")).to_numpy()
    rate = day.to_numpy() * truth.share[off, queue, slot]
    seconds = table["平均处理时长"] * table["接起量"]
    cell = [table["队列"], table["日期"] >= truth.aht_shift_date]
    aht = seconds.groupby(cell).transform("sum") / table["接起量"].groupby(cell).transform("sum")
    light = (slot >= 17) & (slot < 40)
    model = erlang.performance(
        rate[light], aht[light], table["在岗人数"][light], patience=truth.patience
    )
    total = table[light][["呼入量", "20秒接起量", "放弃量"]].sum()
    level = np.average(model.service_level, weights=table["呼入量"][light])
    lost = np.average(model.abandonment, weights=table["呼入量"][light])
    assert level == pytest.approx(total["20秒接起量"] / total["呼入量"], abs=0.02)
    assert lost == pytest.approx(total["放弃量"] / total["呼入量"], abs=0.012)


def test_handling_times_are_the_planted_ones(some_hub):
    """改版前、14:00 至 18:00 的接起量加权平均；单通离散系数为 1，标准误约 1/√通数，再留 0.8%。"""
    truth, table = some_hub.truth, some_hub.calls_interval
    table = table[(table["日期"] < truth.aht_shift_date) & table["时段"].between("14:00", "17:30")]
    seconds = (table["平均处理时长"] * table["接起量"]).groupby(table["队列"]).sum()
    taken = table.groupby("队列")["接起量"].sum()
    for queue, aht in zip(("咨询", "报修", "订单", "投诉"), truth.aht, strict=True):
        found = seconds[queue] / taken[queue]
        assert found == pytest.approx(aht, rel=0.008 + Z / np.sqrt(taken[queue]))


def test_the_plan_takes_up_the_new_handling_time_after_plan_lag_days(some_hub):
    """排班师的预测处理时长：改版后第 20 天还是旧的，第 21 天才是新的。"""
    truth, plan = some_hub.truth, some_hub.plan_interval
    noon = plan[(plan["队列"] == "报修") & (plan["时段"] == "12:00")].set_index("日期")
    expected = noon["预测处理时长"]
    start = truth.aht_shift_date
    day = pd.Timedelta(days=1)
    assert truth.plan_lag == 21
    assert expected[start + 20 * day] == expected[start - day]
    assert expected[start + 21 * day] == pytest.approx(
        expected[start - day] * truth.aht_shift, abs=0.06
    )


@pytest.mark.parametrize("lag", [0, 1, 21])
def test_the_lag_counts_days(lag):
    rules = planted(3)
    shift = rules.aht_shift_date.to_datetime64().astype("datetime64[D]")
    span = days("2025-01-01", "2025-06-29")
    late = standard_aht(span, rules, lag)[:, 24, 1] > rules.aht[1] * 1.01
    assert span.date[late][0] == shift + np.timedelta64(lag, "D")


def test_the_extra_time_of_the_new_search_page_is_hold(some_hub):
    """改版后报修多出来的秒数都在保持里；通话与话后不变（各约 1.5 万通，标准误 0.9%）。"""
    truth, calls = some_hub.truth, some_hub.calls_sample
    calls = calls[(calls["队列"] == "报修") & (calls["结果"] == "接起")]
    after = calls["时间"] >= truth.aht_shift_date
    mean = calls.groupby(after)[["通话秒", "保持秒", "话后秒"]].mean()
    whole = mean.sum(axis=1)
    more = mean.loc[True] - mean.loc[False]
    assert truth.aht_shift_step == "保持"
    assert more["保持秒"] == pytest.approx((truth.aht_shift - 1) * whole[False], rel=0.25)
    for name in ("通话秒", "话后秒"):
        assert mean.loc[True, name] == pytest.approx(mean.loc[False, name], rel=0.05)


def test_the_monday_meeting_takes_the_planted_share(some_hub):
    """周一 08:30–11:30：开会的人 ÷ 没有会时能在线的人 = 1 − monday_shortage。"""
    truth, heads = some_hub.truth, some_hub.staff_interval
    monday = (heads["日期"].dt.day_of_week == 0) & heads["时段"].between("08:30", "11:00")
    holidays = some_hub.calls_daily.loc[some_hub.calls_daily["节假日"] != "", "日期"]
    monday &= ~heads["日期"].isin(holidays)
    total = heads[monday][["计划在线", "缺勤", "会议", "错位"]].sum()
    free = total["计划在线"] - total["缺勤"] - total["错位"]
    assert 1 - total["会议"] / free == pytest.approx(truth.monday_shortage, abs=0.015)
    assert truth.monday_shortage == pytest.approx(1 - truth.meeting_minutes / 180, abs=0.0006)
    assert (heads.loc[heads["日期"].dt.day_of_week != 0, "会议"] == 0).all()


def test_the_meeting_shows_on_monday_in_the_daily_report(some_hub):
    """会议秒只在周一有；遵守率看不出来，因为周会是批准的。"""
    day = some_hub.agent_day
    monday = day["日期"].dt.day_of_week == 0
    assert (day.loc[~monday, "会议秒"] == 0).all()
    assert day.loc[monday, "会议秒"].mean() > 400
    kept = day.groupby(monday)["遵守秒"].mean() / 28_800
    assert abs(kept[True] - kept[False]) < 0.02


def test_about_one_in_fourteen_is_absent(some_hub):
    """7% 请假，夜班补足；缺勤 ÷ 计划在线，白天。"""
    heads = some_hub.staff_interval
    day = heads[heads["时段"].between("09:00", "21:30")]
    assert day["缺勤"].sum() / day["计划在线"].sum() == pytest.approx(0.07, abs=0.006)


def test_three_quarters_of_the_agents_have_two_skills(some_hub):
    """12 组 × 20 席，15 席会两样；七月里会两样的人接主技能，也接副技能。"""
    roll = some_hub.agents[some_hub.agents["离职日期"].isna()]
    two = roll["技能"].str.contains("+", regex=False)
    assert two.mean() == pytest.approx(0.75)
    day = some_hub.skill_interval
    day = day[day["时段"].between("08:00", "21:30") & day["技能"].str.contains("+", regex=False)]
    second = day["技能"].str.split("+").str[1]
    other = sum(day[f"接{queue}"].where(second == queue, 0).sum() for queue in second.unique())
    phone = day[["接咨询", "接报修", "接订单", "接投诉"]].to_numpy().sum()
    assert 0.05 < other / phone < 0.6


def test_slow_and_uneven_teams_are_found(some_hub):
    """六月各组时长比：slow_team 平均最高的两组之一，uneven_team 组内标准差最大。"""
    truth, months = some_hub.truth, some_hub.perf_month
    half = months[months["月份"] >= "2025-01-01"]
    person = half.groupby(["班组", "工号"])["时长比"].mean()
    ratio = np.log(person)
    spread = ratio.groupby("班组").std()
    assert spread.idxmax() == truth.uneven_team
    typical = ratio.groupby("班组").median().sort_values()
    assert truth.slow_team in typical.index[-2:]


def test_newcomers_lose_their_lessons_more_often(some_hub):
    """忙的日子：上岗不满 42 天的人，没有上成课的比老员工多。"""
    day = some_hub.agent_day.merge(some_hub.agents[["工号", "入职日期"]], on="工号")
    day = day[~day["班次"].str.startswith("夜") & (day["日期"] >= "2025-06-01")]
    fresh = (day["日期"] - day["入职日期"]).dt.days < 14 + 42
    missed = day["培训秒"] == 0
    if fresh.sum() < 60:
        return
    assert missed[fresh].mean() > missed[~fresh].mean()


def test_early_leavers_hazard_is_recovered(some_hub):
    """入职 90 天内每 30 天的离职风险：离职人数 ÷ 在职人天，与埋下的相差在区间之内。"""
    truth, roll = some_hub.truth, some_hub.agents
    new = roll[(roll["入职日期"] >= "2024-07-01") & (roll["通勤分钟"] < 60)]
    end = new["离职日期"].fillna(pd.Timestamp("2025-06-23"))
    lived = (end - new["入职日期"]).dt.days.clip(upper=90)
    gone = ((new["离职日期"] - new["入职日期"]).dt.days < 90).sum()
    rate = truth.hazard_early / 30 * lived.sum()
    low, high = chi2.ppf(0.0005, 2 * gone) / 2 if gone else 0, chi2.ppf(0.9995, 2 * gone + 2) / 2
    assert low <= rate <= high
