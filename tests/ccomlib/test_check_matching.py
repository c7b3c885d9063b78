"""ccomlib.check.matching：换一种写法还是同一个答案，换一个意思就不是。"""

import numpy as np
import pandas as pd
import pytest

from ccomlib.check.matching import matches


@pytest.mark.parametrize(
    "text", ["CADB", "cadb", "C,A,D,B", "C、A、D、B", "C → A → D → B", "ＣＡＤＢ", "C-A-D-B."]
)
def test_option_letters_may_be_separated(text):
    assert matches(text, "CADB")


@pytest.mark.parametrize("text", ["CABD", "CAD", "C A D B E", "C=A", "CADB!", ["C", "A", "D", "B"]])
def test_other_letters_are_another_answer(text):
    assert not matches(text, "CADB")


def test_separators_count_in_any_other_text():
    assert matches("08:30-09:00", "08:30-09:00")
    assert not matches("08:300900", "08:30-09:00")
    assert not matches("甲、乙", "甲乙")


@pytest.mark.parametrize(
    "series",
    [
        (1, 2),
        np.array([1, 2]),
        pd.Series([1, 2], ["x", "y"]),
        pd.Index([1, 2]),
        range(1, 3),
        {"a": 1, "b": 2}.values(),
    ],
)
def test_any_ordered_series_answers_a_list(series):
    assert matches(series, [1, 2])
    assert not matches(series, [2, 1])


@pytest.mark.parametrize(
    "other", ["12", {1, 2}, {1: 0, 2: 0}, (n for n in (1, 2)), 12, pd.DataFrame({"a": [1, 2]})]
)
def test_what_has_no_order_of_its_own_is_no_list(other):
    assert not matches(other, [1, 2])


def test_text_is_no_list_of_its_letters():
    assert not matches("AB", ["A", "B"])


def test_unit_reaches_into_lists_dicts_and_leaves_text_alone():
    right = {"占比": 0.25, "名次": [0.5, 0.1], "谁": "甲"}

    assert matches({"占比": "25%", "名次": ["50%", 0.1], "谁": "甲"}, right, unit="share")
    assert not matches({"占比": "25%", "名次": ["50%", 0.1], "谁": "甲"}, right)
    assert not matches({"占比": 25, "名次": ["50%", 0.1], "谁": "甲"}, right, unit="share")
    assert not matches(0.25, "25%", unit="share")
