"""发过座位卷的一个场次：两名学员，各有各的数据与选项次序。"""

import random
import shutil
from datetime import UTC, datetime

import nbformat
import pytest

from academy.course import Course
from academy.exam.cycle import dry_run
from academy.exam.enrolment import make_sitting
from academy.exam.roster import Learner, enrol
from academy.exam.seating import seats_file
from academy.exam.seating.frozen import handed_out, read_manifest
from academy.exam.seating.handout import hand_out
from academy.exam.sitting import open_sitting
from academy.grading.desk.batch import grade_course
from academy.simulate import answer_book, fill_in

START = datetime(2025, 7, 18, 7, 30, tzinfo=UTC)
TWO = [Learner("S1", "王敏"), Learner("S2", "李静")]


@pytest.fixture(autouse=True)
def _fixed_seeds(monkeypatch):
    """每次抽到同样的座位：两人的正确字母与数都不同。"""
    chance = random.Random(9)
    monkeypatch.setattr(seats_file, "draw_seed", lambda: chance.randrange(1, 16**16))


@pytest.fixture(scope="session")
def course_of_two(built_course, tmp_path_factory):
    """试跑过、登记了两名学员、建了场次，还没有发卷；各测试拿副本用。"""
    folder = tmp_path_factory.mktemp("two") / "course"
    shutil.copytree(built_course, folder)
    course = Course(folder)
    course.generate("px")
    dry_run(course, "px")
    enrol(course, TWO)
    make_sitting(folder, "px", "2025-07", TWO, START, 90)
    return folder


@pytest.fixture
def course(course_of_two, tmp_path):
    folder = tmp_path / "course"
    shutil.copytree(course_of_two, folder)
    return Course(folder)


@pytest.fixture
def sitting(course):
    return open_sitting(course.root, "px")


@pytest.fixture
def seated(course, sitting):
    hand_out(course, sitting)
    return sitting


@pytest.fixture
def paper_of(course, seated):
    """paper_of("S1")：发给他的试卷文件夹（存档的那一份）。"""
    return lambda number: handed_out(course.root, seated.name, number) / "px"


@pytest.fixture
def manifest_of(course, seated):
    return lambda number: read_manifest(course.root, seated.name, "px", number)


@pytest.fixture
def right_for(course, manifest_of):
    """right_for("S1")：他那个座位上的正确答案。"""

    def answers(number):
        master = course.root / "text/source/px/px.py"
        return answer_book(master, manifest_of(number).seed).perfect()

    return answers


@pytest.fixture
def graded(course, paper_of):
    """graded("S1", 答案)：交上去、评分，返回评分的结果。"""

    def put_and_grade(number, answers):
        desk = course.folder("submitted", "px", number)
        shutil.rmtree(desk, ignore_errors=True)
        shutil.copytree(paper_of(number), desk)
        nbformat.write(fill_in(desk / "px.ipynb", answers), desk / "px.ipynb")
        (outcome,) = grade_course(course.api, "px", [number], workers=1)
        return outcome

    return put_and_grade
