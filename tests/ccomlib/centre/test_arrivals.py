"""来电数据：恒等式成立，埋下的规律能从数据里找回来。期望值来自 hub.truth。"""

import numpy as np
import pandas as pd
import pytest

from ccomlib import centre

QUEUES = ("咨询", "报修", "订单", "投诉")


def expected_daily(hub, table):
    """只用 truth 与表里的日期列，独立算出每天每队列的期望呼入量（不含事件）。"""
    truth = hub.truth
    date = table["日期"].dt
    queue = table["队列"].map(QUEUES.index).to_numpy()
    years = (table["日期"] - pd.Timestamp("2025-01-01")).dt.days / 365
    value = truth.base[queue] * (1 + truth.growth) ** years
    value = value * truth.month[queue, date.month - 1]
    weekday = truth.weekday[queue, date.day_of_week]
    value = value * np.where(table["节假日"] == "调休上班", truth.makeup, weekday)
    return value * np.where((queue == 0) & (date.day <= 3), truth.reminder, 1.0)


@pytest.fixture
def plain_days(any_hub):
    table = any_hub.calls_daily
    table = table[(table["事件"] == "") & table["节假日"].isin(["", "调休上班"])]
    return table.assign(期望=expected_daily(any_hub, table))


@pytest.mark.parametrize("name", ["calls_interval", "calls_interval_next"])
def test_calls_are_answered_or_abandoned(any_hub, name):
    table = any_hub.table(name)
    assert (table["接起量"] + table["放弃量"] == table["呼入量"]).all()
    assert (table["20秒接起量"] <= table["接起量"]).all()
    assert (table[["呼入量", "接起量", "20秒接起量", "放弃量"]] >= 0).all(axis=None)
    assert (table["在岗人数"] >= 1).all()
    assert (table["平均处理时长"] > 0).all()


def test_each_day_slot_and_queue_appears_once(hub):
    table = hub.calls_interval
    assert not table.duplicated(["日期", "时段", "队列"]).any()
    assert table["时段"].nunique() == 48
    assert set(table["队列"]) == set(QUEUES)
    assert table["日期"].iloc[[0, -1]].astype(str).tolist() == ["2025-01-01", "2025-06-29"]


def test_next_four_weeks_follow_directly(hub):
    table = hub.calls_interval_next
    assert table["日期"].iloc[[0, -1]].astype(str).tolist() == ["2025-06-30", "2025-07-27"]


def test_last_180_days_of_the_daily_table_are_sums_of_the_intervals(any_hub):
    daily = any_hub.calls_daily.tail(720).set_index(["日期", "队列"])["呼入量"]
    sums = any_hub.calls_interval.groupby(["日期", "队列"])["呼入量"].sum()
    assert sums.sort_index().tolist() == daily.sort_index().tolist()


def test_a_normal_weekday_brings_about_nine_thousand_calls(any_hub):
    """issue：普通工作日约 9,000 通，随种子 ±15%。"""
    table = any_hub.calls_interval
    table = table[(table["节假日"] == "") & ~table["星期"].isin(["周六", "周日"])]
    daily = table.groupby("日期")["呼入量"].sum()
    assert 9000 * 0.85 < daily.median() < 9000 * 1.18


def test_weekday_factors_are_recovered(any_hub, plain_days):
    """实际 ÷（期望 ÷ 星期系数）的平均就是星期系数；约 95 个同星期的日子，标准误约 1%。"""
    table = plain_days[plain_days["节假日"] == ""]
    queue = table["队列"].map(QUEUES.index).to_numpy()
    factor = any_hub.truth.weekday[queue, table["日期"].dt.day_of_week]
    ratio = (table["呼入量"] / table["期望"] * factor).groupby(
        [table["队列"], table["日期"].dt.day_of_week]
    )
    found = ratio.mean().unstack().loc[list(QUEUES)].to_numpy()
    assert np.allclose(found, any_hub.truth.weekday, rtol=0.05)


def test_day_effect_cv_is_recovered(any_hub, plain_days):
    """Var(N/E) = cv² + mean(1/E)：减去泊松部分再开方；约 640 天，标准误约 3%。"""
    for q, queue in enumerate(QUEUES):
        rows = plain_days[plain_days["队列"] == queue]
        ratio = rows["呼入量"] / rows["期望"]
        found = np.sqrt(ratio.var() - (1 / rows["期望"]).mean())
        assert found == pytest.approx(any_hub.truth.day_cv[q], rel=0.15)


def test_growth_is_recovered(any_hub, plain_days):
    """log(实际/期望去掉增长) 对年数回归，斜率 = log(1+growth)；标准误约 0.3 个百分点。"""
    growth = any_hub.truth.growth
    years = (plain_days["日期"] - pd.Timestamp("2025-01-01")).dt.days / 365
    flat = plain_days["期望"] / (1 + growth) ** years
    slope = np.polyfit(years, np.log(plain_days["呼入量"] / flat), 1)[0]
    assert np.expm1(slope) == pytest.approx(growth, abs=0.012)


def test_holidays_are_quiet_and_spring_festival_quietest(any_hub):
    table = any_hub.calls_daily
    total = table.groupby(["日期", "节假日"])["呼入量"].sum().groupby("节假日").median()
    assert total.drop(["", "调休上班"]).idxmin() == "春节"
    assert total["春节"] < 0.5 * total[""]
    assert total["国庆"] < 0.85 * total[""]


