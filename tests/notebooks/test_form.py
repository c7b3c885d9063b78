"""每课合第二版的写法；还没有改写的在一张名单上，改完名单就没有了。"""

from pathlib import Path

import pytest

from academy.masters import FIRST_EDITION, first_edition
from academy.proof.form import course_forms, course_problems

ROOT = Path(__file__).resolve().parents[2]
FORMS = course_forms(ROOT)


@pytest.mark.parametrize("form", [one for one in FORMS if one.second], ids=lambda one: one.name)
def test_lesson_has_the_second_editions_form(form):
    assert form.problems == ()


def test_lessons_of_a_role_fit_together():
    assert course_problems(ROOT) == []


def test_list_of_the_first_edition_is_gone_when_it_is_empty():
    assert not (ROOT / FIRST_EDITION).exists() or first_edition(ROOT)
    # 名单上的都真是第一版：改写过的要划掉
    assert all(one.problems for one in FORMS if not one.second)
