"""员工日报：时间加得起来，人对得上，接起量与时段数据相等。"""

import numpy as np
import pytest

PARTS = ["通话秒", "话后秒", "空闲秒", "小休秒", "培训秒", "会议秒", "其他秒"]


def test_login_time_is_the_sum_of_its_parts(any_hub):
    table = any_hub.agent_day
    assert (table[PARTS].sum(axis=1) == table["登录秒"]).all()
    assert (table[PARTS] >= 0).all(axis=None)


def test_adherent_time_is_within_the_schedule(any_hub):
    table = any_hub.agent_day
    assert (table["遵守秒"] <= table["排班秒"]).all()
    assert (table["遵守秒"] <= table["登录秒"]).all()


def test_there_are_about_thirty_thousand_agent_days(any_hub):
    """240 席 × 5/7 × 180 天 = 30,857，再减请假、空缺与上岗前培训。"""
    assert 27_000 < len(any_hub.agent_day) < 30_857


def test_one_row_per_agent_and_day(any_hub):
    assert not any_hub.agent_day.duplicated(["工号", "日期"]).any()


def test_everybody_working_is_employed_and_in_the_same_team(any_hub):
    joined = any_hub.agent_day.merge(any_hub.agents, on="工号", how="left", validate="m:1")
    assert joined["姓名"].notna().all()
    assert (joined["班组_x"] == joined["班组_y"]).all()
    assert (joined["日期"] >= joined["入职日期"]).all()
    assert ((joined["日期"] < joined["离职日期"]) | joined["离职日期"].isna()).all()


def test_answered_calls_per_day_equal_those_of_the_intervals(any_hub):
    """零点前打进来、零点后才接起的，记在来电的那一天与接的人的那一天；半年合计一通不差。"""
    by_agent = any_hub.agent_day.groupby("日期")["接起量"].sum()
    by_slot = any_hub.calls_interval.groupby("日期")["接起量"].sum()
    assert by_agent.sum() == by_slot.sum()
    assert (by_agent - by_slot).abs().max() <= 5


def test_handling_time_per_day_agrees_with_the_intervals(any_hub):
    """平均处理时长舍入到 0.1 秒，一天的总处理秒数相差不到千分之一。"""
    table, slots = any_hub.agent_day, any_hub.calls_interval
    by_agent = (table["通话秒"] + table["话后秒"]).groupby(table["日期"]).sum()
    by_slot = (slots["平均处理时长"] * slots["接起量"]).groupby(slots["日期"]).sum()
    assert np.allclose(by_agent, by_slot, rtol=1e-3)


def test_aht_is_handling_time_over_calls(any_hub):
    table = any_hub.agent_day
    idle = table["接起量"] == 0
    assert idle.mean() < 0.002
    assert table.loc[idle, "平均处理时长"].isin(np.round(any_hub.truth.aht, 1)).all()
    table = table[~idle]
    aht = (table["通话秒"] + table["话后秒"]) / table["接起量"]
    assert np.allclose(aht, table["平均处理时长"], atol=0.051)


def test_overtime_stays_within_three_hours(any_hub):
    """劳动法 41 条：特殊情况每天加班不超过 3 小时，8 + 3 小时 = 39,600 秒。"""
    assert any_hub.agent_day["登录秒"].max() <= 39_600


def test_new_agents_are_slower(any_hub):
    """上岗头 30 天比满一年的人处理时长长；学习曲线的平均约 learning × 0.7。"""
    table = any_hub.agent_day.merge(any_hub.agents[["工号", "入职日期", "技能"]], on="工号")
    tenure = (table["日期"] - table["入职日期"]).dt.days
    work = table["平均处理时长"] / table.groupby(["日期", "技能"])["平均处理时长"].transform("mean")
    assert work[tenure < 45].mean() > 1.08 * work[tenure > 365].mean()


def test_satisfaction_follows_quality_across_agents(any_hub):
    """员工均值的斜率约等于 quality_csat（均值里还有少量噪声，放宽到 ±30%）。"""
    table = any_hub.agent_day.groupby("工号").agg(
        n=("质检分", "size"), q=("质检分", "mean"), s=("满意度", "mean")
    )
    table = table[table["n"] > 60]
    slope = np.polyfit(table["q"], table["s"], 1)[0]
    assert slope == pytest.approx(any_hub.truth.quality_csat, rel=0.3)
    assert any_hub.agent_day["满意度"].between(1, 5).all()
    assert any_hub.agent_day["质检分"].between(0, 100).all()
