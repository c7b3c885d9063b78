"""academy.pull：笔记本里改的回到母本，笔记本没有的也都在。"""

import nbformat
import pytest

from academy.manifest import Manifest
from academy.masters import MasterError
from academy.notebooks import render, target
from academy.pull import pull


def test_pull_of_an_untouched_notebook_changes_nothing(lesson, notebook, root, lesson_text):
    pull(notebook, root)

    assert lesson.read_text(encoding="utf-8") == lesson_text


def test_pull_brings_edits_back_and_keeps_what_the_notebook_hides(
    lesson, notebook, root, lesson_text
):
    edited = nbformat.read(notebook, as_version=4)
    by_id = {cell.id: cell for cell in edited.cells}
    by_id["cell-001"].source = "# 四减一是几？"
    by_id["ex-three"].source = "# 想一想\n" + by_id["ex-three"].source
    by_id["ex-three-answer"].source = by_id["ex-three-answer"].source.replace(
        "answer = 3", "answer = 4 - 1"
    )
    edited.cells.insert(
        2, nbformat.v4.new_code_cell("1 + 2", id="fresh", metadata={"trusted": True})
    )
    nbformat.write(edited, notebook)

    text = pull(notebook, root).read_text(encoding="utf-8")

    assert "# 四减一是几？" in text
    assert "# 想一想\nanswer = ...\n### BEGIN SOLUTION\nanswer = 4 - 1\n### END SOLUTION" in text
    assert "# %%\n1 + 2" in text
    assert "trusted" not in text
    assert "讲师提示：两分钟。" in text
    assert "# 错因：多数一个" in text


def test_pull_takes_a_notebook_of_the_working_copy(lesson, notebook, root):
    copy = root / ".lab" / notebook.relative_to(root)
    copy.parent.mkdir(parents=True)
    copy.write_text(notebook.read_text(encoding="utf-8").replace("小结", "收尾"), encoding="utf-8")
    before = notebook.read_bytes()

    assert pull(copy, root) == lesson
    assert "收尾" in lesson.read_text(encoding="utf-8")
    assert notebook.read_bytes() == before


def test_pull_drops_a_deleted_cell(lesson, notebook, root, lesson_text):
    edited = nbformat.read(notebook, as_version=4)
    edited.cells = [cell for cell in edited.cells if "小结" not in cell.source]
    nbformat.write(edited, notebook)

    assert "小结" not in pull(notebook, root).read_text(encoding="utf-8")


def test_pull_refuses_when_the_answers_place_is_gone(lesson, notebook, root, lesson_text):
    edited = nbformat.read(notebook, as_version=4)
    next(cell for cell in edited.cells if cell.id == "ex-three").source = "answer = 5"
    nbformat.write(edited, notebook)

    with pytest.raises(MasterError, match="练习 ex-three"):
        pull(notebook, root)
    assert lesson.read_text(encoding="utf-8") == lesson_text


def test_pull_names_a_notebook_without_a_master(root):
    with pytest.raises(MasterError, match=r"没有母本 text/course/x\.py"):
        pull(root / "course/x.ipynb", root)


def test_pulled_notebook_may_be_made_anew(lesson, notebook, root):
    edited = nbformat.read(notebook, as_version=4)
    edited.cells[0].source = "# 四减一是几？"
    nbformat.write(edited, notebook)

    pull(notebook, root)

    assert Manifest.read(root).made("course/wfmp/01_three.ipynb", notebook.read_bytes())


def test_pull_keeps_where_a_figure_comes_from_in_the_lines_that_were_not_edited(lesson, root):
    marked = lesson.read_text(encoding="utf-8").replace(
        "## 小结", "## 小结\n\n[[3 个|answer]]\n再见"
    )
    lesson.write_text(marked, encoding="utf-8")
    notebook = target(lesson, root)
    notebook.parent.mkdir(parents=True, exist_ok=True)
    notebook.write_text(render(lesson, root).replace("再见", "下课"), encoding="utf-8")

    text = pull(notebook, root).read_text(encoding="utf-8")

    assert text == marked.replace("再见", "下课")
