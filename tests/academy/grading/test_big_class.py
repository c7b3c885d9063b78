"""One class of many kinds: all cells right, nothing changed outside our own folders; a small one of each.

``python benchmarks/class_of_kinds.py`` grades the whole class, with `ccom grade` in a process of its own.
"""

from dataclasses import replace

import pytest

from academy.grading.desk.batch import grade_course
from tests.academy.grading.big_class import NAME, BigClass, changed_files
from tests.academy.grading.own_course import snapshot

FEW = ("plain function", "history", "stderr of a test")
OURS = ("autograded", "gradebook.db", ".referee")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The class, handed in."""
    return BigClass(tmp_path_factory.mktemp("class"), FEW, every=12)


@pytest.mark.usefixtures("warmed")
def test_the_class_gets_all_its_points_and_nothing_else_changes(made):
    inside = [place for place in made.root.iterdir() if place.name not in OURS]
    before = snapshot(made.outside, *inside)

    found = {one.student: one.status for one in grade_course(made.course.api, NAME, workers=1)}

    assert made.mistakes(found) == []
    assert made.cells() > 4 * len(made.cases)
    assert changed_files(before, snapshot(made.outside, *inside)) == []
    # a point that is missing, and one too many, would have been seen
    case = made.cases[0]
    place = next(iter(case.expected))
    made.cases[0] = replace(case, expected={**case.expected, place: case.expected[place] + 1})
    assert len(made.mistakes(found)) == 1
