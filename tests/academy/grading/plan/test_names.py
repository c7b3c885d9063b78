"""The text of a cell says which names it makes, changes and needs."""

import pytest

from academy.grading.plan.names import closure, import_lines, look_at

BINDS = {
    "x = 1": {"x"},
    "a, (b, *c) = f()": {"a", "b", "c"},
    "def f(y):\n    z = y": {"f"},
    "import numpy as np, os.path": {"np", "os"},
    "for i in xs:\n    j = i": {"i", "j"},
    "with open(p) as file:\n    pass": {"file"},
    "if a:\n    x = 1\nelse:\n    y = 2": {"x", "y"},
    "def f():\n    global g\n    g = 1": {"f", "g"},
    "[k for k in xs]": set(),
    "x: int = 1": {"x"},
    "(n := 3)": {"n"},
    "%matplotlib inline\nx = 1": {"x"},
    "this is no python": set(),
}


@pytest.mark.parametrize(("source", "names"), BINDS.items())
def test_names_that_a_cell_makes(source, names):
    assert look_at(source).binds == names


CHANGES = {
    "d['k'] = 1": {"d"},
    "o.a.b = 1": {"o"},
    "xs.append(1)": {"xs"},
    "df.drop(columns='a', inplace=True)": {"df"},
    "df['a'].fillna(0, inplace=True)": {"df"},
    "random.shuffle(xs)": {"xs"},
    "del d['k']": {"d"},
    "df.sort_values('a')": set(),
}


@pytest.mark.parametrize(("source", "names"), CHANGES.items())
def test_names_that_a_cell_changes(source, names):
    assert look_at(source).changes == names


NEEDS = {
    "assert x == y": {"x", "y"},
    "y = 1\nassert x == y": {"x"},
    "x += 1": {"x"},
    "def f():\n    return k\nf()": {"k"},
    "[f(i) for i in xs]": {"f", "xs"},
    "lambda a: a + b": {"b"},
    "class A(B):\n    c = d": {"B", "d"},
    "df = df.dropna()": {"df"},
}


@pytest.mark.parametrize(("source", "names"), NEEDS.items())
def test_names_that_a_cell_needs(source, names):
    assert look_at(source).needs == names


def test_closure_looks_through_helpers():
    inside = {"helper": frozenset({"inner", "k"}), "inner": frozenset({"helper", "z"})}

    assert closure(frozenset({"helper"}), inside) == {"helper", "inner", "k", "z"}


def test_import_lines_leave_the_rest():
    source = "import numpy as np\nx = 1\nfrom math import pi\nassert x"

    assert import_lines(source) == "import numpy as np\nfrom math import pi"


def test_seeds_and_files_are_noticed():
    assert look_at("np.random.seed(1)").seeds
    assert look_at("pd.read_csv('a.csv')").touches_files
    assert not look_at("assert f(1) == 2").touches_files
