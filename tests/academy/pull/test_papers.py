"""academy.pull.papers：教师卷里改的字回到母本；生成器写的部分改了就说清楚改哪里。"""

import nbformat
import pytest

from academy.masters import MasterError, read_master, write_master
from academy.notebooks import render, target
from academy.pull import pull


@pytest.fixture
def source(course_folder, master):
    """生成的教师卷。"""
    master.write_text(write_master(read_master(master)), encoding="utf-8")
    path = target(master, course_folder)
    path.parent.mkdir(parents=True)
    path.write_text(render(master, course_folder), encoding="utf-8")
    return path


@pytest.fixture
def edit(source, course_folder, master):
    """edit("q1-text", "旧", "新")：在教师卷里改一处，带回，交出母本的文字。"""

    def edit(name, old, new):
        notebook = nbformat.read(source, as_version=4)
        cell = next(cell for cell in notebook.cells if cell.id == name)
        assert old in cell.source
        cell.source = cell.source.replace(old, new)
        nbformat.write(notebook, source)
        pull(source, course_folder)
        return master.read_text(encoding="utf-8")

    return edit


def test_pull_of_an_untouched_paper_changes_nothing(source, course_folder, master):
    before = master.read_text(encoding="utf-8")

    pull(source, course_folder)

    assert master.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("cell", "old", "new", "words"),
    [
        ("cell-001", "有两张表", "有三张表", "**情境**：有三张表。"),
        ("cell-001", "# 小卷", "# 大卷", "# 大卷\n\n**情境**"),
        ("setup", "import math", "import statistics", "import statistics"),
        ("q1-text", "怎样做？", "先做哪样？", "先做哪样？"),
        ("q1-text", "B. 改班次", "B. 改一改班次", "- [x] 改一改班次"),
        ("q3-text", "甲先", "甲最先", "1. 甲最先"),
        ("q4-text", "1. 下雨", "1. 下大雨", "1. 下大雨 → 应急"),
        ("q5-text", "平均多少", "平均是多少", "呼入量平均是多少"),
        ("q5", "calls.max()", "max(calls)", '"最多": max(calls)'),
        ("q5-test", "math.fsum(calls)", "sum(calls)", "sum(calls) / 3"),
    ],
)
def test_authors_words_come_back(edit, cell, old, new, words):
    assert words in edit(cell, old, new)


def test_master_is_proved_the_same_after_an_edit(edit):
    text = edit("q1-text", "C. 改需求", "C. 改一改需求")

    assert "- [ ] 改一改需求\n  错因：迁就班表" in text
    assert "讲师提示：慢慢讲。" in text
    assert "# 错因：用了合计" in text


@pytest.mark.parametrize(
    ("cell", "old", "new"),
    [
        ("cell-001", "70 分合格", "60 分合格"),
        ("setup", "use_chinese()", ""),
        ("q1-text", "（20 分", "（30 分"),
        ("q1-text", "- C. 改需求", "- C. 改需求\n- D. 不改"),
        ("q1", '"B"', '"C"'),
        ("q1-test", "第 1 题", "第一题"),
        ("q3-text", "错 1 对", "错 2 对"),
        ("q5-text", "相对误差 1%", "相对误差 5%"),
        ("q5-text", "（20 分", "（30 分"),
        ("q5-test", "tol=0.01", "tol=0.05"),
        ("closing", "保存", "存盘"),
    ],
)
def test_generators_words_are_to_be_changed_in_the_master(edit, master, source, cell, old, new):
    before = master.read_text(encoding="utf-8")

    with pytest.raises(MasterError, match=rf"{cell}：改到了由母本与细目表生成的部分.*text/source"):
        edit(cell, old, new)

    assert master.read_text(encoding="utf-8") == before


def test_cell_added_in_the_notebook_stands_behind_the_same_cell(source, course_folder, master):
    notebook = nbformat.read(source, as_version=4)
    notebook.cells.insert(2, nbformat.v4.new_markdown_cell("## 第一部分", id="fresh"))
    nbformat.write(notebook, source)

    pull(source, course_folder)

    text = master.read_text(encoding="utf-8")
    assert text.index("## 第一部分") < text.index("## 第 1 题")
    assert text.index("import math") < text.index("## 第一部分")


def test_part_taken_out_of_the_notebook_is_refused(source, course_folder):
    notebook = nbformat.read(source, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if not cell.id.startswith("q3")]
    nbformat.write(notebook, source)

    with pytest.raises(MasterError, match="q3"):
        pull(source, course_folder)
