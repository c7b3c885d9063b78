"""nbgrader 自己的测试与快速上手课程作外部标准：同样的答卷，经 ccom grade 得到那里写明的分。

用了 nbgrader 0.9.6 随包的 tests/apps/test_nbgrader_autograde.py 里的这些测试：test_grade、
test_showtraceback_exploit、test_student_id_exclude（分数那一半）、test_late_submission_penalty_none
与 _zero、test_grade_missing_notebook、test_skip_extra_notebooks、test_hidden_tests_autotest、
test_grade_autotest、test_grade_complex_autotest，以及用户手册的 ps1（problem2 与去掉一格的 problem1）。

那里的母本多半没有答案（拿学员卷当母本）；裁判要先用母本的答案试跑到满分，所以这里的母本换成同一
文件夹里填好答案的那一份（submitted-changed），评分格一字不改。

没有用的，以及为什么：

- test_hidden_tests_single_notebook、ps1 的 sum_of_squares_uses_squares 一格：测试里 ``del squares``
  再看学员的函数出不出错，靠的是测试与答案共用一个解释器；裁判在试跑时就指出这一格。
- test_grade_with_validating_envvar：评分格本身在评分时必错，母本得不到满分。
- test_side_effects、test_grade_overwrite_files*、test_permissions、test_custom_permissions：没有分数，
  看的是 nbgrader 怎样摆放文件。
- test_infinite_loop*、test_many_students、test_autograde_timeout：要等超时，由 hostile/ 里的测试证。
- test_grade_hashed_autotest：散列里的盐每次不同，与 test_grade_autotest 走同一条路。
- 其余（test_help、test_missing_*、test_force*、test_filter_notebook、test_update_*、
  test_handle_failure*、test_*_kernelspec、test_no_execute、test_grade_*timestamp）：没有写明的分数，
  或是 nbgrader 命令行自己的开关。
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import nbgrader
import pytest
from nbgrader.api import Gradebook

from academy.cli import main
from academy.course import Course

HOME = Path(nbgrader.__file__).parent
FILES = HOME / "tests/apps/files"
GUIDE = HOME / "docs/source/user_guide"

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path):
    """一门只用 nbgrader 的课程：没有我们的大纲、名单与母本。"""
    config = f'c = get_config()\nc.CourseDirectory.root = {str(tmp_path)!r}\nc.CourseDirectory.course_id = "x"\n'
    (tmp_path / "nbgrader_config.py").write_text(config, encoding="utf-8")
    return tmp_path


@pytest.fixture
def put(folder):
    """put("submitted/foo/ps1/p1.ipynb", "submitted-changed")：放好 nbgrader 的一个测试文件。"""

    def copy(place, name):
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(FILES / f"{name}.ipynb", target)

    return copy


def _nbgrader(folder, *words):
    """nbgrader 自己的命令行；展开测试时它不收拾自己的内核，所以另起一个进程。"""
    here = Path(sys.executable).parent
    environment = os.environ | {"PATH": os.pathsep.join([str(here), os.environ["PATH"]])}
    command = [sys.executable, "-m", "nbgrader", *words]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)


@pytest.fixture
def graded(folder):
    """graded(duedate)：生成、评分，交回打开的成绩簿。"""
    books = []

    def run(duedate=None, expand=False):
        course = Course(folder)
        for number in ("foo", "bar", "baz", "spam", "eggs"):
            with course.gradebook() as book:
                book.update_or_create_student(number)
        if expand:
            _nbgrader(folder, "generate_assignment", "ps1", "--create", "--source_with_tests")
        else:
            course.generate("ps1")
        if duedate:
            with course.gradebook() as book:
                book.update_or_create_assignment("ps1", duedate=duedate)
        assert main(["grade", "ps1", "--course", str(folder), "--workers", "1"]) == 0
        books.append(Gradebook(course.coursedir.db_url, "x"))
        return books[-1]

    yield run
    for book in books:
        book.close()


def test_changed_and_unchanged_submissions(put, graded):
    """test_grade：没动过的 1 分、不用人工；答过的 2 分、要人工。"""
    put("source/ps1/p1.ipynb", "submitted-changed")
    put("submitted/foo/ps1/p1.ipynb", "submitted-unchanged")
    put("submitted/bar/ps1/p1.ipynb", "submitted-changed")

    book = graded()

    foo, bar = (book.find_submission_notebook("p1", "ps1", name) for name in ("foo", "bar"))
    assert (foo.score, foo.max_score, foo.needs_manual_grade) == (1, 7, False)
    assert (bar.score, bar.max_score, bar.needs_manual_grade) == (2, 7, True)


def test_a_patched_showtraceback_gains_nothing(put, graded):
    """test_showtraceback_exploit：两种写法都是 1 分。"""
    put("source/ps1/p1.ipynb", "submitted-changed")
    put("submitted/spam/ps1/p1.ipynb", "submitted-cheat-attempt")
    put("submitted/eggs/ps1/p1.ipynb", "submitted-cheat-attempt-alternative")

    book = graded()

    for name in ("spam", "eggs"):
        found = book.find_submission_notebook("p1", "ps1", name)
        assert (found.score, found.needs_manual_grade) == (1, True)


def test_an_extra_notebook_is_passed_over(put, graded):
    """test_skip_extra_notebooks：只评认得的那一本。"""
    put("source/ps1/p1.ipynb", "submitted-changed")
    put("submitted/foo/ps1/p1 copy.ipynb", "submitted-unchanged")
    put("submitted/foo/ps1/p1.ipynb", "submitted-changed")

    book = graded()

    assert [n.name for n in book.find_submission("ps1", "foo").notebooks] == ["p1"]
    assert book.find_submission("ps1", "foo").score == 2


def test_a_missing_notebook_counts_nothing(put, graded):
    """test_grade_missing_notebook：没交的那一本 0 分、不用人工。"""
    put("source/ps1/p1.ipynb", "submitted-changed")
    put("source/ps1/p2.ipynb", "submitted-changed")
    put("submitted/foo/ps1/p1.ipynb", "submitted-changed")

    missing = graded().find_submission_notebook("p2", "ps1", "foo")

    assert missing.score == 0
    assert not missing.needs_manual_grade


@pytest.mark.parametrize(("method", "penalty"), [("none", None), ("zero", 2)])
def test_a_late_submission_pays_what_the_course_says(put, graded, folder, method, penalty):
    """test_late_submission_penalty_none 与 _zero：迟一小时，分数不变，扣分照办法。"""
    with (folder / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"c.LateSubmissionPlugin.penalty_method = {method!r}\n")
    put("source/ps1/p1.ipynb", "submitted-changed")
    put("submitted/foo/ps1/p1.ipynb", "submitted-unchanged")
    put("submitted/bar/ps1/p1.ipynb", "submitted-changed")
    for name, hour in (("foo", 14), ("bar", 15)):
        stamp = f"2015-02-02 {hour}:58:23.948203 America/Los_Angeles"
        (folder / "submitted" / name / "ps1/timestamp.txt").write_text(stamp, encoding="utf-8")

    book = graded(duedate="2015-02-02 14:58:23.948203 America/Los_Angeles")

    foo, bar = (book.find_submission("ps1", name) for name in ("foo", "bar"))
    assert (foo.notebooks[0].score, foo.total_seconds_late) == (1, 0)
    assert foo.notebooks[0].late_submission_penalty is None
    assert (bar.notebooks[0].score, bar.total_seconds_late) == (2, 3600)
    assert bar.notebooks[0].late_submission_penalty == penalty


AUTOTESTS = {
    "test_grade_autotest": (
        "autotest-simple",
        {"foo": ("autotest-simple-unchanged", 0), "bar": ("autotest-simple-changed", 1)},
    ),
    "test_grade_complex_autotest": (
        "autotest-multi",
        {"foo": ("autotest-multi-unchanged", 0), "bar": ("autotest-multi-changed", 3)},
    ),
    "test_hidden_tests_autotest": (
        "autotest-hidden",
        {
            "foo": ("autotest-hidden-unchanged", 0),
            "bar": ("autotest-hidden-changed-wrong", 0),
            "baz": ("autotest-hidden-changed-right", 1),
        },
    ),
}


@pytest.mark.parametrize("name", AUTOTESTS)
def test_instantiated_tests_give_the_stated_scores(put, graded, folder, name):
    master, submissions = AUTOTESTS[name]
    put("source/ps1/p1.ipynb", master)
    shutil.copy(FILES / "autotests.yml", folder / "autotests.yml")
    for student, (file, _) in submissions.items():
        put(f"submitted/{student}/ps1/p1.ipynb", file)

    book = graded(expand=True)

    found = {s: book.find_submission_notebook("p1", "ps1", s).score for s in submissions}
    assert found == {student: score for student, (_, score) in submissions.items()}


SHARED = "sum_of_squares_uses_squares"


def test_the_quickstart_course_gives_its_own_grades(folder, graded):
    """grades.csv：bitdiddle 1.5 分、hacker 3 分；去掉靠共用解释器的一格（0.5 分）以后再比。"""
    shutil.copytree(GUIDE / "source/ps1", folder / "source/ps1")
    path = folder / "source/ps1/problem1.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [
        cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") != SHARED
    ]
    nbformat.write(notebook, path)
    for student, name in (("bitdiddle", "foo"), ("hacker", "bar")):
        shutil.copytree(GUIDE / "submitted" / student / "ps1", folder / "submitted" / name / "ps1")

    book = graded()

    stated = {"foo": 1.5, "bar": 3.0}
    without = {"foo": 0.5, "bar": 0.5}
    for name, score in stated.items():
        assert book.find_submission("ps1", name).score == score - without[name]


def test_the_cell_that_needs_a_shared_interpreter_is_refused_by_name(folder, capsys):
    shutil.copytree(GUIDE / "source/ps1", folder / "source/ps1")
    shutil.copytree(GUIDE / "submitted/bitdiddle/ps1", folder / "submitted/foo/ps1")
    course = Course(folder)
    course.generate("ps1")

    assert main(["grade", "ps1", "--course", str(folder)]) == 1

    message = capsys.readouterr().err
    assert SHARED in message
    assert "Traceback" not in message
