"""ccomlib.scoring：部分得分的规则；不论学员写了什么，得分都在 0 与满分之间。"""

from itertools import permutations, product

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from ccomlib.check import NotAttempted
from ccomlib.scoring import match_ladder, match_points, order_ladder, order_points, share_points

ANYTHING = st.one_of(
    st.none(), st.integers(), st.floats(), st.text(), st.lists(st.text()), st.just(...)
)


@pytest.mark.parametrize("order", ["".join(one) for one in permutations("ABCD")])
def test_order_earns_kendalls_tau_down_to_nothing(order):
    """四件事的全部 24 种排法，与 scipy 的肯德尔 τ 对照。"""
    tau = kendalltau(["ABCD".index(letter) for letter in order], range(4)).statistic
    exact = 12 * max(0.0, tau)

    assert order_points(order, "ABCD", 12) == pytest.approx(exact)


def test_ladder_is_rounded_to_halves_and_never_full_after_a_mistake():
    """4 分四件：1、2/3、1/3、0 的 4 倍是 4、2.67、1.33、0。"""
    assert order_ladder(4, 4) == [4, 2.5, 1.5, 0]
    # 1 分六件错 1 对是 0.87，四舍五入会成满分
    assert order_ladder(6, 1)[:2] == [1, 0.5]
    assert match_ladder(4, 3) == [3, 2.5, 1.5, 1, 0]


@pytest.mark.parametrize(("count", "points"), list(product(range(3, 9), [0.5, 1, 2, 3, 4, 5])))
def test_more_mistakes_never_earn_more(count, points):
    for ladder in (order_ladder(count, points), match_ladder(count, points)):
        assert ladder == sorted(ladder, reverse=True)
        assert ladder[0] == points > ladder[1] >= ladder[-1] == 0


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("abdc", 2.5),
        ("Ａ，Ｂ，Ｃ，Ｄ", 4),
        ("A B C D", 4),
        ("ABC", 0),
        ("AABCD", 0),
        ("ABCDE", 2.5),
        ("", 0),
        (["A", "B", "C", "D"], 0),
    ],
)
def test_order_reads_letters_however_they_are_written(answer, points):
    assert order_points(answer, "ABCD", 4) == points


@pytest.mark.parametrize(
    ("answer", "points"),
    [("ABCD", 4), ("abce", 3), ("AAAA", 1), ("ABCDE", 3), ("BADC", 0), ("A", 1)],
)
def test_match_earns_a_share_for_each(answer, points):
    assert match_points(answer, "ABCD", 4) == points


def test_shares_of_a_dict_a_list_and_a_series():
    right = {"甲": 1.0, "乙": 2.0, "丙": "是"}

    assert share_points({"甲": 1.004, "乙": 3, "丙": "是"}, right, 6, tol=0.01) == 4
    assert share_points({"甲": 1}, right, 6) == 2
    assert share_points(pd.Series({"甲": 1.0, "乙": 2.0}), right, 6) == 4
    assert share_points([1, 2, 4], [1, 2, 3], 3) == 2
    assert share_points([1, 2, 3], [1, 2, 3], 3) == 3
    assert share_points(5, [1, 2, 3], 3) == 0


def test_each_value_may_have_points_of_its_own():
    right = {"哪一份": "甲", "倍数": 1.1}

    assert share_points({"哪一份": "甲", "倍数": 2}, right, {"哪一份": 1, "倍数": 2}) == 1
    assert share_points({"哪一份": "乙", "倍数": 1.1}, right, {"哪一份": 1, "倍数": 2}) == 2


@given(ANYTHING)
def test_points_lie_between_nothing_and_all_whatever_is_written(answer):
    for score in (
        lambda: order_points(answer, "BADC", 3),
        lambda: match_points(answer, "BADC", 3),
        lambda: share_points(answer, {"a": 1, "b": "x"}, 3),
        lambda: share_points(answer, [1, 2], 3),
    ):
        try:
            points = score()
        except NotAttempted:
            points = 0.0
        assert type(points) is float
        assert 0 <= points <= 3


@pytest.mark.parametrize("blank", [..., None, {"a": ..., "b": ...}, [..., None]])
def test_nothing_written_is_not_attempted(blank):
    for score in (order_points, match_points):
        with pytest.raises(NotAttempted):
            score(blank, "BADC", 3)
    with pytest.raises(NotAttempted):
        share_points(blank, {"a": 1, "b": "x"}, 3)


def test_what_is_written_counts_beside_a_blank():
    assert share_points({"a": 1, "b": ...}, {"a": 1, "b": "x"}, 3) == 1.5
