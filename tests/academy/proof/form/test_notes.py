"""academy.proof.form.notes：每一节都有讲师提示，时间合起来正好，投票抄得出去。"""

import pytest

from academy.masters import read_master
from academy.proof.form.notes import note_problems, noted_minutes, sections
from tests.academy.form_lesson import FORM_LESSON


@pytest.fixture
def lesson(tmp_path):
    def make(old="", new=""):
        assert old in FORM_LESSON
        path = tmp_path / "x.py"
        path.write_text(FORM_LESSON.replace(old, new, 1) if old else FORM_LESSON, "utf-8")
        return read_master(path)

    return make


def test_sections_know_their_guesses_exercises_and_notes(lesson):
    found = sections(lesson())

    assert [one.heading for one in found] == [
        "开场",
        "先想一想",
        "1　直接除够不够",
        "2　周一九点半",
        "练习 1　投诉队列的话务量",
        "练习 2　怎么回老板",
        "练习 3　夜里那一格",
        "3　带回去：自己的文件，Excel 里来，Excel 里去",
        "小结",
    ]
    assert [one.name for one in found[2].guesses] == ["enough"]
    # 课后的不在课上讲
    assert [one.exercises for one in found[4:7]] == [["ex-load"], ["ex-reply"], []]
    assert noted_minutes(found) == 45


def test_good_notes_have_no_problem(lesson):
    assert list(note_problems(lesson(), 45)) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("时间：12 分钟", "时间：13 分钟", "合计 46 分钟，这一课是 45 分钟"),
        ("时间：12 分钟", "12 分钟", "「1　直接除够不够」没有时间"),
        ("时间：12 分钟", "时间：十二分钟", "「1　直接除够不够」没有时间"),
        ("投票：enough\n", "", "没有「投票：enough」"),
        ("投票：enough", "投票：够不够", "的投票「够不够」没有选项"),
        ("- A. 29 人\n- B. 31 人\n- C. 36 人\n- D. 45 人\n", "", "的投票「要几个人，八成的电话才在 20 秒内接起？（人）」没有选项"),
        ("答案：B。\n会", "会", "「1　直接除够不够」没有「答案：」"),
        ("会答错成：A，因为照平均数除\n", "", "「1　直接除够不够」没有「会答错成：」"),
        ("会答错成：A，因为照平均数除", "会答错成：A", "没有说因为什么"),
        ("反问：一天里", "一天里", "「1　直接除够不够」没有「反问：」"),
        ("来不及：自己念一遍", "自己念一遍", "「练习 1　投诉队列的话务量」没有「来不及：」"),
        ("## 小结", "## 小结\n\n## 再会", "讲师提示「小结」没有写"),
    ],
)  # fmt: skip
def test_what_an_instructor_would_miss_is_named(lesson, old, new, words):
    problems = list(note_problems(lesson(old, new), 45))

    assert any(words in one for one in problems), problems


def test_exercise_for_home_and_plain_section_need_only_their_time(lesson):
    # 课后练习与「带回去」的提示只有时间，上面已经没有一句不符
    note = next(one for one in sections(lesson()) if one.heading.startswith("练习 3")).notes[0]

    assert note.minutes == 0
    assert (note.answers, note.cut) == ((), ())
