"""各张表说的是同一家中心：通数、时间、人、日期、离职的人，十颗种子逐一对过。"""

import numpy as np
import pandas as pd
import pytest

from ccomlib import centre

# 表 → 写着工号的列
PEOPLE = {
    "roster": "工号",
    "calls_sample": "工号",
    "agent_day": "工号",
    "qa_scores": "工号",
    "survey": "工号",
    "complaints": "首接工号",
    "training": "学员工号",
    "training_items": "学员工号",
    "training_pilot": "工号",
    "perf_month": "工号",
    "skill_tests": "工号",
    "skill_matrix": "工号",
    "state_log": "工号",
    "state_plan": "工号",
}
# 表 → 那个人在那一天做了事的日期列
DATED = {
    "roster": "日期",
    "agent_day": "日期",
    "complaints": "受理时间",
    "training": "开课日期",
    "state_log": "开始",
}
# 表 → 写着班组的列，班组要与花名册相同
TEAMED = ("agent_day", "perf_month", "skill_tests", "skill_matrix", "training_pilot")


@pytest.fixture
def roll(some_hub):
    return some_hub.agents.set_index("工号")


def test_everybody_is_on_the_roll(some_hub, roll):
    for name, column in PEOPLE.items():
        number = some_hub.table(name)[column]
        assert set(number[number != ""]) <= set(roll.index), name


def test_nobody_appears_before_being_hired_or_after_leaving(some_hub, roll):
    for name, column in DATED.items():
        table = some_hub.table(name)
        number = table[PEOPLE[name]]
        day = table[column].dt.normalize()
        assert (day >= number.map(roll["入职日期"])).all(), name
        left = number.map(roll["离职日期"])
        assert (left.isna() | (day <= left)).all(), name


def test_calls_are_taken_by_people_in_service(some_hub, roll):
    calls = some_hub.calls_sample
    calls = calls[calls["结果"] == "接起"]
    left = calls["工号"].map(roll["离职日期"])
    start = calls["工号"].map(roll["入职日期"]) + pd.Timedelta(days=14)
    picked_up = calls["时间"] + pd.to_timedelta(calls["等待秒"], unit="s")
    assert (picked_up >= start).all()
    assert (left.isna() | (calls["时间"] < left)).all()


def test_teams_are_those_of_the_roll(some_hub, roll):
    for name in TEAMED:
        table = some_hub.table(name)
        assert (table["班组"] == table["工号"].map(roll["班组"])).all(), name


def test_headcount_is_that_of_the_roll(some_hub, roll):
    """2024-07 以后每月来了几人、走了几人、月末几人，都数得出来。"""
    months = some_hub.headcount[some_hub.headcount["月份"] >= "2024-07-01"]
    total = months.groupby("月份")[["入职人数", "离职人数", "月末人数"]].sum()
    for month, row in total.iterrows():
        end = month + pd.offsets.MonthBegin(1)
        came = roll["入职日期"].between(month, end, inclusive="left").sum()
        gone = roll["离职日期"].between(month, end, inclusive="left").sum()
        there = (roll["入职日期"] < end) & ~(roll["离职日期"] < end)
        assert (row["入职人数"], row["离职人数"], row["月末人数"]) == (came, gone, there.sum())


def test_the_roster_is_worked_by_those_still_there(some_hub, roll):
    assert set(some_hub.roster["工号"]) == set(roll.index[roll["离职日期"].isna()])


def test_calls_by_agent_are_calls_by_slot(some_hub):
    """半年合计一通不差；零点前来、零点后接的，前后两天各差几通。"""
    agent = some_hub.agent_day.groupby("日期")["接起量"].sum()
    slot = some_hub.calls_interval.groupby("日期")["接起量"].sum()
    assert agent.sum() == slot.sum()
    assert (agent - slot).abs().max() <= 6


def test_handling_seconds_by_agent_are_those_by_slot(some_hub):
    day, slot = some_hub.agent_day, some_hub.calls_interval
    by_agent = (day["通话秒"] + day["话后秒"]).sum()
    by_slot = (slot["平均处理时长"] * slot["接起量"]).sum()
    assert by_agent == pytest.approx(by_slot, rel=2e-4)


