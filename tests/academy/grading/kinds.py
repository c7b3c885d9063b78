"""Kinds of tests that courses have: small assignments, each with right, untouched, wrong and crashing work.

``python -m tests.academy.grading.kinds_stock`` writes what nbgrader itself gives each of them, cell by
cell, to kinds_stock.json.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import nbformat

from tests.academy.grading.small import answer, check, locked, plain

__all__ = ["KINDS", "SUBMISSIONS", "Kind"]

SUBMISSIONS = ("reference", "untouched", "wrong", "crash")


@dataclass(frozen=True)
class Kind:
    """A small assignment.

    Attributes
    ----------
    cells : of the master.
    wrong : other answers, by cell; in the crashing submission each of these cells divides by zero.
    same_room : tests that can't stand apart from the learner's process; None where that is a
        matter of how much can be carried over.
    """

    cells: list[nbformat.NotebookNode]
    wrong: dict[str, str]
    files: dict[str, bytes] = field(default_factory=dict)
    same_room: tuple[str, ...] | None = ()

    def answers(self, submission: str) -> dict[str, str] | None:
        """What the submission has in the answer cells; None for the master's own."""
        if submission == "reference":
            return None
        crash = dict.fromkeys(self.wrong, "1 / 0")
        return {"untouched": {}, "wrong": self.wrong, "crash": crash}[submission]


def _ok(name: str = "q", value: int = 7) -> list[nbformat.NotebookNode]:
    """A question beside the one that the kind is about; nothing may happen to its points."""
    return [
        answer(name, f"{name} = {value}"),
        check(f"{name}-test", f"assert {name} == {value}", 2),
    ]


CLASS = """class Account:
    def __init__(self, start=0):
        self._balance = start

    def pay_in(self, amount):
        self._balance += amount
        return self

    def __eq__(self, other):
        return isinstance(other, Account) and self._balance == other._balance"""
EMPTY_CLASS = "class Account:\n    def __init__(self, start=0):\n        self._balance = 0"
TENSOR = """class Tensor:
    def __init__(self, data):
        self.data = np.asarray(data, dtype=float)

    @property
    def shape(self):
        return self.data.shape

    def __array__(self, dtype=None, copy=None):
        return self.data

    def __add__(self, other):
        return Tensor(self.data + np.asarray(other))

    def sum(self):
        return Tensor(self.data.sum())

    def item(self):
        return float(self.data)"""

