"""academy.masters.solutions：学员拿到的格、参考答案、要填几处。"""

import pytest

from academy.masters import blanks, solution, stub


def test_stub_keeps_the_lines_around_the_answer():
    source = (
        "def f(x):\n    ...\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION\n\nprint(1)"
    )

    assert stub(source) == "def f(x):\n    ...\n    # 把上面的 ... 换成你的答案\n\nprint(1)"


def test_stub_of_a_function_is_valid_python():
    source = "def f(x):\n    ...\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"

    compile(stub(source), "stub", "exec")
    compile(solution(source), "solution", "exec")


def test_solution_drops_the_placeholder_lines():
    source = "a = ...\nb = ...\n### BEGIN SOLUTION\na = 1\nb = 2\n### END SOLUTION"

    assert solution(source) == "a = 1\nb = 2"


def test_solution_drops_a_placeholder_of_several_lines():
    source = 'a = {\n    "x": ...,  # 甲\n    "y": ...,\n}\n### BEGIN SOLUTION\na = {"x": 1}\n### END SOLUTION'

    assert solution(source) == 'a = {"x": 1}'


def test_solution_of_a_function_drops_the_bare_placeholder():
    source = "def f(x):\n    ...\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"

    assert solution(source) == "def f(x):\n    return x"


@pytest.mark.parametrize(
    ("placeholder", "form"),
    [
        ("a = ...", ("", 1)),
        ('a = {"x": ..., "y": ...}', ("dict", 2)),
        ("a = [..., ..., ...]", ("list", 3)),
        ("a = 1", ("", 0)),
    ],
)
def test_blanks_say_what_is_to_be_filled_in(placeholder, form):
    assert blanks(f"{placeholder}\n### BEGIN SOLUTION\na = [...]\n### END SOLUTION") == form
