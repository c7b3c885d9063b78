"""培训：讲师、课件、坏题与试点的作用都能用课上教的方法找回来。期望值来自 hub.truth。"""

import numpy as np
import pandas as pd
import pytest

from ccomlib.centre.courses import CATALOGUE
from ccomlib.centre.training import COURSEWARE, SUBJECTS, TRAINERS


def questions(table):
    return table.filter(like="题")


def main_effects(table):
    """后测对讲师、课件、课程三组哑变量的最小二乘，返回校正后的效应（各组均值为 0）。"""
    factors = {"讲师": TRAINERS, "课件": COURSEWARE, "课程": SUBJECTS}
    blocks = [
        (table[name].to_numpy()[:, None] == np.array(levels)) for name, levels in factors.items()
    ]
    x = np.hstack([np.ones((len(table), 1)), *blocks])
    beta = np.linalg.lstsq(x, table["后测"].to_numpy(dtype=float), rcond=None)[0][1:]
    trainer = pd.Series(beta[:8], TRAINERS)
    courseware = pd.Series(beta[8:14], COURSEWARE)
    return trainer - trainer.mean(), courseware - courseware.mean()


def test_fifteen_hundred_records_with_twenty_questions(any_hub):
    table, items = any_hub.training, any_hub.training_items
    assert len(table) == len(items) == 1_500
    assert questions(items).shape[1] == 20
    assert questions(items).isin([0, 1]).all(axis=None)
    assert (5 * questions(items).sum(axis=1) == table["后测"]).all()
    assert (table[["学员工号", "课程"]] == items[["学员工号", "课程"]]).all(axis=None)


def test_trainees_were_employed_and_took_each_course_once(any_hub):
    table = any_hub.training.merge(
        any_hub.agents, left_on="学员工号", right_on="工号", how="left", validate="m:1"
    )
    assert table["姓名"].notna().all()
    assert (table["开课日期"] > table["入职日期"]).all()
    thirty = table["开课日期"] + pd.Timedelta(days=30)
    assert ((thirty < table["离职日期"]) | table["离职日期"].isna()).all()
    assert not any_hub.training.duplicated(["学员工号", "课程"]).any()
    assert any_hub.training["开课日期"].is_monotonic_increasing


def test_every_trainer_used_every_courseware_but_unequally(any_hub):
    size = any_hub.training.groupby(["讲师", "课件"]).size()
    assert len(size) == 48
    assert size.min() >= 10
    assert size.max() >= 4 * size.min()


def test_subjects_are_in_the_catalogue():
    assert set(SUBJECTS) <= {name for _, name, _ in CATALOGUE}


def test_weak_trainer_and_weak_courseware_are_found_after_adjustment(some_hub):
    truth = some_hub.truth.training
    trainer, courseware = main_effects(some_hub.training)
    assert trainer.idxmin() == truth.weak_trainer
    assert courseware.idxmin() == truth.weak_courseware
    assert trainer.min() < -5
    assert courseware.min() < -5
    assert trainer.drop(truth.weak_trainer).min() > -5
    assert courseware.drop(truth.weak_courseware).min() > -5


def test_interaction_is_small(some_hub):
    """讲师 × 课件：格子均值偏离加和模型的部分，占后测总变异不到 4%（48 格、纯噪声约 2.3%）。"""
    table = some_hub.training
    trainer, courseware = main_effects(table)
    fitted = table["讲师"].map(trainer) + table["课件"].map(courseware)
    fitted = fitted + (table["后测"] - fitted).groupby(table["课程"]).transform("mean")
    rest = table["后测"] - fitted
    cell = rest.groupby([table["讲师"], table["课件"]]).transform("mean")
    share = (cell**2).sum() / ((table["后测"] - table["后测"].mean()) ** 2).sum()
    assert share < 0.04


def test_training_works_and_carries_over_to_the_job(some_hub):
    table = some_hub.training
    gain = table["后测"] - table["前测"]
    slope = np.polyfit(table["后测"], table["30天指标"] - table["训前30天指标"], 1)[0]
    assert gain.mean() > 10
    assert 10 * slope == pytest.approx(some_hub.truth.training.transfer, abs=0.2)


def test_most_liked_trainer_teaches_worst(some_hub):
    truth = some_hub.truth.training
    liking = some_hub.training.groupby("讲师")["满意度"].mean()
    assert liking.idxmax() == truth.liked_trainer == truth.weak_trainer


def test_bad_questions_are_found_by_difficulty_and_discrimination(some_hub):
    for subject, bad in some_hub.truth.training.bad_items.items():
        items = some_hub.training_items
        x = questions(items[items["课程"] == subject])
        total = x.sum(axis=1)
        rest = x.apply(lambda answers, total=total: answers.corr(total - answers))
        for item, flaw in bad.items():
            if flaw == "答案错误":
                assert rest[item] < -0.1
            elif flaw == "过于容易":
                assert x[item].mean() > 0.93
            else:
                assert abs(rest[item]) < 0.27
        assert rest.drop(list(bad)).median() > 0.25
        assert x.drop(columns=list(bad)).mean().max() < 0.95


def test_difference_in_differences_recovers_the_pilot_effect(some_hub):
    """80 人 × 8 周，标准误约 0.32。"""
    truth, table = some_hub.truth.training, some_hub.training_pilot
    mean = table.groupby(["组别", "阶段"])["抽查得分"].mean().unstack()
    change = mean["训后"] - mean["训前"]
    assert change["试点"] - change["对照"] == pytest.approx(truth.pilot_effect, abs=1.0)
    assert change["对照"] == pytest.approx(truth.pilot_trend, abs=0.8)


def test_pilot_teams_are_the_planted_ones_with_their_current_agents(any_hub):
    truth, table = any_hub.truth.training, any_hub.training_pilot
    teams = table.groupby("组别")["班组"].unique()
    assert set(teams["试点"]) == set(truth.pilot_teams)
    assert set(teams["对照"]) == set(truth.control_teams)
    roll = any_hub.agents.set_index("工号")
    assert roll.loc[table["工号"], "离职日期"].isna().all()
    assert (roll.loc[table["工号"], "班组"].to_numpy() == table["班组"]).all()
    assert len(table) == 4 * 20 * 8
