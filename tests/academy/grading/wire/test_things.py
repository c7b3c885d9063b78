"""What both sides call by name: by its module, by its fields, and without running its code."""

import dataclasses
import decimal
import functools
import math
import os
import random
import types
from collections import namedtuple

import numpy as np
import pytest
from scipy.stats import norm

from academy.grading.wire.codec import Undecodable
from academy.grading.wire.things import (
    FUNCTIONS,
    PLAIN_TYPES,
    from_fields,
    home,
    importable,
    is_function,
    plain_fields,
    resolve,
)

Point = namedtuple("Point", "x y")


@dataclasses.dataclass(frozen=True)
class Row:
    name: str
    value: float

    def __post_init__(self):
        raise AssertionError("不该运行")


def test_a_dataclass_is_built_from_its_fields_and_runs_nothing():
    row = from_fields(Row, {"name": "a", "value": 1.5})

    assert (row.name, row.value) == ("a", 1.5)


@pytest.mark.parametrize("fields", [{}, {"name": "a"}, {"name": "a", "value": 1, "x": 2}, [1]])
def test_other_fields_than_its_own_are_refused(fields):
    with pytest.raises(Undecodable):
        from_fields(Row, fields)


def test_what_is_no_dataclass_is_refused():
    with pytest.raises(Undecodable, match="no dataclass"):
        from_fields(int, {})


def test_a_named_tuple_goes_by_name_fields_and_values():
    assert plain_fields(Point(1, 2)) == ("namedtuple", ("Point", ["x", "y"], [1, 2]))
    assert plain_fields((1, 2)) is None


def test_only_what_its_module_has_under_its_name_is_importable():
    assert importable(math.sqrt)
    assert importable(types.SimpleNamespace)
    local = type("SimpleNamespace", (), {"__module__": "types"})
    assert not importable(local)


def test_a_name_leads_to_the_thing():
    assert resolve("functools", "partial") is functools.partial
    with pytest.raises(AttributeError):
        resolve("functools", "nothing")


def test_plain_types_are_builtins_but_never_type_itself():
    assert PLAIN_TYPES["builtins:dict"] is dict
    assert "builtins:type" not in PLAIN_TYPES
    assert type(len) in FUNCTIONS


HOMES = {
    "function": (np.median, ("numpy", "median")),
    "ufunc": (np.add, ("numpy", "add")),
    "builtin": (len, ("builtins", "len")),
    "method of a class of Python's": (str.upper, ("builtins", "str.upper")),
    "module": (os.path, (os.path.__name__, "")),
    "class": (decimal.Decimal, ("decimal", "Decimal")),
    "method of a library's object": (random.random, ("random", "random")),
    "object of a library": (norm, ("scipy.stats._continuous_distns", "norm")),
}


@pytest.mark.parametrize(("thing", "place"), HOMES.values(), ids=HOMES)
def test_a_thing_of_a_library_has_a_home(thing, place):
    assert home(thing) == place
    assert resolve(*place) is thing or resolve(*place) == thing


def _posing():
    def median():
        return 3

    median.__module__, median.__qualname__ = "numpy", "median"
    return median


HOMELESS = {
    "function": lambda: 1,
    "pretender": _posing(),
    "object": np.poly1d([1]),
    "bound method": "abc".upper,
    "module of one's own": types.ModuleType("math"),
}


@pytest.mark.parametrize("thing", HOMELESS.values(), ids=HOMELESS)
def test_everything_else_has_none(thing):
    assert home(thing) is None


def test_functions_of_pythons_and_numpys_kinds():
    for function in (len, str.upper, np.add, np.vectorize(len), functools.partial(len), np.median):
        assert is_function(function)
    for other in (np.poly1d([1]), int, 3, type("ufunc", (), {})()):
        assert not is_function(other)


def test_a_namespace_goes_by_its_fields():
    assert plain_fields(types.SimpleNamespace(a=1)) == ("namespace", ({"a": 1},))
