"""Values of unusual classes: what plain Python takes for right gets its points, the rest does not.

The oracle is Python itself: the same lines, one after the other in one namespace.
"""

import contextlib
import io

import pytest

from tests.academy.grading.small import answer, check, hand_in, locked, write_master

SETUP = """import array, collections, datetime as dt, enum, functools, math, operator, pathlib, types
import numpy as np
import pandas as pd
from dateutil import tz"""
QUESTIONS = {
    "counts": (
        "counts = {'a': 2, 'b': 1}",
        "assert counts == {'a': 2, 'b': 1} and counts['a'] == 2 and sorted(counts) == ['a', 'b']",
    ),
    "items": (
        "items = [1, 2, 3]",
        "assert list(items) == [1, 2, 3] and sum(items) == 6 and items[0] == 1",
    ),
    "number": ("number = 2", "assert number == 2 and number + 1 == 3 and number < 3"),
    "word": ("word = 'b'", "assert word == 'b' and len(word) == 1 and word.upper() == 'B'"),
    "table": (
        "table = pd.DataFrame({'n': [1, 0]})",
        "assert table.shape == (2, 1) and (table['n'] == [1, 0]).all() and table['n'].sum() == 1",
    ),
    "column": (
        "column = pd.Series([1.0, 2.0])",
        "assert column.mean() == 1.5 and np.allclose(column, [1, 2])",
    ),
    "matrix": (
        "matrix = np.array([[1, 2], [3, 4]])",
        "assert matrix.shape == (2, 2) and (matrix == [[1, 2], [3, 4]]).all() and matrix.sum() == 10",
    ),
    "moment": (
        "moment = dt.datetime(2025, 1, 1, 8, tzinfo=dt.timezone(dt.timedelta(hours=8)))",
        "assert moment == dt.datetime(2025, 1, 1, tzinfo=dt.UTC) and moment.year == 2025",
    ),
    "place": (
        "place = 'data/a.csv'",
        "assert pathlib.Path(place) == pathlib.Path('data/a.csv') and str(place).endswith('.csv')",
    ),
    "rule": (
        "def rule(x):\n    return x ** 2 + 1",
        "assert rule(2) == 5 and all(map(lambda v: rule(v) > 0, [1, 2]))",
    ),
    "tree": (
        "tree = [[[[1]]]]",
        "inner = tree\nwhile isinstance(inner, list):\n    inner = inner[0]\nassert inner == 1",
    ),
    "point": (
        "point = (1, 2)",
        "assert tuple(point) == (1, 2) and point[1] == 2",
    ),
}
VALUES = {
    "counts": [
        "counts = collections.defaultdict(lambda: 0, a=2, b=1)",
        "counts = collections.defaultdict(int, a=2)\ncounts['b'] += 1",
        "counts = collections.ChainMap({'a': 2}, {'b': 1})",
        "counts = types.MappingProxyType({'a': 2, 'b': 1})",
        "counts = collections.Counter('aab')",
        "counts = collections.OrderedDict(a=2, b=1)",
        "counts = collections.UserDict(a=2, b=1)",
        "class Counts(dict): pass\ncounts = Counts(a=2, b=1)",
        "class Counts(dict):\n    def most(self): return 'a'\ncounts = Counts(a=2, b=1)",
        "class Counts(collections.Counter):\n    def __missing__(self, key): return 7\ncounts = Counts('aab')",
        "counts = pd.Series({'a': 2, 'b': 1}).to_dict()",
        "counts = collections.defaultdict(lambda: 0, a=2, b=2)",
        "counts = collections.ChainMap({'a': 2}, {'c': 1})",
        "class Counts(dict): pass\ncounts = Counts(a=2)",
    ],
    "items": [
        "class Items(list): pass\nitems = Items([1, 2, 3])",
        "class Items(list):\n    def total(self): return sum(self)\nitems = Items([1, 2, 3])",
        "class Items(tuple): pass\nitems = Items([1, 2, 3])",
        "items = array.array('i', [1, 2, 3])",
        "items = collections.UserList([1, 2, 3])",
        "items = collections.deque([1, 2, 3])",
        "items = range(1, 4)",
        "items = np.ma.array([1, 2, 3])",
        "items = np.array([1, 2, 3]).view(type('A', (np.ndarray,), {}))",
        "items = pd.Index([1, 2, 3])",
        "items = memoryview(b'\\x01\\x02\\x03')",
        "items = bytes([1, 2, 3])",
        "class Items(list): pass\nitems = Items([1, 2])",
        "items = array.array('i', [1, 2, 4])",
    ],
    "number": [
        "class N(enum.IntEnum):\n    TWO = 2\nnumber = N.TWO",
        "class N(enum.IntFlag):\n    TWO = 2\nnumber = N.TWO",
        "class N(int): pass\nnumber = N(2)",
        "class N(float):\n    def twice(self): return self * 2\nnumber = N(2)",
        "number = np.float32(2)",
        "number = np.array(2)",
        "number = np.ma.array(2)",
        "number = True + True",
        "import fractions, decimal\nnumber = fractions.Fraction(4, 2)",
        "import decimal\nclass D(decimal.Decimal): pass\nnumber = D(2)",
        "class N(enum.Enum):\n    TWO = 2\nnumber = N.TWO",
        "class N(enum.IntEnum):\n    THREE = 3\nnumber = N.THREE",
    ],
    "word": [
        "class W(enum.StrEnum):\n    B = 'b'\nword = W.B",
        "class W(str, enum.Enum):\n    B = 'b'\nword = W.B",
        "class W(str): pass\nword = W('b')",
        "word = collections.UserString('b')",
        "word = np.str_('b')",
        "class W(str): pass\nword = W('c')",
    ],
    "table": [
        "class T(pd.DataFrame):\n    @property\n    def _constructor(self): return T\ntable = T({'n': [1, 0]})",
        "class T(pd.DataFrame):\n    def area(self): return 1\ntable = T({'n': [1, 0]})",
        "table = pd.DataFrame({'n': pd.arrays.SparseArray([1, 0])})",
        "table = pd.DataFrame({'n': pd.array([1, 0], 'Int64')})",
        "table = pd.DataFrame({'n': [1, 0]}, index=pd.date_range('2025', periods=2, tz=tz.gettz('Asia/Shanghai')))",
        "table = pd.DataFrame({'n': pd.arrays.SparseArray([1, 1])})",
    ],
    "column": [
        "class S(pd.Series): pass\ncolumn = S([1.0, 2.0])",
        "column = pd.Series(pd.arrays.SparseArray([1.0, 2.0]))",
        "column = np.ma.masked_invalid([1.0, 2.0])",
        "column = np.ma.masked_invalid([1.0, 2.0, np.nan])",
        "class S(pd.Series): pass\ncolumn = S([1.0, 3.0])",
    ],
    "matrix": [
        "matrix = np.array([[1, 2], [3, 4]]).view(np.matrix)",
        "matrix = np.ma.array([[1, 2], [3, 4]])",
        "matrix = pd.DataFrame([[1, 2], [3, 4]]).to_numpy()",
        "matrix = np.array([[1, 2], [3, 5]]).view(np.matrix)",
    ],
    "moment": [
        "moment = dt.datetime(2025, 1, 1, 8, tzinfo=tz.gettz('Asia/Shanghai'))",
        "moment = dt.datetime(2025, 1, 1, 8, tzinfo=tz.tzoffset('北京', 28800))",
        "moment = dt.datetime(2025, 1, 1, tzinfo=tz.tzutc())",
        "moment = dt.datetime(2025, 1, 1, 8, tzinfo=dt.timezone(dt.timedelta(hours=8), '北京'))",
        "moment = pd.Timestamp('2025-01-01 08:00', tz=tz.gettz('Asia/Shanghai'))",
        "class M(dt.datetime): pass\nmoment = M(2025, 1, 1, tzinfo=dt.UTC)",
        "moment = dt.datetime(2025, 1, 1, 9, tzinfo=tz.gettz('Asia/Shanghai'))",
    ],
    "place": [
        "place = pathlib.Path('data') / 'a.csv'",
        "place = pathlib.PurePosixPath('data/a.csv')",
        "place = pathlib.Path('data/b.csv')",
    ],
    "rule": [
        "rule = np.poly1d([1, 0, 1])",
        "rule = np.polynomial.Polynomial([1, 0, 1])",
        "class Rule:\n    def __call__(self, x): return x ** 2 + 1\nrule = Rule()",
        "class Rule:\n    def __init__(self, c): self.c = c\n    def __call__(self, x): return x ** 2 + self.c\nrule = Rule(1)",
        "class Rule:\n    def at(self, x): return x ** 2 + 1\nrule = Rule().at",
        "rule = functools.partial(lambda c, x: x ** 2 + c, 1)",
        "rule = functools.lru_cache(lambda x: x ** 2 + 1)",
        "rule = np.vectorize(lambda x: x ** 2 + 1)",
        "rule = np.frompyfunc(lambda x: x ** 2 + 1, 1, 1)",
        "rule = functools.singledispatch(lambda x: x ** 2 + 1)",
        "rule = {1: 2, 2: 5}.__getitem__",
        "rule = operator.itemgetter(0)",
        "rule = np.poly1d([1, 0, 2])",
    ],
    "tree": [
        "tree = 1\nfor _ in range(150):\n    tree = [tree]",
        "import json\ntree = json.loads('[' * 190 + '1' + ']' * 190)",
        "print('[{' * 700_000)\ntree = [[1]]",
        "print('\"[' * 700_000)\ntree = [1]",
        "tree = [[2]]",
    ],
    "point": [
        "point = collections.namedtuple('Point', 'x y')(1, 2)",
        "from typing import NamedTuple\nclass P(NamedTuple):\n    x: int\n    y: int = 2\npoint = P(1)",
        "from typing import NamedTuple\nclass P(NamedTuple):\n    x: int\n    y: int\n    def far(self): return 3\npoint = P(1, 2)",
        "point = np.array([1, 2])",
        "point = np.rec.array([1, 2])",
        "point = collections.namedtuple('Point', 'x y')(1, 3)",
    ],
}
CASES = [(name, source) for name, sources in VALUES.items() for source in sources]


