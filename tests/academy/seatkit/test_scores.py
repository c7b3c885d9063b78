"""academy.seatkit.scores：评分的偏差、前后的提高、过程的移动都照所埋的。"""

import numpy as np
import pytest

from academy.seatkit import paired, process, ratings
from ccomlib.control_chart import special_causes


def test_bias_of_a_rater_comes_back(streams):
    for rng in streams:
        table = ratings(rng, 30, {"甲": (0, 1.5), "乙": (4, 1.5)}, mean=80)

        assert (table["乙"] - table["甲"]).mean() == pytest.approx(4, abs=0.4)
        assert table["甲"].mean() == pytest.approx(80, abs=0.4)
        assert table["录音"].is_unique
        assert table[["甲", "乙"]].max(axis=None) <= 100


def test_gain_of_pairs_comes_back(streams):
    for rng in streams:
        gain = paired(rng, 20, before=(70, 6), gain=(5, 3), decimals=6).diff(axis=1)["后"]

        assert gain.mean() == pytest.approx(5, abs=1e-5)
        assert gain.std() == pytest.approx(3, abs=1e-5)


def test_shifted_process_is_shifted_from_its_day_on(streams):
    for rng in streams:
        values = process(rng, 30, mean=0.05, spread=0.01, shift_at=20, shift=3, decimals=4)
        assert values[20:].mean() - values[:20].mean() == pytest.approx(0.03, abs=1e-4)
        assert values[:20].std(ddof=1) == pytest.approx(0.01, rel=0.02)


def test_steady_process_has_no_point_beyond_three_sigma(streams):
    for rng in streams:
        values = process(rng, 25, mean=10, spread=2)
        assert not np.any(np.abs(values - 10) > 6)


def test_planted_shift_is_found_by_the_chart(streams):
    """移动 3 个标准差、10 个点：8 点同侧的规则必然报警，报在移动以后。"""
    for rng in streams:
        z = process(rng, 30, mean=0, spread=1, shift_at=20, shift=3, decimals=6)
        signals = special_causes(z, 0, 1).signals
        assert (signals.loc[signals["规则"] == "8", "序号"] > 20).any()