def test_the_outage_is_where_volume_collapses(any_hub):
    """故障时段来电是前后一周同时段的 4%–10%，此后两小时反弹。"""
    truth = any_hub.truth
    table = any_hub.calls_interval
    down = table[table["事件"] == "系统故障"]
    assert set(down["日期"]) == {truth.outage_date}
    assert tuple(down["时段"].unique()) == truth.outage_times
    volume = table.groupby(["日期", "时段"])["呼入量"].sum().unstack()
    week = pd.Timedelta(days=7)
    usual = (volume.loc[truth.outage_date - week] + volume.loc[truth.outage_date + week]) / 2
    ratio = volume.loc[truth.outage_date] / usual
    assert ratio[list(truth.outage_times)].max() < 0.2
    last = truth.outage_slots[-1]
    assert ratio.iloc[last + 1] > 1.15


def test_the_promotion_lifts_enquiries_and_orders_but_not_repairs(any_hub):
    truth = any_hub.truth
    table = any_hub.calls_interval
    slots = table.loc[table["事件"] == "促销短信", "时段"].unique()
    same = table[table["时段"].isin(slots[:4])]
    volume = same.groupby(["日期", "队列"])["呼入量"].sum().unstack()
    week = pd.Timedelta(days=7)
    usual = (volume.loc[truth.promo_date - week] + volume.loc[truth.promo_date + week]) / 2
    ratio = volume.loc[truth.promo_date] / usual
    assert ratio["订单"] > 1.6
    assert ratio["咨询"] > 1.3
    assert ratio["报修"] < 1.35


def test_618_raises_orders(any_hub):
    table = any_hub.calls_daily
    orders = table[table["队列"] == "订单"].set_index("日期")
    peak = orders.loc["2025-06-18", "呼入量"]
    usual = orders.loc["2025-06-04", "呼入量"]
    assert orders.loc["2025-06-18", "事件"] == "618大促"
    assert peak / usual == pytest.approx(1 + any_hub.truth.sale_lift[2], rel=0.35)


def test_reminder_days_raise_enquiries_only(any_hub, plain_days):
    early = plain_days["日期"].dt.day <= 3
    ratio = plain_days["呼入量"] / plain_days["期望"]
    enquiry = plain_days["队列"] == "咨询"
    lift = any_hub.truth.reminder * (ratio[early & enquiry].mean() / ratio[~early & enquiry].mean())
    assert lift == pytest.approx(any_hub.truth.reminder, rel=0.05)
    other = ratio[early & ~enquiry].mean() / ratio[~early & ~enquiry].mean()
    assert other == pytest.approx(1, abs=0.04)


def test_the_knowledge_base_change_raises_repair_handling_time(any_hub):
    truth = any_hub.truth
    table = any_hub.calls_interval
    after = table["日期"] >= truth.aht_shift_date
    seconds = table["平均处理时长"] * table["接起量"]
    key = [table["队列"], after]
    mean = (seconds.groupby(key).sum() / table["接起量"].groupby(key).sum()).unstack()
    ratio = mean[True] / mean[False]
    assert ratio["报修"] == pytest.approx(truth.aht_shift, rel=0.015)
    assert ratio.drop("报修").to_numpy() == pytest.approx(1, abs=0.02)


def test_weekend_profile_differs_from_weekday_profile(hub):
    """工作日上午高峰占全天的比例比周末大，且不会更晚。"""
    table = hub.calls_interval
    table = table[table["节假日"] == ""]
    weekend = table["星期"].isin(["周六", "周日"])
    share = table.groupby([weekend, "时段"])["呼入量"].sum().unstack()
    share = share.div(share.sum(axis=1), axis=0)
    assert share.loc[False].max() > 1.1 * share.loc[True].max()
    assert share.loc[False].idxmax() <= share.loc[True].idxmax()


def test_night_cells_are_thin_enough_for_the_poisson_floor(hub):
    """domain.md 2.2：均值 m 的格子离散系数不低于 1/√m；凌晨投诉每半小时约 1 通。"""
    table = hub.calls_interval
    night = table[(table["时段"] < "06:00") & (table["队列"] == "投诉")]["呼入量"]
    assert night.mean() < 2
    assert night.std() / night.mean() > 0.9 / np.sqrt(night.mean())


def test_monday_morning_is_understaffed(any_hub):
    table = any_hub.calls_interval
    table = table[(table["节假日"] == "") & table["时段"].between("08:30", "11:00")]
    total = table.groupby("星期")[["20秒接起量", "呼入量"]].sum()
    level = total["20秒接起量"] / total["呼入量"]
    assert level["周一"] < level["周三"] - 0.1


def test_hold_out_follows_the_same_truth(any_hub):
    """28 天逐队列合计与期望之比：标准误约 cv/√28 ≈ 1.7%。"""
    table = any_hub.calls_interval_next
    daily = table.groupby(["日期", "队列", "节假日"], as_index=False)["呼入量"].sum()
    daily = daily.assign(期望=expected_daily(any_hub, daily))
    total = daily.groupby("队列")[["呼入量", "期望"]].sum()
    assert (total["呼入量"] / total["期望"]).to_numpy() == pytest.approx(1, abs=0.07)


@pytest.mark.parametrize("seed", range(100, 140))
def test_planted_days_never_collide(seed):
    truth = centre.truth.planted(seed)
    dates = [truth.outage_date, truth.promo_date, truth.aht_shift_date]
    gaps = [abs((a - b).days) for i, a in enumerate(dates) for b in dates[i + 1 :]]
    assert min(gaps) > 6
    assert all(pd.Timestamp("2025-02-17") <= day <= pd.Timestamp("2025-05-23") for day in dates)
    assert truth.outage_date.weekday() < 5
    assert 0.04 <= truth.growth <= 0.09
    assert 9000 * 0.84 < truth.base.sum() < 9000 * 1.16