def test_online_hours_by_agent_are_heads_by_slot(some_hub):
    """员工日报的通话 + 话后 + 空闲 = 时段人力的在线 × 半小时；差的是讲到下班以后的最后一通。"""
    day, heads = some_hub.agent_day, some_hub.staff_interval
    heads = heads[heads["日期"] < "2025-06-30"]
    by_agent = day[["通话秒", "话后秒", "空闲秒"]].sum(axis=1).groupby(day["日期"]).sum()
    by_slot = 1800 * heads.groupby("日期")["在线"].sum()
    assert (by_agent / by_slot).between(0.995, 1.03).all()


def test_heads_by_queue_are_heads_by_slot(some_hub):
    """四个队列的在岗人数各自四舍五入，合计与在线相差不过 2 人（至少 1 人的规定再让 2 人）。"""
    slots = pd.concat([some_hub.calls_interval, some_hub.calls_interval_next])
    queue = slots.groupby(["日期", "时段"])["在岗人数"].sum()
    heads = some_hub.staff_interval.set_index(["日期", "时段"])["在线"]
    assert (queue - heads).abs().max() <= 2 + 2


def test_the_chain_from_shift_to_phone_adds_up(some_hub):
    heads = some_hub.staff_interval
    away = heads[["用餐", "小休", "培训", "其他"]].sum(axis=1)
    assert np.allclose(heads["班上人数"] - away, heads["计划在线"], atol=0.01)
    lost = heads[["缺勤", "会议", "错位"]].sum(axis=1)
    assert np.allclose(heads["计划在线"] - lost, heads["在线"], atol=0.02)
    assert (heads[["班上人数", "用餐", "小休", "培训", "其他", "缺勤", "会议"]] >= 0).all(axis=None)


def test_planned_heads_by_queue_add_up_to_the_plan(some_hub):
    plan = some_hub.plan_interval.groupby(["日期", "时段"])["计划人数"].sum()
    heads = some_hub.staff_interval.set_index(["日期", "时段"])["计划在线"]
    assert np.allclose(plan, heads.loc[plan.index])


def on_shift(shifts, types):
    """各班次（一行一个人）在 48 个时段里有几人在班，只从班次表的文字算。"""
    start = types["上班"].str[:2].astype(int) * 2 + (types["上班"].str[3:] == "30")
    slot = np.arange(48)
    cover = (slot - start.to_numpy()[:, None]) % 48 < 17
    return shifts.map(dict(zip(types["班次"], range(len(types)), strict=True))), cover


def test_heads_on_shift_follow_from_the_roster(some_hub, roll):
    """班上人数：班表里当天的班次逐格数，岗前培训（入职两周内）的不接电话、不算。"""
    types = centre.shift_types()
    work = some_hub.roster[~some_hub.roster["休息"]]
    ready = work["日期"] >= work["工号"].map(roll["入职日期"]) + pd.Timedelta(days=14)
    code, cover = on_shift(work[ready]["班次"], types)
    expected = np.zeros((28, 48))
    day = (work[ready]["日期"] - pd.Timestamp("2025-06-30")).dt.days
    np.add.at(expected, day.to_numpy(), cover[code.to_numpy()].astype(float))
    heads = some_hub.staff_interval
    heads = heads[heads["日期"] >= "2025-06-30"]
    assert heads["班上人数"].tolist() == expected.ravel().tolist()


def test_more_are_never_on_the_phone_than_on_shift(some_hub):
    heads = some_hub.staff_interval
    assert (heads["在线"] <= heads["班上人数"]).all()


def test_people_present_follow_from_the_daily_report(some_hub):
    """来了的人 = 日报里的行：班次逐格数，减去缺勤以后与班上人数相差只在缺勤。"""
    types = centre.shift_types()
    day = some_hub.agent_day
    code, cover = on_shift(day["班次"], types)
    here = np.zeros((180, 48))
    index = (day["日期"] - pd.Timestamp("2025-01-01")).dt.days
    np.add.at(here, index.to_numpy(), cover[code.to_numpy()].astype(float))
    heads = some_hub.staff_interval
    heads = heads[heads["日期"] < "2025-06-30"]
    missing = heads["班上人数"].to_numpy() - here.ravel()
    assert (missing >= 0).all()
    assert (missing >= heads["缺勤"].to_numpy() - 1e-9).all()


