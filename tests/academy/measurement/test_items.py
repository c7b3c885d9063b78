"""academy.measurement.items：难度与区分度从细目表与假定来；三份卷一半相同、一半各自。"""

import numpy as np
import pytest

from academy.measurement.assumptions import ASSUMED, assuming
from academy.measurement.items import draw_items, expected_items


def test_expected_difficulty_is_of_level_and_steps(form):
    made = form(1, level="analyse", steps=4, kind="choice", options=4)
    items = expected_items(made)

    assert items.role[0, 0] == ASSUMED["role.analyse"]
    assert items.data[0, 0] == pytest.approx(ASSUMED["data.first"] + 3 * ASSUMED["data.step"])
    assert items.slope[0, 0] == ASSUMED["slope.choice"]


def test_forms_are_clones_with_the_assumed_spreads(form):
    assumed = assuming(family__spread=0.5, clone__spread=0.3, slope__spread=0.3)
    one, other = draw_items([form(), form()], 4000, np.random.default_rng(1), assumed)

    assert one.role.std() == pytest.approx(np.hypot(0.5, 0.3), rel=0.01)
    assert (one.role - other.role).std() == pytest.approx(0.3 * np.sqrt(2), rel=0.01)
    assert np.corrcoef(one.role.ravel(), one.data.ravel())[0, 1] == pytest.approx(0, abs=0.01)
    assert np.log(one.slope).std() == pytest.approx(0.3, rel=0.01)
    assert np.array_equal(one.slope, other.slope)


def test_without_spreads_items_are_as_expected(form):
    assumed = assuming(family__spread=0, clone__spread=0, slope__spread=0)
    (drawn,) = draw_items([form()], 3, np.random.default_rng(1), assumed)
    expected = expected_items(form(), assumed)

    for name in ("slope", "role", "data"):
        assert getattr(drawn, name) == pytest.approx(np.tile(getattr(expected, name), (3, 1)))
