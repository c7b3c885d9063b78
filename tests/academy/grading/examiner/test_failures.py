"""Exceptions of the learner's fail a test; those that would steer it are no answer."""

import json.decoder
import unittest

import pytest

from academy.grading.examiner.failures import Failures, Steering, Unreadable, is_steering
from academy.grading.examiner.permits import Permits
from academy.grading.wire.codec import Undecodable

NONE = Permits([])


def described(*classes, arguments=("a",), **attributes):
    classes = [(module, name, number) for number, (module, name) in enumerate(classes)]
    return {"classes": classes, "arguments": arguments, "attributes": attributes, "text": "t"}


def test_a_builtin_error_is_itself():
    error = Failures().raised(described(("builtins", "ValueError"), code=7), NONE, False)

    assert type(error) is ValueError
    assert error.args == ("a",)
    assert error.code == 7


def test_an_own_class_is_made_once_on_the_base_that_is_here():
    failures = Failures()
    one = failures.make(described(("__main__", "Bad"), ("builtins", "KeyError")), NONE)
    other = failures.make(described(("__main__", "Bad"), ("builtins", "KeyError")), NONE)

    assert type(one) is type(other)
    assert type(one).__name__ == "Bad"
    assert isinstance(one, KeyError)


def test_an_error_of_a_library_that_takes_other_arguments_is_made_all_the_same():
    error = Failures().make(described(("json.decoder", "JSONDecodeError")), NONE)

    assert isinstance(error, json.decoder.JSONDecodeError)
    assert error.args == ("t",)


STEERING = [
    ("builtins", "StopIteration"),
    ("builtins", "StopAsyncIteration"),
    ("builtins", "GeneratorExit"),
    ("builtins", "KeyboardInterrupt"),
    ("builtins", "SystemExit"),
    ("builtins", "BaseException"),
    ("unittest.case", "SkipTest"),
    ("_pytest.outcomes", "Skipped"),
    ("bdb", "BdbQuit"),
]


@pytest.mark.parametrize("kind", STEERING, ids=lambda kind: kind[1])
@pytest.mark.parametrize("own", [(), (("__main__", "Own"),)], ids=["itself", "a class of it"])
def test_what_steers_a_test_is_no_answer(kind, own):
    with pytest.raises(Steering) as refusal:
        Failures().raised(described(*own, kind), NONE, False)

    assert isinstance(refusal.value, Unreadable)
    assert refusal.value.kind != "Own"


@pytest.mark.parametrize("kind", STEERING, ids=lambda kind: kind[1])
def test_it_is_one_where_the_reference_raises_it(kind):
    noting = Permits(None)
    Failures().raised(described(kind), noting, False)

    error = Failures().raised(described(kind), Permits(noting.noted), False)

    assert type(error).__name__ == kind[1]


def test_the_end_of_an_iteration_is_an_answer_of_an_iterator():
    error = Failures().raised(described(("builtins", "StopIteration")), NONE, protocol=True)

    assert type(error) is StopIteration
    with pytest.raises(Steering):
        Failures().raised(described(("builtins", "SystemExit")), NONE, protocol=True)


def test_attributes_are_data():
    error = Failures().make(
        described(("builtins", "ValueError"), equals=str, __eq__=1, code=[str]), NONE
    )

    assert not hasattr(error, "equals")
    assert error.code == [str]
    assert (
        Failures()
        .make(described(("builtins", "ValueError"), equals=str), Permits(["field equals"]))
        .equals
        is str
    )


@pytest.mark.parametrize("forged", [None, {}, {"classes": [("a", 1, "b")]}, {"classes": []}])
def test_nonsense_is_undecodable(forged):
    with pytest.raises((Undecodable, ValueError)):
        Failures().make(forged, NONE)


def test_a_class_that_is_not_here_is_an_exception_and_no_more():
    error = Failures().make(described(("academy.grading.errors", "GradingError")), NONE)

    assert type(error).__mro__[1] is Exception
    assert not is_steering(type(error))
    assert is_steering(unittest.SkipTest)
