"""Every honest kind of test works across the two processes; what cannot work is refused by name."""

import pytest

from academy.grading.errors import DryRunError
from academy.grading.plan.dry_run import dry_run
from academy.grading.plan.policy import require
from academy.grading.work.plan import Plan
from tests.academy.grading.small import answer, check, hand_in, locked, plain, write_master

SETUP = "data = [0]\n\ndef helper(x):\n    return inner(x) + 1"

HONEST = {
    "value": ("x = 5", "assert x == 5"),
    "signature": (
        "def f(a, b=2, *args, k=1, **kw):\n    'doc'\n    return a + b + k + sum(args) + sum(kw.values())",
        "import inspect\nassert f(1) == 4 and f(1, 2, 3, k=5, z=1) == 12 and f(b=1, a=1) == 3\n"
        "assert str(inspect.signature(f)) == '(a, b=2, *args, k=1, **kw)' and f.__doc__ == 'doc'",
    ),
    "builtin exception": (
        "def f(x):\n    raise ValueError('neg')",
        "try:\n    f(-1)\nexcept ValueError as e:\n    assert 'neg' in str(e)\nelse:\n    assert False",
    ),
    "own exception": (
        "class Bad(ValueError):\n    pass\ndef f(x):\n    raise Bad('b', x)",
        "try:\n    f(1)\nexcept Bad as e:\n    assert e.args == ('b', 1) and isinstance(e, ValueError)\nelse:\n    assert False",
    ),
    "library exception": (
        "import numpy as np\ndef f():\n    return np.linalg.inv(np.zeros((2, 2)))",
        "import numpy as np\ntry:\n    f()\nexcept np.linalg.LinAlgError:\n    pass\nelse:\n    assert False",
    ),
    "list changed in place": (
        "def f(xs):\n    xs.append(4)\n    xs.sort(reverse=True)",
        "v = [1, 2]\nw = v\nassert f(v) is None and v == [4, 2, 1] and w is v",
    ),
    "nested list changed in place": (
        "def f(grid):\n    grid[0][1] = 9",
        "row = [1, 2]\ngrid = [row, [3, 4]]\nf(grid)\nassert row == [1, 9]",
    ),
    "frame changed in place": (
        "def f(df):\n    df['b'] = df['a'] * 2",
        "import pandas as pd\nd = pd.DataFrame({'a': [1, 2]})\nf(d)\nassert d['b'].tolist() == [2, 4]",
    ),
    "array changed in place": (
        "def f(a):\n    a += 1",
        "import numpy as np\na = np.zeros(3)\nf(a)\nassert a.sum() == 3",
    ),
    "frame": (
        "import pandas as pd\ndf = pd.DataFrame({'日期': pd.date_range('2025-01-01', periods=3), 's': ['a', 'b', None]})",
        "import pandas as pd\npd.testing.assert_frame_equal(df, pd.DataFrame({'日期': pd.date_range('2025-01-01', periods=3), 's': ['a', 'b', None]}))",
    ),
    "apply": (
        "def f(r):\n    return r['a'] + r['b']",
        "import pandas as pd\nassert pd.DataFrame({'a': [1, 2], 'b': [3, 4]}).apply(f, axis=1).tolist() == [4, 6]",
    ),
    "scipy callback": (
        "def f(x, a, b):\n    return a * x + b",
        "from scipy.optimize import curve_fit\nimport numpy as np\np, _ = curve_fit(f, np.arange(5.0), 2 * np.arange(5.0) + 1)\nnp.testing.assert_allclose(p, [2, 1], atol=1e-6)",
    ),
    "printing": (
        "def f():\n    print('hello')",
        "import contextlib, io\nb = io.StringIO()\nwith contextlib.redirect_stdout(b):\n    f()\nassert b.getvalue() == 'hello\\n'",
    ),
    "warning": (
        "import warnings\ndef f():\n    warnings.warn('careful', DeprecationWarning)",
        "import warnings\nwith warnings.catch_warnings(record=True) as c:\n    warnings.simplefilter('always')\n    f()\nassert [w.category for w in c] == [DeprecationWarning]",
    ),
    "function as argument": (
        "def twice(g, x):\n    return g(g(x))",
        "import math\nassert twice(lambda v: v + 3, 1) == 7 and twice(math.sqrt, 16) == 2",
    ),
    "error in an argument": (
        "def safe(g):\n    try:\n        return g()\n    except ValueError:\n        return 'caught'",
        "def bad():\n    raise ValueError\nassert safe(bad) == 'caught'",
    ),
    "function as result": (
        "def adder(n):\n    def add(x):\n        return x + n\n    return add",
        "assert adder(3)(4) == 7",
    ),
    "decorator": (
        "def double(fn):\n    def w(*a):\n        return fn(*a) * 2\n    return w",
        "@double\ndef g(x):\n    return x + 1\nassert g(3) == 8",
    ),
    "generator": (
        "def endless():\n    i = 0\n    while True:\n        yield i\n        i += 1",
        "g = endless()\nassert [next(g) for _ in range(3)] == [0, 1, 2]",
    ),
    "coroutine": (
        "import asyncio\nasync def f(x):\n    await asyncio.sleep(0)\n    return x * 2",
        "import asyncio\nassert asyncio.run(f(4)) == 8",
    ),
    "class": (
        "class Acc:\n    rate = 2\n    def __init__(self, b):\n        self.b = b\n    def add(self, x):\n        self.b += x\n"
        "    def __len__(self):\n        return 3\n    @property\n    def half(self):\n        return self.b / 2\nclass Sub(Acc):\n    pass",
        "a = Acc(5)\na.add(3)\nassert a.b == 8 and a.half == 4 and len(a) == 3 and Acc.rate == 2\n"
        "assert isinstance(a, Acc) and issubclass(Sub, Acc) and isinstance(Sub(1), Acc)\na.b = 10\nassert a.b == 10",
    ),
    "object with operators": (
        "class V:\n    def __init__(self, x):\n        self.x = x\n    def __add__(self, o):\n        return V(self.x + o.x)\n"
        "    def __eq__(self, o):\n        return self.x == o.x\n    def __repr__(self):\n        return f'V({self.x})'",
        "assert V(1) + V(2) == V(3) and repr(V(1)) == 'V(1)'",
    ),
    "context manager": (
        "import contextlib\n@contextlib.contextmanager\ndef opened():\n    yield 5",
        "with opened() as x:\n    assert x == 5",
    ),
    "dataclass": (
        "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n    y: int = 2\np = P(1)",
        "assert p.x == 1 and p.y == 2 and p == P(1, 2)",
    ),
    "named tuple": (
        "from collections import namedtuple\nP = namedtuple('P', 'x y')\np = P(1, 2)",
        "assert p.x == 1 and p == (1, 2) and p._fields == ('x', 'y')",
    ),
    "seeded": (
        "import random\nimport numpy as np\ndef f():\n    return random.random(), np.random.rand()",
        "import random, numpy as np\nrandom.seed(1); np.random.seed(2)\ne = (random.random(), np.random.rand())\n"
        "random.seed(1); np.random.seed(2)\nassert f() == e",
    ),
    "generator of numpy": (
        "def f(rng):\n    return rng.normal(size=3)",
        "import numpy as np\nassert (f(np.random.default_rng(1)) == np.random.default_rng(1).normal(size=3)).all()",
    ),
    "file of a cell": (
        "with open('out.csv', 'w') as file:\n    file.write('a,b\\n1,2\\n')",
        "import pandas as pd\nassert pd.read_csv('out.csv')['a'][0] == 1",
    ),
    "file of a function": (
        "def save(p):\n    with open(p, 'w') as file:\n        file.write('hi')",
        "save('z.txt')\nwith open('z.txt') as file:\n    assert file.read() == 'hi'",
    ),
    "file of a test": (
        "def count(p):\n    with open(p) as file:\n        return len(file.readlines())",
        "with open('t.txt', 'w') as file:\n    file.write('1\\n2\\n')\nassert count('t.txt') == 2",
    ),
    "chart": (
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2, 3], [4, 5, 6], label='线')\n"
        "ax.set_title('标题')\nax.set_xlabel('x')\nax.legend()",
        "assert ax.get_title() == '标题' and ax.get_xlabel() == 'x' and len(fig.axes) == 1\n"
        "assert ax.lines[0].get_ydata().tolist() == [4, 5, 6]\nassert ax.get_legend().get_texts()[0].get_text() == '线'",
    ),
    "chart of a function": (
        "def draw(ax):\n    ax.bar(['a', 'b'], [1, 2])\n    ax.set_title('t')\n    return ax",
        "import matplotlib.pyplot as plt\nf, ax = plt.subplots()\ndraw(ax)\nassert ax.get_title() == 't' and [p.get_height() for p in ax.patches] == [1, 2]",
    ),
    "imports": (
        "import math\nfrom math import sqrt\nfrom collections import Counter\nx = sqrt(4)",
        "assert math.floor(x) == 2 and sqrt(9) == 3 and Counter('aa')['a'] == 2",
    ),
    "import in a test": ("x = math.pi", "assert x > 3"),
    "helper of the setup": ("def inner(x):\n    return x * 2", "assert helper(3) == 7"),
    "object of a library": (
        "import pandas as pd\ng = pd.DataFrame({'k': ['a', 'a', 'b'], 'v': [1, 2, 3]}).groupby('k')",
        "assert g['v'].sum()['a'] == 3",
    ),
    "result of ccomlib": (
        "from ccomlib.forecast import measures\nr = measures.error_measures([1, 2], [1, 3])",
        "assert r is not None",
    ),
    "warning in the test": ("x = 5", "import sys\nprint('w', file=sys.stderr)\nassert x == 5"),
    "containers": (
        "s = {1, 2}\nt = (1, 'a')\nd = {'k': [1, None]}\nz = 1j\nr = range(3)",
        "assert s == {1, 2} and t == (1, 'a') and d['k'][1] is None and z == 1j and list(r) == [0, 1, 2]",
    ),
    "setup changed in a function": (
        "def push():\n    data.append(7)\npush()",
        "assert data == [0, 7]",
    ),
    "setup left alone": ("y = data.copy()\ny.append(1)", "assert y == [0, 1] and data == [0]"),
    "expected exit": (
        "import sys\ndef f():\n    sys.exit(2)",
        "try:\n    f()\nexcept SystemExit as e:\n    assert e.code == 2\nelse:\n    assert False",
    ),
    "expected end": (
        "class Two:\n    def __init__(self):\n        self.n = 2\n    def step(self):\n        if not self.n:\n"
        "            raise StopIteration\n        self.n -= 1\n        return self.n",
        "t = Two()\nassert (t.step(), t.step()) == (1, 0)\ntry:\n    t.step()\nexcept StopIteration:\n    pass\n"
        "else:\n    assert False",
    ),
    "iterator of one's own": (
        "class Down:\n    def __init__(self, n):\n        self.n = n\n    def __iter__(self):\n        return self\n"
        "    def __next__(self):\n        if not self.n:\n            raise StopIteration\n        self.n -= 1\n"
        "        return self.n",
        "d = Down(2)\nassert list(d) == [1, 0] and d.n == 0",
    ),
    "list with methods": (
        "class Stack(list):\n    def push(self, x):\n        self.append(x)",
        "s = Stack()\ns.push(3)\nassert len(s) == 1 and s[0] == 3 and s == [3] and list(s) == [3] and s.pop() == 3\n"
        "assert s == [] and not s",
    ),
    "dictionary that answers": (
        "class Zero(dict):\n    def __missing__(self, key):\n        return 0\nz = Zero(a=1)",
        "assert z['a'] == 1 and z['b'] == 0 and z == {'a': 1}",
    ),
    "enumerations of numbers": (
        "import enum\nclass Day(enum.IntEnum):\n    MON = 1\nd = Day.MON",
        "assert d == 1",
    ),
    "callable object": (
        "class Times:\n    def __init__(self, k):\n        self.k = k\n    def __call__(self, x):\n        return self.k * x\nf = Times(3)",
        "assert f(2) == 6 and list(map(f, [1, 2])) == [3, 6]",
    ),
    "method of a class of Python's": ("op = str.upper", "assert op('a') == 'A'"),
    "functions in a table": (
        "ops = {'+': lambda a, b: a + b, '-': int.__sub__}",
        "assert ops['+'](1, 2) == 3 and ops['-'](5, 2) == 3",
    ),
    "functions in a named tuple": (
        "from collections import namedtuple\nOp = namedtuple('Op', 'name apply')\nops = [Op('+', lambda a, b: a + b)]",
        "assert ops[0].name == '+' and ops[0].apply(1, 2) == 3",
    ),
    "masked array": (
        "import numpy as np\nm = np.ma.masked_less([1, 5], 3)",
        "assert m.mask.tolist() == [True, False] and m.sum() == 5",
    ),
    "library object by name": (
        "from scipy.stats import norm\nimport statistics as st\nagg = st.median",
        "assert norm.cdf(0) == 0.5 and agg([1, 2, 9]) == 2 and st.mean([1, 3]) == 2",
    ),
    "argument of the test's own class": (
        "def f(row):\n    return row.a + row[1]",
        "from collections import namedtuple\nassert f(namedtuple('R', 'a b')(1, 2)) == 3",
    ),
    "equality among its own": (
        "class P:\n    def __init__(self, x):\n        self.x = x\n    def __eq__(self, o):\n        return self.x == o.x\n"
        "    def __hash__(self):\n        return hash(self.x)",
        "assert P(1) == P(1) and P(1) != P(2) and len({P(1), P(1)}) == 1",
    ),
    "star import": ("from math import *", "assert floor(2.5) == 2"),
}
HONEST.pop("result of ccomlib")


