"""academy.seatkit.streams：同座位同名字同一列数，换了哪样都互不相干。"""

import numpy as np
import pytest

from academy.seatkit import Seat


def test_same_name_gives_the_same_numbers_from_the_beginning():
    seat = Seat("p", 5)

    assert seat("a").integers(10**9, size=5).tolist() == seat("a").integers(10**9, size=5).tolist()


@pytest.mark.parametrize("other", [Seat("p", 6)("a"), Seat("q", 5)("a"), Seat("p", 5)("b")])
def test_another_seat_paper_or_name_gives_other_numbers(other):
    one = Seat("p", 5)("a").normal(size=2000)

    assert abs(np.corrcoef(one, other.normal(size=2000))[0, 1]) < 0.08


def test_largest_seed_is_a_seat():
    assert Seat("p", 2**64 - 1)("a").random() != Seat("p", 2**64 - 2)("a").random()
