"""同室的格：寻常的手法一分也拿不到；拿到的每一分都写明是同室评的。

守不住的是存心在同一个解释器里伪造的（README「Same room」），所以这里不收那样的攻击。
"""

import pytest

from academy.grading.plan.dry_run import dry_run
from academy.grading.referee.grader import Grader
from academy.grading.work.record import Limits
from tests.academy.grading.small import answer, check, hand_in, locked, verdicts, write_master

LIMITS = Limits(cell_seconds=3, call_seconds=1.5, total_seconds=40)
SETUP = "import numpy as np\nimport unittest\nlimit = 7\n\ndef same(a, b):\n    return a == b"
RIGHT = "x = [7]\ny = x\n\ndef f(n):\n    return n + limit"
WRONG = "x = [0]\ny = [0]\n\ndef f(n):\n    return n"
TESTS = {
    "identity": "assert x is y",
    "helper": "assert x is y or same(1, 2)\nassert all(same(a, b) for a, b in [(f(1), 8), (x is y, True)])",
    "array": "y.append(1)\nnp.testing.assert_array_equal(x, [7, 1])",
    "case": "y.append(2)\nunittest.TestCase().assertEqual(x, [7, 1, 2])",
    "called": "assert f(limit) == 7 + limit and 'f' in globals()",
}


@pytest.fixture(scope="module")
def assignment(tmp_path_factory):
    cells = [locked(SETUP), answer("a", RIGHT)]
    cells += [check(name, source, 2) for name, source in TESTS.items()]
    return write_master(tmp_path_factory.mktemp("room") / "hw", cells)


@pytest.fixture(scope="module")
def grader(assignment, warm):
    plan = dry_run(assignment, LIMITS, nursery=warm)
    with Grader(assignment, plan, LIMITS, nursery=warm) as grader:
        yield grader


@pytest.fixture
def grade(grader, assignment, tmp_path):
    def run(source, **extra):
        return grader.grade(hand_in(tmp_path, assignment, {"a": source}, **extra))

    return run


def test_right_answers_get_all_and_every_point_says_where_it_comes_from(grade):
    record = grade(RIGHT)

    assert record.score == record.max_score == 10
    assert [cell.same_room for cell in record.cells] == [True] * 5


def test_untouched_and_wrong_answers_get_nothing(grade):
    assert grade("# YOUR CODE HERE\nraise NotImplementedError()").score == 0
    assert grade(WRONG).score == 0


ATTACKS = {
    "traceback": "get_ipython().showtraceback = lambda *a, **k: None",
    "traceback of the class": "type(get_ipython()).showtraceback = lambda *a, **k: None\n"
    "type(get_ipython())._showtraceback = lambda *a, **k: None",
    "custom handler": "get_ipython().set_custom_exc((Exception,), lambda *a, **k: None)",
    "no asserts": "import ast\n"
    "class Drop(ast.NodeTransformer):\n    def visit_Assert(self, node):\n        return ast.Pass()\n"
    "get_ipython().ast_transformers.append(Drop())",
    "no source": "get_ipython().input_transformers_post.append(lambda lines: ['pass\\n'])\n"
    "get_ipython().input_transformer_manager.cleanup_transforms.append(lambda lines: ['pass\\n'])",
    "hook": "def swap(info):\n    global x, y\n    x = y = [7]\nget_ipython().events.register('pre_run_cell', swap)",
    "other run_cell": "shell = get_ipython()\nplain = shell.run_cell\nshell.run_cell = lambda raw, **k: plain('pass', **k)",
    "other run_cell of the class": "kind = type(get_ipython())\nplain = kind.run_cell\n"
    "kind.run_cell = lambda self, raw, *a, **k: plain(self, 'pass', *a, **k)",
    "other compiler": "get_ipython().compile.__class__.ast_parse = lambda self, *a, **k: __import__('ast').parse('pass')",
    "builtins": "import builtins\nbuiltins.all = lambda xs: True\nbuiltins.AssertionError = type('Fine', (Exception,), {})",
    "names of builtins": "def all(xs):\n    return True\n\nglobals = lambda: {'f': f}",
    "helper": "def same(a, b):\n    return True",
    "constant": "limit = 0\n\ndef f(n):\n    return 7",
    "numpy": "np.testing.assert_array_equal = lambda *a, **k: None",
    "numpy's code": "def fine(*a, **k):\n    return None\nnp.testing.assert_array_equal.__code__ = fine.__code__",
    "numpy's namesake": "import types\nnp = types.SimpleNamespace(testing=types.SimpleNamespace(assert_array_equal=print))",
    "unittest": "unittest.TestCase.assertEqual = lambda *a, **k: None",
    "module": "import sys, types\nsys.modules['unittest'] = types.SimpleNamespace(TestCase=print)",
    "trace": "import sys\nsys.settrace(lambda frame, event, arg: frame.f_globals.update(x=[7], y=[7]) if 'x' in frame.f_globals else None)",
    "alarm": "import signal\nsignal.signal(signal.SIGALRM, lambda *a: globals().update(x=[7]))\nsignal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)",
    "forged output": "import atexit\nprint('2.0')\nget_ipython().display_pub.publish({'text/plain': '2.0'})",
    "exit": "import sys\n\ndef f(n):\n    sys.exit(0)",
    "end": "import os\n\ndef f(n):\n    os._exit(0)",
    "interrupt": "def f(n):\n    raise KeyboardInterrupt",
    "no end": "def f(n):\n    while True:\n        pass",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_ordinary_tricks_gain_nothing(grade, attack):
    found = grade(f"{WRONG}\n\n{attack}")

    assert {cell.grade_id: cell.score for cell in found.cells} == dict.fromkeys(TESTS, 0), verdicts(
        found
    )


HABITS = {
    "own names": "sum = 3\nlist = [1]\nstr = 'x'",
    "patched printing": "import builtins\nold = builtins.print\nbuiltins.print = lambda *a, **k: old('>', *a, **k)",
    "figure": "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])",
    "alarm": "import signal\nsignal.alarm(60)",
    "thread": "import threading\nthreading.Thread(target=print, daemon=True).start()",
}


@pytest.mark.parametrize("lines", HABITS.values(), ids=HABITS)
def test_honest_habits_cost_nothing(grade, lines):
    assert grade(f"{lines}\n{RIGHT}").score == 10


def test_the_masters_names_are_lent_for_the_test_only(grade):
    """学员把 limit 改成自己的，后面自己的格里还是自己的。"""
    own = RIGHT.replace("n + limit", "n + 7")
    record = grade(f"limit = 100\n{own}", after="print('mine', limit)")

    shown = record.notebooks[0].notebook["cells"][-1]["outputs"]
    assert shown[0]["text"] == "mine 100\n"
    assert record.score == 10


def test_a_process_that_ends_costs_that_test_and_the_next_ones_run(grade):
    record = grade(f"import os\n{RIGHT.replace('return n + limit', 'os._exit(0)')}")

    assert verdicts(record) == {
        "identity": "passed",
        "helper": "died",
        "array": "passed",
        "case": "passed",
        "called": "died",
    }
