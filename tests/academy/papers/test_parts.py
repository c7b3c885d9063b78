"""academy.papers.parts：每一小题的题干、作答、检验与错答都在；与细目表不符、漏了、写坏了说得清。"""

import pytest

from academy.masters import MasterError
from academy.papers import Tolerance, read_paper


def test_parts_stand_in_the_blueprints_order_with_their_plans(paper):
    assert [(part.name, part.plan.kind) for part in paper.parts] == [
        ("q1", "choice"),
        ("q2", "judge"),
        ("q3", "order"),
        ("q4", "match"),
        ("q5", "data"),
    ]
    assert [part.title for part in paper.parts][:2] == ["第 1 题", "第 2 题"]
    assert [part.data for part in paper.parts] == [False, True, False, False, True]


def test_data_part_has_form_blanks_tolerance_and_shares(paper):
    part = paper["q5"]

    assert (part.form, part.blanks, part.shares) == ("dict", 2, True)
    assert part.tolerance == Tolerance(relative=0.01)
    assert part.solution.splitlines()[0] == 'calls = paper.table("calls")["呼入量"]'
    (mistake,) = part.mistakes
    assert mistake.points == 10
    assert "calls.sum()" in mistake.source


def test_letters_are_answered_by_the_generator(paper):
    assert paper["q1"].solution == 'q1 = "B"'
    assert [(one.source.splitlines()[-1], one.points) for one in paper["q1"].mistakes] == [
        ('q1 = "A"', 0),
        ('q1 = "C"', 0),
    ]


def test_wrong_order_and_wrong_match_earn_what_the_rule_says(paper):
    """20 分：四件错 1 对得 2/3，三个配对一个得 2/3，都取到 0.5。"""
    assert [one.points for one in paper["q3"].mistakes] == [13.5]
    assert [one.points for one in paper["q4"].mistakes] == [13.5]


def test_judged_choice_is_answered_by_its_own_test(paper):
    part = paper["q2"]

    assert part.solution.splitlines()[-1] == 'q2 = "ABC"[right - 1]'
    assert len(part.mistakes) == 2
    namespace = {}
    for number, mistake in enumerate(part.mistakes, 1):
        code = mistake.source.replace(part.body, "right = 3")
        exec(code, namespace)
        assert namespace["q2"] == "ABC"[(2 + number) % 3]


def test_tests_compute_in_a_function_of_their_own(paper):
    namespace = {}
    exec(
        paper["q2"].key_function.replace(paper["q2"].body, "right = 7"),
        {"open_paper": int},
        namespace,
    )

    assert namespace["right_q2"]() == 7


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('data="q5"', 'data="q6"', "卷里没有 q5；细目表里没有 q6"),
        ('order="q3"', 'choice="q3"', "题干写成了 choice，细目表里是 order"),
        ("## 第 5 题\n", "", "题干要有一行标题"),
        ('# %% test="q5" tol=0.01 parts=true', "# %%", 'test="q5" 各一格'),
        ('# %% answer="q5"', '# %% answer="q1"\nq1 = ...\n\n# %% answer="q5"', "作答格由生成器写"),
        ('# %% mistakes="q5"', '# %% mistakes="q9"', "没有名叫 q9 的作答格"),
        (
            '# %% mistakes="q5"\n# 错因：用了合计\n# 得分：10\n# 换：calls.mean()\n# 成：calls.sum()\n',
            "",
            "至少一个典型错答",
        ),
        (
            'right = {"平均": math.fsum(calls) / 3',
            'wrong = {"平均": math.fsum(calls) / 3',
            "叫做 right",
        ),
        ('q5 = {"平均": ..., "最多": ...}', "q5 = {}", "要有 `...`"),
        ("parts=true", 'parts={"平均": 5, "最多": 5}', "合计要是 20 分"),
        ("parts=true", 'form="list"', "form 是 'list'，应与作答格相符"),
        ("- [x] 改班次", "- [ ] 改班次\n  错因：丙", "（judge）不写「[x]」"),
        ("- [ ] 第一天\n  错因：看反了", "- [x] 第一天", "（judge）不写「[x]」"),
        ('# %% test="q2"', '# %% test="q7"', "test 格 q7 没有题干"),
    ],
)
def test_part_that_is_none_is_refused(changed, old, new, words):
    with pytest.raises(MasterError) as refused:
        read_paper(changed(old, new))

    assert words in str(refused.value)


def test_parts_out_of_order_are_refused(changed, master):
    text = master.read_text(encoding="utf-8")
    third, fourth = text.index('# %% [markdown] order="q3"'), text.index("# %% [markdown] match")
    end = text.index('# %% [markdown] tags=["instructor"]')
    swapped = text[:third] + text[fourth:end] + text[third:fourth] + text[end:]
    master.write_text(swapped, encoding="utf-8")

    with pytest.raises(MasterError, match=r"从 q4 起次序与 course/blueprints/x\.yml 不同"):
        read_paper(master)


def test_test_that_believes_the_learners_names_is_refused(changed):
    """`calls` 是作答格里的名字：学员想写多少写多少。"""
    with pytest.raises(MasterError, match="题 q2：test 格用了作答格里的 calls，那是学员的"):
        read_paper(
            changed('right = 1 + paper.table("calls")["呼入量"].argmax()', "right = len(calls)")
        )
