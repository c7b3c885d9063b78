"""academy.measurement.forms：一份卷的每小题有几件事、得几分，从母本来，没有母本从细目表来。"""

import math
from pathlib import Path

import pytest

from academy.measurement.forms import form_of, planned_form, question_of
from academy.papers import read_paper

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def paper():
    return read_paper(ROOT / "text/source/wfmp-final/wfmp-final.py")


def test_form_has_the_papers_parts_points_and_options(paper):
    form = form_of(paper)

    assert [one.plan.part for one in form.parts] == [one.name for one in paper.parts]
    assert form.maxima.sum() == 100
    for one, part in zip(form.parts, paper.parts, strict=True):
        assert one.points.values.max() == part.plan.points
        if part.plan.kind in ("choice", "judge"):
            assert one.points.expected[0] == pytest.approx(part.plan.points / part.options)
        if part.plan.kind in ("order", "match"):
            assert one.points.things == len(part.stem.key)


def test_match_whose_letters_are_used_once_is_guessed_among_those_left(paper):
    from dataclasses import replace

    part = next(one for one in paper.parts if one.plan.kind == "match")

    def all_guessed(key):
        """一个也不会，平均得几分。"""
        stem = replace(part.stem, key=key)
        (one,) = form_of(replace(paper, parts=(replace(part, stem=stem),))).parts
        return one.points

    options = part.options
    once, again = all_guessed("ABCD"), all_guessed("ABCA")
    # 猜全对：不重复是排列，重复是各猜各的
    assert 1 / once.chances[0, -1] == pytest.approx(math.perm(options, 4))
    assert 1 / again.chances[0, -1] == pytest.approx(options**4)


def test_shares_of_a_data_part_make_its_things(paper):
    from dataclasses import replace

    part = next(one for one in paper.parts if one.blanks > 1 and not one.shares)
    evenly = replace(part, shares=True)
    weighed = replace(part, shares={"甲": 1.0, "乙": part.plan.points - 1})

    def things(one):
        return form_of(replace(paper, parts=(one,))).things.tolist()

    assert things(part) == [1]
    assert things(evenly) == [part.blanks]
    assert things(weighed) == [2]


def test_planned_form_needs_no_paper(paper):
    planned = planned_form("将来的卷", paper.blueprint)

    assert planned.maxima.tolist() == form_of(paper).maxima.tolist()
    assert planned.testlets == form_of(paper).testlets


def test_parts_of_one_question_are_a_testlet(form):
    made = form(names=["q1", "q3a", "q3b", "q4a"])

    assert made.testlets == ("q1", "q3", "q3", "q4")
    assert made.shared.tolist() == [False, True, True, False]
    assert question_of("q12c") == "q12"


@pytest.mark.parametrize(
    ("skill", "role", "data"), [("role", True, False), ("data", False, True), ("both", True, True)]
)
def test_skills_needed_are_those_of_the_blueprint(form, skill, role, data):
    made = form(1, skill=skill)
    assert (made.needs_role[0], made.needs_data[0]) == (role, data)
