"""绩效：总分按公式算得出来，2025 年与员工日报对得上；对不上战略的指标找得到。"""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ccomlib import centre

RULES = centre.score_rules()


def score(table, version):
    """按 score_rules 独立重算总分。"""
    rules = RULES[RULES["版本"] == version]
    shares = [
        row.权重 * ((table[row.指标] - row.零分值) / (row.满分值 - row.零分值)).clip(0, 1)
        for row in rules.itertuples()
    ]
    return sum(shares)


@pytest.fixture
def months(any_hub):
    return any_hub.perf_month


def test_one_row_per_agent_and_month_about_240_a_month(months):
    assert not months.duplicated(["月份", "工号"]).any()
    size = months.groupby("月份").size()
    assert len(size) == 12
    assert size.between(220, 242).all()
    assert (months["出勤天数"] >= 10).all()


def test_agents_were_employed_in_that_month(any_hub, months):
    joined = months.merge(any_hub.agents, on="工号", how="left", validate="m:1")
    start, stop = joined["月份"], joined["月份"] + pd.offsets.MonthBegin(1)
    assert (joined["班组_x"] == joined["班组_y"]).all()
    assert (joined["入职日期"] < stop).all()
    assert ((joined["离职日期"] > start) | joined["离职日期"].isna()).all()


def test_months_of_2025_are_sums_of_the_daily_report(any_hub, months):
    day = any_hub.agent_day
    day = day.assign(月份=day["日期"].dt.to_period("M").dt.to_timestamp())
    day["处理秒"] = day["通话秒"] + day["话后秒"]
    group = day.groupby(["月份", "工号"])
    total = group[["接起量", "处理秒", "遵守秒", "排班秒"]].sum()
    total["天数"], total["质检"], total["满意"] = (
        group.size(),
        group["质检分"].mean(),
        group["满意度"].mean(),
    )
    recent = months[months["月份"] >= "2025-01-01"].set_index(["月份", "工号"])
    total = total.loc[recent.index]
    assert (recent["出勤天数"] == total["天数"]).all()
    assert (recent["接起量"] == total["接起量"]).all()
    aht, kept = total["处理秒"] / total["接起量"], 100 * total["遵守秒"] / total["排班秒"]
    assert np.allclose(recent["平均处理时长"], aht, atol=0.051)
    assert np.allclose(recent["质检分"], total["质检"], atol=0.051)
    assert np.allclose(recent["满意度"], total["满意"], atol=0.00051)
    assert np.allclose(recent["遵守率"], kept, atol=0.051)


def test_2024_continues_2025_without_a_break(months):
    """按同样规律生成：半年平均相差不大。"""
    half = months.groupby(months["月份"] >= "2025-01-01").mean(numeric_only=True)
    assert abs(half["质检分"].diff().iloc[-1]) < 1
    assert abs(half["满意度"].diff().iloc[-1]) < 0.04
    assert abs(half["遵守率"].diff().iloc[-1]) < 0.6
    assert half["接起量"].iloc[0] == pytest.approx(half["接起量"].iloc[1], rel=0.2)
    assert abs(half["时长比"].diff().iloc[-1]) < 0.06


@pytest.mark.parametrize("version", ["V1", "V2"])
def test_total_follows_from_the_rules(months, version):
    table = months[months["权重版本"] == version]
    assert np.allclose(table["绩效总分"], score(table, version), atol=0.0051)
    assert table["绩效总分"].between(0, 100).all()


def test_version_changes_in_january(any_hub, months):
    changed = any_hub.truth.performance.changed_version
    assert ((months["权重版本"] == "V2") == (months["月份"] >= changed)).all()


def test_handling_ratio_is_actual_over_standard(months):
    assert np.allclose(months["时长比"], months["平均处理时长"] / months["标准时长"], atol=0.0015)


def test_team_results_are_weighted_means_of_the_agents(any_hub, months):
    weight = months["接起量"]
    cell = [months["月份"], months["班组"]]
    csat = (months["满意度"] * weight).groupby(cell).sum() / weight.groupby(cell).sum()
    first = months.groupby(["月份", "班组"])["团队满意度"].first()
    strategy = any_hub.strategy_month.set_index(["月份", "班组"])
    assert np.allclose(csat, first, atol=0.00051)
    assert strategy["团队满意度"].sort_index().tolist() == first.sort_index().tolist()
    assert len(strategy) == 144


def test_strategy_repairs_of_2025_are_those_of_the_intervals(any_hub):
    strategy, slots = any_hub.strategy_month, any_hub.calls_interval
    recent = strategy[strategy["月份"] >= "2025-01-01"].groupby("月份")["报修接起量"].sum()
    repair = slots[slots["队列"] == "报修"]
    assert recent.tolist() == repair.groupby(repair["日期"].dt.month)["接起量"].sum().tolist()


def test_misaligned_indicator_has_the_wrong_sign_and_spoils_the_formula(some_hub):
    truth, table = some_hub.truth.performance, some_hub.perf_month
    against = stats.pearsonr(table[truth.misaligned], table[truth.outcome])
    assert against.statistic < -0.3
    for name in truth.aligned:
        along = stats.pearsonr(table[name], table[truth.outcome])
        assert along.statistic > 0.05
        assert along.pvalue < 0.001
    fit = {v: g["绩效总分"].corr(g[truth.outcome]) for v, g in table.groupby("权重版本")}
    assert fit["V1"] > 0.3
    assert fit["V2"] < fit["V1"] - 0.3


def test_real_correlation_holds_between_agents_and_within_a_month(some_hub):
    table = some_hub.perf_month
    a, b = some_hub.truth.performance.real_pair
    means = table.groupby("工号")[[a, b]].mean()
    assert means[a].corr(means[b]) > 0.6
    assert table.groupby("月份")[[a, b]].apply(lambda g: g[a].corr(g[b])).min() > 0.5


def test_spurious_correlation_vanishes_within_the_month(some_hub):
    a, b = some_hub.truth.performance.spurious_pair
    table = some_hub.strategy_month
    inside = table.groupby("月份")[[a, b]].transform(lambda values: values - values.mean())
    assert table[a].corr(table[b]) > 0.7
    assert abs(inside[a].corr(inside[b])) < 0.3


def test_pay_follows_the_total_and_promotion_is_rare(months):
    assert months["奖金"].corr(months["绩效总分"]) > 0.8
    assert (months["奖金"] >= 0).all()
    assert 5 <= months["晋升"].sum() <= 80
    assert months.loc[months["晋升"], "月份"].dt.month.isin([3, 6, 9, 12]).all()