KINDS = {
    "plain function": Kind(
        [
            answer("f", "def f(n):\n    return n * n"),
            check("t", "assert f(3) == 9\nassert f(-1) == 1"),
        ],
        {"f": "def f(n):\n    return n + n"},
    ),
    "missing module": Kind(
        [
            locked("import math\nimport no_such_module_here\nlimit = 3"),
            answer("f", "def f(x):\n    return math.sqrt(x)"),
            check("t", "assert f(9) == 3"),
            answer("g", "def g(x):\n    return min(x, limit)"),
            check("u", "assert g(9) == 3"),
        ],
        {"f": "def f(x):\n    return x", "g": "def g(x):\n    return 3"},
    ),
    "missing style sheet": Kind(
        [
            locked(
                "import matplotlib.pyplot as plt\nplt.style.use('no-such-style-here')\nwidth = 2"
            ),
            answer("a", "fig, ax = plt.subplots()\nax.plot([1, 2, 3])"),
            check("t", "assert len(ax.lines) == 1"),
            answer("b", "line = width * 2"),
            check("u", "assert line == 4"),
        ],
        {"a": "fig, ax = plt.subplots()", "b": "line = 4"},
    ),
    "missing data file": Kind(
        [
            locked("import pandas as pd\ntable = pd.read_csv('nowhere.csv')"),
            answer("a", "n = len(table)"),
            check("t", "assert n == 3"),
            *_ok(),
        ],
        {"a": "n = 4", "q": "q = 0"},
    ),
    "reference fails": Kind(
        [answer("a", "x = [1, 2][5]"), check("t", "assert x == 2"), *_ok()],
        {"a": "x = 3", "q": "q = 1"},
    ),
    "reference fails and a learner does not": Kind(
        [answer("a", "x = undefined_here"), check("t", "assert x == 2"), *_ok()],
        {"a": "x = 2", "q": "q = 1"},
    ),
    "input": Kind(
        [answer("a", "name = input('名字？')"), check("t", "assert name != ''"), *_ok()],
        {"a": "name = ''", "q": "q = 1"},
    ),
    "input in a function": Kind(
        [answer("f", "def f():\n    return input('?')"), check("t", "assert f() == 'a'"), *_ok()],
        {"f": "def f():\n    return 'b'", "q": "q = 1"},
    ),
    "mocked input": Kind(
        [
            answer("f", "def ask():\n    return input('?').upper()"),
            check(
                "t",
                "from unittest.mock import patch\nwith patch('builtins.input', return_value='a'):\n    assert ask() == 'A'",
            ),
        ],
        {"f": "def ask():\n    return 'B'"},
        same_room=("t",),
    ),
    "shell lines": Kind(
        [
            locked("!echo ready\n%pip --version\nimport os\nos.system('true')\nbase = 4"),
            answer("a", "!echo mine\nx = base + 1"),
            check("t", "!echo tested\nassert x == 5"),
        ],
        {"a": "!echo mine\nx = base"},
    ),
    "set-up magics": Kind(
        [
            locked(
                "%matplotlib inline\n%load_ext autoreload\n%autoreload 2\n"
                "%config InlineBackend.figure_format = 'svg'\nimport numpy as np"
            ),
            answer("a", "a = np.arange(4)"),
            check("t", "assert a.sum() == 6"),
        ],
        {"a": "a = np.ones(4)"},
    ),
    "class with private attributes": Kind(
        [
            answer("a", CLASS),
            check("t", "a = Account(5)\na.pay_in(2).pay_in(1)\nassert a._balance == 8", 2),
            check("u", "assert Account(1) == Account(1) and isinstance(Account(), Account)"),
            check("v", "assert vars(Account(3)) == {'_balance': 3}"),
        ],
        {"a": EMPTY_CLASS},
        same_room=None,
    ),
    "subclass of a learner's class": Kind(
        [
            answer("a", "class Shape:\n    def double(self):\n        return 2 * self.area()"),
            check(
                "t",
                "class Unit(Shape):\n    def area(self):\n        return 1\nassert Unit().double() == 2",
            ),
        ],
        {"a": "class Shape:\n    def double(self):\n        return 3"},
        same_room=("t",),
    ),
    "module of one's own": Kind(
        [
            answer(
                "a",
                "with open('helper.py', 'w') as file:\n    file.write('def f(x):\\n    return x + 1\\n')\nimport helper",
            ),
            check("t", "assert helper.f(1) == 2"),
        ],
        {"a": "import math as helper"},
        same_room=("t",),
    ),
    "generator": Kind(
        [
            answer(
                "f",
                "def count(n):\n    total = 0\n    for i in range(n):\n        got = yield i\n        total += got or 0\n    return total",
            ),
            check("t", "assert list(count(3)) == [0, 1, 2]"),
            check(
                "u",
                "import types\ng = count(2)\nassert isinstance(g, types.GeneratorType)\nnext(g)\nassert g.send(5) == 1",
            ),
        ],
        {"f": "def count(n):\n    return list(range(n))"},
        same_room=None,
    ),
    "array of one's own": Kind(
        [
            locked("import numpy as np"),
            answer("a", TENSOR),
            check(
                "t",
                "a = Tensor([1, 2]) + Tensor([3, 4])\nassert a.shape == (2,)\nnp.testing.assert_allclose(a, [4, 6])",
            ),
            check("u", "assert (Tensor([1, 2]) + [1, 1]).sum().item() == 5"),
        ],
        {"a": "class Tensor:\n    def __init__(self, data):\n        self.shape = (len(data),)"},
        same_room=None,
    ),
    "source of a function": Kind(
        [
            answer("f", "def total(xs):\n    return sum(xs)"),
            check("t", "assert total([1, 2]) == 3"),
            check("u", "import inspect\nassert 'for' not in inspect.getsource(total)"),
        ],
        {"f": "def total(xs):\n    n = 0\n    for x in xs:\n        n += x\n    return n"},
        same_room=("u",),
    ),
    "history": Kind(
        [
            locked("start = 1"),
            answer("a", "x = start + 1"),
            check("t", "assert 'x = start + 1' in In[2] and x == 2"),
            check("u", "assert '+' in _ih[2]"),
        ],
        {"a": "x = 2"},
        same_room=("t", "u"),
    ),
    "name born in a test, used by an answer": Kind(
        [
            answer("a", "x = 2"),
            check("t", "def near(a, b):\n    return abs(a - b) < 1e-9\nassert near(x, 2)"),
            answer("b", "y = near(x, 2)"),
            check("u", "assert y is True"),
        ],
        {"a": "x = 3", "b": "y = None"},
    ),
    "name born in a hidden test, used by an answer": Kind(
        [
            answer("a", "x = 2"),
            check("t", "### BEGIN HIDDEN TESTS\nsecret = 5\n### END HIDDEN TESTS\nassert x == 2"),
            answer("b", "y = secret + x"),
            check("u", "assert y == 7"),
        ],
        {"a": "x = 3", "b": "y = 7"},
        same_room=("t",),
    ),
    "name born in a test, used by a test": Kind(
        [
            answer("a", "def f(x):\n    return 2 * x"),
            check("t", "cases = [1, 2]\nassert [f(c) for c in cases] == [2, 4]"),
            check("u", "assert f(cases[0]) == 2"),
        ],
        {"a": "def f(x):\n    return x"},
    ),
    "read-only cell with a learner's name": Kind(
        [
            answer("a", "def square(x):\n    return x * x"),
            locked("squares = [square(n) for n in range(4)]", "use"),
            check("t", "assert squares == [0, 1, 4, 9]"),
            *_ok(),
        ],
        {"a": "def square(x):\n    return x", "q": "q = 1"},
    ),
    "read-only subclass": Kind(
        [
            answer("a", "class Base:\n    def name(self):\n        return 'base'"),
            locked(
                "class Child(Base):\n    def loud(self):\n        return self.name().upper()", "use"
            ),
            check("t", "assert Child().loud() == 'BASE'"),
            *_ok(),
        ],
        {"a": "class Base:\n    def name(self):\n        return 'none'", "q": "q = 1"},
        same_room=("t",),
    ),
    "expected exceptions": Kind(
        [
            answer(
                "a",
                "class Empty(ValueError):\n    pass\n\ndef mean(xs):\n    if not xs:\n        raise Empty('leer')\n    return sum(xs) / len(xs)",
            ),
            check(
                "t",
                "try:\n    mean([])\nexcept Empty as error:\n    assert 'leer' in str(error)\nelse:\n    raise AssertionError",
            ),
            check(
                "u",
                "import unittest\ncase = unittest.TestCase()\nwith case.assertRaises(ValueError):\n    mean([])\ncase.assertEqual(mean([1, 3]), 2)",
            ),
        ],
        {"a": "class Empty(ValueError):\n    pass\n\ndef mean(xs):\n    return 0"},
    ),
    "frames of all types": Kind(
        [
            locked("import pandas as pd\nimport numpy as np"),
            answer(
                "a",
                "frame = pd.DataFrame({'c': pd.Categorical(['x', 'y', 'x'], ordered=True), 'n': pd.array([1, None, 3], dtype='Int64'),\n"
                "    'p': pd.period_range('2024-01', periods=3, freq='M'), 'o': [[1], 'a', None],\n"
                "    't': pd.date_range('2024-01-01', periods=3, tz='UTC'), 'f': np.float32([1, 2, 3])})",
            ),
            check(
                "t",
                "assert frame['c'].cat.ordered and list(frame['c'].cat.categories) == ['x', 'y']",
            ),
            check(
                "u",
                "assert [str(d) for d in frame.dtypes[['n', 'p', 't', 'f']]] == ['Int64', 'period[M]', 'datetime64[ns, UTC]', 'float32'] or str(frame['t'].dtype).endswith('UTC]')",
            ),
            check("v", "assert frame['o'].tolist() == [[1], 'a', None] and frame['n'].sum() == 4"),
            answer(
                "b",
                "wide = frame.assign(i=pd.IntervalIndex.from_breaks([0, 1, 2, 3])).set_index(['c', 'p'])[['n', 'i']]",
            ),
            check("w", "assert wide.index.names == ['c', 'p'] and wide['i'].iloc[0].right == 1"),
        ],
        {"a": "frame = pd.DataFrame({'c': ['x', 'y', 'x'], 'n': [1, 2, 3]})", "b": "wide = frame"},
        same_room=None,
    ),
    "random stream that tests use too": Kind(
        [
            locked("import random\nrandom.seed(3)"),
            answer("a", "x = random.random()"),
            check("t", "assert 0 <= x < 1\nassert random.random() != x"),
            answer("b", "y = random.random()"),
            check(
                "u", "random.seed(3)\nrandom.random(), random.random()\nassert y == random.random()"
            ),
        ],
        {"a": "x = 2", "b": "y = 2"},
        same_room=("t", "u"),
    ),
    "older Python": Kind(
        [
            locked("import numpy as np\nimport collections"),
            answer("a", "x = np.float(3)"),
            check("t", "assert x == 3"),
            answer("b", "ok = isinstance({}, collections.Mapping)"),
            check("u", "assert ok"),
            *_ok(),
        ],
        {"a": "x = 3.0", "b": "ok = False", "q": "q = 1"},
    ),
    "Python 2": Kind(
        [plain("print 'hello'"), answer("a", "x = 1"), check("t", "assert x == 1")], {"a": "x = 2"}
    ),
    "partial points": Kind(
        [
            answer("a", "def f(n):\n    return n % 3"),
            check("t", "points = 0\nfor n in range(4):\n    points += f(n) == n % 3\npoints", 4),
        ],
        {"a": "def f(n):\n    return 0"},
    ),
    "partial points for the reference": Kind(
        [answer("a", "x = [1, 2]"), check("t", "sum(n in x for n in (1, 2, 3)) / 2", 2)],
        {"a": "x = [1]"},
    ),
    "result that is no number": Kind(
        [
            answer("a", "x = 5"),
            check("t", "x == 5"),
            check("u", "assert x == 5\n'全部通过'", 2),
            check("v", "assert x == 5\nx;"),
        ],
        {"a": "x = 4"},
    ),
    "warning of a learner's function": Kind(
        [
            answer(
                "a",
                "import warnings\n\ndef f():\n    warnings.warn('old', FutureWarning)\n    return 1",
            ),
            check("t", "assert f() == 1"),
            *_ok(),
        ],
        {"a": "def f():\n    return 1", "q": "q = 1"},
    ),
    "stderr of a test": Kind(
        [
            answer("a", "x = 1"),
            check("t", "import sys\nprint('!', file=sys.stderr)\nassert x == 1"),
            *_ok(),
        ],
        {"a": "x = 2", "q": "q = 1"},
    ),
    "unittest suite": Kind(
        [
            answer("a", "def f(x):\n    return x + 1"),
            check(
                "t",
                "import sys, unittest\nclass T(unittest.TestCase):\n    def test_f(self):\n        self.assertEqual(f(1), 2)\n"
                "suite = unittest.defaultTestLoader.loadTestsFromTestCase(T)\n"
                "assert unittest.TextTestRunner(stream=sys.stdout).run(suite).wasSuccessful()",
            ),
        ],
        {"a": "def f(x):\n    return x"},
    ),
    "identity": Kind(
        [
            answer("a", "x = [1]\ny = x"),
            check("t", "assert x is y\nx.append(2)\nassert y == [1, 2]"),
        ],
        {"a": "x = [1]\ny = [1]"},
        same_room=("t",),
    ),
    "name space": Kind(
        [
            answer("a", "x = 1"),
            check("t", "assert 'x' in globals() and 'y' not in globals()"),
            check("u", "assert get_ipython().user_ns['x'] == 1"),
        ],
        {"a": "y = 1"},
        same_room=("t", "u"),
    ),
    "chart": Kind(
        [
            locked("import matplotlib.pyplot as plt"),
            answer("a", "fig, ax = plt.subplots()\nax.plot([1, 2], [3, 4])\nax.set_xlabel('week')"),
            check(
                "t", "assert ax.get_xlabel() == 'week' and list(ax.lines[0].get_ydata()) == [3, 4]"
            ),
            check("u", "fig.canvas.draw()\nassert fig.get_size_inches()[0] > 1"),
        ],
        {"a": "fig, ax = plt.subplots()"},
    ),
    "printed text": Kind(
        [
            answer("a", "def hello(name):\n    print('hello', name)"),
            check(
                "t",
                "import contextlib, io\nout = io.StringIO()\nwith contextlib.redirect_stdout(out):\n    hello('you')\nassert out.getvalue() == 'hello you\\n'",
            ),
            check(
                "u",
                "from IPython.utils.capture import capture_output\nwith capture_output() as seen:\n    hello('me')\nassert seen.stdout == 'hello me\\n'",
            ),
        ],
        {"a": "def hello(name):\n    return name"},
    ),
    "object that tests change": Kind(
        [
            answer("a", "stack = []"),
            check("t", "stack.append(1)\nassert stack == [1]"),
            check("u", "stack.append(2)\nassert stack == [1, 2]"),
        ],
        {"a": "stack = ()"},
        same_room=None,
    ),
    "file of an answer": Kind(
        [
            answer(
                "a",
                "import csv\nwith open('out.csv', 'w', newline='') as file:\n    csv.writer(file).writerows([['a'], [1]])",
            ),
            check("t", "assert open('out.csv').read().split() == ['a', '1']"),
        ],
        {"a": "open('out.csv', 'w').write('b')"},
    ),
    "data file": Kind(
        [
            locked("import json\nrows = json.load(open('rows.json'))"),
            answer("a", "n = sum(rows)"),
            check("t", "assert n == sum(json.load(open('rows.json')))"),
        ],
        {"a": "n = 0"},
        files={"rows.json": b"[1, 2, 3]"},
    ),
    "cached function": Kind(
        [
            answer(
                "a",
                "from functools import lru_cache\n@lru_cache(maxsize=None)\ndef fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)",
            ),
            check("t", "assert fib(20) == 6765"),
            check("u", "assert fib.cache_info().currsize == 21"),
        ],
        {"a": "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)"},
        same_room=None,
    ),
    "object of a library": Kind(
        [
            locked("import networkx as nx"),
            answer("a", "graph = nx.path_graph(4)"),
            check("t", "assert nx.is_connected(graph) and graph.number_of_edges() == 3"),
        ],
        {"a": "graph = nx.Graph([(0, 1), (2, 3)])"},
        same_room=None,
    ),
    "deleted name": Kind(
        [
            answer(
                "a",
                "def square(x):\n    return x * x\n\ndef total(xs):\n    return sum(square(x) for x in xs)",
            ),
            check(
                "t",
                "kept = square\ndel square\ntry:\n    total([1])\nexcept NameError:\n    pass\nelse:\n    raise AssertionError\nfinally:\n    square = kept",
            ),
        ],
        {
            "a": "def square(x):\n    return x * x\n\ndef total(xs):\n    return sum(x * x for x in xs)"
        },
        same_room=("t",),
    ),
    "coroutine": Kind(
        [
            answer(
                "a",
                "import asyncio\n\nasync def f(x):\n    await asyncio.sleep(0)\n    return x + 1",
            ),
            check("t", "assert await f(1) == 2"),
        ],
        {"a": "async def f(x):\n    return x"},
    ),
    "time of a test": Kind(
        [answer("a", "def f():\n    return 1"), check("t", "%%time\nassert f() == 1"), *_ok()],
        {"a": "def f():\n    return 2", "q": "q = 1"},
    ),
    "functions in a dictionary": Kind(
        [
            answer("a", "table = {'+': lambda a, b: a + b, '-': lambda a, b: a - b}"),
            check(
                "t",
                "assert table['+'](2, 1) == 3 and table['-'](2, 1) == 1 and set(table) == {'+', '-'}",
            ),
        ],
        {"a": "table = {'+': max, '-': min}"},
    ),
    "attribute of a function": Kind(
        [
            answer("a", "def f():\n    f.calls += 1\nf.calls = 0"),
            check("t", "f()\nf()\nassert f.calls == 2"),
        ],
        {"a": "def f():\n    pass\nf.calls = 0"},
        same_room=None,
    ),
    "enumeration": Kind(
        [
            answer("a", "from enum import Enum\n\nclass Level(Enum):\n    LOW = 1\n    HIGH = 2"),
            check(
                "t", "assert Level.HIGH.value == 2 and Level(1) is Level.LOW and len(Level) == 2"
            ),
        ],
        {"a": "from enum import Enum\n\nclass Level(Enum):\n    LOW = 2\n    HIGH = 1"},
        same_room=None,
    ),
    "names that hide builtins": Kind(
        [
            answer("a", "xs = [3, 1, 2]\nsum = 6"),
            check("t", "assert sum == 6 and sorted(xs) == [1, 2, 3]"),
        ],
        {"a": "xs = []\nsum = 0"},
    ),
}
