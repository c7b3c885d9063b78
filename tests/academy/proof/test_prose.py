"""academy.proof.prose：正文里的数一变，证明就红，说出课、格、写的数与算出来的数。"""

import pytest

from academy.proof import prove_lesson

LESSON = '''# %% [markdown]
"""
# 几个人够？
"""

# %% [markdown] tags=["given"]
"""
总监说：批 12 个人，流失 3 个。
"""

# %% [markdown]
"""
## 1　看一眼

批了 12 个人。目标是 [[80%|给定]]。
"""

# %%
calls = [100, 150, 225]
low = 0.4386
print(f"最低 {low:.1%}，最多 {max(calls)} 通")

# %% [markdown]
"""
最低 44%，最多 225 通，差 [[125 通|max(calls) - min(calls)]]，一共 [[475|sum(calls):,]]。
12 − 3 = 9，还剩 9 个人，目标 80%。
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：7 分钟。
会有人说 [[300|3 * min(calls)]] 通。
"""

# %% [markdown]
"""
## 2　练一练
"""

# %% exercise="ex-a"
answer = ...
### BEGIN SOLUTION
answer = 40 + 2
### END SOLUTION

# %% check="ex-a"
from ccomlib import expect
expect(answer, 42, what="和", mistakes=[(40, "少加了")])

# %% [markdown] explain="ex-a"
"""
40 + 2 = 42，就是 [[42|answer]]。
"""

# %% mistakes="ex-a"
# 错因：少加
# 消息：少加了
answer = 40
'''


@pytest.fixture
def proved(tmp_path):
    def prove(old="", new=""):
        path = tmp_path / "05_x.py"
        assert old in LESSON
        path.write_text(LESSON.replace(old, new) if old else LESSON, encoding="utf-8")
        return prove_lesson(path).problems

    return prove


def test_a_lesson_whose_figures_are_shown_derived_or_given_is_sound(proved):
    assert proved() == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "最低 44%",
            "最低 45%",
            "05_x.py 第 5 格「最低 45%，最多 225 通，…」：写的是 45%，这一节到这里的输出里没有这个数（最接近的是 43.9%）",
        ),
        (
            "low = 0.4386",
            "low = 0.4512",
            "写的是 44%，这一节到这里的输出里没有这个数（最接近的是 45.1%）",
        ),
        ("最多 225 通，差", "最多 226 通，差", "写的是 226，"),
        ("[[125 通|", "[[126 通|", "写的是 126 通，算出来是 125.0（max(calls) - min(calls)）"),
        ("100, 150", "101, 150", "写的是 125 通，算出来是 124.0"),
        (
            "[[475|sum(calls):,]]",
            "[[475|sum(calls[1:]):,]]",
            "写的是 475，算出来是 375（sum(calls[1:])）",
        ),
        ("|sum(calls):,]]", "|nothing]]", "nothing 算不出来（NameError："),
        ("12 − 3 = 9，还剩 9", "12 − 3 = 8，还剩 8", "写的是 12 − 3 = 8，算出来是 9.0"),
        ("[[80%|给定]]", "八成", "写的是 80%"),
        ("流失 3 个", "流失了一些", "写的是 9，"),
        (
            "[[300|3 * min(calls)]]",
            "[[301|3 * min(calls)]]",
            "第 6 格「讲师提示：7 分钟。」：写的是 301，算出来是 300.0",
        ),
        ("[[42|answer]]", "[[41|answer]]", "第 10 格"),
        ("## 2　练一练", "## 2　练一练\n\n还是 44%。", "写的是 44%"),
    ],
)
def test_a_figure_that_drifted_is_named_with_its_cell_and_its_value(proved, old, new, words):
    problems = proved(old, new)

    assert any(words in problem for problem in problems), problems


STEM = "## 2　练一练"


@pytest.mark.parametrize(
    ("stem", "asked"),
    [
        ("算出 40 加 2 等于几。", False),
        ("错答是 40 的，少加了；对的是 42。", False),
        ("算出 41 加 2 等于几。", True),
    ],
)
def test_a_stem_may_say_the_figures_its_exercise_computes_with_and_no_others(proved, stem, asked):
    problems = proved(STEM, f"{STEM}\n\n{stem}")

    assert any("41" in problem for problem in problems) == asked
    assert asked or problems == []


@pytest.mark.parametrize(("between", "asked"), [("", False), ("\n\n# %%\nsum(calls)", True)])
def test_a_folded_check_is_a_source_through_the_stem_above_alone(proved, between, asked):
    old = LESSON[LESSON.index(STEM) :]
    new = old.replace(f'{STEM}\n"""', f'{STEM}\n"""{between}').replace("(40, ", "(38, ")

    problems = proved(old, new.replace("|answer]]", "|answer]]，不是 38"))

    assert any("写的是 38" in one for one in problems) == asked


def test_one_figure_is_named_once_a_cell(proved):
    problems = proved("最低 44%", "最低 45%，是 45%，就是 45%")

    assert len(problems) == 1


def test_the_figures_of_a_note_that_is_given_are_not_the_readers(proved):
    """讲师提示里给定的数，正文里不能拿来当出处。"""
    note = 'tags=["instructor", "given"]\n"""\n讲师提示：7 分钟。\n会有人说 77 通。\n"""'
    old = LESSON[LESSON.index('tags=["instructor"]') : LESSON.index('# %% [markdown]\n"""\n## 2')]

    assert proved(old, note + "\n\n") == []
    assert any(
        "写的是 77" in one for one in proved(old, note + '\n\n# %% [markdown]\n"""\n77 通\n"""\n\n')
    )


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("- A. 77 通", False),
        ("会答错成：77 通，因为没有除", False),
        ("答案：77 通", True),
        ("- 答案是 77 通", True),
        ("用 7 分钟", False),
        ("得 7.07 分钟", True),
    ],
)
def test_options_and_wrong_answers_claim_nothing_and_minutes_are_the_notes_own(proved, line, asked):
    old = "会有人说 [[300|3 * min(calls)]] 通。"

    assert bool(proved(old, line)) == asked


def test_a_lesson_without_minutes_guesses_or_marks_is_asked_too(tmp_path):
    path = tmp_path / "plain.py"
    path.write_text('# %% [markdown]\n"""\n先猜：77 通？\n"""\n', encoding="utf-8")

    (problem,) = prove_lesson(path).problems

    assert "写的是 77" in problem


def test_text_can_be_derived_too(proved):
    good = "一共 [[周一|'周一']]"

    assert proved("一共", good) == []
    assert any("算出来是 周二" in one for one in proved("一共", "一共 [[周一|'周二']]"))