def test_skills_on_hand_are_the_planned_heads(some_hub):
    """派到各队列的人（半小时里至少一刻钟能在线）不少于平均在线的计划人数。"""
    skill = some_hub.skill_interval.groupby(["日期", "时段"])[
        ["接咨询", "接报修", "接订单", "接投诉"]
    ].sum()
    skill.columns = [name[1:] for name in skill.columns]
    plan = some_hub.plan_interval.set_index(["日期", "时段", "队列"])["计划人数"].unstack()
    plan = plan.loc[skill.index, skill.columns]
    assert (skill >= plan).all(axis=None)
    assert plan.to_numpy().sum() > 0.9 * skill.to_numpy().sum()


def test_the_sample_is_drawn_from_the_slots(some_hub):
    """抽样里每一格（日期 × 时段 × 队列）接起与放弃的通数不超过全部。"""
    calls = some_hub.calls_sample
    slot = calls["时间"].dt.floor("30min")
    cell = [slot.dt.normalize(), slot.dt.strftime("%H:%M"), calls["队列"]]
    drawn = calls.groupby(cell)["结果"].value_counts().unstack(fill_value=0)
    every = some_hub.calls_interval.set_index(["日期", "时段", "队列"]).loc[drawn.index]
    assert (drawn["接起"] <= every["接起量"]).all()
    assert (drawn["放弃"] <= every["放弃量"]).all()
    quick = (calls["结果"] == "接起") & (calls["等待秒"] <= 20)
    assert (quick.groupby(cell).sum() <= every["20秒接起量"]).all()


def test_an_agents_sampled_calls_fit_into_the_day(some_hub):
    """抽样里一个人一天的通数与秒数都不超过日报。"""
    calls = some_hub.calls_sample
    calls = calls[calls["结果"] == "接起"]
    picked_up = calls["时间"] + pd.to_timedelta(calls["等待秒"], unit="s")
    key = [calls["工号"], picked_up.dt.normalize().rename("日期")]
    drawn = calls.groupby(key)[["通话秒", "保持秒", "话后秒"]].sum()
    drawn["通数"] = calls.groupby(key).size()
    day = some_hub.agent_day.set_index(["工号", "日期"]).loc[drawn.index]
    assert (drawn["通数"] <= day["接起量"]).all()
    assert (drawn["通话秒"] + drawn["保持秒"] <= day["通话秒"]).all()
    assert (drawn["话后秒"] <= day["话后秒"]).all()


def test_quality_surveys_complaints_and_tickets_point_to_sampled_calls(some_hub):
    calls = some_hub.calls_sample.set_index("通话编号")
    for name in ("qa_scores", "qa_calibration", "survey", "process_nodes", "complaints"):
        number = some_hub.table(name)["通话编号"]
        number = number[number != ""]
        assert (calls.loc[number.unique(), "结果"] == "接起").all(), name
    for name in ("qa_scores", "survey"):
        table = some_hub.table(name)
        assert (calls.loc[table["通话编号"], "工号"].to_numpy() == table["工号"].to_numpy()).all()


def test_two_ratings_of_a_call_come_after_the_call(some_hub):
    calls = some_hub.calls_sample.set_index("通话编号")["时间"]
    for name, column in (("qa_scores", "评分日期"), ("survey", "邀请时间")):
        table = some_hub.table(name)
        assert (table[column].to_numpy() > calls.loc[table["通话编号"]].to_numpy()).all(), name


def test_complaints_are_handled_by_day(some_hub):
    """夜里没有人给客户打电话：首次响应、办结在 08:00 至 21:30，重复投诉在白天。"""
    cases = some_hub.complaints
    replied = cases["受理时间"] + pd.to_timedelta(cases["首次响应小时"], unit="h")
    for moment, slack in ((cases["办结时间"].dropna(), 0), (replied.dropna(), 0.1)):
        clock = moment.dt.hour + moment.dt.minute / 60
        assert (clock >= 8 - slack).all()
        assert (clock <= 21.5 + slack).all()
    again = cases.loc[cases["重复自"] != "", "受理时间"].dt.hour
    assert again.between(8, 21).all()
    tickets = some_hub.process_nodes
    left = tickets.loc[tickets["节点"] != "受理", "离开时间"].dt.hour
    assert left.between(8, 20).all()


def test_customers_without_a_number_are_not_called_back(some_hub):
    cases = some_hub.complaints
    no_number = cases["联系电话"] == ""
    assert no_number.sum() > 100
    assert (cases.loc[no_number, "回访结果"] == "未回访").all()


