"""A cell gets beyond plain data what its reference got, by the same way, and nothing else."""

import pytest

from academy.grading.examiner.permits import Permits, family


def test_the_references_run_notes_what_it_gets():
    permits = Permits(None)

    assert permits.allows("object", "f()", "g()")
    assert permits.allows("raise", "StopIteration")
    permits.note_asked("total")
    assert permits.noted == {"object f()", "object g()", "raise StopIteration", "ask .total"}


def test_others_get_that_and_note_nothing():
    permits = Permits(["object f()", "ask .total"])

    assert permits.allows("object", "h()", "f()")
    assert not permits.allows("object", "h()")
    assert not permits.allows("library", "f()")
    assert permits.allows_asking("total")
    assert not permits.allows_asking("other")
    permits.note_asked("other")
    assert permits.noted == set()


def test_an_attribute_that_the_test_names_may_be_asked_for():
    permits = Permits([], "assert a.other(1)")

    assert permits.allows_asking("other")
    assert not permits.allows_asking("othe")


@pytest.mark.parametrize("name", ["__array__", "__eq__", "__array_interface__"])
def test_what_libraries_probe_for_is_never_asked(name):
    assert not Permits([f"ask .{name}"]).allows_asking(name)
    assert not Permits(None).allows_asking(name)
    assert not Permits([], f"x.{name}").allows_asking(name)


FAMILIES = {
    "__add__": "add",
    "__radd__": "add",
    "__iadd__": "add",
    "__index__": "number",
    "__iter__": "items",
    "__len__": "items",
    "__rshift__": "rshift",
    "__rrshift__": "rshift",
    "__invert__": "invert",
    "__ixor__": "xor",
    "__ne__": "equal",
    "__call__": "call",
}


@pytest.mark.parametrize(("special", "name"), FAMILIES.items())
def test_methods_for_one_operation_are_one(special, name):
    assert family(special) == name
