"""A paper handed in as it was handed out: which tests give it points."""

import pytest

from academy.grading.plan.dry_run import dry_run
from academy.grading.plan.untouched import FreePoints, released_submission
from academy.grading.work.plan import Plan
from tests.academy.grading.small import answer, check, locked, write_master

HIDDEN = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"
# as this course writes it: the name has a value, and it is ...
STUB = "x = ...\n### BEGIN SOLUTION\nx = 3\n### END SOLUTION"
FREE = {
    "only a confirmation": (
        STUB,
        "from ccomlib.check import answered\nanswered(x, 'number', what='q')",
    ),
    "a setup name": ("data = [0, 1]", "assert len(data) > 0"),
    "part of the points": ("data = [0, 1]", "len(data)"),
    "an error is enough": ("x = 3", "try:\n    assert x == 3\nexcept NameError:\n    pass"),
}
EARNED = {
    "a value": ("x = 3", "assert x == 3"),
    "a confirmation and a hidden check": (
        STUB,
        "from ccomlib.check import answered\nanswered(x, 'number', what='q')\n"
        + HIDDEN.format("assert x == 3"),
    ),
    "a function of a library": (
        "import numpy as np\nagg = np.median",
        "assert agg([1, 2, 9]) == 2",
    ),
    "a class of Python's": ("kind = float", "assert kind is float"),
    "an import": ("from statistics import mode", "assert mode([1, 1, 2]) == 1"),
    "a module": ("import statistics as st", "assert st.mean([1, 3]) == 2"),
    "an object of a library": ("from scipy.stats import norm", "assert norm.cdf(0) == 0.5"),
    "an instance of a library": (
        "import decimal\nctx = decimal.Context(prec=3)",
        "assert ctx.prec == 3",
    ),
}
NEEDS_NO_ANSWER = ("x = 3", "assert 1 + 1 == 2")


def tried(tmp_path, warm, solution, test):
    cells = [locked("data = [0]"), answer("a", solution), check("t", test, points=2)]
    if solution is STUB:
        cells[1].source = STUB
    return dry_run(write_master(tmp_path / "hw", cells), nursery=warm)


@pytest.mark.parametrize(("solution", "test"), FREE.values(), ids=FREE)
def test_points_for_nothing_are_found_by_cell(tmp_path, warm, solution, test):
    plan = tried(tmp_path, warm, solution, test)

    assert [where for *where, _ in plan.untouched] == [["p1", 2]]
    assert any(note.startswith("p1 的 t：没有作答") for note in plan.notes)
    assert plan.untouched[0][2].split("：")[0] in {
        "没有作答的卷也得 1/2 分",
        "没有作答的卷也得 2/2 分",
    }
    assert Plan.from_json(plan.to_json()) == plan


@pytest.mark.parametrize(("solution", "test"), EARNED.values(), ids=EARNED)
def test_a_test_that_checks_the_answer_gives_none(tmp_path, warm, solution, test):
    assert tried(tmp_path, warm, solution, test).untouched == ()


def test_a_test_without_an_answer_is_the_courses_present(tmp_path, warm):
    assert tried(tmp_path, warm, *NEEDS_NO_ANSWER).untouched == ()


def test_the_released_paper_is_what_learners_got(tmp_path):
    cells = [locked("data = [0]"), answer("a", "x = 3"), check("t", HIDDEN.format("assert x"))]
    made = released_submission(write_master(tmp_path / "hw", cells)).notebooks["p1"]

    assert not any(cell.touched for cell in made)
    assert "x = 3" not in made[1].source
    assert "assert" not in made[2].source


def test_the_reason_says_how_much_and_what_to_do():
    assert FreePoints("p1", 2, "c", 1.5, 2).reason.startswith(
        "没有作答的卷也得 1.5/2 分：请在隐藏测试里检验"
    )