@pytest.mark.parametrize(("solution", "test"), HONEST.values(), ids=HONEST)
def test_honest_kinds_of_test_work_apart_from_the_learner(tmp_path, warm, solution, test):
    setup = "import math\n" + SETUP if "math.pi" in solution else SETUP
    cells = [locked(setup), answer("a", solution), check("t", test)]
    assignment = write_master(tmp_path / "hw", cells)

    plan = dry_run(assignment, nursery=warm)

    require(assignment, plan, full_points=True, all_shielded=True)
    assert Plan.from_json(plan.to_json()) == plan


REFUSED = {
    "source code": (
        "def f(x):\n    return x",
        "import inspect\nassert 'return' in inspect.getsource(f)",
        "看不到作答的源代码",
    ),
    "mocked input": (
        "def f():\n    return input('?')",
        "from unittest.mock import patch\nwith patch('builtins.input', lambda _: 'a'):\n    assert f() == 'a'",
        "不能替换作答程序里的名字",
    ),
    "subclass": (
        "class A:\n    def m(self):\n        return self.k()",
        "class B(A):\n    def k(self):\n        return 5\nassert B().m() == 5",
        "不能从作答的类派生",
    ),
    "equality of its own": (
        "class Half:\n    def __eq__(self, other):\n        return other == 0.5\nh = Half()",
        "assert h == 0.5",
        "没有通过",
    ),
    "identity": ("x = [1]\ny = x", "assert x is y", "不能用 is 比较"),
    "wrong solution": ("x = 4", "assert x == 5", "只得 0/1 分"),
    "not a number": ("x = 5", "x == 5", "不是分数"),
    "too many points": ("x = 5", "x", "不在 0 到 1 之间"),
    "broken solution": ("x = 1 / 0", "assert True", "参考答案自己出错，ZeroDivisionError"),
    "evaluated": ("x = '1 + 1'", "assert eval(x) == 2", "交给 eval 执行"),
    "pickle": ("x = 1", "import pickle\npickle.load(open('x', 'rb'))", "pickle 会执行"),
}


