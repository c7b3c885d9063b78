"""一节三格的小课、一份五题的小卷，够看母本怎样成笔记本、笔记本怎样回母本。"""

import pytest

from academy.notebooks import render, target
from academy.papers import read_paper
from tests.academy.small_paper import write_small_course

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

# %% mistakes="ex-three"
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


@pytest.fixture
def notebook(lesson, root):
    """这节课生成的笔记本。"""
    path = target(lesson, root)
    path.parent.mkdir(parents=True)
    path.write_text(render(lesson, root), encoding="utf-8")
    return path


@pytest.fixture
def lesson_text():
    return LESSON


@pytest.fixture
def course_folder(tmp_path):
    """课程文件夹：小岗位的大纲、细目表、一份五题的小卷。"""
    return write_small_course(tmp_path)


@pytest.fixture
def master(course_folder):
    return course_folder / "text/source/x-final/x-final.py"


@pytest.fixture
def changed(master):
    """changed("旧", "新")：母本换一处。"""

    def change(old, new):
        text = master.read_text(encoding="utf-8")
        assert old in text
        master.write_text(text.replace(old, new), encoding="utf-8")
        return master

    return change


@pytest.fixture
def paper(master):
    return read_paper(master)
