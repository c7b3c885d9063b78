"""单通话抽样：与员工、班次、时段数据对得上。"""

import numpy as np
import pandas as pd

from ccomlib import centre


def answered_calls(hub):
    calls = hub.calls_sample
    return calls[calls["结果"] == "接起"]


def test_call_numbers_are_unique_and_in_time_order(hub):
    calls = hub.calls_sample
    assert calls["通话编号"].is_unique
    assert calls["时间"].is_monotonic_increasing


def test_only_answered_calls_have_an_agent_and_a_reason(any_hub):
    calls = any_hub.calls_sample
    lost = calls["结果"] == "放弃"
    assert (calls.loc[lost, ["工号", "原因大类", "原因小类"]] == "").all(axis=None)
    assert (calls.loc[~lost, ["工号", "原因大类", "原因小类"]] != "").all(axis=None)
    assert (calls.loc[lost, ["通话秒", "保持秒", "话后秒"]] == 0).all(axis=None)
    assert not calls.loc[lost, ["一次解决", "转接"]].any(axis=None)
    assert (calls.loc[~lost, ["通话秒", "保持秒", "话后秒"]] >= 0).all(axis=None)


def test_agents_worked_that_day(any_hub):
    calls = answered_calls(any_hub)
    calls = calls.assign(日期=calls["时间"].dt.normalize())
    picked_up = calls["时间"] + pd.to_timedelta(calls["等待秒"], unit="s")
    calls = calls.assign(日期=picked_up.dt.normalize())
    joined = calls.merge(any_hub.agent_day, on=["工号", "日期"], how="left")
    assert joined["登录秒"].notna().all()


def test_agents_have_the_skill_by_day(any_hub):
    """22:00 至 08:00 值守的人不分技能；接起可能晚几分钟，所以 08:00 整的也算进夜里。"""
    calls = answered_calls(any_hub).merge(any_hub.agents, on="工号", validate="m:1")
    assert len(calls) == len(answered_calls(any_hub))
    picked_up = calls["时间"] + pd.to_timedelta(calls["等待秒"], unit="s")
    day = calls[calls["时间"].dt.hour.between(8, 21) & (picked_up.dt.hour < 22)]
    assert all(q in s.split("+") for q, s in zip(day["队列"], day["技能"], strict=True))


def test_calls_fall_into_the_agents_shift(any_hub):
    """班上接的；等到别人上班才接起的，来的时候那人还没有上班，应当很少。"""
    calls = answered_calls(any_hub)
    calls = calls.assign(日期=calls["时间"].dt.normalize())
    calls = calls.merge(any_hub.agent_day[["工号", "日期", "班次"]], on=["工号", "日期"])
    assert len(calls) > 0.999 * len(answered_calls(any_hub))
    shifts = centre.shift_types().set_index("班次")
    clock = calls["时间"].dt.strftime("%H:%M")
    start, end = calls["班次"].map(shifts["上班"]), calls["班次"].map(shifts["下班"])
    inside = (clock >= start) & ((clock < end) | (end < start))
    assert inside.mean() > 0.995


def test_frequencies_follow_the_intervals(any_hub):
    """逐队列 × 小时：抽样数与期望之差在 5 个标准差以内。"""
    calls, slots = any_hub.calls_sample, any_hub.calls_interval
    found = calls.groupby(["队列", calls["时间"].dt.hour]).size()
    weight = slots.groupby(["队列", slots["时段"].str[:2].astype(int)])["呼入量"].sum()
    expected = weight / weight.sum() * len(calls)
    assert (np.abs(found - expected) < 5 * np.sqrt(expected) + 1).all()


def test_abandonment_and_service_level_follow_the_intervals(any_hub):
    """60,000 通的比例，标准误不到 0.2 个百分点。"""
    calls, slots = any_hub.calls_sample, any_hub.calls_interval
    total = slots[["放弃量", "20秒接起量", "呼入量"]].sum()
    lost = (calls["结果"] == "放弃").mean()
    quick = ((calls["结果"] == "接起") & (calls["等待秒"] <= 20)).mean()
    assert abs(lost - total["放弃量"] / total["呼入量"]) < 0.01
    assert abs(quick - total["20秒接起量"] / total["呼入量"]) < 0.01


def test_handling_time_agrees_with_the_queue(any_hub):
    calls = answered_calls(any_hub)
    handle = calls[["通话秒", "保持秒", "话后秒"]].sum(axis=1).groupby(calls["队列"]).mean()
    slots = any_hub.calls_interval
    seconds = (slots["平均处理时长"] * slots["接起量"]).groupby(slots["队列"]).sum()
    aht = seconds / slots.groupby("队列")["接起量"].sum()
    assert np.allclose(handle / aht, 1, atol=0.06)


def test_customers_come_back(any_hub):
    counts = any_hub.calls_sample["客户编号"].value_counts()
    assert (counts > 1).mean() > 0.3
    assert counts.max() < 60


def test_summer_repairs_are_air_conditioners(hub):
    repairs = hub.calls_sample
    repairs = repairs[(repairs["队列"] == "报修") & (repairs["结果"] == "接起")]
    cooling = repairs["原因大类"] == "空调"
    june = repairs["时间"] >= pd.Timestamp("2025-06-01")
    assert cooling[june].mean() > 1.4 * cooling[~june].mean()


def test_every_reason_belongs_to_its_queue(any_hub):
    calls = answered_calls(any_hub)
    known = {(q, r[0], r[1]) for q, rows in centre.calls.REASONS.items() for r in rows}
    assert set(calls[["队列", "原因大类", "原因小类"]].itertuples(index=False, name=None)) <= known
