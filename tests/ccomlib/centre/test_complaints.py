"""投诉：对得上通话、员工与投诉队列；变多的那天与根源、重复与越级的原因都找得回来。"""

import numpy as np
import pandas as pd
import pytest

INTAKE = ["联系电话", "产品型号", "客户诉求", "期望时限"]
PERIOD = pd.Timedelta(days=35)
PATH = {
    "二级原因": "reason",
    "进线渠道": "channel",
    "责任节点": "node",
    "责任单位": "station",
    "责任人": "person",
}


@pytest.fixture
def cases(any_hub):
    return any_hub.complaints


def test_cases_are_numbered_in_order_of_opening(cases):
    assert len(cases) == 2_400
    assert cases["工单号"].is_unique
    assert cases["工单号"].is_monotonic_increasing
    assert cases["受理时间"].is_monotonic_increasing
    assert cases["受理时间"].min() >= pd.Timestamp("2025-01-01")
    assert cases["受理时间"].max() < pd.Timestamp("2025-06-30")


def test_phone_cases_are_the_sampled_complaint_calls(any_hub, cases):
    phone = cases[cases["进线渠道"] == "电话"]
    assert (cases["通话编号"] != "").equals(cases["进线渠道"] == "电话")
    joined = phone.merge(any_hub.calls_sample, on="通话编号", validate="1:1")
    assert len(joined) == len(phone) == 1_150
    assert (joined["队列"] == "投诉").all()
    assert (joined["客户号"] == joined["客户编号"]).all()
    assert (joined["首接工号"] == joined["工号"]).all()
    assert (joined["受理时间"] == joined["时间"]).all()
    assert (joined["二级原因"] == joined["原因小类"]).all()
    assert (joined["一级原因"] == joined["原因大类"]).all()


def test_customers_and_agents_exist_and_the_agent_worked_that_day(any_hub, cases):
    day = any_hub.agent_day[["工号", "日期", "班组"]]
    joined = cases.assign(日期=cases["受理时间"].dt.normalize(), 工号=cases["首接工号"])
    joined = joined.merge(day, on=["工号", "日期"], how="left", validate="m:1")
    assert joined["班组"].notna().all()
    skills = any_hub.agents.set_index("工号")["技能"]
    day_time = cases["受理时间"].dt.hour.between(8, 21)
    assert cases.loc[day_time, "首接工号"].map(skills).str.contains("投诉").mean() > 0.999
    assert cases["客户号"].isin(any_hub.calls_sample["客户编号"]).all()


def test_quiet_complaint_queue_means_few_complaints(any_hub):
    """首次电话投诉随投诉队列来电量走：星期的形状相近，春节最少。"""
    daily = any_hub.complaints_daily
    week = daily.groupby(daily["日期"].dt.day_of_week)[["投诉件数", "投诉队列呼入量"]].sum()
    assert week.corr().iloc[0, 1] > 0.7
    festival = daily["日期"].between("2025-01-28", "2025-02-04")
    assert daily.loc[festival, "投诉件数"].mean() < 0.8 * daily["投诉件数"].mean()


def test_daily_counts_are_those_of_the_cases_and_of_the_calls(any_hub, cases):
    daily = any_hub.complaints_daily.set_index("日期")
    counted = cases.groupby(cases["受理时间"].dt.normalize()).size()
    calls = any_hub.calls_interval.groupby(["日期", "队列"])["呼入量"].sum().unstack()
    assert daily["投诉件数"].sum() == 2_400
    assert counted.reindex(daily.index, fill_value=0).tolist() == daily["投诉件数"].tolist()
    assert calls.sum(axis=1).tolist() == daily["呼入量"].tolist()
    assert calls["投诉"].tolist() == daily["投诉队列呼入量"].tolist()
    rate = daily["投诉件数"] / daily["呼入量"] * 10_000
    assert np.allclose(daily["万通投诉"], rate, atol=0.0051)


def test_closing_response_and_promise_fit_together(cases):
    end = pd.Timestamp("2025-06-30")
    closed = cases["办结时间"].notna()
    spent = (cases["办结时间"].fillna(end) - cases["受理时间"]).dt.total_seconds() / 3600
    assert (spent[closed] > cases.loc[closed, "首次响应小时"]).all()
    waiting = cases["首次响应小时"].isna()
    assert not waiting[closed].any()
    assert (cases["首次响应小时"] < (end - cases["受理时间"]).dt.total_seconds() / 3600)[
        ~waiting
    ].all()
    assert ((spent <= cases["承诺小时"]) == cases["承诺兑现"]).all()
    assert cases.loc[closed, "办结时间"].max() < end
    assert (~closed).sum() > 0
    assert (cases.loc[~closed, "补偿金额"] == 0).all()
    assert (cases.loc[~closed, "回访结果"] == "未回访").all()


