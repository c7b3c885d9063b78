"""Nothing that a submission does earns points or stops the others."""

import json
import textwrap

import pytest

from tests.academy.grading.small import hand_in, outputs, verdicts

BROKEN = {
    "exception": ("1 / 0", {"error", "not_attempted"}),
    "syntax error": ("total = = 3", {"error"}),
    "wrong": ("total = 3", {"failed"}),
    "text": ("total = '18'", {"failed"}),
    "missing": ("pass", {"error"}),
    "none": ("total = None", {"failed"}),
    "function": ("total = lambda: 18", {"failed"}),
    "exit": ("import os\nos._exit(0)", {"error"}),
    "sys.exit": ("raise SystemExit", {"error"}),
    "segfault": ("import ctypes\nctypes.string_at(0)", {"error"}),
    "loop": ("while True:\n    pass", {"error"}),
    "stubborn loop": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        {"error"},
    ),
    "sleep": ("import time\ntime.sleep(1000)", {"error"}),
    "memory": ("total = b'x' * (6 << 30)", {"error"}),
}


@pytest.mark.parametrize(("source", "expected"), BROKEN.values(), ids=BROKEN)
def test_one_broken_answer_costs_its_own_points_only(grade, source, expected):
    record = grade({"total": source})

    assert verdicts(record)["total-test"] in expected
    assert record.score == 18
    assert json.dumps(outputs(record, "total"))


CALLS = {
    "wrong": ("return 1", "failed"),
    "raises": ("return 1 / 0", "error"),
    "not implemented": ("raise NotImplementedError", "not_attempted"),
    "exit": ("import os\n    os._exit(0)", "died"),
    "segfault": ("import ctypes\n    ctypes.string_at(0)", "died"),
    "loop": ("while True: pass", "timeout"),
    "sys.exit": ("raise SystemExit(0)", "error"),
    "interrupt": ("raise KeyboardInterrupt", "error"),
    "odd object": ("class Yes:\n        __eq__ = lambda *_: True\n    return Yes()", "unreadable"),
    "dishonest number": (
        "class Yes(float):\n        __eq__ = lambda *_: True\n    return Yes(1)",
        "failed",
    ),
    "dishonest type": (
        "class Meta(type):\n        __name__ = 'int'\n        __module__ = 'builtins'\n"
        "    class Yes(metaclass=Meta):\n        __eq__ = lambda *_: True\n    return Yes()",
        "unreadable",
    ),
    "too deep": ("x = []\n    for _ in range(500): x = [x]\n    return x", "unreadable"),
    "endless": ("x = []\n    x.append(x)\n    return x", "unreadable"),
    "module": ("import os\n    return os", "unreadable"),
    "generator": ("yield 5", "failed"),
    "class": ("return __import__('subprocess').Popen", "unreadable"),
    "not implemented value": ("return NotImplemented", "failed"),
}


@pytest.mark.parametrize(("body", "verdict"), CALLS.values(), ids=CALLS)
def test_bad_functions_get_their_verdict(grade, body, verdict):
    record = grade({"load": f"def load(calls, aht):\n    {body}"})

    assert verdicts(record)["load-test"] == verdict
    assert record.score == 17


OBJECTS = {
    "equal to all": "class Yes:\n    __eq__ = lambda *_: True\n{name} = Yes()",
    "dishonest subclass": "class Yes(int):\n    __eq__ = lambda *_: True\n{name} = Yes(1)",
    "frame subclass": "class F(pd.DataFrame):\n    pass\n{name} = F()",
    "array subclass": "class A(np.ndarray):\n    pass\n{name} = np.zeros(4).view(A)",
    "magic mock": "from unittest.mock import MagicMock\n{name} = MagicMock()",
}


@pytest.mark.parametrize("source", OBJECTS.values(), ids=OBJECTS)
@pytest.mark.parametrize("name", ["total", "table", "array"])
def test_objects_with_a_will_of_their_own_earn_nothing(grade, source, name):
    record = grade({name: source.format(name=name)})

    assert verdicts(record)[f"{name}-test"] in {"unreadable", "failed", "error"}


