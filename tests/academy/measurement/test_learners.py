"""academy.measurement.learners：两样本领与快慢，相关与标准差照假定。"""

import numpy as np
import pytest

from academy.measurement.assumptions import assuming
from academy.measurement.learners import draw_learners


def test_skills_and_speed_are_spread_and_tied_as_assumed():
    assumed = assuming(skills__correlation=0.6, speed__correlation=0.3, speed__spread=0.2)
    who = draw_learners(200_000, np.random.default_rng(1), assumed)

    assert [who.data.std(), who.role.std(), who.speed.std()] == pytest.approx([1, 1, 0.2], rel=0.01)
    assert np.corrcoef(who.data, who.role)[0, 1] == pytest.approx(0.6, abs=0.01)
    assert np.corrcoef(who.data, who.speed)[0, 1] == pytest.approx(0.3, abs=0.01)


def test_moving_the_cohort_moves_skills_and_leaves_speed():
    who = draw_learners(50, np.random.default_rng(1))
    moved = who.at(0.9, 1.5)

    assert moved.role == pytest.approx(0.9 + 1.5 * who.role)
    assert moved.data == pytest.approx(0.9 + 1.5 * who.data)
    assert moved.speed is who.speed
    assert len(moved) == 50
