"""ccomlib.check.blank：没有填的 ____ 怎么算都还是没有填；要它给出值，就说还没有作答。"""

import numpy as np
import pandas as pd
import pytest

import ccomlib.check
from ccomlib.check import BLANK, Incorrect, NotAttempted, expect


def test_every_cell_knows_the_blank():
    assert eval(ccomlib.notebook.BLANK_NAME) is BLANK
    assert repr(BLANK) == "____"


@pytest.mark.parametrize(
    "value",
    [
        lambda: BLANK,
        lambda: 48 * BLANK / 1800,
        lambda: -BLANK + 1,
        lambda: np.float64(3) * BLANK,
        lambda: np.arange(3) - BLANK,
        lambda: BLANK.agents.sum() / 2,
        lambda: BLANK["呼入量"],
        lambda: BLANK(3) == 3,
    ],
)
def test_sum_with_a_blank_in_it_is_not_attempted(value):
    with pytest.raises(NotAttempted, match="把上一格的 ____ 换成你的答案"):
        expect(value(), 12, what="话务量")


@pytest.mark.parametrize(
    "use",
    [
        float,
        int,
        bool,
        len,
        list,
        lambda blank: pd.Series([1, 2]) * blank,
        lambda blank: {}[blank],
        lambda blank: 3 if blank > 2 else 4,
    ],
)
def test_blank_that_must_give_a_value_says_it_is_not_filled(use):
    with pytest.raises(NotAttempted, match="还有 ____ 没有填"):
        use(BLANK)


def test_blanks_of_a_dictionary_are_named():
    with pytest.raises(NotAttempted, match="还有 甲、丙 没有填"):
        expect(
            {"甲": BLANK, "乙": "B", "丙": BLANK}, {"甲": "A", "乙": "B", "丙": "C"}, what="四句"
        )


def test_filled_answer_is_judged():
    with pytest.raises(Incorrect):
        expect(11, 12, what="话务量")