@pytest.mark.parametrize(("solution", "test", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_strict_course_refuses_by_cell_and_reason_what_a_lenient_one_grades(
    tmp_path, warm, solution, test, reason
):
    cells = [locked(SETUP), answer("a", solution), check("t", test)]
    assignment = write_master(tmp_path / "hw", cells)

    plan = dry_run(assignment, nursery=warm)

    require(assignment, plan, full_points=False, all_shielded=False)
    with pytest.raises(DryRunError, match=reason) as refusal:
        require(assignment, plan, full_points=True, all_shielded=True)
    assert refusal.value.cell in ("p1 的 t", "p1 的 a")


def test_objects_are_allowed_only_where_the_reference_has_them(tmp_path, warm):
    cells = [
        answer("a", "class A:\n    v = 1\nn = 1"),
        check("t1", "assert A().v == 1"),
        check("t2", "assert n == 1"),
    ]

    plan = dry_run(write_master(tmp_path / "hw", cells), nursery=warm)

    assert [cell.objects for cell in plan.notebooks["p1"].cells] == [False, True, False]
    assert "鸭子类型" in plan.notes[0]


def test_a_name_is_the_learners_only_if_the_solution_makes_it(tmp_path, grader_of):
    """`df = df.dropna()` is the learner's df; the setup's other names stay the examiner's."""
    cells = [
        locked("n = 3\nkey = 7"),
        answer("a", "n = n + 1"),
        check("t", "assert n == 4 and key == 7"),
    ]
    assignment = write_master(tmp_path / "hw", cells)
    grader = grader_of(assignment)

    right = hand_in(tmp_path / "a", assignment, {"a": "n = 4\nkey = 0"})
    cheat = hand_in(tmp_path / "b", assignment, {"a": "n = 5\nkey = 7"})

    assert grader.plan.notebooks["p1"].cells[2].names == ("n",)
    assert grader.grade(right).score == 1
    assert grader.grade(cheat).score == 0


def test_learners_version_of_a_cell_without_a_role_runs_for_the_learner(tmp_path, grader_of):
    cells = [plain("import math"), answer("a", "x = math.pi"), check("t", "assert x > 3")]
    assignment = write_master(tmp_path / "hw", cells)
    made = hand_in(tmp_path / "in", assignment, {"a": "x = cmath.pi"})
    changed = list(made.notebooks["p1"])
    changed[0] = type(changed[0])(0, "code", "import cmath", True)

    record = grader_of(assignment).grade(type(made)("s", {"p1": tuple(changed)}))

    assert record.score == 1
