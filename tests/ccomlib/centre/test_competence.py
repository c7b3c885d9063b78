"""能力：哪样技能决定处理时长，哪几项差距最大。期望值来自 hub.truth。"""

import pandas as pd

from ccomlib.centre.competence import COMPETENCES, TESTS


def current(hub):
    roll = hub.agents
    return roll[roll["离职日期"].isna()]


def test_tests_and_matrix_cover_the_current_240_agents(any_hub):
    tests, matrix, roll = any_hub.skill_tests, any_hub.skill_matrix, current(any_hub)
    assert tests["工号"].tolist() == roll["工号"].tolist()
    assert matrix["工号"].tolist() == roll["工号"].repeat(18).tolist()
    levels = matrix.drop_duplicates("工号").set_index("工号")
    assert (levels["级别"] == roll.set_index("工号")["级别"]).all()
    assert (levels["班组"] == roll.set_index("工号")["班组"]).all()
    assert matrix["能力"].nunique() == len(COMPETENCES) == 18


def test_values_stay_in_range(any_hub):
    tests, matrix = any_hub.skill_tests, any_hub.skill_matrix
    assert tests[[*TESTS, "工作意愿"]].apply(lambda s: s.between(0, 100).all()).all()
    for name in ("要求等级", "现状等级", "关键度", "使用频率"):
        assert matrix[name].between(1, 5).all()


def test_higher_grades_need_more(any_hub):
    need = any_hub.skill_matrix.groupby("级别")["要求等级"].mean()
    assert need["初级"] < need["中级"] < need["高级"]


def test_the_planted_skill_explains_handling_time(some_hub):
    truth = some_hub.truth.competence
    months = some_hub.perf_month.query("月份 >= '2025-01-01'").groupby("工号")
    joined = some_hub.skill_tests.set_index("工号").join(months[["时长比", "质检分"]].mean())
    joined = joined.dropna()
    time = joined[list(TESTS)].corrwith(joined["时长比"])
    quality = joined[list(TESTS)].corrwith(joined["质检分"])
    assert time.idxmin() == truth.skill_for_aht
    assert time.min() < -0.5
    assert time.drop(truth.skill_for_aht).abs().max() < 0.35
    assert quality.idxmax() == truth.skill_for_quality
    assert quality.max() > 0.5


def test_widest_weighted_gaps_are_the_planted_three(some_hub):
    matrix = some_hub.skill_matrix
    gap = (matrix["要求等级"] - matrix["现状等级"]).clip(lower=0)
    weighted = (gap * matrix["关键度"] * matrix["使用频率"]).groupby(matrix["能力"]).mean()
    top = weighted.nlargest(4)
    assert set(top.index[:3]) == set(some_hub.truth.competence.widest_gaps)
    assert top.iloc[2] > 1.8 * top.iloc[3]


def test_known_groups_tell_the_planted_competences_apart(some_hub):
    """质检分前 30% 与其余的人，现状等级之差最大的五项。"""
    quality = some_hub.agent_day.groupby("工号")["质检分"].mean()
    matrix = some_hub.skill_matrix.assign(质检=lambda t: t["工号"].map(quality)).dropna()
    best = matrix["质检"] > matrix["质检"].quantile(0.7)
    mean = matrix.groupby([matrix["能力"], best])["现状等级"].mean().unstack()
    gap: pd.Series = mean[True] - mean[False]
    assert set(gap.nlargest(5).index) == set(some_hub.truth.competence.telling)