ATTACKS = {
    "assert switched off": "import sys\nsys.flags = None\nimport builtins\nbuiltins.AssertionError = ValueError",
    "builtins": "import builtins\nbuiltins.int = builtins.sum = lambda *_: 0",
    "numpy testing": "np.testing.assert_array_equal = lambda *a, **k: None\nnp.array_equal = lambda *a: True",
    "pandas testing": "pd.testing.assert_frame_equal = lambda *a, **k: None",
    "transformer": "ip = get_ipython()\nip.input_transformers_cleanup.append(lambda lines: ['total = 3\\n'])",
    "ast transformer": """
        import ast
        class T(ast.NodeTransformer):
            def visit_Assert(self, node): return ast.Pass()
        get_ipython().ast_transformers.append(T())
    """,
    "hook": "get_ipython().events.register('pre_run_cell', lambda *_: None)\nget_ipython().showtraceback = lambda *a, **k: None",
    "patched shell": "get_ipython().run_cell = lambda *a, **k: None",
    "fake score": "from IPython.display import display\ndisplay(2.0)\nprint('passed')",
    "frames": """
        import sys
        f = sys._getframe()
        while f:
            f.f_globals.update(total=18, points=99, score=99)
            f = f.f_back
    """,
    "socket writes": """
        import os, struct, json
        for fd in range(3, 64):
            for head in ({"op": "done", "status": "ok"}, {"op": "reply"}, {"op": "callback"}):
                text = json.dumps(head).encode()
                try: os.write(fd, struct.pack('<II', len(text), 0) + text)
                except OSError: pass
    """,
    "matplotlib": "import matplotlib.axes\nmatplotlib.axes.Axes.get_title = lambda *_: '呼入量'",
    "codec": """
        import sys
        m = sys.modules['academy.grading.wire.codec.core']
        m.WRITERS.clear(); m.ATOMS[int] = lambda out, v: out.extend(b'T')
    """,
    "exit hook": "import atexit\natexit.register(print, 'x')",
    "signals": "import os, signal\nfor n in range(1, 300):\n    try: os.kill(n, 9)\n    except OSError: pass",
    "shadow module": "open('statistics.py', 'w').write('raise SystemExit')\nopen('sitecustomize.py', 'w').write('1/0')",
    "data changed": "open('data/calls.csv', 'w').write('team,n\\n甲,0\\n')",
    "recursion": "import sys\nsys.setrecursionlimit(10)",
}


@pytest.mark.parametrize("lines", ATTACKS.values(), ids=ATTACKS)
def test_attacks_gain_nothing(grader, assignment, tmp_path, lines):
    """All answers stay stubs or wrong; an attack runs first and last."""
    lines = textwrap.dedent(lines)
    wrong = {"total": "total = 1", "load": "def load(calls, aht):\n    return 1"}

    record = grader.grade(hand_in(tmp_path, assignment, wrong, before=lines, after=lines))

    assert record.score == 0, record.cells


@pytest.mark.parametrize("lines", ATTACKS.values(), ids=ATTACKS)
def test_the_next_submission_is_graded_as_if_nothing_had_been(grade, lines):
    grade(before=textwrap.dedent(lines))

    assert grade().score == 20


def test_garbage_on_the_socket_ends_only_the_process(grade):
    """The right answers after it are run again in a new process."""
    record = grade(
        {
            "total": "import os\nfor fd in range(3, 64):\n    try: os.write(fd, b'\\xff' * 4096)\n    except OSError: pass"
        }
    )

    assert record.score == 18


def test_learner_cannot_see_the_tests_or_the_examiner(grade):
    record = grade(
        after=textwrap.dedent("""
            import gc, os, glob
            gc.unfreeze()
            seen = [o for o in gc.get_objects() if isinstance(o, str) and 'assert_frame_equal(table' in o]
            print(len(seen), glob.glob('/proc/[0-9]*/environ'), dict(os.environ).get('CCOM_SEAT_SEED'))
            print(os.listdir('.'))
        """)
    )

    cell = record.notebooks[0].notebook["cells"][-1]
    text = "".join(o.get("text", "") for o in cell["outputs"])
    assert text.startswith("0 [] None")
    assert "data" in text


def test_output_flood_is_cut(grade):
    record = grade({"total": "while True:\n    print('x' * 10_000)"})

    assert record.score == 18
    assert len(record.to_json()) < 25_000_000
