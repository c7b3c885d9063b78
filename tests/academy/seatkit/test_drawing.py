"""academy.seatkit.drawing：抽到合格为止；永远不合格时说出是哪一条。"""

import pytest

from academy.seatkit import SeatError, apart, draw


def test_first_good_draw_is_taken():
    numbers = iter([3, 8, 12, 20])

    assert (
        draw(lambda: next(numbers), lambda n: {"偶数": n % 2 == 0, "过十": n > 10}, what="数") == 12
    )
    assert next(numbers) == 20


def test_good_first_draw_is_not_drawn_again():
    numbers = iter([1, 2])

    assert draw(lambda: next(numbers), lambda n: {"总是": True}, what="数") == 1


def test_draw_that_never_succeeds_names_its_conditions_the_worst_first():
    numbers = iter(range(100))

    with pytest.raises(SeatError) as refused:
        draw(
            lambda: next(numbers),
            lambda n: {"三的倍数": n % 3 == 0, "负数": n < 0},
            what="班表",
            times=30,
        )

    assert str(refused.value).startswith(
        "座位数据「班表」抽了 30 次都不合格：不满足「负数」30 次、「三的倍数」20 次；"
    )


@pytest.mark.parametrize(
    ("right", "wrong", "tolerance", "told"),
    [
        (100, 101.6, {"tol": 0.01}, True),
        (100, 101.4, {"tol": 0.01}, False),
        (0.5, 0.5031, {"atol": 0.002}, True),
        (0.5, 0.5029, {"atol": 0.002}, False),
        ({"甲": 1, "乙": 2}, {"甲": 1, "乙": 3}, {}, True),
        ({"甲": 1, "乙": 2}, {"甲": 1, "乙": 2}, {}, False),
        ([1, 2], [2, 1], {}, True),
        ("甲", "乙", {}, True),
        ({"H1", "H2"}, ["H2", "H1"], {}, False),
    ],
)
def test_wrong_answers_are_apart_by_half_a_tolerance_more(right, wrong, tolerance, told):
    assert apart(right, wrong, **tolerance) is told


def test_one_wrong_answer_that_passes_is_enough():
    assert apart(5, 6, 7)
    assert not apart(5, 6, 5)
