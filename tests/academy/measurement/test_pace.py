"""academy.measurement.pace：谁来不及；公式对着抽出来的比例。"""

import numpy as np
import pytest

from academy.measurement.pace import reached, reaching

MINUTES = np.array([3.0, 4, 2, 5, 6, 5, 4, 5, 3, 5, 6, 4, 5, 6, 5, 4, 3, 4])  # 共 79


def test_mean_time_is_as_planned():
    _, minutes = reached(MINUTES, np.zeros(100_000), np.random.default_rng(1), 0.3, 90)
    assert minutes.mean() == pytest.approx(MINUTES.sum(), rel=0.002)


@pytest.mark.parametrize("speed", [-0.3, -0.1, 0.0, 0.2])
def test_chance_of_finishing_is_that_of_simulated_learners(speed):
    many = np.full(100_000, speed)
    done, _ = reached(MINUTES, many, np.random.default_rng(2), 0.3, 90)
    chances = reaching(MINUTES, many[:1], 0.3, 90)[0]
    assert chances == pytest.approx(done.mean(axis=0), abs=0.006)


def test_the_last_parts_are_those_left():
    done, _ = reached(MINUTES, np.full(500, -0.4), np.random.default_rng(3), 0.3, 90)
    assert not done[:, -1].any()
    assert (np.diff(done.astype(int), axis=1) <= 0).all()


def test_without_spread_the_clock_alone_decides():
    # 45 + 45 正好 90 分钟：做完；慢一点点就不
    times = np.array([45.0, 45.0])
    assert reaching(times, np.array([0.0, -1e-9]), 0.0, 90).tolist() == [[1, 1], [1, 0]]
