"""A refusal names kinds that libraries have too, and no text of the learner's process."""

import pytest

from academy.grading.examiner.wording import OWN_THING, name_kind, name_place

KNOWN = ["object", "模块 sys", "类 Decimal", "层次太深的数据", "带函数的数据"]
TOLD = ["given 42", "第3个参数是7", "f\nreturn", "类 Wochentag_31_7", "object " * 40, ""]


@pytest.mark.parametrize("kind", KNOWN)
def test_kinds_of_libraries_are_named(kind):
    assert name_kind(kind) == kind


@pytest.mark.parametrize("kind", TOLD)
def test_everything_else_is_the_learners_own_thing(kind):
    assert name_kind(kind) == OWN_THING


def test_only_a_function_of_the_learners_is_named_as_the_place():
    assert name_place(("f()", "g()")) == "f()"
    assert name_place(("f()()", "callback", "%items", ".hidden", "?()")) == ""
