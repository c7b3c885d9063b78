"""academy.rendering.lesson：答案只在折叠里，错答与提示不进笔记本，同样的母本同样的字节。"""

from academy.masters import read_master
from academy.notebooks import render
from academy.rendering import lesson_cells


def test_same_master_gives_the_same_bytes(lesson, root):
    assert render(lesson, root) == render(lesson, root)


def test_answer_stands_only_in_its_folded_cell(lesson):
    cells = lesson_cells(read_master(lesson))
    holders = [cell.id for cell in cells if "answer = 3" in cell.source]

    assert holders == ["ex-three-answer"]
    folded = next(cell for cell in cells if cell.id == "ex-three-answer").source
    assert folded.startswith("<details>")
    assert "三就是三。" in folded


def test_folded_answer_follows_its_check(lesson):
    ids = [cell.id for cell in lesson_cells(read_master(lesson))]
    check = next(c for c in lesson_cells(read_master(lesson)) if "expect(answer" in c.source).id

    assert ids[ids.index(check) + 1] == "ex-three-answer"


def test_instructor_notes_and_mistakes_stay_out_of_the_notebook(lesson, root):
    text = render(lesson, root)

    assert "讲师提示" not in text
    assert "多数一个" not in text


def test_check_is_folded_and_lets_the_rest_run(lesson):
    check = next(c for c in lesson_cells(read_master(lesson)) if "expect(answer" in c.source)

    assert check.metadata["jupyter"] == {"source_hidden": True}
    assert check.metadata["tags"] == ["raises-exception"]


def test_cell_tagged_hide_is_folded_and_still_runs(lesson):
    text = lesson.read_text(encoding="utf-8").replace('tags=["setup"]', 'tags=["setup", "hide"]')
    lesson.write_text(text, encoding="utf-8")

    cell = lesson_cells(read_master(lesson))[1]

    assert cell.cell_type == "code"
    assert cell.metadata["jupyter"] == {"source_hidden": True}


def test_a_figures_source_stays_in_the_master(lesson, root):
    """`[[3|式子]]` 在笔记本里只剩 3：正文、题后的讲解都一样。"""
    text = lesson.read_text(encoding="utf-8")
    text = text.replace("三就是三。", "是 [[3|answer]]。").replace(
        "## 小结", "## 小结\n\n[[3 个|给定]]"
    )
    lesson.write_text(text, encoding="utf-8")

    cells = {cell.id: cell.source for cell in lesson_cells(read_master(lesson))}

    assert "是 3。" in cells["ex-three-answer"]
    assert list(cells.values())[-1] == "## 小结\n\n3 个"
