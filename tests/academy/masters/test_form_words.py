"""academy.masters：讲师提示、术语、速查、开头的问题、先猜，一行一样，读得出，也写得回。"""

import pytest

from academy.masters import (
    asked,
    is_second,
    placeholder,
    read_master,
    read_note,
    reminders,
    shown_warmup,
    solution,
    stub,
    terms,
    title_of,
    warmup_cell,
    warmup_questions,
    write_master,
)
from tests.academy.form_lesson import FORM_LESSON

NOTE = """时间：8 分钟
先讲一个笑话。
投票：low
- A. 40% 以下
- B. 40% 到 60%
答案：44%，在 08:30
会答错成：80%，因为记得的是全天的数
会答错成：60%，
因为猜了中间
反问：最差的一格是多少？

来不及：只看图
"""


@pytest.fixture
def lesson(tmp_path):
    path = tmp_path / "01_three.py"
    path.write_text(FORM_LESSON, encoding="utf-8")
    return read_master(path)


def test_second_editions_master_is_in_normal_form_with_its_chinese_readable(lesson):
    assert write_master(lesson) == FORM_LESSON
    assert """actual="'不够'\"""" in FORM_LESSON
    assert is_second(lesson)
    assert title_of(lesson) == "周一九点半要几个人？"


def test_guesses_are_read_from_the_code(lesson):
    choice, number = asked(lesson)

    assert (choice.name, choice.question, choice.unit) == ("enough", "排 4 个人够不够？", "")
    assert choice.options == ("够，刚好", "不够", "太多了")
    assert (number.name, number.unit, number.options) == ("agents", "人", ())


def test_note_is_read_word_by_word(lesson):
    note = read_note(NOTE, asked(lesson))

    assert note.minutes == 8
    assert note.free == "先讲一个笑话。"
    assert note.answers == ("44%，在 08:30",)
    assert note.wrong == ("80%，因为记得的是全天的数", "60%，\n因为猜了中间")
    assert (note.back, note.cut) == (("最差的一格是多少？",), ("只看图",))
    assert note.polls[0].text() == "low\nA. 40% 以下\nB. 40% 到 60%"


def test_poll_of_a_guess_brings_its_question_and_options(lesson):
    choice, number = (
        read_note(f"投票：{name}\n{more}", asked(lesson)).polls[0]
        for name, more in (("enough", ""), ("agents", "- A. 31 人\n- B. 36 人"))
    )

    assert choice.text() == "排 4 个人够不够？\nA. 够，刚好\nB. 不够\nC. 太多了"
    assert number.guess == "agents"
    assert number.text() == "要几个人，八成的电话才在 20 秒内接起？\nA. 31 人\nB. 36 人"


def test_note_without_words_of_ours_is_free_text():
    note = read_note("讲师提示：5 分钟。\n先问全班。")

    assert note.minutes is None
    assert note.free == "讲师提示：5 分钟。\n先问全班。"


def test_terms_and_reminders_are_lines_of_the_markdown(lesson):
    (term,) = terms(lesson)

    assert (term.name, term.unit) == ("话务量", "爱尔兰")
    assert term.meaning == "平均有几通电话同时在处理。"
    assert reminders(lesson) == ["话务量 = 来电量 × 平均处理时长 ÷ 1800，一个时段一算。"]


def test_warmup_has_its_answers_below(lesson):
    source = warmup_cell(lesson).source
    first, second = warmup_questions(source)

    assert (first.text, first.answer) == ("一个时段是多久？", "半小时。")
    assert second.answer == "秒。\n从接起到事后处理完。"
    shown = shown_warmup(source)
    assert shown.startswith("## 先想一想\n\n<details><summary>1. 一个时段是多久？</summary>")
    assert "答：" not in shown
    assert shown.count("</details>") == 2


def test_blank_is_left_in_the_stub_and_filled_in_the_solution():
    source = "a = 2\nx = a * ____\n### BEGIN SOLUTION\nx = a * 3\n### END SOLUTION\ny = x + 1"

    assert stub(source) == "a = 2\nx = a * ____\n# 把上面的 ____ 换成你的答案\ny = x + 1"
    assert solution(source) == "a = 2\nx = a * 3\ny = x + 1"
    assert placeholder("x = ...\n### BEGIN SOLUTION\nx = '____'\n### END SOLUTION") == (
        "# 把上面的 ... 换成你的答案"
    )
