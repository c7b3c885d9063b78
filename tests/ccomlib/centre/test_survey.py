"""满意度：谁回了有偏，按回复率加权能找回真值；合起来与分开看相反。期望值来自 hub.truth。"""

import pandas as pd
import pytest

QUEUES = ["咨询", "报修", "订单", "投诉"]


@pytest.fixture
def replies(some_hub):
    table = some_hub.survey.merge(
        some_hub.calls_sample[["通话编号", "一次解决"]], on="通话编号", validate="1:1"
    )
    return table, table[table["回复"]]


def test_about_twenty_thousand_invitations_and_six_thousand_replies(any_hub):
    table = any_hub.survey
    assert len(table) == pytest.approx(20_700, rel=0.05)
    assert table["回复"].sum() == pytest.approx(6_000, rel=0.08)


def test_every_invitation_belongs_to_an_answered_call(any_hub):
    table = any_hub.survey.merge(any_hub.calls_sample, on="通话编号", validate="1:1")
    assert len(table) == len(any_hub.survey)
    assert (table["结果"] == "接起").all()
    assert (table["工号_x"] == table["工号_y"]).all()
    assert (table["客户编号_x"] == table["客户编号_y"]).all()
    assert (table["队列_x"] == table["队列_y"]).all()
    assert (table["邀请时间"] > table["时间"]).all()


def test_only_replies_have_answers(any_hub):
    table = any_hub.survey
    silent = table[~table["回复"]]
    replied = table[table["回复"]]
    assert silent[["满意度", "推荐分", "跟踪小时"]].isna().all(axis=None)
    assert (silent["文本编码"] == "").all()
    assert replied["满意度"].isin([1, 2, 3, 4, 5]).all()
    assert replied["推荐分"].between(0, 10).all()


def test_low_scores_and_only_they_are_tracked(any_hub):
    table = any_hub.survey
    low = table["满意度"] <= 2
    assert ((table["低分跟踪"] != "") == low).all()
    assert (table["跟踪小时"].notna() == table["低分跟踪"].isin(["已解决", "未解决"])).all()


def test_unhappy_customers_reply_more_often(some_hub, replies):
    table, _ = replies
    truth = some_hub.truth.survey
    rate = table.groupby(["队列", "一次解决"])["回复"].mean().unstack().loc[QUEUES]
    assert rate.to_numpy() == pytest.approx(truth.response_rates, abs=0.08)
    assert (rate[False] > 1.5 * rate[True]).all()


def test_plain_mean_of_the_replies_is_too_low_and_weighting_repairs_it(some_hub, replies):
    """按队列 × 一次解决的被邀请数加权；6,000 份的标准误约 0.012。"""
    table, replied = replies
    truth = some_hub.truth.survey
    cell = ["队列", "一次解决"]
    size, mean = table.groupby(cell).size(), replied.groupby(cell)["满意度"].mean()
    weighted = (size * mean).sum() / size.sum()
    assert replied["满意度"].mean() < truth.true_mean - 0.12
    assert weighted == pytest.approx(truth.true_mean, abs=0.05)


def test_text_messages_score_higher_in_every_queue_and_lower_overall(some_hub, replies):
    _, replied = replies
    truth = some_hub.truth.survey
    inside = replied.groupby(["队列", "邀请方式"])["满意度"].mean().unstack()
    overall = replied.groupby("邀请方式")["满意度"].mean()
    assert (inside.idxmax(axis=1) == truth.better_way).all()
    assert overall.idxmin() == truth.worse_overall == truth.better_way
    assert overall["语音"] - overall["短信"] > 0.1


def test_true_means_by_queue_make_the_true_mean(some_hub):
    truth = some_hub.truth.survey
    size = some_hub.survey["队列"].value_counts()[QUEUES].to_numpy()
    assert (truth.true_mean_by_queue * size).sum() / size.sum() == pytest.approx(truth.true_mean)
    assert -100 < truth.true_nps < 100


def test_satisfaction_is_the_same_story_as_the_daily_report(any_hub):
    """真值与员工日报的满意度平均相差不到 0.25 分。"""
    gap = any_hub.truth.survey.true_mean - any_hub.agent_day["满意度"].mean()
    assert abs(gap) < 0.25


def test_invited_codes_are_known(any_hub):
    assert set(any_hub.survey["邀请方式"]) == {"语音", "短信"}
    assert isinstance(any_hub.survey["文本编码"].dtype, pd.StringDtype)
