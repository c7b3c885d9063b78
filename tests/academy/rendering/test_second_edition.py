"""academy.rendering：第一屏、先猜再看、两条路、课后与选读、一天的课表，学员看到的样子。"""

import json
import re

import nbformat
import pytest

from academy.masters import read_master
from academy.rendering import Setting, lesson_cells, lesson_facts, lesson_setting, notebook_text
from academy.rendering.setting import day_map, first_lessons
from academy.rendering.words import reading_source, reading_text
from academy.running import run_cells
from academy.syllabus import Resit, Role, Session, Syllabus
from tests.academy.form_lesson import FORM_LESSON

ROLE = Role(
    code="CCOM-X",
    slug="x",
    name="小岗位",
    topics={"x.2.a": "预测"},
    chapters=(("c1.history",), ("x.2.a",), ()),
    lessons={"common/00_start": (), "x/01_three": ("x.2.a",), "x/02_four": ("x.2.a",)},
    sessions=(
        Session(1, "08:45", 15, "common/00_start", None),
        Session(1, "09:00", 45, "x/01_three", None),
        Session(1, "13:30", 45, "x/02_four", None),
        Session(2, "09:00", 45, "x/03_five", None),
        Session(2, "10:00", 90, None, "x-final"),
    ),
    papers=("x-final",),
    resits=(Resit(1, "09-01", "15:30", 90),),
)
SYLLABUS = Syllabus({"x": ROLE}, 70, 100, 90, 2)
TITLES = {"common/00_start": "怎么用？", "x/01_three": "几个人？", "x/02_four": "<够>吗？"}


@pytest.fixture
def master(tmp_path):
    path = tmp_path / "01_three.py"
    path.write_text(FORM_LESSON, encoding="utf-8")
    return read_master(path)


@pytest.fixture
def shown(master):
    setting = Setting("x/01_three", "小岗位", ("预测",), "<table>课表</table>")
    return lesson_cells(master, setting)


def _cell(cells, words):
    (found,) = (cell for cell in cells if words in cell.source)
    return found


def test_first_screen_has_role_minutes_map_and_topics_in_words(shown):
    first = shown[0].source

    assert first.startswith("# 周一九点半要几个人？\n\n**小岗位** · 45 分钟\n\n总监问你")
    assert "<table>课表</table>" in first
    assert "<details><summary>对应的认证大纲</summary>\n\n预测。" in first
    assert "x.2.a" not in first


def test_codes_are_in_the_notebooks_metadata(master):
    facts = lesson_facts(master, Setting("x/01_three"))
    notebook = json.loads(notebook_text([], facts))

    assert notebook["metadata"]["ccom"] == {
        "lesson": "x/01_three",
        "minutes": 45,
        "topics": ["c1.history", "x.2.a"],
    }


def test_nothing_of_a_reading_is_in_view_before_it_is_run(shown):
    reading = _cell(shown, "空着的那几分钟存不下来")

    assert reading.cell_type == "code"
    assert reading.metadata["jupyter"] == {"source_hidden": True}
    # 折起的一格，JupyterLab 只显示第一行
    assert reading.source.splitlines()[0] == "# 讲解：猜过以后运行这一格"
    seen = "\n".join(
        cell.source for cell in shown if not cell.metadata.get("jupyter", {}).get("source_hidden")
    )
    assert "存不下来" not in seen
    assert "多 5 人" not in seen


def test_setup_is_folded_below_a_line_that_says_what_it_is(shown):
    setup = _cell(shown, "use_chinese()")

    assert setup.source.startswith("# 准备：先运行这一格\n")
    assert setup.metadata["jupyter"] == {"source_hidden": True}


def test_task_shows_the_road_through_excel_and_how_to_hand_in(shown):
    task = _cell(shown, "练习 1　投诉队列的话务量").source

    assert "<summary>用 Excel 做</summary>\n\n在空的单元格里写 `=48*450/1800`。" in task
    assert "整个换成一行 `load = 你的得数`" in task
    assert "用 Excel 做" not in _cell(shown, "练习 2　怎么回老板").source


def test_exercise_for_home_is_marked(shown):
    assert "### 练习 3　夜里那一格（课后）\n" in _cell(shown, "凌晨来 3 通").source
    assert "（课后）" not in _cell(shown, "练习 2　怎么回老板").source


def test_term_and_reminder_are_spelled_out(shown):
    assert (
        "> **话务量**（爱尔兰）：平均有几通电话同时在处理。"
        in _cell(shown, "半小时来 20 通").source
    )
    assert "- **记住**：话务量 = " in _cell(shown, "## 小结").source


def test_annex_is_marked_as_optional(master):
    first = lesson_cells(master, Setting("x/01_three_annex", "小岗位", annex=True))[0].source

    assert "**选读** · 小岗位 · 约 45 分钟 · 课上不讲，考试不考" in first


@pytest.mark.parametrize(
    "text",
    [
        "一行。",
        "公式 $\\frac{a}{b}$，路径 C:\\new",
        '有 """ 的',
        '以引号结尾的 "C"',
        "以反斜线结尾 \\",
        "表：\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |",
    ],
)
def test_reading_shows_the_authors_words_whatever_they_are(text, tmp_path):
    cell = nbformat.v4.new_markdown_cell(text, metadata={"reading": "a", "actual": "1 + 1"})
    source = reading_source(cell)

    setup = 'from ccomlib import guess\nguess("a", "几个？", unit="个", mine=3)'
    shown = run_cells([setup, source], tmp_path)[1][0]["data"]["text/markdown"]

    assert shown == f"> **你猜 3 个，实际 2 个。**\n\n{text}"
    if reading_text(source) is not None:
        assert reading_text(source) == text


def test_rewritten_reading_has_no_text_of_its_own():
    assert reading_text("# 讲解\nprint(3)") is None


def test_lesson_that_opens_a_day_has_the_days_map():
    opening, other = (
        lesson_setting(name, SYLLABUS, TITLES, (), ROLE)
        for name in ("common/00_start", "x/01_three")
    )

    assert first_lessons(ROLE) == {1: "common/00_start", 2: "x/03_five"}
    assert opening.day_map.startswith("<b>第 1 天</b>")
    assert other.day_map == ""
    assert lesson_setting("common/00_start", SYLLABUS, TITLES).day_map == ""
    assert lesson_setting("common/00_start", SYLLABUS, TITLES).role == "七个岗位都上"


def test_map_has_every_lesson_break_and_paper_with_its_time():
    rows = [
        re.sub("<[^>]+>", "|", row).strip("|")
        for row in day_map(ROLE, 1, TITLES, "x/01_three").split("<tr")[2:]
    ]

    assert [re.sub(r"\|+", " ", row.split(">", 1)[-1]).strip() for row in rows] == [
        "08:45–09:00 15 怎么用？",
        "09:00–09:45 45 ▶ 几个人？",
        "09:45–13:30 225 午休",
        "13:30–14:15 45 &lt;够&gt;吗？",
    ]
    second = day_map(ROLE, 2, TITLES)
    assert "09:45–10:00" in second
    assert "休息" in second
    assert "结业考试" in second
