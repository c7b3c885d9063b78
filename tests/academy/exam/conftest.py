"""还没发过卷的小课程；三份平行卷的小岗位；一个走得由测试说了算的钟。"""

import json
import os
import shutil
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import SAWarning

from academy.course import Course
from academy.exam.enrolment import make_sitting
from academy.exam.handins.collecting import collect
from academy.exam.journal import note
from academy.exam.roster import Learner, enrol
from academy.exam.sitting import open_sitting
from academy.notebooks import build_all

START = datetime(2025, 7, 18, 7, 30, tzinfo=UTC)
NAMES = {"S1": "王敏", "S2": "李静", "S3": "张磊", "S4": "刘洋", "S5": "陈艳", "S6": "赵勇"}


class Clock:
    """停着的钟；测试自己拨。"""

    def __init__(self, at):
        self.at = at

    def __call__(self):
        return self.at

    def forward(self, **time):
        self.at += timedelta(**time)
        return self.at


@pytest.fixture
def clock():
    return Clock(datetime(2025, 7, 18, 7, 0, tzinfo=UTC))


@pytest.fixture
def fresh(built_course, tmp_path):
    folder = tmp_path / "fresh"
    shutil.copytree(built_course, folder)
    return Course(folder)


PAPERS = ("wfmp-final", "wfmp-resit1", "wfmp-resit2")


@pytest.fixture(scope="session")
def generated(request, tmp_path_factory):
    """一个岗位的三份平行小卷（各 40 + 60 分），学员卷已生成；还没有场次。"""
    # tools/mutants.py 跑几百遍，只建一次
    ready = os.environ.get("CCOM_READY_COURSE")
    folder = Path(ready) if ready else tmp_path_factory.mktemp("generated") / "course"
    if folder.exists():
        return folder
    shutil.copytree(request.getfixturevalue("built_course"), folder)
    blueprints = folder / "course/blueprints"
    shutil.copy(blueprints / "tiny.yml", blueprints / "wfmp.yml")
    small = folder / "text/source/px"
    for paper in PAPERS:
        master = folder / "text/source" / paper
        shutil.copytree(small, master)
        (master / "px.py").rename(master / f"{paper}.py")
    for place in (small, folder / "source/px", folder / "release/px"):
        shutil.rmtree(place, ignore_errors=True)
    list(build_all(folder))
    course = Course(folder)
    for paper in PAPERS:
        course.generate(paper)
    return folder


@pytest.fixture
def school(generated, tmp_path):
    """三份卷子的课程，各测试拿副本用。"""
    folder = tmp_path / "school"
    shutil.copytree(generated, folder)
    return Course(folder)


@pytest.fixture
def sit(school):
    """sit("wfmp-final", "S1", "S2", start=…)：建一个场次，登记进成绩册；不经试跑。"""

    def made(paper, *numbers, start=START, cohort="2025-07", minutes=90, at=None):
        learners = [Learner(number, NAMES.get(number, "某人")) for number in numbers]
        sitting, _ = make_sitting(
            school.root, paper, cohort, learners, start, minutes, now=lambda: at or start or START
        )
        enrol(school, learners)
        return sitting

    return made


@pytest.fixture
def hand(school):
    """hand("S1", "wfmp-final", at=…)：submitted/ 里有一份答卷，还没评。"""

    def put(number, paper="wfmp-final", at=START + timedelta(minutes=60)):
        folder = school.folder("submitted", paper, number)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{paper}.ipynb").write_text(f"{number} {at}", encoding="utf-8")
        if at is not None:
            (folder / "timestamp.txt").write_text(f"{at:%Y-%m-%d %H:%M:%S.%f} UTC")
        return folder

    return put


@pytest.fixture
def give(school, hand, set_points):
    """give("S1", 40, 30)：交了卷，成绩册里两题各得多少分；flags 是裁判的标记，None 表示不是裁判评的。"""

    def put(number, q1, q2, paper="wfmp-final", at=START + timedelta(minutes=60), flags=()):
        hand(number, paper, at)
        set_points(number, q1, q2, paper)
        graded = school.folder("autograded", paper, number)
        graded.mkdir(parents=True, exist_ok=True)
        (graded / f"{paper}.ipynb").write_text("{}", encoding="utf-8")
        if flags is not None:
            marker = json.dumps({"notebooks": {}, "flags": list(flags)}, ensure_ascii=False)
            (graded / ".graded.json").write_text(marker, encoding="utf-8")

    return put


@pytest.fixture
def set_points(school):
    """set_points("S1", 40, 30)：像 formgrader 那样把分写进成绩册。"""

    def put(number, q1, q2, paper="wfmp-final"):
        with warnings.catch_warnings(), school.gradebook() as gradebook:
            # nbgrader 0.9.6 加行的次序会惹 SQLAlchemy 2.1 说话；行是写对了的
            warnings.simplefilter("ignore", SAWarning)
            gradebook.update_or_create_submission(paper, number)
            for name, points in (("q1-test", q1), ("q2-test", q2)):
                grade = gradebook.find_grade(name, paper, paper, number)
                grade.manual_score, grade.needs_manual_grade = points, False
            gradebook.db.commit()

    return put


@pytest.fixture
def collected(school):
    """collected("wfmp-final@2025-07", at)：记一次收卷。"""

    def put(name, at):
        note(school.root, name, "collected", now=lambda: at, who="考务甲")

    return put


@pytest.fixture
def came(school, tmp_path):
    """came("S1_x.ipynb", "{")：考务收了这样一个文件。"""

    def put(name, text, paper="wfmp-final"):
        inbox = tmp_path / "收到的"
        inbox.mkdir(exist_ok=True)
        (inbox / name).write_text(text, encoding="utf-8")
        os.utime(inbox / name, (START.timestamp(), START.timestamp()))
        collect(school, open_sitting(school.root, paper), inbox, now=lambda: START)

    return put
