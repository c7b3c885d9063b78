"""每个测试看许多座位；unfiltered 让 draw 收下第一次抽到的，证明条件真的在筛。"""

import numpy as np
import pytest

import academy.seatkit.decisions
import academy.seatkit.service
import academy.seatkit.sizing
import academy.seatkit.staffing

SEEDS = range(60)


@pytest.fixture
def streams():
    """六十条各自独立的随机流。"""
    return [np.random.default_rng(seed) for seed in SEEDS]


@pytest.fixture
def unfiltered(monkeypatch):
    for module in (
        academy.seatkit.decisions,
        academy.seatkit.service,
        academy.seatkit.sizing,
        academy.seatkit.staffing,
    ):
        monkeypatch.setattr(module, "draw", lambda make, good, **_: make())
