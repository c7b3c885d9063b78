"""nbgrader 自己的测试与快速上手课程作外部标准：同样的答卷，经 ccom grade 得到那里写明的分。

用了 nbgrader 0.9.6 随包的 tests/apps/test_nbgrader_autograde.py 里的这些测试：test_grade、
test_showtraceback_exploit、test_student_id_exclude（分数那一半）、test_late_submission_penalty_none
与 _zero、test_grade_missing_notebook、test_skip_extra_notebooks、test_hidden_tests_autotest、
test_grade_autotest、test_grade_complex_autotest，以及用户手册的 ps1。

那里的母本多半没有答案（拿学员卷当母本）；裁判要先用母本的答案试跑到满分，所以这里的母本换成同一
文件夹里填好答案的那一份（submitted-changed），评分格一字不改。

同一份母本的几名学员放进同一门课、同一次 ccom grade；第一门课照实起工人，其余的借全体测试的热进程。

没有用的，以及为什么：

- test_hidden_tests_single_notebook：测试里 ``del squares``
  再看学员的函数出不出错，靠的是测试与答案共用一个解释器；ps1 的那一格裁判改为同室评，见最后一个测试。
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

import nbgrader
import pytest

from academy.cli import main
from academy.course import Course

HOME = Path(nbgrader.__file__).parent
FILES = HOME / "tests/apps/files"
GUIDE = HOME / "docs/source/user_guide"

pytestmark = [pytest.mark.slow, pytest.mark.kernels]


class Place:
    """一门只用 nbgrader 的课程：没有我们的大纲、名单与母本。"""

    def __init__(self, folder, book, more=""):
        self.folder = folder
        config = f'c = get_config()\nc.CourseDirectory.root = {str(folder)!r}\nc.CourseDirectory.course_id = "x"\n'
        (folder / "nbgrader_config.py").write_text(config + more, encoding="utf-8")
        shutil.copy(book, folder)
        self.course = Course(folder)

    def put(self, place, name):
        """放好 nbgrader 的一个测试文件。"""
        target = self.folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(FILES / f"{name}.ipynb", target)

    def nbgrader(self, *words):
        """nbgrader 自己的命令行；展开测试时它不收拾自己的内核，所以另起一个进程。"""
        here = Path(sys.executable).parent
        environment = os.environ | {"PATH": os.pathsep.join([str(here), os.environ["PATH"]])}
        command = [sys.executable, "-m", "nbgrader", *words]
        subprocess.run(command, cwd=self.folder, env=environment, check=True, capture_output=True)

    def grade(self, paper="ps1"):
        """ccom grade"""
        assert main(["grade", paper, "--course", str(self.folder), "--workers", "1"]) == 0

    def notebook(self, student, paper="ps1", name="p1"):
        """成绩册里的一本：(得分, 满分, 要不要人工, 迟交几秒, 扣几分)。"""
        with self.course.gradebook() as book:
            found = book.find_submission_notebook(name, paper, student)
            late = book.find_submission(paper, student).total_seconds_late
            penalty = found.late_submission_penalty
            return found.score, found.max_score, found.needs_manual_grade, late, penalty


STUDENTS = ("foo", "bar", "baz", "spam", "eggs")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """只有名单的成绩册：新建一本，nbgrader 要四秒。"""
    folder = tmp_path_factory.mktemp("book")
    (folder / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.course_id = "x"\n'
    )
    with Course(folder).gradebook() as gradebook:
        for student in STUDENTS:
            gradebook.update_or_create_student(student)
    return folder / "gradebook.db"


@pytest.fixture(scope="module")
def simple(tmp_path_factory, book):
    """submitted-* 几份放在一次里评：没动过的、答过的、两份作弊的、旁边多一本的。"""
    place = Place(tmp_path_factory.mktemp("simple"), book)
    place.put("source/ps1/p1.ipynb", "submitted-changed")
    place.course.generate("ps1")
    place.put("submitted/foo/ps1/p1.ipynb", "submitted-unchanged")
    place.put("submitted/bar/ps1/p1.ipynb", "submitted-changed")
    place.put("submitted/spam/ps1/p1.ipynb", "submitted-cheat-attempt")
    place.put("submitted/eggs/ps1/p1.ipynb", "submitted-cheat-attempt-alternative")
    place.put("submitted/baz/ps1/p1 copy.ipynb", "submitted-unchanged")
    place.put("submitted/baz/ps1/p1.ipynb", "submitted-changed")
    place.grade()
    return place


def test_changed_and_unchanged_submissions(simple):
    """test_grade：没动过的 1 分、不用人工；答过的 2 分、要人工。"""
    assert simple.notebook("foo")[:3] == (1, 7, False)
    assert simple.notebook("bar")[:3] == (2, 7, True)


def test_a_patched_showtraceback_gains_nothing(simple):
    """test_showtraceback_exploit：两种写法都是 1 分。"""
    for name in ("spam", "eggs"):
        assert simple.notebook(name)[:3] == (1, 7, True)


def test_an_extra_notebook_is_passed_over(simple):
    """test_skip_extra_notebooks：只评认得的那一本。"""
    with simple.course.gradebook() as book:
        submission = book.find_submission("ps1", "baz")

        assert [n.name for n in submission.notebooks] == ["p1"]
        assert submission.score == 2


@pytest.mark.usefixtures("warmed")
def test_a_missing_notebook_counts_nothing(tmp_path, book):
    """test_grade_missing_notebook：没交的那一本 0 分、不用人工。"""
    place = Place(tmp_path, book)
    place.put("source/ps1/p1.ipynb", "submitted-changed")
    place.put("source/ps1/p2.ipynb", "submitted-changed")
    place.course.generate("ps1")
    place.put("submitted/foo/ps1/p1.ipynb", "submitted-changed")

    place.grade()

    assert place.notebook("foo", name="p2")[:3] == (0, 7, False)


@pytest.mark.usefixtures("warmed")
@pytest.mark.parametrize(("method", "penalty"), [("none", None), ("zero", 2)])
def test_a_late_submission_pays_what_the_course_says(tmp_path, book, method, penalty):
    """test_late_submission_penalty_none 与 _zero：迟一小时，分数不变，扣分照办法。"""
    place = Place(tmp_path, book, f"c.LateSubmissionPlugin.penalty_method = {method!r}\n")
    place.put("source/ps1/p1.ipynb", "submitted-changed")
    place.course.generate("ps1")
    place.put("submitted/foo/ps1/p1.ipynb", "submitted-unchanged")
    place.put("submitted/bar/ps1/p1.ipynb", "submitted-changed")
    for name, hour in (("foo", 14), ("bar", 15)):
        stamp = f"2015-02-02 {hour}:58:23.948203 America/Los_Angeles"
        (tmp_path / "submitted" / name / "ps1/timestamp.txt").write_text(stamp, encoding="utf-8")
    with place.course.gradebook() as book:
        due = "2015-02-02 14:58:23.948203 America/Los_Angeles"
        book.update_or_create_assignment("ps1", duedate=due)

    place.grade()

    assert place.notebook("foo") == (1, 7, False, 0, None)
    assert place.notebook("bar") == (2, 7, True, 3600, penalty)


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


@pytest.fixture(scope="module")
def instantiated(tmp_path_factory, book):
    """三份带 AUTOTEST 的母本放在一门课里，nbgrader 一次展开。"""
    place = Place(tmp_path_factory.mktemp("autotest"), book)
    shutil.copy(FILES / "autotests.yml", place.folder / "autotests.yml")
    for paper, (master, submissions) in AUTOTESTS.items():
        place.put(f"source/{paper}/p1.ipynb", master)
        for student, (file, _) in submissions.items():
            place.put(f"submitted/{student}/{paper}/p1.ipynb", file)
    expand = ("generate_assignment", "--create", "--source_with_tests")
    place.nbgrader(*expand, "--CourseDirectory.assignment_id=test_*")
    return place


@pytest.mark.usefixtures("warmed")
@pytest.mark.parametrize("paper", AUTOTESTS)
def test_instantiated_tests_give_the_stated_scores(instantiated, paper):
    stated = {student: score for student, (_, score) in AUTOTESTS[paper][1].items()}

    instantiated.grade(paper)

    assert {student: instantiated.notebook(student, paper)[0] for student in stated} == stated


SHARED = "sum_of_squares_uses_squares"


@pytest.mark.usefixtures("warmed")
def test_the_quickstart_course_gives_its_own_grades(tmp_path, book, capsys):
    """grades.csv：bitdiddle 1.5 分、hacker 3 分；靠共用解释器的一格（0.5 分）同室评，说明白。"""
    place = Place(tmp_path, book)
    shutil.copytree(GUIDE / "source/ps1", tmp_path / "source/ps1")
    for student, name in (("bitdiddle", "foo"), ("hacker", "bar")):
        shutil.copytree(
            GUIDE / "submitted" / student / "ps1", tmp_path / "submitted" / name / "ps1"
        )
    place.course.generate("ps1")

    place.grade()

    assert f"同室评的有 1 格：{SHARED}。" in capsys.readouterr().out
    with place.course.gradebook() as book:
        found = {name: book.find_submission("ps1", name).score for name in ("foo", "bar")}
    assert found == {"foo": 1.5, "bar": 3.0}
    assert main(["grade", "ps1", "--check", "--course", str(tmp_path)]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    ways = {row[1]: row[2] for row in rows[1:] if len(row) > 2}
    assert ways[SHARED] == "同室"
    assert {way for name, way in ways.items() if name != SHARED} == {"隔开", "人工"}
