"""academy.keys：字母匀不匀、答案是不是最长、选项是不是一样长。"""

import pytest

from academy.keys import Key, leaks, lesson_keys, paper_keys

EVEN = ("同样长", "一样长", "不比短", "不比长")


def _keys(letters, options=EVEN):
    return [Key(f"卷 q{n}", letter, options) for n, letter in enumerate(letters)]


@pytest.mark.parametrize("letters", ["AABBCCDD", "AABCCDDD", "AABBCCDDDACB", "BBB"])
def test_even_keys_say_nothing(letters):
    assert leaks("卷", _keys(letters)) == []


@pytest.mark.parametrize("letters", ["AAAABBCD", "ABBBCCCC", "BBBBCCCC"])
def test_uneven_keys_are_counted(letters):
    (said,) = leaks("卷", _keys(letters))

    shown = "、".join(f"{one} {letters.count(one)}" for one in "ABCD")
    assert said == f"卷的 8 道单选题答案不匀（{shown}），请换选项的次序。"


def test_key_that_is_the_longest_too_often_is_told():
    right, wrong = "把人排到缺的时段去", "把需求改低些了"
    options = {
        "A": (right, wrong, wrong + "吗", wrong + "吧"),
        "B": (wrong, right, "乙" * 8, "丙" * 8),
    }
    keys = [Key("卷", letter, options[letter]) for letter in "ABAB"]

    assert any("约 4 道的答案最长" in one for one in leaks("卷", keys))
    assert not any("最长" in one for one in leaks("卷", keys[:1] + _keys("BCD")))


def test_key_as_long_as_others_counts_its_share():
    assert Key("卷", "A", ("甲乙丙", "甲乙", "丁戊己")).longest == 0.5
    assert Key("卷", "B", ("甲乙丙", "甲乙", "丁戊己")).longest == 0


def test_options_of_unlike_length_are_named():
    (said,) = leaks(
        "卷", [Key("卷 q9", "A", ("改", "把人排到缺的时段去", "先做一件小事", "看一看"))]
    )

    assert said == "卷 q9：选项长短差得多（1 到 9 字），请写得一样长。"


def test_paper_gives_the_keys_of_its_choice_items(paper):
    assert paper_keys(paper) == [Key("x-final q1", "B", ("加人", "改班次", "改需求"))]


def test_lesson_gives_the_keys_of_exercises_that_ask_for_a_letter(tmp_path):
    path = tmp_path / "05_x.py"
    path.write_text(
        '''# %% [markdown]
"""
- A. 甲
- B. 乙乙
- C. 丙
"""

# %% exercise="ex-a"
pick = ...
### BEGIN SOLUTION
pick = "B"
### END SOLUTION

# %% [markdown]
"""
没有选项。
"""

# %% exercise="ex-b"
number = ...
### BEGIN SOLUTION
number = 3
### END SOLUTION
''',
        encoding="utf-8",
    )

    assert lesson_keys(path) == [Key("05_x ex-a", "B", ("甲", "乙乙", "丙"))]
