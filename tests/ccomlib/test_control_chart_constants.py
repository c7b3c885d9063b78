"""控制图的常数：与课本的表、与 R 的 ptukey 一致。"""

import pytest

from ccomlib.control_chart import control_constants
from ccomlib.control_chart.constants import MEDIAN_RANGE

# Montgomery, Introduction to Statistical Quality Control 7e，附录 VI
TABLE = {
    2: {"A2": 1.880, "A3": 2.659, "c4": 0.7979, "B3": 0, "B4": 3.267, "d2": 1.128, "d3": 0.853,
        "D3": 0, "D4": 3.267},
    3: {"A2": 1.023, "A3": 1.954, "c4": 0.8862, "B3": 0, "B4": 2.568, "d2": 1.693, "d3": 0.888,
        "D3": 0, "D4": 2.574},
    5: {"A2": 0.577, "A3": 1.427, "c4": 0.9400, "B3": 0, "B4": 2.089, "d2": 2.326, "d3": 0.864,
        "D3": 0, "D4": 2.114},
    7: {"A2": 0.419, "A3": 1.182, "c4": 0.9594, "B3": 0.118, "B4": 1.882, "d2": 2.704,
        "d3": 0.833, "D3": 0.076, "D4": 1.924},
    10: {"A2": 0.308, "A3": 0.975, "c4": 0.9727, "B3": 0.284, "B4": 1.716, "d2": 3.078,
         "d3": 0.797, "D3": 0.223, "D4": 1.777},
    25: {"A2": 0.153, "A3": 0.606, "c4": 0.9896, "B3": 0.565, "B4": 1.435, "d2": 3.931,
         "d3": 0.708, "D3": 0.459, "D4": 1.541},
}  # fmt: skip


@pytest.mark.parametrize("n", TABLE)
def test_every_constant_agrees_with_montgomerys_table(n):
    constants = control_constants(n)

    for name, published in TABLE[n].items():
        assert getattr(constants, name) == pytest.approx(published, abs=8e-4), name


@pytest.mark.parametrize(
    ("n", "d2", "d3"),
    [
        (2, 1.128379167096, 0.852502466429),
        (5, 2.325928947304, 0.864081941115),
        (10, 3.077505460369, 0.797050673653),
        (25, 3.930629175742, 0.708440834005),
    ],
)
def test_d2_and_d3_agree_with_r(n, d2, d3):
    """R 4.2.2：对 1 − ptukey(w, n, Inf) 求积。"""
    constants = control_constants(n)

    assert constants.d2 == pytest.approx(d2, rel=1e-7)
    assert constants.d3 == pytest.approx(d3, rel=1e-6)


def test_factors_for_individuals_are_the_familiar_two():
    """单值图的 2.66 与移动极差图的 3.267。"""
    constants = control_constants(2)

    assert pytest.approx(2.66, abs=2e-3) == constants.E2
    assert pytest.approx(3.267, abs=1e-3) == constants.D4


def test_median_of_a_range_of_two_is_closed_form():
    """√2·Φ⁻¹(0.75)。"""
    from scipy.stats import norm

    assert pytest.approx(2**0.5 * norm.ppf(0.75), rel=1e-9) == MEDIAN_RANGE


@pytest.mark.parametrize("n", [1, 2.5, 0, 1001, -3])
def test_sizes_outside_the_range_are_refused(n):
    with pytest.raises(ValueError, match="应是 2 到 1000 的整数"):
        control_constants(n)


def test_result_shows_table_chart_and_sentence():
    constants = control_constants(5)

    assert constants.summary()["常数"].tolist()[:3] == ["d2", "d3", "c4"]
    assert constants.plot().get_ylabel() == "是 σ 的几倍"
    assert "d2 = 2.3259" in str(constants)
