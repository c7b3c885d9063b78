"""每课合课的写法，一个岗位的课合得起来。"""

from pathlib import Path

import pytest

from academy.proof.form import course_forms, course_problems

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("form", course_forms(ROOT), ids=lambda one: one.name)
def test_lesson_has_the_form_of_a_lesson(form):
    assert form.problems == ()


def test_lessons_of_a_role_fit_together():
    assert course_problems(ROOT) == []
