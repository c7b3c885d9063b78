"""academy.measurement.study：两种能笔算的特例；种子；各数彼此相符。"""

import numpy as np
import pytest

from academy.measurement.assumptions import assuming
from academy.measurement.reliability import error_at
from academy.measurement.study import STAGES, study

FOREVER = 1e9
# 题都一样、彼此独立的经典情形：α 就是信度
CLASSIC = assuming(
    testlet__variance=0, values__variance=0, family__spread=0, clone__spread=0, slope__spread=0
)


def _study(forms, assumed=CLASSIC, **changes):
    usual = {"cut": 70, "limit": FOREVER, "size": 20_000, "seed": 1, "assumed": assumed}
    return study(forms, [2] * len(forms[0].parts), **(usual | changes))


@pytest.fixture(scope="module")
def classic(form):
    return _study([form(25), form(25, name="乙卷")])


def test_cohort_has_the_wanted_mean_and_spread(classic):
    assert classic.totals.mean() == pytest.approx(74, abs=0.4)
    assert classic.totals.std() == pytest.approx(19, abs=0.3)


def test_equal_independent_items_make_alpha_the_reliability(classic):
    one = classic.forms[0]
    assert one.alpha == pytest.approx(one.squared_correlation, abs=0.01)
    assert one.testlets == pytest.approx(one.alpha, abs=1e-6)
    assert classic.pairs[0].correlation == pytest.approx(one.alpha, abs=0.01)
    assert one.sem == pytest.approx((classic.totals - classic.true).std(), rel=0.03)


def test_error_at_the_mark_is_larger_than_on_average_and_as_keats_says(classic):
    one = classic.forms[0]
    # 题都一样：真分数 70 分的人，误差是二项的 √(0.7·0.3/25)·100
    assert one.sem_at_cut == pytest.approx(100 * np.sqrt(0.7 * 0.3 / 25), rel=0.04)
    assert error_at(70, classic.totals, one.alpha, 100) == pytest.approx(one.sem_at_cut, rel=0.05)
    assert one.sem_at_cut > one.sem


def test_estimates_from_one_sitting_agree_with_two_sittings(classic):
    one = classic.forms[0]
    # 25 题、4 分一题，70 分就是 18 题：有效长度也是 25，二项误差成立
    assert one.estimated.length == pytest.approx(25, abs=1)
    assert one.estimated.consistency.share == pytest.approx(one.consistency.share, abs=0.015)
    assert one.estimated.accuracy == pytest.approx(one.accuracy, abs=0.02)
    assert one.normal.share == pytest.approx(one.consistency.share, abs=0.04)


def test_clones_without_differences_are_one_form(classic):
    (pair,) = classic.pairs
    assert pair.difference == pytest.approx(0, abs=1e-9)
    assert pair.agreement.share == pytest.approx(classic.forms[0].consistency.share, abs=0.01)


def test_forms_of_unlike_clones_differ_and_agree_less(form):
    forms = [form(25), form(25, name="乙卷")]
    alike = _study(forms, size=5000)
    apart = _study(forms, assuming(**_plain(), clone__spread=1.0), size=5000)
    assert apart.pairs[0].difference > 1
    assert apart.pairs[0].agreement.share < alike.pairs[0].agreement.share


def _plain():
    return {"testlet__variance": 0, "family__spread": 0, "slope__spread": 0}


def test_shared_tables_raise_alpha_above_the_reliability(form):
    names = [f"q{n}{letter}" for n in range(1, 9) for letter in "abc"]
    made = form(names=names, points=100 / 24)
    one = _study([made], assuming(**(_plain() | {"testlet__variance": 2.0})), size=10_000).forms[0]
    assert one.alpha > one.squared_correlation + 0.01
    assert one.testlets == pytest.approx(one.squared_correlation, abs=0.02)


def test_same_seed_same_figures_and_another_seed_others(form):
    first, same, other = (_study([form(25)], size=2000, seed=seed) for seed in (3, 3, 4))
    assert np.array_equal(first.totals, same.totals)
    assert first.forms[0].alpha == same.forms[0].alpha
    assert first.forms[0].alpha != other.forms[0].alpha


def test_more_tries_let_more_below_the_mark_through(classic):
    tries = classic.tries
    assert 0 < tries.first < tries.lucky < 1
    assert tries.below == pytest.approx((classic.true < 70).mean(), abs=0.01)
    # 两次独立的机会：不合格的人两次都没过
    assert tries.undeserved < tries.lucky


def test_lopsided_candidates_get_what_their_skill_earns(form):
    found = _study([form(25, skill="both", steps=3)], size=500)
    assert found.data_only == pytest.approx(100 * 0.2)
    assert found.role_only == pytest.approx(100 * 0.6**3)


def test_shares_of_the_error_add_up(classic):
    assert classic.parts["误差占比"].sum() == pytest.approx(1)
    assert classic.parts["得分率"].mean() == pytest.approx(0.74, abs=0.01)


def test_time_that_runs_out_costs_points(form):
    made = form(25, minutes=3.5)
    assert _study([made], limit=90, size=2000).late > 0.3
    assert _study([made], limit=200, size=2000).late < 0.01


def test_progress_is_told_stage_by_stage(form):
    told = []
    _study([form(25)], size=500, progress=told.append)
    assert tuple(told) == STAGES


def test_few_learners_do_not_lower_alpha(form):
    few = np.mean([_study([form(25)], size=1000, seed=seed).forms[0].alpha for seed in range(1, 9)])
    many = _study([form(25)], size=20_000).forms[0].alpha
    assert few == pytest.approx(many, abs=0.008)


def test_wrong_decisions_add_up_and_few_are_unlucky_three_times(classic):
    one, tries = classic.forms[0], classic.tries
    passed, deserved = classic.totals >= 70, classic.true >= 70
    assert one.false_pass == (passed & ~deserved).mean()
    assert one.false_fail == (~passed & deserved).mean()
    assert one.accuracy == pytest.approx(1 - one.false_pass - one.false_fail)
    # 两次都不过的，比一次不过的少得多
    assert 0 < tries.unlucky < 0.7 * one.false_fail / deserved.mean()
