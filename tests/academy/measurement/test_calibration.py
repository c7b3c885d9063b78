"""academy.measurement.calibration：只移动水平，平均与标准差就到了要的；到不了就说。"""

import numpy as np
import pytest

from academy.measurement.calibration import UnreachableError, calibrated

NORMAL = np.random.default_rng(1).normal(size=50_000)
LUCK = np.random.default_rng(2).normal(size=50_000)


def test_ability_that_gives_the_wanted_mean_and_spread_is_found():
    def totals(mean, spread):
        return 40 + 20 * (mean + spread * NORMAL) + 5 * LUCK

    mean, spread = calibrated(totals, 74, 19, 100)

    # 解析解：40 + 20·m = 74；(20·s)² + 5² = 19²
    assert mean == pytest.approx(1.7, abs=0.02)
    assert spread == pytest.approx(np.sqrt(19**2 - 25) / 20, abs=0.02)


def test_luck_that_spreads_wider_than_wanted_is_said():
    def totals(mean, spread):
        return 40 + 20 * (mean + spread * NORMAL) + 25 * LUCK

    with pytest.raises(UnreachableError, match=r"平均 74、标准差 19.*请拆细"):
        calibrated(totals, 74, 19, 100)
