"""一门一课的小课程，和由它做的学员包；大的那一个（排班管理岗）整个会话只做一次。"""

from pathlib import Path

import pytest

from academy.package import contents, samples, write_package
from academy.syllabus import read_syllabus

ROOT = Path(__file__).resolve().parents[3]

SYLLABUS = """
assessment: {minutes: 90, points: 100, pass_points: 70, resits: 2}
common:
  chapter1: {topics: [{id: c1.history, title: 历史}]}
roles:
  - code: CCOM-XMP
    slug: xmp
    name: 小岗
    chapter2: {topics: [{id: xmp.2.a, title: 甲}]}
    chapter3: {topics: [{id: xmp.3.b, title: 乙}]}
    timetable:
      - day: 1
        sessions:
          - {start: "09:00", minutes: 45, lesson: xmp/90_last}
          - {start: "10:00", minutes: 45, lesson: xmp/02_first}
          - {start: "11:00", minutes: 45, lesson: xmp/90_last}
          - {start: "15:30", minutes: 90, paper: xmp-final}
    lessons:
      - {name: xmp/90_last, topics: [xmp.2.a]}
      - {name: xmp/02_first, topics: [xmp.3.b]}
  - code: CCOM-YMP
    slug: ymp
    name: 空岗
    chapter2: {topics: []}
    chapter3: {topics: []}
"""
LAST = '''# %% [markdown]
"""
# 招谁：甲/乙？*先猜*
"""

# %% tags=["setup"]
from ccomlib import centre, expect

hub = centre.open_centre(seed=2025)

# %%
hub.agents

# %% exercise="ex-a"
a = ...
### BEGIN SOLUTION
a = 12
### END SOLUTION

# %% check="ex-a"
expect(a, 12, what="甲")
'''
FIRST = '''# %% [markdown]
"""
# 第一课？
"""

# %%
import scipy

hub = None
'''


def write_tiny(folder):
    lessons = folder / "text/course/xmp"
    lessons.mkdir(parents=True)
    (lessons / "90_last.py").write_text(LAST, encoding="utf-8")
    (lessons / "02_first.py").write_text(FIRST, encoding="utf-8")
    (folder / "course").mkdir()
    (folder / "course/syllabus.yml").write_text(SYLLABUS, encoding="utf-8")
    return folder


@pytest.fixture
def tiny(tmp_path):
    """小课程的文件夹。"""
    return write_tiny(tmp_path / "tiny")


@pytest.fixture(scope="session")
def tiny_package(tmp_path_factory):
    """小课程的学员包。"""
    root = write_tiny(tmp_path_factory.mktemp("package") / "tiny")
    syllabus = read_syllabus(root / "course/syllabus.yml")
    return contents(root, syllabus.roles["xmp"], syllabus)


@pytest.fixture(scope="session")
def wfmp():
    """排班管理岗的学员包；样例截短，写 Excel 最费时间。"""
    syllabus = read_syllabus(ROOT / "course/syllabus.yml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(samples, "LONGEST", 1000)
        patch.setattr(samples, "SHORT", 480)
        return contents(ROOT, syllabus.roles["wfmp"], syllabus)


@pytest.fixture(scope="session")
def unpacked(wfmp, tmp_path_factory):
    """解压出来的排班管理岗学员包；路径里有空格和中文。"""
    into = tmp_path_factory.mktemp("学员") / "下载 文件"
    into.mkdir()
    return write_package(wfmp, into)[0]