def test_escalated_means_above_the_front_line(cases):
    assert ((cases["渠道层级"] != "一线") == cases["越级"]).all()


def test_linking_by_customer_and_reason_within_30_days_finds_the_repeats(cases):
    """domain.md 2.13 的约定：同一客户、同一二级原因、前一次办结后 30 天内。"""
    before = cases.groupby(["客户号", "二级原因"])[["工单号", "办结时间"]].shift()
    gap = cases["受理时间"] - before["办结时间"]
    linked = gap.between(pd.Timedelta(0), pd.Timedelta(days=30))
    assert linked.sum() == 400
    assert before["工单号"].where(linked, "").tolist() == cases["重复自"].tolist()


def test_returning_customers_keep_their_phone_and_product(cases):
    again = cases[cases["重复自"] != ""].merge(cases, left_on="重复自", right_on="工单号")
    assert (again["客户号_x"] == again["客户号_y"]).all()
    for name in ("联系电话", "产品型号"):
        both = (again[f"{name}_x"] != "") & (again[f"{name}_y"] != "")
        assert (again.loc[both, f"{name}_x"] == again.loc[both, f"{name}_y"]).all()


def test_first_day_of_the_shift_is_found(some_hub):
    """万通投诉，逐日试分界：前后两段均值差的检验量最大的一天。"""
    daily = some_hub.complaints_daily
    root = some_hub.truth.complaints.root
    daily = daily[daily["日期"] < root.end]
    rate = daily["万通投诉"].to_numpy()
    n = len(rate)
    gain = [
        (rate[k:].mean() - rate[:k].mean()) * np.sqrt(k * (n - k) / n) for k in range(20, n - 10)
    ]
    found = daily["日期"].iloc[20 + int(np.argmax(gain))]
    assert abs((found - root.start).days) <= 3
    assert root.end - root.start == PERIOD


def test_drill_down_reaches_the_planted_person(some_hub):
    """贡献 = (后 − 前) ÷ (总后 − 总前)；每一层最大的就是根源，占大头。"""
    cases, root = some_hub.complaints, some_hub.truth.complaints.root
    at = cases["受理时间"]
    inside = cases[(at >= root.start) & (at < root.end)]
    before = cases[(at >= root.start - PERIOD) & (at < root.start)]
    for column, name in PATH.items():
        change = inside[column].value_counts().sub(before[column].value_counts(), fill_value=0)
        share = change / (len(inside) - len(before))
        assert share.idxmax() == getattr(root, name), column
        assert share.max() > 0.6
        assert share.nlargest(2).iloc[-1] < 0.3


def test_volume_comes_down_again_after_the_fix(some_hub):
    root = some_hub.truth.complaints.root
    daily = some_hub.complaints_daily.set_index("日期")["投诉件数"]
    inside = daily[(daily.index >= root.start) & (daily.index < root.end)].mean()
    assert inside > 1.5 * daily[daily.index < root.start].mean()
    assert daily[daily.index >= root.end].mean() < 0.85 * inside


def test_broken_promises_and_slow_responses_bring_repeats_and_escalations(some_hub):
    cases, truth = some_hub.complaints, some_hub.truth.complaints
    broken, slow = ~cases["承诺兑现"], cases["首次响应小时"] > truth.slow_hours
    first = cases["重复自"] == ""
    repeated = cases["工单号"].isin(cases["重复自"])
    for reason, least in ((broken, 2.2), (slow, 1.5)):
        assert repeated[first & reason].mean() > least * repeated[first & ~reason].mean()
        assert cases.loc[reason, "越级"].mean() > least * cases.loc[~reason, "越级"].mean()
    assert repeated.sum() == truth.repeats


def test_slow_team_and_careless_team_are_found(some_hub):
    cases, truth = some_hub.complaints, some_hub.truth.complaints
    team = cases["首接工号"].map(some_hub.agents.set_index("工号")["班组"])
    response = cases["首次响应小时"].groupby(team).median()
    missing = (cases[INTAKE] == "").mean(axis=1).groupby(team).mean()
    assert response.idxmax() == truth.slow_team
    assert missing.idxmax() == truth.careless_team
    assert missing.max() == pytest.approx(truth.careless_missing, abs=0.06)
    assert missing.drop(truth.careless_team).max() < 0.12
