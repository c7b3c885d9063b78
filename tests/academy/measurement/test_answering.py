"""academy.measurement.answering：Rasch 特例对着数值积分；真分数对着许多次考试的平均。"""

import numpy as np
import pytest

from academy.measurement.answering import expected_points, expected_share, sit
from academy.measurement.assumptions import assuming
from academy.measurement.items import Items, draw_items, expected_items
from academy.measurement.learners import Learners, draw_learners
from academy.measurement.reliability import alpha

PLAIN = {"testlet__variance": 0, "values__variance": 0, "family__spread": 0, "clone__spread": 0}
RASCH = assuming(**PLAIN, slope__spread=0, slope__data=1, data__first=0, data__step=0)
FOREVER = 1e9


def _learners(count, seed=1, assumed=RASCH):
    return draw_learners(count, np.random.default_rng(seed), assumed)


def _theory(count, spread):
    """Rasch、难度都是 0、能力 N(0, spread)：一题的方差 p(1−p)，两题的协方差 Var P(θ)。"""
    grid = np.linspace(-8, 8, 20001)
    weight = np.exp(-(grid**2) / 2)
    weight /= weight.sum()
    chance = 1 / (1 + np.exp(-spread * grid))
    mean = weight @ chance
    r = (weight @ chance**2 - mean**2) / (mean * (1 - mean))
    return count * r / (1 + (count - 1) * r)  # Spearman–Brown


@pytest.mark.parametrize(("count", "spread"), [(10, 1.0), (25, 1.0), (25, 2.0)])
def test_alpha_of_equal_rasch_items_is_the_theoretical_one(form, count, spread):
    made = form(count)
    who = _learners(60_000).at(0, spread)
    found = sit(made, expected_items(made, RASCH), who, np.random.default_rng(2), RASCH, FOREVER)
    assert alpha(found.points) == pytest.approx(_theory(count, spread), abs=0.006)


def test_true_points_are_the_mean_of_many_sittings(form):
    assumed = assuming()
    made = form(names=["q1a", "q1b", "q2", "q3"], things=3, skill="both")
    (items,) = draw_items([made], 1, np.random.default_rng(3), assumed)
    one = _learners(8, 4, assumed)
    many = Learners(*(np.repeat(x, 20_000) for x in (one.data, one.role, one.speed - 1.9)))
    each = Items(*(np.repeat(x, len(many), axis=0) for x in (items.slope, items.role, items.data)))

    found = sit(made, each, many, np.random.default_rng(5), assumed)
    expected = expected_points(made, items, Learners(one.data, one.role, one.speed - 1.9), assumed)

    assert expected == pytest.approx(found.points.reshape(8, 20_000, 4).mean(axis=1), abs=0.05)
    assert 0 < (found.minutes > 90).mean() < 1  # 有人来不及，真分数里也有


def test_guessing_lifts_the_floor_to_one_in_so_many(form):
    made = form(1, options=4, kind="choice", skill="role")
    lost = Learners(*(np.full(40_000, value) for value in (0.0, -30.0, 0.0)))
    found = sit(made, expected_items(made), lost, np.random.default_rng(1), limit=FOREVER)
    assert found.points.mean() / 4 == pytest.approx(0.25, abs=0.01)


def test_no_skill_makes_up_for_the_other(form):
    made = form(1, skill="both")
    items = expected_items(made)
    calculator = Learners(np.array([30.0]), np.array([-30.0]), np.zeros(1))
    practician = Learners(np.array([-30.0]), np.array([30.0]), np.zeros(1))
    master = Learners(np.array([30.0]), np.array([30.0]), np.zeros(1))
    assert expected_points(made, items, calculator, limit=FOREVER)[0, 0] < 1e-6
    assert expected_points(made, items, practician, limit=FOREVER)[0, 0] < 1e-6
    assert expected_points(made, items, master, limit=FOREVER)[0, 0] == pytest.approx(4)


def test_only_the_skill_that_is_needed_counts(form):
    made = form(1, skill="data")
    items = expected_items(made)
    calculator = Learners(np.array([30.0]), np.array([-30.0]), np.zeros(1))
    assert expected_points(made, items, calculator, limit=FOREVER)[0, 0] == pytest.approx(4)


def test_parts_of_one_table_go_together_and_others_do_not(form):
    assumed = assuming(testlet__variance=2.0)
    made = form(names=["q1a", "q1b", "q2", "q3"])
    same = Learners(*np.zeros((3, 60_000)))  # 同样的人：只有表的共同效应使各题相关
    items = expected_items(made, assumed)
    points = sit(made, items, same, np.random.default_rng(1), assumed, FOREVER).points
    r = np.corrcoef(points, rowvar=False)
    assert r[0, 1] > 0.15
    assert abs(r[2, 3]) < 0.02


def test_values_of_one_part_go_together(form):
    apart, together = (assuming(values__variance=value) for value in (0, 4))
    same = Learners(*np.zeros((3, 40_000)))
    made = form(1, things=2)
    spreads = [
        sit(made, expected_items(made), same, np.random.default_rng(1), one, FOREVER).points.std()
        for one in (apart, together)
    ]
    assert spreads[1] > spreads[0] + 0.1


def test_expected_share_is_the_binomial_mean(form):
    made = form(1, things=3)
    # 每件会的机会 0.4：3 件均分，期望就是 0.4 × 4
    means = made.parts[0].points.expected
    chances = [0.6**3, 3 * 0.4 * 0.36, 3 * 0.16 * 0.6, 0.4**3]
    found = expected_share(made, np.array([[0.4]]))
    assert found[0, 0] == pytest.approx(np.dot(chances, means))
