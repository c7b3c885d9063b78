"""academy.simulate：会的全对，不会的不是典型错答就是空白，同一个种子同一期学员。"""

import random

import pytest

from academy.simulate import answer_book, cohort, fill_in


@pytest.fixture
def master(built_course):
    return built_course / "text/source/px/px.py"


def test_full_ability_answers_everything_right(master):
    book = answer_book(master)

    assert book.attempt(1.0, random.Random(1)) == book.perfect()


def test_no_ability_gives_mistakes_and_blanks_only(master):
    book = answer_book(master)

    for seed in range(30):
        for name, answer in book.attempt(0.0, random.Random(seed)).items():
            assert answer in book.mistakes[name]


def test_choice_letters_follow_the_seat(master):
    letters = {answer_book(master, seed).reference["q1"] for seed in range(20)}

    assert len(letters) == 4


def test_blank_answers_leave_the_stub(built_course):
    paper = built_course / "release/px/px.ipynb"

    cells = {cell.id: cell.source for cell in fill_in(paper, {"q1": 'q1 = "A"'}).cells}

    assert cells["q1"] == 'q1 = "A"'
    assert cells["q2"].startswith("q2 = ...")


def test_cohort_repeats_and_abilities_lie_between_nothing_and_all():
    people = list(cohort(200, seed=3))

    assert people == list(cohort(200, seed=3))
    assert len({number for number, _, _ in people}) == 200
    assert all(0.05 <= ability <= 1 for _, _, ability in people)
