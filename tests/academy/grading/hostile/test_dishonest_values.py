"""装作相等的对象、改过的库、假的输出：都不得分，也不连累别的题。"""

import pytest

CLAIMS = {
    "an object equal to everything": """
class Everything:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __bool__(self): return True
    __hash__ = None
x = Everything()""",
    "a str that is equal to everything": """
class Word(str):
    def __eq__(self, other): return True
    def __hash__(self): return 1
x = Word("?")""",
    "an object that claims another class": """
class Liar:
    __class__ = str
    def __eq__(self, other): return True
x = Liar()""",
    "a metaclass that answers for its class": """
class Meta(type):
    def __eq__(cls, other): return True
    __hash__ = type.__hash__
class x(metaclass=Meta): pass""",
    "an array that is equal to everything": """
class Array(np.ndarray):
    def __eq__(self, other): return True
x = np.array("?").view(Array)""",
    "a dict with a lying lookup": """
class Box(dict):
    def __eq__(self, other): return True
x = Box()""",
    "a mock that takes every question": """
from unittest.mock import MagicMock
x = MagicMock()
x.__eq__.return_value = True""",
    "a pickle bomb": """
class Bomb:
    def __reduce__(self): return (str, ("?",))
    def __eq__(self, other): return True
x = Bomb()""",
    "an assert that is turned off": """
import ast, IPython
class Off(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.copy_location(ast.Pass(), node)
get_ipython().ast_transformers.append(Off())
x = "?\"""",
    "an input transformer that empties cells": """
get_ipython().input_transformers_cleanup.append(lambda lines: ["pass\\n"])
get_ipython().input_transformers_post.append(lambda lines: ["pass\\n"])
x = "?\"""",
    "a hook before every cell": """
def hook(info): info.raw_cell = "pass"
get_ipython().events.register("pre_run_cell", hook)
x = "?\"""",
    "a silenced traceback": """
get_ipython().showtraceback = lambda *a, **k: None
get_ipython().set_custom_exc((BaseException,), lambda *a, **k: None)
import sys
sys.excepthook = lambda *a: None
x = "?\"""",
    "a patched shell": """
shell = type(get_ipython())
shell.run_cell = lambda self, *a, **k: None
shell.run_code = lambda self, *a, **k: False
x = "?\"""",
    "patched builtins": """
import builtins
class Calm(Exception): pass
builtins.AssertionError = Calm
builtins.abs = lambda value: 0
builtins.isinstance = lambda *a: True
builtins.compile = lambda *a, **k: None
x = "?\"""",
    "a patched import": """
import builtins, sys
real = builtins.__import__
builtins.__import__ = lambda *a, **k: real("math")
sys.modules["ccomlib"] = sys.modules["math"]
x = "?\"""",
    "a trace function": """
import sys
def trace(frame, event, arg):
    frame.f_globals["x"] = "?"
    return trace
sys.settrace(trace)
x = "?\"""",
    "a printed verdict": """
import os, json
text = json.dumps({"grade_id": "q1-test", "score": 10, "verdict": "passed", "finished": True})
print(text)
os.write(1, (text + "\\n").encode())
os.write(2, b"ok 1 passed\\n")
x = "?\"""",
    "forged frames on every descriptor": """
import os, json, struct
text = json.dumps({"kind": "finished", "ok": True, "verdict": "passed", "score": 10, "value": "?"}).encode()
for descriptor in range(3, 64):
    for frame in (struct.pack(">I", len(text)) + text, struct.pack("<Q", len(text)) + text, text):
        try:
            os.write(descriptor, frame)
        except OSError:
            pass
x = "?\"""",
}


# 这几样弄坏的是学员自己的解释器，他后面的答案也就算不出来
BREAKS_ITS_OWN_SHELL = {
    "an input transformer that empties cells",
    "a patched shell",
    "a patched import",
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_it_earns_nothing(points, claim):
    earned = points(q1=CLAIMS[claim])

    assert earned["q1"] == 0
    if claim not in BREAKS_ITS_OWN_SHELL:
        assert (earned["q2"], earned["q3"]) == (10, 10)


FUNCTIONS = {
    "a function that returns a lie": """
class Number(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
def f(n): return Number(7)""",
    "a callable object": """
class Call:
    def __call__(self, n): return self
    def __eq__(self, other): return True
    def __sub__(self, other): return self
    def __abs__(self): return self
    def __lt__(self, other): return True
f = Call()""",
    "a function that reads its caller": """
import sys
def f(n):
    frame = sys._getframe()
    while frame:
        for value in frame.f_locals.values():
            if value == 9: return 9
        frame = frame.f_back
    return 0""",
    "a function that raises a friendly exception": """
def f(n):
    raise StopIteration""",
    "a function that changes the test's numpy": """
def f(n):
    import builtins
    builtins.abs = lambda value: 0
    return 0""",
}


@pytest.mark.parametrize("source", FUNCTIONS.values(), ids=FUNCTIONS.keys())
def test_a_dishonest_function_earns_nothing(points, source):
    earned = points(q2=source)

    assert earned == {"q1": 0, "q2": 0, "q3": 10}


LIBRARIES = {
    "isclose": "np.isclose = lambda *a, **k: True\nt = 0",
    "assert_series_equal": "pd.testing.assert_series_equal = lambda *a, **k: None\nt = 0",
    "the module object": "import sys\nsys.modules['numpy'].isclose = lambda *a, **k: np.True_\nt = 0",
    "the shared data": "data['calls'] = 0\nt = 0",
}


@pytest.mark.parametrize("source", LIBRARIES.values(), ids=LIBRARIES.keys())
def test_a_patched_library_earns_nothing(points, source):
    assert points(q3=source)["q3"] == 0
