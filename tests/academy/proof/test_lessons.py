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


def test_a_lesson_reads_its_sample_files_and_saves_beside_a_copy_of_them(tmp_path):
    """课里的「文件/…」在证明时也读得到；存下的不留在课程文件夹里。"""
    path = tmp_path / "text/course/xmp/02_a.py"
    path.parent.mkdir(parents=True)
    files = tmp_path / "course/xmp/文件"
    files.mkdir(parents=True)
    (files / "a.csv").write_text("日期,呼入量\n2026-03-02,5\n", encoding="utf-8")
    path.write_text(
        "# %%\nfrom ccomlib import read_table, write_excel\n"
        'table = read_table("文件/a.csv", kind="daily")\n'
        'write_excel("我的.xlsx", 表=table)\n\n'
        '# %% [markdown]\n"""\n一共 [[5|table["呼入量"].sum()]] 通。\n"""\n',
        encoding="utf-8",
    )

    assert prove_lesson(path).problems == []
    assert prove_lesson(path).problems == []
    assert {one.name for one in tmp_path.rglob("*.xlsx")} == set()


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


BLANKS = """# %% tags=["setup"]
from ccomlib import expect, guess

# %%
guess("calls", "几通？", unit="通")

# %% [markdown] reading="calls" actual="2 + 1"
\"\"\"
三通。
\"\"\"

# %% [markdown] excel="ex-a" value="75%"
\"\"\"
写 `=3/4`。
\"\"\"

# %% exercise="ex-a"
share = float(____) / 4
### BEGIN SOLUTION
share = float(3) / 4
### END SOLUTION

# %% check="ex-a"
expect(share, 0.75, what="比例", unit="share", mistakes=[(4 / 3, "除反了")])

# %% mistakes="ex-a"
# 错因：除反了
# 消息：除反了
share = 4 / 3
"""


@pytest.fixture
def proved_blanks(tmp_path):
    def prove(old="", new=""):
        assert old in BLANKS
        path = tmp_path / "lesson.py"
        path.write_text(BLANKS.replace(old, new), encoding="utf-8")
        return prove_lesson(path).problems

    return prove


def test_lesson_with_guess_blank_and_both_roads_has_no_problem(proved_blanks):
    assert proved_blanks() == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('value="75%"', 'value="57%"', "练习 ex-a：Excel 里得到的值没有通过（Incorrect"),
        (', unit="share"', "", "练习 ex-a：Excel 里得到的值没有通过"),
        ('actual="2 + 1"', "actual=\"float('nan')\"", "出错 ValueError：猜 calls 的实际值是 nan"),
        ('actual="2 + 1"', "", "出错 ValueError：猜 calls 的实际值是 Ellipsis"),
        ('actual="2 + 1"', 'actual="nowhere"', "出错 NameError"),
        ('guess("calls"', 'guess("call"', "讲解 calls 没有对应的猜"),
        ('reading="calls"', 'reading="call"', "猜 calls 没有讲解"),
        (
            'guess("calls", "几通？", unit="通")',
            'guess("calls", "几通？", unit="通")\nguess("calls", "几通？", unit="通")',
            "猜 calls 用了两次",
        ),
        ("float(____)", "float(3)", "练习 ex-a：没动过的格应说还没有作答，却是 通过"),
    ],
)
def test_broken_promise_of_a_guess_or_a_road_is_found(proved_blanks, old, new, words):
    problems = proved_blanks(old, new)

    assert any(words in one for one in problems), problems
