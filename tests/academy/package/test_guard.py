"""academy.package.guard：每一样机密，放进去一件就不给打包。"""

import pytest

from academy.errors import CourseError
from academy.package.guard import refuse_secrets
from academy.package.writing import zipped


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("课程原件/01.ipynb", b'"### BEGIN SOLUTION\\n"'),
        ("课程原件/01.ipynb", b"### END SOLUTION"),
        ("课程原件/01.ipynb", b"### BEGIN HIDDEN TESTS"),
        ("课程原件/01.ipynb", b"### BEGIN MARK SCHEME"),
        ("课程原件/01.ipynb", b'"metadata": {"nbgrader": {"grade": true}}'),
        ("program/x.py", b"from academy.exam import results"),
        ("program/x.py", b"import academy"),
        ("program/academy/course.py", b""),
        ("source/wfmp-final/wfmp-final.ipynb", b""),
        ("release/wfmp-final/wfmp-final.ipynb", b""),
        ("text/course/wfmp/01.py", b""),
        ("课程原件/seat.py", b""),
        ("课程原件/seats.csv", b""),
        ("gradebook.db", b""),
        ("课程原件/syllabus.yml", b""),
    ],
)
def test_each_secret_is_refused_and_named(name, content):
    with pytest.raises(CourseError, match="没有打包"):
        refuse_secrets({"开始.html": b"<p>", name: content})


@pytest.mark.parametrize("archive", ["program/x.whl", "课程原件/样例数据/x.xlsx", "x.zip"])
def test_archives_are_looked_into(archive):
    with pytest.raises(CourseError, match="academy/course.py"):
        refuse_secrets({archive: zipped({"academy/course.py": b""})})
    with pytest.raises(CourseError, match="隐藏测试"):
        refuse_secrets({archive: zipped({"a.txt": b"### BEGIN HIDDEN TESTS"})})


def test_innocent_files_pass():
    refuse_secrets(
        {
            "课程原件/01.ipynb": b"nbgrader, the text of a lesson, academy awards",
            "program/x.whl": zipped({"ccomlib/centre/text.py": b"x = 1"}),
        }
    )
