"""所有测试共用：不开窗口画图；一门两题的小课程，够走完发卷、收卷、评分、成绩的每一步。"""

import contextlib
import os
import shutil
from pathlib import Path

import matplotlib
import nbformat
import pytest
import yaml
from hypothesis import settings

from academy.course import Course
from academy.exam.cycle import release
from academy.exam.roster import Learner
from academy.grading.cage import remove_tree
from academy.notebooks import build_all
from academy.simulate import answer_book, fill_in

matplotlib.use("Agg")
# 同样的例子每次都一样；机器忙时慢一点不算错
settings.register_profile("ccom", derandomize=True, deadline=None)
settings.register_profile("fuzz", deadline=None, database=None, print_blob=True)  # make fuzz
settings.load_profile("ccom")

ROOT = Path(__file__).resolve().parents[1]
PAPER = "px"
LEARNERS = [
    Learner("S1", "王敏"),
    Learner("S2", "李静"),
    Learner("S3", "张磊"),
    Learner("S4", "刘洋"),
]

SEAT = """
import numpy as np
import pandas as pd


def tables(seed):
    calls = np.random.default_rng([seed, 1]).poisson(100, 5)
    return {"calls": pd.DataFrame({"日期": pd.date_range("2025-01-01", periods=5), "呼入量": calls})}
"""

MASTER = '''# %% [markdown]
"""
# 小卷
"""

# %% [markdown] choice="q1"
"""
## 第 1 题

选一个。

- [ ] 甲
  错因：混了
- [x] 乙
- [ ] 丙
  错因：也混了
- [ ] 丁
  错因：又混了
"""

# %% [markdown] data="q2"
"""
## 第 2 题

表 `calls` 的呼入量平均多少通？
"""

# %% answer="q2"
q2 = ...
### BEGIN SOLUTION
q2 = paper.table("calls")["呼入量"].mean()
### END SOLUTION

# %% test="q2" tol=0.001
right = paper.table("calls")["呼入量"].sum() / 5

# %% mistakes="q2"
# 错因：用了总数
# 换：.mean()
# 成：.sum()
'''

BLUEPRINT = """
parts:
  - {part: q1, topic: c1.history, level: remember, points: 40, minutes: 2, steps: 1, kind: choice}
  - {part: q2, topic: wfmp.2.workload, level: apply, points: 60, minutes: 5, steps: 2, kind: data}
"""

# 小卷的岗位：加在真的大纲后面
ROLE = {
    "code": "CCOM-TINY",
    "slug": "tiny",
    "name": "小岗位",
    "chapter2": {"topics": [{"id": "wfmp.2.workload", "title": "业务量预测"}]},
    "chapter3": {"topics": [{"id": "tiny.3.tool", "title": "小工具"}]},
    "papers": [PAPER],
}


def write_course(folder):
    """text/、配置与大纲齐全的课程文件夹，笔记本已生成。"""
    master = folder / "text/source" / PAPER / f"{PAPER}.py"
    master.parent.mkdir(parents=True)
    master.write_text(MASTER, encoding="utf-8")
    (master.parent / "seat.py").write_text(SEAT, encoding="utf-8")
    (folder / "course/blueprints").mkdir(parents=True)
    (folder / "course/blueprints/tiny.yml").write_text(BLUEPRINT, encoding="utf-8")
    syllabus = yaml.safe_load((ROOT / "course/syllabus.yml").read_text(encoding="utf-8"))
    syllabus["roles"].append(ROLE)
    text = yaml.safe_dump(syllabus, allow_unicode=True, sort_keys=False)
    (folder / "course/syllabus.yml").write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    build_all(folder)
    return folder


@pytest.fixture(scope="session")
def built_course(tmp_path_factory):
    return write_course(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="session")
def released_course(built_course, tmp_path_factory):
    """已发卷的课程；各测试拿副本用。"""
    folder = tmp_path_factory.mktemp("released") / "course"
    shutil.copytree(built_course, folder)
    release(Course(folder), PAPER, LEARNERS, None, 90, cohort="2025-07")
    return folder


@pytest.fixture
def course(released_course, tmp_path):
    folder = tmp_path / "course"
    shutil.copytree(released_course, folder)
    return Course(folder)


@pytest.fixture
def hand_in(course):
    """hand_in("S1", {"q1": …})：把填好的答卷放进 submitted/。"""

    def put(student, answers, name=f"{PAPER}.ipynb"):
        folder = course.folder("submitted", PAPER, student)
        folder.mkdir(parents=True, exist_ok=True)
        released = course.folder("release", PAPER) / f"{PAPER}.ipynb"
        nbformat.write(fill_in(released, answers), folder / name)
        return folder

    return put


@pytest.fixture
def right(course):
    return answer_book(course.root / "text/source" / PAPER / f"{PAPER}.py").perfect()


@pytest.fixture(scope="session")
def right_answers():
    """right_answers(folder)：全部答对的一份答卷。"""

    def filled(folder):
        book = answer_book(folder / "text/source" / PAPER / f"{PAPER}.py")
        return fill_in(folder / "release" / PAPER / f"{PAPER}.ipynb", book.perfect())

    return filled


@pytest.fixture
def nested():
    """nested(folder)：在里面一层套一层建 1500 个文件夹；测完删掉，pytest 自己删不动。"""
    made = []

    def make(folder):
        made.append(folder / "d")
        here = os.getcwd()
        os.chdir(folder)
        try:
            for _ in range(1500):
                os.mkdir("d")
                os.chdir("d")
        finally:
            os.chdir(here)

    yield make
    for folder in made:
        with contextlib.suppress(OSError):
            remove_tree(folder)


@pytest.fixture(autouse=True)
def _closed_figures():
    yield
    import matplotlib.pyplot as plt

    plt.close("all")


@pytest.hookimpl(tryfirst=True)  # 要在 -m 挑选之前
def pytest_collection_modifyitems(items):
    """浏览器测试都起内核；起内核的不与别的同时跑：同时启动的两个内核会抢同一个端口。"""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.kernels)