def test_the_unhappy_come_back_more_often(some_hub):
    """兑现与没有兑现的分开看，说不满意的都更常再来；合起来约 unhappy_ratio 倍（封顶前）。"""
    cases, truth = some_hub.complaints, some_hub.truth.complaints
    first = cases[(cases["重复自"] == "") & (cases["受理时间"] < "2025-05-25")]
    again = first["工单号"].isin(cases["重复自"])
    unhappy = first["回访结果"] == "不满意"
    weights, ratios = [], []
    for kept in (True, False):
        part = first["承诺兑现"] == kept
        ratios.append(again[part & unhappy].mean() / again[part & ~unhappy].mean())
        weights.append((part & unhappy).sum())
    assert np.average(ratios, weights=weights) > 1.25
    assert truth.unhappy_ratio == 2.0


def test_escalations_come_after_opening_and_before_closing(some_hub):
    cases = some_hub.complaints
    up = cases[cases["越级"]]
    assert (cases["越级时间"].notna() == cases["越级"]).all()
    assert (up["越级时间"] > up["受理时间"]).all()
    assert (up["越级时间"] <= up["办结时间"].fillna(pd.Timestamp("2025-06-30"))).all()
    late = up[~up["承诺兑现"]]
    promise = late["受理时间"] + pd.to_timedelta(late["承诺小时"], unit="h")
    assert (late["越级时间"] >= promise - pd.Timedelta(seconds=4)).all()
    outside = cases["渠道层级"] == "监管媒体"
    assert ((cases["外部渠道"] != "") == outside).all()
    assert (cases.loc[outside, "外部期限"] > cases.loc[outside, "越级时间"]).all()
    assert ((cases["批准层级"] != "") == (cases["补偿金额"] > 0)).all()


def test_defects_are_found_at_the_node_or_later(some_hub):
    nodes, truth = some_hub.process_nodes, some_hub.truth.process
    assert ((nodes["发现节点"] != "") == nodes["缺陷"]).all()
    order = {name: i for i, name in enumerate(centre.field.NODES)}
    bad = nodes[nodes["缺陷"]]
    made, found = bad["节点"].map(order), bad["发现节点"].map(order)
    assert (found >= made).all()
    worst = bad["节点"] == truth.worst_node
    expected = truth.escape[order[truth.worst_node]]
    assert (found > made)[worst].mean() == pytest.approx(expected, abs=0.12)
    parts = (bad["节点"] == "备件") & (found > made)
    assert (bad.loc[parts, "发现节点"] == "上门").all()


def test_searching_costs_what_repair_calls_gained(some_hub):
    """知识卡片：按浏览量加权，报修多找的秒数 = 报修多出来的处理时长；别的队列没有变。"""
    cards, truth = some_hub.knowledge_cards, some_hub.truth
    more = cards["检索秒"] - cards["改版前检索秒"]
    repair = cards["队列"] == "报修"
    gained = np.average(more[repair], weights=cards.loc[repair, "浏览量"])
    assert gained == pytest.approx(truth.aht[1] * (truth.aht_shift - 1), abs=0.1)
    assert (more[~repair] == 0).all()


def test_months_add_up_from_days(some_hub):
    day = some_hub.agent_day
    month = day["日期"].dt.to_period("M").dt.to_timestamp().astype("datetime64[us]")
    total = day.groupby([month.rename("月份"), "工号"])["接起量"].sum()
    months = some_hub.perf_month
    months = months[months["月份"] >= "2025-01-01"].set_index(["月份", "工号"])
    assert (months["接起量"] == total.loc[months.index]).all()


def test_no_team_carries_two_troubles(some_hub):
    truth = some_hub.truth
    named = [
        *(truth.night_team, truth.uneven_team, truth.slow_team),
        *(truth.complaints.slow_team, truth.complaints.careless_team),
        *(truth.quality.uncovered_team, *truth.training.pilot_teams),
        *truth.training.control_teams,
    ]
    assert len(set(named)) == len(named) == 10


def test_nobody_works_twice_at_once(some_hub):
    """单通抽样里同一个人的两通不重叠。"""
    calls = some_hub.calls_sample
    calls = calls[calls["结果"] == "接起"]
    start = calls["时间"] + pd.to_timedelta(calls["等待秒"], unit="s")
    length = calls[["通话秒", "保持秒", "话后秒"]].sum(axis=1)
    end = start + pd.to_timedelta(length, unit="s")
    order = pd.DataFrame({"谁": calls["工号"], "起": start, "止": end}).sort_values(["谁", "起"])
    before = order.groupby("谁")["止"].shift()
    assert (before.isna() | (order["起"] >= before)).all()
