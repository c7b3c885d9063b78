"""Values that answer a test's own comparison, errors that steer it, things of a library: no points.

One assignment whose tests compare in the ways that were fooled; each submission cheats in one
question and is right in the others.
"""

import pytest

from tests.academy.grading.small import answer, check, hand_in, locked, write_master

SETUP = "import io, unittest\nimport numpy as np\nimport pandas as pd\nfrom collections import namedtuple"
RIGHT = {
    "frame": "x = pd.DataFrame({'a': [1, 2]})",
    "mapped": "def f(n):\n    return n * n",
    "suite": "def g(n):\n    return n + 1",
    "object": "class Acc:\n    def __init__(self):\n        self.sum = 0\n    def add(self, n):\n        self.sum += n\n"
    "    def total(self):\n        return self.sum\n    def twin(self):\n        return Acc()",
    "error": "def h(n):\n    error = ValueError('neg')\n    error.code = 7\n    raise error",
    "any-error": "def k():\n    raise ValueError('no')",
    "library": "agg = np.median",
    "class": "kind = float",
    "fields": "P = namedtuple('P', 'left right')\np = P([1], [2])",
    "hidden": "m = np.array([1, 2])",
    "end": "class Count:\n    def __init__(self, n):\n        self.n = n\n    def __iter__(self):\n        return self\n"
    "    def __next__(self):\n        if not self.n:\n            raise StopIteration\n        self.n -= 1\n        return self.n\n"
    "    def left(self):\n        return self.n",
}
TESTS = {
    "frame": "assert x.equals(pd.DataFrame({'a': [1, 2]}))",
    "mapped": "assert all(map(lambda n: f(n) == n * n, [2, 3]))",
    "suite": "class T(unittest.TestCase):\n    def test(self):\n        self.assertEqual(g(1), 2)\n"
    "ran = unittest.TextTestRunner(stream=io.StringIO()).run(unittest.defaultTestLoader.loadTestsFromTestCase(T))\n"
    "assert ran.wasSuccessful()",
    "object": "a = Acc()\na.add(3)\nassert a.total() == 3\nassert a.sum == 3\nassert isinstance(a.twin(), Acc)",
    "error": "try:\n    h(-1)\nexcept ValueError as e:\n    assert e.args == ('neg',) and e.code.__eq__(7) is True\nelse:\n    assert False",
    "any-error": "try:\n    k()\nexcept Exception:\n    pass\nelse:\n    assert False",
    "library": "assert agg([1, 2, 9]) == 2",
    "class": "assert kind is float",
    "fields": "assert p.left.__eq__([1]) is True and p.right == [2] and p == ([1], [2])",
    "hidden": "np.testing.assert_array_equal(m, [1, 2])",
    "end": "assert list(Count(2)) == [1, 0] and all(x == y for x, y in zip(Count(3), [2, 1, 0]))",
}
EQUAL = "class Equal:\n    def __getattr__(self, name): return Equal()\n    def __call__(self, *a, **k): return True\n    def __eq__(self, other): return True\n    __hash__ = None\n"
FORGE = (
    "import academy.grading.learner.handles as handles\n"
    "class Odd: pass\n"
    "old = handles.Handles._export\n"
    "def forged(self, value):\n"
    "    if type(value) is Odd:\n"
    "        return {record}\n"
    "    return old(self, value)\n"
    "handles.Handles._export = forged\n"
    "x = Odd()"
)
YES = "(self.number(lambda *a: True), dict(name='yes', doc=None, parameters=None))"
CHEATS = {
    "namespace": (
        "frame",
        "from types import SimpleNamespace\nx = SimpleNamespace(equals=lambda o: True)",
    ),
    "namespace with a class": (
        "frame",
        "from types import SimpleNamespace\nx = SimpleNamespace(equals=str)",
    ),
    "namespace in a namespace": (
        "frame",
        EQUAL + "from types import SimpleNamespace\nx = SimpleNamespace(equals=Equal())",
    ),
    "namespace with a polynomial": (
        "frame",
        "from types import SimpleNamespace\nx = SimpleNamespace(equals=np.poly1d([1]))",
    ),
    "named tuple": ("frame", "x = namedtuple('F', 'equals')(lambda o: True)"),
    "named tuple with a class": ("frame", "x = namedtuple('F', 'equals')(bool)"),
    "partial": ("frame", "import functools\nx = functools.partial(bool, 1)\nx.equals = bool"),
    "function with attributes": ("frame", "def x(): pass\nx.equals = lambda o: True"),
    "class with a method": ("frame", "class x:\n    equals = staticmethod(lambda o: True)"),
    "exception with attributes": ("frame", "x = ValueError()\nx.equals = lambda o: True"),
    "frame subclass": (
        "frame",
        "class F(pd.DataFrame):\n    def equals(self, o): return True\nx = F()",
    ),
    "module": (
        "frame",
        "import types, sys\nx = types.ModuleType('m')\nx.equals = bool\nsys.modules['m'] = x",
    ),
    "mock": ("frame", "from unittest.mock import MagicMock\nx = MagicMock()"),
    "any": ("frame", "from unittest.mock import ANY\nx = ANY"),
    "dataclass": (
        "frame",
        "from dataclasses import dataclass\n@dataclass\nclass D:\n    equals: object\nx = D(lambda o: True)",
    ),
    "equal thing": ("frame", EQUAL + "x = Equal()"),
    "forged namespace": (
        "frame",
        FORGE.format(
            record="('namespace', ({'equals': Ready(('function', " + YES + "))},))"
        ).replace("class Odd", "from academy.grading.wire.codec import Ready\nclass Odd"),
    ),
    "forged array interface": (
        "frame",
        FORGE.format(record="('namespace', ({'__array_interface__': {}, '__array__': 1},))"),
    ),
    "forged object": (
        "frame",
        FORGE.format(record="('object', (1, ('type', ('a:b',)), ['__eq__']))"),
    ),
    "forged library": (
        "frame",
        FORGE.format(record="('library', ('unittest.mock', 'ANY', '', ()))"),
    ),
    "forged import": ("frame", FORGE.format(record="('import', ('unittest.mock', 'ANY'))")),
    "forged class": ("frame", FORGE.format(record="('type', ('unittest.mock:Mock',))")),
    "forged record of a library": (
        "frame",
        FORGE.format(record="('fields', ('dataclasses', 'Field', {}))"),
    ),
    "forged function of the test's": ("frame", FORGE.format(record="('examiners', (-1,))")),
    "forged nonsense": ("frame", FORGE.format(record="('reading', (1,))")),
    "StopIteration": ("mapped", "def f(n):\n    raise StopIteration"),
    "class of StopIteration": (
        "mapped",
        "class E(StopIteration): pass\ndef f(n):\n    raise E",
    ),
    "StopAsyncIteration": ("mapped", "def f(n):\n    raise StopAsyncIteration"),
    "iterator instead": ("mapped", "def f(n):\n    return iter([])"),
    "equal results": ("mapped", EQUAL + "def f(n):\n    return Equal()"),
    "equal number": (
        "mapped",
        "class N(int):\n    def __eq__(self, o): return True\ndef f(n):\n    return N()",
    ),
    "SkipTest": ("suite", "import unittest\ndef g(n):\n    raise unittest.SkipTest"),
    "class of SkipTest": (
        "suite",
        "import unittest\nclass E(unittest.SkipTest): pass\ndef g(n):\n    raise E",
    ),
    "KeyboardInterrupt in a suite": ("suite", "def g(n):\n    raise KeyboardInterrupt"),
    "SystemExit in a suite": ("suite", "def g(n):\n    raise SystemExit(0)"),
    "equal total": (
        "object",
        EQUAL + "class Acc:\n    def add(self, n): pass\n    def total(self): return Equal()\n"
        "    sum = 3\n    def twin(self): return Acc()",
    ),
    "equal attribute": (
        "object",
        EQUAL + "class Acc:\n    def add(self, n): pass\n    def total(self): return 3\n"
        "    sum = Equal()\n    def twin(self): return Acc()",
    ),
    "itself as total": (
        "object",
        "class Acc:\n    def add(self, n): pass\n    def total(self): return self\n    sum = 3\n"
        "    def twin(self): return self\n    def __eq__(self, o): return True\n    __hash__ = None",
    ),
    "number with an equality": (
        "object",
        "class N(int):\n    def __eq__(self, o): return True\n    def real(self): return 3\nclass Acc:\n"
        "    def add(self, n): pass\n    def total(self): return N()\n    sum = 3\n    def twin(self): return Acc()",
    ),
    "attribute of an exception": (
        "error",
        EQUAL
        + "def h(n):\n    error = ValueError('neg')\n    error.code = Equal()\n    raise error",
    ),
    "namespace in an exception": (
        "error",
        "from types import SimpleNamespace\ndef h(n):\n    error = ValueError('neg')\n"
        "    error.code = SimpleNamespace(__eq__=lambda o: True)\n    raise error",
    ),
    "KeyboardInterrupt": ("any-error", "def k():\n    raise KeyboardInterrupt"),
    "SystemExit": ("any-error", "def k():\n    raise SystemExit"),
    "GeneratorExit": ("any-error", "def k():\n    raise GeneratorExit"),
    "an error below all": ("any-error", "class E(BaseException): pass\ndef k():\n    raise E"),
    "StopIteration for an error": ("any-error", "def k():\n    raise StopIteration"),
    "nothing of a library": ("library", ""),
    "another function": ("library", "agg = np.mean"),
    "anything": ("library", "from unittest.mock import ANY\nagg = ANY"),
    "a patched library": ("library", "np.median = lambda *a: 3\nagg = np.mean"),
    "a lie about the name": (
        "library",
        "def agg(v): return 3\nagg.__module__, agg.__qualname__ = 'numpy', 'median'",
    ),
    "equal function": ("library", EQUAL + "def agg(v): return Equal()"),
    "no class": ("class", ""),
    "another class": ("class", "kind = int"),
    "own class": ("class", "class kind(float): pass"),
    "function in a field": ("fields", "p = namedtuple('P', 'left right')(bool, [2])"),
    "equal field": ("fields", EQUAL + "p = namedtuple('P', 'left right')(Equal(), [2])"),
    "masked": ("hidden", "m = np.ma.masked_all(2)"),
    "the masked constant": ("hidden", "m = np.ma.masked"),
    "one masked": ("hidden", "m = np.ma.array([1, 5], mask=[False, True])"),
    "an end that never comes": ("end", "class Count(list):\n    def __init__(self, n): pass"),
}


