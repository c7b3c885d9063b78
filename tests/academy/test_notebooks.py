"""academy.notebooks：母本生成笔记本，笔记本改了能回到母本，答案从不漏出去。"""

import json
import shutil
from pathlib import Path

import nbformat
import pytest

from academy.masters import MasterError, read_master
from academy.notebooks import build_all, lesson_notebook, pull, render, target

ROOT = Path(__file__).resolve().parents[2]
LESSON = '''# %% [markdown]
"""
# 三是几？
"""

# %% tags=["setup"]
from ccomlib import expect

# %% [markdown] tags=["instructor"]
"""
讲师提示：两分钟。
"""

# %% [markdown]
"""
## 1　练一练
"""

# %% exercise="ex-three"
answer = ...
### BEGIN SOLUTION
answer = 3
### END SOLUTION

# %% check="ex-three"
expect(answer, 3, what="三", mistakes=[(4, "多了一个")])

# %% [markdown] explain="ex-three"
"""
三就是三。
"""

# %% tags=["mistake"] mistake={"answer": "ex-three"}
# 错因：多数一个
# 消息：多了一个
answer = 4

# %% [markdown]
"""
## 小结
"""
'''


@pytest.fixture
def lesson(tmp_path):
    path = tmp_path / "text/course/wfmp/01_three.py"
    path.parent.mkdir(parents=True)
    path.write_text(LESSON, encoding="utf-8")
    return path


@pytest.fixture
def root(tmp_path):
    return tmp_path


def _notebook(lesson, root):
    path = target(lesson, root)
    path.parent.mkdir(parents=True)
    path.write_text(render(lesson, root), encoding="utf-8")
    return path


def test_same_master_gives_the_same_bytes(lesson, root):
    assert render(lesson, root) == render(lesson, root)


def test_answer_stands_only_in_its_folded_cell(lesson):
    cells = lesson_notebook(read_master(lesson))
    holders = [cell.id for cell in cells if "answer = 3" in cell.source]

    assert holders == ["ex-three-answer"]
    folded = next(cell for cell in cells if cell.id == "ex-three-answer").source
    assert folded.startswith("<details>")
    assert "三就是三。" in folded


def test_folded_answer_follows_its_check(lesson):
    ids = [cell.id for cell in lesson_notebook(read_master(lesson))]
    check = next(c for c in lesson_notebook(read_master(lesson)) if "expect(answer" in c.source).id

    assert ids[ids.index(check) + 1] == "ex-three-answer"


def test_instructor_notes_and_mistakes_stay_out_of_the_notebook(lesson, root):
    text = render(lesson, root)

    assert "讲师提示" not in text
    assert "多数一个" not in text


def test_pull_of_an_untouched_notebook_changes_nothing(lesson, root):
    pull(_notebook(lesson, root), root)

    assert lesson.read_text(encoding="utf-8") == LESSON


def test_pull_brings_edits_back_and_keeps_what_the_notebook_hides(lesson, root):
    path = _notebook(lesson, root)
    notebook = nbformat.read(path, as_version=4)
    by_id = {cell.id: cell for cell in notebook.cells}
    by_id["cell-001"].source = "# 四减一是几？"
    by_id["ex-three"].source = "# 想一想\n" + by_id["ex-three"].source
    by_id["ex-three-answer"].source = by_id["ex-three-answer"].source.replace(
        "answer = 3", "answer = 4 - 1"
    )
    notebook.cells.insert(
        2, nbformat.v4.new_code_cell("1 + 2", id="fresh", metadata={"trusted": True})
    )
    nbformat.write(notebook, path)

    text = pull(path, root).read_text(encoding="utf-8")

    assert "# 四减一是几？" in text
    assert "# 想一想\nanswer = ...\n### BEGIN SOLUTION\nanswer = 4 - 1\n### END SOLUTION" in text
    assert "# %%\n1 + 2" in text
    assert "trusted" not in text
    assert "讲师提示：两分钟。" in text
    assert "# 错因：多数一个" in text


def test_pull_drops_a_deleted_cell(lesson, root):
    path = _notebook(lesson, root)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if "小结" not in cell.source]
    nbformat.write(notebook, path)

    assert "小结" not in pull(path, root).read_text(encoding="utf-8")


def test_pull_refuses_when_the_answers_place_is_gone(lesson, root):
    path = _notebook(lesson, root)
    notebook = nbformat.read(path, as_version=4)
    next(cell for cell in notebook.cells if cell.id == "ex-three").source = "answer = 5"
    nbformat.write(notebook, path)

    with pytest.raises(MasterError, match="练习 ex-three"):
        pull(path, root)
    assert lesson.read_text(encoding="utf-8") == LESSON


def test_pull_names_a_notebook_without_a_master(root):
    with pytest.raises(MasterError, match=r"没有母本 text/course/x\.py"):
        pull(root / "course/x.ipynb", root)


def test_build_is_complete_and_repeats_to_nothing(built_course):
    assert list(build_all(built_course)) == []
    assert (built_course / "release/px/px.ipynb").exists()


def test_release_has_neither_solution_nor_hidden_test(built_course):
    text = (built_course / "release/px/px.ipynb").read_text(encoding="utf-8")

    assert "BEGIN SOLUTION" not in text
    assert "HIDDEN" not in text
    assert "choice_key" not in text
    assert "# 把上面的 ... 换成你的答案" in text


def test_check_tells_what_differs_and_writes_nothing(built_course, tmp_path):
    folder = tmp_path / "course"
    shutil.copytree(built_course, folder)
    notebook = folder / "source/px/px.ipynb"
    data = json.loads(notebook.read_text(encoding="utf-8"))
    data["cells"][0]["source"] = ["# 改过"]
    notebook.write_text(json.dumps(data), encoding="utf-8")
    (folder / "release/px/px.ipynb").unlink()
    before = notebook.read_bytes()

    changed = {path.relative_to(folder).as_posix() for path in build_all(folder, check=True)}

    assert changed == {"source/px/px.ipynb", "release/px/px.ipynb"}
    assert notebook.read_bytes() == before


def test_instructor_notes_are_gathered_under_their_lesson(lesson, root):
    (root / "course").mkdir()
    shutil.copy(ROOT / "course/syllabus.yml", root / "course")
    shutil.copy(ROOT / "nbgrader_config.py", root)

    list(build_all(root))

    text = (root / "docs/讲师手册/wfmp.md").read_text(encoding="utf-8")

    assert text.startswith("# 讲师手册：排班管理岗（CCOM-WFMP）")
    assert "| 第 2 天 | 15:30 | 90 | 考试 wfmp-final |" in text
    assert "## 三是几？" in text
    assert "讲师提示：两分钟。" in text
