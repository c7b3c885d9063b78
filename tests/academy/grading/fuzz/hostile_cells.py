"""Lines that a learner might write to cheat, to break something, or by bad luck; pieces to put together."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.academy.grading.small import answer, check, locked

__all__ = ["CELLS", "POINTS", "RIGHT", "SELF_HARM", "SPOILING", "WRONG", "answers", "lines"]

RIGHT = {
    "a": "a = 6 * 7",
    "f": "def f(n):\n    return n * n",
    "s": "s = sorted({3, 1, 2})",
}
POINTS = {"a-test": 1, "f-test": 2, "s-test": 4}
CELLS = [
    locked("import math\nbase = 42"),
    answer("a", RIGHT["a"]),
    check("a-test", "assert a == base", POINTS["a-test"]),
    answer("f", RIGHT["f"]),
    check("f-test", "assert f(3) == 9\nassert [f(n) for n in (0, -2)] == [0, 4]", POINTS["f-test"]),
    answer("s", RIGHT["s"]),
    check("s-test", "assert s == [1, 2, 3] and len(s) == 3", POINTS["s-test"]),
]
# none of them is an answer, whatever else it does
WRONG = {
    "a": [
        "a = 41",
        "a = type('E', (), {'__eq__': lambda s, o: True, '__hash__': lambda s: 42})()",
        "a = type('N', (int,), {'__eq__': lambda s, o: True})(1)",
        "a = type('F', (float,), {'__eq__': lambda s, o: True, '__ne__': lambda s, o: False})(1)",
        "from unittest.mock import ANY as a",
        "import types\na = types.SimpleNamespace(__eq__=lambda o: True)",
        "import numpy as np\na = np.ma.masked",
        "a = float('nan')",
        "import sys\nsys.modules['__main__'].base = a = 1",
        "a = [42]",
        "a = property(lambda s: 42)",
        "class M(type):\n    def __eq__(c, o):\n        return True\n    __hash__ = type.__hash__\nclass a(metaclass=M):\n    pass",
    ],
    "f": [
        "def f(n):\n    return n",
        "def f(n):\n    return type('E', (), {'__eq__': lambda s, o: True})()",
        "def f(n):\n    raise StopIteration",
        "def f(n):\n    import unittest\n    raise unittest.SkipTest('x')",
        "def f(n):\n    import os\n    os._exit(0)",
        "def f(n):\n    raise SystemExit(0)",
        "def f(*args):\n    import sys\n    return sys._getframe(1).f_locals",
        "def f(n):\n    return f(n)",
        "async def f(n):\n    return n * n",
        "def f(n):\n    yield n * n",
        "f = 9",
        "f = print",
        "import functools\nf = functools.partial(pow, 3)",
        "def f(n):\n    n.__class__ = object\n    return 9",
        "class f:\n    def __init__(self, n):\n        pass\n    def __eq__(self, other):\n        return True",
        "def f(n):\n    print('x' * 10_000_000)\n    return 0",
        "def f(n):\n    return iter(int, 1)",
    ],
    "s": [
        "s = [3, 1, 2]",
        "s = (1, 2, 3)",
        "s = type('L', (list,), {'__eq__': lambda s, o: True, '__len__': lambda s: 3})()",
        "s = {1, 2, 3}",
        "s = range(1, 4)",
        "s = iter([1, 2, 3])",
        "s = []\ns.append(s)",
        "import collections\ns = collections.UserList([1, 2, 3])\ns.__eq__ = lambda o: True\ns.data = []",
        "s = type('S', (str,), {'__eq__': lambda s, o: True, '__len__': lambda s: 3})('')",
    ],
}
SPOILING = [
    "raise KeyboardInterrupt",
    "import os\nos._exit(3)",
    "import sys\nsys.exit('bye')",
    "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)",
    "import os\nfor n in range(3, 64):\n    try:\n        os.close(n)\n    except OSError:\n        pass",
    "import os\nfor n in range(64):\n    try:\n        os.write(n, b'\\xff' * 64)\n    except OSError:\n        pass",
    "import os\nfor n in range(64):\n    try:\n        os.write(n, b'\\x02\\0\\0\\0\\0\\0\\0\\0{}')\n    except OSError:\n        pass",
    "import builtins\nbuiltins.len = lambda x: 3\nbuiltins.sorted = lambda x: [1, 2, 3]",
    'import json\njson.dumps = lambda *a, **k: \'{"status": "ok"}\'',
    "import sys\nsys.settrace(lambda *a: 1 / 0)",
    "import sys\nsys.setrecursionlimit(20)",
    "import gc\nfor one in gc.get_objects():\n    if type(one) is dict and 'token' in one:\n        one.clear()",
    "import threading\nthreading.Thread(target=lambda: [None for _ in iter(int, 1)], daemon=True).start()",
    "import os\nfor _ in range(3):\n    os.fork()",
    "import atexit, os\natexit.register(os._exit, 0)",
    "import ctypes\nctypes.string_at(0)",
    "globals().clear()",
    "get_ipython().reset()",
    "%reset -f",
    "!ls /",
    "%%bash\nrm -rf ..",
    "%cd /",
    "get_ipython().events.register('post_run_cell', lambda r: 1 / 0)",
    "input('?')",
    "print('\\ud800\\x1b[2J' * 9)",
    "print('[' * 200_000)",
    "display({'application/json': [[[[[[[[[[]]]]]]]]]], 'text/plain': 7, 3: 4}, raw=True)",
    "from pathlib import Path\nPath('../x').write_text('x')",
    "import os\nos.symlink('/etc/passwd', 'x.csv')\nos.mkfifo('y')",
    "import os\nopen('/dev/shm/x', 'w').write('x')",
    "import shutil, os\nshutil.rmtree(os.getcwd(), ignore_errors=True)",
    "open('big', 'wb').write(b'x' * 90_000_000)",
    "x = bytearray(3_000_000_000)",
    "import decimal\nmath = decimal",
    "base = 1",
    "from math import *\ndef check(*a):\n    return True",
    "import warnings\nwarnings.warn('x')",
    "def (",
    "\0",
    "# -*- coding: utf-16 -*-",
    "x = '\ud800'",
    "raise type('E', (BaseException,), {'__str__': lambda s: 1 / 0})",
]
# after these nothing more runs in that kernel, whoever grades
SELF_HARM = [
    "import builtins\nfor name in list(vars(builtins)):\n    delattr(builtins, name)",
    "import sys\nsys.modules.clear()",
    "import sys\nsys.stdout = sys.stderr = None",
    "get_ipython().run_cell = None",
]


def lines() -> st.SearchStrategy[str]:
    """A cell of a learner's own."""
    return st.sampled_from(["", *SPOILING, *SELF_HARM]) | st.text(max_size=30)


@st.composite
def answers(draw: st.DrawFn) -> tuple[dict[str, str], set[str], bool]:
    """Answers by cell, the cells that are right, and whether anything in them is hostile."""
    written, right, hostile = {}, set(), False
    for name, solution in RIGHT.items():
        how = draw(st.integers(0, 3))
        own = solution if how < 2 else draw(st.sampled_from(WRONG[name]))
        if how < 2:
            right.add(name)
        if how in (1, 3):
            hostile = True
            own = f"{draw(st.sampled_from(SPOILING))}\n{own}"
        written[name] = own
    return written, right, hostile
