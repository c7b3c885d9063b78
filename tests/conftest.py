"""所有测试共用：不开窗口画图；一门两题的小课程，够走完发卷、收卷、评分、成绩的每一步。"""

import shutil
from pathlib import Path

import matplotlib
import nbformat
import pytest
from hypothesis import settings

from academy.course import Course
from academy.exam.cycle import release
from academy.exam.roster import Learner
from academy.notebooks import build_all
from academy.simulate import answer_book, fill_in

matplotlib.use("Agg")
# 同样的例子每次都一样；机器忙时慢一点不算错
settings.register_profile("ccom", derandomize=True, deadline=None)
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

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
from ccomlib import answered, expect, open_paper

paper = open_paper()

# %% [markdown] options="q1"
"""
选一个。

- A. 甲
- B. 乙
- C. 丙
- D. 丁
"""

# %% nbgrader={"grade": false, "grade_id": "q1", "locked": false, "schema_version": 3, "solution": true, "task": false}
q1 = ...
### BEGIN SOLUTION
q1 = "B"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q1-test", "locked": true, "points": 40, "schema_version": 3, "solution": false, "task": false} item={"answer": "q1", "topic": "c1.history", "level": "remember", "minutes": 2}
answered(q1, "letters", what="第 1 题")
### BEGIN HIDDEN TESTS
from ccomlib.paper import choice_key

expect(q1, choice_key("q1", "B"), what="第 1 题")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q1", "points": 0}
# 错因：混了
q1 = "A"

# %% nbgrader={"grade": false, "grade_id": "q2", "locked": false, "schema_version": 3, "solution": true, "task": false}
q2 = ...
### BEGIN SOLUTION
q2 = paper.table("calls")["呼入量"].mean()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q2-test", "locked": true, "points": 60, "schema_version": 3, "solution": false, "task": false} item={"answer": "q2", "topic": "wfmp.2.workload", "level": "apply", "minutes": 5, "data": true}
answered(q2, "number", what="第 2 题")
### BEGIN HIDDEN TESTS
expect(q2, open_paper().table("calls")["呼入量"].sum() / 5, what="第 2 题", tol=1e-3)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q2", "points": 0}
# 错因：用了总数
q2 = paper.table("calls")["呼入量"].sum()
'''


def write_course(folder):
    """text/、配置与大纲齐全的课程文件夹，笔记本已生成。"""
    master = folder / "text/source" / PAPER / f"{PAPER}.py"
    master.parent.mkdir(parents=True)
    master.write_text(MASTER, encoding="utf-8")
    (master.parent / "seat.py").write_text(SEAT, encoding="utf-8")
    (folder / "course").mkdir()
    shutil.copy(ROOT / "course/syllabus.yml", folder / "course")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    list(build_all(folder))
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


@pytest.fixture(autouse=True)
def _closed_figures():
    yield
    import matplotlib.pyplot as plt

    plt.close("all")
