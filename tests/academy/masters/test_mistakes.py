"""academy.masters.mistakes：错答是参考答案上的替换，或一段自己的代码。"""

import pytest

from academy.masters import MasterError, mistakes, read_master

ANSWER = """# %% answer="q1"
q1 = ...
### BEGIN SOLUTION
total = 60 * 2
q1 = total / 3
### END SOLUTION

# %% mistakes="q1"
"""


@pytest.fixture
def read(tmp_path):
    def read(text, answer=ANSWER):
        path = tmp_path / "m.py"
        path.write_text(answer + text + "\n", encoding="utf-8")
        return mistakes(read_master(path), path)

    return read


def test_substitution_changes_the_reference(read):
    (found,) = read("# 错因：忘了除\n# 换：/ 3\n# 成：* 1")

    assert (found.answer_id, found.name, found.points) == ("q1", "忘了除", 0)
    assert found.source == "# 错因：忘了除\ntotal = 60 * 2\nq1 = total * 1"


def test_substitutions_follow_one_another_and_may_delete(read):
    (found,) = read("# 错因：两处\n# 换：60 * 2\n# 成：60\n# 换： / 3\n# 成：")

    assert found.source.splitlines()[1:] == ["total = 60", "q1 = total"]


def test_substitution_stands_everywhere(read):
    (found,) = read("# 错因：名字\n# 换：total\n# 成：whole")

    assert found.source.splitlines()[1:] == ["whole = 60 * 2", "q1 = whole / 3"]


def test_code_replaces_the_whole_answer(read):
    (found,) = read("# 错因：把秒当分\n# 消息：单位\n# 得分：1.5\nq1 = 60  # 换成分")

    assert found.source == "# 错因：把秒当分\nq1 = 60  # 换成分"
    assert (found.points, found.message) == (1.5, "单位")


def test_one_cell_holds_several(read):
    found = read(
        "# 错因：甲\n# 换：/ 3\n# 成：/ 2\n\n# 错因：乙\nx = 1\n\nq1 = x\n\n# 错因：丙\nq1 = 2"
    )

    assert [one.name for one in found] == ["甲", "乙", "丙"]
    assert found[1].source == "# 错因：乙\nx = 1\n\nq1 = x"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("q1 = 1", "从「# 错因：」一行开始"),
        ("# 错因：甲", "不同的代码或「换」「成」"),
        ("# 错因：\nq1 = 1", "要有原因"),
        ("# 错因：甲\n# 换：/ 4\n# 成：/ 2", "「甲」：参考答案里没有 '/ 4'"),
        ("# 错因：甲\n# 换：/ 3", "一行一行成对"),
        ("# 错因：甲\n# 成：/ 3\n# 换：/ 2", "一行一行成对"),
        ("# 错因：甲\n# 换：/ 3\n# 成：/ 3", "不同的代码或「换」「成」"),
        ("# 错因：甲\n# 换：/ 3\n# 成：/ 2\nq1 = 2", "请只留一样"),
        ("# 错因：甲\ntotal = 60 * 2\nq1 = total / 3", "不同的代码"),
        ("# 错因：甲\n# 得分：两分\nq1 = 1", "得分是 '两分'"),
    ],
)
def test_mistake_that_is_none_is_refused(read, text, words):
    with pytest.raises(MasterError, match=r"第 2 格（q1 的错答）") as refused:
        read(text)

    assert words in str(refused.value)


def test_mistakes_of_an_unknown_answer_are_refused(read):
    with pytest.raises(MasterError, match="没有名叫 q1 的作答格"):
        read("# 错因：甲\nq1 = 1", ANSWER.replace('answer="q1"', 'answer="q2"'))
