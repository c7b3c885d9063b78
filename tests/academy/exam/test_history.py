"""academy.exam.history：分怎样变过，谁、何时、为什么；没有记录的改动也看得出来。"""

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime

import pytest

from academy.exam.history import BY_HAND, Change, changes
from academy.exam.journal import Entry

AT = datetime(2025, 7, 18, 10, 0, tzinfo=UTC)


def _graded(number, after):
    return Entry(AT, "graded", "甲", number, "", {"after": after})


def _regraded(number, before, after, why="题改了"):
    return Entry(AT, "regraded", "乙", number, why, {"before": before, "after": after})


def test_first_grades_are_no_change():
    assert changes([_graded("S1", 40.0), _graded("S2", 0.0)], {"S1": 40.0, "S2": 0.0}) == []


def test_re_grades_are_told_with_who_when_and_why():
    log = [
        _graded("S1", 41.0),
        _regraded("S1", 41.0, 100.0),
        Entry(AT, "collected", "甲"),
        _regraded("S1", 100.0, 79.0, ""),
    ]

    found = changes(log, {"S1": 79.0})

    assert found == [
        Change("S1", AT, "乙", 41, 100, "题改了"),
        Change("S1", AT, "乙", 100, 79, ""),
    ]
    assert [str(one) for one in found] == [
        "41 → 100（乙 2025-07-18 18:00，题改了）",
        "100 → 79（乙 2025-07-18 18:00，没有写原因）",
    ]


def test_re_grade_that_changes_nothing_is_told_and_has_not_moved():
    (one,) = changes([_graded("S1", 41.0), _regraded("S1", 41.0, 41.0)], {"S1": 41.0})

    assert not one.moved


@pytest.mark.parametrize(
    ("after", "moved"),
    [(70, False), (70 + 1e-12, False), (70 - 1e-12, False), (70.01, True), (69.99, True)],
)
def test_floating_noise_is_no_change_and_a_hundredth_is(after, moved):
    assert Change("S1", AT, "甲", 70, after, "").moved is moved


def test_what_was_changed_in_the_gradebook_shows_although_nobody_wrote_it_down():
    found = changes([_graded("S1", 60.0), _graded("S2", 50.0)], {"S1": 75.0, "S2": 50.0})

    assert found == [Change("S1", None, "", 60, 75, BY_HAND)]
    assert str(found[0]) == f"60 → 75（{BY_HAND}）"


def test_change_by_hand_before_a_re_grade_shows_too():
    log = [_graded("S1", 60.0), _regraded("S1", 75.0, 80.0)]

    assert [(one.before, one.after, one.why) for one in changes(log, {"S1": 80.0})] == [
        (60, 75, BY_HAND),
        (75, 80, "题改了"),
    ]


def test_re_grade_without_a_first_grade_in_the_log_stands_alone():
    assert len(changes([_regraded("S1", 10.0, 20.0)], {"S1": 20.0})) == 1


def test_learner_who_is_not_in_the_gradebook_any_more_has_not_changed():
    assert changes([_graded("S1", 60.0)], {}) == []


def test_change_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Change("S1", AT, "甲", 1, 2, "").after = 3
