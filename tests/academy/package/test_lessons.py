"""academy.package.lessons：照课程安排编号，中文名字在哪个系统都能存；缺课说得清。"""

import json

import pytest

from academy.errors import CourseError
from academy.package.lessons import Lesson, _short, lessons_of, tables_used
from academy.syllabus import read_syllabus


def _role(root, slug="xmp"):
    return read_syllabus(root / "course/syllabus.yml").roles[slug]


def _lesson(*cells):
    notebook = {
        "cells": [
            {
                "cell_type": "code",
                "id": f"c{i}",
                "metadata": {},
                "outputs": [],
                "execution_count": None,
                "source": source,
            }
            for i, source in enumerate(cells)
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return Lesson("x/1", "题", "01 题.ipynb", json.dumps(notebook))


def test_numbers_follow_the_timetable_and_each_lesson_comes_once(tiny):
    lessons = lessons_of(tiny, _role(tiny))

    assert [(one.name, one.file_name) for one in lessons] == [
        ("xmp/90_last", "01 招谁.ipynb"),
        ("xmp/02_first", "02 第一课.ipynb"),
    ]
    assert lessons[0].title == "招谁：甲/乙？*先猜*"


def test_lessons_come_from_their_masters_not_from_what_somebody_ran(tiny):
    folder = tiny / "course/xmp"
    folder.mkdir()
    (folder / "90_last.ipynb").write_text("讲师跑过、答过的")

    assert "讲师跑过" not in lessons_of(tiny, _role(tiny))[0].text


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("每半小时要几个人？", "每半小时要几个人"),
        ("模拟考：先练五十分钟", "模拟考"),
        ('甲/乙\\丙*丁?"<>|戊', "甲乙丙丁戊"),
        ("：只有冒号后面", "只有冒号后面"),
        ("结尾的点. . ", "结尾的点"),
        ("字" * 41, "字" * 40),
        ("字" * 40, "字" * 40),
    ],
)
def test_title_becomes_a_name_that_every_system_takes(title, name):
    assert _short(title) == name


def test_role_without_timetable_or_master_is_refused_in_words(tiny):
    with pytest.raises(CourseError, match="空岗（ymp）的课程安排还是空的"):
        lessons_of(tiny, _role(tiny, "ymp"))
    (tiny / "text/course/xmp/02_first.py").unlink()
    with pytest.raises(CourseError, match="缺 xmp/02_first 的母本"):
        lessons_of(tiny, _role(tiny))


def test_lesson_without_a_title_is_refused_in_words(tiny):
    (tiny / "text/course/xmp/02_first.py").write_text("# %%\n1\n", encoding="utf-8")

    with pytest.raises(CourseError, match="text/course/xmp/02_first.py 没有「# 标题」"):
        lessons_of(tiny, _role(tiny))


def test_tables_are_found_as_attributes_and_by_name():
    lesson = _lesson("hub.roster", 'one = hub.table("agents")', "# hub.survey", "%timeit 1")

    found = tables_used([lesson], ["agents", "survey", "roster", "calls"])

    assert found == ["agents", "roster"]
