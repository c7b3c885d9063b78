"""ccomlib.notebook.names：一格要给哪些名字值，哪些写了没有填进去，检查看的是哪些。"""

import pytest

from ccomlib.notebook.names import binds, first_names, unwritten

VERBS = frozenset({"answered", "expect"})


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("q1 = 1", {"q1"}),
        ("q1, q2 = 1, 2", {"q1", "q2"}),
        ("q1 += 1", {"q1"}),
        ("q1: int = 1", {"q1"}),
        ("for n in []:\n    q1 = n", {"n", "q1"}),
        ("with open('x') as f:\n    pass", {"f"}),
        ("if (q1 := 1):\n    pass", {"q1"}),
        ("import numpy as np, os.path\nfrom math import pi", {"np", "os", "pi"}),
        ("def f(a):\n    b = a\nclass C:\n    c = 1", {"f", "C"}),
        ("q = [x for x in range(3)]\nr = lambda y: y", {"q", "r"}),
        ("d['a'] = 1\no.x = 2", set()),
        ("await f()", set()),
        ("print(q1)\nq1 == 1", set()),
        # 读不懂的
        ("q1 = “C”", {"q1"}),
        ("q1 ＝ “C”", {"q1"}),
        ("  q2 = 39个\nq3 = 1", {"q2", "q3"}),
        ("q1：“C”", {"q1"}),
        ("ｑ１ = “C”", {"q1"}),
        ("q1 == “C”", set()),
        ("f(a = “C”)", set()),
        ("", set()),
    ],
)
def test_names_that_a_cell_gives_a_value(source, names):
    assert binds(source) == names


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('q1 == "C"', {"q1": '第 1 行用了两个等号，那是比较；填答案只用一个：写成 q1 = "C"'}),
        (
            'q1 = ...\nq1 == "C"',
            {"q1": '第 2 行用了两个等号，那是比较；填答案只用一个：写成 q1 = "C"'},
        ),
        ('q1: "C"', {"q1": '第 1 行的冒号要换成等号：写成 q1 = "C"'}),
        ("q1 = ...\n39", {"q1": "第 2 行的 39 没有填进 q1：写成 q1 = 39"}),
        ('q1 = ...\n"C"', {"q1": '第 2 行的 "C" 没有填进 q1：写成 q1 = "C"'}),
        ("q1 = 3\n39", {}),
        ("q1 = ...", {}),
        ("q1 = ...\nprint(3)", {}),
        ("q1 = ...\n...", {}),
        ("q1: int = 3", {}),
        ("1 == q1", {}),
        ("q1 == 1 == 2", {}),
        ("q1 > 3", {}),
        ("q1 = 3个", {}),
    ],
)
def test_what_was_written_but_not_filled_in(source, found):
    assert unwritten(source) == found


@pytest.mark.parametrize(
    ("source", "line", "names"),
    [
        ('answered(q1, "letters", what="x")', 1, {"q1"}),
        ("ccomlib.expect(q1 + q2, right)", 1, {"q1", "q2"}),
        ('answered(q1, "x")\nexpect(q2, 1)', 1, {"q1"}),
        ('answered(q1, "x")\nexpect(q2, 1)', 2, {"q2"}),
        ('answered(q1, "x")\nexpect(q2, 1)', None, {"q1", "q2"}),
        ("expect(\n    q1,\n    right,\n)", 3, {"q1"}),
        ("print(q1)", 1, set()),
        ("answered()", 1, set()),
        ("answered(q1，)", 1, set()),
    ],
)
def test_names_that_a_check_looks_at(source, line, names):
    assert first_names(source, line, VERBS) == names
