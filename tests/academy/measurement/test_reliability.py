"""academy.measurement.reliability：各种信度与某一分数上的误差，对着已知的值与公式。"""

import numpy as np
import pytest

from academy.measurement.reliability import (
    alpha,
    alpha_of_testlets,
    error_at,
    standard_error,
    stratified_alpha,
)
from ccomlib.item_analysis import cronbach_alpha, kr20

RNG = np.random.default_rng(7)


def _answers(learners=400, parts=12):
    ability = RNG.normal(size=(learners, 1))
    return (ability + RNG.normal(size=(learners, parts)) > 0).astype(float)


def test_alpha_is_that_of_the_courses_own_tool():
    answers = _answers()
    assert alpha(answers) == pytest.approx(cronbach_alpha(answers).alpha)
    assert alpha(answers) == pytest.approx(kr20(answers).alpha)


def test_administrations_are_measured_one_by_one():
    first, second = _answers(), _answers()
    both = alpha(np.stack([first, second]))
    assert both == pytest.approx([alpha(first), alpha(second)])


def test_parts_that_repeat_each_other_raise_alpha_but_not_the_testlets():
    answers = _answers(parts=6)
    twice = np.repeat(answers, 2, axis=1)
    pairs = [f"q{n}" for n in range(6) for _ in range(2)]
    assert alpha(twice) > alpha(answers) + 0.05
    assert alpha_of_testlets(twice, pairs, [1] * 12) == pytest.approx(alpha(answers))


def test_testlets_of_unequal_length_are_no_less_reliable_than_their_parts():
    # 题都一样、彼此独立：怎样分组都不该变；分组的 α（不看长短）会低估
    answers = _answers(learners=20_000)
    groups = ["q1"] * 8 + ["q2"] * 2 + ["q3", "q4"]
    assert alpha_of_testlets(answers, groups, [1] * 12) == pytest.approx(alpha(answers), abs=0.01)
    sums = np.stack([answers[:, :8].sum(1), answers[:, 8:10].sum(1), *answers[:, 10:].T], axis=1)
    assert alpha(sums) < alpha(answers) - 0.1


def test_one_stratum_is_alpha_and_two_unrelated_strata_are_not_held_against_the_test():
    first, second = _answers(), _answers()
    assert stratified_alpha(first, ["甲"] * 12) == pytest.approx(alpha(first))
    both = np.hstack([first, second])
    strata = ["甲"] * 12 + ["乙"] * 12
    # 1 − Σσ²ₖ(1−αₖ)/σ²，照定义再算一遍
    variances = [part.sum(axis=1).var(ddof=1) for part in (first, second)]
    error = sum(v * (1 - alpha(one)) for v, one in zip(variances, (first, second), strict=True))
    by_hand = 1 - error / both.sum(axis=1).var(ddof=1)
    assert stratified_alpha(both, strata) == pytest.approx(by_hand)
    assert by_hand > alpha(both) + 0.02


def test_a_stratum_of_one_part_counts_as_error():
    answers = _answers(parts=3)
    split = stratified_alpha(answers, ["甲", "乙", "丙"])
    total = answers.sum(axis=1).var(ddof=1)
    assert split == pytest.approx(1 - answers.var(axis=0, ddof=1).sum() / total)


def test_error_at_a_score_is_lords_binomial_error_when_kr21_is_the_reliability():
    # Keats (1957)：x(n−x)/(n−1)·(1−r)/(1−KR21)；r 取 KR21，就是 Lord (1955) 的 √(x(n−x)/(n−1))
    totals, items = RNG.binomial(20, RNG.beta(6, 3, 5000)).astype(float), 20
    mean, variance = totals.mean(), totals.var(ddof=1)
    kr21 = items / (items - 1) * (1 - mean * (items - mean) / items / variance)
    for score in (8, 14, 19):
        lord = np.sqrt(score * (items - score) / (items - 1))
        assert error_at(score, totals, kr21, items) == pytest.approx(lord, rel=1e-3)


def test_errors_average_to_the_standard_error_and_vanish_at_the_ends():
    totals = RNG.normal(70, 12, 2000).clip(0, 100)
    squares = error_at(totals, totals, 0.8, 100) ** 2
    assert squares.mean() == pytest.approx(standard_error(totals, 0.8) ** 2)
    assert error_at(0, totals, 0.8, 100) == error_at(100, totals, 0.8, 100) == 0
