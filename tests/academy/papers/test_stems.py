"""academy.papers.stems：选择、排序、配对的题干，选项、答案与错答各写一次。"""

import pytest

from academy.masters import MasterError
from academy.papers.stems import choice_stem, match_stem, order_stem

CHOICE = """## 第 1 题

怎样做？

- [ ] 加人
  错因：只会加人
- [x] 改班次
- [ ] 改需求
  错因：迁就班表"""

ORDER = """## 第 2 题

从早到晚？

1. 甲先
2. 乙后
3. 丙再后
4. 丁最后

错排 2134：甲乙记反
错排 4321：全反"""

MATCH = """## 第 3 题

各归哪里？

1. 下雨 → 应急
2. 排班 → 预测
3. 打分 → 质量

- 监控

错配 1=监控：混了
错配 1=预测 2=应急：对调"""


def test_choice_shows_letters_and_hides_marks_and_causes():
    stem = choice_stem(CHOICE, "q1")

    assert stem.text == "## 第 1 题\n\n怎样做？\n\n- A. 加人\n- B. 改班次\n- C. 改需求"
    assert (stem.options, stem.key) == (("加人", "改班次", "改需求"), "B")
    assert stem.wrong == (("A", "只会加人"), ("C", "迁就班表"))


def test_choice_without_a_mark_has_no_key_but_causes():
    stem = choice_stem(CHOICE.replace("[x] 改班次", "[ ] 改班次\n  错因：丙"), "q1")

    assert stem.key == ""
    assert stem.causes == ("只会加人", "丙", "迁就班表")


def test_order_is_shown_scrambled_and_the_key_leads_back():
    stem = order_stem(ORDER, "q2")

    shown = dict(line[2:].split(". ") for line in stem.text.splitlines() if line.startswith("- "))
    assert [shown[letter] for letter in stem.key] == ["甲先", "乙后", "丙再后", "丁最后"]
    assert stem.key != "ABCD"
    assert "错排" not in stem.text
    first, second = stem.wrong
    assert [shown[letter] for letter in first[0]] == ["乙后", "甲先", "丙再后", "丁最后"]
    assert second == (stem.key[::-1], "全反")


def test_display_order_says_nothing_of_the_right_order():
    """列出的次序只由文字定：同样四件事，换了对的次序，卷面不变。"""
    other = ORDER.replace("甲先", "x").replace("丁最后", "甲先").replace("x", "丁最后")

    assert order_stem(other, "q2").options == order_stem(ORDER, "q2").options
    assert order_stem(other, "q2").key != order_stem(ORDER, "q2").key


def test_things_are_never_shown_in_the_right_order():
    for number in range(60):
        things = "\n".join(f"{n}. 事{number}-{n}" for n in range(1, 4))
        stem = order_stem(f"# x\n\n{things}\n\n错排 213：混", "q")

        assert stem.key != "ABC"


def test_match_letters_its_options_and_numbers_its_statements():
    stem = match_stem(MATCH, "q3")

    lines = stem.text.splitlines()
    letters = dict(reversed(line[2:].split(". ")) for line in lines if line.startswith("- "))
    assert lines[4:8] == ["1. 下雨", "2. 排班", "3. 打分", ""]
    assert stem.key == "".join(letters[one] for one in ("应急", "预测", "质量"))
    assert "→" not in stem.text
    assert set(stem.options) == {"应急", "预测", "质量", "监控"}
    assert stem.wrong[0][0] == letters["监控"] + stem.key[1:]
    assert stem.wrong[1][0] == stem.key[1] + stem.key[0] + stem.key[2]


def test_two_statements_may_share_an_option():
    stem = match_stem(MATCH.replace("打分 → 质量", "停电 → 应急"), "q3")

    assert stem.key[0] == stem.key[2]
    assert len(stem.options) == 3


@pytest.mark.parametrize(
    ("read", "old", "new", "words"),
    [
        (choice_stem, "- [ ] 改需求", "- [x] 改需求", "只能有一个"),
        (choice_stem, "\n  错因：只会加人", "", "选项 A 没有错因"),
        (choice_stem, "改班次", "加人", "互不相同"),
        (choice_stem, "- [ ] 加人\n  错因：只会加人\n", "", "3 到 8 个"),
        (order_stem, "错排 2134：甲乙记反\n错排 4321：全反", "", "至少写一行「错排"),
        (order_stem, "错排 2134", "错排 2135", "错排 2135 要把 1 到 4 各写一次"),
        (order_stem, "错排 2134", "错排 1234", "与正确答案相同"),
        (order_stem, "错排 2134：甲乙记反", "错排 2134", "至少写一行「错排"),
        (order_stem, "丁最后", "丙再后", "互不相同"),
        (match_stem, " → 质量", "", "箭头后面是它的选项"),
        (match_stem, "错配 1=监控", "错配 4=监控", "错配 4=监控 要写成「序号=选项」"),
        (match_stem, "错配 1=监控", "错配 1=没有", "错配 1=没有 要写成"),
        (match_stem, "- 监控", "- 应急", "不要与箭头后面的相同"),
    ],
)
def test_stem_that_is_none_is_refused_with_the_form(read, old, new, words):
    source = {choice_stem: CHOICE, order_stem: ORDER, match_stem: MATCH}[read]
    assert old in source

    with pytest.raises(MasterError, match="卷 题 q") as refused:
        read(source.replace(old, new), "卷 题 q")

    assert words in str(refused.value)
