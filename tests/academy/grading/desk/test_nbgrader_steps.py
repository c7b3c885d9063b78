"""academy.grading.desk.nbgrader_steps：两行配置，nbgrader autograde、formgrader 与反馈都用裁判。"""

import shutil
import warnings
from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Grade
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from academy.course import Course
from academy.grading.desk.batch import grade_course
from academy.grading.desk.graded_folder import MARKER, read_marker
from academy.grading.desk.nbgrader_steps import use_referee, verdict_text

PLAIN = """
c = get_config()
c.CourseDirectory.course_id = "other"
"""
ADOPTED = (
    PLAIN
    + """
from academy.grading.desk.nbgrader_steps import use_referee
use_referee(c)
"""
)
META = {"schema_version": 3, "locked": True, "task": False}


def _answer(name, source):
    metadata = {**META, "grade": False, "solution": True, "locked": False, "grade_id": name}
    return new_code_cell(source, metadata={"nbgrader": metadata})


def _test(name, source, points):
    metadata = {**META, "grade": True, "solution": False, "grade_id": name, "points": points}
    return new_code_cell(source, metadata={"nbgrader": metadata})


HIDDEN = (
    "### BEGIN HIDDEN TESTS\nassert square(7919) == 62710561, '应为 62710561'\n### END HIDDEN TESTS"
)
ONE = [
    new_markdown_cell("# 平方"),
    _answer(
        "square", "def square(x):\n    ### BEGIN SOLUTION\n    return x * x\n    ### END SOLUTION"
    ),
    _test("square-test", f"assert square(2) == 4\n{HIDDEN}", 2),
]
TWO = [
    _answer("half", "half = ...\n### BEGIN SOLUTION\nhalf = 0.5\n### END SOLUTION"),
    _test("half-test", "assert half == 0.5", 3),
]
SPY = "print('听到', heard)"
ANSWERS = {
    "right": {"square": "def square(x):\n    return x * x", "half": "half = 0.5"},
    "cheat": {
        "square": "heard = []\ndef square(x):\n    heard.append(x)\n    return 4",
        "half": "half = 0.25",
    },
    "blank": {},
}


def _autograde(course, student):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # nbgrader 0.9.6 自己的
        return course.api.autograde("hw", student)


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """别人的一门 nbgrader 课：两个笔记本，自己发的卷，三份交卷。"""
    folder = tmp_path_factory.mktemp("other") / "course"
    source = folder / "source/hw"
    source.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(PLAIN, encoding="utf-8")
    for name, cells in (("one", ONE), ("two", TWO)):
        nbformat.write(new_notebook(cells=cells), source / f"{name}.ipynb")
    Course(folder).generate("hw")
    for student, answers in ANSWERS.items():
        desk = folder / "submitted" / student / "hw"
        shutil.copytree(folder / "release/hw", desk)
        for path in desk.glob("*.ipynb"):
            notebook = nbformat.read(path, as_version=4)
            for cell in notebook.cells:
                name = cell.metadata.get("nbgrader", {}).get("grade_id")
                cell.source = answers.get(name, cell.source)
            if "heard" in answers.get("square", "") and path.stem == "one":
                notebook.cells.append(new_code_cell(SPY))
            nbformat.write(notebook, path)
    return folder


def _copy(released, folder, config):
    shutil.copytree(released, folder)
    (folder / "nbgrader_config.py").write_text(config, encoding="utf-8")
    return Course(folder)


@pytest.fixture(scope="module", autouse=True)
def _warm(use_warm):
    with pytest.MonkeyPatch.context() as patched:
        use_warm(patched)
        yield


@pytest.fixture(scope="module")
def graded(released, tmp_path_factory):
    """同一门课评三遍：nbgrader 原样、加了两行配置的 nbgrader autograde、ccom grade。"""
    base = tmp_path_factory.mktemp("graded")
    stock = _copy(released, base / "stock", PLAIN)
    ours = _copy(released, base / "ours", ADOPTED)
    batch = _copy(released, base / "batch", ADOPTED)
    for course in (stock, ours):
        for student in ANSWERS:
            result = _autograde(course, student)
            assert result["success"], result
    list(grade_course(batch.api, "hw", workers=1))
    return SimpleNamespace(stock=stock, ours=ours, batch=batch)


def _scores(course):
    with course.gradebook() as gradebook:
        return {
            (g.student.id, g.notebook.name, g.name): (g.auto_score, g.needs_manual_grade)
            for g in gradebook.db.query(Grade)
        }


def test_scores_equal_those_of_stock_nbgrader_cell_by_cell(graded):
    assert _scores(graded.ours) == _scores(graded.stock)
    assert _scores(graded.batch) == _scores(graded.stock)
    assert _scores(graded.ours)["right", "one", "square-test"] == (2, False)
    assert _scores(graded.ours)["cheat", "one", "square-test"] == (0, False)