@pytest.fixture(scope="module")
def unusual(tmp_path_factory):
    cells = [locked(SETUP)]
    for name, (solution, test) in QUESTIONS.items():
        cells += [answer(name, solution), check(f"{name}-test", test)]
    return write_master(tmp_path_factory.mktemp("source") / "unusual", cells)


@pytest.fixture(scope="module")
def judge(unusual, grader_of):
    return grader_of(unusual)


def by_python(*sources):
    """1 if the lines run to their end in one namespace."""
    namespace = {"__name__": "__main__"}
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            for source in sources:
                exec(source, namespace)
    except Exception:
        return 0
    return 1


@pytest.mark.parametrize(("question", "source"), CASES, ids=[f"{n}-{v[:40]}" for n, v in CASES])
def test_the_points_are_those_of_plain_python(judge, unusual, tmp_path, question, source):
    right = {name: solution for name, (solution, _) in QUESTIONS.items()}
    record = judge.grade(hand_in(tmp_path, unusual, right | {question: source}))

    scores = {cell.grade_id.removesuffix("-test"): cell.score for cell in record.cells}
    assert scores.pop(question) == by_python(SETUP, source, QUESTIONS[question][1])
    assert set(scores.values()) == {1}


REFUSED = {
    "time zone": (
        "moment",
        "class Z(dt.tzinfo):\n    def utcoffset(self, m): return dt.timedelta(hours=8)\n"
        "moment = dt.datetime(2025, 1, 1, 8, tzinfo=Z())",
        "moment 是 自己定义的对象",
    ),
    "too deep": (
        "tree",
        "tree = 1\nfor _ in range(900):\n    tree = [tree]",
        "tree 是 层次太深的数据",
    ),
    "enumeration": (
        "number",
        "number = enum.Enum('Wochentag', 'Montag').Montag",
        "number 是 自己定义的对象",
    ),
    "object": ("rule", "def rule(x):\n    return object()", "rule() 是 object"),
}


@pytest.mark.parametrize(("question", "source", "words"), REFUSED.values(), ids=REFUSED)
def test_the_verdict_names_what_cannot_come_over(judge, unusual, tmp_path, question, source, words):
    right = {name: solution for name, (solution, _) in QUESTIONS.items()}
    record = judge.grade(hand_in(tmp_path, unusual, right | {question: source}))

    cell = next(one for one in record.cells if one.grade_id == f"{question}-test")
    assert (cell.verdict, cell.score) == ("unreadable", 0)
    assert words in cell.message


def test_a_verdict_carries_no_words_of_the_learners_process(judge, unusual, tmp_path):
    """A function knows what a hidden test gave it; the name of a class is no way out."""
    right = {name: solution for name, (solution, _) in QUESTIONS.items()}
    spy = "def rule(x):\n    return type(f'given {x}', (), {})()"
    record = judge.grade(hand_in(tmp_path, unusual, right | {"rule": spy}))

    cell = next(one for one in record.cells if one.grade_id == "rule-test")
    assert cell.verdict == "unreadable"
    assert "given" not in cell.message
