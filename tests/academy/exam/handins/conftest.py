"""一个收卷的场次：四名学员各有座位，另有一份平行卷、一课；答卷放进一个文件夹里。"""

import itertools
import json
import os
import random
import shutil
import zipfile
from datetime import UTC, datetime, timedelta

import nbformat
import pytest
import yaml

from academy.course import Course
from academy.exam.cycle import dry_run
from academy.exam.enrolment import make_sitting
from academy.exam.handins.collecting import collect
from academy.exam.roster import Learner, enrol
from academy.exam.seating import seats_file
from academy.exam.seating.frozen import handed_out, read_manifest
from academy.exam.seating.handout import hand_out
from academy.exam.sitting import open_sitting
from academy.notebooks import build_all
from academy.simulate import answer_book, fill_in

START = datetime(2025, 7, 18, 7, 30, tzinfo=UTC)
DUE = START + timedelta(minutes=90)
FOUR = [Learner("S1", "王敏"), Learner("S2", "李静"), Learner("S3", "张磊"), Learner("S4", "刘洋")]

LESSON = '''# %% [markdown]
"""
# 排班为什么难？

一天里的来电有高有低，人却要整班整班地排。
"""

# %% [markdown]
"""
先猜一猜：午后的高峰要多少人才接得住？
"""

# %%
calls = [100, 120, 90]

# %% exercise="ex-sum"
total = ...
### BEGIN SOLUTION
total = sum(calls)
### END SOLUTION

# %% check="ex-sum"
from ccomlib import expect

expect(total, 310, what="合计")
'''


@pytest.fixture(scope="session")
def hall(built_course, tmp_path_factory):
    """课程：试卷 px 与平行卷 py（题号相同，题面不同），一课。"""
    folder = tmp_path_factory.mktemp("hall") / "course"
    shutil.copytree(built_course, folder)
    px = folder / "text/source/px"
    py = folder / "text/source/py"
    shutil.copytree(px, py)
    text = (py / "px.py").read_text(encoding="utf-8")
    (py / "px.py").unlink()
    for old, new in [("小卷", "平行卷"), ("选一个。", "挑一个吧。"), ("甲", "赤"), ("乙", "橙"),
                     ("丙", "黄"), ("丁", "绿")]:  # fmt: skip
        text = text.replace(old, new)
    (py / "py.py").write_text(text, encoding="utf-8")
    syllabus = folder / "course/syllabus.yml"
    content = yaml.safe_load(syllabus.read_text(encoding="utf-8"))
    content["roles"][-1]["papers"] = ["px", "py"]
    syllabus.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    lesson = folder / "text/course/wfmp/01_why.py"
    lesson.parent.mkdir(parents=True)
    lesson.write_text(LESSON, encoding="utf-8")
    build_all(folder)
    return folder


@pytest.fixture(scope="session")
def seated_hall(hall, tmp_path_factory):
    folder = tmp_path_factory.mktemp("seated") / "course"
    shutil.copytree(hall, folder)
    course = Course(folder)
    course.generate("px")
    dry_run(course, "px")
    enrol(course, FOUR)
    sitting, _ = make_sitting(folder, "px", "2025-07", FOUR, START, 90, now=lambda: START)
    chance = random.Random(9)
    kept = seats_file.draw_seed
    seats_file.draw_seed = lambda: chance.randrange(1, 16**16)
    try:
        hand_out(course, sitting, now=lambda: START)
    finally:
        seats_file.draw_seed = kept
    return folder


@pytest.fixture
def course(seated_hall, tmp_path):
    folder = tmp_path / "course"
    shutil.copytree(seated_hall, folder)
    return Course(folder)


@pytest.fixture
def sitting(course):
    return open_sitting(course.root, "px")


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "答卷"
    folder.mkdir()
    return folder


@pytest.fixture
def right(course):
    """right("S1")：他的座位上的正确答案。"""

    def answers(number):
        manifest = read_manifest(course.root, "px@2025-07", "px", number)
        return answer_book(course.root / "text/source/px/px.py", manifest.seed).perfect()

    return answers


@pytest.fixture
def paper(course):
    """paper("S1", {"q1": …})：他的卷子，填好答案，成为字节。"""

    def content(number, answers=None, **metadata):
        path = handed_out(course.root, "px@2025-07", number) / "px/px.ipynb"
        notebook = fill_in(path, answers or {})
        notebook.metadata.update(metadata)
        return (nbformat.writes(notebook) + "\n").encode()

    return content


@pytest.fixture
def put(inbox):
    """put(名字, 字节, 截止前几分钟)：放一个文件，文件时间照给的；返回路径。"""

    def write(name, content, minutes=10):
        path = inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        at = (DUE - timedelta(minutes=minutes)).timestamp()
        os.utime(path, (at, at))
        return path

    return write


@pytest.fixture
def take(course, inbox):
    """take()：收这个文件夹；返回收卷的结果（按学号的行、搁置的话）。"""
    at = itertools.count()

    def run(source=inbox, **options):
        now = DUE + timedelta(hours=1, seconds=next(at))
        sitting = open_sitting(course.root, "px")
        collected, not_taken = collect(course, sitting, source, now=lambda: now, **options)
        return Taken(collected, not_taken)

    return run


class Taken:
    """收卷的结果，测试里好问。"""

    def __init__(self, collected, not_taken):
        self.collected = collected
        self.rows = {row.number: row for row in collected.rows}
        self.aside = [one.sentence for one in collected.aside]
        self.open = [one.sentence for one in collected.aside if not one.settled]
        self.not_taken = not_taken

    def status(self):
        return {number: row.status for number, row in self.rows.items()}


@pytest.fixture
def answers_in(course):
    """answers_in("S1")：submitted/ 里他的答案；没有就是 None。"""

    def read(number):
        path = course.folder("submitted", "px", number) / "px.ipynb"
        if not path.exists():
            return None
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        found = {}
        for cell in cells:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if name in ("q1", "q2"):
                found[name] = "".join(cell["source"])
        return found

    return read


def zipped(files, *, names=None):
    """{路径: 字节} 压成的 zip；names="gbk" 时文件名按中文 Windows 的老写法。"""
    import io

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            info = zipfile.ZipInfo(path)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    made = buffer.getvalue()
    if names is not None:
        made = _renamed(files, names)
    return made


def _renamed(files, encoding):
    """同样的 zip，名字按另一种编码写，也不说明是哪一种。"""
    import io

    class Info(zipfile.ZipInfo):
        def _encodeFilenameFlags(self):
            return self.filename.encode(encoding), self.flag_bits & ~0x800

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, content in files.items():
            archive.writestr(Info(path), content)
    return buffer.getvalue()


@pytest.fixture(name="zipped")
def _zipped():
    return zipped
