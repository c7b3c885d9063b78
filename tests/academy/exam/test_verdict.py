"""academy.exam.verdict：合格线只有一条，整 70 分合格，差一点不合格，浮点的零头不算差。"""

import itertools
import random
from dataclasses import FrozenInstanceError

import pytest

from academy.exam.verdict import FAILED, PASSED, PassMark, terms

# 每题一位小数的卷子，加起来正好 70 分；按加的次序，浮点的和会是 69.99999999999999 或 70.00000000000001
PARTS = [0.1, 0.2, 0.3, 0.7, 1.1, 2.3, 3.3, 5.6, 6.4, 8.7, 9.9, 11.2, 20.2]


@pytest.mark.parametrize(
    ("points", "passes"),
    [
        (100, True),
        (70.01, True),
        (70, True),
        (69.99999999999999, True),
        (69.999999, False),
        (69.9999, False),
        (69.99, False),
        (69, False),
        (0, False),
    ],
)
def test_exactly_the_mark_passes_and_a_hundredth_less_does_not(points, passes):
    assert PassMark().passes(points, 100) is passes
    assert PassMark().verdict(points, 100) == (PASSED if passes else FAILED)


def test_floating_sums_of_parts_that_make_seventy_pass_in_any_order():
    chance = random.Random(70)
    sums = set()
    for _ in range(500):
        parts = list(PARTS)
        chance.shuffle(parts)
        sums.add(list(itertools.accumulate(parts))[-1])

    assert min(sums) < 70 < max(sums)  # 浮点真的算得不一样
    assert all(PassMark().passes(total, 100) for total in sums)
    assert not any(PassMark().passes(total - 0.01, 100) for total in sums)


@pytest.mark.parametrize(
    ("points", "maximum", "passes"),
    [
        (35, 50, True),
        (34.99, 50, False),
        (7 * 0.1, 1, True),  # 0.7000000000000001
        (0.1 + 0.6, 1, True),  # 0.7，而 0.7 * 1 也是
        (0.69, 1, False),
        (84, 120, True),
        (83.99, 120, False),
    ],
)
def test_the_mark_is_a_share_of_what_is_to_be_had(points, maximum, passes):
    assert PassMark().passes(points, maximum) is passes


def test_paper_without_points_is_passed_by_nobody():
    assert not PassMark().passes(0, 0)


def test_mark_cannot_be_changed_by_accident():
    with pytest.raises(FrozenInstanceError):
        PassMark().pass_points = 60


def test_points_needed_follow_the_maximum():
    assert PassMark().needed(100) == 70
    assert PassMark().needed(50) == 35
    assert PassMark(60, 120).needed(100) == 50


def test_mark_is_the_syllabuss(tmp_path, built_course):
    syllabus, mark = terms(built_course)
    assert (syllabus.pass_points, syllabus.points, syllabus.resits) == (70, 100, 2)
    assert mark == PassMark(70, 100)

    path = tmp_path / "course/syllabus.yml"
    path.parent.mkdir()
    text = (built_course / "course/syllabus.yml").read_text(encoding="utf-8")
    path.write_text(text.replace("pass_points: 70", "pass_points: 80"), encoding="utf-8")

    assert terms(tmp_path)[1] == PassMark(80, 100)
    assert not terms(tmp_path)[1].passes(79.99, 100)
    assert terms(tmp_path)[1].passes(80, 100)


def test_course_without_a_syllabus_has_the_usual_terms(tmp_path):
    syllabus, mark = terms(tmp_path)

    assert mark == PassMark(70, 100)
    assert (syllabus.roles, syllabus.resits, syllabus.minutes) == ({}, 2, 90)
    assert (syllabus.pass_points, syllabus.points) == (70, 100)
