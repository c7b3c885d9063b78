"""质检：评分算得出来、对得上通话；埋下的问题用简单统计就能找到。期望值来自 hub.truth。"""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ccomlib import centre

FORM = centre.qa_form().set_index("条目")
ITEMS = list(FORM.index)
FIVE = [name for name in ITEMS if FORM.loc[name, "满分"] == 5]
RATERS = 6


def marks(table):
    """按评分表独立重算：Σ 权重 × 条目分 ÷ 满分。"""
    return sum(table[name] * FORM.loc[name, "权重"] / FORM.loc[name, "满分"] for name in ITEMS)


def differences(calibration):
    """录音 × 质检员：得分 − 标杆分。"""
    wide = calibration.pivot(index="录音", columns="质检员", values="得分")
    return wide.sub(calibration.groupby("录音")["标杆分"].first(), axis=0)


def test_form_has_fifteen_items_and_weights_of_one_hundred():
    assert len(ITEMS) == 15
    assert FORM["权重"].sum() == 100


def test_three_thousand_evaluations_and_twenty_recordings_by_six(any_hub):
    calibration = any_hub.qa_calibration
    assert len(any_hub.qa_scores) == 3_000
    assert len(calibration) == 20 * RATERS
    assert not calibration.duplicated(["录音", "质检员"]).any()
    assert (calibration.groupby("录音")["通话编号"].nunique() == 1).all()


@pytest.mark.parametrize("name", ["qa_scores", "qa_calibration"])
def test_total_follows_from_the_items_and_is_zero_after_a_fatal_one(any_hub, name):
    table = any_hub.table(name)
    fatal = table["致命项"] != ""
    assert np.allclose(table["得分"], marks(table), atol=0.051)
    assert (table.loc[fatal, "总分"] == 0).all()
    assert (table.loc[~fatal, "总分"] == table.loc[~fatal, "得分"]).all()
    assert fatal.any()
    for item in ITEMS:
        assert table[item].between(0, FORM.loc[item, "满分"]).all()


def test_evaluated_calls_were_answered_by_that_agent_before_the_evaluation(any_hub):
    scores = any_hub.qa_scores
    joined = scores.merge(any_hub.calls_sample, on="通话编号", validate="1:1")
    lag = (joined["评分日期"] - joined["时间"].dt.normalize()).dt.days
    assert len(joined) == len(scores)
    assert (joined["工号_x"] == joined["工号_y"]).all()
    assert lag.between(1, 3).all()


def test_linked_evaluations_have_a_survey_answer(any_hub):
    replied = any_hub.survey.query("回复")["通话编号"]
    scores = any_hub.qa_scores
    assert (scores["通话编号"].isin(replied) == (scores["抽样方式"] == "回访关联")).all()


def test_scores_agree_with_the_daily_report(any_hub):
    """两张表同一条规律：员工均分的相关系数大，总平均相差不到 3 分。"""
    scores, day = any_hub.qa_scores, any_hub.agent_day
    both = pd.concat(
        [scores.groupby("工号")["得分"].mean(), day.groupby("工号")["质检分"].mean()], axis=1
    )
    assert both.corr().iloc[0, 1] > 0.4
    assert abs(scores["得分"].mean() - day["质检分"].mean()) < 3


def test_biased_rater_is_the_only_one_the_paired_test_finds_far_off(some_hub):
    truth = some_hub.truth.quality
    gap = differences(some_hub.qa_calibration)
    p = pd.Series({name: stats.ttest_1samp(gap[name], 0).pvalue for name in gap})
    assert gap.mean().idxmin() == truth.biased_rater
    assert p[truth.biased_rater] < 0.001
    assert gap.mean()[truth.biased_rater] == pytest.approx(truth.bias, abs=2.4)
    assert gap.mean().drop(truth.biased_rater).abs().max() < 2.2


def test_bias_shows_in_the_daily_evaluations_too(some_hub):
    truth = some_hub.truth.quality
    mean = some_hub.qa_scores.groupby("质检员")["得分"].mean()
    other = mean.drop(truth.biased_rater)
    assert mean.idxmin() == truth.biased_rater
    assert mean[truth.biased_rater] - other.mean() == pytest.approx(truth.bias, abs=1.6)


def test_noisy_rater_has_the_widest_differences(some_hub):
    spread = differences(some_hub.qa_calibration).std()
    assert spread.idxmax() == some_hub.truth.quality.noisy_rater


def test_absent_rater_scored_nothing_during_the_leave(some_hub):
    truth = some_hub.truth.quality
    scores = some_hub.qa_scores
    inside = scores[scores["评分日期"].between(*truth.leave)]
    seen = set(inside["质检员"])
    assert truth.absent_rater not in seen
    assert len(seen) == RATERS - 1
    assert truth.absent_rater in set(scores["质检员"])


def test_idle_item_does_not_discriminate(some_hub):
    """校正的条目与总分相关：没有用的条目约 0，其余都在 0.15 以上。"""
    scores = some_hub.qa_scores
    rest = {
        name: scores[name].corr(
            scores["得分"] - scores[name] * FORM.loc[name, "权重"] / FORM.loc[name, "满分"]
        )
        for name in ITEMS
    }
    rest = pd.Series(rest)
    assert rest.idxmin() == some_hub.truth.quality.idle_item
    assert abs(rest.min()) < 0.08
    assert rest.drop(rest.idxmin()).min() > 0.15


def test_twin_items_are_the_only_redundant_pair(some_hub):
    corr = some_hub.qa_scores[ITEMS].corr().to_numpy()
    row, column = np.nonzero(np.triu(corr > 0.8, k=1))
    assert [(ITEMS[i], ITEMS[j]) for i, j in zip(row, column, strict=True)] == [
        some_hub.truth.quality.twin_items
    ]


def test_quality_really_goes_with_satisfaction_and_the_key_item_most(some_hub):
    joined = some_hub.qa_scores.merge(some_hub.survey.query("回复"), on="通话编号")
    each = joined[ITEMS].corrwith(joined["满意度"])
    assert len(joined) == 1_500
    assert stats.pearsonr(joined["得分"], joined["满意度"]).pvalue < 1e-6
    assert each.idxmax() == some_hub.truth.quality.key_item


def test_raters_disagree_most_about_the_disputed_item(some_hub):
    spread = some_hub.qa_calibration.groupby("录音")[FIVE].std().mean()
    assert spread.idxmax() == some_hub.truth.quality.disputed_item


def test_uncovered_team_is_hardly_evaluated(some_hub):
    scores = some_hub.qa_scores.merge(some_hub.agents[["工号", "班组"]], on="工号")
    calls = some_hub.agent_day.groupby("班组")["接起量"].sum()
    coverage = scores.groupby("班组").size() / calls
    assert coverage.idxmin() == some_hub.truth.quality.uncovered_team
    assert coverage.min() < 0.3 * coverage.nsmallest(2).iloc[-1]