@pytest.fixture(scope="module")
def fooled(tmp_path_factory):
    cells = [locked(SETUP)]
    for name in RIGHT:
        cells += [answer(name, RIGHT[name]), check(f"{name}-test", TESTS[name])]
    return write_master(tmp_path_factory.mktemp("source") / "fooled", cells)


@pytest.fixture(scope="module")
def judge(fooled, grader_of):
    return grader_of(fooled)


def scores(judge, fooled, folder, answers):
    record = judge.grade(hand_in(folder, fooled, RIGHT | answers))
    return {cell.grade_id.removesuffix("-test"): cell.score for cell in record.cells}


def test_right_answers_get_all(judge, fooled, tmp_path):
    assert set(scores(judge, fooled, tmp_path, {}).values()) == {1}


@pytest.mark.parametrize(("question", "source"), CHEATS.values(), ids=CHEATS)
def test_a_cheat_loses_its_question_alone(judge, fooled, tmp_path, question, source):
    found = scores(judge, fooled, tmp_path, {question: source})

    assert found.pop(question) == 0
    assert {name for name, score in found.items() if score != 1} == set()


def test_an_untouched_paper_gets_what_its_own_test_gives_away(judge, fooled, tmp_path):
    """`except Exception` takes a missing name for the error that was asked for; the plan says so."""
    record = judge.grade(hand_in(tmp_path, fooled, {}))

    assert {cell.grade_id for cell in record.cells if cell.score} == {"any-error-test"}
    cells = fooled.notebooks[0].cells
    free = [cells[place].grade_id for _, place, _ in judge.plan.untouched]
    assert free == ["any-error-test"]
