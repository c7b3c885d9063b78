"""academy.pull：第二版的课改了带得回来；改到生成器写的部分，说请改母本。"""

import nbformat
import pytest

from academy.masters import MasterError
from academy.notebooks import render, target
from academy.pull import pull
from tests.academy.form_lesson import FORM_LESSON


@pytest.fixture
def pulled(tmp_path):
    """pulled("旧", "新")：在笔记本里改一处再带回来，交回母本。"""
    master = tmp_path / "text/course/x/01_three.py"
    master.parent.mkdir(parents=True)

    def edit(old="", new=""):
        master.write_text(FORM_LESSON, encoding="utf-8")
        path = target(master, tmp_path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render(master, tmp_path), encoding="utf-8")
        notebook = nbformat.read(path, as_version=4)
        cells = [cell for cell in notebook.cells if old in cell.source]
        assert cells
        cells[0].source = cells[0].source.replace(old, new, 1)
        nbformat.write(notebook, path)
        return pull(path, tmp_path).read_text(encoding="utf-8")

    return edit


def test_untouched_notebook_gives_its_master_back(pulled):
    assert pulled() == FORM_LESSON


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # 第一屏、开头的问题、术语旁边、练习的题干、折起的讲解与准备、小结
        ("总监问你：「周一九点半到底要几个人？」", "总监又问：「到底要几个人？」"),
        ("2. 向老板说出缺几个人。", "2. 向老板说出缺几个人。\n3. 回答追问。"),
        ("半小时来 20 通", "半小时来 24 通"),
        ("半小时来 48 通", "半小时来 96 通"),
        ("凌晨来 3 通", "凌晨来 4 通"),
        ("空着的那几分钟存不下来。", "空着的那几分钟存不下来，\n忙的时候用不上。"),
        ("周一九点半要 36 人；", "周一九点半要 37 人；"),
        ("from ccomlib import erlang, expect", "from ccomlib import centre, erlang, expect"),
        ("load = 48 * 450 / ____", "load = 450 * 48 / ____"),
    ],
)
def test_edit_comes_back_to_its_place(pulled, old, new):
    assert pulled(old, new) == FORM_LESSON.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("45 分钟", "50 分钟"),
        ("<summary>1. 一个时段", "<summary>1. 一个格子"),
        ("> **话务量**", "> **来电量**"),
        ("（课后）", ""),
        ("- **记住**", "- **记牢**"),
        ("actual=staffing.agents", "actual=36"),
    ],
)
def test_edit_of_what_the_generator_writes_is_refused(pulled, old, new):
    with pytest.raises(MasterError, match="请直接改 text/course 里的母本"):
        pulled(old, new)
