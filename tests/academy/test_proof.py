"""academy.proof：会说「不符」的证明才算证明。"""

import pytest

from academy.proof import prove_lesson, prove_paper

EXERCISE = """# %% tags=["setup"]
from ccomlib import expect

# %% exercise="ex-a"
answer = ...
### BEGIN SOLUTION
answer = 3
### END SOLUTION

# %% check="ex-a"
expect(answer, 3, what="三", mistakes=[(4, "多了一个")])

# %% tags=["mistake"] mistake={"answer": "ex-a"}
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
        ("answer = 4", "answer = 3", "却是 通过"),
        ("# 消息：多了一个", "# 消息：少了一个", "应得到「少了一个」"),
        (
            "from ccomlib import expect",
            "from ccomlib import expect\nimport sys\nsys.stderr.write('x')",
            "写了 stderr",
        ),
        ('# %% check="ex-a"', "# %%", "练习 ex-a 没有检查格"),
        ('mistake={"answer": "ex-a"}', 'mistake={"answer": "ex-b"}', "练习 ex-a 没有典型错答"),
    ],
)
def test_broken_promise_is_found(proved, old, new, words):
    assert any(words in problem for problem in proved(old, new))


def _paper(built_course, tmp_path, old, new):
    text = (built_course / "text/source/px/px.py").read_text(encoding="utf-8")
    path = tmp_path / "px.py"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return prove_paper(path, built_course / "source/px", 0)


def test_sound_paper_gives_all_and_nothing(built_course, tmp_path):
    proof = _paper(built_course, tmp_path, "", "")

    assert (proof.problems, proof.reference_points, proof.untouched_points) == ([], 100, 0)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('q1 = "B"', 'q1 = "C"', "q1-test：参考答案没有得分"),
        ('"points": 0}\n# 错因：混了', '"points": 40}\n# 错因：混了', "应得 40 分，却得 0 分"),
        ("q2 = ...", "q2 = 100", "没动过的格应说还没有作答"),
    ],
)
def test_paper_that_breaks_its_word_is_found(built_course, tmp_path, old, new, words):
    assert any(words in problem for problem in _paper(built_course, tmp_path, old, new).problems)


def test_item_that_leans_on_an_earlier_one_is_found(built_course, tmp_path):
    text = 'q2 = paper.table("calls")["呼入量"].mean()'
    proof = _paper(built_course, tmp_path, text, text + ' if q1 == "B" else 0')

    assert any("q2-test：参考答案没有得分" in problem for problem in proof.problems)
