"""What a learner's process may send, whatever it says of itself: data, and what the cell may get."""

import json
import types
from unittest import mock

import numpy as np
import pytest

from academy.grading.examiner.failures import Unreadable
from academy.grading.examiner.permits import Permits
from academy.grading.examiner.proxies import Proxies
from academy.grading.wire.codec import Codec, Ready, Undecodable

DESCRIPTION = {"name": "f", "doc": None, "parameters": None}
FUNCTION = Ready(("function", (7, DESCRIPTION)))
CLASS = ("class", (5, "Own", [(5, "Own", ["__eq__", "__add__", "__len__"])], "object", None))
OBJECT = (6, CLASS, ["__eq__", "__add__", "__len__"])


class Asked:
    """Proxies whose questions are written down and answered from a table."""

    def __init__(self, allowed=(), source="", **answers):
        self.questions, self.answers = [], answers
        self.proxies = Proxies(self.ask, frozenset({"dataclasses"}))
        self.proxies.permits = Permits(allowed, source)

    def ask(self, operation, *arguments):
        self.questions.append((operation, *arguments))
        return self.answers.get(operation)

    def read(self, record, *sources):
        """What the examiner makes of a record."""
        with self.proxies.reading(*(sources or ("x",))):
            return self.proxies.codec.loads(Codec(lambda _: record).dumps(object()))


REFUSED = {
    "object": ("object", OBJECT),
    "class": CLASS,
    "object of a library": ("library", ("unittest.mock", "ANY", "object", OBJECT)),
    "module": ("library", ("os", "", "", ())),
    "class of a library": ("type", ("unittest.mock:Mock",)),
    "namespace with a function": ("namespace", ({"equals": FUNCTION},)),
    "namespace with a class": ("namespace", ({"equals": Ready(("type", ("builtins:str",)))},)),
    "namespace with a polynomial": ("namespace", ({"equals": np.poly1d([1])},)),
    "namespace that numpy reads": ("namespace", ({"__array_interface__": {}},)),
    "named tuple with a function": ("namedtuple", ("P", ["equals"], [FUNCTION])),
    "hidden values": ("masked", (np.arange(2), np.array([True, False]), False)),
    "record of a library": ("fields", ("dataclasses", "Field", {})),
}


@pytest.mark.parametrize("record", REFUSED.values(), ids=REFUSED)
def test_what_the_reference_did_not_give_is_refused(record):
    with pytest.raises(Unreadable):
        Asked().read(record)


FORGED = {
    "no such record": ("reading", (1,)),
    "a method of ours": ("came", (1,)),
    "a name that is none": ("namedtuple", ("P", ["_fields"], [1])),
    "numbers that are none": ("function", ("7", DESCRIPTION)),
    "description that is none": ("function", (7, [])),
    "a function of ours": ("examiners", (-1,)),
    "a library that is none": ("library", (1, 2, "function", ())),
}


@pytest.mark.parametrize("record", FORGED.values(), ids=FORGED)
def test_forged_records_are_undecodable(record):
    with pytest.raises(Undecodable):
        Asked().read(record)


def test_a_place_is_not_another_place():
    asked = Asked(["object f()"])

    assert asked.read(("object", OBJECT), "f()") is not None
    with pytest.raises(Unreadable):
        asked.read(("object", OBJECT), "g()")


def test_a_library_is_itself_only_where_the_reference_or_the_test_has_it():
    described = ("library", ("numpy", "median", "function", (7, DESCRIPTION)))

    assert Asked(["library numpy:median"]).read(described) is np.median
    assert Asked(source="assert x in (np.mean, np.median)").read(described) is np.median
    asked = Asked(source="assert x([1]) == 1", call=3)
    assert asked.read(described)([1]) == 3
    assert asked.questions == [("call", 7, ([1],), {})]


def test_an_object_of_a_library_is_not_there_because_a_test_names_it():
    record = ("library", ("unittest.mock", "ANY", "object", OBJECT))

    with pytest.raises(Unreadable):
        Asked(source="ANY").read(record)
    assert Asked(["library unittest.mock:ANY"]).read(record) is mock.ANY


def test_own_things_are_equal_to_their_like_by_their_own_word_and_to_nothing_else():
    asked = Asked(["object x", "ask %equal"], special=True)
    one = asked.read(("object", OBJECT))
    other = asked.read(("object", (8, *OBJECT[1:])))

    assert one == other
    asked.questions.clear()
    for expected in (1, "a", [one], None, np.float64(1), object()):
        assert not any((one == expected, expected == one))
    assert asked.questions == []


def test_without_the_references_example_they_are_equal_to_themselves_alone():
    asked = Asked(["object x"], special=True)
    one, other = asked.read(("object", OBJECT)), asked.read(("object", (8, *OBJECT[1:])))

    assert one == one
    assert one != other
    assert asked.questions == []


def test_operations_that_the_reference_was_not_asked_for_are_not_there():
    thing = Asked(["object x"], special=3).read(("object", OBJECT))

    with pytest.raises(TypeError):
        thing + 1
    with pytest.raises(TypeError):
        len(thing)
    assert bool(thing)
    assert Asked(["object x", "ask %add"], special=3).read(("object", OBJECT)) + 1 == 3


def test_a_derived_value_is_its_content_or_compares_by_it():
    record = ("derived", ([1, 2], True, OBJECT))

    assert Asked().read(record) == [1, 2]
    asked = Asked(["object x"], content=[1, 2])
    thing = asked.read(record)
    assert thing == [1, 2]
    assert thing != [1]
    assert asked.questions == [("content", 6), ("content", 6)]


def test_numbers_of_one_kind_are_none_of_another():
    """An object that one place may give is no function of another place."""
    asked = Asked(["object x"])
    thing = asked.read(("object", OBJECT))

    function = asked.read(("function", (6, DESCRIPTION)), "y")

    assert type(function) is types.FunctionType
    assert function is not thing


def test_the_tests_own_things_come_back_as_functions_only():
    asked = Asked()
    asked.proxies.callbacks += [len, mock.ANY]

    assert asked.read(("examiners", (0,))) is len
    with pytest.raises(Unreadable):
        asked.read(("examiners", (1,)))


def test_functions_are_the_same_wherever_they_come_from():
    asked = Asked()

    assert asked.read(("function", (7, DESCRIPTION)), "f") is asked.read(
        ("function", (7, DESCRIPTION)), "g"
    )
    assert asked.proxies.sources("call", (7, (), {})) == ("f()", "g()")


SOURCES = [
    (("getattr", 6, "total"), (".total",)),
    (("special", 6, "__radd__", (), {}), ("%add",)),
    (("special", 6, "__call__", (), {}), ("x()",)),
    (("next", 6), ("x[]",)),
    (("await", 6), ("x!",)),
    (("call", 99, (), {}), ("?()",)),
    (("fetch", ["a", "b"]), ()),
]


@pytest.mark.parametrize(("question", "sources"), SOURCES, ids=[q[0] + str(s) for q, s in SOURCES])
def test_an_answer_comes_from_where_the_question_went(question, sources):
    asked = Asked(["object x"])
    asked.read(("object", OBJECT))

    assert asked.proxies.sources(question[0], question[1:]) == sources


def test_values_of_derived_classes_go_to_the_learner_as_their_content():
    proxies = Proxies(None)
    sent = proxies.codec.dumps([type("Own", (dict,), {})(a=1), np.median, json])

    back = Codec(adopt=lambda name, arguments: (name, arguments)).loads(sent)
    assert back == [{"a": 1}, ("import", ("numpy", "median")), ("import", ("json", ""))]