def test_nbgrader_autograde_and_ccom_grade_leave_the_same_folder(graded):
    for student in ANSWERS:
        ours, batch = (c.folder("autograded", "hw", student) for c in (graded.ours, graded.batch))
        names = {p.name for p in batch.iterdir()}
        assert {p.name for p in ours.iterdir()} == names == {MARKER, "one.ipynb", "two.ipynb"}
        assert read_marker(ours)["digest"] == read_marker(batch)["digest"]
        assert read_marker(ours)["key"] == read_marker(batch)["key"]
        for name in ("one.ipynb", "two.ipynb"):
            assert nbformat.read(ours / name, 4).cells == nbformat.read(batch / name, 4).cells
        assert {p.stat().st_mode & 0o777 for p in ours.iterdir()} == {0o444}


def test_what_nbgrader_graded_ccom_skips(graded):
    outcomes = list(grade_course(graded.ours.api, "hw", workers=1))

    assert {o.status for o in outcomes} == {"skipped"}


def test_broken_submission_fails_alone_as_in_nbgrader(released, tmp_path):
    course = _copy(released, tmp_path / "course", ADOPTED)
    broken = course.folder("submitted", "hw", "cheat") / "one.ipynb"
    broken.write_text("{", encoding="utf-8")

    assert not _autograde(course, "cheat")["success"]
    assert _autograde(course, "blank")["success"]
    assert not course.folder("autograded", "hw", "cheat").exists()


def test_garbage_timestamp_does_not_stop_nbgrader(released, tmp_path):
    course = _copy(released, tmp_path / "course", ADOPTED)
    (course.folder("submitted", "hw", "right") / "timestamp.txt").write_text("昨天")

    assert _autograde(course, "right")["success"]
    marker = read_marker(course.folder("autograded", "hw", "right"))
    assert marker["flags"] == ["交卷时间读不出来，原件是 timestamp.unreadable.txt。"]


def _feedback(course, student, patterns):
    course.api.config.Referee.hide_tests = patterns
    result = course.api.generate_feedback("hw", student, force=True)
    assert result["success"], result
    folder = course.root / "feedback" / student / "hw"
    return folder, (folder / "one.html").read_text(encoding="utf-8")


def test_feedback_of_an_examination_shows_verdict_and_points_and_no_hidden_test(graded):
    folder, page = _feedback(graded.batch, "cheat", ["hw"])

    assert "没有通过，0 / 2 分。" in page
    for secret in ("HIDDEN TESTS", "7919", "62710561", "应为", "AssertionError"):
        assert secret not in page
    assert not (folder / MARKER).exists()


def test_what_a_function_heard_from_a_hidden_test_is_not_printed_in_feedback(graded):
    """学员的函数记下隐藏测试传来的数，测试之后的格把它印出来：评分员看得到，反馈里没有。"""
    notebook = nbformat.read(graded.batch.folder("autograded", "hw", "cheat") / "one.ipynb", 4)
    _, page = _feedback(graded.batch, "cheat", ["hw"])

    assert notebook.cells[-1].outputs[0].text == "听到 [2, 7919]\n"
    assert "听到 [" not in page
    assert "不显示评分格之后的输出" in page


def test_feedback_of_practice_shows_all(graded):
    _, page = _feedback(graded.batch, "cheat", ["*-final"])

    assert "HIDDEN TESTS" in page
    assert "62710561" in page


def test_feedback_of_what_stock_nbgrader_graded_hides_too(graded):
    course = graded.stock
    use_referee(course.api.config)
    _, page = _feedback(course, "right", ["hw"])

    assert "通过，2 / 2 分。" in page
    assert "HIDDEN TESTS" not in page


@pytest.mark.parametrize(
    ("verdict", "message", "told"),
    [
        ("passed", "", "通过，1 / 2 分。\n"),
        ("timeout", "运行超时。", "运行超时，1 / 2 分。运行超时。\n"),
        ("error", "测试时出错（TypeError）。", "运行出错，1 / 2 分。测试时出错（TypeError）。\n"),
        ("error", "测试时出错（Expected49）。", "运行出错，1 / 2 分。\n"),
        ("failed", "应为 49", "没有通过，1 / 2 分。\n"),
    ],
)
def test_message_that_could_come_from_a_hidden_test_is_kept_back(verdict, message, told):
    nbgrader = {"grade_id": "t", "score": 1, "points": 2}
    cell = {"grade_id": "t", "verdict": verdict, "message": message}

    assert verdict_text(nbgrader, {"t": cell}) == told


def test_two_lines_set_everything_and_keep_what_the_course_ignores():
    c = Config()
    c.CourseDirectory.ignore = ["*.pyc"]
    use_referee(c)

    assert c.CourseDirectory.ignore == ["*.pyc", MARKER]
    assert c.Autograde.autograde_preprocessors == [
        "academy.grading.desk.nbgrader_steps.GradeWithReferee"
    ]
