"""academy.proof.lessons：会说「不符」的证明才算证明。"""

import pytest

from academy.proof import prove_lesson

EXERCISE = """# %% tags=["setup"]
from ccomlib import expect

# %% exercise="ex-a"
answer = ...
### BEGIN SOLUTION
answer = 3
### END SOLUTION

# %% check="ex-a"
expect(answer, 3, what="三", mistakes=[(4, "多了一个")])

# %% mistakes="ex-a"
# 错因：多数一个
# 消息：多了一个
answer = 4
"""


@pytest.fixture
def proved(tmp_path):
    def prove(old="", new=""):
        path = tmp_path / "lesson.py"
        path.write_text(EXERCISE.replace(old, new) if old else EXERCISE, encoding="utf-8")
        return prove_lesson(path).problems

    return prove


def test_sound_lesson_has_no_problem(proved):
    assert proved() == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("answer = 3\n###", "answer = 5\n###", "参考答案没有通过"),
        ("answer = ...", "answer = 3", "没动过的格应说还没有作答，却是 通过"),
        ("answer = 4", "answer = 2 + 1", "却是 通过"),
        ("# 消息：多了一个", "# 消息：少了一个", "应得到「少了一个」"),
        (
            "from ccomlib import expect",
            "from ccomlib import expect\nimport sys\nsys.stderr.write('x')",
            "写了 stderr",
        ),
        ('# %% check="ex-a"', "# %%", "练习 ex-a 没有检查格"),
        (
            '# %% mistakes="ex-a"\n# 错因：多数一个\n# 消息：多了一个\nanswer = 4\n',
            "",
            "练习 ex-a 没有典型错答",
        ),
        ('# %% check="ex-a"', '# %% check="ex-b"', "检查格 ex-b 没有对应的练习"),
        ('# %% tags=["setup"]', "# %%\n1 / 0\n\n# %%", "出错 ZeroDivisionError"),
    ],
)
def test_broken_promise_is_found(proved, old, new, words):
    assert any(words in problem for problem in proved(old, new))
