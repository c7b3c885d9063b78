"""一节三格的小课，够看母本怎样成笔记本、笔记本怎样回母本。"""

import pytest

from academy.notebooks import render, target

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
